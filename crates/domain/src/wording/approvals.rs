//! Whose council decides, and whose does not.

use super::{Said, Text};

texts! {
    cabildo:
        "El ayuntamiento aprueba; si el acuerdo rebasa su periodo, la ley estatal puede exigir dos tercios."
        / "The council approves; if the agreement outlives its term, state law may require two thirds.";
    concejo:
        "Una alcaldía no tiene ayuntamiento: su administración corresponde a la persona titular, y su concejo aprueba el proyecto de presupuesto y supervisa el gobierno (CPEUM 122-A-VI). No se le pide acta de cabildo; si su concejo acordó algo, puede agregarse."
        / "A borough has no ayuntamiento: its mayor administers it, and its concejo approves the draft budget and supervises the government (CPEUM 122-A-VI). No council minutes are asked of it; a decision of its concejo may be added.";
    authority:
        "Este gobierno no tiene ayuntamiento: lo obliga la firma de la autoridad facultada, y no se le pide acta de cabildo."
        / "This government has no ayuntamiento: the signature of the competent authority binds it, and no council minutes are asked of it.";
}
