//! Activity abroad by year: what the caller sees of it, with the years without anything.

use crate::scores::{Seed, institution, made};
use crate::tools::{on_both_at_noon, points_at};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, ZAPOPAN};

const ACTIVITY: &str = "/v1/statistics/activity";

async fn read(client: &Client, query: &str) -> Value {
    let answer = client.get(&format!("{ACTIVITY}?{query}")).await;
    answer.expect(200).json()
}

/// The totals of the years.
fn totals(activity: &Value) -> Vec<i64> {
    let years = activity["years"].as_array().unwrap().iter();
    years.map(|year| year["total"].as_i64().unwrap()).collect()
}

/// How many of a family there are in a year.
fn count(activity: &Value, year: i64, family: &str) -> i64 {
    let mut years = activity["years"].as_array().unwrap().iter();
    let year = years.find(|one| one["year"] == year).unwrap();
    of_family(&year["counts"], family)
}

fn of_family(counts: &Value, family: &str) -> i64 {
    let mut counts = counts.as_array().unwrap().iter();
    let one = counts.find(|one| one["family"] == family).unwrap();
    one["count"].as_i64().unwrap()
}

// row: 000-06
// operations: get_activity
#[actix_web::test]
async fn each_year_shows_what_happened_and_quiet_years_are_zero() {
    on_both_at_noon(|app, _clock| async move {
        let reader = app.client(Role::Viewer, GUANAJUATO).await;
        let nothing = read(&reader, "government=14039").await;
        assert_eq!(totals(&nothing), [0; 10]);
        assert_eq!(
            (&nothing["years"][0]["year"], &nothing["government"]),
            (&json!(2017), &json!("14039"))
        );
        institution(&app, GUADALAJARA, &Seed::default()).await;
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let officer = app.officer(GUADALAJARA).await;
        let undated = json!({"title": "Comité sin fecha"});
        made(&officer, "/v1/committees", &undated).await;

        let own = read(&reader, "government=14039&from=2010&to=2026").await;
        assert_eq!(own["years"].as_array().unwrap().len(), 17);
        for (year, family) in [
            (2010, "memberships_begun"),
            (2015, "offices_opened"),
            (2019, "committees_installed"),
            (2026, "sessions_held"),
            (2026, "agreements_inscribed"),
        ] {
            assert_eq!(count(&own, year, family), 1, "{year} {family}");
        }
        assert_eq!(totals(&own)[1..5], [0; 4]);
        assert_eq!(of_family(&own["undated"], "committees_installed"), 1);
        assert_eq!(of_family(&own["undated"], "sessions_held"), 0);
        let sum: i64 = totals(&own).iter().sum();
        assert_eq!(own["total"], sum);
        // The same of the state, and of the country.
        for query in ["state=14&from=2010&to=2026", "from=2010&to=2026"] {
            let whole = read(&reader, query).await;
            assert_eq!(
                (&whole["years"], &whole["undated"]),
                (&own["years"], &own["undated"])
            );
        }
        assert_eq!(totals(&read(&reader, "state=11").await), [0; 10]);
        assert_eq!(totals(&read(&reader, "government=14").await), [0; 10]);
        assert_eq!(totals(&read(&reader, "government=00").await), [0; 10]);
        app.nobody()
            .get(ACTIVITY)
            .await
            .refused(401, "unauthenticated");
    })
    .await;
}

// row: 000-06
// operations: get_activity
#[actix_web::test]
async fn everybody_counts_what_it_sees() {
    on_both_at_noon(|app, _clock| async move {
        let officer = app.officer(ZAPOPAN).await;
        let member = app.client(Role::CommitteeMember, ZAPOPAN).await;
        let person = member.get("/v1/me").await.expect(200).id();
        let seat = json!({"seat": "citizen", "name": "Persona", "person_id": person});
        for (visibility, members) in [
            ("private", json!([seat])),
            ("private", json!([])),
            ("government", json!([])),
            ("network", json!([])),
            ("public", json!([])),
        ] {
            let committee = json!({"title": "Canario", "installed_on": "2026-01-15", "visibility": visibility,
                "members": members});
            made(&officer, "/v1/committees", &committee).await;
        }
        let shared = json!({"title": "Canario", "installed_on": "2026-01-16", "visibility": "private",
            "shared_with": [GUANAJUATO]});
        made(&officer, "/v1/committees", &shared).await;
        for (role, tenant, seen) in [
            (Role::Officer, ZAPOPAN, 6),
            (Role::Viewer, SRE, 3),
            (Role::Viewer, JALISCO, 2),
            (Role::Viewer, GUANAJUATO, 3),
            (Role::Officer, IRAPUATO, 2),
            (Role::Viewer, "obs-senado", 2),
            (Role::CommitteeMember, IRAPUATO, 1),
            (Role::StatisticsReader, ZAPOPAN, 6),
        ] {
            let reader = app.client(role, tenant).await;
            for query in ["government=14120", "state=14", ""] {
                let found = count(&read(&reader, query).await, 2026, "committees_installed");
                assert_eq!(found, seen, "{tenant} {role:?} {query}");
            }
            let other = read(&reader, "government=14039").await;
            assert_eq!(other["total"], 0);
        }
        // A citizen counts the committee that names it and what is public.
        let found = read(&member, "government=14120").await;
        assert_eq!(count(&found, 2026, "committees_installed"), 2);
    })
    .await;
}

#[actix_web::test]
async fn a_wrong_period_is_told_what_would_be_right() {
    on_both_at_noon(|app, _clock| async move {
        let reader = app.client(Role::Viewer, JALISCO).await;
        let ask = |query: &str| format!("{ACTIVITY}?{query}");
        for (query, pointer, code) in [
            ("from=2020&to=2019", "to", "before_start"),
            ("from=1966&to=2026", "from", "too_many"),
            ("from=1800", "from", "too_many"),
            ("government=14039&state=14", "state", "one_place"),
        ] {
            let answer = reader.get(&ask(query)).await;
            points_at(&answer.refused(422, "validation_failed"), pointer, code);
        }
        read(&reader, "from=1967&to=2026").await;
        for query in [
            "from=1799",
            "to=2201",
            "from=dos",
            "government=99999",
            "state=14039",
        ] {
            reader
                .get(&ask(query))
                .await
                .refused(400, "invalid_parameter");
        }
    })
    .await;
}
