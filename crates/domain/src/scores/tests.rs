use super::*;
use crate::administrations::AdministrationFields;
use crate::records::{RecordStatus, find};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn record(kind: &'static str, status: RecordStatus, own: Value) -> PublicRecord {
    let Value::Object(own) = own else { panic!() };
    PublicRecord {
        id: Uuid::nil(),
        kind,
        title: "Registro".into(),
        status,
        starts_on: None,
        ends_on: None,
        written_on: day("2026-03-01"),
        own,
    }
}

fn term(starts_on: &str, ends_on: &str) -> AdministrationFields {
    AdministrationFields {
        government_id: TenantId::new("14039"),
        starts_on: LegalDate::parse(starts_on).unwrap(),
        ends_on: Some(LegalDate::parse(ends_on).unwrap()),
        head: None,
    }
}

const TODAY: &str = "2026-11-20";

#[test]
fn the_points_of_a_dimension_are_a_hundred_and_every_item_has_a_rule() {
    for dimension in ScoreDimension::VARIANTS {
        let own = RULES.iter().filter(|rule| rule.dimension == *dimension);
        assert_eq!(
            own.map(|rule| rule.points).sum::<i64>(),
            100,
            "{dimension:?}"
        );
    }
    let ruled: BTreeSet<ScoreItem> = RULES.iter().map(|rule| rule.item).collect();
    assert_eq!(ruled.len(), RULES.len());
    assert_eq!(ruled.len(), ScoreItem::VARIANTS.len());
    let said: BTreeSet<String> = ruled
        .iter()
        .map(|item| wording::scores::gives(*item).es.into_owned())
        .collect();
    assert_eq!(said.len(), ruled.len());
    assert!(
        KINDS
            .iter()
            .chain([&SESSIONS])
            .all(|many| find(many).is_some())
    );
}

#[test]
fn every_item_of_records_is_probed_with_facets_that_there_are() {
    let probes = probes(day(TODAY));
    let elsewhere = [
        ScoreItem::RegisteredAgreement,
        ScoreItem::CompleteInscription,
        ScoreItem::AgreementInForce,
        ScoreItem::SeveralAgreements,
        ScoreItem::TermOnFile,
        ScoreItem::PublishedText,
    ];
    assert_eq!(probes.len() + elsewhere.len(), RULES.len());
    for probe in &probes {
        let spec = &find(probe.kind).unwrap().spec;
        for (name, values) in &probe.all {
            let words = spec.statuses.iter().map(|status| status.word());
            let known: Vec<&str> = words.collect();
            assert!(*name != "status" || values.iter().all(|one| known.contains(&one.as_str())));
        }
    }
}

#[test]
fn weights_add_up_to_a_hundred_or_are_refused_with_what_would_be_right() {
    let first = ScoreMethod::first();
    assert!(first.fields.check(day("2026-01-01")).is_ok());
    let refused = |fields: &ScoreMethodFields, today: &str| {
        let refusal = fields.check(day(today)).unwrap_err();
        let errors = refusal.errors.iter();
        errors
            .map(|error| format!("{} {}", error.pointer, error.code))
            .collect::<Vec<_>>()
    };
    assert_eq!(refused(&first.fields, "2026-01-02"), ["/holds_from past"]);
    let mut fields = first.fields.clone();
    fields.weights.budget += 1;
    assert_eq!(refused(&fields, "2026-01-01"), ["/weights sum"]);
    fields.weights.budget = -1;
    assert_eq!(
        refused(&fields, "2026-01-01"),
        ["/weights/budget out_of_range"]
    );
    fields.weights.budget = 15;
    fields.holds_from = LegalDate::parse("2030").unwrap();
    assert_eq!(refused(&fields, "2026-01-01"), ["/holds_from not_a_day"]);
}

#[test]
fn the_version_of_a_day_is_the_one_that_came_to_hold_last() {
    let first = ScoreMethod::first();
    let version = |version: i32, from: &str| ScoreMethod {
        version,
        fields: ScoreMethodFields {
            holds_from: LegalDate::parse(from).unwrap(),
            ..first.fields.clone()
        },
        ..first.clone()
    };
    let all = [
        first.clone(),
        version(2, "2027-01-01"),
        version(3, "2026-12-01"),
        version(4, "2027-01-01"),
    ];
    let on = |text: &str| ScoreMethod::on(&all, day(text)).unwrap().version;
    assert_eq!(on("1999-01-01"), 1);
    assert_eq!(on("2026-11-30"), 1);
    assert_eq!(on("2026-12-01"), 3);
    assert_eq!(on("2027-01-01"), 4);
}

#[test]
fn what_stands_counts_today_and_what_has_dates_in_the_past() {
    let own = json!({"instrument": "law", "created_on": "2019", "levels_to_executive": 1});
    let mut office = record("international-offices", RecordStatus::Open, own.clone());
    let count = |office: &PublicRecord, moment| {
        let proofs = office.proofs(day(TODAY)).unwrap();
        facts(&proofs, moment, None)
            .get(&ScoreItem::Instrument)
            .copied()
    };
    assert_eq!(count(&office, Moment::Today(day(TODAY))), Some(1));
    assert_eq!(count(&office, Moment::Past(day("2019-12-31"))), Some(1));
    assert_eq!(count(&office, Moment::Past(day("2018-12-31"))), None);
    // Closed without a last day: nobody knows until when.
    office.status = RecordStatus::Closed;
    assert_eq!(count(&office, Moment::Past(day("2019-12-31"))), None);
    office.ends_on = Some(LegalDate::parse("2022-06").unwrap());
    assert_eq!(count(&office, Moment::Today(day(TODAY))), None);
    assert_eq!(count(&office, Moment::Past(day("2021-12-31"))), Some(1));
    assert_eq!(count(&office, Moment::Past(day("2022-12-31"))), None);
    // Without a first day it counts from when it was written down.
    let undated = record(
        "international-offices",
        RecordStatus::Open,
        json!({"instrument": "decree"}),
    );
    assert_eq!(count(&undated, Moment::Past(day("2025-12-31"))), None);
    let manual = json!({"instrument": "manual"});
    let manual = record("international-offices", RecordStatus::Open, manual);
    assert_eq!(count(&manual, Moment::Today(day(TODAY))), None);
}

