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
use crate::installation::{self, Missing};
use crate::server;
use std::sync::Arc;
use vinculo_domain::Result;
use vinculo_domain::clock::SystemClock;
use vinculo_persistence::{Db, Settings};

/// Opens the store of a configuration. Creates and migrates it where allowed; refuses a database
/// and a data folder that do not belong together.
pub fn open(config: &Config) -> Result<App> {
    open_with(config, Missing::Refused)
}

/// The same; `missing` says whether a folder with missing files may be taken over.
pub fn open_with(config: &Config, missing: Missing) -> Result<App> {
    refuse_half_restored(&config.data_dir)?;
    let (tokens, seal) = installation::enter(config, missing)?;
    let settings = Settings {
        url: config.database_url(),
        files: config.files(),
        pool: config.pool,
        pooler: config.database_pooler,
    };
    let edge = config.edge()?;
    let db = Db::open(&settings, Arc::new(SystemClock))?;
    Ok(server::app(db, tokens, seal)
        .behind(edge)
        .with(config.draft_expiry())
        .storing(config.storage()))
}
