//! A good signature of a case: somebody for each that signs.

use super::requests::date;
use serde_json::Value;
use vinculo_domain::Result;
use vinculo_domain::agreements::{Originals, Side, Signatory, TransitionRequest};
use vinculo_domain::documents::Authenticity;

/// The request that records it, for a case as `view` shows it.
pub(super) fn signature(view: &Value) -> Result<TransitionRequest> {
    let text = |pointer: &str| {
        view.pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let signatory = |side, party: String, name: &str, post: &str| Signatory {
        side,
        party,
        name: name.to_owned(),
        post: post.to_owned(),
        capacity: "Titular".into(),
        authority_document_id: None,
    };
    let of_party = |party: String| {
        signatory(
            Side::Mexican,
            party,
            "Persona Titular Uno",
            "Titular del gobierno",
        )
    };
    let foreign = signatory(
        Side::Counterpart,
        text("/counterparts/0/id"),
        "Persona Titular Dos",
        "Alcalde",
    );
    let signing = signing_parties(view).into_iter().map(of_party);
    Ok(TransitionRequest::RecordSignature {
        signed_on: date("2026-11-10")?,
        place: "Ciudad de México".into(),
        signatories: signing.chain([foreign]).collect(),
        originals: vec![Originals {
            language: "es".into(),
            authenticity: Authenticity::Authentic,
            count: 2,
        }],
    })
}

/// The governments that sign; of a case without parties in view, its owner.
fn signing_parties(view: &Value) -> Vec<String> {
    let word = |value: &Value, key: &str| {
        let word = value.get(key).and_then(Value::as_str);
        word.unwrap_or_default().to_owned()
    };
    match view.get("parties").and_then(Value::as_array) {
        Some(parties) => parties
            .iter()
            .filter(|party| word(party, "role") != "adherent")
            .map(|party| word(party, "government_id"))
            .collect(),
        None => vec![word(view, "owner")],
    }
}
