use super::*;
use crate::agreements::Compliance;
use crate::counterparts::{CounterpartCard, CounterpartLevel};
use crate::tenant::TenantId;
use serde_json::{Value, json};
use uuid::Uuid;

fn card(name: &str, country: &str) -> CounterpartCard {
    CounterpartCard {
        id: Uuid::nil(),
        kind: CounterpartKind::ForeignGovernment,
        level: CounterpartLevel::Local,
        name: name.into(),
        country: Some(country.into()),
    }
}

fn record() -> PastRecord {
    PastRecord {
        kind: AgreementKind::Twinning,
        title: "Hermanamiento con Kioto".into(),
        counterparts: vec![card("Ciudad de Kioto", "JP")],
        signed_on: LegalDate::parse("1998").ok(),
        place: Some("Kioto".into()),
        themes: vec!["culture".into()],
        languages: vec!["es".into()],
        validity: None,
        source: Some("Archivo".into()),
        compliance: Compliance::Unknown,
    }
}

fn correction(mut fields: Value) -> RecordCorrection {
    fields["reason"] = json!("Error de captura.");
    serde_json::from_value(fields).unwrap()
}

fn today() -> NaiveDate {
    "2026-11-20".parse().unwrap()
}

/// Field, old and new value of each change.
fn changed(fields: Value) -> Vec<(String, Option<String>, Option<String>)> {
    let before = record();
    let next = before.corrected(&correction(fields), None);
    let changes = before.changes(&next).into_iter();
    changes
        .map(|change| (change.field, change.old, change.new))
        .collect()
}

#[test]
fn what_is_not_sent_stays_and_null_empties() {
    let some = |text: &str| Some(text.to_owned());
    assert!(changed(json!({})).is_empty());
    for (fields, field, old, new) in [
        (
            json!({"signed_on": "1998-10-20"}),
            "signed_on",
            some("1998"),
            some("1998-10-20"),
        ),
        (json!({"signed_on": null}), "signed_on", some("1998"), None),
        (json!({"place": null}), "place", some("Kioto"), None),
        (json!({"place": "  "}), "place", some("Kioto"), None),
        (json!({"themes": []}), "themes", some("culture"), None),
        (
            json!({"themes": ["trade", "culture"]}),
            "themes",
            some("culture"),
            some("trade, culture"),
        ),
        (
            json!({"kind": "domestic"}),
            "kind",
            some("twinning"),
            some("domestic"),
        ),
        (
            json!({"compliance": "non_compliant"}),
            "compliance",
            some("unknown"),
            some("non_compliant"),
        ),
        (
            json!({"title": " Hermanamiento "}),
            "title",
            some("Hermanamiento con Kioto"),
            some("Hermanamiento"),
        ),
    ] {
        assert_eq!(
            changed(fields.clone()),
            [(field.to_owned(), old, new)],
            "{fields}"
        );
    }
    let validity = changed(json!({"validity": {"term": "indefinite"}}));
    assert_eq!(
        (validity[0].0.as_str(), &validity[0].1),
        ("validity", &None)
    );
    // The same again changes nothing.
    let same = json!({"title": "Hermanamiento con Kioto ", "signed_on": "1998", "themes": ["culture"],
        "validity": null, "source": "Archivo", "compliance": "unknown"});
    assert!(changed(same).is_empty());
}

#[test]
fn null_is_no_value_for_what_may_not_be_empty() {
    for field in [
        "title",
        "kind",
        "counterparts",
        "themes",
        "languages",
        "source",
        "compliance",
    ] {
        let mut sent = json!({"reason": "Error."});
        sent[field] = Value::Null;
        serde_json::from_value::<RecordCorrection>(sent).unwrap_err();
    }
    for field in ["government_id", "action", "stage", "note"] {
        let mut sent = json!({"reason": "Error."});
        sent[field] = json!("x");
        serde_json::from_value::<RecordCorrection>(sent).unwrap_err();
    }
}

