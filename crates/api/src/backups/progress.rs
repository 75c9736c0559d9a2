//! Progress of a command, shown on a terminal.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;

/// A progress line; shows nothing if there is no terminal.
pub struct Progress(ProgressBar);

impl Progress {
    /// Shown on standard error if that is a terminal.
    pub fn shown() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self::silent();
        }
        let bar = ProgressBar::new_spinner();
        let style = ProgressStyle::with_template("{spinner} {elapsed_precise} {msg} {pos}");
        bar.set_style(style.unwrap_or_else(|_wrong| ProgressStyle::default_spinner()));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    /// Never shown.
    pub fn silent() -> Self {
        Self(ProgressBar::hidden())
    }

    /// Begins another phase.
    pub fn phase(&self, what: &str) {
        self.0.set_message(what.to_owned());
        self.0.set_position(0);
    }

    /// Counts one more item as done.
    pub fn one(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
