//! How an installation may be set up: either engine, and PostgreSQL with a pooler in front.

use crate::database::Scratch;
use std::path::Path;
use vinculo_persistence::Engine;

/// A way to set an installation up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setup {
    Sqlite,
    Postgres,
    /// PostgreSQL through a pooler in transaction mode.
    Pooled,
}

/// Every way there is.
pub const SETUPS: [Setup; 3] = [Setup::Sqlite, Setup::Postgres, Setup::Pooled];

impl Setup {
    /// The engine with nothing in front of it.
    pub fn of(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::Sqlite,
            Engine::Postgres => Self::Postgres,
        }
    }

    /// A database of its own, copied from the template that `fill` makes.
    pub fn scratch(self, folder: &Path, fill: impl Fn(&Scratch)) -> Scratch {
        match self {
            Self::Sqlite => Scratch::copy(Engine::Sqlite, folder, fill),
            Self::Postgres => Scratch::copy(Engine::Postgres, folder, fill),
            Self::Pooled => Scratch::copy(Engine::Postgres, folder, fill).behind_pooler(),
        }
    }
}
