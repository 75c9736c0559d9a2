//! The circle of relations (círculo de vinculación): with whom a government works, and at which
//! level. Levels are recorded as they are and need not be equal.

use crate::agreements::AgreementKind;
use crate::counterparts::{CounterpartKind, CounterpartLevel};
use crate::legal_date::LegalDate;
use crate::tenant::{TenantId, Tier};
use crate::text;
use serde::Serialize;
use std::collections::BTreeMap;
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// What somebody is to the government in the middle of the circle.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RelationKind {
    /// The foreign ministry, which inscribed it or was sent it.
    ForeignMinistry,
    /// Its own state: a party, or sent it for review.
    OwnState,
    /// Another Mexican party.
    MexicanParty,
    /// A foreign government.
    ForeignGovernment,
    /// An international organisation.
    InternationalOrganization,
    /// A private counterpart; never in the registry alone.
    Private,
    /// A Mexican counterpart outside the parties.
    Domestic,
}

impl From<CounterpartKind> for RelationKind {
    fn from(kind: CounterpartKind) -> Self {
        match kind {
            CounterpartKind::ForeignGovernment => Self::ForeignGovernment,
            CounterpartKind::InternationalOrganization => Self::InternationalOrganization,
            CounterpartKind::Private => Self::Private,
            CounterpartKind::Domestic => Self::Domestic,
        }
    }
}

/// Where a relation is known from.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, IntoStaticStr, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RelationSource {
    /// The public registry.
    Registry,
    /// Cases in the caller's sight that are not inscribed.
    Case,
}

/// How many of its newest numbers a relation lists.
const NUMBERS: usize = 3;

/// Somebody in the circle, by one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Relation {
    /// What it is to the government.
    pub kind: RelationKind,
    /// Where it is known from.
    pub source: RelationSource,
    /// The Mexican government, by key.
    pub government_id: Option<TenantId>,
    /// Its name.
    pub name: String,
    /// The order of government, of a Mexican one.
    pub tier: Option<Tier>,
    /// The level of its government, of a counterpart.
    pub level: Option<CounterpartLevel>,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// How many agreements.
    pub agreements: i64,
    /// How many of them twin territories.
    pub twinnings: i64,
    /// The first signature with a date.
    pub first_signed_on: Option<LegalDate>,
    /// The last one.
    pub last_signed_on: Option<LegalDate>,
    /// The newest numbers in the registry, three at most.
    pub numbers: Vec<String>,
}

/// What one agreement contributes to a relation.
#[derive(Debug, Clone)]
pub struct Tie {
    /// The kind of agreement.
    pub kind: AgreementKind,
    /// When it was signed.
    pub signed_on: Option<LegalDate>,
    /// Its number in the registry.
    pub number: Option<String>,
}

impl Relation {
    /// A relation with a Mexican government.
    pub fn with_government(
        kind: RelationKind,
        source: RelationSource,
        id: TenantId,
        name: String,
        tier: Tier,
    ) -> Self {
        Self {
            government_id: Some(id),
            tier: Some(tier),
            ..Self::new(kind, source, name)
        }
    }

    /// A relation with a counterpart.
    pub fn with_counterpart(
        kind: CounterpartKind,
        source: RelationSource,
        name: String,
        level: CounterpartLevel,
        country: Option<String>,
    ) -> Self {
        Self {
            level: Some(level),
            country,
            ..Self::new(kind.into(), source, name)
        }
    }

    fn new(kind: RelationKind, source: RelationSource, name: String) -> Self {
        Self {
            kind,
            source,
            government_id: None,
            name,
            tier: None,
            level: None,
            country: None,
            agreements: 0,
            twinnings: 0,
            first_signed_on: None,
            last_signed_on: None,
            numbers: Vec::new(),
        }
    }

    /// Its sort key: kind, country, name, level, source. Spellings of a name that differ only in
    /// capitals and accents are the same.
    pub fn key(&self) -> String {
        let level: &'static str = self.level.map_or("", Into::into);
        let source: &'static str = self.source.into();
        let government = self.government_id.as_ref().map_or("", TenantId::as_str);
        let country = self.country.as_deref().unwrap_or_default();
        let name = text::fold(&self.name);
        let kind = self.kind as u8;
        format!("{kind}\u{1}{country}\u{1}{name}\u{1}{level}\u{1}{government}\u{1}{source}")
    }

