//! A test's own database on PostgreSQL: made from a template, looked at, and removed with the test.

use super::{Scratch, variable};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use std::sync::Mutex;

/// Removes the database when it is dropped: a thousand of them would fill the disk, or the memory.
pub(super) struct Own {
    name: String,
    /// A connection past the application, kept because a new one costs as much as ten queries.
    looking: Mutex<Option<PgConnection>>,
}

impl Own {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            looking: Mutex::new(None),
        }
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let removal = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let removed = PgConnection::establish(&variable("VINCULO_TEST_ADMIN_URL"))
            .map_err(|error| error.to_string())
            .and_then(|mut admin| {
                let removed = admin.batch_execute(&removal);
                removed.map_err(|error| error.to_string())
            });
        if let Err(error) = removed {
            eprintln!("{}: {error}", self.name);
        }
    }
}

pub(super) fn create(name: &str, template: Option<&str>) {
    // Files are copied as they are: the other strategy writes each page to the log first.
    let template = template
        .map(|template| format!(" TEMPLATE {template} STRATEGY file_copy"))
        .unwrap_or_default();
    let mut admin = PgConnection::establish(&variable("VINCULO_TEST_ADMIN_URL")).unwrap();
    admin
        .batch_execute(&format!(
            "CREATE DATABASE {name} OWNER vinculo_owner{template}"
        ))
        .unwrap();
    // As a migration does, because a database's own settings are not copied from its template.
    admin
        .batch_execute(&format!("REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC"))
        .unwrap();
}

pub(super) fn superuser_url(name: &str) -> String {
    let admin = variable("VINCULO_TEST_ADMIN_URL");
    format!("{}/{name}", admin.rsplit_once('/').unwrap().0)
}

impl Scratch {
    /// Queries PostgreSQL past the application, on the kept connection unless it is in use or lost.
    pub(super) fn look<T>(
        &self,
        query: impl Fn(&mut PgConnection) -> QueryResult<T>,
    ) -> QueryResult<T> {
        let fresh = || PgConnection::establish(&self.owner_url).unwrap();
        let kept = self
            .own
            .as_ref()
            .and_then(|own| own.looking.try_lock().ok());
        let Some(mut kept) = kept else {
            return query(&mut fresh());
        };
        match kept.as_mut().map(&query) {
            Some(found) if !is_lost(&found) => found,
            _ => query(kept.insert(fresh())),
        }
    }
}

fn is_lost<T>(found: &QueryResult<T>) -> bool {
    let lost = [
        DatabaseErrorKind::ClosedConnection,
        DatabaseErrorKind::UnableToSendCommand,
    ];
    matches!(found, Err(Error::DatabaseError(kind, _)) if lost.iter().any(|one| one == kind))
}
