//! What the command line understands.

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use uuid::Uuid;
use vinculo_domain::Role;

/// Vínculo: the action abroad of Mexico's governments.
#[derive(Parser)]
#[command(name = "vinculo", version, about)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Build a demonstration world in a fresh folder and serve it.
    Demo {
        /// The folder; a fresh temporary one where absent.
        #[arg(long)]
        folder: Option<PathBuf>,
        /// The address to listen on.
        #[arg(long, default_value = "127.0.0.1:8080")]
        bind: std::net::SocketAddr,
        /// The application's URL of an empty PostgreSQL database; SQLite in the folder where absent.
        #[arg(long, requires = "migration_url")]
        database_url: Option<String>,
        /// The migrator's URL of the same database.
        #[arg(long, requires = "database_url")]
        migration_url: Option<String>,
    },
    /// Serve.
    Serve,
    /// Make an installation, or bring its schema and the catalogue of governments up to date.
    Migrate {
        /// Take a data folder over that carries no id yet although newest files are missing in it.
        #[arg(long)]
        accept_missing: bool,
        /// On SQLite, take all rows as they stand: SQL of your own has changed some on purpose, and
        /// `vinculo verify` says that they were altered.
        #[arg(long)]
        seal: bool,
    },
    /// Count the files that no record names; with --go-ahead, set them aside for 30 days.
    Sweep {
        /// Also where they are many.
        #[arg(long)]
        all: bool,
        /// Do it.
        #[arg(long)]
        go_ahead: bool,
    },
    /// People of this installation.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Past agreements from files.
    Import {
        #[command(subcommand)]
        command: ImportCommand,
    },
    /// Say what would be abandoned now because nobody touched it, and whether the clock is far.
    Lapses {
        /// Abandon what is due now, once, however much it is.
        #[arg(long)]
        go_ahead: bool,
        /// Go on from the clock as it stands, after a long standstill for instance.
        #[arg(long)]
        clock_is_right: bool,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Print the permission table.
    Matrix,
    /// Print the procedure.
    Procedure,
    /// Take a backup into a folder, while the service runs.
    Backup {
        /// The folder of backups; a backup that is there already makes the next one small.
        folder: PathBuf,
        /// Where the store has lost a file or is damaged, back up what there is and note the damage; ends
        /// with an error all the same.
        #[arg(long)]
        keep_going: bool,
        /// So many backups stay, the newest; the others are removed once this one is finished.
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
        keep: Option<u16>,
    },
    /// Restore a backup into an empty place.
    Restore {
        /// The folder of backups.
        folder: PathBuf,
        /// The name of the backup; the newest where absent.
        #[arg(long)]
        at: Option<String>,
    },
    /// Look whether the store, or a backup, is what it was; ends with an error where it is not.
    Verify {
        /// A folder of backups, instead of the store.
        #[arg(long)]
        backup: Option<PathBuf>,
        /// The name of one backup; all of the folder where absent.
        #[arg(long, requires = "backup")]
        at: Option<String>,
        /// Print one JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Check the configuration and print it without secrets.
    CheckConfig,
    /// Ask a running service whether it lives.
    Ping,
    /// Take the file on standard input apart and print the verdict; the service starts this for
    /// each upload.
    #[command(hide = true)]
    Inspect,
}

#[derive(Subcommand)]
pub enum AdminCommand {
    /// Create a person with a role at a government; prints the password once.
    Create {
        /// The institutional address.
        #[arg(long)]
        email: String,
        /// The person's name.
        #[arg(long)]
        name: String,
        /// The government's key.
        #[arg(long, default_value = "00")]
        tenant: String,
        /// The role; may be given several times.
        #[arg(long, default_value = "admin", value_parser = |text: &str| text.parse::<Role>().map_err(|error| error.to_string()))]
        role: Vec<Role>,
    },
}

#[derive(Subcommand)]
pub enum ImportCommand {
    /// Bring past agreements in from a CSV file, as the foreign ministry.
    Agreements {
        /// The file.
        file: PathBuf,
        /// Do everything but keep it.
        #[arg(long)]
        dry_run: bool,
        /// Write the report as JSON here.
        #[arg(long)]
        report: Option<PathBuf>,
    },
    /// Take a whole batch back.
    Undo {
        /// The batch's id, from its report.
        batch: Uuid,
    },
}
