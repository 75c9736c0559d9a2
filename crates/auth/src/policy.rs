//! The permission table and the scopes made from it.

mod actor;
mod grants;
mod permissions;
mod print;
mod refusing;

use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;
use vinculo_domain::agreements::CaseAction;
use vinculo_domain::records::Access;
use vinculo_domain::{Result, Role, TenantId, Tier, faults};

pub use actor::Actor;
pub use permissions::{Grant, TABLE};
pub use print::{cells, matrix};
pub use refusing::holders;

/// The kind of record that a permission concerns.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr, VariantArray, Serialize,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Periods of governments.
    Administration,
    /// Cases of agreements with everything that belongs to them.
    Agreement,
    /// Bodies of governments.
    Body,
    /// Calendars of working days.
    Calendar,
    /// The catalogues of keys.
    Catalog,
    /// The board that shows how municipalities comply with the law's procedure.
    Compliance,
    /// Counterparts abroad.
    Counterpart,
    /// The catalogue of governments.
    Government,
    /// What a government hands over to its next administration.
    HandOver,
    /// The public registry.
    Inscription,
    /// Collaboration mechanisms.
    Mechanism,
    /// Notices of what wants attention.
    Notice,
    /// Designated offices.
    Office,
    /// The institutionalisation score of governments.
    Score,
    /// The versions of the method of that score.
    ScoreMethod,
    /// Agreements of one government that overlap, and the decisions on them.
    Overlap,
    /// Governments that fit as partners.
    Partner,
    /// The caller's own session and person.
    Session,
    /// Statistics.
    Statistic,
    /// Targets that a government sets itself for a stage.
    Target,
    /// Records that officers of their owner write.
    OfficerRecord,
    /// Records that administrators of their owner write.
    AdminRecord,
    /// Records that the foreign ministry keeps for everybody.
    CatalogRecord,
    /// Records that the foreign ministry and the states keep for everybody.
    LibraryRecord,
    /// Records of committees, which their members write too.
    CommitteeRecord,
    /// What governments ask of missions abroad.
    Referral,
    /// Advice that governments ask for.
    Advice,
    /// What a person finds first at its government.
    Workspace,
}

impl Kind {
    /// The permissions of a kind of record.
    pub fn of_records(access: Access) -> Self {
        match access {
            Access::Officer => Self::OfficerRecord,
            Access::Admin => Self::AdminRecord,
            Access::Catalog => Self::CatalogRecord,
            Access::Library => Self::LibraryRecord,
            Access::Committee => Self::CommitteeRecord,
            Access::Referral => Self::Referral,
            Access::Advice => Self::Advice,
        }
    }
}

/// What is done to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// See it, in lists and alone.
    Read,
    /// Create one.
    Create,
    /// Change it.
    Update,
    /// Remove it.
    Delete,
    /// Add documents and texts to it.
    Attach,
    /// Decide on the transparency class of documents in it.
    Classify,
    /// Annotate an inscription, as the foreign ministry.
    Annotate,
    /// Confirm a case as one of its parties.
    Confirm,
    /// Join, as an adherent, what others signed.
    Adhere,
    /// Leave a case as one of its parties.
    Leave,
    /// See who else read it.
    Trace,
    /// Assign a person of one's own government to it.
    Assign,
    /// See the work that one's own government has to do.
    Workload,
    /// Import past agreements from a file, read about the import, undo it.
    Import,
    /// Correct a past agreement that was recorded with an error.
    CorrectRecord,
    /// Withdraw a past agreement that was recorded in error.
    WithdrawRecord,
    /// Answer what another government asks in a record of its own.
    Answer,
    /// An action of the procedure.
    Case(CaseAction),
}

impl Action {
    /// The action's name in the matrix and in the document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Attach => "attach",
            Self::Classify => "classify",
            Self::Annotate => "annotate",
            Self::Confirm => "confirm_as_party",
            Self::Adhere => "adhere",
            Self::Leave => "leave",
            Self::Trace => "trace",
            Self::Assign => "assign",
            Self::Workload => "workload",
            Self::Import => "import",
            Self::CorrectRecord => "correct_record",
            Self::WithdrawRecord => "withdraw_record",
            Self::Answer => "answer",
            Self::Case(action) => action.into(),
        }
    }
}

/// How far a permission reaches; each value includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, Serialize)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Nothing.
    None,
    /// What anyone may see.
    Public,
    /// The tenant's own.
    Own,
    /// The tenant's own records and those that it was given access to.
    Received,
    /// Everything of the kind.
    All,
}

