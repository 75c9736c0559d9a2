//! The binary `vinculo`.

use clap::{Parser, Subcommand};
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;
use uuid::Uuid;
use vinculo_api::commands::admin::NewAdmin;
use vinculo_api::commands::{admin, demo, import, open, print, serve};
use vinculo_api::config::Config;
use vinculo_api::openapi;
use vinculo_domain::{Refusal, Result, Role, TenantId};

/// Vínculo: the action abroad of Mexico's governments.
#[derive(Parser)]
#[command(name = "vinculo", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
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
    /// Bring the schema and the catalogue of governments up to date.
    Migrate,
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
    /// Print the OpenAPI document.
    Openapi,
    /// Print the permission table.
    Matrix,
    /// Print the procedure.
    Procedure,
    /// Check the configuration and print it without secrets.
    CheckConfig,
    /// Ask a running service whether it lives.
    Ping,
}

#[derive(Subcommand)]
enum AdminCommand {
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
enum ImportCommand {
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

#[actix_web::main]
async fn main() -> ExitCode {
    let outcome = run(Cli::parse()).await.and_then(|text| say(&text));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            // Nowhere is left to report a failure of standard error.
            let _unwritten = writeln!(std::io::stderr(), "vinculo: {refusal}");
            ExitCode::FAILURE
        }
    }
}

fn say(text: &str) -> Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let written = writeln!(std::io::stdout(), "{}", text.trim_end_matches('\n'));
    match written {
        // Whoever reads through a pipe may have seen enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Refusal::internal(error.to_string()))
        }
        _ => Ok(()),
    }
}

async fn run(cli: Cli) -> Result<String> {
    match cli.command {
        Command::Openapi => return Ok(openapi::text()),
        Command::Matrix => return Ok(print::matrix()),
        Command::Procedure => return Ok(print::procedure()),
        Command::Demo {
            folder,
            bind,
            database_url,
            migration_url,
        } => {
            let config = Config {
                bind,
                public_url: format!("http://{bind}"),
                database_url,
                migration_url,
                log: "warn".into(),
                // A database is only ever the demonstration's when the command itself names it.
                ..Config::load()?
            };
            log(&config);
            return demo::run(folder, config).await.map(|()| String::new());
        }
        _ => {}
    }
    let config = Config::load()?;
    log(&config);
    match cli.command {
        Command::Serve => serve::run(&config).await.map(|()| String::new()),
        Command::Migrate => open(&config).map(|_app| "the schema is up to date".into()),
        Command::Admin {
            command:
                AdminCommand::Create {
                    email,
                    name,
                    tenant,
                    role,
                },
        } => {
            let memberships = role
                .into_iter()
                .map(|role| (TenantId::new(&tenant), role))
                .collect();
            admin::run(
                &config,
                NewAdmin {
                    email,
                    name,
                    memberships,
                    password: None,
                },
            )
            .await
        }
        Command::Import {
            command:
                ImportCommand::Agreements {
                    file,
                    dry_run,
                    report,
                },
        } => import::run(&config, &file, dry_run, report.as_ref()).await,
        Command::Import {
            command: ImportCommand::Undo { batch },
        } => {
            let undone = import::undo_batch(&open(&config)?, batch).await?;
            Ok(format!(
                "{} taken back, {} kept because somebody has worked on them: {:?}",
                undone.undone,
                undone.kept.len(),
                undone.kept
            ))
        }
        Command::Ping => serve::ping(config.bind).await,
        _ => config.redacted(),
    }
}

fn log(config: &Config) {
    // The framework calls every request that is no HTTP an error; it is the caller's.
    let wanted = format!("actix_http=off,{}", config.log);
    let filter = EnvFilter::try_new(wanted).unwrap_or_else(|_wrong| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    if config.log_format == "json" {
        builder.json().init();
    } else {
        builder.init();
    }
}
