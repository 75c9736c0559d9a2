//! A world of cases made through the real write door: for the demonstration, and for tests that
//! need a case in a given stage.

mod annotations;
mod desk;
mod errands;
mod pdf;
mod requests;
mod signature;
mod stages;
mod texts;

pub use desk::Desk;
pub use pdf::pdf;
pub use requests::request_for;
pub use stages::{Cast, approval, content_for};
pub use texts::text_for;
