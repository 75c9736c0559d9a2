//! Batches of past agreements brought in from files.

use super::agreements::{PastAgreement, Recorded, record_unreviewed, undo as undo_one};
use crate::barrier::whose;
use crate::failure::Outcome;
use crate::schema::{agreements, import_batches as batches};
use crate::trail::Change;
use crate::tx::WriteTx;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::AgreementKind;
use vinculo_domain::counterparts::{CounterpartFields, CounterpartLevel, Visibility};
use vinculo_domain::imports::{Candidate, QualityFlag};
use vinculo_domain::problems::Problem;

/// What came of one row.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImportedRow {
    /// The line of the file.
    pub line: u64,
    /// The agreement that it is now, or was before.
    pub agreement_id: Uuid,
    /// Whether it was on record before.
    pub duplicate: bool,
}

/// Opens a batch for a file.
pub fn create_batch(
    tx: &mut WriteTx<'_>,
    file_name: &str,
    file_sha256: &str,
    rows: usize,
) -> Outcome<Uuid> {
    tx.scope.require()?;
    tx.admit()?;
    let batch = Uuid::now_v7();
    let row = (
        batches::tenant_id.eq(tx.actor()),
        batches::id.eq(batch.to_string()),
        batches::file_name.eq(file_name),
        batches::file_sha256.eq(file_sha256),
        batches::row_count.eq(i32::try_from(rows).unwrap_or(i32::MAX)),
        batches::person_id.eq(tx.person()),
        batches::created_at.eq(tx.stamp()),
    );
    diesel::insert_into(batches::table)
        .values(row)
        .execute(tx.conn)?;
    note(tx, batch, "import.create");
    Ok(batch)
}

/// Records some rows of a batch; those on record already are reported and left alone.
pub fn record_rows(
    tx: &mut WriteTx<'_>,
    batch: Uuid,
    rows: &[(u64, Candidate)],
) -> Outcome<Vec<ImportedRow>> {
    tx.scope.require()?;
    tx.admit()?;
    let mut outcomes = Vec::with_capacity(rows.len());
    for (line, candidate) in rows {
        outcomes.push(match record_unreviewed(tx, &past(batch, candidate))? {
            Recorded::New(agreement_id) => ImportedRow {
                line: *line,
                agreement_id,
                duplicate: false,
            },
            Recorded::Known(agreement_id) => ImportedRow {
                line: *line,
                agreement_id,
                duplicate: true,
            },
        });
    }
    Ok(outcomes)
}

fn past(batch: Uuid, candidate: &Candidate) -> PastAgreement {
    let flag = |flag: &QualityFlag| {
        let word: &'static str = flag.into();
        word.to_owned()
    };
    PastAgreement {
        owner: candidate.government_id.clone(),
        kind: candidate.kind,
        title: candidate.title.clone().unwrap_or_else(|| title(candidate)),
        counterpart: CounterpartFields {
            kind: candidate.counterpart_kind,
            level: candidate
                .counterpart_level
                .unwrap_or(CounterpartLevel::Local),
            name: candidate.counterpart_name.clone(),
            // An international organisation has no country.
            country: Some(candidate.country.clone()).filter(|country| !country.is_empty()),
            visibility: Visibility::Private,
            external_ids: Vec::new(),
        },
        signed_on: candidate.signed_on.clone(),
        themes: candidate.themes.clone(),
        validity: candidate.validity.clone(),
        validity_note: candidate.validity_note.clone(),
        legacy_number: candidate.registry_number.clone(),
        source: candidate.source.clone(),
        quality_flags: candidate.quality_flags.iter().map(flag).collect(),
        fingerprint: candidate.fingerprint.clone(),
        batch,
    }
}

/// What a past agreement is called where its file does not say.
fn title(candidate: &Candidate) -> String {
    let what = match candidate.kind {
        AgreementKind::Twinning | AgreementKind::Domestic => "Acuerdo de hermanamiento",
        AgreementKind::SpecificCooperation => "Acuerdo de cooperación específica",
        AgreementKind::StatementOfIntent => "Carta de intención",
        AgreementKind::PrivateContract => "Contrato",
    };
    format!("{what} con {}", candidate.counterpart_name)
}

/// How an undo ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Undone {
    /// Agreements taken back.
    pub undone: usize,
    /// Agreements kept, because somebody has worked on them since.
    pub kept: Vec<Uuid>,
}

/// Takes a whole batch back.
pub fn undo(tx: &mut WriteTx<'_>, batch: Uuid) -> Outcome<Undone> {
    tx.scope.require()?;
    tx.admit()?;
    let actor = tx.actor();
    let open = batches::table
        .filter(whose(batches::tenant_id, &actor))
        .filter(batches::id.eq(batch.to_string()))
        .filter(batches::undone_at.is_null());
    if diesel::update(open)
        .set(batches::undone_at.eq(tx.stamp()))
        .execute(tx.conn)?
        == 0
    {
        return Err(Problem::NotFound.into());
    }
    let rows: Vec<(String, String)> = agreements::table
        .filter(agreements::import_batch_id.eq(batch.to_string()))
        .filter(agreements::retired_at.is_null())
        .order(agreements::id)
        .select((agreements::tenant_id, agreements::id))
        .load(tx.conn)?;
    let mut outcome = Undone {
        undone: 0,
        kept: Vec::new(),
    };
    for (owner, agreement) in rows {
        if undo_one(tx, &TenantId::new(owner), &agreement)? {
            outcome.undone += 1;
        } else {
            outcome.kept.push(crate::failure::id(&agreement)?);
        }
    }
    note(tx, batch, "import.undo");
    Ok(outcome)
}

fn note(tx: &mut WriteTx<'_>, batch: Uuid, event: &str) {
    let owner = tx.scope.tenant().clone();
    tx.record(Change {
        owner,
        subject_kind: "import_batch",
        subject_id: batch.to_string(),
        version: 1,
        event: event.to_owned(),
        payload: json!({ "id": batch }),
    });
}
