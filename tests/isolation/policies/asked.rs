//! The connections for queries: one as the application, in a context, and one that sees everything.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::collections::HashMap;
use vinculo_tests::Scratch;

/// What a unit of work declares about itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Context {
    pub tenant: String,
    pub actor: String,
    pub case: String,
    pub acts: bool,
}

impl Context {
    pub fn at_home(actor: &str) -> Self {
        Self {
            tenant: actor.to_owned(),
            actor: actor.to_owned(),
            case: String::new(),
            acts: false,
        }
    }

    /// Whether the owner itself acts.
    pub fn own(&self) -> bool {
        self.tenant == self.actor
    }

    fn statement(&self) -> String {
        let acts = if self.acts { "on" } else { "" };
        let set = [
            ("tenant_id", &self.tenant),
            ("actor_tenant", &self.actor),
            ("case_id", &self.case),
            ("acts", &acts.to_owned()),
        ]
        .map(|(name, value)| format!("SELECT set_config('app.{name}', '{value}', true)"));
        format!("BEGIN; {}", set.join("; "))
    }
}

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = Text)]
    x: String,
}

pub struct Asked {
    application: PgConnection,
    all: PgConnection,
    questions: usize,
    /// If set, only this table is checked.
    only: Option<&'static str>,
    /// What was answered past every policy. Nothing changes while the questions are asked: what the
    /// application writes is rolled back, and a fault changes policies, not rows.
    told: HashMap<String, Vec<String>>,
}

impl Asked {
    pub fn new(scratch: &Scratch) -> Self {
        Self {
            application: PgConnection::establish(&scratch.url).unwrap(),
            all: PgConnection::establish(&scratch.owner_url).unwrap(),
            questions: 0,
            only: None,
            told: HashMap::new(),
        }
    }

    /// From now on checks only this table, or all of them.
    pub fn ask_only(&mut self, table: Option<&'static str>) {
        self.only = table;
    }

    /// Whether a table is checked.
    pub fn asks(&self, table: &str) -> bool {
        self.only.is_none_or(|only| only == table)
    }

    pub fn questions(&self) -> usize {
        self.questions
    }

    /// The texts that a query returns, past every policy.
    pub fn all(&mut self, sql: &str) -> Vec<String> {
        if let Some(told) = self.told.get(sql) {
            return told.clone();
        }
        let rows: Vec<One> = diesel::sql_query(sql).load(&mut self.all).unwrap();
        let rows: Vec<String> = rows.into_iter().map(|row| row.x).collect();
        self.told.insert(sql.to_owned(), rows.clone());
        rows
    }

    pub fn one(&mut self, sql: &str) -> Option<String> {
        self.all(sql).pop()
    }

    /// Whether a condition holds, past every policy.
    pub fn holds(&mut self, condition: &str) -> bool {
        let answer = self.one(&format!("SELECT ({condition})::text AS x"));
        answer.as_deref() == Some("true")
    }

    /// Whether the acting government sees the case.
    pub fn sees(&mut self, context: &Context) -> bool {
        let Context {
            tenant,
            actor,
            case,
            ..
        } = context;
        self.holds(&format!(
            "EXISTS (SELECT 1 FROM agreement_access WHERE viewer_tenant = '{actor}' \
             AND agreement_id = '{case}' AND owner_tenant = '{tenant}')"
        ))
    }

    /// Opens a transaction of the application in a context.
    pub fn enter(&mut self, context: &Context) {
        self.application
            .batch_execute(&context.statement())
            .unwrap();
    }

    pub fn leave(&mut self) {
        self.application.batch_execute("ROLLBACK").unwrap();
    }

    /// The texts that the application reads.
    pub fn read(&mut self, sql: &str) -> Vec<String> {
        self.questions += 1;
        let rows: QueryResult<Vec<One>> = diesel::sql_query(sql).load(&mut self.application);
        let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
        rows.into_iter().map(|row| row.x).collect()
    }

    /// How many rows the application changes, or the error if a policy refuses. The change is
    /// rolled back.
    pub fn write(&mut self, sql: &str) -> Result<usize, String> {
        self.questions += 1;
        self.application.batch_execute("SAVEPOINT here").unwrap();
        let done = diesel::sql_query(sql).execute(&mut self.application);
        self.application
            .batch_execute("ROLLBACK TO SAVEPOINT here")
            .unwrap();
        done.map_err(|error| error.to_string())
    }
}

/// What a government may do in a context, by the seats of the case.
pub struct Seat {
    /// It may change the case.
    pub acts: bool,
    /// It may write there what otherwise only the owner writes.
    pub keeps: bool,
    /// It is the ministry, or the owner's state.
    pub guards: bool,
}

impl Seat {
    pub fn of(asked: &mut Asked, context: &Context) -> Self {
        let Context {
            tenant,
            actor,
            case,
            ..
        } = context;
        let any = format!("tenant_id = '{tenant}' AND agreement_id = '{case}'");
        let held = format!("{any} AND viewer_tenant = '{actor}' AND acts AND until IS NULL");
        let is_there = |what: &str| format!("EXISTS (SELECT 1 FROM agreement_grants WHERE {what})");
        let guards = asked.holds(&format!(
            "'{actor}' = '00' OR EXISTS (SELECT 1 FROM governments WHERE id = '{tenant}' \
             AND parent_id = '{actor}' AND valid_to IS NULL)"
        ));
        let opens = guards && !case.is_empty() && !asked.holds(&is_there(&any));
        let acts = asked.holds(&is_there(&held)) || opens;
        let keeps = asked.holds(&is_there(&format!("{held} AND keeps"))) || opens;
        Self {
            acts: context.acts && (context.own() || acts),
            keeps: context.acts && keeps,
            guards,
        }
    }
}
