//! The cases of the table, each in its stage and with its history.

use super::everything;
use super::maker::{Maker, Making};
use serde_json::{Value, json};
use vinculo_api::commands::import::import;
use vinculo_domain::Role;
use vinculo_domain::agreements::CHECKLIST;
use vinculo_tests::{GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, ZAPOPAN};

const AGENCY: &str = "00-amexcid";

fn plain_remarks() -> Value {
    json!([{"text": "Precise el objeto."}])
}

fn accept(number: &str) -> Value {
    json!({"action": "accept", "file_number": number, "checklist": CHECKLIST})
}

fn withdraw() -> Value {
    json!({"action": "withdraw", "reason": "El cabildo cambió de prioridad."})
}

/// Brings about every case; what the former reviewer read before and after is handed back.
pub async fn all(maker: &mut Maker<'_>) -> [Vec<String>; 2] {
    let case = maker.case("draft", GUADALAJARA, &[], &[]).await;
    case.settle(json!({"action": "submit"}), &["text"]);
    review(maker).await;
    let former = returned(maker).await;
    legal(maker).await;
    let mut case = maker.case("registered", GUADALAJARA, &[], &[]).await;
    to_opinion(&mut case).await;
    case.inscribe().await;
    let again = json!({"action": "register", "text_matches": true});
    case.settle(again.clone(), &["kept", "letter"]);
    let case = maker.case("federal", JALISCO, &[], &[]).await;
    case.submit().await;
    case.settle(accept("DGCP-0118"), &["text"]);
    let case = maker.case("direct", IRAPUATO, &[], &[]).await;
    case.submit().await;
    let back = json!({"action": "return_to_owner", "remarks": plain_remarks()});
    case.settle(back, &["text"]);
    let case = maker.case("agency", AGENCY, &[], &[]).await;
    case.submit().await;
    case.settle(accept("DGCP-0119"), &["text"]);
    party(maker).await;
    former_party(maker).await;
    state_party(maker).await;
    withdrawn(maker).await;
    let mut case = maker.case("joint", GUADALAJARA, &[IRAPUATO], &[]).await;
    to_opinion(&mut case).await;
    case.inscribe().await;
    case.settle(again, &["kept"]);
    favorable(maker).await;
    deleted(maker).await;
    past(maker).await;
    former
}

async fn to_opinion(case: &mut Making<'_, '_>) {
    case.submit().await;
    case.forward().await;
    case.accept().await;
    case.opine(json!([])).await;
}

/// With Jalisco, which has written its note and not forwarded the case yet.
async fn review(maker: &mut Maker<'_>) {
    let mut case = maker.case("review", GUADALAJARA, &[], &[]).await;
    case.submit().await;
    state_papers(&mut case).await;
    let forward = json!({"action": "forward", "note": "Sin inconveniente."});
    case.settle(forward, &["text", "kept", "state_note"]);
}

async fn state_papers(case: &mut Making<'_, '_>) {
    let state = case.at(Role::Liaison, JALISCO).await;
    case.attach(&state, "state_note", "state_note").await;
    case.attach(&state, "state_paper", "other").await;
}

/// Jalisco returns the case; Guadalajara goes on writing.
async fn returned(maker: &mut Maker<'_>) -> [Vec<String>; 2] {
    let mut case = maker.case("returned", GUADALAJARA, &[], &[]).await;
    case.submit().await;
    send_back(&case).await;
    let reader = case.at(Role::Viewer, JALISCO).await;
    let before = everything(&reader, &case.id).await;
    write_on(&mut case, &json!({})).await;
    let after = everything(&reader, &case.id).await;
    let answers = case.answers(&|| "Atendido.".to_owned()).await;
    let resubmit = json!({"action": "resubmit", "answers": answers});
    case.settle(resubmit, &["text", "later"]);
    [before, after]
}

async fn send_back(case: &Making<'_, '_>) {
    let state = case.at(Role::Liaison, JALISCO).await;
    let remarks = json!([case.remark("remark")]);
    let back = json!({"action": "return_to_owner", "remarks": remarks});
    case.act(&state, &back).await;
}

/// What the owner writes when others have seen enough.
async fn write_on(case: &mut Making<'_, '_>, more: &Value) {
    let officer = case.officer().await;
    let mut patch = more.clone();
    patch["title"] = json!(format!("Acuerdo {}", case.sow("later", "title")));
    patch["objective"] = json!(case.sow("later", "objective"));
    case.edit(&officer, &patch).await;
    let text = case.attach(&officer, "later", "text").await;
    case.text_set(&officer, &text).await;
    case.wait(&officer, "later").await;
    case.prioritize(&officer, "later").await;
    case.assign(&officer, "later").await;
}

/// Under review at SRE, where the opinion is being written.
async fn legal(maker: &mut Maker<'_>) {
    let mut case = maker.case("legal", GUADALAJARA, &[], &[]).await;
    case.submit().await;
    state_papers(&mut case).await;
    case.forward().await;
    case.accept().await;
    let legal = case.at(Role::LegalReviewer, SRE).await;
    case.attach(&legal, "letter", "opinion").await;
    case.attach(&legal, "federal_paper", "other").await;
    // Each side has given the case to somebody, and the owner asks for haste.
    case.assign(&legal, "federal_assignment").await;
    let state = case.at(Role::Liaison, JALISCO).await;
    case.assign(&state, "state_assignment").await;
    let officer = case.officer().await;
    case.assign(&officer, "owner_assignment").await;
    case.prioritize(&officer, "urgency").await;
    let observe = json!({"action": "observe", "observations": plain_remarks()});
    case.settle(observe, &["text", "letter"]);
}

