//! Commitments (compromisos) that outlive an administration.

use super::{
    Filter, Index, Links, Move, RecordAction as A, RecordKind, RecordStatus as S, Spec, Target,
    Values,
};
use crate::catalogs::Catalog;
use crate::legal_date::LegalDate;
use crate::refusal::Checks;
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

words! {
    /// Where a commitment was made.
    CommitmentSource {
        /// In an agreement.
        Agreement,
        /// At a meeting of a committee or a dialogue.
        Meeting,
        /// On a visit or a trip.
        Visit,
        /// By a letter.
        Letter,
        /// In a network.
        Network,
        /// Elsewhere.
        Other,
    }
}

/// What a government has promised abroad.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"source": "visit", "addressee": "Alcaldía de Kioto", "due_on": "2027-06-30"}))]
pub struct Commitment {
    /// Where it was made.
    pub source: CommitmentSource,
    /// To whom.
    #[serde(default)]
    #[schema(max_length = 300)]
    pub addressee: Option<String>,
    /// Until when.
    #[serde(default)]
    pub due_on: Option<LegalDate>,
    /// The office that keeps it.
    #[serde(default)]
    pub office_id: Option<Uuid>,
    /// What shows that it was kept, or why it was not.
    #[serde(default)]
    #[schema(max_length = 5000)]
    pub evidence: Option<String>,
}

const OPEN: &[S] = &[S::Open, S::CarriedOver];

impl RecordKind for Commitment {
    const SPEC: Spec = Spec {
        one: "commitment",
        many: "commitments",
        says: "Commitments (compromisos) made abroad, which pass from one administration to the next until they are kept.",
        statuses: &[S::Open, S::Fulfilled, S::CarriedOver, S::Expired],
        closed: &[S::Fulfilled, S::Expired],
        moves: &[
            Move::new(A::Fulfil, OPEN, S::Fulfilled).needing(&["evidence"]),
            Move::new(A::CarryOver, OPEN, S::CarriedOver),
            Move::new(A::Expire, OPEN, S::Expired).taking(&["evidence"]),
        ],
        filters: &[
            Filter {
                name: "source",
                says: "Made there.",
                values: Values::Catalog(Catalog::CommitmentSources),
            },
            Filter {
                name: "due_year",
                says: "Due in this year.",
                values: Values::Year,
            },
            Filter {
                name: "office_id",
                says: "Kept by this office.",
                values: Values::Record("international-offices"),
            },
        ],
        links: &["office_id"],
        ..Spec::BASE
    };

    fn check(&self, checks: &mut Checks) {
        checks.optional_text("/addressee", self.addressee.as_deref(), 300);
        checks.optional_text("/evidence", self.evidence.as_deref(), 5000);
    }

    fn index(&self, index: &mut Index) {
        index.facet("source", Some(self.source.word()));
        let due = self.due_on.as_ref().map(|date| date.earliest().year());
        index.facet("due_year", due);
        index.text(self.addressee.as_deref());
    }

    fn links(&self, links: &mut Links) {
        let office = |id| Target::OwnRecord("international-offices", id);
        links.one("office_id", self.office_id, office);
    }
}
