//! Agreements signed without an opinion: requesting one, withdrawing that, what counts.

use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_tests::{Client, GUADALAJARA, SRE, TestApp, on_both};

/// The number in a row of the caller's own figures; 0 if there is no such row.
async fn count(client: &Client, family: &str, by: &str, key: &str) -> i64 {
    let path = format!("/v1/statistics/mine/{family}?by={by}");
    let answer = client.get(&path).await.expect(200).json();
    let mut rows = answer["rows"].as_array().unwrap().iter();
    let row = rows.find(|row| row["keys"][by] == key);
    row.map_or(0, |row| row["count"].as_i64().unwrap())
}

async fn opine(legal: &Client, case: &str, result: &str) -> Value {
    let letter = legal.attach(case, "opinion", None, &pdf(result)).await;
    let observations = if result == "favorable" {
        json!([])
    } else {
        json!([{"text": "Ajuste la vigencia.", "language": "es", "clause": "objective"}])
    };
    json!({"action": "issue_opinion", "result": result, "number": "CJA-7", "issued_on": "2026-10-30",
        "document_id": letter.expect(201).id(), "observations": observations})
}

/// A past agreement of Guadalajara, with its copy.
async fn past(owner: &Client) -> String {
    let body = json!({
        "action": "record_unreviewed", "compliance": "non_compliant", "kind": "twinning",
        "title": "Hermanamiento", "counterparts": [{"fields": TestApp::counterpart_json("Kioto")}],
        "signed_on": "1998-10-20", "themes": ["culture"], "languages": ["es"],
        "source": "Archivo", "reason": "Consta en el archivo.",
    });
    let case = owner.post("/v1/past-agreements", &body).await;
    let case = case.expect(201).id();
    let copy = pdf("copia");
    let copy = owner.attach(&case, "signed_copy", Some("es"), &copy);
    copy.await.expect(201);
    case
}

// row: 003-11, 004-06
// operations: get_own_flow_statistics, get_own_gap_statistics, transition_agreement
#[actix_web::test]
async fn giving_up_a_regularisation_is_no_opinion() {
    on_both(|app: TestApp| async move {
        let owner = app.officer(GUADALAJARA).await;
        let legal = app.client(Role::LegalReviewer, SRE).await;
        let case = past(&owner).await;
        let regularize = json!({"action": "regularize", "reason": "Se firmó sin dictamen."});
        let withdraw = json!({"action": "withdraw", "reason": "Falta un anexo."});
        let mut issued = 0;
        for result in ["", "unfavorable", "", "unfavorable", "favorable"] {
            owner.transition(&case, &regularize).await.expect(200);
            let view = if result.is_empty() {
                owner.transition(&case, &withdraw).await
            } else {
                issued += 1;
                let issue = opine(&legal, &case, result).await;
                legal.transition(&case, &issue).await
            };
            assert_eq!(view.expect(200).json()["stage"], "signed", "{result}");
            for client in [&owner, &legal] {
                let opined = count(client, "flow", "event", "opined").await;
                assert_eq!(opined, issued, "{result}");
                let signed = count(client, "flow", "event", "signed").await;
                assert_eq!(signed, 1, "{result}");
            }
            let unreviewed = count(&legal, "gaps", "gap", "unreviewed").await;
            assert_eq!(unreviewed, i64::from(result != "favorable"), "{result}");
        }
    })
    .await;
}
