//! Calendars of working days: one for each government, with every version kept.

use crate::tools::{points_at, post};
use serde_json::json;
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, on_both};

const PATH: &str = "/v1/calendars";

// row: 002-10
// operations: list_calendars, create_calendar, get_calendar, update_calendar
#[actix_web::test]
async fn a_government_keeps_its_calendar_and_every_version_of_it() {
    on_both(|app: TestApp| async move {
        let admin = app.client(Role::Admin, JALISCO).await;
        let fields = json!({"name": "Días hábiles de Jalisco",
            "holidays": [{"date": "2026-04-03", "name": "Viernes Santo"}]});
        let made = admin.post(PATH, &fields).await.expect(201);
        let calendar = made.json();
        assert_eq!(calendar["version"], 1);
        assert_eq!(calendar["government_id"], JALISCO);
        // Defaults are the legal working week and the legal rest days.
        assert_eq!(calendar["weekdays"].as_array().unwrap().len(), 5);
        assert_eq!(calendar["statutory_rest_days"], true);
        let one = format!("{PATH}/{}", made.id());
        let change = json!({"holidays": [], "weekdays": ["monday", "saturday"]});
        let changed = admin.patch(&one, &made.etag(), &change).await.expect(200);
        assert_eq!(changed.json()["version"], 2);

        // Every signed-in government reads it, in the version it asks for.
        let reader = app.client(Role::Viewer, GUADALAJARA).await;
        let now = reader.get(&one).await.expect(200).json();
        assert_eq!(now["weekdays"], json!(["monday", "saturday"]));
        let then = reader.get(&format!("{one}?version=1")).await.expect(200);
        assert_eq!(then.json()["holidays"][0]["name"], "Viernes Santo");
        let none = reader.get(&format!("{one}?version=3")).await;
        none.refused(404, "not_found");
        let none = reader.get(&format!("{one}?version=0")).await;
        none.refused(400, "invalid_parameter");
        for (filter, count) in [("", 1), ("?government=14", 1), ("?government=00", 0)] {
            let list = reader.get(&format!("{PATH}{filter}")).await.expect(200);
            assert_eq!(list.json()["items"].as_array().unwrap().len(), count);
        }
        assert_eq!(app.scratch.count("calendar_versions"), 2);
        // A written version cannot be changed, not even by SQL.
        let touched = "UPDATE calendar_versions SET fields = '{}'";
        assert!(app.scratch.execute_as_application(touched).is_err());
    })
    .await;
}

// row: 003-05
// operations: create_calendar, update_calendar, get_calendar
#[actix_web::test]
async fn a_calendar_is_its_governments_to_write() {
    on_both(|app: TestApp| async move {
        let admin = app.client(Role::Admin, SRE).await;
        let fields = json!({"name": "Días hábiles de la Secretaría"});
        app.nobody()
            .send(post(PATH, &fields))
            .await
            .refused(401, "unauthenticated");
        let officer = app.officer(SRE).await;
        officer.post(PATH, &fields).await.refused(403, "forbidden");
        let made = admin.post(PATH, &fields).await.expect(201);
        let one = format!("{PATH}/{}", made.id());
        admin.post(PATH, &fields).await.refused(409, "duplicate");

        let stranger = app.client(Role::Admin, JALISCO).await;
        let name = json!({"name": "Otro"});
        let etag = made.etag();
        let refused = stranger.patch(&one, &etag, &name).await;
        refused.refused(403, "forbidden");
        let nowhere = format!("{PATH}/{}", uuid::Uuid::now_v7());
        let lost = admin.patch(&nowhere, &etag, &name).await;
        lost.refused(404, "not_found");
        let blind = actix_web::http::Method::PATCH;
        let blind = vinculo_tests::Request::new(blind, &one).json(&name);
        admin
            .send(blind)
            .await
            .refused(428, "precondition_required");
        admin.patch(&one, &etag, &name).await.expect(200);
        let late = admin.patch(&one, &etag, &name).await;
        late.refused(412, "precondition_failed");

        let etag = admin.get(&one).await.etag();
        let day = |date: &str| json!({"date": date, "name": "Asueto"});
        for (change, pointer, code) in [
            (json!({"weekdays": []}), "/weekdays", "repeated_or_none"),
            (
                json!({"weekdays": ["monday", "monday"]}),
                "/weekdays",
                "repeated_or_none",
            ),
            (
                json!({"holidays": [day("2026-04")]}),
                "/holidays/0/date",
                "whole_day",
            ),
            (
                json!({"holidays": [day("2026-04-03"), day("2026-04-03")]}),
                "/holidays/1/date",
                "repeated",
            ),
            (
                json!({"holidays": vec![day("2026-04-03"); 401]}),
                "/holidays",
                "too_many",
            ),
            (json!({"name": " "}), "/name", "required"),
        ] {
            let refused = admin.patch(&one, &etag, &change).await;
            points_at(&refused.refused(422, "validation_failed"), pointer, code);
        }
        let text = admin.get(&one).await;
        assert_eq!(
            (text.json()["version"].clone(), text.etag()),
            (json!(2), etag)
        );
        assert_eq!(app.scratch.count("calendar_versions"), 2);
    })
    .await;
}
