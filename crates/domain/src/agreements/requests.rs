//! What a caller sends with each action.

use super::CaseAction;
use crate::documents::Authenticity;
use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;
use uuid::Uuid;

/// A remark or an observation on the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemarkFields {
    /// What is to be mended, and why.
    #[schema(min_length = 1, max_length = 4000)]
    pub text: String,
    /// The version of the text; the newest sent where none is named.
    #[serde(default)]
    pub text_set: Option<i32>,
    /// The language of the text concerned.
    #[serde(default)]
    pub language: Option<String>,
    /// The clause concerned.
    #[serde(default)]
    #[schema(max_length = 100)]
    pub clause: Option<String>,
}

/// The owner's answer to a remark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerFields {
    /// Which remark.
    pub remark_id: Uuid,
    /// The answer.
    #[schema(min_length = 1, max_length = 4000)]
    pub text: String,
}

/// What intake looks for.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ChecklistItem {
    /// The parties are who they say they are.
    Parties,
    /// The subject lies within the own powers.
    OwnPowers,
    /// The Spanish text is complete.
    SpanishText,
    /// The other languages are complete.
    OtherLanguages,
    /// The council's minutes are in order, or not needed.
    CouncilMinutes,
}

/// The items that intake must have looked at.
pub const CHECKLIST: [ChecklistItem; 5] = [
    ChecklistItem::Parties,
    ChecklistItem::OwnPowers,
    ChecklistItem::SpanishText,
    ChecklistItem::OtherLanguages,
    ChecklistItem::CouncilMinutes,
];

/// What the opinion says.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum OpinionResult {
    /// It may be signed.
    Favorable,
    /// It may be signed; the observations should be heeded.
    FavorableWithObservations,
    /// It may not be signed as it stands.
    Unfavorable,
}

/// On whose side a signatory signs.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Side {
    /// A Mexican party.
    Mexican,
    /// A counterpart.
    Counterpart,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// On which side.
    pub side: Side,
    /// For whom: a government's key or a counterpart's id.
    #[schema(max_length = 60)]
    pub party: String,
    /// The person's name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// The person's post.
    #[schema(min_length = 1, max_length = 200)]
    pub post: String,
    /// In which capacity, such as head of government or deputy by appointment.
    #[schema(min_length = 1, max_length = 200)]
    pub capacity: String,
}

/// How many originals were signed in a language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Originals {
    /// BCP 47.
    pub language: String,
    /// Whether the text in it binds.
    pub authenticity: Authenticity,
    /// How many.
    #[schema(minimum = 1, maximum = 20)]
    pub count: i32,
}

/// An action and what it needs of the caller.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "action", rename_all = "snake_case", deny_unknown_fields)]
#[schema(example = json!({
    "action": "accept",
    "file_number": "DGCP-2026-0117",
    "checklist": ["parties", "own_powers", "spanish_text", "other_languages", "council_minutes"]
}))]
pub enum TransitionRequest {
    /// Send the case to the state or to SRE.
    Submit {
        /// A word to the reviewer.
        #[serde(default)]
        note: Option<String>,
    },
    /// Pass a municipal case on to SRE with the state's note.
    Forward {
        /// The state's note: advice, not a veto.
        note: String,
    },
    /// Send the case back.
    ReturnToOwner {
        /// What is to be mended.
        remarks: Vec<RemarkFields>,
    },
    /// Send the case again.
    Resubmit {
        /// An answer to each open remark or observation.
        answers: Vec<AnswerFields>,
        /// A word to the reviewer.
        #[serde(default)]
        note: Option<String>,
    },
    /// Take the case in at SRE.
    Accept {
        /// The file number (número de expediente).
        file_number: String,
        /// What intake looked at; all five items.
        checklist: Vec<ChecklistItem>,
    },
    /// Make observations on the text.
    Observe {
        /// The observations.
        observations: Vec<RemarkFields>,
    },
    /// Issue the opinion (dictamen de procedencia).
    IssueOpinion {
        /// What it says.
        result: OpinionResult,
        /// The number of the official letter.
        number: String,
        /// Its date.
        issued_on: LegalDate,
        /// The document of kind `opinion`.
        document_id: Uuid,
        /// Observations that come with it; obligatory unless it is plainly favourable.
        #[serde(default)]
        observations: Vec<RemarkFields>,
    },
    /// Record that the parties signed.
    RecordSignature {
        /// The day of the (last) signature.
        signed_on: LegalDate,
        /// Where.
        place: String,
        /// Who, on both sides.
        signatories: Vec<Signatory>,
        /// The originals, by language.
        originals: Vec<Originals>,
    },
    /// Send the signed text to SRE.
    SendToRegistry {
        /// A word to the registrar.
        #[serde(default)]
        note: Option<String>,
    },
    /// Inscribe the agreement.
    Register {
        /// Whether the signed text is the one that the opinion allowed.
        text_matches: bool,
        /// How the difference is explained, where it is not.
        #[serde(default)]
        difference: Option<String>,
    },
    /// Give the case up.
    Withdraw {
        /// Why.
        reason: String,
    },
}

impl TransitionRequest {
    /// Which action it is.
    pub fn action(&self) -> CaseAction {
        match self {
            Self::Submit { .. } => CaseAction::Submit,
            Self::Forward { .. } => CaseAction::Forward,
            Self::ReturnToOwner { .. } => CaseAction::ReturnToOwner,
            Self::Resubmit { .. } => CaseAction::Resubmit,
            Self::Accept { .. } => CaseAction::Accept,
            Self::Observe { .. } => CaseAction::Observe,
            Self::IssueOpinion { .. } => CaseAction::IssueOpinion,
            Self::RecordSignature { .. } => CaseAction::RecordSignature,
            Self::SendToRegistry { .. } => CaseAction::SendToRegistry,
            Self::Register { .. } => CaseAction::Register,
            Self::Withdraw { .. } => CaseAction::Withdraw,
        }
    }

