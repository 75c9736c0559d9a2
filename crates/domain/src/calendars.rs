//! Working days (días hábiles): what a government keeps as its calendar, and the arithmetic of
//! deadlines. Days are civil days in Mexico City ([`crate::clock::mexican_day`]).

mod days;
mod fields;
mod statutory;

pub use days::Calendar;
pub use fields::{CalendarFields, CalendarView, Holiday, MAX_HOLIDAYS, WorkedDay};
pub use statutory::statutory_rest_days;
