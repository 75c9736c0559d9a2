//! Administrations: those of different terms do not overlap, those of one term are its heads, and
//! every government reads them.

mod turnover;

use crate::tools::{patch, points_at, post};
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, IRAPUATO, JALISCO, Request, SRE, ZAPOPAN, on_both};

const PATH: &str = "/v1/administrations";

pub fn period(government: &str, starts_on: &str, ends_on: &str) -> Value {
    json!({"government_id": government, "starts_on": starts_on, "ends_on": ends_on,
        "head": {"name": format!("Titular {starts_on}"), "post": "Presidenta municipal", "capacity": "constitucional"}})
}

// row: 002-10
// operations: create_administration, get_administration, list_administrations, update_administration
#[actix_web::test]
async fn a_government_keeps_its_periods_and_the_ministry_those_of_any() {
    on_both(|app| async move {
        let own = app.officer(GUADALAJARA).await;
        let made = own.post(PATH, &period(GUADALAJARA, "2021-10-01", "2024-09-30")).await.expect(201);
        let path = format!("{PATH}/{}", made.id());
        own.post(PATH, &period(GUADALAJARA, "2024-10-01", "2027-09-30")).await.expect(201);
        // Irapuato has no people yet: only the ministry's administrator may write for it.
        let theirs = period(IRAPUATO, "2024-10-10", "2027-10-09");
        app.officer(SRE).await.post(PATH, &theirs).await.refused(403, "forbidden");
        let sre = app.client(Role::Admin, SRE).await;
        let irapuato = sre.post(PATH, &theirs).await.expect(201);
        for (tenant, role) in [(ZAPOPAN, Role::Viewer), ("obs-senado", Role::Trainer)] {
            let reader = app.client(role, tenant).await;
            assert_eq!(reader.get(&path).await.expect(200).json()["head"]["name"], "Titular 2021-10-01");
            let list = reader.get(&format!("{PATH}?government={GUADALAJARA}&count=true")).await.expect(200).json();
            let starts: Vec<_> = list["items"].as_array().unwrap().iter().map(|item| item["starts_on"].clone()).collect();
            assert_eq!((starts, &list["total"]), (vec![json!("2021-10-01"), json!("2024-10-01")], &json!(2)));
            assert_eq!(reader.get(&format!("{PATH}?count=true&limit=1")).await.json()["total"], 3);
        }
        // Correcting a name overwrites it in place; the government itself takes over its period.
        let people = app.scratch.count("people");
        let named = json!({"head": {"name": "Otra Persona", "post": "Presidenta municipal", "capacity": "constitucional"}});
        let one = format!("{PATH}/{}", irapuato.id());
        let changed = app.client(Role::Admin, IRAPUATO).await.patch(&one, &irapuato.etag(), &named).await.expect(200);
        assert_eq!((&changed.json()["head"]["name"], &changed.json()["version"]), (&json!("Otra Persona"), &json!(2)));
        assert_eq!(app.scratch.count("people"), people);
        assert_eq!(app.scratch.count("people WHERE name = 'Titular 2024-10-10'"), 0);
        let trail = "audit_log WHERE outcome = 'done' AND subject_kind = 'administration' AND tenant_id = '11017' AND acting_tenant";
        assert_eq!(app.scratch.count(&format!("{trail} = '00'")), 1);
        assert_eq!(app.scratch.count(&format!("{trail} = '11017'")), 1);
    })
    .await;
}

