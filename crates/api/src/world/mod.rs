//! A world of cases made through the real write door: for the demonstration, and for tests that
//! need a case in a given stage.

mod desk;
mod pdf;
mod stages;
mod texts;

pub use desk::Desk;
pub use pdf::pdf;
pub use stages::{Cast, content_for, request_for};
pub use texts::text_for;