async fn party(maker: &mut Maker<'_>) {
    let mut case = maker.case("party", GUADALAJARA, &[ZAPOPAN], &[]).await;
    let other = case.at(Role::Officer, ZAPOPAN).await;
    case.attach(&other, "party_paper", "other").await;
    let counterpart = case.documents["counterpart"].clone();
    case.maker.put("counterpart_party", &counterpart, "");
    case.settle(withdraw(), &["text"]);
}

/// The parties that are left when only the lead is.
fn alone() -> Value {
    json!({"parties": [{"government_id": GUADALAJARA, "role": "lead"}]})
}

async fn former_party(maker: &mut Maker<'_>) {
    let named = [maker.places["counterpart_narrowed"].id.clone()];
    let others = [ZAPOPAN, GUANAJUATO];
    let mut case = maker
        .case("former_party", GUADALAJARA, &others, &named)
        .await;
    let other = case.at(Role::Officer, ZAPOPAN).await;
    case.attach(&other, "party_paper", "other").await;
    case.confirm(&other).await;
    write_on(&mut case, &alone()).await;
    let counterpart = case.documents["counterpart"].clone();
    case.maker.put("counterpart_former", &counterpart, "");
    let paper = case.documents["party_paper"].clone();
    let id = case.id.clone();
    case.maker.put("former_party_paper", &id, &paper);
    case.settle(withdraw(), &["text"]);
}

/// Jalisco was a party and the reviewer; what is left to it is what it was sent.
async fn state_party(maker: &mut Maker<'_>) {
    let others = [JALISCO];
    let mut case = maker.case("state_party", GUADALAJARA, &others, &[]).await;
    case.submit().await;
    send_back(&case).await;
    write_on(&mut case, &alone()).await;
    let answers = case.answers(&|| "Atendido.".to_owned()).await;
    let resubmit = json!({"action": "resubmit", "answers": answers});
    case.settle(resubmit, &["text", "kept"]);
}

async fn withdrawn(maker: &mut Maker<'_>) {
    let case = maker.case("withdrawn", GUADALAJARA, &[], &[]).await;
    case.submit().await;
    case.forward().await;
    case.accept().await;
    let reason = case.sow("reason", "reason");
    let officer = case.officer().await;
    case.act(&officer, &json!({"action": "withdraw", "reason": reason}))
        .await;
    case.settle(withdraw(), &["text"]);
}

/// Observed, answered with a new text, and then found favourable with observations.
async fn favorable(maker: &mut Maker<'_>) {
    let mut case = maker.case("favorable", GUADALAJARA, &[], &[]).await;
    case.submit().await;
    case.forward().await;
    case.accept().await;
    let legal = case.at(Role::LegalReviewer, SRE).await;
    let observations = json!([case.remark("observation")]);
    let observe = json!({"action": "observe", "observations": observations});
    case.act(&legal, &observe).await;
    let officer = case.officer().await;
    // What SRE is sent anew, and Jalisco, which forwarded the case before, is not.
    let objective = case.sow("resubmitted", "objective");
    let patch = json!({ "objective": objective });
    case.edit(&officer, &patch).await;
    let text = case.attach(&officer, "new_text", "text").await;
    case.text_set(&officer, &text).await;
    let answers = case.answers(&|| case.sow("answer", "text")).await;
    let note = case.sow("resubmit_note", "note");
    let resubmit = json!({"action": "resubmit", "answers": answers, "note": note});
    case.act(&officer, &resubmit).await;
    case.opine(plain_remarks()).await;
    case.wait(&officer, "waiting").await;
    let sign = case.signature(&|_field| "Persona Titular".to_owned());
    case.settle(sign, &[]);
}

async fn deleted(maker: &mut Maker<'_>) {
    let case = maker.case("deleted", GUADALAJARA, &[ZAPOPAN], &[]).await;
    let officer = case.officer().await;
    let etag = officer.get(&case.path("")).await.etag();
    officer.delete(&case.path(""), &etag).await.expect(204);
    case.settle(withdraw(), &[]);
}

/// What SRE records from a file, at the console.
async fn past(maker: &mut Maker<'_>) {
    let name = maker.sow("past", "counterpart", "name");
    let title = maker.sow("past", "content", "title");
    let [source, term] = ["source", "term"].map(|field| maker.sow("past", "source", field));
    let file = format!(
        "entidad,municipio,contraparte,país,tipo,título,fuente,vigencia\n\
         Jalisco,Guadalajara,{name},Japón,hermanamiento,Hermanamiento {title},{source},{term}\n"
    );
    let report = import(
        &maker.app.app,
        "pasado.csv",
        file.as_bytes(),
        false,
        |_, _| {},
    );
    let report = report.await.unwrap();
    let id = report.rows[0].detail["agreement_id"].as_str().unwrap();
    let nothing = uuid::Uuid::now_v7().to_string();
    maker.put("past", id, &nothing);
    let view = maker.app.officer(GUADALAJARA).await;
    let view = view.get(&format!("/v1/agreements/{id}")).await.json();
    let counterpart = view["counterparts"][0]["id"].as_str().unwrap().to_owned();
    maker
        .counterparts
        .push((GUADALAJARA.to_owned(), counterpart));
    maker.places.get_mut("past").unwrap().action = withdraw();
}
