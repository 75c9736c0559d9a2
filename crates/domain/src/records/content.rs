//! The content of a record: what its owner wrote, read and checked as a whole.

use super::kind::Own;
use super::{Fields, Index, Kind, Link, Links, Target};
use crate::counterparts::Visibility;
use crate::problems::Problem;
use crate::refusal::{Checks, Refusal};
use serde_json::Error;
use serde_json::{Map, Value};

/// What an owner wrote of a record: the fields that every record has, and those of its kind.
#[derive(Debug, Clone)]
pub struct Content {
    /// The kind.
    pub kind: &'static Kind,
    /// The fields that every record has.
    pub fields: Fields,
    /// The fields of the kind.
    pub own: Map<String, Value>,
    /// By what it is found, summed, recognised and shared.
    pub index: Index,
    /// What it names.
    pub links: Vec<Link>,
    /// Whether its owner said who may see it.
    pub says_visibility: bool,
    wrong: Vec<crate::FieldError>,
}

impl Content {
    /// Reads a body whose shape is that of the kind: flat, without what the system writes. `Err` says
    /// where it does not fit.
    pub fn read(kind: &'static Kind, body: Map<String, Value>) -> Result<Self, Error> {
        let (fields, own): (Map<_, _>, Map<_, _>) = body
            .into_iter()
            .partition(|(name, _)| Fields::NAMES.contains(&name.as_str()));
        let mut fields: Fields = serde_json::from_value(Value::Object(fields))?;
        fields.title = fields.title.trim().to_owned();
        let visibility = fields.visibility.unwrap_or(kind.spec.visibility);
        let Own {
            fields: own,
            checks: own_checks,
            index,
            mut links,
        } = kind.read(own)?;
        let mut checks = Checks::default();
        fields.check(&kind.spec, &mut checks);
        own_checks
            .0
            .into_iter()
            .for_each(|error| checks.push(error));
        name_links(&fields, &mut links);
        let says_visibility = fields.visibility.is_some();
        fields.visibility = Some(visibility);
        Ok(Self {
            says_visibility,
            kind,
            fields,
            own,
            index,
            links: links.0,
            wrong: checks.0,
        })
    }

    /// Refuses content that is wrong, with everything that is wrong in it (422).
    pub fn check(&self) -> crate::Result<()> {
        if self.wrong.is_empty() {
            return Ok(());
        }
        Err(Refusal {
            errors: self.wrong.clone(),
            ..Refusal::new(Problem::ValidationFailed)
        })
    }

    /// Who may see it.
    pub fn visibility(&self) -> Visibility {
        self.fields.visibility.unwrap_or(self.kind.spec.visibility)
    }

    /// Takes over what only moves write from the content before: whoever writes the whole anew does
    /// not send it.
    pub fn keep_moved(&mut self, before: &Self) {
        for name in self.kind.spec.moved {
            if let Some(value) = before.own.get(*name) {
                self.own.insert((*name).to_owned(), value.clone());
            }
        }
    }

    /// The whole as it is stored: one flat object.
    pub fn body(&self) -> Result<Map<String, Value>, Error> {
        let mut body = self.own.clone();
        if let Value::Object(fields) = serde_json::to_value(&self.fields)? {
            body.extend(fields);
        }
        Ok(body)
    }
}

/// The links of the fields that every record has.
fn name_links(fields: &Fields, links: &mut Links) {
    links.many(
        ("agreement_ids", "agreement_id"),
        &fields.agreement_ids,
        Target::Agreement,
    );
    links.many(
        ("counterpart_ids", "counterpart_id"),
        &fields.counterpart_ids,
        Target::Counterpart,
    );
    links.many(
        ("document_ids", "document_id"),
        &fields.document_ids,
        Target::Document,
    );
    links.many(
        ("government_ids", "government"),
        &fields.government_ids,
        Target::Government,
    );
    links.many(
        ("shared_with", "shared_with"),
        &fields.shared_with,
        Target::Government,
    );
    links.one("body_id", fields.body_id, Target::Body);
    links.one(
        "responsible_person_id",
        fields.responsible_person_id,
        Target::Person,
    );
}
