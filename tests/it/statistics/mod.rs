//! Figures: each family against a slow count of the same agreements, today and for past days.

mod access;
mod agrees;
mod asked;
mod begins;
mod earlier;
mod events;
mod expected;
mod large;
mod passages;
mod regularised;
mod round;
mod simulation;
mod slow;
mod whole;
