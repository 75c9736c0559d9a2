//! Files of past agreements as offices send them: CSV with names instead of keys, in any encoding
//! and with any separator that a spreadsheet produces.
//!
//! Each row has one of three results: ready to be recorded, waiting for a person's decision because
//! a name is ambiguous, or refused with reasons. Nothing is guessed and nothing is dropped
//! silently; a bad row never stops the others. This module only reads: the caller decides what to
//! do with the rows.

mod another;
mod candidate;
mod cells;
mod column_help;
mod columns;
mod damaged;
mod date_order;
mod dates;
mod doubtful_dates;
mod encoding;
mod file;
mod fingerprints;
mod government;
mod headings;
mod kinds;
mod levels;
mod numbering;
mod partners;
mod reading;
mod records;
mod registry_numbers;
mod report;
mod row;
mod signature;
mod understood;

pub use candidate::{date_flag, source_flag};
pub use column_help::{ColumnHelp, ImportColumns, import_columns};
pub use columns::Column;
pub use file::{parse, parse_upload, text};
pub use fingerprints::{fingerprint, renewed_fingerprint};
pub use reading::Reading;
pub use report::{ImportBatch, ImportReport, ImportRow, ImportSummary, RowResult, Undone};

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use crate::agreements::{AgreementKind, Validity};
use crate::counterparts::{CounterpartKind, CounterpartLevel};
use crate::external_ids::ExternalId;
use crate::legal_date::LegalDate;
use crate::refusal::{BilingualText, Said};
use crate::tenant::TenantId;

/// A readable file.
#[derive(Debug, Clone, Serialize)]
pub struct ImportFile {
    /// Its rows in order, without completely empty ones (a warning counts these).
    pub rows: Vec<Row>,
    /// Points that were understood but should be checked, such as unused columns.
    pub warnings: Vec<BilingualText>,
}

/// One row of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The line of the file where it begins; the first line is 1.
    pub line: u64,
    /// Its result.
    pub outcome: Parsed,
}

/// The result of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "result", content = "detail", rename_all = "snake_case")]
pub enum Parsed {
    /// It can be recorded as it is.
    Ready(Box<Candidate>),
    /// A person must say what is meant.
    NeedsDecision(Vec<Question>),
    /// It cannot be recorded; lists all reasons.
    Refused(Vec<Reason>),
}

/// An agreement read from a row, with keys instead of names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The Mexican government that made it.
    pub government_id: TenantId,
    /// The counterpart's name as written, trimmed.
    pub counterpart_name: String,
    /// The counterpart's legal kind: domestic if its country is Mexico, otherwise assumed to be a
    /// foreign government (see [`QualityFlag::CounterpartKindUnsure`]).
    pub counterpart_kind: CounterpartKind,
    /// The level of the counterpart's government, if the file states it or the name shows it.
    pub counterpart_level: Option<CounterpartLevel>,
    /// The counterpart's country, ISO 3166-1 alpha-2.
    pub country: String,
    /// The kind of agreement; always `domestic` if the country is Mexico (LCT article 1).
    pub kind: AgreementKind,
    /// When it was signed, as precisely as the file says.
    pub signed_on: Option<LegalDate>,
    /// Where the agreement is documented.
    pub source: Option<String>,
    /// Its number in an earlier registry, which becomes `legacy_number`.
    pub registry_number: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Codes of the catalogue of themes.
    pub themes: Vec<String>,
    /// The validity, if the source states it in a form that a program can read.
    #[serde(default)]
    pub validity: Option<Validity>,
    /// The term as the file words it, for a person to read.
    pub validity_note: Option<String>,
    /// Its ids in systems of the importing government.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub external_ids: Vec<ExternalId>,
    /// Whether the file says that it is another agreement than one that it resembles.
    #[serde(default)]
    pub another_agreement: bool,
    /// The line of an earlier row that may be the same agreement, with a date that is known better or
    /// worse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resembles: Option<u64>,
    /// The weaknesses of the record, in a fixed order.
    pub quality_flags: Vec<QualityFlag>,
    /// Identical for the same agreement however it is spelled; detects duplicates within a file and
    /// on a second run. Made of government, folded counterpart, country, kind and date.
    pub fingerprint: String,
}

/// What weakens an imported record.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum QualityFlag {
    /// No date of signature.
    MissingDate,
    /// Only the year of signature is known.
    YearOnlyDate,
    /// Only year and month of signature are known.
    MonthOnlyDate,
    /// Nothing says where the agreement is documented.
    MissingSource,
    /// The source is not recognisably a public body or an official gazette.
    SourceNotOfficial,
    /// The counterpart is Mexican, hence nothing for the registry (LCT article 1).
    DomesticCounterpart,
    /// The name suggests a private body or an international organisation.
    CounterpartKindUnsure,
    /// The government was found by a name other than its own, such as that of its main city.
    GovernmentResolvedByAlias,
    /// The level given for the counterpart was not understood.
    UnknownLevel,
    /// The country was given by its code of two letters, which a word for "nothing" may also be.
    CountryByCode,
    /// A theme was not found in the catalogue and is left out.
    UnknownTheme,
    /// The text itself is not at hand, only word of it.
    MissingText,
    /// A number in an earlier registry is claimed, which only the ministry can vouch for.
    RegistryNumberUnverified,
}

/// What a person has to decide before a row can be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[non_exhaustive]
pub struct Question {
    /// What it is about: `government`, `country` or `kind`; `registry_number` where the number is on
    /// record already, or may be none, `record` where the agreement was withdrawn as recorded in error,
    /// `another_agreement` where it may be one of an earlier row or on record.
    pub field: String,
    /// What the row says.
    pub value: String,
    /// What may be meant.
    pub candidates: Vec<Choice>,
    /// The question in Mexican Spanish.
    pub es: String,
    /// The question in English.
    pub en: String,
}

impl Question {
    /// A question about what a field says.
    pub fn new(
        field: impl Into<String>,
        value: impl Into<String>,
        candidates: Vec<Choice>,
        said: Said,
    ) -> Self {
        Self {
            field: field.into(),
            value: value.into(),
            candidates,
            es: said.es.into_owned(),
            en: said.en.into_owned(),
        }
    }
}

/// One possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Choice {
    /// The key to write instead.
    pub code: String,
    /// Its name, complete enough to tell it from the others.
    pub name: String,
}

/// Why a row is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[non_exhaustive]
pub struct Reason {
    /// Stable machine code, such as `unknown_country`.
    pub code: String,
    /// The column concerned, such as `country`; `row` for the row as a whole.
    pub field: String,
    /// What the row says, shortened.
    pub value: String,
    /// What to do, in Mexican Spanish.
    pub es: String,
    /// What to do, in English.
    pub en: String,
}

impl Reason {
    /// A reason that concerns one column, or the row.
    pub fn new(
        code: impl Into<String>,
        field: impl Into<String>,
        value: impl Into<String>,
        said: Said,
    ) -> Self {
        Self {
            code: code.into(),
            field: field.into(),
            value: value.into(),
            es: said.es.into_owned(),
            en: said.en.into_owned(),
        }
    }
}
