use super::*;
use crate::agreements::{AgreementKind, Instrument, Validity};
use crate::legal_date::LegalDate;
use crate::standing::Change;
use crate::statistics::Event;

fn subject() -> Subject {
    let party = |id: &str, tier, state: Option<&str>| SubjectParty {
        government: TenantId::new(id),
        tier,
        state: state.map(TenantId::new),
    };
    Subject {
        stage: Stage::Registered,
        compliance: Some(Compliance::Compliant),
        was_unreviewed: false,
        kind: AgreementKind::Twinning,
        instrument: Some(Instrument::Original),
        parties: vec![
            party("14039", Tier::Municipality, Some("14")),
            party("14120", Tier::Municipality, Some("14")),
            party("11", Tier::State, Some("11")),
            party("00-amexcid", Tier::FederalBody, None),
        ],
        body_kind: None,
        counterparts: Vec::new(),
        themes: Vec::new(),
        sdg_targets: vec!["11.4".into(), "11.a".into(), "17.17".into()],
        life: Life {
            signed_on: Some(LegalDate::parse("2020-03").unwrap()),
            validity: None,
            events: Vec::new(),
        },
        announced_month: String::new(),
        registered_on: "2021-01-31".parse().ok(),
        has_text: false,
    }
}

fn validity(term: Term, ends_on: Option<&str>, renewal: Renewal) -> Validity {
    Validity {
        enters_into_force_on: None,
        ends_on: ends_on.map(|day| LegalDate::parse(day).unwrap()),
        term,
        renewal,
    }
}

fn keys(facts: &AgreementFacts, dimension: D) -> Vec<&str> {
    let of = facts.values.iter().filter(|one| one.dimension == dimension);
    of.map(|one| one.value.as_str()).collect()
}

#[test]
fn a_participation_is_the_first_party_of_its_state() {
    let facts = AgreementFacts::of(&subject());
    let first: Vec<bool> = facts
        .parties
        .iter()
        .map(|party| party.first_of_state)
        .collect();
    assert_eq!(first, [true, false, true, true]);
    assert_eq!(keys(&facts, D::State), ["11", "14", "none"]);
    assert_eq!(keys(&facts, D::Municipality), ["14039", "14120", "none"]);
    assert_eq!(keys(&facts, D::SdgGoal), ["11", "17"]);
    assert_eq!(
        (keys(&facts, D::Theme), facts.country.as_str()),
        (vec![""], "")
    );
    assert_eq!(
        (facts.signed_month.as_str(), facts.signed_year.as_str()),
        ("2020-03", "2020")
    );
    assert_eq!(facts.registered_month, "2021-01");
}

#[test]
fn what_was_without_review_is_regularized_once_it_has_been_sent() {
    let gap = |compliance, stage, was_unreviewed| {
        let subject = Subject {
            compliance: Some(compliance),
            stage,
            was_unreviewed,
            ..subject()
        };
        AgreementFacts::of(&subject).gap
    };
    let (fine, unknown) = (Compliance::Compliant, Compliance::Unknown);
    assert_eq!(gap(unknown, Stage::Signed, false), "unreviewed");
    assert_eq!(
        gap(Compliance::NonCompliant, Stage::Registered, false),
        "unreviewed"
    );
    assert_eq!(gap(fine, Stage::Signed, true), "signed_unsent");
    assert_eq!(gap(fine, Stage::PendingRegistration, true), "regularized");
    assert_eq!(gap(fine, Stage::Registered, true), "regularized");
    assert_eq!(gap(fine, Stage::Registered, false), "none");
    assert_eq!(
        gap(fine, Stage::OpinionFavorable, false),
        "favorable_unsigned"
    );
    assert_eq!(gap(unknown, Stage::OutOfScope, false), "none");
    // Nobody knows whether an old inscription had its opinion; that is no gap. What waits for its
    // inscription still has one.
    assert_eq!(gap(unknown, Stage::Registered, false), "none");
    assert_eq!(gap(unknown, Stage::Registered, true), "none");
    for stage in [
        Stage::Reported,
        Stage::PendingRegistration,
        Stage::LegalReview,
    ] {
        assert_eq!(gap(unknown, stage, false), "unreviewed", "{stage:?}");
    }
}

