use super::*;
use crate::annotations::{AnnotationChanges, AnnotationFields};
use crate::inscriptions::Inscription;
use crate::legal_date::LegalDate;
use crate::standing;
use serde_json::{Value, json};

/// An inscription in force until the end of 2026.
fn inscribed() -> Consolidation {
    let inscription: Inscription = serde_json::from_value(json!({
        "number": "2026-000001", "kind": "twinning", "instrument": "original", "title": "Hermanamiento",
        "tier": "state", "parties": [], "counterparts": [], "themes": [], "sdg_targets": [], "languages": [],
        "validity": fixed("2026-12-31"), "signed_on": "2026-01-01", "signatories": [], "documents": [],
        "registered_at": "2026-02-01T00:00:00Z", "updated_at": "2026-02-01T00:00:00Z",
        "responsible_body": "", "licence": "",
    }))
    .unwrap();
    Consolidation::of(&inscription)
}

fn fixed(last: &str) -> Value {
    json!({"term": "fixed", "ends_on": last})
}

fn validity(value: Value) -> Option<Validity> {
    serde_json::from_value(value).unwrap()
}

/// Applies an annotation if it passes the checks.
fn annotate(form: &mut Consolidation, changes: AnnotationChanges) -> Vec<(String, &'static str)> {
    if let AnnotationChanges::Correction { fields } = &changes {
        let mut checks = Checks::default();
        check_corrections(fields, form, "2026-06-02".parse().unwrap(), &mut checks);
        if let Err(refusal) = checks.finish(crate::problems::Problem::ValidationFailed) {
            let errors = refusal.errors.into_iter();
            return errors.map(|one| (one.pointer, one.code)).collect();
        }
    }
    let fields = AnnotationFields {
        effective_on: LegalDate::parse("2026-06-01").unwrap(),
        instrument_number: None,
        document_id: None,
        ground: None,
        changes,
    };
    form.apply(&fields, None);
    Vec::new()
}

fn correction(old: Value, new: Value) -> AnnotationChanges {
    AnnotationChanges::Correction {
        fields: vec![Correction::Validity {
            old: validity(old),
            new: validity(new),
        }],
    }
}

/// The last day that the record shows, and the last day that its standing uses.
fn last_days(form: &Consolidation) -> (Option<String>, Option<String>) {
    let record = form.record.validity.as_ref();
    let shown = record.and_then(|one| Some(one.ends_on.as_ref()?.as_str().to_owned()));
    let day = "2026-06-02".parse().unwrap();
    (
        shown,
        standing::last_day(&form.life, day).map(|day| day.to_string()),
    )
}

#[test]
fn where_nobody_knows_the_validity_agreed_later_no_earlier_one_comes_back() {
    let both = |day: &str| (Some(day.to_owned()), Some(day.to_owned()));
    let mut form = inscribed();
    let renewal = json!({"kind": "renewal", "ends_on": "2030-12-31"});
    annotate(&mut form, serde_json::from_value(renewal).unwrap());
    assert_eq!(last_days(&form), both("2030-12-31"));
    for (new, days) in [
        (fixed("2029-12-31"), both("2029-12-31")),
        (Value::Null, (None, None)),
        (fixed("2028-12-31"), both("2028-12-31")),
    ] {
        let now = serde_json::to_value(&form.record.validity).unwrap();
        assert_eq!(annotate(&mut form, correction(now, new)), []);
        assert_eq!(last_days(&form), days);
    }
}

#[test]
fn the_validity_as_inscribed_may_be_unknown_after_all() {
    let mut form = inscribed();
    let now = serde_json::to_value(&form.record.validity).unwrap();
    assert_eq!(annotate(&mut form, correction(now, Value::Null)), []);
    assert_eq!(last_days(&form), (None, None));
}
