//! What happens to acknowledged requests when something breaks: the program is killed, the power is
//! cut, disks fill up, PostgreSQL restarts, files are altered, clocks jump. Each test runs the
//! built program over real sockets, keeps a ledger of the answers, and then compares it with the
//! store. Each has a control: the same test with a fault that it must detect.
//!
//! The test command runs a short part; `cargo xtask faults --full` runs the counts stated in
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
