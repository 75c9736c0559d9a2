//! The program, serving.

use crate::callers::Caller;
use crate::store::Store;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

pub struct Service {
    child: Child,
    log: std::path::PathBuf,
}

impl Service {
    /// Serves, with these settings beside the store's own.
    #[track_caller]
    pub fn start(store: &Store, more: &[(&str, &str)]) -> Self {
        Self::attempt(store, more).unwrap_or_else(|said| panic!("it does not serve: {said}"))
    }

    /// The same where it may refuse to: what it said then.
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

    /// The end of what it logged.
    pub fn logged(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().rev().take(40).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }

    /// Kills it as the kernel does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, as a service manager does, and waits until it has.
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
        // One that has ended cannot be killed, which is well.
        let _ended = self.child.kill();
        let _gone = self.child.wait();
    }
}
