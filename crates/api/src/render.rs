//! Renders records as answers.

use serde::Serialize;
use uuid::Uuid;
use vinculo_auth::seal::sha256;
use vinculo_domain::{Refusal, Result, faults};
use vinculo_persistence::Reply;

/// How to render records for one caller.
#[derive(Clone)]
pub struct Render {
    /// What a view depends on besides the version: caller, language, day.
    pub viewer: String,
    /// The path of the request.
    pub path: String,
}

impl Render {
    /// The same for a record with content that is not covered by its version.
    #[must_use]
    pub fn beside(&self, what: &str) -> Self {
        let viewer = sha256(format!("{} {what}", self.viewer).as_bytes());
        Self {
            viewer: viewer.chars().take(12).collect(),
            path: self.path.clone(),
        }
    }

    /// A record with its tag, made of the version and of what else the caller's view depends on.
    pub fn record<T: Serialize>(&self, status: u16, record: &T, version: i32) -> Result<Reply> {
        let body =
            serde_json::to_string(record).map_err(|error| Refusal::internal(error.to_string()))?;
        let viewer = if faults::seeded("tag without viewer") {
            ""
        } else {
            &self.viewer
        };
        Ok(Reply {
            status,
            etag: Some(format!("\"{version}.{viewer}\"")),
            location: None,
            body,
            replayed: false,
        })
    }

    /// A new record and its address.
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

    /// An empty answer.
    pub fn nothing(&self) -> Reply {
        Reply::empty(204)
    }
}
