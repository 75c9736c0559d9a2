//! A past agreement as it stands on record: what a correction of it changes, and by what a second
//! record of it is recognised.

use super::{AgreementKind, Compliance, RecordCorrection, Validity};
use crate::counterparts::CounterpartCard;
use crate::history::RecordChange;
use crate::imports::fingerprint;
use crate::legal_date::LegalDate;
use crate::tenant::TenantId;

/// What may be corrected of a past agreement, as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct PastRecord {
    /// What kind of instrument.
    pub kind: AgreementKind,
    /// How it is called.
    pub title: String,
    /// With whom it was made; a counterpart that is not on record yet has the nil id.
    pub counterparts: Vec<CounterpartCard>,
    /// When it was signed.
    pub signed_on: Option<LegalDate>,
    /// Where.
    pub place: Option<String>,
    /// Themes of the catalogue.
    pub themes: Vec<String>,
    /// The languages of the texts.
    pub languages: Vec<String>,
    /// From when to when.
    pub validity: Option<Validity>,
    /// Where it is documented.
    pub source: Option<String>,
    /// What is known of the procedure.
    pub compliance: Compliance,
}

impl PastRecord {
    /// The record as a correction makes it; `counterparts` are those that the correction names, if
    /// it names any.
    #[must_use]
    pub fn corrected(
        &self,
        by: &RecordCorrection,
        counterparts: Option<Vec<CounterpartCard>>,
    ) -> Self {
        let filled = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let place = by
            .place
            .as_ref()
            .map(|place| place.as_ref().and_then(filled));
        Self {
            kind: by.kind.unwrap_or(self.kind),
            title: by
                .title
                .as_ref()
                .map_or_else(|| self.title.clone(), |title| title.trim().to_owned()),
            counterparts: counterparts.unwrap_or_else(|| self.counterparts.clone()),
            signed_on: by
                .signed_on
                .clone()
                .unwrap_or_else(|| self.signed_on.clone()),
            place: place.unwrap_or_else(|| self.place.clone()),
            themes: by.themes.clone().unwrap_or_else(|| self.themes.clone()),
            languages: by
                .languages
                .clone()
                .unwrap_or_else(|| self.languages.clone()),
            validity: by.validity.clone().unwrap_or_else(|| self.validity.clone()),
            source: by
                .source
                .as_ref()
                .map_or_else(|| self.source.clone(), filled),
            compliance: by.compliance.map_or(self.compliance, Into::into),
        }
    }

    /// The fields in which `next` differs from this record.
    pub fn changes(&self, next: &Self) -> Vec<RecordChange> {
        let mut changes: Vec<RecordChange> = self
            .words()
            .into_iter()
            .zip(next.words())
            .filter(|((_field, old), (_same, new))| old != new)
            .map(|((field, old), (_same, new))| RecordChange {
                field: field.to_owned(),
                old,
                new,
            })
            .collect();
        // Another counterpart of the same name is a change too.
        let names = |change: &RecordChange| change.field == "counterparts";
        if !changes.iter().any(names) && !self.names_the_same(next) {
            changes.push(RecordChange {
                field: "counterparts".into(),
                old: listed(&self.counterparts),
                new: listed(&next.counterparts),
            });
        }
        changes
    }

    /// Whether `next` names the records that this one names; one that is not on record yet is
    /// compared by what is known of it alone.
    fn names_the_same(&self, next: &Self) -> bool {
        let pairs = self.counterparts.iter().zip(&next.counterparts);
        self.counterparts.len() == next.counterparts.len()
            && pairs
                .into_iter()
                .all(|(old, new)| new.id.is_nil() || new.id == old.id)
    }

    /// Whether a second record of the agreement would be recognised by this one's fingerprint.
    pub fn is_recognised_as(&self, other: &Self) -> bool {
        let owner = TenantId::new("");
        self.fingerprint(&owner) == other.fingerprint(&owner)
    }

    /// By which a second record of the same agreement is recognised.
    pub fn fingerprint(&self, owner: &TenantId) -> String {
        let pairs: Vec<(&str, &str)> = self
            .counterparts
            .iter()
            .map(|card| (card.name.as_str(), card.country.as_deref().unwrap_or("-")))
            .collect();
        fingerprint(owner.as_str(), &pairs, self.kind, self.signed_on.as_ref())
    }

    /// The fields in words, in their order in a correction.
    fn words(&self) -> [(&'static str, Option<String>); 10] {
        let word = |word: &'static str| Some(word.to_owned());
        let keys = |keys: &[String]| Some(keys.join(", ")).filter(|keys| !keys.is_empty());
        let day = self.signed_on.as_ref();
        let validity = self.validity.as_ref();
        [
            ("kind", word(self.kind.into())),
            ("title", Some(self.title.clone())),
            ("counterparts", listed(&self.counterparts)),
            ("signed_on", day.map(|day| day.as_str().to_owned())),
            ("place", self.place.clone()),
            ("themes", keys(&self.themes)),
            ("languages", keys(&self.languages)),
            (
                "validity",
                validity.and_then(|validity| serde_json::to_string(validity).ok()),
            ),
            ("source", self.source.clone()),
            ("compliance", word(self.compliance.into())),
        ]
    }
}

/// Counterparts in words: `Ciudad de Kioto (JP, foreign_government, local)`.
fn listed(cards: &[CounterpartCard]) -> Option<String> {
    let word = |card: &CounterpartCard| {
        let (kind, level): (&str, &str) = (card.kind.into(), card.level.into());
        let country = card.country.as_deref().unwrap_or("-");
        format!("{} ({country}, {kind}, {level})", card.name.trim())
    };
    let words: Vec<String> = cards.iter().map(word).collect();
    Some(words.join("; ")).filter(|words| !words.is_empty())
}
