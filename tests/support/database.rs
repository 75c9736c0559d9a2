//! Test databases on both engines, copied from a template made once per run.

mod counts;
mod plans;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{PgConnection, SqliteConnection};
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

/// The database of one test.
#[derive(Clone)]
pub struct Scratch {
    pub engine: Engine,
    /// The URL of the application's role.
    pub url: String,
    /// The URL of the tables' owner, which the application's rights do not limit.
    pub owner_url: String,
    /// The URL of the migrator's role.
    pub migration_url: String,
    /// The pooler between the application and the server, if any.
    pub pooler: Pooler,
}

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = Text)]
    x: String,
}

/// A connection outside the application.
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
        // As a migration does, because a database's own settings are not copied from its template.
        admin
            .batch_execute(&format!("REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC"))
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

    /// A copy of the template; `fill` makes it once per run, under a lock.
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

    /// Runs SQL outside the application: to look, and to break things on purpose.
    pub fn execute(&self, sql: &str) {
        self.try_execute(sql).unwrap();
    }

    /// The same where the engine may refuse it.
    pub fn try_execute(&self, sql: &str) -> QueryResult<()> {
        match self.engine {
            Engine::Sqlite => SqliteConnection::establish(&self.owner_url)
                .unwrap()
                .batch_execute(&format!("PRAGMA busy_timeout = 10000; {sql}")),
            Engine::Postgres => PgConnection::establish(&self.owner_url)
                .unwrap()
                .batch_execute(sql),
        }
    }

    /// Runs SQL with only the application's rights.
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

    /// The column `x` of a query, read outside the application.
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

    /// A connection that stays open, for a test that queries often.
    pub fn probe(&self) -> Probe {
        match self.engine {
            Engine::Sqlite => Probe::Sqlite(SqliteConnection::establish(&self.owner_url).unwrap()),
            Engine::Postgres => Probe::Postgres(PgConnection::establish(&self.owner_url).unwrap()),
        }
    }
}

/// Templates belong to one test run: the test command names it, otherwise each process is one.
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
