//! What the tests share: a prepared world on each engine, and clients that speak to it.

mod client;
mod database;
mod digest;
mod json_schema;
mod structure;
mod world;

pub use client::{Answer, Client, Request};
pub use database::{Scratch, engines};
pub use digest::{Camera, Digest};
pub use json_schema::violations;
pub use structure::{Column, Table};
pub use world::{
    GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, TENANTS, TestApp, ZAPOPAN, on_both, on_each,
};
