//! Files of past agreements, as offices send them: CSV with names instead of keys, in whatever
//! encoding and with whatever separator a spreadsheet wrote.
//!
//! Each row ends in one of three ways: ready to be recorded, waiting for a person's decision where
//! a name fits several things, or refused with its reasons. Nothing is guessed and nothing is left
//! out in silence; a bad row never stops the others. Pure reading: what becomes of the rows is for
//! the caller.

mod candidate;
mod cells;
mod columns;
mod dates;
mod encoding;
mod file;
mod kinds;
mod report;
mod row;

pub use candidate::{date_flag, fingerprint, source_flag};
pub use columns::Column;
pub use file::{parse, parse_upload};
pub use report::{ImportBatch, ImportReport, ImportRow, ImportSummary, RowResult, Undone};

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use crate::agreements::{AgreementKind, Validity};
use crate::counterparts::{CounterpartKind, CounterpartLevel};
use crate::legal_date::LegalDate;
use crate::refusal::BilingualText;
use crate::tenant::TenantId;

/// The largest file, in bytes.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// Most rows of one file, the header aside.
pub const MAX_ROWS: usize = 100_000;

/// The largest file that is sent over the network, in bytes.
pub const MAX_UPLOAD_BYTES: usize = 5 * 1024 * 1024;

/// Most rows of one file that is sent over the network, the header aside.
pub const MAX_UPLOAD_ROWS: usize = 5_000;

/// A file that could be read.
#[derive(Debug, Clone, Serialize)]
pub struct ImportFile {
    /// Its rows in order, without those whose cells were all empty (a warning counts these).
    pub rows: Vec<Row>,
    /// What was understood but should be looked at, such as columns that were not used.
    pub warnings: Vec<BilingualText>,
}

/// One row of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The line of the file on which it begins; the first is 1.
    pub line: u64,
    /// What became of it.
    pub outcome: Parsed,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "result", content = "detail", rename_all = "snake_case")]
pub enum Parsed {
    /// Can be recorded as it stands.
    Ready(Box<Candidate>),
    /// A person has to say what is meant.
    NeedsDecision(Vec<Question>),
    /// Cannot be recorded; all reasons at once.
    Refused(Vec<Reason>),
}

/// An agreement read from a row, with keys instead of names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The Mexican government that made it.
    pub government_id: TenantId,
    /// The counterpart's name as written, trimmed.
    pub counterpart_name: String,
    /// What the counterpart is in law: domestic where its country is Mexico, otherwise taken to be
    /// a foreign government (see [`QualityFlag::CounterpartKindUnsure`]).
    pub counterpart_kind: CounterpartKind,
    /// The level of the counterpart's government, where the file says it or the name shows it.
    pub counterpart_level: Option<CounterpartLevel>,
    /// The counterpart's country, ISO 3166-1 alpha-2.
    pub country: String,
    /// What kind of agreement it is; always `domestic` where the country is Mexico (LCT article 1).
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
    /// From when to when, where the source says it in a form that needs no person to read it.
    #[serde(default)]
    pub validity: Option<Validity>,
    /// What the file says of the term, as written; for a person to read.
    pub validity_note: Option<String>,
    /// What weakens the record, in fixed order.
    pub quality_flags: Vec<QualityFlag>,
    /// The same for the same agreement however it is spelled; tells duplicates inside a file and on
    /// a second run. Made of government, folded counterpart, country, kind and date.
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
    /// A theme was not found in the catalogue and is left out.
    UnknownTheme,
    /// The text itself is not at hand, only word of it.
    MissingText,
    /// A number in an earlier registry is claimed, which only the ministry can vouch for.
    RegistryNumberUnverified,
}

/// What a person has to decide before a row can be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Question {
    /// What it is about: `government`, `country` or `kind`.
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
