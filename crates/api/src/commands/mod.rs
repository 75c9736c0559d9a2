//! The commands.

pub mod admin;
pub mod demo;
pub mod import;
pub mod print;
pub mod serve;

use crate::app::App;
use crate::config::Config;
use crate::edge::Edge;
use crate::secrets;
use std::sync::Arc;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{Db, Settings, migrate, schema_is_current};

/// Opens the store of a configuration; migrates where it may, refuses a wrong schema where not.
pub fn open(config: &Config) -> Result<App> {
    std::fs::create_dir_all(&config.data_dir)
        .map_err(|error| Refusal::internal(format!("{}: {error}", config.data_dir.display())))?;
    let url = config.database_url();
    match config.migrating_url()? {
        Some(migrating) => migrate(&migrating, SystemClock.now())?,
        None if !schema_is_current(&url)? => {
            return Err(Refusal::internal(
                "the schema is not the one of this version: run `vinculo migrate` with VINCULO_MIGRATION_URL",
            ));
        }
        None => {}
    }
    let settings = Settings {
        url,
        files: config.data_dir.join("files"),
        pool: config.pool,
        pooler: config.database_pooler,
    };
    let edge = Edge::of(config)?;
    let db = Db::open(&settings, Arc::new(SystemClock))?;
    let (tokens, seal) = secrets::load(&config.data_dir, &config.public_url)?;
    Ok(App::new(db, tokens, seal)
        .behind(edge)
        .with(config.patience()))
}
