//! What only the store can tell of a row of a file: that it says what was withdrawn as recorded in
//! error, has a number that stands in another inscription, or may be an agreement on record with
//! another date. All of this is asked, not guessed.

use crate::failure::Outcome;
use crate::stores::agreements::{PastAgreement, Recalled, alike_of_row};
use crate::stores::consolidations;
use crate::tx::WriteTx;
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_domain::imports::{Choice, Question};

/// What a person has to decide before a row is recorded, as the detail of its result; nothing if it
/// can be recorded, or is on record. `line` is an earlier line that the row resembles.
pub(super) fn of(
    tx: &mut WriteTx<'_>,
    recalled: Option<Recalled>,
    past: &PastAgreement,
    line: Option<u64>,
) -> Outcome<Option<Value>> {
    let (questions, agreement) = match recalled {
        Some(Recalled::Standing { .. }) => return Ok(None),
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
