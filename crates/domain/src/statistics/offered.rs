//! The breakdowns that each family offers, and how each counts.

use super::Dimension as D;
use super::{Audience, CountBy, Family};
use crate::refusal::Said;

/// One or two dimensions together.
pub type Grouping = &'static [D];

const STOCK: &[Grouping] = &[
    &[D::Tier],
    &[D::Kind],
    &[D::Instrument],
    &[D::State],
    &[D::Municipality],
    &[D::Country],
    &[D::CounterpartKind],
    &[D::CounterpartLevel],
    &[D::BodyKind],
    &[D::Theme],
    &[D::SdgGoal],
    &[D::Year],
    &[D::RegistrationYear],
    &[D::Standing],
    &[D::Tier, D::Kind],
    &[D::Tier, D::Country],
    &[D::Tier, D::Theme],
    &[D::Tier, D::Year],
    &[D::Tier, D::Standing],
    &[D::Tier, D::BodyKind],
    &[D::Tier, D::CounterpartKind],
    &[D::Tier, D::CounterpartLevel],
    &[D::State, D::Tier],
    &[D::State, D::Kind],
    &[D::State, D::Country],
    &[D::State, D::Theme],
    &[D::State, D::Year],
    &[D::State, D::Standing],
    &[D::Country, D::Kind],
    &[D::Country, D::Theme],
    &[D::Country, D::Year],
    &[D::Country, D::CounterpartLevel],
    &[D::Kind, D::Theme],
    &[D::Kind, D::Year],
    &[D::Kind, D::Standing],
    &[D::Kind, D::CounterpartKind],
    &[D::Kind, D::CounterpartLevel],
    &[D::Year, D::Standing],
];
/// Stages are not public.
const OWN_STOCK: &[Grouping] = &[
    &[D::Stage],
    &[D::Compliance],
    &[D::Stage, D::Kind],
    &[D::Stage, D::Tier],
    &[D::Stage, D::State],
    &[D::Compliance, D::Kind],
    &[D::Compliance, D::Tier],
    &[D::Compliance, D::State],
];
const FLOW: &[Grouping] = &[
    &[D::Event, D::Month],
    &[D::Event, D::Year],
    &[D::Event, D::Administration],
    &[D::Event],
    &[D::Event, D::Tier],
    &[D::Event, D::Kind],
    &[D::Event, D::State],
];
const TIME: &[Grouping] = &[
    &[D::Stage],
    &[D::Party],
    &[D::Stage, D::Kind],
    &[D::Stage, D::Tier],
    &[D::Stage, D::State],
    &[D::Party, D::Kind],
    &[D::Party, D::Tier],
    &[D::Party, D::State],
    &[D::Stage, D::Age],
    &[D::Party, D::Age],
    &[D::Rounds],
];
const GAPS: &[Grouping] = &[
    &[D::Gap],
    &[D::Gap, D::Kind],
    &[D::Gap, D::Tier],
    &[D::Gap, D::State],
    &[D::Gap, D::Municipality],
    &[D::Gap, D::Stage],
];
const LIFE: &[Grouping] = &[
    &[D::Ending],
    &[D::Ending, D::Kind],
    &[D::Ending, D::Tier],
    &[D::Ending, D::State],
    &[D::Ending, D::Renewal],
    &[D::TermOfOffice],
    &[D::Renewal],
    &[D::Instrument],
    &[D::Annotation],
    &[D::Annotation, D::Year],
];
const COVERAGE: &[Grouping] = &[&[D::Coverage], &[D::State, D::Coverage]];
/// Only signed-in callers see mechanisms.
const OWN_COVERAGE: &[Grouping] = &[&[D::Mechanism], &[D::State, D::Mechanism]];
const CONCENTRATION: &[Grouping] = &[&[D::State], &[D::Municipality]];

/// The breakdowns of a family, the default first.
pub fn offered(family: Family, audience: Audience) -> Vec<Grouping> {
    let (all, own) = match family {
        Family::Stock => (STOCK, OWN_STOCK),
        Family::Flow => (FLOW, &[][..]),
        Family::Time => (TIME, &[][..]),
        Family::Gaps => (GAPS, &[][..]),
        Family::Life => (LIFE, &[][..]),
        Family::Coverage => (COVERAGE, OWN_COVERAGE),
        Family::Concentration => (CONCENTRATION, &[][..]),
    };
    let own = if audience == Audience::Mine { own } else { &[] };
    all.iter().chain(own).copied().collect()
}

