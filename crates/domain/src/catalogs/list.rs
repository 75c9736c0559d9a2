//! The list of catalogues.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// A list of codes. Its slug, as used in URLs, is the kebab-case name.
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
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Catalog {
    /// Countries and territories: ISO 3166-1 alpha-2.
    Countries,
    /// Currencies in use: ISO 4217. The attribute `decimals` says how many digits of the currency its
    /// minor unit is: 2 for the centavos of a peso, 0 for the yen.
    Currencies,
    /// Languages of texts: BCP 47 (RFC 5646), among them Mexico's main indigenous languages.
    Languages,
    /// Themes of cooperation; the attribute `priority` marks those of the national strategy's
    /// third objective.
    Themes,
    /// The 17 Sustainable Development Goals and their 169 targets (UN General Assembly,
    /// A/RES/70/1).
    SdgTargets,
    /// Powers that an agreement may rest on: its matter must stay within the signatory's own (LCT
    /// article 2-II), which for municipalities are those of article 115 of the Constitution.
    LegalPowers,
    /// What a file is in a case.
    DocumentKinds,
    /// The laws that acts rest on, by version ([`crate::legal_bases`]).
    LegalBases,
    /// Model clauses of agreements; for each kind of agreement an attribute says whether they are
    /// `expected` or `advised`, and `source` where they come from.
    Clauses,
    /// Stages of a case, in the order of the procedure. The attribute `editable` says whether the
    /// owner may edit the draft, `final` whether no action leads out of it, and `waiting_for` who
    /// acts next; it is absent where a case waits for nobody.
    Stages,
    /// Actions of the procedure. The attribute `seats` names who takes them, and `opens` whether
    /// they open a case.
    CaseActions,
    /// What a line of the history of a case tells.
    HistoryActions,
    /// Why an action is not open to a caller, apart from unmet needs.
    Obstacles,
    /// What a case must have before an action.
    Needs,
    /// Kinds of agreement; the attribute `registrable` marks those of the registry (LCT article 7).
    AgreementKinds,
    /// How an instrument stands to an earlier one.
    Instruments,
    /// Whether the law's procedure was kept.
    Compliance,
    /// Whether an agreement is in force; the attribute `over` says whether it has ended.
    Standings,
    /// How a validity ends.
    Terms,
    /// How a validity is prolonged.
    Renewals,
    /// Orders of government.
    Tiers,
    /// What a person may be at a government.
    Roles,
    /// The part of a government in one case.
    Seats,
    /// The part that a Mexican party takes in an agreement.
    PartyRoles,
    /// The sides on which signatories sign.
    Sides,
    /// What is doubtful about a signatory.
    SignatoryFlags,
    /// For whom a case waits.
    WaitingParties,
    /// How a turn stands to its due date.
    TurnStates,
    /// How pressing a case is.
    Priorities,
    /// Why a case is noticed.
    NoticeKinds,
    /// How much of a case a caller reads.
    AccessLevels,
    /// Who may see a record.
    Visibilities,
    /// What intake checks.
    ChecklistItems,
    /// Remarks of intake or the state, and observations of the legal review.
    RemarkKinds,
    /// What an opinion (dictamen) says; the attribute `signable` says whether it allows the
    /// signature.
    OpinionResults,
    /// Why the law on treaties does not apply to a case.
    ScopeGrounds,
    /// What a counterpart is in law; the attribute `registrable` marks those that the law
    /// admits (LCT articles 1 and 2-VIII).
    CounterpartKinds,
    /// Levels of a counterpart's government.
    CounterpartLevels,
    /// What a signing body is in public law; the attribute `requires_legal_review` marks those
    /// of local governments that LCT article 1 does not name.
    BodyKinds,
    /// What somebody is to a government.
    RelationKinds,
    /// Where a relation is known from.
    RelationSources,
    /// Original files and their versions for the public.
    Renditions,
    /// Transparency classes of files (LGTAIP); the attribute `withheld` says whether they
    /// are withheld.
    Classifications,
    /// Whether a text binds in its language.
    Authenticities,
    /// How much a model clause is looked for.
    ClauseWeights,
    /// What became of a model clause in a text.
    ClauseStates,
    /// What became of a clause between two versions.
    ClauseChanges,
    /// What became of some words between two versions.
    PieceChanges,
    /// Kinds of annotation of the registry.
    AnnotationKinds,
    /// Public fields of an inscription that an annotation may correct.
    CorrectionFields,
    /// What weakens the record of a past agreement.
    QualityFlags,
    /// How an imported row ended.
    RowResults,
    /// What becomes of rows whose records are there already.
    ImportModes,
    /// How rows of a file of records ended.
    RecordRowResults,
    /// Columns that an import understands.
    ImportColumns,
    /// How an imported file turns letters into bytes.
    Encodings,
    /// Steps of the guide to a case.
    GuideSteps,
    /// How a step of the guide stands.
    GuideStepStates,
    /// Laws that the guide cites.
    Laws,
    /// The traffic light (semáforo) of the compliance board.
    Lights,
    /// Days of the week.
    Weekdays,
    /// What kind of question figures answer.
    StatisticsFamilies,
    /// What figures are broken down by.
    StatisticsDimensions,
    /// Which agreements figures count.
    StatisticsScopes,
    /// What one unit of a count is.
    CountingUnits,
    /// What is decided on agreements that overlap.
    OverlapDecisions,
    /// Why governments fit as partners.
    PartnerReasons,
    /// How records stand; each kind takes some of them.
    RecordStatuses,
    /// What is done to records; each kind takes some of them.
    RecordActions,
    /// How far networks reach.
    NetworkScopes,
    /// What members are in their networks.
    MembershipTypes,
    /// What missions abroad are.
    MissionTypes,
    /// What offices were created by.
    OfficeInstruments,
    /// What members of committees are.
    CommitteeSeats,
    /// Whether sessions were due.
    MeetingTypes,
    /// Where commitments were made.
    CommitmentSources,
    /// What items of the library are.
    LibraryItemTypes,
    /// The dimensions of the institutionalisation score.
    ScoreDimensions,
    /// What earns points in it.
    ScoreItems,
    /// Its levels.
    ScoreLevels,
    /// What governments may lack.
    GovernmentGaps,
    /// What is counted as activity abroad.
    ActivityFamilies,
    /// What territories live from or are known for.
    TerritoryVocations,
}

impl Catalog {
    /// The name in URLs, such as `sdg-targets`.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    /// Where the whole catalogue is read.
    pub fn address(self) -> String {
        format!("{LIST}/{}", self.slug())
    }

    /// The catalogue with this slug.
    pub fn parse(slug: &str) -> Option<Self> {
        slug.parse().ok()
    }
}

/// Where the list of catalogues is read.
pub const LIST: &str = "/v1/catalogs";
