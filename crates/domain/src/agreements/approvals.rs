//! What a government decides within itself before it binds itself abroad. It depends on the kind of
//! government, and is said here alone:
//!
//! - a municipality's ayuntamiento decides in cabildo. It approves what binds the municipality, by
//!   two thirds where state law asks for that (CPEUM article 115-I and 115-II-b), and its minutes
//!   and votes are public (LGTAIP article 66-IX). They are asked for.
//! - a borough of Mexico City has no ayuntamiento. Its administration is its mayor's; its concejo
//!   approves the draft budget, and supervises and evaluates the government (CPEUM article
//!   122-A-VI, c). The Constitution asks for no decision of the concejo on an agreement, so none is
//!   asked for here. A concejo that decided may be cited, with its vote.
//! - a state, Mexico City and a federal body have no such council: whoever has the authority signs.

use crate::governments::{BOROUGH, Government};
use crate::refusal::Said;
use crate::tenant::Tier;
use crate::wording;

/// What a government decides within itself before it binds itself abroad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InternalApproval {
    /// The ayuntamiento's decision, with its minutes (acta de cabildo) and its vote.
    Cabildo,
    /// None that a law asks for; a decision of the borough's concejo may be cited.
    Concejo,
    /// None: the signature of the competent authority binds it.
    Authority,
}

impl InternalApproval {
    /// That of a government.
    pub fn of(government: &Government) -> Self {
        match government.tier {
            Tier::Municipality if government.kind.as_deref() == Some(BOROUGH) => Self::Concejo,
            Tier::Municipality => Self::Cabildo,
            Tier::Federal | Tier::FederalBody | Tier::State | Tier::Observer => Self::Authority,
        }
    }

    /// Whether the decision of a council is asked for. The two-thirds rule (CPEUM article 115-II-b)
    /// is about the same councils.
    pub fn is_asked(self) -> bool {
        self == Self::Cabildo
    }

    /// Whether there is a council whose decision can be cited.
    pub fn has_council(self) -> bool {
        self != Self::Authority
    }

    /// The kinds of document in which a lead cites its council's decision.
    pub fn document_kinds(self) -> &'static [&'static str] {
        match self {
            Self::Cabildo => &["council_minutes"],
            Self::Concejo => &["council_minutes", "approval"],
            Self::Authority => &[],
        }
    }

    /// Why it is asked for, or why it is not.
    pub fn why(self) -> Said {
        match self {
            Self::Cabildo => wording::approvals::cabildo(),
            Self::Concejo => wording::approvals::concejo(),
            Self::Authority => wording::approvals::authority(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::seed_governments;
    use crate::tenant::TenantId;

    fn asked_of(id: &str) -> InternalApproval {
        let seed = seed_governments().iter().find(|seed| seed.id == id);
        let seed = seed.unwrap();
        InternalApproval::of(&Government {
            id: TenantId::new(id),
            tier: seed.tier,
            kind: seed.kind.clone(),
            name: seed.name.clone(),
            official_name: None,
            abbreviation: None,
            parent_id: None,
            inegi_key: None,
            area_km2: None,
            valid_from: "1917-02-05".into(),
            valid_to: None,
        })
    }

    #[test]
    fn only_an_ayuntamiento_is_asked_for_its_minutes() {
        use InternalApproval as I;
        for (id, approval, asked, council) in [
            ("14039", I::Cabildo, true, true),
            ("20067", I::Cabildo, true, true),
            ("09003", I::Concejo, false, true),
            ("09017", I::Concejo, false, true),
            ("09", I::Authority, false, false),
            ("14", I::Authority, false, false),
            ("00", I::Authority, false, false),
            ("00-amexcid", I::Authority, false, false),
        ] {
            let found = asked_of(id);
            assert_eq!(found, approval, "{id}");
            assert_eq!((found.is_asked(), found.has_council()), (asked, council));
            assert_eq!(found.document_kinds().is_empty(), !council, "{id}");
        }
        let of = |wanted| {
            let all = seed_governments().iter();
            all.filter(|seed| asked_of(&seed.id) == wanted).count()
        };
        assert_eq!((of(I::Cabildo), of(I::Concejo)), (2462, 16));
    }
}
