//! Offices and committees that were on record before scores: the migration makes them found by what
//! scores ask for, as if they had been written since.

use super::*;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_persistence::{Engine, migrate};

#[actix_web::test]
async fn what_was_on_record_before_scores_is_scored_too() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let office = json!({"title": "Oficina", "created_on": "2015-03", "starts_on": "2020-01-01",
            "levels_to_executive": 1});
        made(&officer, "/v1/international-offices", &office).await;
        let far = json!({"title": "Lejos", "levels_to_executive": 3, "starts_on": "2021", "visibility": "private"});
        made(&officer, "/v1/international-offices", &far).await;
        let person = officer.get("/v1/me").await.expect(200).id();
        let seat = json!({"seat": "citizen", "name": "Persona", "person_id": person});
        let committee = json!({"title": "Comité", "rules": "Reglamento", "installed_on": "2019-05-01",
            "members": [seat], "visibility": "network", "shared_with": []});
        made(&officer, "/v1/committees", &committee).await;
        made(&officer, "/v1/committees", &json!({"title": "Otro", "starts_on": "2018"})).await;
        let rows = "SELECT viewer_tenant || ' ' || facet || ' ' || sort_key || ' ' || record_id || ' ' || owner_tenant AS x \
                    FROM record_facets ORDER BY 1";
        let whole = app.scratch.texts(rows);
        let down = match app.scratch.engine {
            Engine::Sqlite => [
                include_str!("../../../migrations/sqlite/0025_record_counts/down.sql"),
                include_str!("../../../migrations/sqlite/0021_scores/down.sql"),
            ],
            Engine::Postgres => [
                include_str!("../../../migrations/postgres/0025_record_counts/down.sql"),
                include_str!("../../../migrations/postgres/0021_scores/down.sql"),
            ],
        };
        down.iter().for_each(|sql| app.scratch.execute(sql));
        for sql in [
            "UPDATE record_facets SET facet = replace(facet, ':year=2015', ':year=2020') WHERE facet LIKE '%:year=2015'",
            "DELETE FROM record_facets WHERE facet LIKE '%:year=2019'",
            "DELETE FROM __diesel_schema_migrations WHERE version IN ('0021', '0025')",
        ] {
            app.scratch.execute(sql);
        }
        assert!(app.scratch.texts(rows).len() < whole.len());
        migrate(&app.scratch.migration_url, SystemClock.now()).unwrap();
        assert_eq!(app.scratch.texts(rows), whole);
        crate::record_contract::counts::are_right(&app.scratch);
    })
    .await;
}
