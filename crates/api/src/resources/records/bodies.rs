//! Reads the bodies of records: each is one flat object, whose fields belong to every record or to its
//! kind.

use super::schemas;
use super::sheets::{self, Column};
use crate::body;
use crate::context::Ctx;
use crate::resources::to_json;
use serde_json::{Map, Value};
use vinculo_domain::problems::Problem;
use vinculo_domain::records::{Content, Fields, Kind, Record, RecordKind};
use vinculo_domain::refusal::Admitted;
use vinculo_domain::{FieldError, Refusal, Result, wording};

/// A kind, and how its own fields are read: the only thing that the compiler makes for each kind.
#[derive(Clone, Copy)]
pub(super) struct Face {
    pub(super) kind: &'static Kind,
    own: fn(Value) -> Result<Value>,
    own_patch: fn(&Value) -> Result<()>,
    columns: fn() -> Vec<Column>,
}

impl Face {
    pub(super) fn of<K: RecordKind>(kind: &'static Kind) -> Self {
        Self {
            kind,
            own: |value| to_json(&body::typed::<K>(value, &[]).map_err(with_common)?),
            own_patch: |patch| body::check_patch::<K>(patch, &[]).map_err(with_common),
            columns: || sheets::columns(&(schemas::answer::<K>().schemas)()),
        }
    }

    /// The columns of a table of its records.
    pub(super) fn columns(&self) -> Vec<Column> {
        (self.columns)()
    }

    /// The body of a request that writes a whole record.
    pub(super) async fn body(&self, ctx: &mut Ctx) -> Result<Content> {
        let sent = ctx.json().await?;
        let read = self.content(sent);
        if let Err(refusal) = &read
            && refusal.problem == Problem::ReadOnly
        {
            // Permission is checked before content.
            ctx.scope().require()?;
        }
        read
    }

    /// A whole body as content.
    fn content(&self, body: Value) -> Result<Content> {
        body::refuse_read_only(&body, Record::NAMES)?;
        let Value::Object(body) = body else {
            return Err(body::no_object());
        };
        let (fields, own) = parts(body);
        let own = (self.own)(Value::Object(own));
        let fields = body::typed::<Fields>(Value::Object(fields), &[]);
        let (fields, own) = both(fields, own)?;
        let mut whole = Map::new();
        for part in [own, to_json(&fields)?] {
            if let Value::Object(part) = part {
                whole.extend(part);
            }
        }
        Content::read(self.kind, whole).map_err(|error| Refusal::internal(error.to_string()))
    }

    /// Refuses a patch with an unknown field or an impossible value, before the record is read.
    pub(super) fn check_patch(&self, patch: &Value, read_only: &[&str]) -> Result<()> {
        let Value::Object(patch) = patch else {
            return Err(body::no_object());
        };
        let mut sent = patch.clone();
        sent.retain(|name, _| !read_only.contains(&name.as_str()));
        let (fields, own) = parts(sent);
        let own = (self.own_patch)(&Value::Object(own));
        let fields = body::check_patch::<Fields>(&Value::Object(fields), &[]);
        both(fields, own)
            .map(drop)
            .map_err(|refusal| without(refusal, read_only))
    }

    /// The content with a merge patch applied. `view` is the record as the caller reads it, `stored`
    /// what its owner wrote.
    pub(super) fn patched(
        &self,
        view: &Map<String, Value>,
        stored: Map<String, Value>,
        patch: &Value,
        read_only: &[&str],
    ) -> Result<Content> {
        let view = Value::Object(view.clone());
        let merged = body::merged(&view, Value::Object(stored), patch, read_only)?;
        self.content(merged).map_err(body::incomplete)
    }
}

impl Face {
    /// The content of a new record that is a row of a file.
    pub(super) fn whole(&self, row: &Map<String, Value>) -> Result<Content> {
        let mut body = row.clone();
        body.retain(|_, value| !value.is_null());
        self.content(Value::Object(body))
    }

    /// The content of a record with the fields of a row written over it.
    pub(super) fn over(
        &self,
        view: &Map<String, Value>,
        stored: Map<String, Value>,
        row: &Map<String, Value>,
    ) -> Result<Content> {
        let (mut row, moved) = (row.clone(), self.kind.spec.moved);
        // An empty cell empties what the caller sees: not what is empty already, and nothing that is
        // hidden from it.
        let is_empty = |name: &str| match view.get(name) {
            None | Some(Value::Null) => true,
            Some(Value::Array(items)) => items.is_empty(),
            Some(_) => false,
        };
        row.retain(|name, value| !(value.is_null() && is_empty(name)));
        let patch = Value::Object(row);
        self.check_patch(&patch, moved)?;
        self.patched(view, stored, &patch, moved)
    }
}

/// Names the fields of every record too, where a field is not known: a body has both.
fn with_common(mut refusal: Refusal) -> Refusal {
    for error in &mut refusal.errors {
        let on_top = error.pointer.matches('/').count() == 1;
        if error.code == "unknown_field" && on_top {
            let own = error.admitted.values().iter().map(String::as_str);
            let names: Vec<&str> = own.chain(Fields::NAMES.iter().copied()).collect();
            let said = wording::requests::unknown_field();
            let pointer = std::mem::take(&mut error.pointer);
            let new = FieldError::new(pointer, error.code, said);
            *error = new.admitting(Admitted::of(names));
        }
    }
    refusal
}

/// The fields of every record, and those of the kind.
fn parts(body: Map<String, Value>) -> (Map<String, Value>, Map<String, Value>) {
    body.into_iter()
        .partition(|(name, _)| Fields::NAMES.contains(&name.as_str()))
}

/// Whether a refusal is about a field that is missing.
fn lacks(refusal: &Refusal) -> bool {
    refusal.errors.iter().any(|error| error.code == "required")
}

/// A refusal that names no field which a patch may only send back unchanged.
fn without(mut refusal: Refusal, read_only: &[&str]) -> Refusal {
    for error in &mut refusal.errors {
        if error.code == "unknown_field" {
            let names = error.admitted.values().iter().map(String::as_str);
            let names = names.filter(|name| !read_only.contains(name));
            let admitted = Admitted::of(names);
            let said = wording::requests::unknown_field();
            let pointer = std::mem::take(&mut error.pointer);
            *error = FieldError::new(pointer, error.code, said).admitting(admitted);
        }
    }
    refusal
}

/// Both, or everything that is wrong in them. A field that nobody knows is said before one that is
/// missing.
fn both<A, B>(first: Result<A>, second: Result<B>) -> Result<(A, B)> {
    match (first, second) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        (Err(refusal), Ok(_)) | (Ok(_), Err(refusal)) => Err(refusal),
        // What is there and wrong is said before what is missing.
        (Err(first), Err(second)) if lacks(&first) != lacks(&second) => {
            Err(if lacks(&first) { second } else { first })
        }
        (Err(first), Err(second)) if first.problem == second.problem => Err(Refusal {
            errors: first.errors.into_iter().chain(second.errors).collect(),
            ..second
        }),
        (Err(first), Err(second)) => Err(if second.problem == Problem::UnknownField {
            second
        } else {
            first
        }),
    }
}
