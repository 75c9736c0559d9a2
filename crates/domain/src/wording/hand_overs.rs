//! The hand-over of a government.

use super::{Said, Text};

texts! {
    title(government):
        "Entrega-recepción de la acción internacional: {government}"
        / "Hand-over of the action abroad: {government}";
    file(government):
        "Entrega-recepción {government}"
        / "Hand-over {government}";
    made_at(instant):
        "Integrada el {instant} (UTC) con lo registrado en la plataforma."
        / "Put together on {instant} (UTC) from what is on record on the platform.";
    term(day, days):
        "El periodo concluye el {day}; días restantes: {days}."
        / "The term ends on {day}; days left: {days}.";
    own_only:
        "Solo el propio gobierno consulta su entrega-recepción."
        / "Only the government itself reads its hand-over.";
    nothing:
        "Nada registrado."
        / "Nothing on record.";
    agreements:
        "Acuerdos"
        / "Agreements";
    people:
        "Personas con acceso a la plataforma"
        / "People with access to the platform";
    commitments:
        "Compromisos por cumplir"
        / "Commitments to keep";
    memberships:
        "Membresías en redes"
        / "Memberships in networks";
    committees:
        "Comités de ciudades hermanas"
        / "Sister-city committees";
    meetings:
        "Sesiones convocadas o sin minuta publicada"
        / "Sessions called or without published minutes";
    offices:
        "Oficina de asuntos internacionales"
        / "International-affairs office";
    staff:
        "Personal y enlaces"
        / "Staff and focal points";
    budgets:
        "Presupuestos en ejercicio"
        / "Budgets in use";
    referrals:
        "Solicitudes a representaciones sin concluir"
        / "Referrals to missions that are not closed";
    advice:
        "Asesorías sin concluir"
        / "Advice that is not closed";
    name:
        "Nombre"
        / "Name";
    about:
        "Descripción"
        / "Description";
    counterpart:
        "Contraparte"
        / "Counterpart";
    status:
        "Situación"
        / "Status";
    due:
        "Vencimiento"
        / "Due";
    ends_on:
        "Fin de la vigencia"
        / "End of validity";
    roles:
        "Funciones"
        / "Roles";
    gives:
        "Entrega"
        / "Gives";
    takes:
        "Recibe"
        / "Takes";
}

/// The heading of the records of a kind.
pub const fn section(many: &str) -> Said {
    match many.as_bytes() {
        b"commitments" => commitments(),
        b"memberships" => memberships(),
        b"committees" => committees(),
        b"meetings" => meetings(),
        b"international-offices" => offices(),
        b"staff-members" => staff(),
        b"budgets" => budgets(),
        b"referrals" => referrals(),
        _ => advice(),
    }
}
