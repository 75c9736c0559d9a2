//! The intake checklist: what SRE's liaison looks at before a case is reviewed. An item that the
//! case does not have is said to be so, with the reason: nobody attests what does not exist.

use super::{
    CHECKLIST, ChecklistItem, InternalApproval, NotApplicableItem, PartyStanding, SubmissionView,
};
use crate::problems::Problem;
use crate::refusal::{Checks, Result, Said};
use crate::texts::TextSet;
use crate::wording;

/// Adds what is wrong with the two lists by themselves: an item that is named twice.
pub(super) fn check_checklist(
    checks: &mut Checks,
    looked_at: &[ChecklistItem],
    exempt: &[NotApplicableItem],
) {
    for (i, item) in looked_at.iter().enumerate() {
        if looked_at.iter().take(i).any(|other| other == item) {
            checks.add(
                format!("/checklist/{i}"),
                "repeated",
                wording::review::each_item_once(),
            );
        }
    }
    checks.at_most("/not_applicable", exempt.len(), CHECKLIST.len());
    for (i, one) in exempt.iter().enumerate() {
        checks.text(&format!("/not_applicable/{i}/reason"), &one.reason, 1000);
        let mut before = exempt.iter().take(i);
        if looked_at.contains(&one.item) || before.any(|other| other.item == one.item) {
            checks.add(
                format!("/not_applicable/{i}/item"),
                "repeated",
                wording::review::each_item_once(),
            );
        }
    }
}

/// The reasons as one note for the history; none where every item applied.
pub(super) fn note(exempt: &[NotApplicableItem]) -> Option<String> {
    let line = |one: &NotApplicableItem| {
        let exempt = wording::review::exempt(one.item.label(), &one.reason);
        exempt.es.into_owned()
    };
    let lines: Vec<String> = exempt.iter().map(line).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// What of the checklist one case has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntakeCase {
    /// What the lead decides within itself.
    pub approval: InternalApproval,
    /// Whether the vote of a council was sent, the lead's or another party's.
    pub council_vote: bool,
    /// Whether the agreement is to bind in another language than Spanish.
    pub binds_in_others: bool,
    /// Whether a text in another language was sent, such as a translation.
    pub text_in_others: bool,
}

impl IntakeCase {
    /// That of a case as it was sent.
    pub fn of(approval: InternalApproval, sent: &SubmissionView, texts: Option<&TextSet>) -> Self {
        let voted = |party: &PartyStanding| party.approval.is_some();
        let is_other = |language: &String| language != "es";
        let texts = texts.into_iter().flat_map(|set| &set.texts);
        Self {
            approval,
            council_vote: sent.content.council_approval.is_some() || sent.parties.iter().any(voted),
            binds_in_others: sent.content.languages.iter().any(is_other),
            text_in_others: texts.map(|text| &text.language).any(is_other),
        }
    }

    /// Whether intake has to look at an item. A translation that binds nobody may be passed over.
    fn requires(&self, item: ChecklistItem) -> bool {
        match item {
            ChecklistItem::CouncilMinutes => self.council_vote,
            ChecklistItem::OtherLanguages => self.binds_in_others,
            _ => true,
        }
    }

    /// Why the case does not have an item; `None` where it has.
    pub fn lacks(&self, item: ChecklistItem) -> Option<Said> {
        match item {
            ChecklistItem::CouncilMinutes if !self.council_vote => Some(match self.approval {
                // An ayuntamiento's vote is sent with every case, except one signed long ago.
                InternalApproval::Cabildo => wording::review::no_council_vote(),
                other => other.why(),
            }),
            ChecklistItem::OtherLanguages if !self.binds_in_others && !self.text_in_others => {
                Some(wording::review::only_in_spanish())
            }
            _ => None,
        }
    }

    /// What to do about the items that are in neither list: those that the case has are looked at,
    /// the others are named as such.
    fn unsettled(&self, looked_at: &[ChecklistItem], exempt: &[NotApplicableItem]) -> Option<Said> {
        let settled = |item: &ChecklistItem| {
            looked_at.contains(item) || exempt.iter().any(|one| one.item == *item)
        };
        let labels = |absent: bool| {
            let open = CHECKLIST.iter().filter(|item| !settled(item));
            let open = open.filter(|item| self.lacks(**item).is_some() == absent);
            let labels: Vec<Said> = open.map(|item| item.label()).collect();
            (!labels.is_empty()).then(|| Said::listed(&labels))
        };
        let open = labels(false).map(wording::review::open_items);
        let absent = labels(true).map(wording::review::absent_items);
        [open, absent]
            .into_iter()
            .flatten()
            .reduce(|first, next| first.and(&next))
    }

