use super::*;
use crate::problems::Problem;
use strum::VariantArray;

fn clause(model: Option<&str>, number: &str, heading: &str) -> Clause {
    Clause {
        model: model.map(str::to_owned),
        number: number.to_owned(),
        heading: heading.to_owned(),
        text: "Texto.".to_owned(),
    }
}

fn text(language: &str, authenticity: Authenticity, clauses: Vec<Clause>) -> FullText {
    FullText {
        language: language.to_owned(),
        authenticity,
        document_id: Uuid::nil(),
        clauses,
    }
}

#[test]
fn the_catalogue_names_kinds_weights_and_sources() {
    let kinds: Vec<&str> = AgreementKind::VARIANTS.iter().map(Into::into).collect();
    for entry in catalogs::entries(Catalog::Clauses) {
        for (name, value) in &entry.attributes {
            if name == "source" {
                assert!(!value.is_empty(), "{}", entry.code);
            } else {
                assert!(kinds.contains(&name.as_str()), "{}: {name}", entry.code);
                assert!(value.parse::<ClauseWeight>().is_ok(), "{}", entry.code);
            }
        }
        assert!(entry.attributes.contains_key("source"), "{}", entry.code);
    }
    assert_eq!(models(AgreementKind::Twinning).count(), 18);
    let weight = |kind, code| {
        models(kind)
            .find(|(entry, _)| entry.code == code)
            .map(|(_, w)| w)
    };
    let plan = "annual_operating_plan";
    assert_eq!(
        weight(AgreementKind::Twinning, plan),
        Some(ClauseWeight::Expected)
    );
    assert_eq!(
        weight(AgreementKind::SpecificCooperation, plan),
        Some(ClauseWeight::Advised)
    );
    assert_eq!(weight(AgreementKind::StatementOfIntent, plan), None);
}

#[test]
fn a_word_points_to_a_clause_by_model_number_or_heading() {
    let third = clause(Some("financing"), "Tercera", "Financiamiento");
    let own = clause(None, "4", "");
    let clauses = [&third, &own];
    let financing = Some(Some("financing".to_owned()));
    for word in ["financing", "TERCERA", "tercera.", "financiamiento"] {
        assert_eq!(pointed_at(&clauses, word), financing, "{word}");
    }
    assert_eq!(pointed_at(&clauses, "4."), Some(None));
    assert_eq!(
        pointed_at(&clauses, "insurance"),
        Some(Some("insurance".to_owned()))
    );
    assert_eq!(pointed_at(&clauses, "Quinta"), None);
    // An empty word does not find a clause without heading.
    assert_eq!(pointed_at(&clauses, ""), None);
}

#[test]
fn the_gravest_state_of_a_binding_language_stands_for_the_clause() {
    use Authenticity::{Authentic, Translation};
    let texts = [
        text(
            "es",
            Authentic,
            vec![
                clause(Some("objective"), "1", ""),
                clause(Some("objective"), "2", ""),
            ],
        ),
        text("en", Authentic, Vec::new()),
        text("fr", Translation, vec![clause(None, "1", "")]),
    ];
    let point = |model: &str, language: Option<&str>| OpenPoint {
        model: model.to_owned(),
        language: language.map(str::to_owned),
    };
    let line = |open: &[OpenPoint]| {
        let lines = checklist(AgreementKind::Twinning, &texts, open);
        lines
            .into_iter()
            .find(|line| line.model == "objective")
            .unwrap()
    };
    let states = |line: &ClauseLine| {
        line.languages
            .iter()
            .map(|one| one.state)
            .collect::<Vec<_>>()
    };
    use ClauseState::{Missing, Observed, Present, Unknown};
    let plain = line(&[]);
    assert_eq!(states(&plain), [Present, Unknown, Missing]);
    assert_eq!(plain.languages[0].numbers, ["1", "2"]);
    // The missing translation is not authentic, so it does not count.
    assert_eq!(plain.state, Unknown);
    assert_eq!(
        states(&line(&[point("objective", Some("es"))])),
        [Observed, Unknown, Missing]
    );
    assert_eq!(states(&line(&[point("objective", None)])), [Observed; 3]);
    assert_eq!(
        states(&line(&[point("term", None)])),
        [Present, Unknown, Missing]
    );
    let nothing = checklist(AgreementKind::Twinning, &[], &[]);
    assert!(nothing.iter().all(|line| line.state == Unknown));
}

#[test]
fn parity_is_of_the_binding_languages_and_unknown_without_clauses() {
    use Authenticity::{Authentic, Translation};
    let both = || {
        vec![
            clause(Some("objective"), "Primera", "Objetivo"),
            clause(None, "Segunda", ""),
        ]
    };
    let other = || {
        vec![
            clause(Some("objective"), "1", "Objective"),
            clause(None, "2", ""),
        ]
    };
    let es = || text("es", Authentic, both());
    assert_eq!(parity(&[]), None);
    assert_eq!(parity(&[es()]), Some(true));
    assert_eq!(parity(&[es(), text("en", Authentic, other())]), Some(true));
    assert_eq!(
        parity(&[es(), text("en", Authentic, other()[..1].to_vec())]),
        Some(false)
    );
    assert_eq!(
        parity(&[es(), text("en", Translation, Vec::new())]),
        Some(true)
    );
    assert_eq!(parity(&[es(), text("en", Authentic, Vec::new())]), None);
}

#[test]
fn what_is_wrong_with_clauses_is_said_of_each() {
    let field = |model: Option<&str>, number: &str, heading: usize, text: usize| ClauseFields {
        model: model.map(str::to_owned),
        number: number.to_owned(),
        heading: "x".repeat(heading),
        text: "x".repeat(text),
    };
    let said = |clauses: &[ClauseFields]| {
        let mut checks = Checks::default();
        check(&mut checks, "/clauses", clauses);
        let refusal = checks.finish(Problem::ValidationFailed).err();
        let errors = refusal.map(|refusal| refusal.errors).unwrap_or_default();
        errors
            .into_iter()
            .map(|error| format!("{} {}", error.pointer, error.code))
            .collect::<Vec<_>>()
    };
    let good = [
        field(Some("term"), "Primera", 300, MAX_CLAUSE_TEXT),
        field(None, "Segunda", 0, 1),
    ];
    assert_eq!(said(&good), Vec::<String>::new());
    let bad = [
        field(Some("plazo"), "", 301, MAX_CLAUSE_TEXT + 1),
        field(None, "1", 0, 0),
        field(None, "1.", 0, 1),
    ];
    let wanted = [
        "/clauses/0/number required",
        "/clauses/0/heading too_long",
        "/clauses/0/text too_long",
        "/clauses/0/model unknown_key",
        "/clauses/1/text required",
        "/clauses/2/number repeated",
    ];
    assert_eq!(said(&bad), wanted);
    let many: Vec<_> = (0..=MAX_CLAUSES)
        .map(|n| field(None, &n.to_string(), 0, 1))
        .collect();
    assert_eq!(said(&many), ["/clauses too_many"]);
    assert_eq!(said(&many[..MAX_CLAUSES]), Vec::<String>::new());
}
