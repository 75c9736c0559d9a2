//! Budgets (presupuestos) for the action abroad.

use super::RecordAction as A;
use super::moves::Move;
use super::{Amount, Filter, Index, Links, RecordKind, RecordStatus as S, Spec, Target, Values};
use crate::refusal::Checks;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What was approved for something in one year, and what was spent of it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"fiscal_year": 2026, "currency": "MXN", "approved": 250_000_000, "spent": 120_000_000, "source": "Recursos propios"}))]
pub struct Budget {
    /// The fiscal year.
    #[schema(minimum = 1900, maximum = 2200)]
    pub fiscal_year: i64,
    /// ISO 4217: a key of `/v1/catalogs/currencies`.
    #[schema(pattern = "^[A-Z]{3}$")]
    pub currency: String,
    /// What was approved, in the minor unit of the currency: centavos of a peso.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub approved: i64,
    /// What was spent so far, in the same unit.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub spent: i64,
    /// Where the money comes from.
    #[serde(default)]
    #[schema(max_length = 300)]
    pub source: Option<String>,
    /// The office whose budget it is.
    #[serde(default)]
    pub office_id: Option<Uuid>,
}

impl RecordKind for Budget {
    const SPEC: Spec = Spec {
        one: "budget",
        many: "budgets",
        says: "Budgets (presupuestos) for the action abroad, by fiscal year: what was approved and what was spent.",
        statuses: &[S::Active, S::Closed],
        closed: &[S::Closed],
        moves: &[
            Move::new(A::Close, &[S::Active], S::Closed).taking(&["spent"]),
            Move::new(A::Open, &[S::Closed], S::Active),
        ],
        filters: &[
            Filter {
                name: "fiscal_year",
                says: "Of this fiscal year.",
                values: Values::Year,
            },
            Filter {
                name: "office_id",
                says: "Of this office.",
                values: Values::Record("international-offices"),
            },
        ],
        links: &["office_id"],
        ..Spec::BASE
    };

    fn check(&self, checks: &mut Checks) {
        checks.within("/fiscal_year", self.fiscal_year, 1900, 2200);
        checks.currency("/currency", &self.currency);
        checks.amount("/approved", self.approved);
        checks.amount("/spent", self.spent);
        checks.optional_text("/source", self.source.as_deref(), 300);
    }

    fn index(&self, index: &mut Index) {
        index.facet("fiscal_year", Some(self.fiscal_year));
        for (name, value) in [("approved", self.approved), ("spent", self.spent)] {
            index.amounts.push(Amount {
                name,
                unit: self.currency.clone(),
                year: i32::try_from(self.fiscal_year).unwrap_or_default(),
                value,
            });
        }
    }

    fn links(&self, links: &mut Links) {
        let office = |id| Target::OwnRecord("international-offices", id);
        links.one("office_id", self.office_id, office);
    }
}
