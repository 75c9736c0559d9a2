//! How figures are counted.

use super::{Said, Text};

texts! {
    begins_later(begins_on):
        "Los registros comienzan el {begins_on}: lo que existía antes de ese día no consta aquí, y un cero no significa que no hubiera acuerdos."
        / "The records begin on {begins_on}: what there was before that day is not on record here, and a zero does not mean that there were no agreements.";
    day:
        "Pida un día que ya haya llegado en la Ciudad de México y que no sea anterior a 1800."
        / "Ask for a day that has come in Mexico City and is not before 1800.";
    only_states:
        "El catálogo solo conoce el territorio de las entidades: pida level=state."
        / "The catalogue knows the territory of states only: ask for level=state.";
    one_government:
        "Indique un solo gobierno: agregue «municipality» o «state»."
        / "Name one government only: add “municipality” or “state”.";
    public:
        "Acuerdos inscritos en el registro público."
        / "Agreements inscribed in the public registry.";
    in_sight:
        "Expedientes a los que tiene acceso quien consulta, en la etapa que puede conocer."
        / "Cases that the caller has access to, in the stage that it may know.";
    once_by_lead:
        "Un acuerdo de varias partes cuenta una vez, por la parte que lo encabeza."
        / "An agreement of several parties counts once, by its lead.";
    once_by_municipality:
        "Un acuerdo cuenta una vez en cada municipio que es parte."
        / "An agreement counts once in each municipality that is a party.";
    once_by_state:
        "Un acuerdo cuenta una vez en cada entidad que tiene una parte en él."
        / "An agreement counts once in each state that has a party in it.";
    by_theme:
        "Cuenta en cada tema u objetivo que señala, y en «sin dato» si no señala ninguno."
        / "It counts in each theme or goal that it names, and as unknown if it names none.";
    stock:
        "Cuántos había al final del día."
        / "As many as there were at the end of the day.";
    flow_by_administration:
        "Lo que pasó hasta el final del día, por la administración del gobierno indicado que estaba en funciones el último día del mes; «sin dato» si no consta."
        / "What happened up to the end of the day, by the administration of the named government that was in office on the last day of the month; unknown if none is on record.";
    flow:
        "Lo que pasó hasta el final del día: firma e inscripción por su fecha; aviso, recepción, devolución, observaciones y dictamen por el día en que quien consulta los conoció, cada vez."
        / "What happened up to the end of the day: signature and inscription by their dates; notice, receipt, return, observations and opinion by the day on which the caller came to know of them, each time.";
    rounds:
        "Cuántas veces llegó cada expediente a revisión jurídica."
        / "How often each case came to the legal review.";
    open_passages:
        "Los pasos por una etapa que no habían terminado, por los días naturales que llevaban."
        / "The passages through a stage that were not over, by the calendar days that they had lasted.";
    passages:
        "Los pasos por una etapa que habían terminado, en días hábiles enteros del calendario de quien tenía el expediente (si no tiene uno propio, de lunes a viernes menos los descansos del artículo 74 de la Ley Federal del Trabajo); mediana y percentil 90 por rango más cercano."
        / "The passages through a stage that were over, in whole business days of the calendar of whoever held the case (without one of its own, Monday to Friday less the rest days of article 74 of the Federal Labour Law); median and 90th percentile by the nearest rank.";
    gaps:
        "Cada expediente en una fila: sin revisión si se firmó sin dictamen o no se sabe; con dictamen favorable y sin firma; firmado y sin enviar al registro; regularizado si antes estuvo sin revisión y ya se envió; sin pendientes los demás."
        / "Each case in one row: unreviewed if it was signed without an opinion or nobody knows; with a favourable opinion and unsigned; signed and not sent to the registry; regularised if it was unreviewed before and has been sent; the others with nothing pending.";
    by_term_of_office:
        "Acuerdos firmados, según si el último día en que pueden estar vigentes llega a más tardar con el fin del periodo de su gobierno que está en curso en el día de la consulta, quienquiera que lo encabece; «sin dato» si no consta alguno de los dos."
        / "Signed agreements, by whether the last day on which they can be in force comes no later than the end of their government's term in course on the day asked for, whoever heads it; unknown if either is not on record.";
    annotated:
        "Prórrogas y terminaciones anotadas en el registro hasta el final del día, cada una, por el año en que surten efectos."
        / "Renewals and terminations annotated in the registry up to the end of the day, each of them, by the year in which they take effect.";
    by_ending:
        "Acuerdos firmados, por el último día en que pueden estar vigentes, contado desde el día de la consulta."
        / "Signed agreements, by the last day on which they can be in force, counted from the day asked for.";
    mechanisms:
        "Entidades con un mecanismo de colaboración vigente en el día."
        / "States with a collaboration mechanism in force on the day.";
    coverage:
        "Municipios del catálogo, una vez cada uno: con acuerdos vigentes, con acuerdos firmados pero ninguno vigente, o sin acuerdos firmados; cuenta ser parte, no solo encabezar."
        / "Municipalities of the catalogue, once each: with agreements in force, with signed agreements but none in force, or with no signed one; being a party counts, not only leading.";
    concentration:
        "Los gobiernos con más acuerdos, como parte de todos los contados: por firmante, los que ese gobierno encabeza; por territorio, los que encabezan el estado o sus municipios."
        / "The governments with the most agreements, as a share of all that were counted: by signatory, those that the government leads; by territory, those that the state or its municipalities lead.";
}
