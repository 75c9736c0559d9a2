use super::*;
use Standing::{Expired, InForce, NotYetInForce, Superseded, Suspended, Terminated, Unknown};

pub(super) fn date(text: &str) -> LegalDate {
    LegalDate::parse(text).unwrap()
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn some(text: &str) -> Option<LegalDate> {
    (!text.is_empty()).then(|| date(text))
}

/// `start/end`, with `~` for automatic renewal, `?` for renewal by agreement, `∞` for an
/// indefinite term; `-` for no validity at all.
fn validity_of(text: &str) -> Option<Validity> {
    if text == "-" {
        return None;
    }
    let (text, renewal) = match text.chars().last() {
        Some('~') => (text.trim_end_matches('~'), Renewal::Automatic),
        Some('?') => (text.trim_end_matches('?'), Renewal::ByAgreement),
        _ => (text, Renewal::None),
    };
    let (start, end) = text.split_once('/').unwrap();
    let term = if end == "∞" {
        Term::Indefinite
    } else {
        Term::Fixed
    };
    Some(Validity {
        enters_into_force_on: some(start),
        ends_on: if term == Term::Fixed { some(end) } else { None },
        term,
        renewal,
    })
}

/// `suspended@2000`, or `2000-01-01/2005@1999` for a new validity.
fn event(text: &str) -> Event {
    let (change, on) = text.split_once('@').unwrap();
    let change = match change {
        "suspended" => Change::Suspended,
        "resumed" => Change::Resumed,
        "terminated" => Change::Terminated,
        "superseded" => Change::Superseded,
        "cancelled" => Change::Cancelled,
        "imported_in_error" => Change::ImportedInError,
        validity => Change::Validity(validity_of(validity).unwrap()),
    };
    Event {
        on: date(on),
        change,
    }
}

pub(super) fn life(signed: &str, validity: &str, events: &[&str]) -> Life {
    Life {
        signed_on: some(signed),
        validity: validity_of(validity),
        events: events.iter().map(|text| event(text)).collect(),
    }
}

type Case = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
    Standing,
);

