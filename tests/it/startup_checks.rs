//! The service refuses a database that does not separate governments. Only PostgreSQL has roles,
//! policies and views to check; `startup_checks` says what applies to SQLite.

mod cases;

use cases::{CASES, Case};
use std::collections::BTreeSet;
use std::process::Command;
use vinculo_api::commands::serve;
use vinculo_api::config::Config;
use vinculo_persistence::Engine;
use vinculo_persistence::startup_checks::{
    Fault, FaultKind, GROWS, READ_BY_ALL, WITHOUT_ROW_SECURITY, faults,
};
use vinculo_tests::{Scratch, TestApp, program};

/// A login of its own with the application's rights, because roles belong to the whole server and
/// other tests run at the same time.
struct Login<'s> {
    scratch: &'s Scratch,
    role: String,
}

impl<'s> Login<'s> {
    fn new(scratch: &'s Scratch) -> Self {
        let role = format!("probe_{}", uuid::Uuid::now_v7().simple());
        scratch.execute(&format!(
            "CREATE ROLE {role} LOGIN IN ROLE vinculo_app; CREATE ROLE {role}_other"
        ));
        Self { scratch, role }
    }

    fn execute(&self, sql: &str) {
        let database = self.scratch.url.rsplit_once('/').unwrap().1;
        self.scratch.execute(
            &sql.replace("{role}", &self.role)
                .replace("{database}", database),
        );
    }

    fn url(&self) -> String {
        let url = self
            .scratch
            .url
            .replace("vinculo_app@", &format!("{}@", self.role));
        assert_ne!(url, self.scratch.url);
        url
    }

    fn faults(&self) -> Vec<Fault> {
        beyond_the_server(faults(&self.url()).unwrap())
    }
}

/// The private server does not sync, so that the tests are fast. This fault is expected in each of
/// its databases, and nothing else is ignored.
fn beyond_the_server(found: Vec<Fault>) -> Vec<Fault> {
    let (server, rest): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|fault| fault.kind == FaultKind::Durability);
    let subjects: Vec<&str> = server.iter().map(|fault| fault.subject.as_str()).collect();
    assert_eq!(subjects, ["fsync = off", "full_page_writes = off"]);
    rest
}

impl Drop for Login<'_> {
    fn drop(&mut self) {
        let role = &self.role;
        self.scratch.execute(&format!(
            "REASSIGN OWNED BY {role}, {role}_other TO vinculo_owner; DROP OWNED BY {role}, {role}_other; \
             DROP ROLE {role}, {role}_other"
        ));
    }
}

#[actix_web::test]
async fn a_database_as_migrated_has_no_fault() {
    let app = TestApp::start(Engine::Postgres).await;
    assert_eq!(beyond_the_server(faults(&app.scratch.url).unwrap()), []);
    assert_eq!(Login::new(&app.scratch).faults(), []);
    let lite = TestApp::start(Engine::Sqlite).await;
    assert_eq!(faults(&lite.scratch.url).unwrap(), []);
}

#[actix_web::test]
async fn each_broken_set_up_is_named_and_nothing_else() {
    let app = TestApp::start(Engine::Postgres).await;
    for case in CASES {
        let Case {
            kind,
            subject,
            rights,
            broken,
            repaired,
        } = *case;
        let login = Login::new(&app.scratch);
        let database = app.scratch.url.rsplit_once('/').unwrap().1;
        let subject = subject
            .replace("{role}", &login.role)
            .replace("{database}", database);
        login.execute(broken);
        let beside = rights.iter().map(|right| Fault {
            kind: FaultKind::Right,
            subject: format!("{right} on forgotten"),
        });
        let expected: Vec<Fault> = beside.chain([Fault { kind, subject }]).collect();
        assert_eq!(login.faults(), expected, "{broken}");
        login.execute(repaired);
        assert_eq!(login.faults(), [], "{repaired}");
    }
}

#[actix_web::test]
async fn several_faults_are_named_at_once() {
    let app = TestApp::start(Engine::Postgres).await;
    app.scratch
        .execute("ALTER TABLE offices NO FORCE ROW LEVEL SECURITY; CREATE VIEW shown AS SELECT id FROM agreements");
    app.scratch.settle(&app.folder.path().join("served"));
    let config = Config {
        data_dir: app.folder.path().join("served"),
        database_url: Some(app.scratch.url.clone()),
        ..Config::default()
    };
    let said = serve::run(&config).await.unwrap_err().to_string();
    for line in [
        "- table offices lets its owner pass",
        "- view public.shown reads",
        "- fsync = off loses what was acknowledged",
    ] {
        assert!(said.contains(line), "{said}");
    }
}

/// The real binary, which the test command builds beside the tests.
#[actix_web::test]
async fn the_binary_does_not_serve_from_a_broken_database() {
    let app = TestApp::start(Engine::Postgres).await;
    app.scratch
        .execute("ALTER TABLE agreements DISABLE ROW LEVEL SECURITY");
    app.scratch.settle(&app.folder.path().join("served"));
    let served = Command::new(program())
        .env_clear()
        .env("VINCULO_DATA_DIR", app.folder.path().join("served"))
        .env("VINCULO_DATABASE_URL", &app.scratch.url)
        .env("VINCULO_BIND", "127.0.0.1:0")
        .arg("serve")
        .output()
        .unwrap();
    assert!(!served.status.success());
    let said = String::from_utf8(served.stderr).unwrap();
    assert!(
        said.contains("- table agreements has no row-level security"),
        "{said}"
    );
}

#[test]
fn the_lists_agree_with_the_inventory() {
    let of_class = |classes: &[&str]| -> BTreeSet<&str> {
        let rows = include_str!("../data/inventory.csv").lines().skip(1);
        rows.filter_map(|row| {
            let mut cells = row.split(',');
            let (table, class) = (cells.next()?, cells.next()?);
            classes.contains(&class).then_some(table)
        })
        .collect()
    };
    let mut open = of_class(&["reference", "system"]);
    // The audit log belongs to the system, but each government reads only its own part.
    assert!(open.remove("audit_log"));
    // The migrations' own table is not part of the product.
    open.insert("__diesel_schema_migrations");
    assert_eq!(BTreeSet::from(WITHOUT_ROW_SECURITY), open);
    let mut read = of_class(&["public"]);
    // Data of the foreign ministry and of each government, readable by every government.
    read.extend(["mechanism_facts", "mechanisms", "offices"]);
    read.extend(["administrations", "body_governments", "government_bodies"]);
    read.extend(["calendar_versions", "calendars"]);
    assert_eq!(BTreeSet::from(READ_BY_ALL), read);
}

/// On SQLite triggers protect the append-only tables: the list is the same.
#[actix_web::test]
async fn what_only_grows_is_what_the_triggers_keep() {
    let lite = TestApp::start(Engine::Sqlite).await;
    let mut kept: BTreeSet<String> = lite
        .scratch
        .texts("SELECT tbl_name AS x FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_delete'")
        .into_iter()
        .collect();
    // In these tables the end of a row is written.
    for table in ["agreement_facts", "agreement_spells", "mechanism_facts"] {
        assert!(kept.remove(table), "{table}");
    }
    assert_eq!(kept, GROWS.map(str::to_owned).into());
}