    /// What stands in the history.
    pub fn note(&self) -> Option<&str> {
        match self {
            Self::Submit { note } | Self::Resubmit { note, .. } | Self::SendToRegistry { note } => {
                note.as_deref()
            }
            Self::Forward { note } => Some(note),
            Self::Withdraw { reason } => Some(reason),
            Self::Register { difference, .. } => difference.as_deref(),
            _ => None,
        }
    }

    /// Everything wrong with what was sent.
    pub fn check(&self, today: chrono::NaiveDate) -> Result<()> {
        let mut checks = Checks::default();
        match self {
            Self::Submit { note } | Self::SendToRegistry { note } => {
                checks.optional_text("/note", note.as_deref(), 4000)
            }
            Self::Forward { note } => checks.text("/note", note, 4000),
            Self::ReturnToOwner { remarks } => {
                check_remarks(&mut checks, "/remarks", remarks, true)
            }
            Self::Resubmit { answers, note } => {
                checks.optional_text("/note", note.as_deref(), 4000);
                checks.at_most("/answers", answers.len(), 200);
                answers.iter().enumerate().for_each(|(i, answer)| {
                    checks.text(&format!("/answers/{i}/text"), &answer.text, 4000)
                });
            }
            Self::Accept {
                file_number,
                checklist,
            } => {
                checks.text("/file_number", file_number, 60);
                if CHECKLIST.iter().any(|item| !checklist.contains(item)) {
                    checks.add(
                        "/checklist",
                        "incomplete",
                        "Revise los cinco puntos; si uno falta, devuelva el caso.",
                        "Look at all five items; where one fails, return the case.",
                    );
                }
            }
            Self::Observe { observations } => {
                check_remarks(&mut checks, "/observations", observations, true)
            }
            Self::IssueOpinion {
                result,
                number,
                issued_on,
                observations,
                ..
            } => {
                checks.text("/number", number, 60);
                check_past(&mut checks, "/issued_on", issued_on, today);
                check_remarks(
                    &mut checks,
                    "/observations",
                    observations,
                    *result != OpinionResult::Favorable,
                );
            }
            Self::RecordSignature {
                signed_on,
                place,
                signatories,
                originals,
            } => {
                check_past(&mut checks, "/signed_on", signed_on, today);
                checks.text("/place", place, 200);
                check_signatories(&mut checks, signatories);
                check_originals(&mut checks, originals);
            }
            Self::Register {
                text_matches,
                difference,
            } => {
                checks.optional_text("/difference", difference.as_deref(), 4000);
                if !text_matches && difference.as_deref().unwrap_or_default().trim().is_empty() {
                    checks.add(
                        "/difference",
                        "required",
                        "Explique en qué difiere el texto firmado.",
                        "Explain how the signed text differs.",
                    );
                }
            }
            Self::Withdraw { reason } => checks.text("/reason", reason, 4000),
        }
        checks.finish(Problem::ValidationFailed)
    }
}

fn check_remarks(checks: &mut Checks, pointer: &str, remarks: &[RemarkFields], required: bool) {
    checks.at_most(pointer, remarks.len(), 200);
    if required && remarks.is_empty() {
        checks.add(
            pointer,
            "required",
            "Escriba al menos una observación.",
            "Write at least one remark.",
        );
    }
    for (i, remark) in remarks.iter().enumerate() {
        checks.text(&format!("{pointer}/{i}/text"), &remark.text, 4000);
        checks.optional_text(
            &format!("{pointer}/{i}/clause"),
            remark.clause.as_deref(),
            100,
        );
        checks.optional_text(
            &format!("{pointer}/{i}/language"),
            remark.language.as_deref(),
            35,
        );
    }
}

fn check_past(checks: &mut Checks, pointer: &str, date: &LegalDate, today: chrono::NaiveDate) {
    if date.earliest() > today {
        checks.add(
            pointer,
            "in_the_future",
            "La fecha no puede ser posterior a hoy en la Ciudad de México.",
            "The date cannot be later than today in Mexico City.",
        );
    }
}

fn check_signatories(checks: &mut Checks, signatories: &[Signatory]) {
    checks.at_most("/signatories", signatories.len(), 60);
    for side in [Side::Mexican, Side::Counterpart] {
        if !signatories.iter().any(|signatory| signatory.side == side) {
            checks.add(
                "/signatories",
                "both_sides",
                "Nombre a quienes firmaron por ambos lados.",
                "Name who signed on both sides.",
            );
        }
    }
    for (i, signatory) in signatories.iter().enumerate() {
        checks.text(&format!("/signatories/{i}/name"), &signatory.name, 200);
        checks.text(&format!("/signatories/{i}/post"), &signatory.post, 200);
        checks.text(
            &format!("/signatories/{i}/capacity"),
            &signatory.capacity,
            200,
        );
    }
}

fn check_originals(checks: &mut Checks, originals: &[Originals]) {
    checks.at_most("/originals", originals.len(), 10);
    if !originals.iter().any(|original| original.language == "es") {
        checks.add(
            "/originals",
            "spanish_missing",
            "Cuente los originales en español.",
            "Count the originals in Spanish.",
        );
    }
    if originals
        .iter()
        .any(|original| !(1..=20).contains(&original.count))
    {
        checks.add(
            "/originals",
            "count",
            "De 1 a 20 originales por idioma.",
            "From 1 to 20 originals per language.",
        );
    }
}