/// Signature, validity, events, the day, and the standing worked out by hand.
#[rustfmt::skip]
const CASES: &[Case] = &[
    // Unknown facts.
    ("", "-", &[], "2020-01-01", Unknown),
    ("2000-05-10", "-", &[], "2020-01-01", Unknown),
    ("2000-05-10", "-", &[], "2000-05-09", NotYetInForce),
    ("", "/∞", &[], "2020-01-01", Unknown),
    ("", "/2010-12-31", &[], "2005-01-01", Unknown),
    ("", "/2010-12-31", &[], "2011-01-01", Expired),
    ("2000-05-10", "/", &[], "2001-01-01", Unknown),
    // Entry into force: the validity's own day, otherwise the signature.
    ("2000-05-10", "/∞", &[], "2000-05-09", NotYetInForce),
    ("2000-05-10", "/∞", &[], "2000-05-10", InForce),
    ("2000-05-10", "2001-01-01/∞", &[], "2000-12-31", NotYetInForce),
    ("2000-05-10", "2001-01-01/∞", &[], "2001-01-01", InForce),
    ("", "2001-01-01/∞", &[], "2001-01-01", InForce),
    // The last day of a fixed term is a day in force.
    ("2000-05-10", "/2004-02-29", &[], "2004-02-28", InForce),
    ("2000-05-10", "/2004-02-29", &[], "2004-02-29", InForce),
    ("2000-05-10", "/2004-02-29", &[], "2004-03-01", Expired),
    ("2000-02-29", "/2000-02-29", &[], "2000-02-28", NotYetInForce),
    ("2000-02-29", "/2000-02-29", &[], "2000-02-29", InForce),
    ("2000-02-29", "/2000-02-29", &[], "2000-03-01", Expired),
    // Renewal: an automatic one needs nothing, one by agreement needs a recorded act.
    ("2000-05-10", "/2004-12-31~", &[], "2005-01-01", InForce),
    ("2000-05-10", "/2004-12-31~", &[], "2190-01-01", InForce),
    ("2000-05-10", "/2004-12-31~", &["terminated@2007-03-01"], "2007-02-28", InForce),
    ("2000-05-10", "/2004-12-31~", &["terminated@2007-03-01"], "2007-03-01", Terminated),
    ("2000-05-10", "/2004-12-31?", &[], "2004-12-31", InForce),
    ("2000-05-10", "/2004-12-31?", &[], "2005-01-01", Expired),
    ("2000-05-10", "/2004-12-31?", &["/2009-12-31@2004-11-02"], "2005-01-01", InForce),
    ("2000-05-10", "/2004-12-31?", &["/2009-12-31@2004-11-02"], "2010-01-01", Expired),
    // A renewal that came too late leaves a gap.
    ("2000-05-10", "/2004-12-31", &["/2009-12-31@2005-06-01"], "2005-05-31", Expired),
    ("2000-05-10", "/2004-12-31", &["/2009-12-31@2005-06-01"], "2005-06-01", InForce),
    // An amendment that shortens.
    ("2000-05-10", "/∞", &["/2003-12-31@2002-01-01"], "2003-12-31", InForce),
    ("2000-05-10", "/∞", &["/2003-12-31@2002-01-01"], "2004-01-01", Expired),
    ("2000-05-10", "-", &["/2030-12-31@2002-01-01"], "2001-12-31", Unknown),
    ("2000-05-10", "-", &["/2030-12-31@2002-01-01"], "2002-01-01", InForce),
    // Precision: months and years.
    ("1990", "/∞", &[], "1989-12-31", NotYetInForce),
    ("1990", "/∞", &[], "1990-01-01", Unknown),
    ("1990", "/∞", &[], "1990-12-30", Unknown),
    ("1990", "/∞", &[], "1990-12-31", InForce),
    ("1990-02", "/∞", &[], "1990-02-27", Unknown),
    ("1990-02", "/∞", &[], "1990-02-28", InForce),
    ("1992-02", "/∞", &[], "1992-02-28", Unknown),
    ("1992-02", "/∞", &[], "1992-02-29", InForce),
    ("1985", "/1990", &[], "1990-01-01", InForce),
    ("1985", "/1990", &[], "1990-01-02", Unknown),
    ("1985", "/1990", &[], "1990-12-31", Unknown),
    ("1985", "/1990", &[], "1991-01-01", Expired),
    ("1985", "/1990-02", &[], "1990-02-01", InForce),
    ("1985", "/1990-02", &[], "1990-02-28", Unknown),
    ("1985", "/1990-02", &[], "1990-03-01", Expired),
    ("1985", "/1990~", &[], "1990-06-01", InForce),
    ("1985", "/∞", &["terminated@1998"], "1998-01-01", Unknown),
    ("1985", "/∞", &["terminated@1998"], "1998-12-31", Terminated),
    ("1985", "/1990", &["terminated@1990"], "1990-06-01", Unknown),
    ("1985", "/1990", &["/1999@1990"], "1990-06-01", Unknown),
    ("1985", "/1990", &["/1999@1989"], "1990-06-01", InForce),
    // Suspension and resumption.
    ("2000-05-10", "/∞", &["suspended@2003-01-01"], "2003-01-01", Suspended),
    ("2000-05-10", "/∞", &["suspended@2003-01-01", "resumed@2004-01-01"], "2003-12-31", Suspended),
    ("2000-05-10", "/∞", &["suspended@2003-01-01", "resumed@2004-01-01"], "2004-01-01", InForce),
    ("2000-05-10", "/∞", &["suspended@2003"], "2003-06-01", Unknown),
    ("2000-05-10", "/2003-06-30", &["suspended@2003-01-01"], "2003-07-01", Expired),
    ("2000-05-10", "2002-01-01/∞", &["suspended@2001-01-01"], "2001-06-01", NotYetInForce),
    ("2000-05-10", "2002-01-01/∞", &["suspended@2001-01-01"], "2002-01-01", Suspended),
    // Ends by an act: a recorded act takes precedence over the calendar, and the first act remains.
    ("", "-", &["terminated@2003-01-01"], "2003-01-01", Terminated),
    ("", "-", &["terminated@2003-01-01"], "2002-12-31", Unknown),
    ("2000-05-10", "2002-01-01/∞", &["terminated@2001-01-01"], "2002-01-01", Terminated),
    ("2000-05-10", "/2002-12-31", &["terminated@2005-01-01"], "2004-01-01", Expired),
    ("2000-05-10", "/2002-12-31", &["terminated@2005-01-01"], "2005-01-01", Terminated),
    ("2000-05-10", "/∞", &["superseded@2003-01-01"], "2003-01-01", Superseded),
    ("2000-05-10", "/∞", &["superseded@2003-01-01", "terminated@2004-01-01"], "2005-01-01", Superseded),
    ("2000-05-10", "/∞", &["terminated@2003-01-01", "/2010-01-01@2004-01-01"], "2005-01-01", Terminated),
    ("2000-05-10", "/∞", &["superseded@2003-01-01", "cancelled@2004-01-01"], "2004-01-01", Terminated),
    ("2000-05-10", "/∞", &["suspended@2003-01-01", "cancelled@2004-01-01"], "2004-01-01", Terminated),
    ("2000-05-10", "/∞", &["imported_in_error@2004-01-01"], "2003-12-31", InForce),
    ("2000-05-10", "/∞", &["imported_in_error@2004-01-01"], "2004-01-01", Terminated),
    ("2000-05-10", "/∞", &["superseded@2003-01-01", "imported_in_error@2004-01-01"], "2004-01-01", Terminated),
];

