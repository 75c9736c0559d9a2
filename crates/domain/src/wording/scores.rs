//! The institutionalisation score, gaps and activity.

use super::{Said, Text};
use crate::scores::ScoreItem as I;

texts! {
    basis:
        "Solo cuenta lo que cualquiera puede consultar: registros públicos, acuerdos inscritos y periodos de gobierno registrados. Cada elemento con evidencia da sus puntos dentro de su dimensión, y cada dimensión pesa lo que señala la versión del método. Hoy cuenta la situación en que está cada registro; al 31 de diciembre de un año anterior, sus fechas: lo concluido sin fecha de término no cuenta para ningún año. Esta versión no mide personal ni coordinación, porque esos registros no son públicos, ni estrategias, programas, evaluaciones, giras o proyectos. La comparación es con todos los gobiernos del mismo orden, también los que no tienen nada registrado."
        / "Only what anybody may read counts: public records, inscribed agreements and terms of office on file. Each item with evidence gives its points within its dimension, and each dimension weighs what the version of the method says. Today counts the status of each record; at 31 December of an earlier year, its dates: what has ended without a last day on record counts for no year. This version measures neither staff nor coordination, because those records are not public, nor strategies, plans, evaluations, trips or projects. The comparison is with all governments of the same order, also those with nothing on record.";
    sum(sum):
        "Los pesos deben sumar 100; los enviados suman {sum}."
        / "The weights must add up to 100; those sent add up to {sum}.";
    holds_from(today):
        "Señale el {today} o un día posterior: lo ya mostrado no cambia de método."
        / "Name {today} or a later day: what was shown before does not change its method.";
    unknown_version:
        "Señale una versión del método que exista; todas están en /v1/score-methods."
        / "Name a version of the method that exists; all of them are at /v1/score-methods.";
    past_year(last):
        "Señale un año que ya haya terminado, a más tardar {last}; sin año se muestra el día de hoy."
        / "Name a year that is over, {last} at the latest; without a year today is shown.";
    not_scored:
        "Señale un estado o un municipio: los demás gobiernos no se valoran."
        / "Name a state or a municipality: other governments are not scored.";
    years(most):
        "Señale años en orden y un periodo de {most} años como máximo."
        / "Name years in their order, and a period of at most {most} years.";
    one_place:
        "Señale un gobierno o un estado, no ambos."
        / "Name a government or a state, not both.";
    office:
        "Publique la oficina de asuntos internacionales y regístrela abierta."
        / "Publish the international-affairs office and put it on record as open.";
    instrument:
        "Cree la oficina por ley, reglamento, decreto o acuerdo, y señálelo en su registro."
        / "Create the office by law, rules or decree, and say so in its record.";
    legal_personality:
        "Dote a la oficina de personalidad jurídica propia y señálelo en su registro."
        / "Make the office a legal person of its own, and say so in its record.";
    budget_of_year:
        "Publique el presupuesto del año para la acción internacional."
        / "Publish the budget of the year for the action abroad.";
    budget_spent:
        "Cierre el presupuesto público del año, o del anterior, con lo ejercido."
        / "Close the public budget of the year, or of the one before, with what was spent.";
    direct_link:
        "Ubique la oficina a un nivel, como máximo, de la persona titular del gobierno, y señálelo en su registro."
        / "Place the office at most one level from the head of the government, and say so in its record.";
    committee:
        "Instale un comité de ciudades hermanas y publíquelo."
        / "Install a sister-city committee and publish it.";
    committee_rules:
        "Señale el reglamento del comité en su registro."
        / "Name the rules of the committee in its record.";
    session:
        "Celebre una sesión del comité y publíquela con su fecha."
        / "Hold a session of the committee and publish it with its day.";
    registered_agreement:
        "Inscriba un acuerdo en el registro."
        / "Have an agreement inscribed in the registry.";
    complete_inscription:
        "Complete en el registro la fecha de firma y la vigencia de un acuerdo."
        / "Complete the day of signature and the validity of an agreement in the registry.";
    agreement_in_force:
        "Mantenga vigente un acuerdo inscrito."
        / "Keep an inscribed agreement in force.";
    several_agreements:
        "Mantenga vigentes tres acuerdos inscritos."
        / "Keep three inscribed agreements in force.";
    membership:
        "Publique una membresía activa en una red."
        / "Publish an active membership in a network.";
    term_on_file:
        "Registre la administración en funciones con su periodo."
        / "Put the administration in office on file with its term.";
    office_outlived:
        "Señale desde qué año existe la oficina: cuenta si es anterior al periodo en curso, que debe estar registrado."
        / "Say since which year the office exists: it counts if that is before the term in course, which must be on file.";
    committee_outlived:
        "Señale desde qué año existe el comité: cuenta si es anterior al periodo en curso, que debe estar registrado."
        / "Say since which year the committee exists: it counts if that is before the term in course, which must be on file.";
    membership_outlived:
        "Señale desde qué año se pertenece a la red: cuenta si es anterior al periodo en curso, que debe estar registrado."
        / "Say since which year the government belongs to the network: it counts if that is before the term in course, which must be on file.";
    published_text:
        "Haga público el texto de un acuerdo inscrito."
        / "Make the text of an inscribed agreement public.";
    published_minutes:
        "Publique la minuta de una sesión de este año o del anterior."
        / "Publish the minutes of a session of this year or of the one before.";
}

/// What would give the points of an item.
pub const fn gives(item: I) -> Said {
    match item {
        I::Office => office(),
        I::Instrument => instrument(),
        I::LegalPersonality => legal_personality(),
        I::BudgetOfYear => budget_of_year(),
        I::BudgetSpent => budget_spent(),
        I::DirectLink => direct_link(),
        I::Committee => committee(),
        I::CommitteeRules => committee_rules(),
        I::Session => session(),
        I::RegisteredAgreement => registered_agreement(),
        I::CompleteInscription => complete_inscription(),
        I::AgreementInForce => agreement_in_force(),
        I::SeveralAgreements => several_agreements(),
        I::Membership => membership(),
        I::TermOnFile => term_on_file(),
        I::OfficeOutlived => office_outlived(),
        I::CommitteeOutlived => committee_outlived(),
        I::MembershipOutlived => membership_outlived(),
        I::PublishedText => published_text(),
        I::PublishedMinutes => published_minutes(),
    }
}
