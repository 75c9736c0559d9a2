//! Permissions, defined in one place, and the cryptography of signing in.
//!
//! A [`Scope`] is the only key to the store, and only [`policy`] can make one.

pub mod password;
pub mod password_rules;
pub mod policy;
pub mod seal;
pub mod tokens;

pub use policy::{Action, Actor, Kind, Reach, Scope};