#[test]
fn budgets_and_sessions_count_in_their_years() {
    let own = json!({"fiscal_year": 2025, "currency": "MXN", "approved": 5});
    let budget = record("budgets", RecordStatus::Closed, own);
    let at = |moment| facts(&budget.proofs(day(TODAY)).unwrap(), moment, None);
    let today = at(Moment::Today(day(TODAY)));
    assert_eq!(today, Facts::from([(ScoreItem::BudgetSpent, 1)]));
    assert_eq!(at(Moment::Past(day("2025-12-31"))).len(), 2);
    assert!(at(Moment::Past(day("2024-12-31"))).is_empty());
    let held = of_sessions((2025, RecordStatus::Held), (3, "x"), day(TODAY)).unwrap();
    let read = of_sessions((2024, RecordStatus::Published), (2, "y"), day(TODAY)).unwrap();
    let proofs = [held, read];
    let today = facts(&proofs, Moment::Today(day(TODAY)), None);
    assert_eq!(today, Facts::from([(ScoreItem::Session, 3)]));
    let past = facts(&proofs, Moment::Past(day("2025-12-31")), None);
    assert_eq!(past[&ScoreItem::Session], 5);
    assert_eq!(past[&ScoreItem::PublishedMinutes], 2);
}

#[test]
fn what_is_of_a_year_before_the_term_outlived_a_change() {
    let terms = [
        term("2024-10-01", "2027-09-30"),
        term("2026-02-01", "2027-09-30"),
        term("2021-10-01", "2024-09-30"),
    ];
    assert_eq!(term_start(&terms, day(TODAY)), Some(day("2024-10-01")));
    assert_eq!(
        term_start(&terms, day("2022-12-31")),
        Some(day("2021-10-01"))
    );
    assert_eq!(term_start(&terms, day("2020-12-31")), None);
    let own = json!({"installed_on": "2023-05-01", "rules": "Reglamento"});
    let committee = record("committees", RecordStatus::Renewed, own);
    let proofs = committee.proofs(day(TODAY)).unwrap();
    let outlived = |moment: Moment| {
        let found = facts(&proofs, moment, term_start(&terms, moment.day()));
        found.contains_key(&ScoreItem::CommitteeOutlived)
    };
    assert!(outlived(Moment::Today(day(TODAY))));
    assert!(!outlived(Moment::Past(day("2023-12-31"))));
    assert!(!outlives(2024, Some(day("2024-10-01"))) && !outlives(1900, None));
}

#[test]
fn an_agreement_is_inscribed_from_one_day_and_in_force_between_others() {
    let agreement = PublicAgreement {
        number: "2026-000001".into(),
        title: "Kioto".into(),
        inscribed_on: day("2026-02-01"),
        complete: true,
        has_text: false,
        in_force: vec![
            ("2010-05-01".into(), "2020-01-01".into()),
            ("2026-01-01".into(), "9999-12-31".into()),
        ],
    };
    let proofs = agreement.proofs(day(TODAY));
    let at = |moment| facts(&proofs, moment, None);
    let today = at(Moment::Today(day(TODAY)));
    assert_eq!(today[&ScoreItem::AgreementInForce], 1);
    assert!(today.contains_key(&ScoreItem::CompleteInscription));
    assert!(!today.contains_key(&ScoreItem::PublishedText));
    assert_eq!(at(Moment::Past(day("2019-12-31"))).len(), 2);
    assert!(at(Moment::Past(day("2020-12-31"))).is_empty());
}

#[test]
fn a_score_is_what_its_items_weigh_and_gaps_are_the_rest() {
    let weights = ScoreMethod::first().fields.weights;
    let nothing = Facts::new();
    assert_eq!(score(&weights, &nothing), 0);
    let all: Facts = RULES.iter().map(|rule| (rule.item, rule.needs)).collect();
    assert_eq!(score(&weights, &all), 10_000);
    assert!(gaps(&weights, &all, true).is_empty());
    let some = Facts::from([(ScoreItem::Office, 2), (ScoreItem::SeveralAgreements, 2)]);
    assert_eq!(score(&weights, &some), 40 * 20);
    let open = gaps(&weights, &some, false);
    assert_eq!(open.len(), RULES.len() - 1);
    let added: f64 = open.iter().map(|gap| gap.would_add).sum();
    assert!((added - 92.0).abs() < 1e-9);
    let levels = [0, 1, 2499, 2500, 5000, 7499, 7500, 10_000].map(ScoreLevel::of);
    use ScoreLevel as L;
    assert_eq!(
        levels,
        [
            L::None,
            L::Low,
            L::Low,
            L::Medium,
            L::High,
            L::High,
            L::VeryHigh,
            L::VeryHigh
        ]
    );
}

#[test]
fn a_place_is_one_more_than_those_above() {
    let place = compare(500, vec![0, 500, 2000, 500]);
    assert_eq!((place.governments, place.position), (4, 2));
    assert_eq!((place.median, place.highest), (5.0, 20.0));
    assert_eq!(compare(0, vec![0, 0, 900]).position, 2);
    assert_eq!(compare(0, vec![0, 0, 900]).median, 0.0);
}
