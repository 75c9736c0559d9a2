//! Bodies of governments: who records them, who reads them, and what a case says about them.

mod refusals;

use crate::parties::{case_with, etag, party};
use crate::tools::{one, points_at};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::PartyRole;
use vinculo_tests::{Client, GUADALAJARA, IRAPUATO, JALISCO, SRE, ZAPOPAN, on_both};

const PATH: &str = "/v1/bodies";

fn body(governments: &[&str], name: &str, kind: &str) -> Value {
    json!({"governments": governments, "name": name, "kind": kind, "starts_on": "2018-10-01"})
}

async fn write(client: &Client, fields: &Value) -> String {
    client.post(PATH, fields).await.expect(201).id()
}

fn names(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| item["name"].as_str().unwrap()).collect()
}

// row: 002-18
// operations: create_body, get_body, list_bodies, update_body
#[actix_web::test]
async fn a_body_is_its_governments_to_write_and_everybodys_to_read() {
    on_both(|app| async move {
        let (own, other) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        let made = own
            .post(
                PATH,
                &body(&[GUADALAJARA], "Relaciones Internacionales", "dependency"),
            )
            .await
            .expect(201);
        assert_eq!(
            (
                &made.json()["requires_legal_review"],
                &made.json()["tenant_id"]
            ),
            (&json!(false), &json!(GUADALAJARA))
        );
        let path = format!("{PATH}/{}", made.id());
        assert_eq!(made.header("location").as_deref(), Some(path.as_str()));
        let both = write(
            &app.client(Role::Admin, ZAPOPAN).await,
            &body(
                &[GUADALAJARA, ZAPOPAN],
                "Agua Metropolitana",
                "intermunicipal",
            ),
        )
        .await;
        for (tenant, role) in [
            (IRAPUATO, Role::Viewer),
            ("obs-senado", Role::Trainer),
            (SRE, Role::Registrar),
        ] {
            let reader = app.client(role, tenant).await;
            reader.get(&path).await.expect(200);
            let of = |government: &str| format!("{PATH}?government={government}&count=true");
            let list = reader.get(&of(GUADALAJARA)).await.expect(200).json();
            assert_eq!(
                (names(&list), &list["total"]),
                (
                    vec!["Relaciones Internacionales", "Agua Metropolitana"],
                    &json!(2)
                )
            );
            assert_eq!(
                names(&reader.get(&of(ZAPOPAN)).await.json()),
                ["Agua Metropolitana"]
            );
            assert_eq!(
                names(&reader.get(&of(JALISCO)).await.json()),
                Vec::<&str>::new()
            );
            let first = reader
                .get(&format!("{}&limit=1", of(GUADALAJARA)))
                .await
                .json();
            let next = first["next_cursor"].as_str().unwrap();
            let second = reader
                .get(&format!("{}&limit=1&cursor={next}", of(GUADALAJARA)))
                .await
                .expect(200)
                .json();
            assert_eq!(
                (names(&first), names(&second)),
                (
                    vec!["Relaciones Internacionales"],
                    vec!["Agua Metropolitana"]
                )
            );
            assert_eq!(
                reader.get(&format!("{PATH}?count=true")).await.json()["total"],
                2
            );
        }
        // A body that has ended names its successor, which cannot be itself.
        let next = write(
            &own,
            &body(&[GUADALAJARA], "Asuntos Internacionales", "dependency"),
        )
        .await;
        let ends = json!({"ends_on": "2026-01-31", "successor_id": next});
        let ended = own.patch(&path, &made.etag(), &ends).await.expect(200);
        assert_eq!(
            (&ended.json()["successor_id"], &ended.json()["version"]),
            (&json!(next), &json!(2))
        );
        let back = json!({"ends_on": "2026-06-30", "successor_id": made.id()});
        let one = format!("{PATH}/{next}");
        for (id, successor) in [
            (&next, made.id()),
            (&next, next.clone()),
            (&next, both.clone()),
        ] {
            let mut ends = back.clone();
            ends["successor_id"] = json!(successor);
            let tag = own.get(&format!("{PATH}/{id}")).await.etag();
            let answer = own.patch(&one, &tag, &ends).await;
            points_at(&answer, "/successor_id", "unknown_key");
            answer.refused(422, "validation_failed");
        }
        // A government cannot change a body that another one recorded, even if it is a member.
        let both = format!("{PATH}/{both}");
        let tag = own.get(&both).await.etag();
        own.patch(&both, &tag, &json!({"name": "Otra"}))
            .await
            .refused(403, "forbidden");
        let renamed = other
            .patch(&both, &tag, &json!({"governments": [ZAPOPAN]}))
            .await
            .expect(200);
        assert_eq!(renamed.json()["governments"], json!([ZAPOPAN]));
        let list = own
            .get(&format!("{PATH}?government={GUADALAJARA}"))
            .await
            .json();
        assert_eq!(
            names(&list),
            ["Relaciones Internacionales", "Asuntos Internacionales"]
        );
    })
    .await;
}

// row: 002-18, 003-10
// operations: update_agreement, get_agreement
#[actix_web::test]
async fn a_case_says_which_body_signs_and_whether_it_may() {
    on_both(|app| async move {
        let case = case_with(&app, &[(ZAPOPAN, PartyRole::Signatory)]).await;
        let (lead, zapopan) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        let office = write(&lead, &body(&[GUADALAJARA], "Relaciones Internacionales", "dependency")).await;
        let university = write(&zapopan, &body(&[ZAPOPAN], "Universidad de Zapopan", "university")).await;
        let mut ended = body(&[ZAPOPAN], "Extinta", "dependency");
        ended["ends_on"] = json!("2024-09-30");
        let ended = write(&zapopan, &ended).await;
        let named = |lead: &str, other: &str| json!({"parties": [
            {"government_id": GUADALAJARA, "role": "lead", "body_id": lead},
            {"government_id": ZAPOPAN, "role": "signatory", "body": "En sus palabras", "body_id": other}]});
        let nobody = uuid::Uuid::now_v7().to_string();
        for (parties, pointer, code) in [
            (named(&university, &university), "/parties/0/body_id", "unknown_key"),
            (named(&office, &office), "/parties/1/body_id", "unknown_key"),
            (named(&office, &nobody), "/parties/1/body_id", "unknown_key"),
            (named(&office, &ended), "/parties/1/body_id", "not_in_force"),
        ] {
            let answer = lead.patch(&one(&case), &etag(&lead, &case).await, &parties).await;
            points_at(&answer, pointer, code);
            answer.refused(422, "validation_failed");
        }
        let parties = named(&office, &university);
        let view = lead.patch(&one(&case), &etag(&lead, &case).await, &parties).await.expect(200).json();
        let own = party(&view, GUADALAJARA);
        assert_eq!((&own["body_name"], &own["requires_legal_review"]), (&json!("Relaciones Internacionales"), &json!(false)));
        let other = party(&view, ZAPOPAN);
        assert_eq!((&other["body"], &other["body_name"]), (&json!("En sus palabras"), &json!("Universidad de Zapopan")));
        assert_eq!(other["requires_legal_review"], true);
        // The reviewer sees it too, in what was sent.
        crate::parties::approve(&zapopan, &case).await;
        crate::parties::submit(&lead, &case).await.expect(200);
        let state = app.client(Role::Liaison, JALISCO).await;
        let sent = state.get(&one(&case)).await.expect(200).json();
        let other = party(&sent["submission"], ZAPOPAN);
        assert_eq!((&other["requires_legal_review"], &other["body_id"]), (&json!(true), &json!(university)));
    })
    .await;
}
