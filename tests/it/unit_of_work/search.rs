//! `q` and the other filters, the same on both engines.

use serde_json::{Value, json};
use vinculo_tests::{Answer, GUADALAJARA, TestApp, ZAPOPAN, on_both};

const NAMES: [&str; 8] = [
    "Ciudad de Córdoba",
    "San José",
    "São Paulo",
    "Düsseldorf",
    "Łódź",
    "L'Hospitalet de Llobregat",
    "Kōbe-shi",
    "Córdova (Nuevo León)",
];

fn names(answer: &Answer, field: &str) -> Vec<String> {
    let list = answer.json();
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| item[field].as_str().unwrap().to_owned())
        .collect()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[actix_web::test]
async fn words_are_found_by_their_beginnings_without_accents() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        for name in NAMES {
            client
                .post("/v1/counterparts", &TestApp::counterpart_json(name))
                .await
                .expect(201);
            let case = json!({"kind": "twinning", "title": format!("Acuerdo con {name}")});
            client.post("/v1/agreements", &case).await.expect(201);
        }
        for (q, found) in [
            ("cordoba", vec![NAMES[0]]),
            ("CÓRDOBA", vec![NAMES[0]]),
            ("cordo", vec![NAMES[0], NAMES[7]]),
            ("córdo ciud", vec![NAMES[0]]),
            ("ciud cordo", vec![NAMES[0]]),
            ("nuevo cord", vec![NAMES[7]]),
            ("sao", vec![NAMES[2]]),
            ("São Pau", vec![NAMES[2]]),
            ("jose san", vec![NAMES[1]]),
            ("dussel", vec![NAMES[3]]),
            ("lodz", vec![NAMES[4]]),
            ("hospitalet", vec![NAMES[5]]),
            ("kobe", vec![NAMES[6]]),
            ("l", vec![NAMES[4], NAMES[5], NAMES[7]]),
            ("ordoba", vec![]),
            ("cordoba x", vec![]),
            ("cordoba%", vec![NAMES[0]]),
            ("c_rdoba", vec![]),
            ("' OR 1=1", vec![]),
        ] {
            let mut wanted: Vec<_> = found.iter().map(|name| (*name).to_owned()).collect();
            wanted.sort();
            let answer = client
                .get(&format!("/v1/counterparts?q={}", encoded(q)))
                .await;
            let mut listed = names(&answer.expect(200), "name");
            listed.sort();
            assert_eq!(listed, wanted, "{q}");
            let answer = client
                .get(&format!("/v1/agreements?q={}", encoded(q)))
                .await;
            let mut listed = names(&answer.expect(200), "title");
            listed.sort();
            let titles = wanted.iter().map(|name| format!("Acuerdo con {name}"));
            assert_eq!(listed, titles.collect::<Vec<_>>(), "{q}");
        }
        // The search uses the current name.
        let list = client.get("/v1/counterparts?q=kobe").await.json();
        let path = format!(
            "/v1/counterparts/{}",
            list["items"][0]["id"].as_str().unwrap()
        );
        client
            .patch(&path, "\"1\"", &json!({"name": "Osaka"}))
            .await
            .expect(200);
        assert!(names(&client.get("/v1/counterparts?q=kobe").await, "name").is_empty());
        assert_eq!(
            names(&client.get("/v1/counterparts?q=osaka").await, "name"),
            ["Osaka"]
        );
        client.delete(&path, "\"2\"").await.expect(204);
        assert!(names(&client.get("/v1/counterparts?q=osaka").await, "name").is_empty());
        let found = client
            .get("/v1/governments?q=guadalajara&state=14")
            .await
            .expect(200);
        assert_eq!(names(&found, "id"), ["14039"]);
    })
    .await;
}

