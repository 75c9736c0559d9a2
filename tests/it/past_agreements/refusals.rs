//! Who may record and report what, and which values are invalid.

use super::{PATH, record, report, with};
use crate::tools::{points_at, post};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

// row: 003-07, 002-14
// operations: create_past_agreement
#[actix_web::test]
async fn who_may_record_and_who_may_report_what() {
    on_both(|app| async move {
        let before = app.scratch.count("agreements");
        app.nobody()
            .post(PATH, &report())
            .await
            .refused(401, "unauthenticated");
        let of = |body: Value, tenant: &str| with(body, "government_id", json!(tenant));
        let may = [
            (Role::Officer, GUADALAJARA, record()),
            (Role::Officer, ZAPOPAN, of(record(), ZAPOPAN)),
            (Role::Officer, "00-amexcid", record()),
            (Role::Liaison, SRE, of(record(), IRAPUATO)),
            (Role::Liaison, SRE, of(record(), JALISCO)),
            (Role::Liaison, SRE, of(report(), GUANAJUATO)),
            (Role::Liaison, GUANAJUATO, of(report(), "11015")),
        ];
        let may_not = [
            (Role::Viewer, GUADALAJARA, record()),
            (Role::Liaison, GUADALAJARA, record()),
            (Role::Liaison, JALISCO, of(record(), GUADALAJARA)),
            (Role::Officer, JALISCO, of(record(), GUADALAJARA)),
            (Role::Officer, JALISCO, report()),
            (Role::Liaison, JALISCO, of(report(), IRAPUATO)),
            (Role::Liaison, JALISCO, of(report(), JALISCO)),
            (Role::Liaison, JALISCO, of(report(), "99999")),
            (Role::Officer, GUADALAJARA, of(record(), ZAPOPAN)),
            (Role::Officer, GUADALAJARA, of(report(), ZAPOPAN)),
            (Role::Officer, "obs-senado", record()),
            (Role::LegalReviewer, SRE, of(record(), IRAPUATO)),
            (Role::Liaison, SRE, of(report(), SRE)),
        ];
        for (role, tenant, body) in &may_not {
            let client = app.client(*role, tenant).await;
            client.post(PATH, body).await.refused(403, "forbidden");
        }
        assert_eq!(app.scratch.count("agreements"), before);
        // A municipality is reported by its own state or by the ministry, a state by the ministry alone.
        let neighbour = app.client(Role::Liaison, JALISCO).await;
        for (tenant, state) in [
            (IRAPUATO, true),
            ("11015", true),
            (GUANAJUATO, false),
            (JALISCO, false),
        ] {
            let refused = neighbour.post(PATH, &of(report(), tenant)).await;
            let detail = refused.json()["detail"].as_str().unwrap().to_owned();
            let named = detail.contains("el gobierno del estado al que pertenece el municipio");
            assert_eq!(named, state, "{detail}");
            assert!(
                detail.contains("Secretaría de Relaciones Exteriores"),
                "{detail}"
            );
            assert!(
                !detail.contains("lo reportó") && detail.contains("enlace"),
                "{detail}"
            );
        }
        for (role, tenant, body) in &may {
            let client = app.client(*role, tenant).await;
            client.post(PATH, body).await.expect(201);
        }
        let ministry = app.client(Role::Liaison, SRE).await;
        for unknown in ["99999", "obs-senado"] {
            let refused = ministry.post(PATH, &of(record(), unknown)).await;
            points_at(&refused.expect(422), "/government_id", "unknown_key");
        }
    })
    .await;
}

// row: 003-07
// operations: create_past_agreement
#[actix_web::test]
async fn what_is_wrong_with_a_past_agreement_is_said_at_once() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await;
        let unnamed = json!({"id": uuid::Uuid::now_v7()});
        let both = json!({"id": uuid::Uuid::now_v7(), "fields": TestApp::counterpart_json("Lyon")});
        for (field, value, pointer, code) in [
            ("source", json!(" "), "/source", "required"),
            ("reason", json!(""), "/reason", "required"),
            ("title", json!("x".repeat(501)), "/title", "too_long"),
            ("signed_on", json!("2027"), "/signed_on", "in_the_future"),
            ("themes", json!(["nada"]), "/themes/0", "unknown_key"),
            ("languages", json!(["xx-nada"]), "/languages/0", "unknown_key"),
            ("counterparts", json!([]), "/counterparts", "required"),
            ("counterparts", json!([{}]), "/counterparts/0", "one_of"),
            ("counterparts", json!([both]), "/counterparts/0", "one_of"),
            ("counterparts", json!([unnamed]), "/counterparts/0/id", "unknown_key"),
            ("counterparts", json!([{"fields": {"kind": "foreign_government", "level": "local", "name": "", "country": "JP"}}]),
                "/counterparts/0/fields/name", "required"),
            ("compliance", json!(null), "/compliance", "required"),
        ] {
            let refused = owner.post(PATH, &with(record(), field, value)).await;
            points_at(&refused.expect(422), pointer, code);
        }
        let silent = owner.post(PATH, &with(record(), "compliance", json!(null))).await;
        let admitted = silent.json()["errors"][0]["admitted"].clone();
        assert_eq!(admitted, json!(["non_compliant", "unknown"]), "{}", silent.text());
        let ministry = app.client(Role::Liaison, SRE).await;
        // Who puts agreements of others on record says whose each is.
        let state = app.client(Role::Liaison, JALISCO).await;
        for (who, body) in [
            (&ministry, record()),
            (&ministry, with(report(), "government_id", json!(null))),
            (&state, with(report(), "government_id", json!(null))),
        ] {
            let refused = who.post(PATH, &body).await;
            points_at(&refused.expect(422), "/government_id", "required");
        }
        let said = with(report(), "compliance", json!("unknown"));
        let refused = ministry.post(PATH, &said).await;
        points_at(&refused.expect(422), "/compliance", "action");
        for (field, value) in [
            ("compliance", json!("compliant")),
            ("action", json!("confirm")),
            ("stage", json!("registered")),
        ] {
            let refused = owner.post(PATH, &with(record(), field, value)).await;
            assert_eq!(refused.status, 400, "{field}: {}", refused.text());
        }
        // Only its own government can name a private counterpart.
        let theirs = app.officer(ZAPOPAN).await;
        let fields = TestApp::counterpart_json("Ciudad de Lyon");
        let theirs = theirs.post("/v1/counterparts", &fields).await.expect(201).id();
        let named = with(record(), "counterparts", json!([{"id": theirs}]));
        let refused = owner.post(PATH, &named).await;
        points_at(&refused.expect(422), "/counterparts/0/id", "unknown_key");
        assert_eq!(app.scratch.count("agreements"), 0);
        let path = format!("{PATH}?dry_run=true");
        let dry = owner.send(post(&path, &record())).await.expect(200);
        assert_eq!(dry.json()["stage"], "signed");
        assert_eq!(app.scratch.count("agreements"), 0);
    })
    .await;
}
