//! The project's own chores, run as `cargo xtask COMMAND`.

mod barriers;
mod bench;
mod catalog;
mod compiler;
mod dependency_rule;
mod faults;
mod import_circles;
mod licences;
mod metadata;
mod packages;
mod pgbouncer;
mod postgres;
mod postgres_install;
mod process;
mod python;
mod record_sizes;
mod regenerate;
mod reviewed;
mod schemathesis;
mod scope_makers;
mod server_user;
mod servers;
mod slowest;
mod sources;
mod sql_text;
mod steps;
mod store_functions;
mod test_command;
mod tier;
mod traceability;
mod unrun_tests;

use std::process::ExitCode;

use compiler::Compiler;
use tier::Tier;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  test [--full] [--no-lint] [FILTER...]
                                check and test what a change needs, on both engines; with --full
                                everything; with filters, only the tests whose names contain one
  faults [--full] [NAME...]     kill, cut, fill and jump beside a ledger of what was acknowledged,
                                short as in the tests or with all counts
  barriers                      check the functions of the store, the makers of scopes, SQL text
  pg -- COMMAND...              run a command beside a private PostgreSQL and PgBouncer, then
                                remove them
  regenerate [--check]          write the generated documents, or say which are out of date
  schemathesis [--full]         ask the served service as four people whether it keeps to its
                                document, with --full on both engines
  catalog                       rebuild the catalogue of governments from its source
  bench                         measure both engines side by side with wrk";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = process::enter_workspace_root().and_then(|()| dispatch(&arguments));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<(), String> {
    let Some((command, rest)) = arguments.split_first() else {
        return Err(USAGE.to_owned());
    };
    match command.as_str() {
        "test" => test_command::run(rest),
        "faults" => faults::run(rest),
        "barriers" => barriers::check(),
        "pg" => servers::run_beside(rest),
        "regenerate" => match rest {
            [] => regenerate::run(regenerate::Mode::Write, &Compiler::plain(Tier::Short)),
            [flag] if flag == "--check" => {
                regenerate::run(regenerate::Mode::Check, &Compiler::plain(Tier::Short))
            }
            _ => Err(USAGE.to_owned()),
        },
        "schemathesis" => {
            let tier = match rest {
                [] => Tier::Short,
                [flag] if flag == "--full" => Tier::Full,
                _ => return Err(USAGE.to_owned()),
            };
            let compiler = Compiler::plain(tier);
            postgres::Server::start(postgres::Storage::Memory)
                .and_then(|server| schemathesis::run(&server, &compiler))
        }
        "catalog" => catalog::run(),
        "bench" => bench::run(),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        unknown => Err(format!("there is no command `{unknown}`\n{USAGE}")),
    }
}