#[actix_web::test]
async fn filters_narrow_a_list_together() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        let mut kept = Vec::new();
        for (kind, level, name, country) in [
            ("foreign_government", "local", "Kioto", json!("JP")),
            ("foreign_government", "regional", "Quebec", json!("CA")),
            ("international_organization", "none", "CGLU", json!(null)),
            ("private", "none", "Empresa", json!("JP")),
        ] {
            let body = json!({"kind": kind, "level": level, "name": name, "country": country});
            kept.push(client.post("/v1/counterparts", &body).await.expect(201).id());
        }
        for (query, wanted) in [
            ("kind=private", vec!["Empresa"]),
            ("country=JP", vec!["Empresa", "Kioto"]),
            ("country=JP&kind=foreign_government", vec!["Kioto"]),
            ("country=FR", vec![]),
            ("kind=international_organization&q=cglu", vec!["CGLU"]),
            ("country=CA&q=kioto", vec![]),
        ] {
            let answer = client.get(&format!("/v1/counterparts?{query}&count=true")).await.expect(200);
            assert_eq!(names(&answer, "name"), wanted, "{query}");
            assert_eq!(answer.json()["total"], wanted.len());
        }
        for (title, counterparts) in [("Uno", json!([kept[0]])), ("Dos", json!([kept[1], kept[0]])), ("Tres", json!([]))] {
            let body = json!({"kind": if title == "Dos" { "specific_cooperation" } else { "twinning" }, "title": title, "counterparts": counterparts});
            client.post("/v1/agreements", &body).await.expect(201);
        }
        for (query, wanted) in [
            ("country=JP", vec!["Uno"]),
            ("country=CA", vec!["Dos"]),
            ("kind=twinning", vec!["Tres", "Uno"]),
            ("stage=draft", vec!["Tres", "Dos", "Uno"]),
            ("stage=signed", vec![]),
            ("owner=14039&compliance=in_process", vec!["Tres", "Dos", "Uno"]),
            ("owner=14120", vec![]),
            ("q=quebec", vec!["Dos"]),
            ("q=kioto", vec!["Dos", "Uno"]),
        ] {
            let answer = client.get(&format!("/v1/agreements?{query}")).await.expect(200);
            assert_eq!(names(&answer, "title"), wanted, "{query}");
        }
    })
    .await;
}

/// An external id finds one record of one government, even if other governments use the same id.
#[actix_web::test]
async fn an_external_id_is_unique_in_its_government_and_finds_its_record() {
    on_both(|app| async move {
        let (ours, theirs) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        let body = |path: &str, name: &str, values: &[&str]| -> Value {
            let ids: Vec<_> = values
                .iter()
                .map(|value| json!({"system": "siga", "value": value}))
                .collect();
            let mut body = if path.ends_with("agreements") {
                json!({"kind": "twinning", "title": name})
            } else {
                TestApp::counterpart_json(name)
            };
            body["external_ids"] = json!(ids);
            body["visibility"] = if path.ends_with("agreements") {
                json!(null)
            } else {
                json!("network")
            };
            body.as_object_mut()
                .unwrap()
                .retain(|_, value| !value.is_null());
            body
        };
        for (path, field) in [("/v1/counterparts", "name"), ("/v1/agreements", "title")] {
            let made = ours
                .post(path, &body(path, "Uno", &["7", "a:b c"]))
                .await
                .expect(201);
            let taken = ours.post(path, &body(path, "Dos", &["8", "7"])).await;
            crate::tools::points_at(&taken, "/external_ids/1", "taken");
            taken.refused(422, "validation_failed");
            theirs
                .post(path, &body(path, "Tres", &["7"]))
                .await
                .expect(201);
            let find = |value: &str| format!("{path}?external_id=siga:{}", encoded(value));
            for (value, wanted) in [("7", vec!["Uno"]), ("a:b c", vec!["Uno"]), ("8", vec![])] {
                assert_eq!(
                    names(&ours.get(&find(value)).await.expect(200), field),
                    wanted
                );
            }
            ours.get(&find("")).await.refused(400, "invalid_parameter");
            assert_eq!(names(&theirs.get(&find("7")).await, field), ["Tres"]);
            assert!(names(&theirs.get(&find("a:b c")).await, field).is_empty());
            // Nobody else sees a government's external ids.
            let path_of_one = format!("{path}/{}", made.id());
            if field == "name" {
                let seen = theirs.get(&path_of_one).await.expect(200).json();
                assert_eq!(seen["external_ids"], json!([]));
            }
            // Removed from one record, it is free for another.
            let edit = json!({"external_ids": [{"system": "siga", "value": "9"}]});
            ours.patch(&path_of_one, &made.etag(), &edit)
                .await
                .expect(200);
            assert!(names(&ours.get(&find("7")).await, field).is_empty());
            ours.post(path, &body(path, "Cuatro", &["7"]))
                .await
                .expect(201);
            let etag = ours.get(&path_of_one).await.etag();
            ours.delete(&path_of_one, &etag).await.expect(204);
            ours.post(path, &body(path, "Cinco", &["9"]))
                .await
                .expect(201);
        }
    })
    .await;
}
