//! The bodies that sign agreements: a dependency or a decentralised body, not "the state" (LCT
//! article 1). Other kinds are accepted and flagged for the legal reviewer.

use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::tenant::TenantId;
use crate::wording;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a body is in public law.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum BodyKind {
    /// The head's own office or the council's (administración central).
    Central,
    /// A ministry or department (dependencia).
    Dependency,
    /// A decentralised public body (organismo descentralizado).
    Decentralized,
    /// A decentralised body of several municipalities (organismo intermunicipal).
    Intermunicipal,
    /// An autonomous public university.
    University,
    /// A congress.
    Legislature,
    /// A court or council of the judiciary.
    Court,
    /// A body that the constitution makes autonomous.
    Autonomous,
    /// A public prosecutor's office (fiscalía).
    Prosecutor,
}

impl BodyKind {
    /// Whether LCT article 1 omits it from those who may conclude an agreement. The only
    /// prosecutor's office that it names is the Federation's (DOF 20 May 2021).
    pub fn requires_legal_review(self, federal: bool) -> bool {
        match self {
            Self::Central | Self::Dependency | Self::Decentralized | Self::Intermunicipal => false,
            Self::Prosecutor => !federal,
            Self::University | Self::Legislature | Self::Court | Self::Autonomous => true,
        }
    }
}

/// What a government writes of a body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"governments": ["14039"], "name": "Coordinación General de Relaciones Internacionales", "kind": "dependency", "starts_on": "2024-10-01"}))]
pub struct BodyFields {
    /// Whose body it is; the government that writes it down is among them. Several where it is
    /// intermunicipal.
    #[schema(min_items = 1, max_items = 60)]
    pub governments: Vec<TenantId>,
    /// Its official name.
    #[schema(min_length = 1, max_length = 300)]
    pub name: String,
    /// What it is in public law.
    pub kind: BodyKind,
    /// The first day it existed.
    pub starts_on: LegalDate,
    /// Its last day; absent while it exists.
    #[serde(default)]
    pub ends_on: Option<LegalDate>,
    /// The body of the same government that took its place; of one that has ended only.
    #[serde(default)]
    pub successor_id: Option<Uuid>,
}

impl BodyFields {
    /// Reports everything wrong with it.
    pub fn check(&self, owner: &TenantId) -> Result<()> {
        let mut checks = Checks::default();
        checks.name("/name", &self.name, 300);
        checks.at_most("/governments", self.governments.len(), 60);
        let distinct: HashSet<_> = self.governments.iter().collect();
        if distinct.len() != self.governments.len() {
            checks.add(
                "/governments",
                "repeated",
                wording::common::repeated_government(),
            );
        }
        if !distinct.contains(owner) {
            checks.add(
                "/governments",
                "own_missing",
                wording::governments::own_body(),
            );
        }
        if self.kind != BodyKind::Intermunicipal && self.governments.len() > 1 {
            checks.add(
                "/governments",
                "one_government",
                wording::governments::one_government(),
            );
        }
        if self
            .ends_on
            .as_ref()
            .is_some_and(|end| end.latest() < self.starts_on.earliest())
        {
            checks.add(
                "/ends_on",
                "before_start",
                wording::common::end_before_start(),
            );
        }
        if self.successor_id.is_some() && self.ends_on.is_none() {
            checks.add(
                "/successor_id",
                "not_ended",
                wording::governments::end_before_successor(),
            );
        }
        checks.finish(Problem::ValidationFailed)
    }

    /// The same as it is kept: the name without spaces around it, the governments in the order of
    /// their keys.
    #[must_use]
    pub fn kept(mut self) -> Self {
        self.name = self.name.trim().to_owned();
        self.governments.sort();
        self
    }

    /// Whether it exists on a day, as far as its dates say.
    pub fn stands_on(&self, day: NaiveDate) -> bool {
        self.starts_on.earliest() <= day
            && self.ends_on.as_ref().is_none_or(|end| day <= end.latest())
    }
}

/// A body of one or more governments.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Body {
    /// Its id.
    pub id: Uuid,
    /// The government that wrote it down.
    pub tenant_id: TenantId,
    /// What that government wrote.
    #[serde(flatten)]
    pub fields: BodyFields,
    /// Whether it is of a kind that LCT article 1 does not name, so that the legal reviewer looks
    /// at whether it may sign at all.
    pub requires_legal_review: bool,
    /// Counts the changes.
    pub version: i32,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_1_names_some_kinds_and_of_the_prosecutors_one() {
        let reviewed = |federal| {
            let all = BodyKind::VARIANTS.iter();
            let some = all.filter(|kind| kind.requires_legal_review(federal));
            some.map(|kind| (*kind).into()).collect::<Vec<&str>>()
        };
        let others = ["university", "legislature", "court", "autonomous"];
        assert_eq!(reviewed(true), others);
        assert_eq!(reviewed(false), [&others[..], &["prosecutor"]].concat());
    }
}
