//! Working days (días hábiles): the calendar that a government keeps, and the arithmetic of
//! deadlines. Days are civil days in Mexico City ([`crate::clock::mexican_day`]).

mod business_days;
mod fields;
mod statutory;

pub use business_days::Calendar;
pub use fields::{CalendarFields, CalendarView, Holiday, WorkedDay};
pub use statutory::statutory_rest_days;
