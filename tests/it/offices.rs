//! The offices that states designate: each has a period and a person in charge, and municipalities
//! go through it to the ministry.

use crate::tools::points_at;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, IRAPUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

const PATH: &str = "/v1/designated-offices";

fn designation(head: &str, since: &str) -> Value {
    json!({"state_id": JALISCO, "name": "Dirección de Relaciones Internacionales",
        "head_name": head, "head_post": "Directora", "since": since})
}

async fn offices_of_the_day(app: &TestApp, tenant: &str) -> Vec<Value> {
    let reader = app.client(Role::Viewer, tenant).await;
    let workspace = reader.get("/v1/workspace").await.expect(200).json();
    let offices = workspace["routing"]["offices"].as_array();
    let heads = offices.into_iter().flatten();
    heads.map(|office| office["head_name"].clone()).collect()
}

// row: 004-17
// operations: create_designated_office, get_designated_office, list_designated_offices, update_designated_office, get_workspace
#[actix_web::test]
async fn a_municipality_finds_who_is_in_charge_of_its_states_office() {
    on_both(|app| async move {
        let sre = app.client(Role::Liaison, SRE).await;
        let before = sre
            .get(&format!("{PATH}?state={JALISCO}"))
            .await
            .expect(200)
            .json();
        let first = format!("{PATH}/{}", before["items"][0]["id"].as_str().unwrap());
        let named = json!({"head_name": " Persona Primera "});
        let etag = sre.get(&first).await.etag();
        let answer = sre.patch(&first, &etag, &named).await.expect(200).json();
        assert_eq!(answer["head_name"], "Persona Primera");
        assert_eq!(
            offices_of_the_day(&app, GUADALAJARA).await,
            ["Persona Primera"]
        );
        // A new person takes over: one period ends, and another begins.
        let etag = sre.get(&first).await.etag();
        let ended = json!({"until": "2026-01-31"});
        sre.patch(&first, &etag, &ended).await.expect(200);
        let made = sre
            .post(PATH, &designation("Persona Segunda", "2026-02-01"))
            .await
            .expect(201);
        for tenant in [GUADALAJARA, ZAPOPAN, JALISCO] {
            assert_eq!(offices_of_the_day(&app, tenant).await, ["Persona Segunda"]);
        }
        assert_eq!(
            offices_of_the_day(&app, IRAPUATO).await,
            Vec::<Value>::new()
        );
        // Every signed-in person reads both periods, each with its person.
        let officer = app.officer(IRAPUATO).await;
        let list = officer
            .get(&format!("{PATH}?state={JALISCO}"))
            .await
            .expect(200)
            .json();
        let kept: Vec<_> = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|office| (&office["head_name"], &office["until"]))
            .collect();
        let (one, other) = (json!("Persona Primera"), json!("Persona Segunda"));
        assert_eq!(kept, [(&one, &json!("2026-01-31")), (&other, &Value::Null)]);
        let read = officer
            .get(&format!("{PATH}/{}", made.id()))
            .await
            .expect(200)
            .json();
        assert_eq!(
            (&read["head_name"], &read["head_post"]),
            (&other, &json!("Directora"))
        );
    })
    .await;
}

// row: 004-17
// operations: create_designated_office, update_designated_office
#[actix_web::test]
async fn a_name_is_kept_in_one_place_and_a_refused_one_nowhere() {
    on_both(|app| async move {
        let sre = app.client(Role::Liaison, SRE).await;
        let good = designation("Persona Anterior", "2026-02-01");
        app.nobody()
            .post(PATH, &good)
            .await
            .refused(401, "unauthenticated");
        for (role, tenant) in [
            (Role::Admin, JALISCO),
            (Role::Officer, GUADALAJARA),
            (Role::Viewer, SRE),
        ] {
            let other = app.client(role, tenant).await;
            other.post(PATH, &good).await.refused(403, "forbidden");
        }
        let people = app.scratch.count("people");
        for (name, code) in [(" ".to_owned(), "required"), ("x".repeat(201), "too_long")] {
            let answer = sre.post(PATH, &designation(&name, "2026-02-01")).await;
            points_at(&answer, "/head_name", code);
        }
        assert_eq!(app.scratch.count("people"), people);
        let made = sre.post(PATH, &good).await.expect(201);
        let path = format!("{PATH}/{}", made.id());
        let corrected = json!({"head_name": "Persona Corregida"});
        let changed = sre.patch(&path, &made.etag(), &corrected).await.expect(200);
        sre.patch(&path, &made.etag(), &good)
            .await
            .refused(412, "precondition_failed");
        assert_eq!(app.scratch.count("people"), people + 1);
        assert_eq!(
            app.scratch.count("people WHERE name = 'Persona Corregida'"),
            1
        );
        // A person whom no office names any more is not kept.
        let nobody = json!({"head_name": null});
        let answer = sre
            .patch(&path, &changed.etag(), &nobody)
            .await
            .expect(200)
            .json();
        assert_eq!(answer["head_name"], Value::Null);
        for name in ["Persona Anterior", "Persona Corregida"] {
            assert_eq!(
                app.scratch.count(&format!("people WHERE name = '{name}'")),
                0
            );
        }
    })
    .await;
}