/// One sentence that says how a family counts.
pub fn rule(family: Family, audience: Audience, count_by: CountBy, by: &[D]) -> Said {
    let (seen_es, seen_en) = match audience {
        Audience::Public => (
            "Acuerdos inscritos en el registro público.",
            "Agreements inscribed in the public registry.",
        ),
        Audience::Mine => (
            "Expedientes a la vista de quien consulta, en la etapa que puede conocer.",
            "Cases in the caller's sight, in the stage that it may know.",
        ),
    };
    let (what_es, what_en) = of_family(family, by);
    let (unit_es, unit_en) = match count_by {
        _ if matches!(family, Family::Coverage | Family::Concentration) => ("", ""),
        CountBy::Agreements => (
            " Un acuerdo de varias partes cuenta una vez, por la parte que lo encabeza.",
            " An agreement of several parties counts once, by its lead.",
        ),
        CountBy::Participations if by.contains(&D::Municipality) => (
            " Un acuerdo cuenta una vez en cada municipio que es parte.",
            " An agreement counts once in each municipality that is a party.",
        ),
        CountBy::Participations => (
            " Un acuerdo cuenta una vez en cada entidad que tiene una parte en él.",
            " An agreement counts once in each state that has a party in it.",
        ),
    };
    let several = by.iter().any(|one| matches!(one, D::Theme | D::SdgGoal));
    let (each_es, each_en) = if several {
        (
            " Cuenta en cada tema u objetivo que nombra, y en «sin dato» si no nombra ninguno.",
            " It counts in each theme or goal that it names, and as unknown where it names none.",
        )
    } else {
        ("", "")
    };
    Said::new(
        format!("{seen_es} {what_es}{unit_es}{each_es}"),
        format!("{seen_en} {what_en}{unit_en}{each_en}"),
    )
}

fn of_family(family: Family, by: &[D]) -> (&'static str, &'static str) {
    match family {
        Family::Stock => (
            "Cuantos había al final del día.",
            "As many as there were at the end of the day.",
        ),
        Family::Flow if by.contains(&D::Administration) => (
            "Lo que pasó hasta el final del día, por la administración del gobierno indicado que estaba en funciones el último día del mes; «sin dato» donde no consta.",
            "What happened up to the end of the day, by the administration of the named government that was in office on the last day of the month; unknown where none is on record.",
        ),
        Family::Flow => (
            "Lo que pasó hasta el final del día: firma e inscripción por su fecha; aviso, recepción, devolución, observaciones y dictamen por el día en que quien consulta los conoció, cada vez.",
            "What happened up to the end of the day: signature and inscription by their dates; notice, receipt, return, observations and opinion by the day on which the caller came to know of them, each time.",
        ),
        Family::Time if by.contains(&D::Rounds) => (
            "Cuántas veces llegó cada expediente a revisión jurídica.",
            "How often each case came to the legal review.",
        ),
        Family::Time if by.contains(&D::Age) => (
            "Los pasos por una etapa que no habían terminado, por los días naturales que llevaban.",
            "The passages through a stage that were not over, by the calendar days that they had lasted.",
        ),
        Family::Time => (
            "Los pasos por una etapa que habían terminado, en días hábiles enteros del calendario de quien tenía el expediente (sin uno propio, de lunes a viernes menos los descansos del artículo 74 de la Ley Federal del Trabajo); mediana y percentil 90 por rango más cercano.",
            "The passages through a stage that were over, in whole business days of the calendar of whoever held the case (without one of its own, Monday to Friday less the rest days of article 74 of the Federal Labour Law); median and 90th percentile by the nearest rank.",
        ),
        Family::Gaps => (
            "Cada expediente en una fila: sin revisión si se firmó sin dictamen o no se sabe; con dictamen favorable y sin firma; firmado y sin enviar al registro; regularizado si antes estuvo sin revisión y ya se envió; sin brecha los demás.",
            "Each case in one row: unreviewed where it was signed without an opinion or nobody knows; with a favourable opinion and unsigned; signed and not sent to the registry; regularised where it was unreviewed before and has been sent; the others without a gap.",
        ),
        Family::Life if by.contains(&D::TermOfOffice) => (
            "Acuerdos firmados, por si el último día en que pueden estar vigentes llega a más tardar con el fin del periodo de su gobierno que está en curso en el día de la consulta, quienquiera que lo encabece; «sin dato» donde no consta uno de los dos.",
            "Signed agreements, by whether the last day on which they can be in force comes no later than the end of their owner's term in course on the day asked for, whoever heads it; unknown where either is not on record.",
        ),
        Family::Life if by.contains(&D::Annotation) => (
            "Renovaciones y terminaciones anotadas en el registro hasta el final del día, cada una, por el año en que surten efectos.",
            "Renewals and terminations annotated in the registry up to the end of the day, each of them, by the year in which they take effect.",
        ),
        Family::Life => (
            "Acuerdos firmados, por el último día en que pueden estar vigentes, contado desde el día de la consulta.",
            "Signed agreements, by the last day on which they can be in force, counted from the day asked for.",
        ),
        Family::Coverage if by.contains(&D::Mechanism) => (
            "Entidades con un mecanismo de colaboración vigente en el día.",
            "States with a collaboration mechanism in force on the day.",
        ),
        Family::Coverage => (
            "Municipios del catálogo, una vez cada uno: con acuerdos vigentes, con acuerdos firmados pero ninguno vigente, o sin acuerdos firmados; cuenta ser parte, no sólo encabezar.",
            "Municipalities of the catalogue, once each: with agreements in force, with signed agreements but none in force, or with no signed one; being a party counts, not only leading.",
        ),
        Family::Concentration => (
            "Los gobiernos con más acuerdos, como parte de todos los contados: por firmante, los que ese gobierno encabeza; por territorio, los que encabezan el estado o sus municipios.",
            "The governments with the most agreements, as a share of all that were counted: by signatory, those that the government leads; by territory, those that the state or its municipalities lead.",
        ),
    }
}
