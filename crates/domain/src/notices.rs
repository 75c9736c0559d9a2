//! Cases that need attention: workload and notices of a government, computed from the cases that it
//! can see. A notice is of something due, or of something that another government did and that this
//! one should know of.

use crate::agreements::{CaseAction, Stage};
use crate::legal_date::LegalDate;
use crate::records::RecordStatus;
use crate::tenant::TenantId;
use crate::urgencies::Priority;
use serde::Serialize;
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;
use uuid::Uuid;

/// Drafts and returned cases untouched for this many days are reported.
pub const STALE_AFTER_DAYS: u32 = 90;
/// After this many days they are abandoned.
pub const ABANDON_AFTER_DAYS: u32 = 365;
/// What another government did is noticed for this many days, or until the case moves on.
pub const NEWS_DAYS: i64 = 30;

/// Why a case is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, EnumString, IntoStaticStr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NoticeKind {
    /// Its due date is past.
    Overdue,
    /// Its due date comes within three business days.
    DueSoon,
    /// A draft or returned case that nobody touched for long.
    Stale,
    /// Another government announced that it negotiates (LCT article 7).
    Announced,
    /// A reviewer returned your case with remarks.
    Returned,
    /// The ministry made observations on your text.
    Observed,
    /// The ministry issued its opinion on your case.
    OpinionIssued,
    /// The registrar asks about what you sent for inscription.
    Queried,
    /// Your agreement was inscribed.
    Registered,
    /// The ministry found that the law on treaties does not apply to your case.
    OutOfScope,
    /// Another government asks something of yours.
    Asked,
    /// The government that you asked took it up.
    Accepted,
    /// The government that you asked answered.
    Answered,
    /// The government that you asked does not take it up.
    Declined,
    /// Another government took back what it asked of yours.
    Withdrawn,
    /// Another government closed what yours had answered.
    Closed,
}

impl NoticeKind {
    /// The notice that an owner gets of a reviewer's action, while the case is in the stage that the
    /// action led to.
    pub fn of_review(action: CaseAction) -> Option<Self> {
        match action {
            CaseAction::ReturnToOwner => Some(Self::Returned),
            CaseAction::Observe => Some(Self::Observed),
            CaseAction::IssueOpinion => Some(Self::OpinionIssued),
            CaseAction::Query => Some(Self::Queried),
            CaseAction::Register => Some(Self::Registered),
            CaseAction::DeclareOutOfScope => Some(Self::OutOfScope),
            _ => None,
        }
    }
}

/// The stages to which the actions lead that an owner gets a notice of.
pub const REVIEWED_STAGES: [Stage; 7] = [
    Stage::Returned,
    Stage::Observed,
    Stage::OpinionFavorable,
    Stage::OpinionUnfavorable,
    Stage::Signed,
    Stage::Registered,
    Stage::OutOfScope,
];

/// The record of an exchange that is noticed. What is asked and answered is read there.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NoticedRecord {
    /// The kind, by its word in the address.
    #[schema(example = "referrals")]
    pub kind: String,
    /// The record.
    pub id: Uuid,
    /// How it stands.
    pub status: RecordStatus,
    /// The government that is asked.
    pub asked: TenantId,
}

/// A case in the government's sight that wants attention, or a move of the other side of an exchange.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Notice {
    /// Why.
    pub kind: NoticeKind,
    /// The day that counts: the due date, the day since which it is stale, or the day on which the
    /// other government acted.
    pub on: LegalDate,
    /// The case; `null` where the notice is of an exchange.
    pub agreement_id: Option<Uuid>,
    /// The exchange; `null` where the notice is of a case.
    pub record: Option<NoticedRecord>,
    /// The lead government, or the one that asks.
    pub owner: TenantId,
    /// How it is called.
    pub title: String,
    /// Where the case stands.
    pub stage: Option<Stage>,
    /// How pressing it is.
    pub priority: Priority,
    /// Who has it in your government.
    pub assigned_to: Option<Uuid>,
}

/// The open cases in one person's hands, in one stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkloadLine {
    /// The stage.
    pub stage: Stage,
    /// The person; `null` for cases that nobody was given.
    pub assigned_to: Option<Uuid>,
    /// How many.
    pub open: i64,
    /// Of these, due within three business days.
    pub due_soon: i64,
    /// Of these, past their due date.
    pub overdue: i64,
    /// Of these, urgent.
    pub urgent: i64,
    /// The business days for which the oldest has been in the government's hands in this stage.
    pub oldest_days: i32,
}

/// What lies before a government.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Workload {
    /// The day for which it was counted.
    pub as_of: LegalDate,
    /// By stage and person.
    pub lines: Vec<WorkloadLine>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreements::{PROCEDURE, Seat, Target};
    use std::collections::HashSet;
    use strum::VariantArray;

    #[test]
    fn an_owner_gets_a_notice_of_each_action_that_gives_it_its_case_back_or_ends_it() {
        let told = CaseAction::VARIANTS.iter();
        let told: HashSet<_> = told
            .filter(|one| NoticeKind::of_review(**one).is_some())
            .collect();
        for rule in PROCEDURE.iter().filter(|rule| rule.seat != Seat::Owner) {
            let back = match rule.to {
                Target::To(Stage::Withdrawn) => false,
                Target::To(stage) => stage.holder() == Seat::Owner || stage == Stage::OutOfScope,
                Target::ByOpinion => true,
                _ => false,
            };
            // What is reported or recorded about a government opens a case.
            let back = back && !rule.action.opens();
            assert_eq!(told.contains(&rule.action), back, "{:?}", rule.action);
            if let (true, Target::To(stage)) = (back, rule.to) {
                assert!(REVIEWED_STAGES.contains(&stage), "{stage:?}");
            }
        }
        assert_eq!(told.len(), 6);
    }
}
