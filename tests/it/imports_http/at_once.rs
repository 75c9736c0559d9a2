//! Several concurrent files that name the same counterparts.

use super::{HEAD, bring};
use futures_util::future::join_all;
use vinculo_domain::Role;
use vinculo_tests::{JALISCO, on_both};

/// More than one unit of work records.
const CITIES: usize = 25;

/// A state's file of one year, with cities that are not recorded yet.
fn of_year(year: i32) -> String {
    let row = |n| format!("Jalisco,Guadalajara,Ciudad {n},Japón,hermanamiento,{year},Gaceta,\n");
    let rows: String = (0..CITIES).map(row).collect();
    format!("{HEAD}{rows}")
}

// row: 003-07
// operations: create_import
#[actix_web::test]
async fn files_at_once_share_their_new_counterparts() {
    on_both(|app| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await.patient();
        let files: Vec<String> = (1990..1994).map(of_year).collect();
        let answers = join_all(files.iter().map(|file| bring(&liaison, file))).await;
        for answer in answers {
            let report = answer.expect(201).json();
            assert_eq!(report["summary"]["imported"], CITIES);
        }
        let written = app.scratch.count("counterparts WHERE tenant_id = '14'");
        assert_eq!(usize::try_from(written), Ok(CITIES));
    })
    .await;
}
