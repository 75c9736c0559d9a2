//! The behaviour of the service, each test on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod answers;
mod commands;
mod demo;
mod governments;
mod import_files;
mod imports;
mod inscription_numbers;
mod journey;
mod migrations;
mod openapi;
mod plans;
mod registry;
mod rights;
mod schema;
