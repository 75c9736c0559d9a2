//! The cases that took an unusual course: announced, escalated, set aside, sent again with another
//! text, queried, regularised.

use super::cases::{plain_remarks, to_opinion, write_on};
use super::maker::{Maker, Making};
use serde_json::json;
use vinculo_api::commands::import::import;
use vinculo_domain::Role;
use vinculo_domain::imports::Reading;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE};

/// Creates them all.
pub async fn all(maker: &mut Maker<'_>) {
    announced(maker).await;
    escalated(maker).await;
    out_of_scope(maker).await;
    reworded(maker).await;
    queried(maker).await;
    regularizing(maker).await;
}

impl Making<'_, '_> {
    async fn by_sre(&self, role: Role, body: &serde_json::Value) {
        let actor = self.at(role, SRE).await;
        self.act(&actor, body).await;
    }

    async fn by_owner(&self, body: &serde_json::Value) {
        let officer = self.officer().await;
        self.act(&officer, body).await;
    }
}

/// Announced to SRE and to Jalisco; Guadalajara continues to write.
async fn announced(maker: &mut Maker<'_>) {
    let mut case = maker.case("announced", GUADALAJARA, &[], &[]).await;
    let announce = json!({"action": "announce", "share_with_state": true});
    case.by_owner(&announce).await;
    let themes = json!({"themes": ["education"], "planned_signing_on": "2031"});
    write_on(&mut case, &themes).await;
    case.settle(announce, &["text", "later"]);
}

/// Returned once by Jalisco, resubmitted, and then escalated past it.
async fn escalated(maker: &mut Maker<'_>) {
    let case = maker.case("escalated", GUADALAJARA, &[], &[]).await;
    case.submit().await;
    let state = case.at(Role::Liaison, JALISCO).await;
    let remarks = json!([case.remark("remark")]);
    let back = json!({"action": "return_to_owner", "remarks": remarks});
    case.act(&state, &back).await;
    let answers = case.answers(&|| case.plant("answer", "text")).await;
    case.by_owner(&json!({"action": "resubmit", "answers": answers}))
        .await;
    let reason = case.plant("escalate_reason", "reason");
    case.by_owner(&json!({"action": "escalate", "reason": reason}))
        .await;
    case.settle(super::cases::accept("DGCP-0120"), &["text"]);
}

/// Returned to intake, set aside, reopened, and set aside again.
async fn out_of_scope(maker: &mut Maker<'_>) {
    let case = maker.case("out_of_scope", GUADALAJARA, &[], &[]).await;
    case.submit().await;
    case.forward().await;
    case.accept().await;
    let reason = case.plant("intake_reason", "reason");
    let back = json!({"action": "return_to_intake", "reason": reason});
    case.by_sre(Role::LegalReviewer, &back).await;
    for (group, ground) in [
        ("finding", "beyond_own_powers"),
        ("second_finding", "other"),
    ] {
        let explanation = case.plant(group, "explanation");
        let aside =
            json!({"action": "declare_out_of_scope", "ground": ground, "explanation": explanation});
        case.by_sre(Role::Liaison, &aside).await;
        if group == "finding" {
            let reason = case.plant("reopen_reason", "reason");
            let reopen = json!({"action": "reopen", "reason": reason});
            case.by_sre(Role::Liaison, &reopen).await;
        }
    }
    let reopen = json!({"action": "reopen", "reason": "Hay otro texto."});
    case.settle(reopen, &["text"]);
}

/// Favourable opinion; then the counterpart wanted another text.
async fn reworded(maker: &mut Maker<'_>) {
    let mut case = maker.case("reworded", GUADALAJARA, &[], &[]).await;
    to_opinion(&mut case).await;
    let officer = case.officer().await;
    let text = case.attach(&officer, "new_text", "text").await;
    case.text_set(&officer, "new_text", &text).await;
    let reason = case.plant("change_reason", "reason");
    case.by_owner(&json!({"action": "change_text", "reason": reason}))
        .await;
    let back = json!({"action": "return_to_intake", "reason": "Faltan las partes."});
    case.settle(back, &["new_text", "letter"]);
}

/// Signed and sent to the registry; the registrar has sent a query.
async fn queried(maker: &mut Maker<'_>) {
    let mut case = maker.case("queried", GUADALAJARA, &[], &[]).await;
    to_opinion(&mut case).await;
    let signature = case.signature(&|field| case.plant("signature", field));
    case.by_owner(&signature).await;
    let officer = case.officer().await;
    case.attach(&officer, "signed_copy", "signed_copy").await;
    let note = case.plant("registry_note", "note");
    case.by_owner(&json!({"action": "send_to_registry", "note": note}))
        .await;
    let remarks = json!([case.remark("query")]);
    let query = json!({"action": "query", "remarks": remarks});
    case.by_sre(Role::Registrar, &query).await;
    let answers = case.answers(&|| "Atendido.".to_owned()).await;
    let again = json!({"action": "send_to_registry", "answers": answers});
    case.settle(again, &["signed_copy"]);
}

/// An agreement signed years ago, now under legal review.
async fn regularizing(maker: &mut Maker<'_>) {
    let object = "regularizing";
    let name = maker.plant(object, "counterpart", "name");
    let title = maker.plant(object, "content", "title");
    let source = maker.plant(object, "source", "source");
    let file = format!(
        "entidad,municipio,contraparte,país,tipo,título,fuente,fecha\n\
         Jalisco,Guadalajara,{name},Japón,hermanamiento,Hermanamiento {title},{source},1998-05-04\n"
    );
    let file = file.as_bytes();
    let reading = Reading::default();
    let report = import(&maker.app.app, "otro.csv", file, &reading, false, |_, _| {});
    let report = report.await.unwrap();
    let id = report.rows[0].detail["agreement_id"].as_str().unwrap();
    let view = maker.app.officer(GUADALAJARA).await;
    let view = view.get(&format!("/v1/agreements/{id}")).await.json();
    let counterpart = view["counterparts"][0]["id"].as_str().unwrap().to_owned();
    maker
        .counterparts
        .push((GUADALAJARA.to_owned(), counterpart));
    let mut case = maker.adopt(object, GUADALAJARA, id);
    let officer = case.officer().await;
    let copy = case.attach(&officer, "signed_copy", "signed_copy").await;
    let reason = case.plant("regularize_reason", "reason");
    case.by_owner(&json!({"action": "regularize", "reason": reason}))
        .await;
    let observe = json!({"action": "observe", "observations": plain_remarks()});
    case.documents.insert("text", copy);
    case.settle(observe, &["signed_copy"]);
}
