//! The servers that the tests use: a private PostgreSQL, and a pooler in front of it.

use std::process::Command;

use crate::pgbouncer::Pooler;
use crate::postgres::{Server, Storage};
use crate::process;

/// The pooler is the first field: it must stop before the server behind it.
pub struct Servers {
    pooler: Pooler,
    postgres: Server,
}

impl Servers {
    pub fn start() -> Result<Self, String> {
        let postgres = Server::start(Storage::Memory)?;
        Ok(Self {
            pooler: Pooler::start(&postgres)?,
            postgres,
        })
    }

    /// The database server itself.
    pub fn postgres(&self) -> &Server {
        &self.postgres
    }

    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let mut variables = self.postgres.environment();
        variables.push(self.pooler.environment());
        variables
    }
}

/// `cargo xtask pg -- COMMAND...`
pub fn run_beside(arguments: &[String]) -> Result<(), String> {
    let words = match arguments {
        [dashes, rest @ ..] if dashes == "--" => rest,
        all => all,
    };
    let Some((program, rest)) = words.split_first() else {
        return Err("say what to run: cargo xtask pg -- COMMAND...".to_owned());
    };
    let servers = Servers::start()?;
    let mut path = process::environment("PATH").unwrap_or_default();
    path.push(":");
    path.push(servers.postgres.programs());
    let mut command = Command::new(program);
    process::run(
        command
            .args(rest)
            .envs(servers.environment())
            .env("PATH", path),
    )
}
