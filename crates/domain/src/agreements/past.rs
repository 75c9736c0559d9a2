//! Past agreements, concluded without an opinion having been requested: recorded by their own
//! government or the foreign ministry, or reported by somebody else.

use super::content_checks::check_keys;
use super::request_checks::check_past;
use super::{AgreementKind, CaseAction, Compliance};
use crate::catalogs::Catalog;
use crate::counterparts::{CounterpartFields, CounterpartKind};
use crate::external_ids::{self, ExternalId};
use crate::imports::{QualityFlag, date_flag, source_flag};
use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::{Admitted, Checks, FieldError, Refusal, Result};
use crate::tenant::TenantId;
use crate::wording;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// How a past agreement comes on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PastAction {
    /// By its owner, or by the ministry: it is signed, and was never reviewed.
    RecordUnreviewed,
    /// By its owner's state, or by the ministry: its owner has yet to confirm it.
    Report,
}

impl PastAction {
    /// The action of the procedure that it corresponds to.
    pub fn action(self) -> CaseAction {
        match self {
            Self::RecordUnreviewed => CaseAction::RecordUnreviewed,
            Self::Report => CaseAction::Report,
        }
    }
}

/// What may be known of the procedure of a past agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PastCompliance {
    /// Signed without an opinion.
    NonCompliant,
    /// Nobody knows.
    Unknown,
}

impl From<PastCompliance> for Compliance {
    fn from(past: PastCompliance) -> Self {
        match past {
            PastCompliance::NonCompliant => Self::NonCompliant,
            PastCompliance::Unknown => Self::Unknown,
        }
    }
}

/// A counterpart of a past agreement: one on record, or a new one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PastCounterpart {
    /// One in the caller's sight.
    #[serde(default)]
    pub id: Option<Uuid>,
    /// What is known of one that is not on record.
    #[serde(default)]
    pub fields: Option<CounterpartFields>,
}

/// What is known of a past agreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "action": "record_unreviewed",
    "compliance": "non_compliant",
    "kind": "twinning",
    "title": "Hermanamiento con la ciudad de Kioto",
    "counterparts": [{"fields": {"kind": "foreign_government", "level": "local", "name": "Ciudad de Kioto", "country": "JP"}}],
    "signed_on": "1998-10-20",
    "place": "Kioto",
    "themes": ["culture"],
    "languages": ["es"],
    "source": "Archivo del ayuntamiento, acta 14/1998",
    "reason": "Se firmó sin pedir dictamen.",
    "external_ids": [{"system": "siga-jalisco", "value": "AI-1998-014"}]
}))]
pub struct PastAgreementFields {
    /// How it comes on record.
    pub action: PastAction,
    /// Whose agreement it is; the caller's own government where none is named. A report names it,
    /// and so does SRE's liaison.
    #[serde(default)]
    pub government_id: Option<TenantId>,
    /// What is known of the procedure; of what is recorded, not of what is reported.
    #[serde(default)]
    pub compliance: Option<PastCompliance>,
    /// What kind of instrument.
    pub kind: AgreementKind,
    /// How it is called.
    #[schema(min_length = 1, max_length = 500)]
    pub title: String,
    /// With whom it was made.
    pub counterparts: Vec<PastCounterpart>,
    /// When it was signed, as precisely as is known.
    #[serde(default)]
    pub signed_on: Option<LegalDate>,
    /// Where.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub place: Option<String>,
    /// Themes of the catalogue.
    #[serde(default)]
    pub themes: Vec<String>,
    /// The languages of the texts, BCP 47.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Where it is documented.
    #[schema(min_length = 1, max_length = 500)]
    pub source: String,
    /// Why it comes on record only now.
    #[schema(min_length = 1, max_length = 4000)]
    pub reason: String,
    /// Its ids in systems of the government that puts it on record.
    #[serde(default)]
    pub external_ids: Vec<ExternalId>,
    /// Whether it is another agreement than one on record with the same counterparts, whose date may
    /// be the same. Without it, such an agreement is refused.
    #[serde(default)]
    pub another_agreement: bool,
}

impl PastAgreementFields {
    /// What is known of the procedure is said of what is recorded, and of that alone.
    fn check_compliance(&self, checks: &mut Checks) {
        match (self.action, self.compliance) {
            (PastAction::RecordUnreviewed, None) => {
                let known = [Compliance::NonCompliant, Compliance::Unknown];
                let said = wording::past::compliance_required();
                let error = FieldError::new("/compliance", "required", said);
                let known = known.map(<&'static str>::from);
                checks.push(error.admitting(Admitted::of(known)));
            }
            (PastAction::Report, Some(_)) => {
                checks.add("/compliance", "action", wording::past::compliance());
            }
            _ => {}
        }
    }

    /// Reports everything wrong with the fields. Who puts agreements of others on record, `for_others`,
    /// says whose it is.
    pub fn check(&self, today: chrono::NaiveDate, for_others: bool) -> Result<()> {
        let mut checks = Checks::default();
        checks.recorded_name("/title", &self.title, 500);
        checks.text("/source", &self.source, 500);
        checks.text("/reason", &self.reason, 4000);
        checks.optional_text("/place", self.place.as_deref(), 200);
        check_keys(&mut checks, "/themes", &self.themes, Catalog::Themes, 20);
        check_keys(
            &mut checks,
            "/languages",
            &self.languages,
            Catalog::Languages,
            10,
        );
        if let Some(signed_on) = &self.signed_on {
            check_past(&mut checks, "/signed_on", signed_on, today);
        }
        self.check_compliance(&mut checks);
        if for_others && self.government_id.is_none() {
            checks.add(
                "/government_id",
                "required",
                wording::past::government_required(),
            );
        }
        check_counterparts(&mut checks, &self.counterparts);
        external_ids::check(&self.external_ids, &mut checks);
        checks.finish(Problem::ValidationFailed)
    }

    /// The doubtful points of the record; `kinds` are the kinds of its counterparts. A missing text
    /// is always flagged, because it can only be added later.
    pub fn quality_flags(&self, kinds: &[CounterpartKind]) -> Vec<QualityFlag> {
        let domestic = kinds.contains(&CounterpartKind::Domestic);
        let flags = [
            date_flag(self.signed_on.as_ref()),
            source_flag(Some(&self.source)),
            domestic.then_some(QualityFlag::DomesticCounterpart),
            Some(QualityFlag::MissingText),
        ];
        flags.into_iter().flatten().collect()
    }
}

/// Reports everything wrong with the counterparts that somebody names.
pub(super) fn check_counterparts(checks: &mut Checks, counterparts: &[PastCounterpart]) {
    checks.at_most("/counterparts", counterparts.len(), 20);
    if counterparts.is_empty() {
        checks.add(
            "/counterparts",
            "required",
            wording::past::counterpart_required(),
        );
    }
    for (i, counterpart) in counterparts.iter().enumerate() {
        let place = format!("/counterparts/{i}");
        if counterpart.id.is_some() == counterpart.fields.is_some() {
            checks.add(place, "one_of", wording::past::one_of());
        } else if let Some(Err(Refusal { errors, .. })) =
            counterpart.fields.as_ref().map(CounterpartFields::check)
        {
            checks.0.extend(errors.into_iter().map(|mut error| {
                error.pointer = format!("{place}/fields{}", error.pointer);
                error
            }));
        }
    }
}
