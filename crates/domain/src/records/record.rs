//! A record as it is read.

use super::{ExchangeTurn, Fields, Kind, RecordAction, RecordStatus};
use crate::tenant::TenantId;
use chrono::{DateTime, Months, Utc};
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use utoipa::ToSchema;
use uuid::Uuid;

/// After how many months a record that nobody confirmed is stale.
pub const FRESH_MONTHS: u32 = 12;

/// What the system writes of a record, beside what its owner wrote.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: &'static Kind,
    /// The government that owns it.
    pub tenant_id: TenantId,
    /// How it stands.
    pub status: RecordStatus,
    /// Counts the changes.
    pub version: i32,
    /// What its owner wrote, as one flat object.
    pub body: Map<String, Value>,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// When its owner last said that it is right: by a change, or by `confirm`.
    pub confirmed_at: DateTime<Utc>,
    /// Who changed it last; nobody if the service did.
    pub updated_by: Option<Uuid>,
}

/// How a record is shown to one caller.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// Whether the caller reads it as its owner.
    pub own: bool,
    /// What the caller may do with it now.
    pub actions: Vec<RecordAction>,
    /// Ids in it to which the caller has no access.
    pub hidden: HashSet<String>,
    /// The instant of the answer.
    pub now: DateTime<Utc>,
    /// Whose turn it is, in an exchange that is not over.
    pub turn: Option<ExchangeTurn>,
}

/// The fields that the system writes of every record; the document adds those of the owner.
#[derive(Debug, ToSchema)]
#[schema(as = RecordEnvelope)]
#[expect(
    dead_code,
    reason = "for the document; a record is shown as one object"
)]
pub struct Envelope {
    /// Its id.
    id: Uuid,
    /// The word for several of its kind, as in the address.
    #[schema(example = "commitments")]
    kind: String,
    /// The government that owns it.
    tenant_id: TenantId,
    /// How it stands.
    status: RecordStatus,
    /// What the caller may do with it now, by its status.
    available_actions: Vec<RecordAction>,
    /// Counts the changes.
    version: i32,
    /// When it was written down.
    created_at: DateTime<Utc>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
    /// Who changed it last, by id; shown to its owner only.
    updated_by: Option<Uuid>,
    /// When its owner last said that it is right: by a change, or by `confirm`.
    confirmed_at: DateTime<Utc>,
    /// Whether nobody has said so for a year.
    stale: bool,
    /// Of what one government asks another: whose turn it is; `null` once it is over, and in all other
    /// records.
    turn: Option<ExchangeTurn>,
}

impl Record {
    /// The names of the fields that the system writes.
    pub const NAMES: &[&str] = &[
        "id",
        "kind",
        "tenant_id",
        "status",
        "available_actions",
        "version",
        "created_at",
        "updated_at",
        "updated_by",
        "confirmed_at",
        "stale",
        "turn",
    ];

    /// Whether nobody has said for a year that it is right.
    pub fn is_stale(&self, now: DateTime<Utc>) -> bool {
        let until = self
            .confirmed_at
            .checked_add_months(Months::new(FRESH_MONTHS));
        until.is_some_and(|until| until <= now)
    }

    /// The record as one caller reads it.
    pub fn show(&self, shown: &Shown) -> Map<String, Value> {
        let mut view = self.body.clone();
        if !shown.own {
            self.withhold(&mut view, shown);
        }
        let actions: Vec<&str> = shown.actions.iter().map(|one| one.word()).collect();
        let written = json!({
            "id": self.id,
            "kind": self.kind.spec.many,
            "tenant_id": self.tenant_id,
            "status": self.status,
            "available_actions": actions,
            "version": self.version,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
            "updated_by": self.updated_by.filter(|_| shown.own),
            "confirmed_at": self.confirmed_at,
            "stale": self.is_stale(shown.now),
            "turn": shown.turn,
        });
        if let Value::Object(written) = written {
            view.extend(written);
        }
        view
    }

    /// Takes out what only the owner reads, and ids to which the caller has no access.
    fn withhold(&self, view: &mut Map<String, Value>, shown: &Shown) {
        let spec = &self.kind.spec;
        for name in spec.personal.iter().chain(Fields::PERSONAL) {
            view.insert((*name).to_owned(), Value::Null);
        }
        for name in ["external_ids", "shared_with"] {
            view.insert(name.to_owned(), json!([]));
        }
        let is_hidden = |value: &Value| {
            let id = value.as_str();
            id.is_some_and(|id| shown.hidden.contains(id))
        };
        for name in spec
            .links
            .iter()
            .chain(&["agreement_ids", "counterpart_ids", "document_ids"])
        {
            match view.get_mut(*name) {
                Some(Value::Array(ids)) => ids.retain(|id| !is_hidden(id)),
                Some(id) if is_hidden(id) => *id = Value::Null,
                _ => {}
            }
        }
    }
}
