use super::*;
use crate::agreements::{Renewal, Term, Validity};

fn date(text: &str) -> LegalDate {
    LegalDate::parse(text).unwrap()
}

fn life(signed_on: Option<&str>, ends_on: Option<&str>) -> Life {
    Life {
        signed_on: signed_on.map(date),
        validity: Some(Validity {
            enters_into_force_on: None,
            ends_on: ends_on.map(date),
            term: ends_on.map_or(Term::Indefinite, |_| Term::Fixed),
            renewal: Renewal::None,
        }),
        events: Vec::new(),
    }
}

fn compared(signed_on: Option<&str>, ends_on: Option<&str>) -> Compared {
    Compared {
        id: Uuid::now_v7(),
        stage: Stage::Registered,
        recorded_in_error: false,
        instrument: Instrument::Original,
        relates_to: None,
        themes: vec!["culture".into(), "education".into()],
        period: AgreementPeriod::of(&life(signed_on, ends_on), None),
    }
}

fn kyoto() -> Vec<SharedCounterpart> {
    vec![SharedCounterpart {
        id: Uuid::nil(),
        name: "Kioto".into(),
    }]
}

fn codes(one: &Compared, other: &Compared, named: &[SharedCounterpart]) -> Vec<&'static str> {
    let today = "2026-11-30".parse().unwrap();
    match shared(one, other, named, today) {
        Ok(_) => Vec::new(),
        Err(refusal) => refusal.errors.iter().map(|error| error.code).collect(),
    }
}

#[test]
fn two_that_run_at_the_same_time_overlap_from_the_later_beginning_to_the_earlier_end() {
    let one = compared(Some("2019"), None);
    let mut other = compared(Some("2024-05-01"), Some("2027-06"));
    other.themes = vec!["trade".into(), "culture".into()];
    let today = "2026-11-30".parse().unwrap();
    let found = shared(&one, &other, &kyoto(), today).unwrap();
    assert_eq!(found.themes, ["culture"]);
    assert_eq!(found.since, Some(date("2024-05-01")));
    assert_eq!(found.until, Some(date("2027-06-30")));
    assert_eq!(shared(&other, &one, &kyoto(), today).unwrap(), found);
}

#[test]
fn each_thing_that_keeps_them_apart_is_told() {
    let (one, other) = (compared(Some("2019"), None), compared(Some("2020"), None));
    assert!(codes(&one, &other, &kyoto()).is_empty());
    assert_eq!(codes(&one, &one, &kyoto()), ["same_agreement"]);
    let over = compared(Some("2010"), Some("2015"));
    assert_eq!(codes(&one, &over, &kyoto()), ["periods_apart"]);
    let ending = compared(Some("2019"), Some("2027"));
    let mut planned = compared(None, None);
    planned.period = AgreementPeriod::of(&life(None, None), Some(&date("2028-03")));
    assert_eq!(codes(&ending, &planned, &kyoto()), ["periods_apart"]);
    assert!(codes(&one, &planned, &kyoto()).is_empty());
    let mut renewal = other.clone();
    (renewal.instrument, renewal.relates_to) = (Instrument::Renewal, Some(one.id));
    assert_eq!(codes(&one, &renewal, &kyoto()), ["one_agreement"]);
    let mut amendment = other.clone();
    amendment.instrument = Instrument::Amendment;
    assert_eq!(codes(&one, &amendment, &kyoto()), ["one_agreement"]);
    let mut lost = other.clone();
    lost.stage = Stage::Abandoned;
    lost.themes.clear();
    let all = ["given_up", "no_shared_counterpart", "no_shared_theme"];
    assert_eq!(codes(&one, &lost, &[]), all);
}

#[test]
fn an_act_that_ended_an_agreement_ends_its_period() {
    let mut ended = life(Some("2010"), None);
    ended.events.push(crate::standing::Event {
        on: date("2020-02-01"),
        change: crate::standing::Change::Terminated,
    });
    let period = AgreementPeriod::of(&ended, None);
    assert_eq!(period.ends_on, Some(date("2020-01-31")));
}
