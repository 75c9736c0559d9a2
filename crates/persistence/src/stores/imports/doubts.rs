//! What only the store can tell of a row of a file: that it says what was withdrawn as recorded in
//! error, or has a number that stands in another inscription. Both are asked, not guessed.

use crate::failure::Outcome;
use crate::stores::agreements::{PastAgreement, Recalled};
use crate::stores::consolidations;
use crate::tx::WriteTx;
use serde_json::{Value, json};
use vinculo_domain::imports::{Choice, Question};

/// What a person has to decide before a row is recorded, as the detail of its result; nothing if it
/// can be recorded, or is on record.
pub(super) fn of(
    tx: &mut WriteTx<'_>,
    recalled: Option<Recalled>,
    past: &PastAgreement,
) -> Outcome<Option<Value>> {
    let question = match recalled {
        Some(Recalled::Standing { .. }) => None,
        Some(Recalled::Withdrawn(_)) => Some(withdrawn(past)),
        None => taken(tx, past)?,
    };
    let agreement = match recalled {
        Some(Recalled::Withdrawn(id)) => Some(id),
        _ => None,
    };
    Ok(question.map(|question| json!({ "questions": [question], "agreement_id": agreement })))
}

/// Whether what was withdrawn as recorded in error is to be on record after all.
fn withdrawn(past: &PastAgreement) -> Question {
    Question {
        field: "record".into(),
        value: past.title.clone(),
        candidates: Vec::new(),
        es: "Este acuerdo ya constaba y se retiró por haberse registrado por error. Si debe constar, regístrelo de forma individual y señale el motivo.".into(),
        en: "This agreement was on record and was withdrawn as recorded in error. If it belongs on record, record it by itself (POST /v1/past-agreements) and say why.".into(),
    }
}

/// Which of two agreements has a number of the older registry.
fn taken(tx: &mut WriteTx<'_>, past: &PastAgreement) -> Outcome<Option<Question>> {
    let number = past.legacy_number.as_deref();
    let Some(number) = number.filter(|_number| past.kind.is_registrable()) else {
        return Ok(None);
    };
    let holder = consolidations::of_legacy_number(tx.conn, number)?;
    Ok(holder.map(|(code, name)| Question {
        field: "registry_number".into(),
        value: number.to_owned(),
        es: format!("Ese número de registro ya consta en la inscripción {code}. Revise el número, o deje la celda vacía para registrar el acuerdo sin inscribirlo."),
        en: format!("This registry number is on record in the inscription {code}. Check the number, or leave the cell empty to record the agreement without inscribing it."),
        candidates: vec![Choice { code, name }],
    }))
}
