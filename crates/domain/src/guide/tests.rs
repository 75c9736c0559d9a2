use super::*;
use std::collections::HashSet;

#[test]
fn every_need_has_its_reason_and_stands_in_a_step() {
    for need in Need::VARIANTS {
        let rows: Vec<_> = REASONS.iter().filter(|row| row.need == *need).collect();
        assert_eq!(rows.len(), 1, "{need:?} has {} reasons", rows.len());
        let home = STEPS.iter().any(|row| row.needs.contains(need));
        assert!(home, "{need:?} stands in no step");
    }
}

/// A requirement comes from a law with an article, or from practice without one.
#[test]
fn whatever_is_asked_is_asked_by_a_law_or_by_practice() {
    let of_needs = REASONS
        .iter()
        .map(|row| (format!("{:?}", row.need), row.basis, &row.why));
    let of_steps = STEPS
        .iter()
        .map(|row| (format!("{:?}", row.step), row.basis, &row.why));
    for (what, basis, why) in of_needs.chain(of_steps) {
        assert!(!basis.is_empty(), "{what} rests on nothing");
        for one in basis {
            assert_eq!(one.article.is_none(), one.law == Law::Practice, "{what}");
        }
        assert!(why.es.len() > 20 && why.en.len() > 20, "{what}");
        assert_ne!(why.es, why.en, "{what}");
    }
}

#[test]
fn every_stage_is_due_in_a_step_and_every_step_stands_once() {
    for stage in Stage::VARIANTS {
        let due = STEPS.iter().any(|row| row.stages.contains(stage));
        assert!(due, "{stage:?} is due in no step");
        let said = headlines::headline(*stage);
        assert_ne!(said.es, said.en);
    }
    let steps: Vec<Step> = STEPS.iter().map(|row| row.step).collect();
    assert_eq!(steps, Step::VARIANTS);
    let titles: HashSet<_> = STEPS.iter().map(|row| &row.title).collect();
    assert_eq!(titles.len(), STEPS.len());
}
