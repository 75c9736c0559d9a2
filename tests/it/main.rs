//! The behaviour of the service, each test on both engines.

mod answers;
mod bad_input;
mod commands;
mod demo;
mod doors;
mod governments;
mod idempotency;
mod import_files;
mod import_registry;
mod imports;
mod inscription_numbers;
mod journey;
mod migrations;
mod openapi;
mod plans;
mod procedure;
mod races;
mod registry;
mod rights;
mod schema;
mod sessions;
mod tools;
mod uploads;
