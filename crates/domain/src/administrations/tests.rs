use super::*;
use crate::agreements::{Renewal, Term};

fn period(starts_on: &str, ends_on: Option<&str>) -> AdministrationFields {
    AdministrationFields {
        government_id: TenantId::new("14039"),
        starts_on: LegalDate::parse(starts_on).unwrap(),
        ends_on: ends_on.map(|end| LegalDate::parse(end).unwrap()),
        head: None,
    }
}

#[test]
fn periods_overlap_where_they_share_a_day() {
    let first = period("2021-10-01", Some("2024-09-30"));
    for (start, end, overlaps) in [
        ("2024-10-01", Some("2027-09-30"), false),
        ("2024-09-30", Some("2027-09-30"), true),
        ("2018-10-01", Some("2021-09-30"), false),
        ("2018", Some("2021"), true),
        ("2022-01", Some("2022-02"), true),
        ("2024-10", None, false),
        ("2020-01-01", None, true),
    ] {
        let other = period(start, end);
        assert_eq!(first.overlaps(&other), overlaps, "{start} {end:?}");
        assert_eq!(other.overlaps(&first), overlaps, "{start} {end:?}");
    }
    assert!(period("2021", None).overlaps(&period("2030", None)));
}

#[test]
fn a_term_may_have_several_heads_one_after_the_other() {
    let term = period("2024-10-01", Some("2027-09-30"));
    for (start, end, conflict) in [
        // An interim head, and one who comes back, complete the same term.
        ("2026-03-01", Some("2027-09-30"), false),
        ("2026-06-01", Some("2027-09-30"), false),
        // The same head twice, an end of its own within the term, and the end of another term.
        ("2024-10-01", Some("2027-09-30"), true),
        ("2026-03-01", Some("2026-05-31"), true),
        ("2026-03-01", Some("2030-09-30"), true),
        ("2026-03-01", None, true),
        ("2027-10-01", Some("2030-09-30"), false),
    ] {
        let other = period(start, end);
        assert_eq!(term.conflicts_with(&other), conflict, "{start} {end:?}");
        assert_eq!(other.conflicts_with(&term), conflict, "{start} {end:?}");
    }
    // Without a known end nothing says that it is the same term.
    let endless = period("2021", None);
    assert!(endless.conflicts_with(&period("2030", None)));
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let all = [
        period("2026-06-01", Some("2027-09-30")),
        period("2024-10-01", Some("2027-09-30")),
        period("2026-03-01", Some("2027-09-30")),
        period("2027-10", Some("2030-09-30")),
    ];
    for (on, head, ends) in [
        ("2024-10-01", "2024-10-01", "2027-09-30"),
        ("2026-02-28", "2024-10-01", "2027-09-30"),
        ("2026-03-01", "2026-03-01", "2027-09-30"),
        ("2026-05-31", "2026-03-01", "2027-09-30"),
        ("2027-09-30", "2026-06-01", "2027-09-30"),
        ("2027-10-01", "2027-10", "2030-09-30"),
    ] {
        let found = in_office(&all, day(on)).unwrap();
        let ends_on = found.ends_on.as_ref().unwrap();
        assert_eq!(
            (found.starts_on.as_str(), ends_on.as_str()),
            (head, ends),
            "{on}"
        );
    }
    assert!(in_office(&all, day("2024-09-30")).is_none());
}

#[test]
fn whoever_stands_in_completes_the_term() {
    let headed = |starts_on: &str, ends_on: Option<&str>, capacity: &str| AdministrationFields {
        head: Some(Head {
            name: "Persona".into(),
            post: "Presidenta municipal".into(),
            capacity: capacity.into(),
        }),
        ..period(starts_on, ends_on)
    };
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let first = headed("2024-10-01", Some("2026-02-28"), "constitucional");
    for (starts_on, ends_on, capacity, term) in [
        (
            "2026-03-01",
            Some("2027-09-30"),
            "Interina",
            Some("2027-09-30"),
        ),
        (
            "2026-03-01",
            Some("2027-09-30"),
            "presidente sustituto",
            Some("2027-09-30"),
        ),
        ("2026-03-01", None, "encargada del despacho", None),
        // Another term, and somebody who did not take over at once.
        (
            "2026-03-01",
            Some("2029-02-28"),
            "constitucional",
            Some("2026-02-28"),
        ),
        (
            "2026-03-02",
            Some("2027-09-30"),
            "interina",
            Some("2026-02-28"),
        ),
    ] {
        let all = [first.clone(), headed(starts_on, ends_on, capacity)];
        let found = term_end(&all, day("2026-01-15")).map(LegalDate::as_str);
        assert_eq!(found, term, "{starts_on} {capacity}");
    }
    // With the same end the words do not matter.
    let all = [
        headed("2024-10-01", Some("2027-09-30"), "constitucional"),
        headed("2026-03-01", Some("2027-09-30"), "provisional"),
    ];
    for on in ["2026-01-15", "2026-04-01"] {
        let found = term_end(&all, day(on)).map(LegalDate::as_str);
        assert_eq!(found, Some("2027-09-30"), "{on}");
    }
    assert_eq!(term_end(&all, day("2024-01-01")), None);
}

