//! What only the store can tell of a row of a file: that it says what was withdrawn as recorded in
//! error, or has a number that stands in another inscription. Both are asked, not guessed.

use crate::failure::Outcome;
use crate::stores::agreements::{PastAgreement, Recalled};
use crate::stores::consolidations;
use crate::tx::WriteTx;
use serde_json::{Value, json};
use vinculo_domain::imports::{Choice, Question};
use vinculo_domain::wording;

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
    Question::new(
        "record",
        &*past.title,
        Vec::new(),
        wording::imports::recorded_in_error(),
    )
}

/// Which of two agreements has a number of the older registry.
fn taken(tx: &mut WriteTx<'_>, past: &PastAgreement) -> Outcome<Option<Question>> {
    let number = past.legacy_number.as_deref();
    let Some(number) = number.filter(|_number| past.kind.is_registrable()) else {
        return Ok(None);
    };
    let holder = consolidations::of_legacy_number(tx.conn, number)?;
    Ok(holder.map(|(code, name)| {
        let said = wording::imports::number_on_record(&code);
        let candidates = vec![Choice { code, name }];
        Question::new("registry_number", number, candidates, said)
    }))
}
