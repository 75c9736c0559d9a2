//! Scratch databases on both engines, copied from a template made once a run.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::{PgConnection, SqliteConnection};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vinculo_persistence::{Engine, Pooler};

/// Both engines, always.
pub fn engines() -> [Engine; 2] {
    [Engine::Sqlite, Engine::Postgres]
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test command says where its private server is"
)]
pub(crate) fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask test`, or `cargo xtask pg -- cargo nextest run`; no engine is skipped"))
}

/// A database of one test.
#[derive(Clone)]
pub struct Scratch {
    pub engine: Engine,
    /// As the application.
    pub url: String,
    /// As whoever owns the tables, past every right of the application.
    pub owner_url: String,
    /// As the migrator.
    pub migration_url: String,
    /// What stands between the application and the server.
    pub pooler: Pooler,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// A step of a plan, by the names that the engines give it.
#[derive(QueryableByName)]
struct SqliteStep {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct PostgresStep {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    step: String,
}

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = Text)]
    x: String,
}

/// A connection past the application.
pub enum Probe {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Probe {
    /// The column `x` of a query.
    pub fn texts(&mut self, sql: &str) -> Vec<String> {
        let query = diesel::sql_query(sql.to_owned());
        let rows: QueryResult<Vec<One>> = match self {
            Self::Sqlite(conn) => query.load(conn),
            Self::Postgres(conn) => query.load(conn),
        };
        let rows = rows.unwrap_or_else(|error| panic!("{error}: {sql}"));
        rows.into_iter().map(|row| row.x).collect()
    }
}

impl Scratch {
    /// An empty database.
    pub fn empty(engine: Engine, folder: &Path) -> Self {
        match engine {
            Engine::Sqlite => Self::sqlite(&folder.join("vinculo.sqlite")),
            Engine::Postgres => Self::postgres(&fresh_name(), None),
        }
    }

    fn sqlite(file: &Path) -> Self {
        let url = format!("sqlite://{}", file.display());
        Self {
            engine: Engine::Sqlite,
            url: url.clone(),
            owner_url: url.clone(),
            migration_url: url,
            pooler: Pooler::None,
        }
    }

    fn postgres(name: &str, template: Option<&str>) -> Self {
        let template = template
            .map(|template| format!(" TEMPLATE {template}"))
            .unwrap_or_default();
        let mut admin = PgConnection::establish(&variable("VINCULO_TEST_ADMIN_URL")).unwrap();
        admin
            .batch_execute(&format!(
                "CREATE DATABASE {name} OWNER vinculo_owner{template}"
            ))
            .unwrap();
        let owner = variable("VINCULO_TEST_ADMIN_URL");
        let owner = owner.rsplit_once('/').unwrap().0;
        Self {
            engine: Engine::Postgres,
            url: format!("{}/{name}", variable("VINCULO_TEST_DATABASE_URL_BASE")),
            owner_url: format!("{owner}/{name}"),
            migration_url: format!("{}/{name}", variable("VINCULO_TEST_MIGRATION_URL_BASE")),
            pooler: Pooler::None,
        }
    }

    /// A copy of the template; `fill` makes it, once a run, under a lock.
    pub fn copy(engine: Engine, folder: &Path, fill: impl Fn(&Self)) -> Self {
        let run = run_id();
        let lock = std::fs::File::create(template_folder().join(format!("{run}.{engine:?}.lock")))
            .unwrap();
        lock.lock().unwrap();
        let made = template_folder().join(format!("{run}.{engine:?}.made"));
        match engine {
            Engine::Sqlite => {
                let template = template_folder().join(format!("{run}.sqlite"));
                if !made.exists() {
                    fill(&Self::sqlite(&template));
                    std::fs::write(&made, "").unwrap();
                }
                let copy = folder.join("vinculo.sqlite");
                std::fs::copy(&template, &copy).unwrap();
                Self::sqlite(&copy)
            }
            Engine::Postgres => {
                let template = format!("template_{run}");
                if !made.exists() {
                    fill(&Self::postgres(&template, None));
                    std::fs::write(&made, "").unwrap();
                }
                Self::postgres(&fresh_name(), Some(&template))
            }
        }
    }

    /// Runs SQL past the application: to look, and to break things on purpose.
    pub fn execute(&self, sql: &str) {
        match self.engine {
            Engine::Sqlite => SqliteConnection::establish(&self.owner_url)
                .unwrap()
                .batch_execute(&format!("PRAGMA busy_timeout = 10000; {sql}"))
                .unwrap(),
            Engine::Postgres => PgConnection::establish(&self.owner_url)
                .unwrap()
                .batch_execute(sql)
                .unwrap(),
        }
    }

    /// Runs SQL with no more rights than the application has.
    pub fn execute_as_application(&self, sql: &str) -> QueryResult<()> {
        match self.engine {
            Engine::Sqlite => SqliteConnection::establish(&self.url)
                .unwrap()
                .batch_execute(&format!("PRAGMA busy_timeout = 10000; {sql}")),
            Engine::Postgres => PgConnection::establish(&self.url)
                .unwrap()
                .batch_execute(sql),
        }
    }

    /// How the engine would answer a query, step by step.
    pub fn plan(&self, sql: &str) -> Vec<String> {
        match self.engine {
            Engine::Sqlite => {
                let steps: Vec<SqliteStep> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}"))
                    .load(&mut SqliteConnection::establish(&self.owner_url).unwrap())
                    .unwrap();
                steps.into_iter().map(|step| step.detail).collect()
            }
            Engine::Postgres => {
                let steps: Vec<PostgresStep> = diesel::sql_query(format!("EXPLAIN {sql}"))
                    .load(&mut PgConnection::establish(&self.owner_url).unwrap())
                    .unwrap();
                steps.into_iter().map(|step| step.step).collect()
            }
        }
    }

    /// The same as the application asks for one government, with its row-level security.
    pub fn plan_for(&self, tenant: &str, sql: &str) -> Vec<String> {
        if self.engine == Engine::Sqlite {
            return self.plan(sql);
        }
        let mut conn = PgConnection::establish(&self.url).unwrap();
        let context = ["app.tenant_id", "app.actor_tenant"]
            .map(|name| format!("SELECT set_config('{name}', '{tenant}', false)"));
        conn.batch_execute(&context.join("; ")).unwrap();
        let steps: Vec<PostgresStep> = diesel::sql_query(format!("EXPLAIN {sql}"))
            .load(&mut conn)
            .unwrap();
        steps.into_iter().map(|step| step.step).collect()
    }

    /// The column `x` of a query, past the application.
    pub fn texts(&self, sql: &str) -> Vec<String> {
        let query = diesel::sql_query(sql.to_owned());
        let rows: QueryResult<Vec<One>> = match self.engine {
            Engine::Sqlite => {
                query.load(&mut SqliteConnection::establish(&self.owner_url).unwrap())
            }
            Engine::Postgres => query.load(&mut PgConnection::establish(&self.owner_url).unwrap()),
        };
        rows.unwrap_or_else(|error| panic!("{error}: {sql}"))
            .into_iter()
            .map(|row| row.x)
            .collect()
    }

    /// A connection that stays, for a test that looks often.
    pub fn probe(&self) -> Probe {
        match self.engine {
            Engine::Sqlite => Probe::Sqlite(SqliteConnection::establish(&self.owner_url).unwrap()),
            Engine::Postgres => Probe::Postgres(PgConnection::establish(&self.owner_url).unwrap()),
        }
    }

    /// Counts the rows of a table, or of `table WHERE ...`.
    pub fn count(&self, from: &str) -> i64 {
        let query = diesel::sql_query(format!("SELECT COUNT(*) AS n FROM {from}"));
        match self.engine {
            Engine::Sqlite => {
                query
                    .get_result::<Count>(&mut SqliteConnection::establish(&self.owner_url).unwrap())
                    .unwrap()
                    .n
            }
            Engine::Postgres => {
                query
                    .get_result::<Count>(&mut PgConnection::establish(&self.owner_url).unwrap())
                    .unwrap()
                    .n
            }
        }
    }

    /// Counts the rows of every table but `spared`, and adds up the versions of the records that
    /// have one: what does not change here was not written.
    pub fn rows(&self, spared: &[&str]) -> BTreeMap<String, i64> {
        let names = match self.engine {
            Engine::Sqlite => {
                "SELECT name, 0 AS n FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            }
            Engine::Postgres => {
                "SELECT tablename::text AS name, 0::bigint AS n FROM pg_tables WHERE schemaname = 'public'"
            }
        };
        let counts = |tables: Vec<TableCount>| {
            let tables = tables.into_iter().map(|table| table.name);
            let mut parts: Vec<String> = tables
                .filter(|name| !spared.contains(&name.as_str()))
                .map(|name| format!("SELECT '{name}' AS name, COUNT(*) AS n FROM {name}"))
                .collect();
            for name in [
                "agreements",
                "agreement_drafts",
                "agreement_access",
                "counterparts",
                "mechanisms",
                "offices",
            ] {
                parts.push(format!(
                    "SELECT '{name}.version', COALESCE(SUM(version), 0) FROM {name}"
                ));
            }
            parts.join(" UNION ALL ")
        };
        let found: Vec<TableCount> = match self.engine {
            Engine::Sqlite => {
                let mut conn = SqliteConnection::establish(&self.owner_url).unwrap();
                let tables = diesel::sql_query(names).load(&mut conn).unwrap();
                diesel::sql_query(counts(tables)).load(&mut conn).unwrap()
            }
            Engine::Postgres => {
                let mut conn = PgConnection::establish(&self.owner_url).unwrap();
                let tables = diesel::sql_query(names).load(&mut conn).unwrap();
                diesel::sql_query(counts(tables)).load(&mut conn).unwrap()
            }
        };
        assert!(found.len() > 30, "{} tables", found.len());
        found
            .into_iter()
            .map(|table| (table.name, table.n))
            .collect()
    }
}

#[derive(QueryableByName)]
struct TableCount {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Templates of one run of the tests: the test command names it, otherwise each process is one.
fn run_id() -> String {
    #[expect(clippy::disallowed_methods, reason = "the test command names the run")]
    std::env::var("VINCULO_TEST_RUN").unwrap_or_else(|_| format!("p{}", std::process::id()))
}

fn template_folder() -> PathBuf {
    let folder = std::env::temp_dir().join("vinculo-test-templates");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn fresh_name() -> String {
    format!("t_{}", uuid::Uuid::now_v7().simple())
}