// row: 002-10
// operations: create_administration, update_administration
#[actix_web::test]
async fn an_administration_that_is_refused_leaves_nothing() {
    on_both(|app| async move {
        let own = app.officer(GUADALAJARA).await;
        let good = period(GUADALAJARA, "2021-10-01", "2024-09-30");
        app.nobody()
            .post(PATH, &good)
            .await
            .refused(401, "unauthenticated");
        for (role, tenant) in [
            (Role::Viewer, GUADALAJARA),
            (Role::Officer, ZAPOPAN),
            (Role::Admin, JALISCO),
            (Role::Liaison, SRE),
            (Role::Admin, "obs-senado"),
        ] {
            app.client(role, tenant)
                .await
                .post(PATH, &good)
                .await
                .refused(403, "forbidden");
        }
        own.send(post(&format!("{PATH}?dry_run=true"), &good))
            .await
            .expect(200);
        assert_eq!(app.scratch.count("administrations"), 0);
        let made = own.post(PATH, &good).await.expect(201);
        let people = app.scratch.count("people");
        for (start, end) in [
            ("2024-09-30", "2027-09-30"),
            ("2018", "2021"),
            ("2022-01", "2022-02"),
            ("2021-10-01", "2024-09-30"),
        ] {
            let answer = own.post(PATH, &period(GUADALAJARA, start, end)).await;
            points_at(&answer, "/starts_on", "overlap");
            let error = answer.refused(422, "validation_failed").json()["errors"][0].clone();
            let first = format!("{PATH}/{}", made.id());
            assert_eq!(error["existing"], json!({"id": made.id(), "href": first}));
        }
        let endless = json!({"government_id": GUADALAJARA, "starts_on": "2000"});
        points_at(&own.post(PATH, &endless).await, "/starts_on", "overlap");
        let backwards = period(GUADALAJARA, "2030-01-01", "2029-12-31");
        points_at(
            &own.post(PATH, &backwards).await,
            "/ends_on",
            "before_start",
        );
        let sre = app.client(Role::Admin, SRE).await;
        for key in ["99999", "obs-senado"] {
            points_at(
                &sre.post(PATH, &period(key, "2021", "2022")).await,
                "/government_id",
                "unknown_key",
            );
        }
        let path = format!("{PATH}/{}", made.id());
        let next = own
            .post(PATH, &period(GUADALAJARA, "2024-10-01", "2027-09-30"))
            .await
            .expect(201);
        let late = json!({"ends_on": "2024-10-01"});
        points_at(
            &own.patch(&path, &made.etag(), &late).await,
            "/starts_on",
            "overlap",
        );
        let moved = json!({"government_id": ZAPOPAN});
        points_at(
            &own.patch(&path, &made.etag(), &moved).await,
            "/government_id",
            "fixed",
        );
        let change = json!({"ends_on": "2024-09-29"});
        own.send(Request::new(Method::PATCH, &path).json(&change))
            .await
            .refused(428, "precondition_required");
        own.patch(&path, "\"7.x\"", &change)
            .await
            .refused(412, "precondition_failed");
        app.officer(ZAPOPAN)
            .await
            .patch(&path, &made.etag(), &change)
            .await
            .refused(403, "forbidden");
        own.patch(
            &format!("{PATH}/{}", uuid::Uuid::now_v7()),
            &made.etag(),
            &change,
        )
        .await
        .refused(404, "not_found");
        assert_eq!(own.get(&path).await.json()["version"], 1);
        assert_eq!(
            (
                app.scratch.count("administrations"),
                app.scratch.count("people")
            ),
            (2, people + 1)
        );
        own.send(patch(&path, &made.etag(), &change))
            .await
            .expect(200);
        own.patch(
            &format!("{PATH}/{}", next.id()),
            &next.etag(),
            &json!({"head": null}),
        )
        .await
        .expect(200);
        assert_eq!(
            app.scratch
                .count("people WHERE name = 'Titular 2024-10-01'"),
            0
        );
    })
    .await;
}

// row: 002-10
// operations: create_administration
#[actix_web::test]
async fn of_periods_that_overlap_only_one_is_written_at_the_same_instant() {
    on_both(|app| async move {
        let own = app.officer(GUADALAJARA).await.patient();
        for round in 0..5 {
            let period = |day: i32| {
                let year = 1900 + round * 3;
                // With the same end they would be heads of one term.
                period(
                    GUADALAJARA,
                    &format!("{year}-01-{:02}", day + 1),
                    &format!("{}-12-{:02}", year + 2, day + 1),
                )
            };
            let bodies: Vec<Value> = (0..8).map(period).collect();
            let answers =
                futures_util::future::join_all(bodies.iter().map(|body| own.post(PATH, body)))
                    .await;
            let won = answers.iter().filter(|answer| answer.status == 201).count();
            assert_eq!(won, 1);
            for answer in answers.into_iter().filter(|answer| answer.status != 201) {
                points_at(&answer, "/starts_on", "overlap");
            }
        }
        assert_eq!(app.scratch.count("administrations"), 5);
    })
    .await;
}

// row: 002-10
// operations: create_administration, update_administration, list_administrations
#[actix_web::test]
async fn an_interim_head_is_of_the_same_term_and_no_period_of_its_own() {
    on_both(|app| async move {
        let own = app.officer(GUADALAJARA).await;
        let first = period(GUADALAJARA, "2024-10-01", "2027-09-30");
        let first = own.post(PATH, &first).await.expect(201);
        // The refusal says how another head of the same term is written down.
        for (starts, ends) in [("2026-03-01", "2026-05-31"), ("2026-03-01", "2030-09-30")] {
            let answer = own.post(PATH, &period(GUADALAJARA, starts, ends)).await;
            points_at(&answer, "/starts_on", "overlap");
            let said = answer.refused(422, "validation_failed").text();
            assert!(said.contains("2027-09-30"), "{said}");
        }
        let interim = period(GUADALAJARA, "2026-03-01", "2027-09-30");
        let interim = own.post(PATH, &interim).await.expect(201);
        own.post(PATH, &period(GUADALAJARA, "2026-06-01", "2027-09-30"))
            .await
            .expect(201);
        // Nobody takes over twice on one day, and the next term begins after this one.
        let twice = own
            .post(PATH, &period(GUADALAJARA, "2026-03-01", "2027-09-30"))
            .await;
        points_at(&twice, "/starts_on", "overlap");
        own.post(PATH, &period(GUADALAJARA, "2027-10-01", "2030-09-30"))
            .await
            .expect(201);
        // A head of a term cannot be given another end than the others.
        let path = format!("{PATH}/{}", interim.id());
        let longer = json!({"ends_on": "2027-12-31"});
        let answer = own.patch(&path, &interim.etag(), &longer).await;
        points_at(&answer, "/starts_on", "overlap");
        assert_eq!(
            own.get(&format!("{PATH}/{}", first.id())).await.json()["version"],
            1
        );
        assert_eq!(app.scratch.count("administrations"), 4);
    })
    .await;
}
