//! The command line.

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
    /// Build a demonstration in a fresh folder and serve it.
    Demo {
        /// The folder; a new temporary one by default.
        #[arg(long)]
        folder: Option<PathBuf>,
        /// The address to listen on.
        #[arg(long, default_value = "127.0.0.1:8080")]
        bind: std::net::SocketAddr,
        /// The application's URL of an empty PostgreSQL database; by default SQLite in the folder.
        #[arg(long, requires = "migration_url")]
        database_url: Option<String>,
        /// The migrator's URL of the same database.
        #[arg(long, requires = "database_url")]
        migration_url: Option<String>,
    },
    /// Run the service.
    Serve,
    /// Create an installation, or update its schema and the catalogue of governments.
    Migrate {
        /// Take over a data folder without an id although some of the newest files are missing in
        /// it.
        #[arg(long)]
        accept_missing: bool,
        /// Accept the stored data as it is, with the service stopped: on SQLite all rows, where your own
        /// SQL has changed some on purpose and `vinculo verify` reports them as altered; on both engines,
        /// count the records of every government and add up their amounts again.
        #[arg(long)]
        seal: bool,
    },
    /// Count the files that no record names; with --go-ahead, set them aside for 30 days.
    Sweep {
        /// Also set them aside if there are many.
        #[arg(long)]
        all: bool,
        /// Really set them aside.
        #[arg(long)]
        go_ahead: bool,
    },
    /// Manage the people of this installation.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Import past agreements from files.
    Import {
        #[command(subcommand)]
        command: ImportCommand,
    },
    /// Show which untouched drafts would be abandoned now, and whether the clock can be trusted.
    Lapses {
        /// Abandon everything that is due now, once, however much it is.
        #[arg(long)]
        go_ahead: bool,
        /// Accept the clock as it is, for example after a long standstill.
        #[arg(long)]
        clock_is_right: bool,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Print the permission table.
    Matrix,
    /// Print the procedure.
    Procedure,
    /// Print every text for people, and the list of terms.
    Texts,
    /// Take a backup into a folder while the service runs.
    Backup {
        /// The folder of backups; an earlier backup in it makes the next one smaller.
        folder: PathBuf,
        /// If the store is damaged or files are missing, back up what there is and note the damage;
        /// still ends with an error.
        #[arg(long)]
        keep_going: bool,
        /// How many backups to keep, the newest; older ones are removed once this one is finished.
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
        keep: Option<u16>,
    },
    /// Restore a backup into an empty place.
    Restore {
        /// The folder of backups.
        folder: PathBuf,
        /// The name of the backup; by default the newest.
        #[arg(long)]
        at: Option<String>,
    },
    /// Verify that the store, or a backup, is complete and unaltered; ends with an error if not.
    Verify {
        /// A folder of backups, instead of the store.
        #[arg(long)]
        backup: Option<PathBuf>,
        /// The name of one backup; by default all backups in the folder.
        #[arg(long, requires = "backup")]
        at: Option<String>,
        /// Print one JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Check the configuration and print it without secrets.
    CheckConfig,
    /// Ask a running service whether it is alive.
    Ping,
    /// Check the file on standard input and print the verdict; the service starts this for each
    /// upload.
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
        /// The role; may be repeated.
        #[arg(long, default_value = "admin", value_parser = |text: &str| text.parse::<Role>().map_err(|error| error.to_string()))]
        role: Vec<Role>,
    },
}

#[derive(Subcommand)]
pub enum ImportCommand {
    /// Import past agreements from a CSV file, as the foreign ministry.
    Agreements {
        /// The file.
        file: PathBuf,
        /// Do everything but keep it.
        #[arg(long)]
        dry_run: bool,
        /// Write the report to this file as JSON.
        #[arg(long)]
        report: Option<PathBuf>,
        /// What a heading means, such as `municipality=Mpio.`, or `ignore=Notas`; may be repeated.
        #[arg(long = "column", value_name = "MEANING=HEADING")]
        columns: Vec<String>,
        /// A column with ids of the office's own system, such as `folio=siga-jalisco`; may be
        /// repeated.
        #[arg(long = "external-id", value_name = "HEADING=SYSTEM")]
        external_ids: Vec<String>,
        /// How the file is encoded: `utf-8`, `windows-1252`, `cp850` or `macintosh`.
        #[arg(long)]
        encoding: Option<String>,
    },
    /// Undo a whole batch.
    Undo {
        /// The batch's id, from its report.
        batch: Uuid,
    },
}
