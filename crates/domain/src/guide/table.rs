//! The steps of the procedure according to law and practice.

use super::reasons::{PRACTICE, cpeum, lct, lgtaip};
use super::{LegalArticle, Step};
use crate::agreements::{CaseAction as A, Need, Seat, Stage as S};

/// One step of the road.
#[derive(Debug)]
pub struct StepRow {
    /// Which step.
    pub step: Step,
    /// The stages in which it is due.
    pub stages: &'static [S],
    /// The needs that may be unmet. If several steps have a need, the current one shows it.
    pub needs: &'static [Need],
    /// The seat that must act, unless the stage says otherwise.
    pub seat: Seat,
    /// The actions that complete it; the latest one gives its date.
    pub done_by: &'static [A],
    /// What requires it.
    pub basis: &'static [LegalArticle],
    /// Its name, in Mexican Spanish and in English.
    pub title: (&'static str, &'static str),
    /// Why it is required, in both languages.
    pub why: (&'static str, &'static str),
    /// The operations that complete or correct it.
    pub operations: &'static [&'static str],
}

const WRITE: &[&str] = &["update_agreement"];
const FILE: &[&str] = &["create_document", "update_agreement"];
const ACT: &[&str] = &["transition_agreement"];

/// The table. A new need of the procedure also needs a row in the reasons and a place in one of
/// these steps.
pub const STEPS: &[StepRow] = &[
    StepRow {
        step: Step::Initiative,
        stages: &[S::Draft],
        needs: &[Need::RegistrableKind, Need::Validity, Need::ReceivedLetter],
        seat: Seat::Owner,
        done_by: &[A::Submit],
        basis: &[lct("2-II")],
        title: ("Iniciativa", "Initiative"),
        why: (
            "La ley dice qué es un acuerdo interinstitucional: por escrito, regido por el derecho internacional público, sea cual sea su nombre.",
            "The law says what an inter-institutional agreement is: in writing, governed by public international law, whatever its name.",
        ),
        operations: WRITE,
    },
    StepRow {
        step: Step::Confirmation,
        stages: &[S::Reported],
        needs: &[],
        seat: Seat::Owner,
        done_by: &[A::Confirm],
        basis: &[PRACTICE],
        title: ("Confirmación de lo reportado", "Confirmation of the report"),
        why: (
            "Otro gobierno reportó el acuerdo: solo el suyo puede decir si es propio y qué está mal.",
            "Another government reported the agreement: only its own can say whether it is and what is wrong.",
        ),
        operations: ACT,
    },
    StepRow {
        step: Step::Counterpart,
        stages: &[S::Draft],
        needs: &[Need::Counterparts, Need::RegistrableCounterpart],
        seat: Seat::Owner,
        done_by: &[A::Submit],
        basis: &[lct("1"), lct("2-VIII")],
        title: ("Contraparte", "Counterpart"),
        why: (
            "La otra parte ha de ser un órgano gubernamental extranjero o una organización internacional; su nivel no tiene que ser el propio.",
            "The other side has to be a foreign government body or an international organisation; its level need not be one's own.",
        ),
        operations: &["create_counterpart", "update_agreement"],
    },
    StepRow {
        step: Step::OwnPowers,
        stages: &[S::Draft],
        needs: &[Need::OwnPowers],
        seat: Seat::Owner,
        done_by: &[A::Submit],
        basis: &[lct("2-II")],
        title: ("Atribuciones propias", "Own powers"),
        why: (
            "Nadie se obliga en el exterior en lo que no le toca: la materia queda dentro de las atribuciones propias.",
            "Nobody takes on abroad what is not its own: the subject stays within the own powers.",
        ),
        operations: &["get_catalog", "update_agreement"],
    },
    StepRow {
        step: Step::CouncilApproval,
        stages: &[S::Draft],
        needs: &[Need::CouncilMinutes],
        seat: Seat::Owner,
        done_by: &[A::Submit],
        basis: &[cpeum("115-II-b"), lgtaip("66-IX")],
        title: ("Acuerdo de cabildo", "Council approval"),
        why: (
            "El ayuntamiento aprueba; si el acuerdo rebasa su periodo, la ley estatal puede pedir dos tercios.",
            "The council approves; where the agreement outlives its term, state law may ask for two thirds.",
        ),
        operations: FILE,
    },
    StepRow {
        step: Step::PartiesConfirmation,
        stages: &[S::Draft],
        needs: &[Need::PartiesConfirmed, Need::PartyApprovals],
        seat: Seat::Party,
        done_by: &[A::Submit],
        basis: &[PRACTICE],
        title: ("Confirmación de las partes", "Confirmation by the parties"),
        why: (
            "Las demás partes mexicanas confirman lo escrito; un cambio del borrador las hace confirmar otra vez.",
            "The other Mexican parties confirm what is written; a change of the draft makes them confirm again.",
        ),
        operations: &["confirm_agreement"],
    },
    StepRow {
        step: Step::Texts,
        stages: &[S::Draft],
        needs: &[Need::Languages, Need::TextSet],
        seat: Seat::Owner,
        done_by: &[A::Submit],
        basis: &[lct("2-II")],
        title: ("Texto en sus idiomas", "Text in its languages"),
        why: (
            "Se revisa el texto negociado, en español y en cada idioma en que valdrá.",
            "What is reviewed is the negotiated text, in Spanish and in each language in which it will hold.",
        ),
        operations: &["create_document", "create_text_set", "update_agreement"],
    },
    StepRow {
        step: Step::Announcement,
        stages: &[S::Draft],
        needs: &[Need::Themes, Need::PlannedSigning],
        seat: Seat::Owner,
        done_by: &[A::Announce],
        basis: &[lct("7")],
        title: ("Aviso a la Secretaría", "Announcement to the ministry"),
        why: (
            "Quien pretende celebrar un acuerdo mantiene informada a la Secretaría; el envío del texto también la informa.",
            "Whoever means to conclude an agreement keeps the ministry informed; sending the text informs it too.",
        ),
        operations: &["update_agreement", "transition_agreement"],
    },
    StepRow {
        step: Step::Submission,
        stages: &[S::Draft],
        needs: &[],
        seat: Seat::Owner,
        done_by: &[A::Submit],
        basis: &[lct("7")],
        title: ("Envío a revisión", "Submission"),
        why: (
            "El dictamen se pide antes de firmar, sobre el texto negociado.",
            "The opinion is asked before the signature, on the negotiated text.",
        ),
        operations: ACT,
    },
    StepRow {
        step: Step::StateReview,
        stages: &[S::StateReview, S::Returned],
        needs: &[Need::EscalationGround, Need::Answers],
        seat: Seat::StateReviewer,
        done_by: &[A::Forward, A::Escalate],
        basis: &[PRACTICE],
        title: ("Revisión del estado", "State review"),
        why: (
            "Por el mecanismo de colaboración las iniciativas municipales pasan por su estado, que aconseja y remite.",
            "By the collaboration mechanism municipal initiatives pass through their state, which advises and forwards.",
        ),
        operations: ACT,
    },
    StepRow {
        step: Step::Intake,
        stages: &[S::FederalIntake, S::Returned],
        needs: &[Need::Answers],
        seat: Seat::Federal,
        done_by: &[A::Accept],
        basis: &[PRACTICE],
        title: ("Recepción en la Secretaría", "Intake at the ministry"),
        why: (
            "La Secretaría revisa que el expediente esté completo y le da número.",
            "The ministry checks that the file is complete and numbers it.",
        ),
        operations: ACT,
    },
    StepRow {
        step: Step::LegalReview,
        stages: &[S::LegalReview, S::Observed],
        needs: &[Need::NewTextSet, Need::Answers],
        seat: Seat::Federal,
        done_by: &[A::IssueOpinion],
        basis: &[lct("7")],
        title: ("Revisión jurídica", "Legal review"),
        why: (
            "La Secretaría debe dictaminar si procede firmar; las observaciones se atienden ronda por ronda. La ley no fija plazo.",
            "The ministry has to find whether it is proper to sign; observations are met round by round. The law sets no time.",
        ),
        operations: &["create_text_set", "transition_agreement"],
    },
    StepRow {
        step: Step::Opinion,
        stages: &[S::OpinionUnfavorable],
        needs: &[Need::NewTextSet, Need::Answers, Need::Unreviewed],
        seat: Seat::Federal,
        done_by: &[A::IssueOpinion],
        basis: &[lct("7")],
        title: ("Dictamen", "Opinion"),
        why: (
            "Sin dictamen de procedencia no se firma; uno desfavorable se atiende con otro texto.",
            "Nothing is signed without the opinion; an unfavourable one is met with another text.",
        ),
        operations: &["create_text_set", "transition_agreement"],
    },
    StepRow {
        step: Step::Signature,
        stages: &[S::OpinionFavorable],
        needs: &[Need::ReviewedText, Need::TextToReview, Need::Answers],
        seat: Seat::Owner,
        done_by: &[A::RecordSignature],
        basis: &[lct("1"), lct("7")],
        title: ("Firma", "Signature"),
        why: (
            "Firman quienes la ley faculta, y el texto que se dictaminó.",
            "Those sign whom the law empowers, and the text that the opinion was given on.",
        ),
        operations: &["create_text_set", "transition_agreement"],
    },
    StepRow {
        step: Step::SignedCopies,
        stages: &[S::Signed],
        needs: &[Need::SignedCopies, Need::Answers],
        seat: Seat::Owner,
        done_by: &[A::SendToRegistry, A::Regularize],
        basis: &[lct("7")],
        title: ("Envío del texto firmado", "Signed text sent"),
        why: (
            "La Secretaría inscribe lo firmado, así que necesita sus copias. La ley no fija plazo.",
            "The ministry inscribes what was signed, so it needs its copies. The law sets no time.",
        ),
        operations: &["create_document", "transition_agreement"],
    },
    StepRow {
        step: Step::Registry,
        stages: &[S::PendingRegistration],
        needs: &[],
        seat: Seat::Federal,
        done_by: &[A::Register],
        basis: &[lct("7")],
        title: ("Inscripción", "Inscription"),
        why: (
            "La Secretaría inscribe el acuerdo en el Registro de Acuerdos Interinstitucionales.",
            "The ministry inscribes the agreement in its registry.",
        ),
        operations: ACT,
    },
    StepRow {
        step: Step::AfterInscription,
        stages: &[S::Registered],
        needs: &[],
        seat: Seat::Owner,
        done_by: &[],
        basis: &[lgtaip("67-V-i"), lgtaip("58"), PRACTICE],
        title: ("Después de la inscripción", "After the inscription"),
        why: (
            "Lo inscrito es público y se mantiene al día; en la práctica sigue su programa operativo y, al cambiar la administración, su entrega.",
            "What is inscribed is public and kept up to date; in practice its operating plan follows, and its handover when the administration changes.",
        ),
        operations: &["list_registry"],
    },
    StepRow {
        step: Step::Closing,
        stages: &[S::Withdrawn, S::OutOfScope, S::Abandoned],
        needs: &[],
        seat: Seat::Owner,
        done_by: &[A::Withdraw, A::DeclareOutOfScope],
        basis: &[PRACTICE, lct("2-II")],
        title: ("Cierre", "Closing"),
        why: (
            "Se puede desistir mientras no se firme; lo que la ley no abarca sale del procedimiento con su fundamento; lo dejado de lado puede retomarse.",
            "One may give up until it is signed; what the law does not cover leaves the procedure with its ground; what was left alone may be resumed.",
        ),
        operations: ACT,
    },
];
