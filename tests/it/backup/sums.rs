//! Changes that another program made to a SQLite file are found, and an operator who made them on
//! purpose can accept them.

use super::{config, damage, of_store};
use vinculo_api::commands::open;
use vinculo_domain::agreements::Stage;
use vinculo_persistence::{Engine, Weight, recount};
use vinculo_tests::{GUADALAJARA, TestApp};

/// Changes that no other check finds, and the table that is named.
const WRITTEN: [(&str, &str); 5] = [
    ("UPDATE people SET name = 'Otra Persona'", "people"),
    ("UPDATE counterparts SET name = name || '.'", "counterparts"),
    (
        "INSERT INTO counters (series, value) VALUES ('agreements:1999', 1)",
        "counters",
    ),
    (
        "DELETE FROM counters WHERE series = 'agreements:1999'",
        "counters",
    ),
    ("DROP TRIGGER annotations_no_update", "sqlite_schema"),
];

async fn app() -> TestApp {
    let app = TestApp::start(Engine::Sqlite).await;
    app.case_in(GUADALAJARA, Stage::Registered).await;
    app.case_in(GUADALAJARA, Stage::Draft).await;
    app
}

#[actix_web::test]
async fn what_was_written_past_the_program_is_found_until_it_is_sealed() {
    let app = app().await;
    let own = config(&app);
    app.scratch.settle(app.folder.path());
    assert_eq!(damage(&of_store(&own)), []);
    for (sql, table) in WRITTEN {
        app.scratch.execute(sql);
        let found = damage(&of_store(&own));
        let places: Vec<_> = found
            .iter()
            .map(|one| (one.check, one.place.as_str()))
            .collect();
        assert_eq!(places, [("row_sums", table)], "{sql}");
        assert!(found[0].advice.contains("vinculo migrate --seal"));
        // Starting the service does not accept the change.
        drop(open(&own).unwrap());
        assert_eq!(damage(&of_store(&own)).len(), 1, "{sql}");
        recount(&app.scratch.url, true).unwrap();
        assert_eq!(damage(&of_store(&own)), [], "{sql}");
    }
    // What the program itself writes is not a finding.
    app.case_in(GUADALAJARA, Stage::Draft).await;
    assert_eq!(damage(&of_store(&own)), []);
}

#[actix_web::test]
async fn a_migration_that_was_cut_off_is_told_and_finished() {
    let app = app().await;
    let own = config(&app);
    app.scratch.settle(app.folder.path());
    app.scratch
        .execute("INSERT INTO row_sums (name, sum) VALUES ('open', '')");
    app.scratch.execute("UPDATE people SET name = name || ' '");
    let findings = of_store(&own);
    assert!(findings.whole());
    let warned = |check: &str| {
        let told = findings.all().0.iter();
        told.filter(|one| one.check == check && one.weight == Weight::Warning)
            .count()
    };
    assert_eq!(warned("row_sums"), 1);
    drop(open(&own).unwrap());
    let findings = of_store(&own);
    assert!(findings.whole());
    assert_eq!(findings.count("row_sums"), 0);
    app.scratch.execute("UPDATE people SET name = name || ' '");
    assert_eq!(damage(&of_store(&own)).len(), 1);
}
