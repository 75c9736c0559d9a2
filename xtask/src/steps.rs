//! Named steps, timed, with a summary at the end.

use std::time::{Duration, Instant};

#[derive(Default)]
pub struct Steps {
    done: Vec<(String, Duration, bool)>,
}

impl Steps {
    pub fn run<T>(
        &mut self,
        name: &str,
        action: impl FnOnce() -> Result<T, String>,
    ) -> Result<T, String> {
        println!("\n== {name}");
        let start = Instant::now();
        let outcome = action();
        let spent = start.elapsed();
        let verdict = if outcome.is_ok() { "done" } else { "FAILED" };
        println!("== {name}: {verdict} in {:.1} s", spent.as_secs_f64());
        self.done.push((name.to_owned(), spent, outcome.is_ok()));
        outcome.map_err(|message| format!("{name}: {message}"))
    }

    pub fn print_summary(&self) {
        println!("\nsummary");
        let mut total = Duration::ZERO;
        for (name, spent, succeeded) in &self.done {
            total += *spent;
            let verdict = if *succeeded { "ok    " } else { "FAILED" };
            println!("  {verdict} {:>7.1} s  {name}", spent.as_secs_f64());
        }
        println!("  total  {:>7.1} s", total.as_secs_f64());
    }
}
