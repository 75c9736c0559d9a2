//! The program, running as a server.

use crate::callers::Caller;
use crate::store::Store;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

pub struct Service {
    child: Child,
    log: std::path::PathBuf,
}

impl Service {
    /// Serves with these settings in addition to the store's own.
    #[track_caller]
    pub fn start(store: &Store, more: &[(&str, &str)]) -> Self {
        Self::attempt(store, more).unwrap_or_else(|said| panic!("it does not serve: {said}"))
    }

    /// The same where it may refuse to start: then returns what it said.
    pub fn attempt(store: &Store, more: &[(&str, &str)]) -> Result<Self, String> {
        let log = store.aside.join(format!("log-{}", store.address.port()));
        let file = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&log)
            .unwrap();
        let mut command = store.command(&["serve"]);
        command.envs(more.iter().copied());
        command.stdin(std::process::Stdio::null());
        command.stdout(file.try_clone().unwrap()).stderr(file);
        let mut service = Self {
            child: command.spawn().unwrap(),
            log,
        };
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(60) {
            if let Some(status) = service.child.try_wait().unwrap() {
                return Err(format!("{status}: {}", service.logged()));
            }
            let mut caller = Caller::new(store.address, None);
            if caller
                .get("/health/ready")
                .is_ok_and(|answer| answer.status == 200)
            {
                return Ok(service);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it never was ready: {}", service.logged())
    }

    /// The last lines that it logged.
    pub fn logged(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().rev().take(40).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }

    /// Kills it with SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, as a service manager does, and waits until it has stopped.
    pub fn end(&mut self) {
        let pid = self.child.id().to_string();
        crate::cluster::run(Command::new("kill").args(["-TERM", &pid]));
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(60) {
            if self.child.try_wait().unwrap().is_some() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it does not end: {}", self.logged());
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // A program that has already ended cannot be killed; that is fine.
        let _ended = self.child.kill();
        let _gone = self.child.wait();
    }
}
