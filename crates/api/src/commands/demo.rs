//! `vinculo demo`: builds a demonstration in a fresh folder and serves it.

use super::serve;
use crate::config::Config;
use crate::fixtures::demonstration::{PASSWORD, build};
use crate::inspection::Inspector;
use crate::telemetry::Telemetry;
use std::collections::BTreeMap;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::is_fresh;

/// Builds and serves the demonstration.
pub async fn run(folder: Option<PathBuf>, config: Config) -> Result<()> {
    let bind = config.bind;
    // Fails early if the port is taken, before anything is built.
    drop(std::net::TcpListener::bind(bind).map_err(|error| {
        Refusal::internal(format!(
            "cannot listen on {bind}: {error}; choose another with --bind"
        ))
    })?);
    let folder = fresh(folder)?;
    say(&format!(
        "Construyendo el mundo de demostración en {} ...",
        folder.display()
    ))?;
    let config = Config {
        data_dir: folder,
        ..config
    };
    config.check()?;
    let given = config.database_url.as_deref();
    if given.map(is_fresh).transpose()? == Some(false) {
        return Err(Refusal::internal(
            "the database has tables already: the demonstration, whose password everybody knows, needs an empty one",
        ));
    }
    let app = super::open(&config)?
        .inspecting(Inspector::of_this_program()?)
        .with_telemetry(Telemetry::of(&config)?);
    let people = build(&app).await?;
    serve::serve(app, bind, Duration::ZERO, |address| {
        if let Err(refusal) = say(&welcome(address, &people)) {
            tracing::warn!(%refusal, "the welcome could not be printed");
        }
    })
    .await
}

fn fresh(folder: Option<PathBuf>) -> Result<PathBuf> {
    let folder = folder.unwrap_or_else(|| {
        std::env::temp_dir().join(format!("vinculo-demo-{}", uuid::Uuid::now_v7()))
    });
    if folder
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_some())
    {
        return Err(Refusal::internal(format!(
            "{} is not empty: the demonstration needs a fresh folder",
            folder.display()
        )));
    }
    Ok(folder)
}

fn say(text: &str) -> Result<()> {
    writeln!(std::io::stdout(), "{text}").map_err(|error| Refusal::internal(error.to_string()))
}

fn welcome(address: SocketAddr, people: &[String]) -> String {
    let base = format!("http://{address}");
    format!(
        "\nVínculo (demostración) en {base}   documentación: {base}/docs/\n\n\
         Cuentas: FUNCIÓN@GOBIERNO, como officer@14039.vinculo.example\n\
         Contraseña de todas: {PASSWORD}\n{}\n\n\
         curl -s '{base}/v1/registry?limit=3'\n\
         TOKEN=$(curl -s {base}/v1/sessions -H 'content-type: application/json' -d '{{\"email\":\"officer@14039.vinculo.example\",\"password\":\"{PASSWORD}\"}}' | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')\n\
         curl -s '{base}/v1/agreements?limit=5' -H \"authorization: Bearer $TOKEN\"\n",
        sign_ins(people)
    )
}

/// One line for each government: its roles, then its address.
fn sign_ins(people: &[String]) -> String {
    let mut governments: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for email in people {
        let (role, government) = email.split_once('@').unwrap_or((email, ""));
        governments.entry(government).or_default().push(role);
    }
    governments
        .iter()
        .map(|(government, roles)| format!("  …@{government}   {}", roles.join(", ")))
        .collect::<Vec<_>>()
        .join("\n")
}
