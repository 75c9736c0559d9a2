//! Sessions (sesiones) of committees.

use super::{
    Access, CommitteeSeat, Filter, Index, Links, Move, RecordAction as A, RecordKind,
    RecordStatus as S, Spec, Target, Values,
};
use crate::catalogs::Catalog;
use crate::legal_date::LegalDate;
use crate::refusal::Checks;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

words! {
    /// Whether a session was due.
    MeetingType {
        /// One that the rules ask for.
        Ordinary,
        /// One that was called for a reason.
        Extraordinary,
    }
}

/// How many came from one sector.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingAttendance {
    /// The seat or sector.
    sector: CommitteeSeat,
    /// How many people.
    #[schema(minimum = 0, maximum = 10_000)]
    people: i64,
}

/// What the session resolved.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingResolution {
    /// The resolution.
    #[schema(min_length = 1, max_length = 2000)]
    text: String,
    /// The office that carries it out.
    #[serde(default)]
    #[schema(max_length = 300)]
    responsible: Option<String>,
    /// Until when.
    #[serde(default)]
    due_on: Option<LegalDate>,
}

/// A session of a committee; its day is `starts_on`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"committee_id": "01938a5c-7c00-7a00-8000-000000000001", "type": "ordinary", "agenda": ["Programa anual con Kioto"]}))]
pub struct Meeting {
    /// The committee.
    pub committee_id: Uuid,
    /// Whether it was due.
    pub r#type: MeetingType,
    /// What is on the agenda.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub agenda: Vec<String>,
    /// How many came, by sector.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub attendance: Vec<MeetingAttendance>,
    /// Whether enough members came.
    #[serde(default)]
    pub quorum: Option<bool>,
    /// The minutes (minuta), as text.
    #[serde(default)]
    #[schema(max_length = 50_000)]
    pub minutes: Option<String>,
    /// What was resolved.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub resolutions: Vec<MeetingResolution>,
}

impl RecordKind for Meeting {
    const SPEC: Spec = Spec {
        one: "meeting",
        many: "meetings",
        says: "Sessions (sesiones) of committees, with agenda, attendance, minutes and resolutions.",
        access: Access::Committee,
        statuses: &[S::Called, S::Held, S::Published],
        closed: &[S::Published],
        moves: &[
            Move::new(A::Hold, &[S::Called], S::Held)
                .taking(&["attendance", "quorum", "resolutions"])
                .needing(&["attendance"]),
            Move::new(A::Publish, &[S::Held], S::Published)
                .taking(&["minutes", "resolutions"])
                .needing(&["minutes"]),
        ],
        filters: &[
            Filter {
                name: "committee_id",
                says: "Of this committee.",
                values: Values::Record("committees"),
            },
            Filter {
                name: "type",
                says: "Of this type.",
                values: Values::Catalog(Catalog::MeetingTypes),
            },
        ],
        links: &["committee_id"],
        ..Spec::BASE
    };

    fn check(&self, checks: &mut Checks) {
        checks.at_most("/agenda", self.agenda.len(), 60);
        checks.at_most("/attendance", self.attendance.len(), 20);
        checks.at_most("/resolutions", self.resolutions.len(), 60);
        checks.optional_text("/minutes", self.minutes.as_deref(), 50_000);
        for (i, point) in self.agenda.iter().enumerate() {
            checks.text(&format!("/agenda/{i}"), point, 500);
        }
        for (i, one) in self.attendance.iter().enumerate() {
            checks.within(&format!("/attendance/{i}/people"), one.people, 0, 10_000);
        }
        for (i, one) in self.resolutions.iter().enumerate() {
            checks.text(&format!("/resolutions/{i}/text"), &one.text, 2000);
            let responsible = format!("/resolutions/{i}/responsible");
            checks.optional_text(&responsible, one.responsible.as_deref(), 300);
        }
    }

    fn index(&self, index: &mut Index) {
        index.facet("type", Some(self.r#type.word()));
        index.within = Some(self.committee_id);
    }

    fn links(&self, links: &mut Links) {
        let committee = |id| Target::OwnRecord("committees", id);
        links.one("committee_id", Some(self.committee_id), committee);
    }
}
