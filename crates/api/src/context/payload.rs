//! Reads the body of a request within its time limit and converts it to the type that the operation
//! takes.

use super::Ctx;
use crate::edge::deadlines::{self, timed};
use crate::entry::{brings_body, require_content_type};
use crate::{body, json};
use actix_web::web::BytesMut;
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use vinculo_auth::seal::sha256;
use vinculo_domain::limits::MAX_JSON_BYTES;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

impl Ctx {
    /// The body as JSON.
    pub async fn json(&mut self) -> Result<Value> {
        let patch = matches!(
            self.operation.input,
            Some(crate::operation::Input::Patch(_))
        );
        let kinds: &[&str] = if patch {
            &["application/merge-patch+json", "application/json"]
        } else {
            &["application/json"]
        };
        require_content_type(self.request.headers(), kinds)?;
        let payload = self
            .payload
            .take()
            .ok_or_else(|| Refusal::internal("the body was read twice"))?;
        let limits = &self.app.edge.deadlines;
        let mut pieces = std::pin::pin!(timed(payload, limits.of_json(MAX_JSON_BYTES)));
        let mut body = BytesMut::new();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|error| {
                Refusal::new(deadlines::problem(&error, Problem::MalformedJson))
            })?;
            body.extend_from_slice(&piece);
        }
        self.due.restart(limits.handler);
        self.add_to_fingerprint(&body);
        json::parse(&body)
    }

    /// The body as the type that the operation takes.
    pub async fn body<T: DeserializeOwned>(&mut self, read_only: &[&str]) -> Result<T> {
        let read = body::typed(self.json().await?, read_only);
        if let Err(refusal) = &read
            && refusal.problem == Problem::ReadOnly
        {
            // Permission is checked before content.
            self.scope().require()?;
        }
        read
    }

    /// The body as the type that the operation takes, or that type's default if no body was sent.
    pub async fn optional_body<T: DeserializeOwned + Default>(&mut self) -> Result<T> {
        if brings_body(self.request.headers()) {
            self.body(&[]).await
        } else {
            Ok(T::default())
        }
    }

    /// The body as a merge patch for a record.
    pub async fn patch<T: DeserializeOwned>(&mut self, read_only: &[&str]) -> Result<Value> {
        let patch = self.json().await?;
        body::check_patch::<T>(&patch, read_only)?;
        Ok(patch)
    }

    /// Adds content to the fingerprint, so that a repeated key with other content is another
    /// request.
    pub fn add_to_fingerprint(&mut self, bytes: &[u8]) {
        self.fingerprint = sha256([self.fingerprint.as_bytes(), bytes].concat().as_slice());
    }
}
