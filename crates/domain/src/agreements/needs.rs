//! The conditions that a case must meet before an action.

use super::CaseConditions;
use crate::refusal::Said;
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// What a case must have before an action.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, IntoStaticStr, VariantArray, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Need {
    /// A kind that the law knows: twinning or specific cooperation.
    RegistrableKind,
    /// At least one counterpart.
    Counterparts,
    /// Not only counterparts that the law does not admit.
    RegistrableCounterpart,
    /// Every other Mexican party has confirmed what stands in the draft.
    PartiesConfirmed,
    /// Every other municipality that signs has its council's approval on file; a borough or a state
    /// needs none ([`InternalApproval`](super::InternalApproval)).
    PartyApprovals,
    /// The own powers are named.
    OwnPowers,
    /// The languages are named, Spanish among them.
    Languages,
    /// The newest text set has an authentic text in Spanish and in each language that is named.
    TextSet,
    /// The validity is said.
    Validity,
    /// The council's minutes, of a municipality; a borough or a state needs none.
    CouncilMinutes,
    /// A text set newer than the one last sent.
    NewTextSet,
    /// Every open remark or observation has an answer.
    Answers,
    /// The signed copies are among the documents.
    SignedCopies,
    /// At least one theme.
    Themes,
    /// When the parties mean to sign.
    PlannedSigning,
    /// What lets the owner pass its state by: its time ran out, its mechanism ended or its office
    /// is empty, or it has returned the case before.
    EscalationGround,
    /// The newest text set is the one that the opinion was given on.
    ReviewedText,
    /// A text that the opinion does not cover: a newer set, or an opinion that has lapsed.
    TextToReview,
    /// Signed without an opinion.
    Unreviewed,
    /// Of whoever carries the case for another government: its letter.
    ReceivedLetter,
}

impl Need {
    /// Where in the record to correct it: changing what stands there meets the need. Escalation
    /// waits for a day, `Answers` come with the request, and how an agreement was signed cannot be
    /// changed.
    pub fn pointer(self) -> &'static str {
        match self {
            Self::RegistrableKind => "/kind",
            Self::Counterparts | Self::RegistrableCounterpart => "/counterparts",
            Self::PartiesConfirmed | Self::PartyApprovals => "/parties",
            Self::OwnPowers => "/own_powers",
            Self::Languages => "/languages",
            Self::TextSet | Self::NewTextSet => "/text_sets",
            Self::Validity => "/validity",
            Self::CouncilMinutes => "/council_approval",
            Self::Answers => "/answers",
            Self::SignedCopies | Self::ReceivedLetter => "/documents",
            Self::Themes => "/themes",
            Self::PlannedSigning => "/planned_signing_on",
            Self::EscalationGround => "/due_on",
            Self::ReviewedText | Self::TextToReview => "/text_sets",
            Self::Unreviewed => "/compliance",
        }
    }

    /// What to do about it.
    pub fn said(self) -> Said {
        match self {
            Self::RegistrableKind => Said::new(
                "Solo un hermanamiento o una cooperación específica sigue el procedimiento.",
                "Only a twinning or a specific cooperation follows the procedure.",
            ),
            Self::RegistrableCounterpart => Said::new(
                "Nombre un gobierno extranjero o una organización internacional (LCT 1 y 2).",
                "Name a foreign government or an international organisation (LCT 1 and 2).",
            ),
            Self::Counterparts => Said::new(
                "Nombre al menos una contraparte extranjera o internacional.",
                "Name at least one foreign or international counterpart.",
            ),
            Self::PartiesConfirmed => Said::new(
                "Falta la confirmación de otra parte mexicana.",
                "Another Mexican party has yet to confirm.",
            ),
            Self::PartyApprovals => Said::new(
                "Falta el acta de cabildo de otro municipio que firma.",
                "The council minutes of another municipality that signs are missing.",
            ),
            Self::OwnPowers => Said::new(
                "Nombre las atribuciones propias en que se funda (LCT 2-II).",
                "Name the own powers it rests on (LCT 2-II).",
            ),
            Self::Languages => Said::new(
                "Indique los idiomas auténticos del acuerdo; el español es uno de ellos.",
                "Name the languages of the authentic texts; Spanish is one of them.",
            ),
            Self::TextSet => Said::new(
                "Agregue una versión de los textos con uno auténtico en cada idioma, entre ellos el español.",
                "Add a version of the texts with an authentic one in each language, Spanish among them.",
            ),
            Self::Validity => Said::new("Diga la vigencia.", "Say the validity."),
            Self::CouncilMinutes => Said::new(
                "Agregue el acta de cabildo con su votación.",
                "Add the council minutes with their vote.",
            ),
            Self::NewTextSet => Said::new(
                "Agregue una nueva versión de los textos.",
                "Add a new version of the texts.",
            ),
            Self::Answers => Said::new(
                "Conteste cada observación abierta.",
                "Answer every open remark.",
            ),
            Self::SignedCopies => {
                Said::new("Agregue las copias firmadas.", "Add the signed copies.")
            }
            Self::Themes => Said::new("Diga al menos un tema.", "Say at least one theme."),
            Self::PlannedSigning => Said::new(
                "Diga cuándo se piensa firmar.",
                "Say when the parties mean to sign.",
            ),
            Self::EscalationGround => Said::new(
                "El estado aún tiene plazo, su mecanismo está en vigor y no ha devuelto el caso.",
                "The state still has time, its mechanism is in force, and it has not returned the case.",
            ),
            Self::ReviewedText => Said::new(
                "Hay un texto posterior al dictaminado: envíelo con change_text.",
                "There is a text newer than the one opined on: send it with change_text.",
            ),
            Self::TextToReview => Said::new(
                "Agregue la nueva versión de los textos.",
                "Add the new version of the texts.",
            ),
            Self::Unreviewed => Said::new(
                "Solo se regulariza lo que se firmó sin dictamen.",
                "Only what was signed without an opinion is regularised.",
            ),
            Self::ReceivedLetter => Said::new(
                "Agregue el oficio del municipio como documento de clase received_letter.",
                "Add the municipality's letter as a document of kind received_letter.",
            ),
        }
    }
}

impl CaseConditions {
    /// What to do about a need, who must do it, and what of it is missing.
    pub fn said(&self, need: Need) -> Said {
        let said = need.said();
        let whose = self.whose.iter().filter(|(of, _)| *of == need);
        let names: Vec<&Said> = whose.map(|(_, name)| name).collect();
        if names.is_empty() {
            return said;
        }
        let with = |text: &str, spanish: bool| {
            let names: Vec<&str> = names.iter().map(|name| name.pick(spanish)).collect();
            format!("{} ({}).", text.trim_end_matches('.'), names.join(", "))
        };
        Said::new(with(&said.es, true), with(&said.en, false))
    }
}