/// The access of one operation: the key that every store function requires. Its fields are private
/// and only [`scope`] can make one.
///
/// ```compile_fail
/// let forged = vinculo_auth::Scope { actor: None, kind: vinculo_auth::Kind::Agreement };
/// ```
#[derive(Debug, Clone)]
pub struct Scope {
    actor: Option<Actor>,
    tenant: TenantId,
    kind: Kind,
    action: Action,
    reach: Reach,
    read_reach: Reach,
}

impl Scope {
    /// The government whose data the query starts from: the caller's; `public` without a token.
    pub fn tenant(&self) -> &TenantId {
        &self.tenant
    }

    /// The actor; absent without a token.
    pub fn actor(&self) -> Option<&Actor> {
        self.actor.as_ref()
    }

    /// The acting person, if there is one.
    pub fn person(&self) -> Option<Uuid> {
        self.actor.as_ref().and_then(|actor| actor.person)
    }

    /// The actor's roles.
    pub fn roles(&self) -> &[Role] {
        self.actor.as_ref().map_or(&[], |actor| &actor.roles)
    }

    /// Whether the caller is the foreign ministry.
    pub fn is_sre(&self) -> bool {
        self.actor
            .as_ref()
            .is_some_and(|actor| actor.tier == Tier::Federal)
    }

    /// The kind of record that it concerns.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The action that it permits.
    pub fn action(&self) -> Action {
        self.action
    }

    /// How far the action reaches.
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// How far the caller sees records of this kind, whatever the action.
    pub fn read_reach(&self) -> Reach {
        self.read_reach
    }

    /// Refuses if the roles do not have the permission at all.
    pub fn require(&self) -> Result<()> {
        if self.reach == Reach::None && !faults::seeded("any role") {
            Err(self.forbidden())
        } else {
            Ok(())
        }
    }

    /// Whether the same caller has another permission on the same kind.
    pub fn permits(&self, action: Action) -> bool {
        reach(self.actor.as_ref(), self.kind, action) > Reach::None
    }
}

/// The widest reach that any of the actor's roles gives.
pub fn reach(actor: Option<&Actor>, kind: Kind, action: Action) -> Reach {
    let grants = TABLE
        .iter()
        .filter(|row| row.kind == kind && row.actions.contains(&action))
        .flat_map(|row| row.grants);
    let held = grants.filter_map(|grant| match (grant, actor) {
        (Grant::Anyone(reach), _) => Some(*reach),
        (Grant::SignedIn(reach), Some(_)) => Some(*reach),
        (Grant::Roles(tiers, roles, reach), Some(actor)) => {
            let holds =
                tiers.contains(&actor.tier) && actor.roles.iter().any(|role| roles.contains(role));
            holds.then_some(*reach)
        }
        _ => None,
    });
    held.max().unwrap_or(Reach::None)
}

/// Makes the scope of one operation. A reach of `none` is kept, because what the caller can see
/// decides whether the answer is 404 or 403.
pub fn scope(actor: Option<&Actor>, kind: Kind, action: Action) -> Scope {
    Scope {
        tenant: actor.map_or_else(|| TenantId::new("public"), |actor| actor.tenant.clone()),
        actor: actor.cloned(),
        kind,
        action,
        reach: reach(actor, kind, action),
        read_reach: reach(actor, kind, Action::Read),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use vinculo_domain::Role;

    #[test]
    fn each_kind_and_action_stands_in_one_row() {
        let mut seen = HashSet::new();
        for row in TABLE {
            for action in row.actions {
                assert!(
                    seen.insert((row.kind, *action)),
                    "{:?} {:?} stands twice",
                    row.kind,
                    action
                );
            }
        }
        for action in CaseAction::VARIANTS {
            assert!(
                seen.contains(&(Kind::Agreement, Action::Case(*action))),
                "{action:?} has no permission"
            );
        }
    }

    #[test]
    fn agreements_reach_nobody_as_all_and_readers_never_write() {
        for (kind, action, tier, role, reach) in cells() {
            let what = format!("{kind:?} {action:?} {tier:?} {role:?}");
            let opens = matches!(action, Action::Case(action) if action.opens());
            if matches!(kind, Kind::Agreement | Kind::Counterpart)
                && action != Action::Import
                && !opens
            {
                assert!(reach < Reach::All, "{what}");
            }
            let writes = !matches!(action, Action::Read | Action::Trace | Action::Workload)
                && kind != Kind::Session;
            assert!(
                !(writes && matches!(role, Role::Viewer | Role::Auditor | Role::StatisticsReader)),
                "{what}"
            );
            assert!(
                !(writes && tier == Tier::Observer && kind != Kind::Session),
                "{what}"
            );
        }
    }
}
