//! Faults during the storm, beside requests whose sender gives up.

use super::governments::Government;
use super::{Storm, THREADS};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use serde_json::json;
use std::sync::Once;
use std::sync::atomic::Ordering;
use std::time::Duration;
use uuid::Uuid;
use vinculo_api::app::App;
use vinculo_auth::{Action, Kind, policy};
use vinculo_persistence::stores::counterparts;
use vinculo_persistence::{Engine, Intent, Reply};
use vinculo_tests::{Client, Scratch, pick, service_of};

/// The message of the storm's panics.
const CRY: &str = "a panic of the storm";

/// In which unit of work the panic happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Read,
    Write,
}

/// Panics inside a transaction of this government, after a statement of it has run.
pub async fn panic(app: &App, government: &Government, place: Place, name: &str) {
    hush();
    let own = Uuid::parse_str(&government.counterparts[0]).unwrap();
    let scope = |action| policy::scope(Some(&government.actor), Kind::Counterpart, action);
    let outcome = match place {
        Place::Read => {
            let scope = scope(Action::Read);
            let read = app.db.read(&scope, "storm", "", move |tx| {
                counterparts::get(tx, own)?;
                std::panic::panic_any(CRY)
            });
            read.await
        }
        Place::Write => {
            let (scope, city) = (scope(Action::Create), government.city(name));
            let intent = Intent {
                operation: "storm",
                request_id: Uuid::now_v7().to_string(),
                idempotency: None,
                dry_run: false,
            };
            let write = app
                .db
                .write(&scope, &intent, move |tx| -> Result<Reply, _> {
                    counterparts::create(tx, &city)?;
                    std::panic::panic_any(CRY)
                });
            write.await.map(|_reply| ())
        }
    };
    outcome.expect_err("it panicked");
}

/// Silences the storm's own panics; others are printed as usual.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if panic.payload().downcast_ref::<&str>() != Some(&CRY) {
                before(panic);
            }
        }));
    });
}

/// The faults that were caused.
#[derive(Debug, Default)]
pub struct Troubles {
    pub killed: usize,
    pub statement_timeouts: usize,
}

/// Causes faults while the other threads run: all places are held, the table is locked, and on
/// PostgreSQL sessions are killed and statements run into their timeout.
pub fn trouble(storm: &Storm, scratch: &Scratch) -> Troubles {
    let mut troubles = Troubles::default();
    let postgres = scratch.engine == Engine::Postgres;
    let at = |percent: usize| {
        while storm.done.load(Ordering::Relaxed) < THREADS * storm.requests * percent / 100 {
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    let times = pick("storm: times that what is waited for is held", 1, 2);
    for round in 0..9 {
        at(10 * (round + 1));
        match round {
            1 => lock(scratch),
            3 => hold_places(storm),
            5 if times > 1 => lock(scratch),
            7 if times > 1 => hold_places(storm),
            4 if postgres => troubles.statement_timeouts += outlast(storm, scratch),
            _ if postgres => troubles.killed += kill(scratch),
            _ => {}
        }
    }
    troubles
}

/// Locks the written table for longer than a request waits.
fn lock(scratch: &Scratch) {
    let hold = Duration::from_millis(2500);
    match scratch.engine {
        Engine::Sqlite => {
            let mut conn = SqliteConnection::establish(&scratch.owner_url).unwrap();
            conn.batch_execute("PRAGMA busy_timeout = 10000; BEGIN IMMEDIATE")
                .unwrap();
            std::thread::sleep(hold);
            conn.batch_execute("ROLLBACK").unwrap();
        }
        Engine::Postgres => {
            let mut conn = PgConnection::establish(&scratch.owner_url).unwrap();
            conn.batch_execute("BEGIN; LOCK TABLE counterparts IN EXCLUSIVE MODE")
                .unwrap();
            std::thread::sleep(hold);
            conn.batch_execute("ROLLBACK").unwrap();
        }
    }
}

/// Takes every place of the readers' pool for longer than a request waits.
fn hold_places(storm: &Storm) {
    let government = &storm.governments[0];
    let hold = || async {
        let scope = policy::scope(Some(&government.actor), Kind::Counterpart, Action::Read);
        let read = storm.app.db.read(&scope, "storm", "", |_tx| {
            std::thread::sleep(Duration::from_millis(2500));
            Ok(())
        });
        // If the pool is already full, this one is refused like any other.
        let _refused = read.await;
    };
    actix_web::rt::System::new().block_on(futures_util::future::join_all(
        (0..super::POOL).map(|_| hold()),
    ));
}

/// Kills half of the application's sessions, whatever they are doing.
fn kill(scratch: &Scratch) -> usize {
    let killed = scratch.texts(
        "SELECT pg_terminate_backend(pid)::text AS x FROM pg_stat_activity \
         WHERE datname = current_database() AND usename = 'vinculo_app' AND pid % 2 = 0",
    );
    killed.len()
}

/// One write for each place, with a statement that does not finish in time.
fn outlast(storm: &Storm, scratch: &Scratch) -> usize {
    scratch.execute(
        "CREATE FUNCTION outlast() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(30); RETURN NEW; END'; \
         CREATE TRIGGER outlast BEFORE INSERT ON counterparts FOR EACH ROW WHEN (NEW.name LIKE '%duerme%') EXECUTE FUNCTION outlast()",
    );
    let answers = actix_web::rt::System::new().block_on(async {
        let service = service_of(&storm.app).await;
        let sleeping = (0..super::POOL).map(|number| {
            let government = &storm.governments[number as usize];
            let client = Client {
                service: service.clone(),
                patient: false,
                token: Some(government.token.clone()),
            };
            let city = json!(government.city(&format!("duerme {number}")));
            async move { client.post("/v1/counterparts", &city).await }
        });
        futures_util::future::join_all(sleeping).await
    });
    for answer in &answers {
        assert_eq!(answer.status, 503, "{}", answer.text());
    }
    answers.len()
}
