//! The binary `vinculo`.

mod cli;

use clap::Parser;
use cli::{AdminCommand, Cli, Command, ImportCommand};
use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;
use vinculo_api::backups::taking::Choices;
use vinculo_api::commands::admin::NewAdmin;
use vinculo_api::commands::lapses::{self, Said};
use vinculo_api::commands::{admin, backup, demo, import, open, open_with, print, serve, sweep};
use vinculo_api::config::{self, Config};
use vinculo_api::installation::Missing;
use vinculo_api::{inspection, logging, openapi};
use vinculo_domain::imports::Reading;
use vinculo_domain::{Refusal, Result, TenantId, faults, wording};

#[actix_web::main]
async fn main() -> ExitCode {
    // Only the service may read records, files and secrets, whatever creates them.
    #[cfg(unix)]
    let _before = rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    // Does nothing outside the build of the tests, which the dependency rule keeps apart.
    for fault in faults::sow_as_told(config::told_to_sow) {
        let _unwritten = writeln!(std::io::stderr(), "vinculo: injected: {fault}");
    }
    let outcome = run(Cli::parse()).await.and_then(|text| say(&text));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            // If standard error fails, there is nowhere to report it.
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
        // The reader of a pipe may have stopped early.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Refusal::internal(error.to_string()))
        }
        _ => Ok(()),
    }
}

async fn run(cli: Cli) -> Result<String> {
    match cli.command {
        Command::Openapi => return Ok(openapi::text().to_owned()),
        Command::Matrix => return Ok(print::matrix()),
        Command::Procedure => return Ok(print::procedure()),
        Command::Texts => return Ok(wording::page()),
        Command::Inspect => return inspection::run().map(|()| String::new()),
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
                access_log: "off".into(),
                // The demonstration only uses a database that the command itself names.
                ..Config::load()?
            };
            log(&config)?;
            return demo::run(folder, config).await.map(|()| String::new());
        }
        _ => {}
    }
    let config = Config::load()?;
    log(&config)?;
    match cli.command {
        Command::Serve => serve::run(&config).await.map(|()| String::new()),
        Command::Migrate {
            accept_missing,
            seal,
        } => {
            let missing = if accept_missing {
                Missing::Accepted
            } else {
                Missing::Refused
            };
            drop(open_with(&config, missing)?);
            if let Some(url) = config.migrating_url()? {
                vinculo_persistence::recount(&url, seal)?;
            }
            Ok("the schema is up to date".into())
        }
        Command::Sweep { all, go_ahead } => sweep::run(&config, all, go_ahead).await,
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
                    columns,
                    external_ids,
                    encoding,
                },
        } => {
            let reading = Reading::of(&columns, &external_ids, encoding.as_deref())?;
            import::run(&config, &file, &reading, dry_run, report.as_ref()).await
        }
        Command::Import {
            command: ImportCommand::Undo { batch },
        } => {
            let undone = import::undo_batch(&open(&config)?, batch).await?;
            Ok(format!(
                "{} taken back, {} kept because somebody has worked on them: {:?}; inscriptions cancelled as imported in error: {:?}",
                undone.undone,
                undone.kept.len(),
                undone.kept,
                undone.cancelled
            ))
        }
        Command::Backup {
            folder,
            keep_going,
            keep,
        } => {
            let keep = keep.map(usize::from);
            backup::take(&config, &folder, Choices { keep_going, keep })
        }
        Command::Restore { folder, at } => backup::restore(&config, &folder, at.as_deref()),
        Command::Verify {
            backup: folder,
            at,
            json,
        } => backup::verify(&config, folder.as_deref(), at.as_deref(), json),
        Command::Lapses {
            go_ahead,
            clock_is_right,
        } => {
            let said = Said {
                go_ahead,
                clock_is_right,
            };
            lapses::run(&config, said).await
        }
        Command::Ping => serve::ping(config.bind).await,
        _ => config.redacted(),
    }
}

fn log(config: &Config) -> Result<()> {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(logging::filter(&config.log)?)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    if config.log_format == "json" {
        builder.json().init();
    } else {
        builder.init();
    }
    Ok(())
}
