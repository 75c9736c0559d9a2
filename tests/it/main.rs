//! The behaviour of the service, each test on both engines.

mod answers;
mod idempotency;
mod import_files;
mod imports;
mod journey;
mod openapi;
mod plans;
mod races;
mod rights;
mod schema;
mod tools;
