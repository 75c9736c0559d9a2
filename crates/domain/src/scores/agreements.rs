//! What agreements of the registry show.

use super::{Proof, ScoreEvidence, ScoreItem};
use crate::legal_date::LegalDate;
use chrono::NaiveDate;

use ScoreItem as I;

/// Where evidence of the registry stands.
const REGISTRY: &str = "registry";

/// An agreement as the registry shows it.
#[derive(Debug, Clone)]
pub struct PublicAgreement {
    /// The inscription number.
    pub number: String,
    /// The title.
    pub title: String,
    /// The day of the inscription.
    pub inscribed_on: NaiveDate,
    /// Whether the day of signature and the validity are on record.
    pub complete: bool,
    /// Whether anybody reads its text.
    pub has_text: bool,
    /// When it was in force: from a day to before another, as text.
    pub in_force: Vec<(String, String)>,
}

impl PublicAgreement {
    fn evidence(&self, since: Option<LegalDate>, until: Option<LegalDate>) -> ScoreEvidence {
        ScoreEvidence {
            kind: REGISTRY.to_owned(),
            href: format!("/v1/registry/{}", self.number),
            title: Some(self.title.clone()),
            since,
            until,
            count: 1,
        }
    }

    /// What it shows: from its inscription on that it stands in the registry, and while it was in
    /// force that it operates.
    pub fn proofs(&self, today: NaiveDate) -> Vec<Proof> {
        let mut items = vec![I::RegisteredAgreement];
        if self.complete {
            items.push(I::CompleteInscription);
        }
        if self.has_text {
            items.push(I::PublishedText);
        }
        let inscribed = Proof {
            evidence: self.evidence(Some(LegalDate::day(self.inscribed_on)), None),
            items,
            since: self.inscribed_on,
            until: None,
            stands: true,
        };
        let phases = self.in_force.iter().filter_map(|(since, until)| {
            let first: NaiveDate = since.parse().ok()?;
            let last = until.parse::<NaiveDate>().ok()?.pred_opt()?;
            let known = |day: NaiveDate| LegalDate::parse(&day.to_string()).ok();
            Some(Proof {
                evidence: self.evidence(known(first), known(last)),
                items: vec![I::AgreementInForce, I::SeveralAgreements],
                since: first,
                until: Some(last),
                stands: (first..=last).contains(&today),
            })
        });
        std::iter::once(inscribed).chain(phases).collect()
    }
}
