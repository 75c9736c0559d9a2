//! The behaviour of the service, each test on both engines.

mod journey;
