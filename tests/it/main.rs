//! The behaviour of the service, each test on both engines.

mod answers;
mod bad_input;
mod doors;
mod idempotency;
mod import_files;
mod imports;
mod journey;
mod matrix;
mod openapi;
mod plans;
mod procedure;
mod races;
mod rights;
mod schema;
mod sessions;
mod tools;
