//! The behaviour of the service, each test on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod bad_input;
mod doors;
mod idempotency;
mod journey;
mod races;
mod sessions;
mod tools;
mod uploads;
