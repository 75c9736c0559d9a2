//! The commands.

pub mod admin;
pub mod backup;
pub mod demo;
pub mod import;
pub mod lapses;
pub mod print;
pub mod serve;
pub mod sweep;

use crate::app::App;
use crate::backups::refuse_half_restored;
use crate::config::Config;
use crate::edge::Edge;
use crate::installation::{self, Missing};
use std::sync::Arc;
use vinculo_domain::Result;
use vinculo_domain::clock::SystemClock;
use vinculo_persistence::{Db, Settings};

/// Opens the store of a configuration; makes it where it may, migrates where it may, and refuses
/// what does not belong together.
pub fn open(config: &Config) -> Result<App> {
    open_with(config, Missing::Refused)
}

/// The same; `missing` says whether a folder may be taken over in which files are missing.
pub fn open_with(config: &Config, missing: Missing) -> Result<App> {
    refuse_half_restored(&config.data_dir)?;
    let (tokens, seal) = installation::enter(config, missing)?;
    let settings = Settings {
        url: config.database_url(),
        files: config.files(),
        pool: config.pool,
        pooler: config.database_pooler,
    };
    let edge = Edge::of(config)?;
    let db = Db::open(&settings, Arc::new(SystemClock))?;
    Ok(App::new(db, tokens, seal)
        .behind(edge)
        .with(config.patience())
        .storing(config.storage()))
}
