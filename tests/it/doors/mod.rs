//! The two doors and what passes through them: pressure, trail, pages, search, sharing.

mod cursors;
mod dry_run;
mod pages;
mod parties;
pub mod pressure;
mod search;
mod sharing;
mod trail;
