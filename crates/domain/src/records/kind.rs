//! The kinds as the rest of the program knows them: below this line nothing is generic.

use super::{
    AdvisoryCase, Budget, Commitment, Committee, InternationalOffice, LibraryItem, Meeting,
    Membership, Mission, Network, Referral, StaffMember, TerritoryProfile,
};
use super::{Index, Links, RecordKind, Spec};
use crate::refusal::Checks;
use serde_json::{Map, Value};
use utoipa::openapi::{RefOr, Schema};

/// A kind of record.
pub struct Kind {
    /// What is declared of it.
    pub spec: Spec,
    /// The name of its schema.
    pub name: fn() -> String,
    /// The schema of its own fields, and what that refers to.
    pub schemas: fn() -> Vec<(String, RefOr<Schema>)>,
    own: fn(Value) -> Result<Own, serde_json::Error>,
}

/// The own fields of a record, read.
pub(super) struct Own {
    pub(super) fields: Map<String, Value>,
    pub(super) checks: Checks,
    pub(super) index: Index,
    pub(super) links: Links,
}

impl Kind {
    const fn of<K: RecordKind>() -> Self {
        Self {
            spec: K::SPEC,
            name: super::moves::schema_name::<K>,
            schemas: || {
                let mut schemas = vec![(K::name().into_owned(), K::schema())];
                K::schemas(&mut schemas);
                schemas
            },
            own: own::<K>,
        }
    }

    /// Reads own fields.
    pub(super) fn read(&self, fields: Map<String, Value>) -> Result<Own, serde_json::Error> {
        (self.own)(Value::Object(fields))
    }
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.spec.many)
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.spec.many == other.spec.many
    }
}

fn own<K: RecordKind>(fields: Value) -> Result<Own, serde_json::Error> {
    let read: K = serde_json::from_value(fields)?;
    let (mut checks, mut index, mut links) =
        (Checks::default(), Index::default(), Links::default());
    read.check(&mut checks);
    read.index(&mut index);
    read.links(&mut links);
    let fields = match serde_json::to_value(&read)? {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    Ok(Own {
        fields,
        checks,
        index,
        links,
    })
}

macro_rules! list {
    ($($kind:ident),+ $(,)?) => {
        [$(Kind::of::<$kind>()),+]
    };
}

static KINDS: [Kind; 13] = crate::for_every_kind!(list);

/// All kinds.
pub fn kinds() -> &'static [Kind] {
    &KINDS
}

/// The kind with this word for several.
pub fn find(many: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.spec.many == many)
}
