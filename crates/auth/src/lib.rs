//! Who may do what, said once; and the cryptography of signing in.
//!
//! A [`Scope`] is the only key to the store, and [`policy`] is its only maker.

pub mod password;
pub mod policy;
pub mod seal;
pub mod tokens;

pub use policy::{Action, Actor, Kind, Reach, Scope};