#[test]
fn only_what_a_change_of_the_period_decides_is_altered() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let headed = |name: &str| AdministrationFields {
        head: Some(Head {
            name: name.into(),
            post: "Presidenta municipal".into(),
            capacity: "constitucional".into(),
        }),
        ..period("2021-10-01", Some("2024-09-30"))
    };
    let (ana, eva, none) = (headed("Ana"), headed("Eva"), period("2021-10-01", None));
    let turnover = |before: Option<&AdministrationFields>, after: Option<&AdministrationFields>| {
        let all = |one: Option<&AdministrationFields>| one.cloned().into_iter().collect();
        Turnover {
            before: all(before),
            after: all(after),
        }
    };
    let alters =
        |before, after, name: &str, on: &str| turnover(before, after).alters_doubt(name, day(on));
    assert!(alters(Some(&ana), Some(&eva), "Ana", "2022-01-01"));
    assert!(alters(Some(&ana), Some(&eva), "EVA", "2022-01-01"));
    assert!(!alters(Some(&ana), Some(&eva), "Otra", "2022-01-01"));
    assert!(!alters(Some(&ana), Some(&eva), "Ana", "2025-01-01"));
    assert!(alters(None, Some(&eva), "Ana", "2022-01-01"));
    assert!(!alters(None, Some(&eva), "Eva", "2022-01-01"));
    assert!(!alters(None, Some(&none), "Ana", "2022-01-01"));
    let validity = |ends_on: Option<&str>| Validity {
        enters_into_force_on: None,
        ends_on: ends_on.map(|end| LegalDate::parse(end).unwrap()),
        term: Term::Fixed,
        renewal: Renewal::None,
    };
    let (short, long) = (validity(Some("2023")), validity(Some("2030")));
    let outlives = |before, validity: &Validity, on: &str| {
        turnover(before, Some(&ana)).alters_outliving(Some(validity), day(on))
    };
    for validity in [&short, &long] {
        assert!(outlives(None, validity, "2022-01-01"));
        assert!(!outlives(None, validity, "2025-01-01"));
        assert!(outlives(Some(&none), validity, "2022-01-01"));
        assert!(!outlives(Some(&eva), validity, "2022-01-01"));
    }
    assert!(!outlives(None, &validity(None), "2022-01-01"));
    // An interim head prolongs the term of the head who left, for a vote taken before.
    let left = AdministrationFields {
        ends_on: Some(LegalDate::parse("2023-05-31").unwrap()),
        ..headed("Ana")
    };
    let interim = AdministrationFields {
        starts_on: LegalDate::parse("2023-06-01").unwrap(),
        head: Some(Head {
            name: "Eva".into(),
            post: "Presidenta municipal".into(),
            capacity: "interina".into(),
        }),
        ..headed("Eva")
    };
    let arrival = Turnover {
        before: vec![left.clone()],
        after: vec![interim, left],
    };
    let until_2024 = validity(Some("2024-06-30"));
    assert!(arrival.alters_outliving(Some(&until_2024), day("2022-01-01")));
    assert!(!arrival.alters_outliving(Some(&long), day("2022-01-01")));
    assert!(!arrival.alters_doubt("Ana", day("2022-01-01")));
    assert!(arrival.alters_doubt("Ana", day("2023-07-01")));
}

#[test]
fn a_year_alone_covers_all_its_days() {
    let known = period("2021", Some("2024"));
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    for (on, covered) in [
        ("2020-12-31", false),
        ("2021-01-01", true),
        ("2024-12-31", true),
        ("2025-01-01", false),
    ] {
        assert_eq!(known.covers(day(on)), covered, "{on}");
    }
}