#[test]
fn everything_wrong_is_said_at_once() {
    let wrong = correction(json!({
        "title": " ", "source": "", "signed_on": "2030", "themes": ["nada"], "languages": ["xx"],
        "counterparts": [], "validity": {"term": "fixed"}, "place": "x".repeat(201),
    }));
    let refusal = wrong.check(today()).unwrap_err();
    let mut found: Vec<&str> = refusal
        .errors
        .iter()
        .map(|one| one.pointer.as_str())
        .collect();
    found.sort_unstable();
    let wanted = [
        "/counterparts",
        "/languages/0",
        "/place",
        "/signed_on",
        "/source",
        "/themes/0",
        "/title",
        "/validity/ends_on",
    ];
    assert_eq!(found, wanted);
    let empty = correction(json!({})).check(today()).unwrap_err();
    assert_eq!(
        (empty.errors[0].pointer.as_str(), empty.errors[0].code),
        ("", "required")
    );
    correction(json!({"signed_on": null}))
        .check(today())
        .unwrap();
    let silent = RecordWithdrawal { reason: " ".into() };
    silent.check().unwrap_err();
}

#[test]
fn only_kind_counterparts_and_date_make_another_fingerprint() {
    let before = record();
    let mut other = before.clone();
    other.counterparts = vec![card("KIOTO", "JP")];
    let owner = TenantId::new("14039");
    for (fields, same) in [
        (json!({"title": "Otro"}), true),
        (
            json!({"place": null, "source": "Gaceta", "themes": []}),
            true,
        ),
        (json!({"signed_on": "1998-10-20"}), false),
        (json!({"signed_on": null}), false),
        (json!({"kind": "specific_cooperation"}), false),
    ] {
        let next = before.corrected(&correction(fields.clone()), None);
        assert_eq!(before.is_recognised_as(&next), same, "{fields}");
        let prints = (before.fingerprint(&owner), next.fingerprint(&owner));
        assert_eq!(prints.0 == prints.1, same, "{fields}");
    }
    let named = before.corrected(&correction(json!({})), Some(other.counterparts.clone()));
    assert!(!before.is_recognised_as(&named));
    // The same counterpart spelled otherwise is the same agreement.
    let spelled = before.corrected(
        &correction(json!({})),
        Some(vec![card("ciudad de  KIOTO", "JP")]),
    );
    assert!(before.is_recognised_as(&spelled));
}

#[test]
fn another_counterpart_of_the_same_name_is_a_change() {
    let mut before = record();
    before.counterparts[0].id = Uuid::from_u128(1);
    let with = |id: u128| {
        let mut card = before.counterparts[0].clone();
        card.id = Uuid::from_u128(id);
        before.corrected(&correction(json!({})), Some(vec![card]))
    };
    assert!(before.changes(&with(1)).is_empty());
    // Described anew, it is the one that stands there.
    assert!(before.changes(&with(0)).is_empty());
    let other = before.changes(&with(2));
    assert_eq!(other.len(), 1);
    assert_eq!(other[0].field, "counterparts");
}

#[test]
fn doubts_are_judged_anew_where_something_is_corrected() {
    use QualityFlag as Q;
    let before = [
        Q::YearOnlyDate,
        Q::SourceNotOfficial,
        Q::CounterpartKindUnsure,
        Q::UnknownTheme,
        Q::MissingText,
    ];
    let flags = |fields: Value| {
        let by = correction(fields);
        let cards = by
            .counterparts
            .as_ref()
            .map(|_named| vec![card("Nara", "JP")]);
        by.quality_flags(&before, &record().corrected(&by, cards))
    };
    assert_eq!(flags(json!({"title": "Otro"})), before);
    let dated = [
        Q::SourceNotOfficial,
        Q::CounterpartKindUnsure,
        Q::UnknownTheme,
        Q::MissingText,
    ];
    assert_eq!(flags(json!({"signed_on": "1998-10-20"})), dated);
    assert!(flags(json!({"signed_on": null})).contains(&Q::MissingDate));
    assert!(flags(json!({"signed_on": "1998-10"})).contains(&Q::MonthOnlyDate));
    let all = json!({"signed_on": "1998-10-20", "source": "Gaceta municipal", "themes": [],
        "counterparts": [{"id": Uuid::from_u128(1)}]});
    assert_eq!(flags(all), [Q::MissingText]);
}
