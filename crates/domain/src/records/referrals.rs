//! Referrals (solicitudes a representaciones): what a government asks of a mission abroad.

use super::moves::{EXCHANGE, Move, TAKEN_UP, exchange};
use super::{Access, Filter, Index, Links, RecordKind, Spec, Target, Values};
use crate::counterparts::Visibility;
use crate::legal_date::{LegalDate, WholeDay};
use crate::refusal::Checks;
use crate::tenant::TenantId;
use crate::wording;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a government asks of a mission abroad, and what that answers.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "mission_id": "01938a5c-7c00-7a00-8000-000000000001",
    "sought": "Una ciudad de tamaño similar con industria aeroespacial.", "deadline": "2027-03-31",
}))]
pub struct Referral {
    /// The mission that is asked.
    pub mission_id: Uuid,
    /// What is sought.
    #[schema(min_length = 1, max_length = 5000)]
    pub sought: String,
    /// Until which day an answer is of use.
    #[serde(default)]
    #[schema(value_type = Option<WholeDay>)]
    pub deadline: Option<LegalDate>,
    /// What the mission answered; it comes with its move.
    #[serde(default)]
    #[schema(max_length = 10_000)]
    pub answer: Option<String>,
}

const MOVES: [Move; 5] = exchange(&["answer"], &["answer"], &[]);

impl RecordKind for Referral {
    const SPEC: Spec = Spec {
        one: "referral",
        many: "referrals",
        says: "What governments ask of Mexico's missions abroad (solicitudes a representaciones), and the answers. Only the two sides see it.",
        access: Access::Referral,
        visibility: Visibility::Private,
        visibilities: &[Visibility::Private],
        statuses: EXCHANGE,
        closed: TAKEN_UP,
        moves: &MOVES,
        filters: &[Filter {
            name: "mission_id",
            says: "To this mission.",
            values: Values::Record("missions"),
        }],
        links: &["mission_id"],
        moved: &["answer"],
        ..Spec::BASE
    };

    fn check(&self, checks: &mut Checks) {
        checks.text("/sought", &self.sought, 5000);
        checks.optional_text("/answer", self.answer.as_deref(), 10_000);
        if self
            .deadline
            .as_ref()
            .is_some_and(|day| !day.is_whole_day())
        {
            checks.add("/deadline", "day", wording::common::day());
        }
    }

    fn index(&self, index: &mut Index) {
        index.text(Some(&self.sought));
        index.within = Some(self.mission_id);
        index.asks = Some(("mission_id", TenantId::sre()));
        index.due_on.clone_from(&self.deadline);
    }

    fn links(&self, links: &mut Links) {
        let mission = |id| Target::Record("missions", id);
        links.one("mission_id", Some(self.mission_id), mission);
    }
}
