//! Agreements that overlap.

use super::{Said, Text};

texts! {
    same:
        "Señale dos acuerdos distintos: un acuerdo no se duplica consigo mismo."
        / "Name two different agreements: an agreement does not overlap with itself.";
    given_up:
        "Señale acuerdos en trámite, firmados o inscritos: uno de los dos se retiró, se abandonó, quedó fuera del ámbito de la LCT o se registró por error."
        / "Name agreements that are under way, signed or inscribed: one of the two was withdrawn, abandoned, found out of scope or recorded in error.";
    one_agreement:
        "Señale acuerdos independientes: uno modifica, prorroga, termina o se adhiere a otro."
        / "Name agreements that stand alone: one amends, renews, ends or joins another.";
    no_shared_counterpart:
        "Señale acuerdos con una misma contraparte: estos no tienen ninguna en común."
        / "Name agreements with the same counterpart: these have none in common.";
    no_shared_theme:
        "Señale acuerdos con un mismo tema: estos no tienen ninguno en común."
        / "Name agreements with the same theme: these have none in common.";
    periods_apart:
        "Señale acuerdos cuyas vigencias coincidan: uno ya terminó o termina antes de que el otro comience."
        / "Name agreements whose periods overlap: one has ended, or ends before the other begins.";
}
