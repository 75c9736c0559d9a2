//! Versions: what changed, when, and how a record was.

use super::{Subject, subjects};
use serde_json::{Value, json};
use vinculo_tests::{TestApp, on_both};

#[actix_web::test]
async fn every_version_is_kept_with_what_it_changed() {
    on_both(|app: TestApp| async move {
        for subject in subjects(&app).await {
            told_by_the_history(&subject).await;
        }
    })
    .await;
}

async fn told_by_the_history(subject: &Subject) {
    let what = subject.kind.spec.many;
    let made = subject
        .writer
        .post(&subject.path, &subject.body("Historia"))
        .await;
    let made = made.expect(201);
    let one = subject.one(&made.id());
    let first = made.json();
    let change = json!({"title": "Registro Historia bis", "themes": []});
    let second = subject
        .writer
        .patch(&one, &made.etag(), &change)
        .await
        .expect(200);
    let confirmed = subject
        .act(&made.id(), &second.etag(), json!({"action": "confirm"}))
        .await;
    let confirmed = confirmed.expect(200).json();
    assert_eq!(confirmed["version"], 3, "{what}");
    assert_eq!(confirmed["status"], first["status"], "{what}");
    let history = subject
        .writer
        .get(&format!("{one}/history?count=true"))
        .await;
    let history = history.expect(200).json();
    assert_eq!(history["total"], 3, "{what}");
    let lines = history["items"].as_array().unwrap();
    let versions: Vec<&Value> = lines.iter().map(|line| &line["version"]).collect();
    assert_eq!(versions, [&json!(3), &json!(2), &json!(1)], "{what}");
    assert_eq!(lines[0]["action"], "confirm", "{what}");
    assert_eq!(lines[0]["changes"], json!([]), "{what}");
    let fields: Vec<&str> = changed(&lines[1]);
    assert_eq!(fields, ["themes", "title"], "{what}");
    assert_eq!(lines[1]["changes"][1]["old"], "Registro Historia", "{what}");
    assert_eq!(lines[2]["changes"], json!([]), "{what}");
    assert!(lines[1]["person_id"].is_string(), "{what}");
    // Page by page the same lines.
    let page = subject
        .writer
        .get(&format!("{one}/history?limit=2"))
        .await
        .json();
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = subject
        .writer
        .get(&format!("{one}/history?limit=2&cursor={cursor}"))
        .await;
    assert_eq!(rest.json()["items"], json!([lines[2]]), "{what}");
    let at = first["updated_at"].as_str().unwrap().replace('+', "%2B");
    let then = subject
        .writer
        .get(&format!("{one}?as_of={at}"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&then["title"], &then["version"]),
        (&first["title"], &json!(1)),
        "{what}"
    );
    let before = subject
        .writer
        .get(&format!("{one}?as_of=1999-01-01T00:00:00Z"))
        .await;
    before.refused(404, "not_found");
}

fn changed(line: &Value) -> Vec<&str> {
    let changes = line["changes"].as_array().unwrap().iter();
    changes
        .map(|change| change["field"].as_str().unwrap())
        .collect()
}

/// What a record said of people is taken out of its history, for good, and nothing else is.
#[actix_web::test]
async fn what_was_said_of_people_is_erased_from_earlier_versions() {
    on_both(|app: TestApp| async move {
        for subject in subjects(&app).await {
            erased(&app, &subject).await;
        }
    })
    .await;
}

async fn erased(app: &TestApp, subject: &Subject) {
    let what = subject.kind.spec.many;
    let (id, etag) = subject.made(&subject.body("Suprimir")).await;
    let one = subject.one(&id);
    let erase = json!({"action": "erase"});
    if subject.kind.spec.personal.is_empty() {
        let told = subject.act(&id, &etag, erase).await;
        let told = told.refused(422, "validation_failed").json();
        assert_eq!(
            told["errors"][0]["code"], "unknown_action",
            "{what}: {told}"
        );
        return;
    }
    let before = subject.writer.get(&one).await.json();
    let offered = before["available_actions"].as_array().unwrap();
    assert!(offered.contains(&json!("erase")), "{what}: {before}");
    let mut emptied = json!({"description": "Sin personas."});
    for name in subject.kind.spec.personal {
        emptied[*name] = match before[*name] {
            Value::Array(_) => json!([]),
            _ => Value::Null,
        };
    }
    let emptied = subject
        .writer
        .patch(&one, &etag, &emptied)
        .await
        .expect(200);
    let told = |people: &str| {
        let like = format!("record_id = '{id}' AND body LIKE '%{people}%'");
        app.scratch.count(&format!("record_versions WHERE {like}"))
    };
    let people = told("Persona Titular");
    let named = matches!(what, "staff-members" | "committees");
    assert_eq!(people > 0, named, "{what}");
    let versions = app
        .scratch
        .count(&format!("record_versions WHERE record_id = '{id}'"));
    let stale = subject.act(&id, &etag, erase.clone()).await;
    stale.refused(412, "precondition_failed");
    let done = subject
        .act(&id, &emptied.etag(), erase)
        .await
        .expect(200)
        .json();
    assert_eq!(done["status"], before["status"], "{what}");
    assert_eq!(done["description"], "Sin personas.", "{what}");
    assert_eq!(
        (told("Persona Titular"), told("Perfil reservado")),
        (0, 0),
        "{what}"
    );
    let now = app
        .scratch
        .count(&format!("record_versions WHERE record_id = '{id}'"));
    assert_eq!(now, versions + 1, "{what}");
    let history = subject
        .writer
        .get(&format!("{one}/history"))
        .await
        .expect(200);
    assert!(!history.text().contains("Persona Titular"), "{what}");
    let lines = history.json()["items"].as_array().unwrap().clone();
    assert_eq!(lines[0]["action"], "erase", "{what}");
    assert_eq!(lines[0]["erased_at"], Value::Null, "{what}");
    let first = lines.last().unwrap();
    assert_eq!(
        first["erased_at"].is_string(),
        !first["erased_at"].is_null(),
        "{what}"
    );
    // As it was then, but for the people.
    let at = first["at"].as_str().unwrap();
    let then = subject
        .writer
        .get(&format!("{one}?as_of={at}"))
        .await
        .expect(200)
        .json();
    assert_eq!(then["title"], before["title"], "{what}");
    for name in subject.kind.spec.personal {
        let gone = then[*name].is_null() || then[*name] == json!([]);
        assert!(gone, "{what} {name}: {then}");
    }
}
