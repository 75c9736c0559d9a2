//! The texts of an agreement of the world, with the clauses of the model.

use uuid::Uuid;
use vinculo_domain::agreements::AgreementKind;
use vinculo_domain::catalogs::{Entry, Lang};
use vinculo_domain::clauses::{ClauseFields, models};
use vinculo_domain::documents::Authenticity;
use vinculo_domain::texts::TextFields;

/// How Spanish texts number their clauses.
const ORDINALS: [&str; 18] = [
    "Primera",
    "Segunda",
    "Tercera",
    "Cuarta",
    "Quinta",
    "Sexta",
    "Séptima",
    "Octava",
    "Novena",
    "Décima",
    "Décima primera",
    "Décima segunda",
    "Décima tercera",
    "Décima cuarta",
    "Décima quinta",
    "Décima sexta",
    "Décima séptima",
    "Décima octava",
];

/// A text that has every model clause of a twinning.
pub fn text_for(language: &str, document_id: Uuid) -> TextFields {
    let spanish = language == "es";
    let clause = |(place, (entry, ordinal)): (usize, (&Entry, &str))| {
        let lang = if spanish { Lang::Es } else { Lang::En };
        let heading = entry.label(lang);
        let about = heading.to_lowercase();
        ClauseFields {
            model: Some(entry.code.clone()),
            number: if spanish {
                ordinal.to_owned()
            } else {
                (place + 1).to_string()
            },
            heading: heading.to_owned(),
            text: if spanish {
                format!("Las Partes acuerdan lo relativo a: {about}.")
            } else {
                format!("The Parties agree as follows on: {about}.")
            },
        }
    };
    let of_the_kind = models(AgreementKind::Twinning).map(|(entry, _weight)| entry);
    let clauses = of_the_kind.zip(ORDINALS).enumerate().map(clause);
    TextFields {
        language: language.to_owned(),
        authenticity: Authenticity::Authentic,
        document_id,
        clauses: clauses.collect(),
    }
}
