//! Parts of the requests for actions.

use crate::documents::Authenticity;
use crate::refusal::Said;
use crate::wording;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
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
    /// The council's minutes are in order.
    CouncilMinutes,
}

impl ChecklistItem {
    /// What it is called.
    pub fn label(self) -> Said {
        match self {
            Self::Parties => wording::review::item_parties(),
            Self::OwnPowers => wording::review::item_own_powers(),
            Self::SpanishText => wording::review::item_spanish_text(),
            Self::OtherLanguages => wording::review::item_other_languages(),
            Self::CouncilMinutes => wording::review::item_council_minutes(),
        }
    }
}

/// An item that intake found not to apply to a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotApplicableItem {
    /// Which item.
    pub item: ChecklistItem,
    /// Why it does not apply.
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

/// The items that intake must have looked at, or found not to apply.
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
    /// The document of kind `authority` that says so: appointment, delegation or power.
    #[serde(default)]
    pub authority_document_id: Option<Uuid>,
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

impl Originals {
    /// Whether they bind in this language: those of a translation do not.
    pub fn binds_in(&self, language: &str) -> bool {
        self.language == language && self.authenticity == Authenticity::Authentic
    }
}

/// Why the law on treaties does not apply.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ScopeGround {
    /// The counterpart is neither a government nor an international organisation (LCT 1).
    PrivateCounterpart,
    /// The counterpart is Mexican.
    DomesticCounterpart,
    /// The text binds nobody: a letter of intent, a declaration (LCT 2-II).
    NoCommitments,
    /// The matter is not among the own powers (LCT 2-II).
    BeyondOwnPowers,
    /// The matter is for a treaty of the Union (CPEUM 117-I).
    TreatyMatter,
    /// Another ground, said in the explanation.
    Other,
}

/// That a case is no matter of the law on treaties, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OutOfScope {
    /// The ground.
    pub ground: ScopeGround,
    /// The ground explained.
    pub explanation: String,
}
