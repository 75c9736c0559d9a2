//! A renamed counterpart, in the cases that name it.

use super::run::Matrix;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_tests::{GUADALAJARA, TestApp};

/// A case shows the new name of its counterpart, everywhere and in a new version. The records are
/// new ones, so the rest of the world stays as it is.
pub async fn in_the_cases(matrix: &Matrix) {
    let officer = &matrix.person("officer", GUADALAJARA).client;
    let [old, new] = [Uuid::now_v7(), Uuid::now_v7()].map(|id| format!("Ciudad {id}"));
    let city = TestApp::counterpart_json(&old);
    let made = officer.post("/v1/counterparts", &city).await.expect(201);
    let draft = json!({"kind": "twinning", "title": "Acuerdo", "counterparts": [made.id()]});
    let case = officer
        .post("/v1/agreements", &draft)
        .await
        .expect(201)
        .id();
    let path = format!("/v1/agreements/{case}");
    let before = officer.get(&path).await.expect(200).json();
    let counterpart = format!("/v1/counterparts/{}", made.id());
    officer
        .patch(&counterpart, &made.etag(), &json!({ "name": new }))
        .await
        .expect(200);
    let after = officer.get(&path).await.expect(200).json();
    let at = |view: &Value| -> DateTime<Utc> {
        let text = view["updated_at"].as_str().unwrap();
        text.parse().unwrap()
    };
    let newer = after["version"].as_i64() > before["version"].as_i64() && at(&after) > at(&before);
    if !newer || after["counterpart"] != new.as_str() {
        matrix.wrong(format!("a case reads {after} after {before}"));
    }
}
