//! What a request brings to its unit of work, and what it gets back.

/// A request as its unit of work sees it.
#[derive(Debug, Clone)]
pub struct Intent {
    /// The operation's id.
    pub operation: &'static str,
    /// The request's id, for the audit log.
    pub request_id: String,
    /// The `Idempotency-Key` and the digest of what was sent with it.
    pub idempotency: Option<(String, String)>,
    /// Whether to do everything but keep nothing.
    pub dry_run: bool,
}

impl Intent {
    /// The intent of one of the units of work that a request is done in. A key of a request has no space,
    /// so that those of its parts are nobody else's.
    #[must_use]
    pub fn of_part(mut self, part: usize) -> Self {
        let key = self.idempotency.take();
        self.idempotency = key.map(|(key, digest)| (format!("{key} {part}"), digest));
        self
    }
}

/// An answer, as kept for a repeated request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The ETag, of a record.
    pub etag: Option<String>,
    /// The location of a new record.
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
