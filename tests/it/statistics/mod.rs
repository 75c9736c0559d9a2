//! Figures: each family against a slow count of the same agreements, today and on past days.

mod agrees;
mod asked;
mod earlier;
mod errands;
mod expected;
mod large;
mod passages;
mod regularised;
mod round;
mod sight;
mod slow;
mod world;
