//! The cases of the table, each with its stage and history.

use super::acting::{brought_in, carried, past, reported, taken_up};
use super::everything;
use super::maker::{Maker, Making};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::{CHECKLIST, ChecklistItem};
use vinculo_tests::{GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, ZAPOPAN};

const AGENCY: &str = "00-amexcid";

pub fn plain_remarks() -> Value {
    json!([{"text": "Precise el objeto."}])
}

pub fn accept(number: &str) -> Value {
    json!({"action": "accept", "file_number": number, "checklist": CHECKLIST})
}

/// Intake of a case whose lead has no council.
fn accept_without_council(number: &str) -> Value {
    let there: Vec<ChecklistItem> = CHECKLIST[..4].to_vec();
    json!({"action": "accept", "file_number": number, "checklist": there,
        "not_applicable": [{"item": "council_minutes", "reason": "No tiene ayuntamiento."}]})
}

pub(super) fn withdraw() -> Value {
    json!({"action": "withdraw", "reason": "El cabildo cambió de prioridad."})
}

/// Creates every case; returns what the former reviewer read before and after.
pub async fn all(maker: &mut Maker<'_>) -> [Vec<String>; 2] {
    let case = maker.case("draft", GUADALAJARA, &[], &[]).await;
    case.settle(json!({"action": "submit"}), &["text"]);
    review(maker).await;
    let former = returned(maker).await;
    legal(maker).await;
    let mut case = maker.case("registered", GUADALAJARA, &[], &[]).await;
    to_opinion(&mut case).await;
    case.sign().await;
    case.inscribe().await;
    let again = json!({"action": "register", "text_matches": true});
    case.settle(again.clone(), &["kept", "letter"]);
    let case = maker.case("federal", JALISCO, &[], &[]).await;
    case.submit().await;
    case.settle(accept_without_council("DGCP-0118"), &["text"]);
    let case = maker.case("direct", IRAPUATO, &[], &[]).await;
    case.submit().await;
    let back = json!({"action": "return_to_owner", "remarks": plain_remarks()});
    case.settle(back, &["text"]);
    let case = maker.case("agency", AGENCY, &[], &[]).await;
    case.submit().await;
    case.settle(accept_without_council("DGCP-0119"), &["text"]);
    party(maker).await;
    former_party(maker).await;
    state_party(maker).await;
    withdrawn(maker).await;
    left(maker).await;
    adhering(maker).await;
    joint(maker, again).await;
    favorable(maker).await;
    deleted(maker).await;
    past(maker).await;
    reported(maker).await;
    carried(maker).await;
    taken_up(maker).await;
    brought_in(maker).await;
    super::turns::all(maker).await;
    former
}

pub async fn to_opinion(case: &mut Making<'_, '_>) {
    case.submit().await;
    case.forward().await;
    case.accept().await;
    case.opine(json!([])).await;
}

/// Under review at Jalisco, which has written its note but has not forwarded the case.
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

/// Jalisco returns the case; Guadalajara continues to write.
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

/// What the owner writes later, when no other government may read new text.
pub async fn write_on(case: &mut Making<'_, '_>, more: &Value) {
    let officer = case.officer().await;
    let mut patch = more.clone();
    patch["title"] = json!(format!("Acuerdo {}", case.plant("later", "title")));
    patch["objective"] = json!(case.plant("later", "objective"));
    case.edit(&officer, &patch).await;
    let text = case.attach(&officer, "later", "text").await;
    case.text_set(&officer, "later", &text).await;
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
    // Each side has assigned the case to somebody, and the owner marks it as urgent.
    case.assign(&legal, "federal_assignment").await;
    let state = case.at(Role::Liaison, JALISCO).await;
    case.assign(&state, "state_assignment").await;
    let officer = case.officer().await;
    case.assign(&officer, "owner_assignment").await;
    case.prioritize(&officer, "urgency").await;
    let observe = json!({"action": "observe", "observations": plain_remarks()});
    case.settle(observe, &["text", "letter"]);
}

/// Zapopan left once and was added again.
async fn party(maker: &mut Maker<'_>) {
    let mut case = maker.case("party", GUADALAJARA, &[ZAPOPAN], &[]).await;
    let other = case.at(Role::Officer, ZAPOPAN).await;
    let parties = other.get(&case.path("")).await.json()["draft"]["parties"].clone();
    let reason = json!({"reason": "Otra prioridad."});
    case.post(&other, "/departures", &reason).await.expect(204);
    let officer = case.officer().await;
    case.edit(&officer, &json!({ "parties": parties })).await;
    case.confirm(&other).await;
    case.attach(&other, "party_paper", "other").await;
    let counterpart = case.documents["counterpart"].clone();
    case.maker.put("counterpart_party", &counterpart, "");
    case.settle(withdraw(), &["text"]);
}

/// The parties that remain when only the lead is left.
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

/// Zapopan approved and then left.
async fn left(maker: &mut Maker<'_>) {
    let case = maker.case("left", GUADALAJARA, &[ZAPOPAN], &[]).await;
    let other = case.at(Role::Officer, ZAPOPAN).await;
    let reason = json!({"reason": case.plant("departure", "reason")});
    let left = case.post(&other, "/departures", &reason).await;
    left.expect(204);
    case.settle(withdraw(), &["text", "party_minutes"]);
}

/// Signed; Irapuato has the papers to join but has not joined.
async fn adhering(maker: &mut Maker<'_>) {
    let others = [(IRAPUATO, "adherent")];
    let mut case = maker.case_as("adhering", GUADALAJARA, &others, &[]).await;
    to_opinion(&mut case).await;
    case.sign().await;
    let other = case.at(Role::Officer, IRAPUATO).await;
    let paper = case.attach(&other, "party_paper", "approval").await;
    let id = case.id.clone();
    case.maker.put("adhering_party_paper", &id, &paper);
    case.documents.insert("text", paper);
    case.settle(json!({"action": "send_to_registry"}), &[]);
}

/// Inscribed with two parties that signed and one that joined.
async fn joint(maker: &mut Maker<'_>, again: Value) {
    let others = [(IRAPUATO, "signatory"), (GUANAJUATO, "adherent")];
    let mut case = maker.case_as("joint", GUADALAJARA, &others, &[]).await;
    to_opinion(&mut case).await;
    case.sign().await;
    let adherent = case.at(Role::Officer, GUANAJUATO).await;
    case.adhere(&adherent).await;
    case.inscribe().await;
    case.settle(again, &["kept", "party_minutes"]);
}

/// Jalisco was a party and the reviewer; it keeps only what it was sent.
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
    let reason = case.plant("reason", "reason");
    let officer = case.officer().await;
    case.act(&officer, &json!({"action": "withdraw", "reason": reason}))
        .await;
    case.settle(withdraw(), &["text"]);
}

/// SRE made observations, the owner answered with a new text, and the opinion was then favourable
/// with observations.
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
    // SRE is sent this text; Jalisco, which forwarded the case before, is not.
    let objective = case.plant("resubmitted", "objective");
    let patch = json!({ "objective": objective });
    case.edit(&officer, &patch).await;
    let text = case.attach(&officer, "new_text", "text").await;
    case.text_set(&officer, "new_text", &text).await;
    let answers = case.answers(&|| case.plant("answer", "text")).await;
    let note = case.plant("resubmit_note", "note");
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
