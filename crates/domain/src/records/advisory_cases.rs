//! Advice (asesorías) that a government asks of its state or of the foreign ministry.

use super::moves::{EXCHANGE, Move, TAKEN_UP, exchange};
use super::{Access, Index, Links, RecordKind, Spec, Target};
use crate::counterparts::Visibility;
use crate::legal_date::LegalDate;
use crate::refusal::Checks;
use crate::tenant::TenantId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A session of advice.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvisorySession {
    /// When it was.
    on: LegalDate,
    /// What it was about.
    #[schema(min_length = 1, max_length = 1000)]
    about: String,
}

/// Advice that a government asks for, and what it is given.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"provider": "14", "question": "¿Cómo se instala un comité de ciudades hermanas?"}))]
pub struct AdvisoryCase {
    /// The government that is asked: a state or the foreign ministry (`00`).
    pub provider: TenantId,
    /// What the government wants to know.
    #[schema(min_length = 1, max_length = 5000)]
    pub question: String,
    /// What the provider found; it comes with its move, like sessions and deliverables.
    #[serde(default)]
    #[schema(max_length = 10_000)]
    pub diagnosis: Option<String>,
    /// The sessions that were held.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub sessions: Vec<AdvisorySession>,
    /// What was handed over.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub deliverables: Vec<String>,
    /// How content whoever asked is, from 1 to 5; it comes with closing the case.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 5)]
    pub satisfaction: Option<i64>,
}

const GIVEN: &[&str] = &["diagnosis", "sessions", "deliverables"];
const MOVES: [Move; 5] = exchange(GIVEN, &["diagnosis"], &["satisfaction"]);

impl RecordKind for AdvisoryCase {
    const SPEC: Spec = Spec {
        one: "advisory_case",
        many: "advisory-cases",
        says: "Advice (asesorías) that governments ask of their state or of the foreign ministry, with sessions and what was handed over. Only the two sides see it.",
        access: Access::Advice,
        visibility: Visibility::Private,
        visibilities: &[Visibility::Private],
        statuses: EXCHANGE,
        closed: TAKEN_UP,
        moves: &MOVES,
        moved: &["diagnosis", "sessions", "deliverables", "satisfaction"],
        ..Spec::BASE
    };

    fn check(&self, checks: &mut Checks) {
        checks.text("/question", &self.question, 5000);
        checks.optional_text("/diagnosis", self.diagnosis.as_deref(), 10_000);
        checks.at_most("/sessions", self.sessions.len(), 60);
        checks.at_most("/deliverables", self.deliverables.len(), 60);
        for (i, session) in self.sessions.iter().enumerate() {
            checks.text(&format!("/sessions/{i}/about"), &session.about, 1000);
        }
        for (i, one) in self.deliverables.iter().enumerate() {
            checks.text(&format!("/deliverables/{i}"), one, 500);
        }
        if let Some(satisfaction) = self.satisfaction {
            checks.within("/satisfaction", satisfaction, 1, 5);
        }
    }

    fn index(&self, index: &mut Index) {
        index.text(Some(&self.question));
        index.asks = Some(("provider", self.provider.clone()));
    }

    fn links(&self, links: &mut Links) {
        links.one("provider", Some(self.provider.clone()), Target::Government);
    }
}
