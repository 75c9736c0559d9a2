//! Who may do what was refused, in the order of seats, governments and roles.

use super::{Said, Text};

texts! {
    by_seats(seats, roles):
        "Corresponde a: {seats}. Ahí puede hacerlo quien tenga la función de: {roles}."
        / "It is for: {seats}. Who may do it there: {roles}.";
    by_tiers(tiers, roles):
        "Puede hacerlo, en {tiers}, quien tenga la función de: {roles}."
        / "At {tiers}, it may be done by: {roles}.";
    by_roles(roles):
        "En su gobierno puede hacerlo quien tenga la función de: {roles}."
        / "At your government it may be done by: {roles}.";
    admin:
        "administración"
        / "an administrator";
    officer:
        "personal de asuntos internacionales"
        / "an officer of international affairs";
    liaison:
        "enlace"
        / "a liaison";
    legal_reviewer:
        "revisión jurídica"
        / "a legal reviewer";
    registrar:
        "registro"
        / "a registrar";
    mission_officer:
        "personal de la representación"
        / "a mission officer";
    trainer:
        "capacitación"
        / "a trainer";
    committee_member:
        "integrante de comité"
        / "a committee member";
    statistics_reader:
        "consulta de estadística"
        / "a reader of statistics";
    viewer:
        "consulta"
        / "a viewer";
    auditor:
        "auditoría"
        / "an auditor";
    federal:
        "la Secretaría de Relaciones Exteriores"
        / "the foreign ministry";
    federal_body:
        "otro organismo federal"
        / "another federal body";
    state:
        "un gobierno estatal"
        / "a state government";
    municipality:
        "un gobierno municipal o una alcaldía"
        / "a municipality or borough";
    observer:
        "una institución observadora"
        / "an observer";
    seat_owner:
        "el gobierno promovente"
        / "the lead government";
    seat_party:
        "otra de las partes mexicanas"
        / "another Mexican party";
    seat_state_reviewer:
        "el gobierno estatal al que se envió"
        / "the state government that it was sent to";
    seat_federal:
        "la Secretaría de Relaciones Exteriores"
        / "the foreign ministry";
    seat_reporter:
        "el gobierno que lo reportó"
        / "the government that reported it";
    of_record:
        "el gobierno de quien es el registro"
        / "the government whose record it is";
    of_administration:
        "el gobierno de cuya administración se trata"
        / "the government whose administration it is";
    own_state:
        "el gobierno del estado al que pertenece el municipio"
        / "the government of the state that the municipality belongs to";
    seat_agent:
        "quien actúa por ese gobierno"
        / "whoever acts for that government";
}
