//! Shared by the tests: fixtures on each engine, and clients for them.

#[cfg(doctest)]
pub mod barriers;
mod client;
mod database;
mod digest;
mod fixtures;
mod installation;
mod json_schema;
mod program;
mod setup;
mod structure;
mod template;
mod tier;

pub use client::{Answer, Client, Request, Service, service_of};
pub use database::{Probe, Scratch, engines};
pub use digest::{Camera, Digest};
pub use fixtures::{
    GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, TENANTS, TestApp, ZAPOPAN, on_both, on_each,
    on_each_of, on_tier,
};
pub use json_schema::violations;
pub use program::program;
pub use setup::{SETUPS, Setup, on_all};
pub use structure::{Column, Table};
pub use tier::{engines_of_tier, is_full, leave, pick};
