//! `vinculo sweep`: counts the files that no row names, and sets them aside if the operator agrees.

use crate::config::Config;
use crate::maintenance;
use std::time::Duration;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{Sweeping, Swept, count_unnamed, sweep_files};

/// Runs the command. It only counts unless told to go ahead; `all` also takes a large number.
pub async fn run(config: &Config, all: bool, go_ahead: bool) -> Result<String> {
    let app = super::open(config)?;
    let scope = maintenance::operator_scope();
    if !go_ahead {
        return Ok(counted(&count_unnamed(&app.db, &scope).await?));
    }
    let leave = app.db.guard().look(&app.db, &scope, Duration::ZERO).await?;
    let leave = leave.ok_or_else(|| {
        Refusal::internal(
            "the clock is far from what is on record, and it says what is old enough: set it, or run \
             `vinculo lapses --clock-is-right` where it is right",
        )
    })?;
    let sweeping = if all { Sweeping::All } else { Sweeping::Few };
    let swept = sweep_files(&app.db, &scope, sweeping, &leave).await?;
    if swept.busy {
        return Err(Refusal::internal(
            "another sweep of this data folder is under way; try again when it is done",
        ));
    }
    Ok(done(&swept))
}

fn figures(swept: &Swept) -> String {
    format!(
        "{} files; {} that no record names are due to be set aside, {} are over their time in quarantine",
        swept.files, swept.unnamed, swept.expired
    )
}

fn counted(swept: &Swept) -> String {
    let many = swept.unnamed.max(swept.expired) > swept.limit();
    let then = if many {
        format!(
            "these are more than {}: if this database is the newest one of this data folder, \
             `vinculo sweep --all --go-ahead` takes them",
            swept.limit()
        )
    } else {
        "`vinculo sweep --go-ahead` takes them".to_owned()
    };
    format!("{}\nnothing was touched; {then}", figures(swept))
}

fn done(swept: &Swept) -> String {
    let stopped = if swept.stopped {
        "; what was too many was left alone"
    } else {
        ""
    };
    format!(
        "{}\n{} set aside for 30 days, {} brought back, {} removed from quarantine, {} leftovers removed{stopped}",
        figures(swept),
        swept.set_aside,
        swept.recalled,
        swept.removed,
        swept.leftovers,
    )
}
