//! What only the store can tell of a row of a file: that it says what was withdrawn as recorded in
//! error, has a number that stands in another inscription or that its agreement has not on record, or
//! may be an agreement on record with another date. All of this is asked, not guessed.

use crate::failure::Outcome;
use crate::stores::agreements::{PastAgreement, Recalled, alike_of_row};
use crate::stores::consolidations;
use crate::tx::WriteTx;
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_domain::imports::{Choice, Question};
use vinculo_domain::wording;

/// What a person has to decide before a row is recorded, as the detail of its result; nothing if it
/// can be recorded, or is on record. `line` is an earlier line that the row resembles.
pub(super) fn of(
    tx: &mut WriteTx<'_>,
    recalled: Option<Recalled>,
    past: &PastAgreement,
    line: Option<u64>,
) -> Outcome<Option<Value>> {
    let (questions, agreement) = match recalled {
        Some(Recalled::Standing { id, .. }) => return lost(tx, past, Some(id)),
        Some(Recalled::Withdrawn(id)) => (vec![withdrawn(past)], Some(id)),
        None => {
            let (question, agreement) = alike(tx, past, line)?.unzip();
            let questions = taken(tx, past)?.into_iter().chain(question).collect();
            (questions, agreement.flatten())
        }
    };
    let asked = !questions.is_empty();
    Ok(asked.then(|| json!({ "questions": questions, "agreement_id": agreement })))
}

/// Whether a row is the agreement of an earlier row that it resembles, or of a record in the
/// importer's sight.
fn alike(
    tx: &mut WriteTx<'_>,
    past: &PastAgreement,
    line: Option<u64>,
) -> Outcome<Option<(Question, Option<Uuid>)>> {
    if past.another {
        return Ok(None);
    }
    let found = alike_of_row(tx, past)?;
    if found.is_none() && line.is_none() {
        return Ok(None);
    }
    let id = found.as_ref().map(|found| found.id);
    let on_record = found.map(|found| Choice {
        code: found.id.to_string(),
        name: match found.signed_on.as_str() {
            "" => found.title,
            day => format!("{} ({day})", found.title),
        },
    });
    let question = Question::whether_another(past.signed_on.as_ref(), line, on_record);
    Ok(Some((question, id)))
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

/// Whether an agreement that is on record has the number of a row, which would be lost otherwise; one
/// that the importer does not see has none.
pub(super) fn lost(
    tx: &mut WriteTx<'_>,
    past: &PastAgreement,
    agreement: Option<Uuid>,
) -> Outcome<Option<Value>> {
    let Some(number) = past.legacy_number.as_deref() else {
        return Ok(None);
    };
    if let Some(id) = agreement
        && consolidations::has_number(tx.conn, id, number)?
    {
        return Ok(None);
    }
    let said = wording::imports::other_number_on_record();
    let question = Question::new("registry_number", number, Vec::new(), said);
    Ok(Some(
        json!({ "questions": [question], "agreement_id": agreement }),
    ))
}

/// Which of two agreements has a number of the older registry.
fn taken(tx: &mut WriteTx<'_>, past: &PastAgreement) -> Outcome<Option<Question>> {
    let number = past.legacy_number.as_deref();
    let Some(number) = number.filter(|_number| past.kind.is_registrable()) else {
        return Ok(None);
    };
    let holder = match consolidations::of_legacy_number(tx.conn, number)? {
        None => consolidations::of_own_number(tx.conn, number)?,
        older => older,
    };
    Ok(holder.map(|(code, name)| {
        let said = wording::imports::number_on_record(&code);
        let candidates = vec![Choice { code, name }];
        Question::new("registry_number", number, candidates, said)
    }))
}
