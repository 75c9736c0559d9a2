//! Recognises kinds of agreements, levels of counterparts and official sources in files.

use crate::agreements::AgreementKind;
use crate::counterparts::CounterpartLevel;
use crate::text::fold;

/// The kind that a cell names.
pub(super) fn kind(text: &str) -> Option<AgreementKind> {
    let folded = fold(text);
    let name = ["acuerdo de ", "convenio de "]
        .iter()
        .find_map(|prefix| folded.strip_prefix(prefix))
        .unwrap_or(&folded);
    Some(match name {
        "hermanamiento"
        | "hermanamiento de amplio alcance"
        | "ciudades hermanas"
        | "ciudad hermana"
        | "twinning"
        | "twinning agreement"
        | "sister city"
        | "sister cities" => AgreementKind::Twinning,
        "cooperacion especifica"
        | "acuerdo especifico"
        | "specific cooperation"
        | "specific cooperation agreement" => AgreementKind::SpecificCooperation,
        "carta de intencion"
        | "intencion"
        | "declaracion de intencion"
        | "letter of intent"
        | "statement of intent" => AgreementKind::StatementOfIntent,
        "nacional" | "interno" | "hermanamiento nacional" | "domestic" => AgreementKind::Domestic,
        "contrato privado" | "private contract" => AgreementKind::PrivateContract,
        _ => return None,
    })
}

/// The level that a cell names.
pub(super) fn level(text: &str) -> Option<CounterpartLevel> {
    Some(match fold(text).as_str() {
        "nacional" | "federal" | "national" => CounterpartLevel::National,
        "regional" | "estatal" | "estado" | "provincia" | "provincial" | "region"
        | "departamento" | "prefectura" | "state" | "province" => CounterpartLevel::Regional,
        "metropolitano" | "metropolitana" | "metropolitan" => CounterpartLevel::Metropolitan,
        "local" | "municipal" | "municipio" | "ciudad" | "city" | "municipality" => {
            CounterpartLevel::Local
        }
        "ninguno" | "none" => CounterpartLevel::None,
        _ => return None,
    })
}

/// Whether a name suggests something other than a government. LCT article 1 admits only governments
/// and international organisations, and only a person can tell these from companies.
pub(super) fn may_not_be_a_government(name: &str) -> bool {
    const WORDS: [&str; 20] = [
        "agencia",
        "asociacion",
        "association",
        "banco",
        "camara",
        "chamber",
        "empresa",
        "foundation",
        "fundacion",
        "gmbh",
        "inc",
        "instituto",
        "ltd",
        "onu",
        "organizacion",
        "organization",
        "unesco",
        "unicef",
        "universidad",
        "university",
    ];
    fold(name).split(' ').any(|word| WORDS.contains(&word))
}

/// Whether a source can be recognised as a public body or an official gazette.
pub(super) fn is_official(source: &str) -> bool {
    const WORDS: [&str; 18] = [
        "amexcid",
        "ayuntamiento",
        "cabildo",
        "cancilleria",
        "congreso",
        "consulado",
        "dgcp",
        "diario oficial",
        "dof",
        "embajada",
        "gaceta",
        "gobierno",
        "municipio",
        "periodico oficial",
        "rai",
        "relaciones exteriores",
        "secretaria",
        "sre",
    ];
    let folded = format!(" {} ", fold(source));
    WORDS
        .iter()
        .any(|word| folded.contains(&format!(" {word} ")))
}
