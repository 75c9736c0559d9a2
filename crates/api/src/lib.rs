//! The HTTP contract of Vínculo, and the commands around it.

mod answer;
pub mod app;
mod body;
pub mod commands;
pub mod config;
mod context;
mod cursor;
pub mod edge;
mod entry;
mod examples;
pub mod importing;
mod json;
pub mod openapi;
pub mod operation;
pub mod operations;
mod params;
mod problem;
mod render;
mod resources;
pub mod secrets;
pub mod server;
mod uploads;
pub mod world;