#[test]
fn an_end_is_the_last_day_that_it_can_mean() {
    let ends = |signed_on: Option<&str>, validity: Option<Validity>| {
        let life = Life {
            signed_on: signed_on.map(|day| LegalDate::parse(day).unwrap()),
            validity,
            events: Vec::new(),
        };
        AgreementFacts::of(&Subject { life, ..subject() }).ends_on
    };
    let fixed = |day| Some(validity(Term::Fixed, Some(day), Renewal::ByAgreement));
    assert_eq!(ends(Some("2020"), fixed("2027")), "2027-12-31");
    assert_eq!(ends(Some("2020"), fixed("2027-02")), "2027-02-28");
    assert_eq!(ends(None, fixed("2027-02-03")), "2027-02-03");
    assert_eq!(ends(Some("2020"), None), "");
    let endless = validity(Term::Indefinite, None, Renewal::None);
    assert_eq!(ends(None, Some(endless.clone())), "none");
    let renewed = validity(Term::Fixed, Some("2021"), Renewal::Automatic);
    assert_eq!(ends(Some("2020"), Some(renewed)), "none");
    let draft = Subject {
        stage: Stage::Draft,
        life: Life {
            validity: Some(endless),
            ..Life::default()
        },
        ..subject()
    };
    let facts = AgreementFacts::of(&draft);
    assert_eq!(
        (facts.ends_on.as_str(), keys(&facts, D::Standing)),
        ("unsigned", vec!["none"])
    );
}

#[test]
fn what_was_agreed_later_is_what_counts() {
    let fixed = |day, renewal| validity(Term::Fixed, Some(day), renewal);
    let facts = |signed: Option<Validity>, agreed: &[(&str, Change)]| {
        let event = |(on, change): &(&str, Change)| standing::Event {
            on: LegalDate::parse(on).unwrap(),
            change: change.clone(),
        };
        let life = Life {
            signed_on: Some(LegalDate::parse("2020-03").unwrap()),
            validity: signed,
            events: agreed.iter().map(event).collect(),
        };
        let facts = AgreementFacts::of(&Subject { life, ..subject() });
        (facts.renewal, facts.has_validity, facts.ends_on)
    };
    let first = || Some(fixed("2024-12-31", Renewal::ByAgreement));
    let until = |day| Change::Validity(fixed(day, Renewal::None));
    assert_eq!(
        facts(first(), &[]),
        ("by_agreement", true, "2024-12-31".to_owned())
    );
    let renewed = [("2024-11-02", until("2029-12-31"))];
    assert_eq!(
        facts(first(), &renewed),
        ("none", true, "2029-12-31".to_owned())
    );
    assert_eq!(
        facts(None, &renewed),
        ("none", true, "2029-12-31".to_owned())
    );
    let too_late = [("2025-06-01", until("2029-12-31"))];
    assert_eq!(facts(first(), &too_late).2, "2029-12-31");
    // Terminating an expired agreement does not extend it, however imprecise the day is.
    let ended = [("2026", Change::Terminated)];
    assert_eq!(facts(first(), &ended).2, "2024-12-31");
    let automatic = fixed("2029-12-31", Renewal::Automatic);
    let endless = [("2024-11-02", Change::Validity(automatic))];
    assert_eq!(
        facts(first(), &endless),
        ("automatic", true, "none".to_owned())
    );
}

#[test]
fn standings_follow_each_other_without_a_gap() {
    let life = Life {
        signed_on: Some(LegalDate::parse("2020-03").unwrap()),
        validity: Some(validity(Term::Fixed, Some("2027-02"), Renewal::None)),
        events: Vec::new(),
    };
    let facts = AgreementFacts::of(&Subject { life, ..subject() });
    let mut phases: Vec<&FactValue> = facts
        .values
        .iter()
        .filter(|one| one.dimension == D::Standing)
        .collect();
    phases.sort_by_key(|one| &one.since_on);
    assert_eq!(phases.first().unwrap().since_on, FIRST_DAY);
    assert_eq!(phases.last().unwrap().until_on, LAST_DAY);
    for pair in phases.windows(2) {
        let until: NaiveDate = pair[0].until_on.parse().unwrap();
        assert_eq!(until.succ_opt().unwrap().to_string(), pair[1].since_on);
    }
}

#[test]
fn an_event_is_a_change_of_stage_that_somebody_saw() {
    use Stage as S;
    for (from, to, event) in [
        (None, S::StateReview, Some(Event::Received)),
        (None, S::FederalIntake, Some(Event::Received)),
        (Some(S::Draft), S::FederalIntake, Some(Event::Received)),
        (Some(S::Returned), S::StateReview, Some(Event::Received)),
        (Some(S::StateReview), S::FederalIntake, None),
        (Some(S::OutOfScope), S::FederalIntake, None),
        (Some(S::LegalReview), S::FederalIntake, None),
        (Some(S::FederalIntake), S::Returned, Some(Event::Returned)),
        (None, S::Returned, None),
        (Some(S::Abandoned), S::Returned, None),
        (Some(S::LegalReview), S::Observed, Some(Event::Observed)),
        (
            Some(S::LegalReview),
            S::OpinionFavorable,
            Some(Event::Opined),
        ),
        (Some(S::LegalReview), S::Signed, Some(Event::Opined)),
        (Some(S::OpinionFavorable), S::Signed, None),
        (None, S::OpinionFavorable, None),
        (Some(S::Abandoned), S::Draft, None),
    ] {
        assert_eq!(Event::of(from, to), event, "{from:?} {to:?}");
    }
}
