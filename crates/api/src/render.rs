//! How records are shown.

use serde::Serialize;
use uuid::Uuid;
use vinculo_auth::seal::sha256;
use vinculo_domain::{Refusal, Result, faults};
use vinculo_persistence::Reply;

/// How a record is shown to one caller.
#[derive(Clone)]
pub struct Render {
    /// What a view hangs on beside the version: caller, language, day.
    pub sight: String,
    /// Where the request went.
    pub path: String,
}

impl Render {
    /// The same for a record of which the caller reads something that no version tells of.
    #[must_use]
    pub fn beside(&self, what: &str) -> Self {
        let sight = sha256(format!("{} {what}", self.sight).as_bytes());
        Self {
            sight: sight.chars().take(12).collect(),
            path: self.path.clone(),
        }
    }

    /// A record with its tag: the version, and what else the caller's view of it hangs on.
    pub fn record<T: Serialize>(&self, status: u16, record: &T, version: i32) -> Result<Reply> {
        let body =
            serde_json::to_string(record).map_err(|error| Refusal::internal(error.to_string()))?;
        let sight = if faults::seeded("tag without viewer") {
            ""
        } else {
            &self.sight
        };
        Ok(Reply {
            status,
            etag: Some(format!("\"{version}.{sight}\"")),
            location: None,
            body,
            replayed: false,
        })
    }

    /// A new record and where it stands.
    pub fn created<T: Serialize>(&self, record: &T, id: Uuid, version: i32) -> Result<Reply> {
        Ok(Reply {
            location: Some(format!("{}/{id}", self.path)),
            ..self.record(201, record, version)?
        })
    }

    /// A new part of a record, without a version of its own.
    pub fn added<T: Serialize>(&self, part: &T, id: Uuid) -> Result<Reply> {
        Ok(Reply {
            etag: None,
            ..self.created(part, id, 1)?
        })
    }

    /// Nothing to show.
    pub fn nothing(&self) -> Reply {
        Reply::empty(204)
    }
}
