//! Sister-city committees (comités de ciudades hermanas): the citizens who take part.

use super::{
    Access, Index, Links, Move, RecordAction as A, RecordKind, RecordStatus as S, Spec, Target,
};
use crate::counterparts::Visibility;
use crate::legal_date::LegalDate;
use crate::refusal::Checks;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

words! {
    /// What a member is in the committee, or which sector it speaks for.
    CommitteeSeat {
        /// Presides (presidencia).
        President,
        /// Executive secretary (secretaría ejecutiva).
        ExecutiveSecretary,
        /// Technical secretary (secretaría técnica).
        TechnicalSecretary,
        /// Treasurer (tesorería).
        Treasurer,
        /// A member of the council (regiduría).
        Councillor,
        /// A citizen (ciudadanía).
        Citizen,
        /// Universities and schools (academia).
        Academia,
        /// Business (sector empresarial).
        Business,
        /// Civil society (sociedad civil).
        CivilSociety,
        /// Migrants and their communities (diáspora).
        Diaspora,
    }
}

/// A member of a committee.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitteeMember {
    /// The seat.
    seat: CommitteeSeat,
    /// Who sits there.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// That person on the platform, who then reads the committee's records and writes its sessions.
    #[serde(default)]
    person_id: Option<Uuid>,
    /// When the oath was taken.
    #[serde(default)]
    oath_on: Option<LegalDate>,
    /// Since when.
    #[serde(default)]
    since: Option<LegalDate>,
}

/// A committee of citizens.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"rules": "Reglamento de Ciudades Hermanas, 2012", "installed_on": "2025-03-10", "members": [{"seat": "president", "name": "Persona Titular"}]}))]
pub struct Committee {
    /// The rules (reglamento) by which it works.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub rules: Option<String>,
    /// When it was installed.
    #[serde(default)]
    pub installed_on: Option<LegalDate>,
    /// Its members; only the owner reads them.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub members: Vec<CommitteeMember>,
}

impl Committee {
    /// Whether it has rules on record.
    pub fn has_rules(&self) -> bool {
        let rules = self.rules.as_deref().unwrap_or_default();
        !rules.trim().is_empty()
    }
}

impl RecordKind for Committee {
    const SPEC: Spec = Spec {
        one: "committee",
        many: "committees",
        says: "Sister-city committees (comités de ciudades hermanas) of governments, with their rules and members.",
        access: Access::Committee,
        visibility: Visibility::Public,
        statuses: &[S::Installed, S::Renewed, S::Dissolved],
        moves: &[
            Move::new(A::Renew, &[S::Installed, S::Renewed], S::Renewed).taking(&["members"]),
            Move::new(A::Dissolve, &[S::Installed, S::Renewed], S::Dissolved),
        ],
        personal: &["members"],
        ..Spec::BASE
    };

    fn check(&self, checks: &mut Checks) {
        checks.optional_text("/rules", self.rules.as_deref(), 500);
        checks.at_most("/members", self.members.len(), 60);
        for (i, member) in self.members.iter().enumerate() {
            checks.name(&format!("/members/{i}/name"), &member.name, 200);
        }
    }

    fn index(&self, index: &mut Index) {
        index.facet("has_rules", Some(self.has_rules()));
        index.since.clone_from(&self.installed_on);
        let people = self.members.iter().filter_map(|member| member.person_id);
        index.members = people.collect();
    }

    fn links(&self, links: &mut Links) {
        for (i, member) in self.members.iter().enumerate() {
            links.at(
                "member_id",
                format!("/members/{i}/person_id"),
                member.person_id,
                Target::Person,
            );
        }
    }
}
