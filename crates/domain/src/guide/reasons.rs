//! Why each need exists: the law that requires it, or practice.

use super::{Law, LegalArticle};
use crate::agreements::{InternalApproval, Need};

/// Why a need exists.
#[derive(Debug)]
pub struct Reason {
    /// Which need.
    pub need: Need,
    /// What requires it.
    pub basis: &'static [LegalArticle],
    /// The sentence, in Mexican Spanish and in English.
    pub why: (&'static str, &'static str),
}

pub(super) const fn lct(article: &'static str) -> LegalArticle {
    LegalArticle {
        law: Law::Lct,
        article: Some(article),
    }
}

pub(super) const fn cpeum(article: &'static str) -> LegalArticle {
    LegalArticle {
        law: Law::Cpeum,
        article: Some(article),
    }
}

pub(super) const fn lgtaip(article: &'static str) -> LegalArticle {
    LegalArticle {
        law: Law::Lgtaip,
        article: Some(article),
    }
}

pub(super) const PRACTICE: LegalArticle = LegalArticle {
    law: Law::Practice,
    article: None,
};

/// What says that no council's decision is asked of a government, or that one is.
pub(super) fn unasked_basis(approval: InternalApproval) -> &'static [LegalArticle] {
    const CABILDO: &[LegalArticle] = &[cpeum("115-II-b"), lgtaip("66-IX")];
    const CONCEJO: &[LegalArticle] = &[cpeum("122-A-VI")];
    const AUTHORITY: &[LegalArticle] = &[lct("1"), PRACTICE];
    match approval {
        InternalApproval::Cabildo => CABILDO,
        InternalApproval::Concejo => CONCEJO,
        InternalApproval::Authority => AUTHORITY,
    }
}

const fn reason(
    need: Need,
    basis: &'static [LegalArticle],
    es: &'static str,
    en: &'static str,
) -> Reason {
    Reason {
        need,
        basis,
        why: (es, en),
    }
}

/// One row for each need.
pub const REASONS: &[Reason] = &[
    reason(
        Need::RegistrableKind,
        &[lct("2-II")],
        "La ley solo conoce convenios regidos por el derecho internacional público; lo demás consta, pero no se dictamina ni se inscribe.",
        "The law knows only agreements governed by public international law; anything else is on record, but gets no opinion and no inscription.",
    ),
    reason(
        Need::Counterparts,
        &[lct("1"), lct("2-II")],
        "Un acuerdo interinstitucional se celebra con uno o varios órganos gubernamentales extranjeros u organizaciones internacionales.",
        "An inter-institutional agreement is concluded with one or several foreign government bodies or international organisations.",
    ),
    reason(
        Need::RegistrableCounterpart,
        &[lct("1"), lct("2-VIII")],
        "Con un particular extranjero o con otro gobierno mexicano el instrumento queda fuera de la ley.",
        "With a private foreigner or another Mexican government the instrument falls outside the law.",
    ),
    reason(
        Need::PartiesConfirmed,
        &[PRACTICE],
        "Cada parte mexicana responde de sus propias atribuciones: nadie la compromete sin que confirme lo escrito.",
        "Each Mexican party answers for its own powers: nobody commits it before it confirms what is written.",
    ),
    reason(
        Need::PartyApprovals,
        &[cpeum("115-II-b"), lgtaip("66-IX")],
        "Cada municipio que firma se obliga por su propio ayuntamiento: su acta y su votación van con el caso.",
        "Each municipality that signs is bound by its own council: its minutes and its vote go with the case.",
    ),
    reason(
        Need::ReceivedLetter,
        &[PRACTICE],
        "Quien lleva el caso de otro gobierno muestra que este se lo pidió.",
        "Whoever carries another government's case shows that it was asked to.",
    ),
    reason(
        Need::OwnPowers,
        &[lct("2-II")],
        "La materia debe quedar estrictamente dentro de las atribuciones propias de quien firma.",
        "The subject must stay strictly within the own powers of whoever signs.",
    ),
    reason(
        Need::Languages,
        &[PRACTICE],
        "Los idiomas en que el acuerdo será auténtico dicen qué textos se revisan y se firman.",
        "The languages in which the agreement is to be authentic say which texts are reviewed and signed.",
    ),
    reason(
        Need::TextSet,
        &[lct("2-II")],
        "El acuerdo consta por escrito, y se revisa el texto que se firmará en cada idioma.",
        "The agreement is in writing, and what is reviewed is the text to be signed in each language.",
    ),
    reason(
        Need::Validity,
        &[cpeum("115-II-b"), PRACTICE],
        "La vigencia es cláusula de los modelos, y decide si el acuerdo rebasa el periodo del ayuntamiento.",
        "The validity is a clause of the models, and decides whether the agreement outlives the council's term.",
    ),
    reason(
        Need::CouncilMinutes,
        &[cpeum("115-II-b"), lgtaip("66-IX")],
        "Lo que compromete al municipio más allá del periodo del ayuntamiento pide el acuerdo del cabildo, y su acta y votación son públicas.",
        "What commits the municipality beyond its council's term asks for the council's decision, whose minutes and vote are public.",
    ),
    reason(
        Need::NewTextSet,
        &[lct("7")],
        "La siguiente ronda revisa otro texto: el mismo tendría las mismas observaciones.",
        "The next round reviews another text: the same one would get the same observations.",
    ),
    reason(
        Need::Answers,
        &[PRACTICE],
        "Quien revisa necesita saber qué se hizo con cada observación.",
        "Whoever reviews needs to know what became of each remark.",
    ),
    reason(
        Need::SignedCopies,
        &[lct("7"), lgtaip("67-V-i")],
        "Se inscribe y se publica el texto que se firmó; por eso la Secretaría lo recibe firmado.",
        "What is inscribed and published is the text that was signed; so the ministry receives it signed.",
    ),
    reason(
        Need::Themes,
        &[lct("7")],
        "Informar de lo que se pretende celebrar incluye de qué trata.",
        "Telling what one means to conclude includes what it is about.",
    ),
    reason(
        Need::PlannedSigning,
        &[lct("7")],
        "Se informa de lo que se pretende celebrar, es decir, antes de firmar.",
        "One tells of what one means to conclude, that is, before signing.",
    ),
    reason(
        Need::EscalationGround,
        &[PRACTICE],
        "La nota del estado es consejo y no veto: se pasa de largo cuando venció su plazo, terminó su mecanismo o ya devolvió el caso.",
        "The state's note is advice, not a veto: it is passed by once its time ran out, its mechanism ended or it has returned the case.",
    ),
    reason(
        Need::ReviewedText,
        &[lct("7")],
        "El dictamen vale para el texto que se revisó, y para ningún otro.",
        "The opinion holds for the text that was reviewed, and for no other.",
    ),
    reason(
        Need::TextToReview,
        &[lct("7")],
        "Un nuevo dictamen solo se pide sobre un texto nuevo, o cuando el anterior perdió vigencia.",
        "A new opinion is asked only on a new text, or once the earlier one has lapsed.",
    ),
    reason(
        Need::Unreviewed,
        &[lct("7")],
        "Regularizar es pedir después de la firma el dictamen que la ley pide antes.",
        "To regularise is to ask after the signature for the opinion that the law asks before it.",
    ),
];
