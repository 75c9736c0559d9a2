//! Test databases on both engines, copied from a template made once per run.

mod counts;
mod own;
mod plans;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{PgConnection, SqliteConnection};
use own::Own;
use std::path::{Path, PathBuf};
use std::sync::Arc;
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
    /// On PostgreSQL, removes the database with the last copy of this. A template has none.
    own: Option<Arc<Own>>,
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
            Engine::Postgres => Self::of_its_own(None),
        }
    }

    /// A database that its caller makes and removes, by the URLs of the application's role, the
    /// migrator's and the superuser.
    pub fn of_another(engine: Engine, [url, migration_url, owner_url]: [String; 3]) -> Self {
        Self {
            engine,
            url,
            owner_url,
            migration_url,
            pooler: Pooler::None,
            own: None,
        }
    }

    fn sqlite(file: &Path) -> Self {
        let url = format!("sqlite://{}", file.display());
        Self::of_another(Engine::Sqlite, [url.clone(), url.clone(), url])
    }

    /// A database on PostgreSQL that exists until the test has ended.
    fn of_its_own(template: Option<&str>) -> Self {
        let name = fresh_name();
        own::create(&name, template);
        Self {
            own: Some(Arc::new(Own::new(&name))),
            ..Self::postgres(&name)
        }
    }

    fn postgres(name: &str) -> Self {
        let at = |base: &str| format!("{}/{name}", variable(base));
        let [url, migration_url] = [
            "VINCULO_TEST_DATABASE_URL_BASE",
            "VINCULO_TEST_MIGRATION_URL_BASE",
        ]
        .map(at);
        let urls = [url, migration_url, own::superuser_url(name)];
        Self::of_another(Engine::Postgres, urls)
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
                    own::create(&template, None);
                    fill(&Self::postgres(&template));
                    std::fs::write(&made, "").unwrap();
                }
                Self::of_its_own(Some(&template))
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
            Engine::Postgres => self.look(|conn| query.clone().load(conn)),
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
