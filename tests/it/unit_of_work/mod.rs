//! The units of work and what they guarantee: pressure, audit log, pages, search, sharing.

mod audit;
mod cursors;
mod dry_run;
mod pages;
mod parties;
pub mod pressure;
mod search;
mod sharing;
