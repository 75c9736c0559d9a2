//! `vinculo sweep`: an operator looks at the files that no row names, and lets them be taken.

use crate::config::Config;
use crate::server;
use std::time::Duration;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{Sweeping, Swept, sweep_files};

/// The command. It only counts, unless it is told to go ahead; `all` takes many, too.
pub async fn run(config: &Config, all: bool, go_ahead: bool) -> Result<String> {
    let sweeping = match (go_ahead, all) {
        (false, _) => Sweeping::Count,
        (true, false) => Sweeping::Few,
        (true, true) => Sweeping::All,
    };
    let app = super::open(config)?;
    let scope = server::upkeep();
    let leave = app.db.guard().look(&app.db, &scope, Duration::ZERO).await?;
    if go_ahead && leave.is_none() {
        return Err(Refusal::internal(
            "the clock is far from what is on record, and it says what is old enough: set it, or run \
             `vinculo lapses --clock-is-right` where it is right",
        ));
    }
    let swept = sweep_files(&app.db, &scope, sweeping).await?;
    if swept.busy {
        return Err(Refusal::internal(
            "another sweep of this data folder is under way; try again when it is done",
        ));
    }
    Ok(text(&swept, sweeping))
}

fn text(swept: &Swept, sweeping: Sweeping) -> String {
    let figures = format!(
        "{} files; {} that no record names are due to be set aside, {} are over their time in quarantine",
        swept.files, swept.unnamed, swept.expired
    );
    let many = swept.unnamed.max(swept.expired) > swept.limit();
    let then = match sweeping {
        Sweeping::Count if many => format!(
            "nothing was touched; these are more than {}: if this database is the newest one of this data folder, \
             `vinculo sweep --all --go-ahead` takes them",
            swept.limit()
        ),
        Sweeping::Count => "nothing was touched; `vinculo sweep --go-ahead` takes them".to_owned(),
        _ => format!(
            "{} set aside for 30 days, {} brought back, {} removed from quarantine, {} leftovers removed{}",
            swept.set_aside,
            swept.recalled,
            swept.removed,
            swept.leftovers,
            if swept.stopped {
                "; what was too many was left alone"
            } else {
                ""
            }
        ),
    };
    format!("{figures}\n{then}")
}
