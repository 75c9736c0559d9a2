//! Mending past agreements that came on record with an error: one is corrected, or withdrawn
//! because it was recorded in error. Neither says anything about the agreement itself, only about
//! what stands of it here; once it is inscribed, the registry's annotations do this.

use super::content_checks::{check_keys, check_validity};
use super::past::check_counterparts;
use super::request_checks::check_past;
use super::{AgreementKind, PastCompliance, PastCounterpart, PastRecord, Validity};
use crate::catalogs::Catalog;
use crate::counterparts::CounterpartKind;
use crate::imports::{QualityFlag, date_flag, source_flag};
use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::wording;
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

/// Reads a field that was sent. Without it, null would be taken for a field that was not sent.
fn sent<'de, D, T>(field: D) -> std::result::Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(field).map(Some)
}

/// What a past agreement should say. What is not sent stays as it is; null empties a field that may
/// be empty. A validity is replaced as a whole, and so is each list. The owner cannot be corrected:
/// what belongs to another government is withdrawn here and recorded there.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "reason": "El acta dice 20 de octubre, no 2 de octubre.",
    "signed_on": "1998-10-20",
    "place": "Kioto"
}))]
pub struct RecordCorrection {
    /// What was wrong; it stays in the history.
    #[schema(min_length = 1, max_length = 4000)]
    pub reason: String,
    /// What kind of instrument.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = AgreementKind)]
    pub kind: Option<AgreementKind>,
    /// How it is called.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = String, min_length = 1, max_length = 500)]
    pub title: Option<String>,
    /// With whom it was made: all of them.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Vec<PastCounterpart>)]
    pub counterparts: Option<Vec<PastCounterpart>>,
    /// When it was signed, as precisely as is known.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<LegalDate>)]
    pub signed_on: Option<Option<LegalDate>>,
    /// Where.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<String>, max_length = 200)]
    pub place: Option<Option<String>>,
    /// Themes of the catalogue.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Vec<String>)]
    pub themes: Option<Vec<String>>,
    /// The languages of the texts, BCP 47.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Vec<String>)]
    pub languages: Option<Vec<String>>,
    /// From when to when.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<Validity>)]
    pub validity: Option<Option<Validity>>,
    /// Where it is documented.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = String, min_length = 1, max_length = 500)]
    pub source: Option<String>,
    /// What is known of the procedure; the opinion says it where there is one.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = PastCompliance)]
    pub compliance: Option<PastCompliance>,
    /// Whether it is another agreement than one on record with the same counterparts, whose date may
    /// be the same. Without it, such a correction is refused.
    #[serde(default)]
    pub another_agreement: bool,
}

impl RecordCorrection {
    /// Reports everything wrong with it.
    pub fn check(&self, today: NaiveDate) -> Result<()> {
        let mut checks = Checks::default();
        checks.text("/reason", &self.reason, 4000);
        if self.is_empty() {
            checks.add("", "required", wording::past::correct_something());
        }
        if let Some(title) = &self.title {
            checks.recorded_name("/title", title, 500);
        }
        if let Some(source) = &self.source {
            checks.text("/source", source, 500);
        }
        if let Some(place) = &self.place {
            checks.optional_text("/place", place.as_deref(), 200);
        }
        if let Some(counterparts) = &self.counterparts {
            check_counterparts(&mut checks, counterparts);
        }
        if let Some(Some(signed_on)) = &self.signed_on {
            check_past(&mut checks, "/signed_on", signed_on, today);
        }
        if let Some(Some(validity)) = &self.validity {
            check_validity(&mut checks, validity);
        }
        let (themes, languages) = (Catalog::Themes, Catalog::Languages);
        check_keys(&mut checks, "/themes", list(&self.themes), themes, 20);
        check_keys(
            &mut checks,
            "/languages",
            list(&self.languages),
            languages,
            10,
        );
        checks.finish(Problem::ValidationFailed)
    }

    fn is_empty(&self) -> bool {
        let nothing = Self {
            reason: self.reason.clone(),
            kind: None,
            title: None,
            counterparts: None,
            signed_on: None,
            place: None,
            themes: None,
            languages: None,
            validity: None,
            source: None,
            compliance: None,
            another_agreement: self.another_agreement,
        };
        *self == nothing
    }

    /// The doubtful points of the record once it is corrected: what was doubtful about a field that
    /// is corrected is judged anew, everything else stays doubtful.
    pub fn quality_flags(&self, before: &[QualityFlag], record: &PastRecord) -> Vec<QualityFlag> {
        use QualityFlag as Q;
        let mut judged: Vec<QualityFlag> = Vec::new();
        let mut found: Vec<QualityFlag> = Vec::new();
        if self.signed_on.is_some() {
            judged.extend([Q::MissingDate, Q::YearOnlyDate, Q::MonthOnlyDate]);
            found.extend(date_flag(record.signed_on.as_ref()));
        }
        if self.source.is_some() {
            judged.extend([Q::MissingSource, Q::SourceNotOfficial]);
            found.extend(source_flag(record.source.as_deref()));
        }
        if self.counterparts.is_some() {
            judged.extend([
                Q::DomesticCounterpart,
                Q::CounterpartKindUnsure,
                Q::UnknownLevel,
            ]);
            let mut kinds = record.counterparts.iter().map(|card| card.kind);
            let domestic = kinds.any(|kind| kind == CounterpartKind::Domestic);
            found.extend(domestic.then_some(Q::DomesticCounterpart));
        }
        if self.themes.is_some() {
            judged.push(Q::UnknownTheme);
        }
        found.extend(before.iter().filter(|flag| !judged.contains(flag)));
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn list(sent: &Option<Vec<String>>) -> &[String] {
    sent.as_deref().unwrap_or_default()
}

/// Withdraws a past agreement because it was recorded in error: no such agreement was made, or it
/// is another government's, or it stands here twice.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Es el mismo acuerdo que el registrado con fecha 1998-10-20."}))]
pub struct RecordWithdrawal {
    /// Which error; it stays in the history.
    #[schema(min_length = 1, max_length = 4000)]
    pub reason: String,
}

impl RecordWithdrawal {
    /// Reports everything wrong with it.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::default();
        checks.text("/reason", &self.reason, 4000);
        checks.finish(Problem::ValidationFailed)
    }
}

#[cfg(test)]
mod tests;