    /// Refuses to leave an item out, to attest what the case does not have, and to pass over what it
    /// has.
    pub fn check(&self, looked_at: &[ChecklistItem], exempt: &[NotApplicableItem]) -> Result<()> {
        let mut checks = Checks::default();
        if let Some(said) = self.unsettled(looked_at, exempt) {
            checks.add("/checklist", "incomplete", said);
        }
        for (i, item) in looked_at.iter().enumerate() {
            if let Some(why) = self.lacks(*item) {
                checks.add(
                    format!("/checklist/{i}"),
                    "not_applicable",
                    why.and(&wording::review::name_as_exempt()),
                );
            }
        }
        for (i, one) in exempt.iter().enumerate() {
            if self.requires(one.item) {
                checks.add(
                    format!("/not_applicable/{i}/item"),
                    "applies",
                    wording::review::item_applies(),
                );
            }
        }
        checks.finish(Problem::ValidationFailed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refusal;

    fn pointers(result: Result<()>) -> Vec<(String, &'static str)> {
        let errors = result
            .err()
            .map_or(Vec::new(), |refusal: Refusal| refusal.errors);
        let pair = errors.into_iter().map(|error| (error.pointer, error.code));
        pair.collect()
    }

    fn exempt(items: &[ChecklistItem]) -> Vec<NotApplicableItem> {
        let one = |item: &ChecklistItem| NotApplicableItem {
            item: *item,
            reason: "No consta.".into(),
        };
        items.iter().map(one).collect()
    }

    #[test]
    fn each_item_is_named_once() {
        use ChecklistItem as I;
        let found = |looked_at: &[I], without: &[NotApplicableItem]| {
            let mut checks = Checks::default();
            check_checklist(&mut checks, looked_at, without);
            pointers(checks.finish(Problem::ValidationFailed))
        };
        assert_eq!(found(&CHECKLIST, &[]), []);
        assert_eq!(found(&CHECKLIST[..4], &exempt(&[I::CouncilMinutes])), []);
        assert_eq!(found(&[], &exempt(&CHECKLIST)), []);
        let twice = ("/checklist/1".to_owned(), "repeated");
        assert_eq!(found(&[I::Parties, I::Parties], &[]), [twice]);
        let all_twice = [CHECKLIST, CHECKLIST].concat();
        assert_eq!(found(&all_twice, &[]).len(), CHECKLIST.len());
        let twice = ("/not_applicable/0/item".to_owned(), "repeated");
        assert_eq!(found(&CHECKLIST, &exempt(&[I::Parties])), [twice]);
        let twice = ("/not_applicable/1/item".to_owned(), "repeated");
        assert_eq!(
            found(&CHECKLIST[1..], &exempt(&[I::Parties, I::Parties])),
            [twice]
        );
        let mut empty = exempt(&[I::CouncilMinutes]);
        empty[0].reason = " ".into();
        let silent = ("/not_applicable/0/reason".to_owned(), "required");
        assert_eq!(found(&CHECKLIST[..4], &empty), [silent]);
    }

    #[test]
    fn what_is_left_out_is_named_by_what_the_case_has() {
        let borough = IntakeCase {
            approval: InternalApproval::Concejo,
            council_vote: false,
            binds_in_others: true,
            text_in_others: true,
        };
        let said = |case: IntakeCase, looked_at: &[ChecklistItem]| {
            let refusal = case.check(looked_at, &[]).err();
            let errors = refusal.map_or(Vec::new(), |refusal| refusal.errors);
            let first = errors.into_iter().next();
            first.map_or(String::new(), |error| error.said.es.into_owned())
        };
        // Of a borough without a vote no minutes are still to be looked at.
        assert_eq!(
            said(borough, &CHECKLIST[..4]),
            "Señale como no aplicable, con su razón: Acta de cabildo o de concejo."
        );
        let both = said(borough, &CHECKLIST[..3]);
        assert!(
            both.starts_with("Falta revisar: Textos en otros idiomas."),
            "{both}"
        );
        assert!(both.ends_with("Acta de cabildo o de concejo."), "{both}");
        let voted = IntakeCase {
            council_vote: true,
            ..borough
        };
        let open = said(voted, &CHECKLIST[..4]);
        assert!(open.starts_with("Falta revisar: Acta de cabildo"), "{open}");
        assert_eq!(said(voted, &CHECKLIST), "");
    }

    #[test]
    fn nobody_attests_what_does_not_exist() {
        use ChecklistItem as I;
        let (minutes, languages) = (I::CouncilMinutes, I::OtherLanguages);
        for (approval, council_vote, binds_in_others, absent) in [
            (InternalApproval::Cabildo, true, true, vec![]),
            (InternalApproval::Cabildo, true, false, vec![languages]),
            (InternalApproval::Cabildo, false, true, vec![minutes]),
            (InternalApproval::Concejo, true, true, vec![]),
            (InternalApproval::Concejo, false, true, vec![minutes]),
            (
                InternalApproval::Authority,
                false,
                false,
                vec![languages, minutes],
            ),
        ] {
            let case = IntakeCase {
                approval,
                council_vote,
                binds_in_others,
                text_in_others: binds_in_others,
            };
            let there: Vec<I> = CHECKLIST
                .iter()
                .copied()
                .filter(|item| !absent.contains(item))
                .collect();
            assert_eq!(
                pointers(case.check(&there, &exempt(&absent))),
                [],
                "{case:?}"
            );
            let attested = pointers(case.check(&CHECKLIST, &[]));
            assert_eq!(attested.len(), absent.len(), "{case:?}");
            assert!(attested.iter().all(|(_, code)| *code == "not_applicable"));
            let passed_over = pointers(case.check(&[], &exempt(&CHECKLIST)));
            assert_eq!(passed_over.len(), there.len(), "{case:?}");
            assert!(passed_over.iter().all(|(_, code)| *code == "applies"));
        }
        // A translation may be looked at or passed over.
        let translated = IntakeCase {
            approval: InternalApproval::Cabildo,
            council_vote: true,
            binds_in_others: false,
            text_in_others: true,
        };
        assert_eq!(pointers(translated.check(&CHECKLIST, &[])), []);
        let without: Vec<I> = CHECKLIST
            .iter()
            .copied()
            .filter(|item| *item != languages)
            .collect();
        assert_eq!(
            pointers(translated.check(&without, &exempt(&[languages]))),
            []
        );
    }
}
