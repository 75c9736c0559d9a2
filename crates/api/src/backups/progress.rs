//! How far it is, for whoever looks at a terminal.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;

/// A line that says what is being done; nothing where nobody looks.
pub struct Progress(ProgressBar);

impl Progress {
    /// Shown on standard error where that is a terminal.
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

    /// Shown to nobody.
    pub fn silent() -> Self {
        Self(ProgressBar::hidden())
    }

    /// Something else begins.
    pub fn phase(&self, what: &str) {
        self.0.set_message(what.to_owned());
        self.0.set_position(0);
    }

    /// One more is done.
    pub fn one(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
