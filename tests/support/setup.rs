//! The set-ups of an installation: either engine, and PostgreSQL with a pooler in front.

use crate::database::{Scratch, variable};
use crate::fixtures::{POOL, TestApp};
use std::future::Future;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use vinculo_domain::clock::SystemClock;
use vinculo_persistence::{Engine, Pooler};

/// A way to set up an installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setup {
    Sqlite,
    Postgres,
    /// PostgreSQL through a pooler in transaction mode.
    Pooled,
}

pub const SETUPS: [Setup; 3] = [Setup::Sqlite, Setup::Postgres, Setup::Pooled];

impl Setup {
    /// The engine alone, without a pooler.
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

impl Scratch {
    /// The same database, but the application connects through the pooler.
    #[must_use]
    pub fn behind_pooler(mut self) -> Self {
        let (_, name) = self.url.rsplit_once('/').unwrap();
        self.url = format!("{}/{name}", variable("VINCULO_TEST_POOLER_URL_BASE"));
        self.pooler = Pooler::Transaction;
        self
    }
}

/// Runs a test on both engines, and on PostgreSQL behind a pooler.
pub async fn on_all<F: Future<Output = ()>>(test: impl Fn(TestApp) -> F) {
    for setup in SETUPS {
        eprintln!("--- {setup:?}");
        let app = TestApp::start_on(setup, POOL, Arc::new(SystemClock)).await;
        let kept = (Rc::clone(&app.folder), app.scratch.clone());
        test(app).await;
        drop(kept);
    }
}
