//! What a request brings to the write door, and what it takes away.

/// A request as the write door sees it.
#[derive(Debug, Clone)]
pub struct Intent {
    /// The operation's id.
    pub operation: &'static str,
    /// The request's id, for the trail.
    pub request_id: String,
    /// The `Idempotency-Key` and the digest of what was sent with it.
    pub idempotency: Option<(String, String)>,
    /// Whether to do everything but keep it.
    pub dry_run: bool,
}

/// An answer as it is kept for a repeated request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The ETag, of a record.
    pub etag: Option<String>,
    /// Where a new record stands.
    pub location: Option<String>,
    /// The body as JSON; empty for none.
    pub body: String,
    /// Whether it is the answer of an earlier request.
    pub replayed: bool,
}

impl Reply {
    /// An answer without a body, such as 204.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            etag: None,
            location: None,
            body: String::new(),
            replayed: false,
        }
    }
}
