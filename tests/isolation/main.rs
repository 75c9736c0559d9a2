//! Isolation, proven by machine: who reaches what, tried on everything by everybody.

mod broken;
mod canaries;
mod identifiers;
mod lists;
mod matrix;
mod people;
mod places;
mod requests;
mod reviewers;
mod run;
mod table;