#[test]
fn the_standing_is_what_the_law_and_the_paper_say() {
    for (signed, validity, events, on, expected) in CASES {
        let life = life(signed, validity, events);
        assert_eq!(
            of(&life, day(on)),
            *expected,
            "signed {signed}, validity {validity}, {events:?}, on {on}"
        );
    }
}

#[test]
fn dormant_is_answered_by_nothing_on_record() {
    for (signed, validity, events, on, _) in CASES {
        assert_ne!(
            of(&life(signed, validity, events), day(on)),
            Standing::Dormant
        );
    }
}

#[test]
fn what_was_imported_in_error_is_cancelled_but_not_every_cancellation_is_such_an_error() {
    let told = |event: &str, on: &str| {
        let life = life("2000-05-10", "/∞", &[event]);
        (is_cancelled(&life, day(on)), is_imported_in_error(&life))
    };
    assert_eq!(
        told("imported_in_error@2004-01-01", "2004-01-01"),
        (true, true)
    );
    // It was an error all along, and is told since that day.
    assert_eq!(
        told("imported_in_error@2004-01-01", "2003-12-31"),
        (false, true)
    );
    assert_eq!(told("cancelled@2004-01-01", "2004-01-01"), (true, false));
    assert_eq!(told("terminated@2004-01-01", "2004-01-01"), (false, false));
}

#[test]
fn the_last_day_is_the_one_before_the_end() {
    let last = |signed, validity, events: &[&str], on| {
        last_day(&life(signed, validity, events), day(on)).map(|day| day.to_string())
    };
    assert_eq!(
        last("2020-01-01", "/2026-12-31", &[], "2026-11-21").unwrap(),
        "2026-12-31"
    );
    assert_eq!(
        last("2020-01-01", "/2027", &[], "2026-11-21").unwrap(),
        "2027-12-31"
    );
    assert_eq!(
        last("2020-01-01", "/2027", &[], "2027-06-01").unwrap(),
        "2027-12-31"
    );
    assert_eq!(
        last("2020-01-01", "/∞", &["terminated@2027-03-01"], "2026-11-21").unwrap(),
        "2027-02-28"
    );
    assert_eq!(last("2020-01-01", "/2026-12-31~", &[], "2026-11-21"), None);
    assert_eq!(last("2020-01-01", "/∞", &[], "2026-11-21"), None);
    assert_eq!(last("2020-01-01", "/2025-12-31", &[], "2026-11-21"), None);
}
