//! Memberships (membresías) of governments in networks.

use super::parts::Money;
use super::{
    Filter, Index, Links, Move, RecordAction as A, RecordKind, RecordStatus as S, Spec, Target,
    Values,
};
use crate::catalogs::Catalog;
use crate::counterparts::Visibility;
use crate::legal_date::LegalDate;
use crate::refusal::Checks;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

words! {
    /// What a member is in its network.
    MembershipType {
        /// A member with all rights.
        Full,
        /// A member without a vote.
        Associate,
        /// An observer.
        Observer,
    }
}

/// A post that the government held in the network.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MembershipPost {
    /// Which post.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// Since when.
    #[serde(default)]
    since: Option<LegalDate>,
    /// Until when.
    #[serde(default)]
    until: Option<LegalDate>,
}

/// Something that the network expects of its member.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MembershipDuty {
    /// What is due, such as a report or the fee.
    #[schema(min_length = 1, max_length = 300)]
    what: String,
    /// Until when.
    due_on: LegalDate,
    /// When it was done; absent while it is not.
    #[serde(default)]
    done_on: Option<LegalDate>,
}

/// That a government belongs to a network.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NetworkMembership, example = json!({
    "network_id": "01938a5c-7c00-7a00-8000-000000000001", "type": "full", "fee": {"minor_units": 250_000, "currency": "EUR"},
    "duties": [{"what": "Cuota anual", "due_on": "2027-03-31"}],
}))]
pub struct Membership {
    /// The network.
    pub network_id: Uuid,
    /// What the government is there.
    pub r#type: MembershipType,
    /// The yearly fee.
    #[serde(default)]
    pub fee: Option<Money>,
    /// The person who speaks for the government there; only the owner reads it.
    #[serde(default)]
    pub focal_point_id: Option<Uuid>,
    /// Posts that the government held there.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub posts: Vec<MembershipPost>,
    /// What is due.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub duties: Vec<MembershipDuty>,
}

impl RecordKind for Membership {
    const SPEC: Spec = Spec {
        one: "membership",
        many: "memberships",
        says: "Memberships (membresías) of governments in networks, with fee, posts and what is due.",
        visibility: Visibility::Public,
        statuses: &[S::Applied, S::Active, S::Left],
        moves: &[
            Move::new(A::Join, &[S::Applied, S::Left], S::Active),
            Move::new(A::Leave, &[S::Applied, S::Active], S::Left),
        ],
        filters: &[
            Filter {
                name: "network_id",
                says: "In this network.",
                values: Values::Record("networks"),
            },
            Filter {
                name: "type",
                says: "Of this type.",
                values: Values::Catalog(Catalog::MembershipTypes),
            },
        ],
        personal: &["focal_point_id"],
        links: &["network_id"],
        ..Spec::BASE
    };

    fn check(&self, checks: &mut Checks) {
        checks.money("/fee", self.fee.as_ref());
        checks.at_most("/posts", self.posts.len(), 30);
        checks.at_most("/duties", self.duties.len(), 60);
        for (i, post) in self.posts.iter().enumerate() {
            checks.text(&format!("/posts/{i}/name"), &post.name, 200);
            let until = format!("/posts/{i}/until");
            checks.period(&until, post.since.as_ref(), post.until.as_ref());
        }
        for (i, duty) in self.duties.iter().enumerate() {
            checks.text(&format!("/duties/{i}/what"), &duty.what, 300);
        }
    }

    fn index(&self, index: &mut Index) {
        index.facet("type", Some(self.r#type.word()));
    }

    fn links(&self, links: &mut Links) {
        let network = |id| Target::Record("networks", id);
        links.one("network_id", Some(self.network_id), network);
        links.one("focal_point_id", self.focal_point_id, Target::Person);
    }
}
