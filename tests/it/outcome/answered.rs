//! Commits that the server answers with an error: it is certain that nothing was kept.

use super::{keyed, start, unknown};
use vinculo_auth::{Action, Kind, policy};
use vinculo_domain::Role;
use vinculo_domain::counterparts::{
    CounterpartFields, CounterpartKind, CounterpartLevel, Visibility,
};
use vinculo_domain::problems::Problem;
use vinculo_persistence::stores::counterparts;
use vinculo_persistence::{Intent, Reply};
use vinculo_tests::{GUADALAJARA, Scratch, Setup};

/// Makes every change of a counterpart end with `statement` at its commit.
fn at_commit(scratch: &Scratch, statement: &str) {
    scratch.execute(&format!(
        "CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {statement}; RETURN NEW; END $$; \
         CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON counterparts DEFERRABLE INITIALLY DEFERRED \
         FOR EACH ROW EXECUTE FUNCTION at_commit()"
    ));
}

fn mend(scratch: &Scratch) {
    scratch.execute("DROP TRIGGER at_commit ON counterparts; DROP FUNCTION at_commit()");
}

#[actix_web::test]
async fn what_the_server_refuses_to_commit_is_not_done() {
    for setup in super::WIRED {
        let app = start(setup).await;
        let client = app.officer(GUADALAJARA).await;
        let raise =
            |code: &str, text: &str| format!("RAISE EXCEPTION '{text}' USING ERRCODE = '{code}'");
        for (statement, status, code) in [
            (raise("23514", "a deferred constraint"), 500, "internal"),
            (
                raise("40001", "could not serialize access"),
                503,
                "too_busy",
            ),
            (
                raise("53100", "could not extend file: No space left on device"),
                507,
                "storage_full",
            ),
        ] {
            at_commit(&app.scratch, &statement);
            let answer = client.send(keyed("Kioto")).await.refused(status, code);
            assert_eq!(answer.header("retry-after").is_some(), status != 500);
            assert_eq!(app.scratch.count("counterparts"), 0, "{code}");
            assert_eq!(app.scratch.count("idempotency_keys"), 0, "{code}");
            mend(&app.scratch);
        }
        client.send(keyed("Kioto")).await.expect(201);
        assert_eq!(app.scratch.count("counterparts"), 1);
    }
}

/// The server's process ends during the commit, as reported by the server or by the pooler.
#[actix_web::test]
async fn a_server_that_ends_while_it_commits_leaves_the_outcome_open() {
    for setup in super::WIRED {
        let app = start(setup).await;
        let client = app.officer(GUADALAJARA).await;
        at_commit(
            &app.scratch,
            "PERFORM pg_terminate_backend(pg_backend_pid())",
        );
        unknown(client.send(keyed("Kioto")).await);
        mend(&app.scratch);
        client.send(keyed("Kioto")).await.expect(201);
        assert_eq!(app.scratch.count("counterparts"), 1);
    }
}

/// The server answers the COMMIT of a failed transaction with ROLLBACK and without an error; this
/// must not be taken for success.
#[actix_web::test]
async fn an_error_that_was_swallowed_is_not_acknowledged() {
    for setup in super::WIRED {
        let app = start(setup).await;
        let official = app.official(Role::Officer, GUADALAJARA).await;
        app.scratch.execute(
            "CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'it fails'; END $$; \
             CREATE TRIGGER fails BEFORE INSERT ON counterparts FOR EACH ROW EXECUTE FUNCTION fails()",
        );
        let scope = policy::scope(Some(&official.actor), Kind::Counterpart, Action::Create);
        let intent = Intent {
            operation: "test",
            request_id: String::new(),
            idempotency: None,
            dry_run: false,
        };
        let fields = CounterpartFields {
            kind: CounterpartKind::ForeignGovernment,
            level: CounterpartLevel::Local,
            name: "Kioto".into(),
            country: Some("JP".into()),
            visibility: Visibility::Private,
            external_ids: Vec::new(),
        };
        let write = app.app.db.write(&scope, &intent, move |tx| {
            assert!(counterparts::create(tx, &fields).is_err());
            Ok(Reply::empty(201))
        });
        let refusal = write.await.expect_err("nothing of it was kept");
        assert_eq!(refusal.problem, Problem::Internal, "{refusal}");
        // The connection still works.
        let client = app.officer(GUADALAJARA).await;
        client.get("/v1/counterparts").await.expect(200);
    }
    assert_eq!(super::WIRED[0], Setup::Postgres);
}