    fn tie(&mut self, tie: &Tie) {
        self.agreements += 1;
        self.twinnings += i64::from(tie.kind == AgreementKind::Twinning);
        if let Some(day) = &tie.signed_on {
            let earlier = |known: &LegalDate| known.as_str() <= day.as_str();
            if !self.first_signed_on.as_ref().is_some_and(earlier) {
                self.first_signed_on = Some(day.clone());
            }
            let later = |known: &LegalDate| known.as_str() >= day.as_str();
            if !self.last_signed_on.as_ref().is_some_and(later) {
                self.last_signed_on = Some(day.clone());
            }
        }
        if let Some(number) = &tie.number {
            self.numbers.push(number.clone());
            self.numbers.sort_by(|one, other| other.cmp(one));
            self.numbers.truncate(NUMBERS);
        }
    }
}

/// Collects one page of a circle while agreements are read. It never keeps more relations than the
/// page and one more, however many there are.
#[derive(Debug)]
pub struct Circle {
    after: Option<String>,
    room: usize,
    kept: BTreeMap<String, Relation>,
}

impl Circle {
    /// A page of `limit` relations after a key, and one more that shows whether there is a next
    /// page.
    pub fn page(after: Option<String>, limit: i64) -> Self {
        Self {
            after,
            room: usize::try_from(limit).unwrap_or(0) + 1,
            kept: BTreeMap::new(),
        }
    }

    /// Adds what an agreement contributes to a relation. A relation dropped from the page cannot
    /// return, because enough others precede it.
    pub fn add(&mut self, relation: Relation, tie: &Tie) {
        let key = relation.key();
        if self.after.as_ref().is_some_and(|after| key <= *after) {
            return;
        }
        self.kept.entry(key).or_insert(relation).tie(tie);
        if self.kept.len() > self.room {
            self.kept.pop_last();
        }
    }

    /// The relations in order.
    pub fn into_relations(self) -> Vec<Relation> {
        self.kept.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partner(name: &str) -> Relation {
        let kind = CounterpartKind::ForeignGovernment;
        let level = CounterpartLevel::Local;
        let country = Some("JP".to_owned());
        Relation::with_counterpart(kind, RelationSource::Registry, name.into(), level, country)
    }

    fn tie(signed_on: &str, number: &str) -> Tie {
        Tie {
            kind: AgreementKind::Twinning,
            signed_on: LegalDate::parse(signed_on).ok(),
            number: Some(number.into()),
        }
    }

    #[test]
    fn a_relation_counts_dates_and_names_its_newest_numbers() {
        let mut circle = Circle::page(None, 10);
        for (name, day, number) in [
            ("Kioto", "2001-05", "2001-000004"),
            ("KIOTO", "1999", "1999-000001"),
            ("Kiotó", "2026-01-02", "2026-000009"),
            ("Kioto", "", "2020-000001"),
        ] {
            circle.add(partner(name), &tie(day, number));
        }
        let found = circle.into_relations();
        assert_eq!(found.len(), 1);
        let one = &found[0];
        assert_eq!((one.agreements, one.twinnings), (4, 4));
        let day = |day: &Option<LegalDate>| day.as_ref().map(|day| day.as_str().to_owned());
        assert_eq!(day(&one.first_signed_on).as_deref(), Some("1999"));
        assert_eq!(day(&one.last_signed_on).as_deref(), Some("2026-01-02"));
        assert_eq!(one.numbers, ["2026-000009", "2020-000001", "2001-000004"]);
    }

    #[test]
    fn pages_keep_little_and_lose_nothing() {
        let names: Vec<String> = (0..60).map(|n| format!("Ciudad {}", n * 37 % 20)).collect();
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let mut circle = Circle::page(after.clone(), 7);
            for (n, name) in names.iter().enumerate() {
                circle.add(partner(name), &tie("2020", &format!("2020-{n:06}")));
                assert!(circle.kept.len() <= 8);
            }
            let mut found = circle.into_relations();
            let more = found.len() > 7;
            found.truncate(7);
            after = found.last().map(Relation::key);
            seen.extend(found);
            if !more {
                break;
            }
        }
        assert_eq!(seen.len(), 20);
        assert!(seen.iter().all(|relation| relation.agreements == 3));
        assert!(seen.is_sorted_by_key(Relation::key));
    }
}
