//! What the tests share: a prepared world on each engine, and clients that speak to it.

#[cfg(doctest)]
pub mod barriers;
mod client;
mod database;
mod digest;
mod installation;
mod json_schema;
mod program;
mod setup;
mod structure;
mod template;
mod tier;
mod world;

pub use client::{Answer, Client, Request, Service, service_of};
pub use database::{Probe, Scratch, engines};
pub use digest::{Camera, Digest};
pub use json_schema::violations;
pub use program::program;
pub use setup::{SETUPS, Setup, on_all};
pub use structure::{Column, Table};
pub use tier::{is_full, leave, pick};
pub use world::{
    GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, TENANTS, TestApp, ZAPOPAN, on_both, on_each,
};
