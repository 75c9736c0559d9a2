//! In bodies, in what is nested in them, and in forms.

use super::{Writer, compare, patch, post};
use crate::run::Matrix;
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_tests::{Request, TENANTS, TestApp};

pub async fn all(writer: &Writer<'_>) {
    in_drafts(writer).await;
    of_documents(writer).await;
    of_governments(writer).await;
    of_people(writer).await;
}

/// Counterparts and related cases out of sight, in a new draft and in the writer's own draft.
async fn in_drafts(writer: &Writer<'_>) {
    let new = |more: &Value| {
        let mut body = json!({"kind": "twinning", "title": "Otro más"});
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        post("/v1/agreements", &body)
    };
    let change = |more: &Value| patch(&writer.path(""), &writer.tag, more);
    let named = |id: &str| json!({ "counterparts": [id] });
    let related = |id: &str| json!({"instrument": "amendment", "relates_to": id});
    let counterparts = writer.hidden("counterpart");
    writer
        .compare("a new draft's counterpart", &counterparts, |id| {
            new(&named(id))
        })
        .await;
    writer
        .compare("the draft's counterpart", &counterparts, |id| {
            change(&named(id))
        })
        .await;
    let cases = writer.hidden("case");
    writer
        .compare("a new draft's relation", &cases, |id| new(&related(id)))
        .await;
    writer
        .compare("the draft's relation", &cases, |id| change(&related(id)))
        .await;
}

/// Documents of other cases, in sight or not, given as the writer's own minutes and texts.
async fn of_documents(writer: &Writer<'_>) {
    let documents = writer.documents_elsewhere();
    let minutes = |id: &str| {
        let approval = json!({"session_on": "2026-09-01", "document_id": id,
            "members": 19, "votes_for": 15});
        patch(
            &writer.path(""),
            &writer.tag,
            &json!({ "council_approval": approval }),
        )
    };
    writer
        .compare("the council's minutes", &documents, minutes)
        .await;
    let texts = |id: &str| {
        let text = json!({"language": "es", "authenticity": "authentic", "document_id": id});
        post(&writer.path("/text-sets"), &json!({ "texts": [text] }))
    };
    writer.compare("the texts", &documents, texts).await;
    let bytes = pdf("un archivo");
    for name in ["agreement_id", "tenant_id", "document_id"] {
        let form = |id: &str| {
            let parts: [(&str, Option<&str>, &[u8]); 3] = [
                ("kind", None, b"other"),
                (name, None, id.as_bytes()),
                ("file", Some("archivo.pdf"), &bytes),
            ];
            Request::new(Method::POST, &writer.path("/documents?dry_run=true")).form(&parts)
        };
        writer
            .compare("a part of the form", &writer.hidden("case"), form)
            .await;
    }
}

/// Another government's key, both where the server knows whose record it is and before it knows.
async fn of_governments(writer: &Writer<'_>) {
    let others = TENANTS.iter().map(|(id, _)| (*id).to_owned());
    let others: Vec<String> = others.filter(|id| id != writer.person.who.tenant).collect();
    for name in ["tenant_id", "owner", "acting_tenant"] {
        let body = |id: &str| {
            post(
                "/v1/agreements",
                &json!({"kind": "twinning", "title": "X", name: id}),
            )
        };
        writer.compare("the owner of a draft", &others, body).await;
        let mut counterpart = TestApp::counterpart_json("Ciudad de nadie");
        counterpart[name] = Value::Null;
        let body = |id: &str| {
            let mut counterpart = counterpart.clone();
            counterpart[name] = json!(id);
            post("/v1/counterparts", &counterpart)
        };
        writer
            .compare("the owner of a counterpart", &others, body)
            .await;
    }
    let sign_in = |id: &str| {
        Request::new(Method::POST, "/v1/sessions").json(&json!({
            "email": writer.person.email, "password": TestApp::PASSWORD, "tenant_id": id}))
    };
    writer
        .compare("the government of a session", &others[..2], sign_in)
        .await;
}

/// People of other governments, assigned to the writer's own case.
async fn of_people(writer: &Writer<'_>) {
    let rows = format!(
        "SELECT DISTINCT person_id AS x FROM memberships WHERE tenant_id <> '{}'",
        writer.person.who.tenant
    );
    let others: Vec<String> = writer.matrix.app.scratch.texts(&rows);
    let given = |id: &str| {
        let path = writer.path("/assignments?dry_run=true");
        post(&path, &json!({ "person_id": id }))
    };
    writer
        .compare("the person of an assignment", &others[..8], given)
        .await;
}

/// Remarks, letters and signatories of other cases, in the actions of the procedure.
pub async fn in_actions(matrix: &Matrix) {
    let act = |object: &str, tag: &str, body: &Value| {
        let case = &matrix.places.by_name[object].id;
        post(&format!("/v1/agreements/{case}/transitions"), body).if_match(tag)
    };
    let elsewhere = |table: &str, object: &str| {
        let case = &matrix.places.by_name[object].id;
        let rows = format!("SELECT id AS x FROM {table} WHERE agreement_id <> '{case}'");
        matrix.app.scratch.texts(&rows)
    };
    let (officer, tag) = matrix.hand("officer", "14039", "returned").await;
    let remarks = elsewhere("remarks", "returned");
    let mut body = matrix.places.by_name["returned"].action.clone();
    let answer = |id: &str| {
        body["answers"][0]["remark_id"] = json!(id);
        act("returned", &tag, &body)
    };
    let answer = std::cell::RefCell::new(answer);
    compare(
        matrix,
        officer,
        "a remark of another case",
        &remarks,
        |id| (answer.borrow_mut())(id),
    )
    .await;
    let (legal, tag) = matrix.hand("legal_reviewer", "00", "legal").await;
    let letters = elsewhere("documents", "legal");
    let opinion = |id: &str| {
        let body = json!({"action": "issue_opinion", "result": "favorable", "number": "X",
            "issued_on": "2026-11-03", "document_id": id});
        act("legal", &tag, &body)
    };
    compare(matrix, legal, "a letter of another case", &letters, opinion).await;
    let (officer, tag) = matrix.hand("officer", "14039", "favorable").await;
    let counterparts = matrix.places.counterparts.iter().map(|(_, id)| id.clone());
    let case = &matrix.places.by_name["favorable"].action;
    let own = case["signatories"][1]["party"].as_str().unwrap();
    let counterparts: Vec<String> = counterparts.filter(|id| id != own).collect();
    let sign = |id: &str| {
        let mut body = case.clone();
        body["signatories"][1]["party"] = json!(id);
        act("favorable", &tag, &body)
    };
    compare(
        matrix,
        officer,
        "a signatory of another case",
        &counterparts,
        sign,
    )
    .await;
}
