//! A backup of an installation made by an earlier version of the program.

use super::{config, damage, of_backups, of_store, place, restored, shelf, taken};
use crate::tools::undo_later_migrations;
use vinculo_api::commands::open;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, TestApp, on_both};

#[actix_web::test]
async fn a_backup_of_an_earlier_schema_is_whole_and_said_to_be_older() {
    on_both(|app: TestApp| async move {
        app.case_in(GUADALAJARA, Stage::Registered).await;
        undo_later_migrations(&app.scratch);
        app.scratch
            .execute("DROP TABLE installation; DROP TABLE heartbeats; DROP TABLE storage_use; DROP TABLE row_sums");
        app.scratch
            .execute("DELETE FROM __diesel_schema_migrations WHERE version >= '0011'");
        let (own, shelf) = (config(&app), shelf());
        assert_eq!(damage(&of_store(&own)), []);
        taken(&own, shelf.path()).unwrap();
        assert_eq!(damage(&of_backups(&own, shelf.path())), []);
        let (_folder, _scratch, elsewhere) = place(app.scratch.engine);
        let restored = restored(&elsewhere, shelf.path()).unwrap();
        assert!(restored.older);
        assert_eq!(damage(&of_store(&elsewhere)), []);
        // Opening migrates it, and it stays undamaged.
        open(&elsewhere).map(drop).unwrap();
        assert_eq!(damage(&of_store(&elsewhere)), []);
    })
    .await;
}
