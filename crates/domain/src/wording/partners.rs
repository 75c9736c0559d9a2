//! Why governments fit as partners.

use super::{Said, Text};

texts! {
    offers(theme):
        "Ofrece un tema que se busca: {theme}."
        / "It offers a theme that is sought: {theme}.";
    seeks(theme):
        "Busca un tema que se ofrece: {theme}."
        / "It seeks a theme that is offered: {theme}.";
    experience(theme):
        "Tiene un acuerdo inscrito en un tema que se busca: {theme}."
        / "It has an inscribed agreement in a theme that is sought: {theme}.";
    common_theme(theme):
        "Ambos tienen acuerdos inscritos en el mismo tema: {theme}."
        / "Both have inscribed agreements in the same theme: {theme}.";
    common_network(network):
        "Ambos pertenecen a la misma red: {network}."
        / "Both belong to the same network: {network}.";
    common_counterpart(counterpart):
        "Ambos tienen acuerdos con la misma contraparte, lo que permite actuar en conjunto o puede duplicar esfuerzos: {counterpart}."
        / "Both have agreements with the same counterpart, so that they may act together or duplicate efforts: {counterpart}.";
    common_country(country):
        "Tiene acuerdos inscritos con el mismo país: {country}."
        / "It has inscribed agreements with the same country: {country}.";
    common_vocation(vocation):
        "Ambos territorios comparten una vocación: {vocation}."
        / "Both territories share a vocation: {vocation}.";
    common_language(language):
        "Ambas oficinas trabajan en el mismo idioma, además del español: {language}."
        / "Both offices work in the same language besides Spanish: {language}.";
    same_state:
        "Está en la misma entidad federativa."
        / "It is in the same state.";
    already_partners:
        "Ya son partes de un mismo acuerdo inscrito."
        / "They are parties to one inscribed agreement already.";
}
