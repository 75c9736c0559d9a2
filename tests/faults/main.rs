//! What becomes of what was acknowledged when something breaks: the program is killed, the power
//! is cut, disks fill up, PostgreSQL restarts, files are altered, clocks jump. Each test runs the
//! built program over real sockets, keeps a ledger of what was answered, and compares it with what
//! stands in the store afterwards. Each has a control: the same with a fault that must show.
//!
//! A part of the test command in short; `cargo xtask faults --full` takes the counts of
//! docs/RELIABILITY.md.

mod audit;
mod balancer;
mod callers;
mod clocks;
mod cluster;
mod disk;
mod files;
mod folders;
mod full_disks;
mod keeper;
mod kills;
mod ledger;
mod load;
mod power;
mod random;
mod read_back;
mod restarts;
mod rig;
mod rolling;
mod service;
mod store;
mod tier;
