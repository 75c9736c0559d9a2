//! Every column that holds JSON, with the type that the service reads it as. A test looks for JSON
//! in all other columns of a store filled with every kind of record.

use crate::stores::agreements::ListedParty;
use crate::stores::records;
use serde::de::DeserializeOwned;
use serde_json::{Error, Value};
use uuid::Uuid;
use vinculo_domain::agreements::{
    AgreementContent, AgreementKind, Originals, OutOfScope, PartyStanding,
};
use vinculo_domain::annotations::AnnotationChanges;
use vinculo_domain::calendars::CalendarFields;
use vinculo_domain::clauses::Clause;
use vinculo_domain::counterparts::CounterpartCard;
use vinculo_domain::history::RecordChange;
use vinculo_domain::imports::{ImportSummary, QualityFlag};
use vinculo_domain::inscriptions::Inscription;
use vinculo_domain::legal_bases::LegalBasis;
use vinculo_domain::overlaps::OverlapShared;
use vinculo_domain::scores::Weights;
use vinculo_domain::standing::Life;
use vinculo_domain::texts::Text;

/// A column that holds JSON.
#[derive(Debug)]
pub struct JsonColumn {
    /// Its table.
    pub table: &'static str,
    /// Its name.
    pub column: &'static str,
    /// Whether an empty text is an error; it is not for an answer without a body.
    pub never_empty: bool,
    /// Reads it as the service does.
    pub read: fn(&str) -> Result<(), Error>,
}

fn read<T: DeserializeOwned>(text: &str) -> Result<(), Error> {
    serde_json::from_str::<T>(text).map(drop)
}

const fn column<T: DeserializeOwned>(table: &'static str, column: &'static str) -> JsonColumn {
    JsonColumn {
        table,
        column,
        never_empty: true,
        read: read::<T>,
    }
}

/// All of them.
pub static JSON_COLUMNS: [JsonColumn; 30] = [
    column::<Vec<ListedParty>>("agreement_access", "parties"),
    column::<Vec<String>>("agreement_access", "themes"),
    column::<AgreementContent>("agreement_drafts", "content"),
    column::<Vec<Originals>>("agreements", "originals"),
    column::<OutOfScope>("agreements", "out_of_scope"),
    column::<Vec<QualityFlag>>("agreements", "quality_flags"),
    column::<AnnotationChanges>("annotations", "changes"),
    column::<Value>("audit_log", "detail"),
    column::<Vec<Uuid>>("audit_owners", "subjects"),
    column::<CalendarFields>("calendar_versions", "fields"),
    column::<Inscription>("consolidations", "content"),
    column::<Life>("consolidations", "life"),
    column::<Vec<RecordChange>>("history", "changes"),
    JsonColumn {
        never_empty: false,
        ..column::<Value>("idempotency_keys", "body")
    },
    column::<Value>("idempotency_keys", "headers"),
    column::<ImportSummary>("import_batches", "summary"),
    column::<Value>("import_rows", "detail"),
    column::<Inscription>("inscriptions", "content"),
    column::<Vec<AgreementKind>>("mechanisms", "kinds"),
    column::<LegalBasis>("opinions", "legal_basis"),
    column::<Value>("outbox", "payload"),
    column::<OverlapShared>("overlap_resolutions", "shared"),
    JsonColumn {
        read: records::read_body,
        ..column::<Value>("record_versions", "body")
    },
    JsonColumn {
        read: records::read_body,
        ..column::<Value>("records", "body")
    },
    column::<Weights>("score_methods", "weights"),
    column::<AgreementContent>("submissions", "content"),
    column::<Vec<CounterpartCard>>("submissions", "counterparts"),
    column::<Vec<PartyStanding>>("submissions", "parties"),
    column::<Vec<Clause>>("text_clauses", "clauses"),
    column::<Vec<Text>>("text_sets", "texts"),
];
