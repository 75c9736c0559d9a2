//! Why each need of the procedure exists: the law, or practice.

use super::{Said, Text};

texts! {
    registrable_kind:
        "La ley solo comprende convenios regidos por el derecho internacional público; lo demás consta, pero no se dictamina ni se inscribe."
        / "The law covers only agreements governed by public international law; anything else is on record, but gets no opinion and no inscription.";
    counterparts:
        "Un acuerdo interinstitucional se celebra con uno o varios órganos gubernamentales extranjeros u organizaciones internacionales."
        / "An inter-institutional agreement is concluded with one or several foreign government bodies or international organisations.";
    registrable_counterpart:
        "Con un particular extranjero o con otro gobierno mexicano el instrumento queda fuera del ámbito de la LCT."
        / "With a private foreign party or another Mexican government the instrument is outside the scope of the LCT.";
    parties_confirmed:
        "Cada parte mexicana responde de sus propias atribuciones: nadie la compromete sin que confirme lo escrito."
        / "Each Mexican party answers for its own powers: nobody commits it before it confirms what is written.";
    party_approvals:
        "Cada municipio que suscribe se obliga por su propio ayuntamiento: su acta y su votación se agregan al expediente."
        / "Each municipality that signs is bound by its own council: its minutes and its vote are added to the case.";
    received_letter:
        "Quien lleva el expediente de otro gobierno acredita que este se lo pidió."
        / "Whoever carries another government's case shows that it was asked to.";
    own_powers:
        "La materia debe quedar estrictamente dentro de las atribuciones propias de quien suscribe."
        / "The subject must stay strictly within the own powers of the party that signs.";
    languages:
        "Los idiomas auténticos del acuerdo determinan qué textos se revisan y se firman."
        / "The authentic languages of the agreement determine which texts are reviewed and signed.";
    text_set:
        "El acuerdo consta por escrito, y se revisa el texto que se firmará en cada idioma auténtico."
        / "The agreement is in writing, and what is reviewed is the text to be signed in each authentic language.";
    validity:
        "La vigencia es una cláusula de los modelos, y de ella depende si el acuerdo rebasa el periodo del ayuntamiento."
        / "The validity is a clause of the models, and decides whether the agreement outlives the council's term.";
    council_minutes:
        "Lo que compromete al municipio más allá del periodo del ayuntamiento requiere el acuerdo del cabildo, cuya acta y votación son públicas."
        / "What commits the municipality beyond its council's term requires the council's decision, whose minutes and vote are public.";
    new_text_set:
        "La siguiente ronda revisa otro texto: el mismo tendría las mismas observaciones."
        / "The next round reviews another text: the same one would get the same observations.";
    answers:
        "Quien revisa necesita saber cómo se atendió cada observación."
        / "Whoever reviews needs to know what became of each remark.";
    signed_copies:
        "Se inscribe y se publica el texto que se firmó; por eso la Secretaría de Relaciones Exteriores lo recibe firmado."
        / "What is inscribed and published is the text that was signed; so the foreign ministry receives it signed.";
    themes:
        "Informar de lo que se pretende celebrar incluye la materia de que trata."
        / "Informing of what one means to conclude includes its subject.";
    planned_signing:
        "Se informa de lo que se pretende celebrar, es decir, antes de la firma."
        / "One informs of what one means to conclude, that is, before the signature.";
    escalation_ground:
        "La nota del estado es consejo y no veto: se prescinde de ella cuando venció su plazo, terminó su mecanismo o ya devolvió el expediente."
        / "The state's note is advice, not a veto: it is passed over once its time has run out, its mechanism has ended or it has returned the case.";
    reviewed_text:
        "El dictamen vale para el texto que se revisó, y para ningún otro."
        / "The opinion holds for the text that was reviewed, and for no other.";
    text_to_review:
        "Un nuevo dictamen solo se pide sobre un texto nuevo, o cuando el anterior perdió vigencia."
        / "A new opinion is asked for only on a new text, or once the earlier one has lapsed.";
    unreviewed:
        "Regularizar es pedir después de la firma el dictamen que la ley exige antes de ella."
        / "To regularise is to ask after the signature for the opinion that the law requires before it.";
}
