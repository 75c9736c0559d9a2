//! Why a transaction may end early.

use crate::request::Reply;
use diesel::result::{DatabaseErrorKind, Error};
use vinculo_domain::Refusal;
use vinculo_domain::problems::Problem;

/// The result of every store function.
pub type Outcome<T> = Result<T, Failure>;

/// Why a transaction does not commit.
#[derive(Debug)]
pub enum Failure {
    /// The caller is refused.
    Refused(Refusal),
    /// The same request was carried out before: this is its answer.
    Replayed(Box<Reply>),
    /// Another transaction was first; the closure may run again.
    Again(String),
    /// The commit was not acknowledged: the work may or may not be kept.
    Unknown(String),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Refused(Refusal::new(problem))
    }
}

impl From<Error> for Failure {
    /// We use only the kind of a database error: SQLite gives no constraint names, and no text of
    /// the engine may reach a client.
    fn from(error: Error) -> Self {
        match &error {
            Error::DatabaseError(DatabaseErrorKind::SerializationFailure, info) => {
                Self::Again(info.message().to_owned())
            }
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                Problem::Duplicate.into()
            }
            Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => {
                Problem::InUse.into()
            }
            Error::DatabaseError(_, info) if is_full(info.message()) => Self::Refused(Refusal {
                internal: Some(error.to_string()),
                ..Refusal::new(Problem::StorageFull)
            }),
            Error::DatabaseError(_, info) if is_contention(info.message()) => {
                Self::Refused(Refusal {
                    internal: Some(error.to_string()),
                    ..Refusal::new(Problem::TooBusy)
                })
            }
            // Row-level security stopped what our own filters let pass. That is our bug: it is
            // logged as an error, and the caller is refused.
            Error::DatabaseError(_, info) if info.message().contains("row-level security") => {
                tracing::error!(error = info.message(), "row-level security refused a write");
                Problem::Forbidden.into()
            }
            // The row must exist, so a policy has hidden it: the caller has no access to it.
            Error::NotFound => {
                tracing::error!("a row that was counted on is hidden or missing");
                Problem::NotFound.into()
            }
            Error::DatabaseError(_, info) if info.message().contains("deadlock detected") => {
                Self::Again(info.message().to_owned())
            }
            _ => Self::Refused(Refusal::internal(error.to_string())),
        }
    }
}

/// Whether an engine reports that it waited too long for a lock, or that it is gone.
fn is_contention(message: &str) -> bool {
    says(
        message,
        &["lock timeout", "statement timeout", "database is locked"],
    ) || is_gone(message)
}

/// Whether an engine is gone, by the messages of PostgreSQL, its client library and PgBouncer.
pub(crate) fn is_gone(message: &str) -> bool {
    says(
        message,
        &[
            "connection",
            "conn crashed",
            "broken pipe",
            "eof detected",
            "terminating",
            "shutting down",
            "server login",
        ],
    )
}

/// Whether an engine has no room left, on a disk or in a quota, by the messages of SQLite,
/// PostgreSQL and the operating system. The last come in the server's language.
pub(crate) fn is_full(message: &str) -> bool {
    says(
        message,
        &[
            "database or disk is full",
            "no space left on device",
            "disk quota exceeded",
            "no queda espacio en el dispositivo",
            "se ha excedido la cuota de disco",
        ],
    )
}

fn says(message: &str, parts: &[&str]) -> bool {
    let message = message.to_lowercase();
    parts.iter().any(|part| message.contains(part))
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Refused(Refusal::internal(format!("stored JSON: {error}")))
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal,
            Failure::Replayed(_) => Self::internal("an answer was replayed where none may be"),
            Failure::Again(cause) => Self {
                internal: Some(cause),
                ..Self::new(Problem::TooBusy)
            },
            Failure::Unknown(cause) => Self {
                internal: Some(cause),
                ..Self::new(Problem::OutcomeUnknown)
            },
        }
    }
}

/// Parses a stored word.
pub(crate) fn known<T: std::str::FromStr>(word: &str) -> Outcome<T> {
    word.parse().map_err(|_unknown| {
        Failure::Refused(Refusal::internal(format!(
            "unknown word in the database: {word}"
        )))
    })
}

/// Parses a stored id.
pub(crate) fn id(text: &str) -> Outcome<uuid::Uuid> {
    uuid::Uuid::parse_str(text).map_err(|error| {
        Failure::Refused(Refusal::internal(format!("id in the database: {error}")))
    })
}
