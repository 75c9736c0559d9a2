//! Renders records as answers.

use serde::Serialize;
use uuid::Uuid;
use vinculo_auth::seal::sha256;
use vinculo_domain::{Refusal, Result, faults};
use vinculo_persistence::Reply;

/// How to render records for one caller.
#[derive(Clone)]
pub struct Render {
    /// Who reads: government, roles and language.
    pub viewer: String,
    /// The path of the request.
    pub path: String,
}

impl Render {
    /// A record with its tag: the version, and a digest of the reader and of everything shown. A
    /// record shows more than its version counts: what follows from the day, from the reader's roles
    /// or from another record.
    pub fn record<T: Serialize>(&self, status: u16, record: &T, version: i32) -> Result<Reply> {
        let body =
            serde_json::to_string(record).map_err(|error| Refusal::internal(error.to_string()))?;
        let digest: String = if faults::seeded("tag without viewer") {
            String::new()
        } else {
            let shown = format!("{} {body}", self.viewer);
            sha256(shown.as_bytes()).chars().take(16).collect()
        };
        Ok(Reply {
            status,
            etag: Some(format!("\"{version}.{digest}\"")),
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
