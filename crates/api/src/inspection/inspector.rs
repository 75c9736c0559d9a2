//! Checks uploads in a separate process of this same program, which is killed when it takes too
//! long.

use super::{Verdict, inspect, line, read_line};
use crate::fixtures::pdf::pdf;
use bytes::Bytes;
use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::Semaphore;
use vinculo_domain::documents::{FileReason, MediaType};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// How long a process may take, in elapsed time.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// How many files are checked at once: each takes a core.
const AT_ONCE: usize = 2;
/// How many verdicts are remembered.
const REMEMBERED: usize = 1024;
/// The longest line of a verdict.
const LINE: u64 = 256;

/// Checks uploads and remembers the verdicts by digest.
#[derive(Clone)]
pub struct Inspector {
    /// The program to start; if absent, files are checked within this process.
    program: Option<PathBuf>,
    places: Arc<Semaphore>,
    remembered: Arc<Mutex<Remembered>>,
}

/// Verdicts by digest, and the digests, oldest first.
#[derive(Default)]
struct Remembered(HashMap<String, Verdict>, VecDeque<String>);

impl Inspector {
    /// Checks within this process: for tests and our own files, not for files of strangers.
    pub fn here() -> Self {
        Self {
            program: None,
            places: Arc::new(Semaphore::new(AT_ONCE)),
            remembered: Arc::default(),
        }
    }

    /// Starts `program inspect` for each file.
    pub fn program(program: PathBuf) -> Self {
        Self {
            program: Some(program),
            ..Self::here()
        }
    }

    /// Starts the running program, even if its file was replaced since.
    pub fn of_this_program() -> Result<Self> {
        let itself = PathBuf::from("/proc/self/exe");
        if itself.exists() {
            return Ok(Self::program(itself));
        }
        let program = std::env::current_exe().map_err(failed)?;
        Ok(Self::program(program))
    }

    /// Fails if a known good file is refused: every upload would be refused.
    pub async fn try_out(&self) -> Result<()> {
        match self.look(pdf("prueba").into()).await? {
            Some(Ok(MediaType::Pdf)) => Ok(()),
            other => Err(Refusal::internal(format!(
                "the inspection of uploads does not work here: {other:?}"
            ))),
        }
    }

    /// What kind of file it is, or why it is refused.
    pub async fn verdict(&self, sha256: &str, bytes: &Bytes) -> Result<Verdict> {
        if let Some(verdict) = self.remembered().0.get(sha256) {
            return Ok(*verdict);
        }
        let _place = self
            .places
            .acquire()
            .await
            .map_err(|error| Refusal::internal(error.to_string()))?;
        let Some(verdict) = self.look(bytes.clone()).await? else {
            // It may succeed under less load, so this verdict is not remembered.
            return Ok(Err(FileReason::TooComplex));
        };
        let mut remembered = self.remembered();
        if remembered.0.insert(sha256.to_owned(), verdict).is_none() {
            remembered.1.push_back(sha256.to_owned());
        }
        if remembered.1.len() > REMEMBERED
            && let Some(oldest) = remembered.1.pop_front()
        {
            remembered.0.remove(&oldest);
        }
        Ok(verdict)
    }

    /// The verdict, or none if the process gave none.
    async fn look(&self, bytes: Bytes) -> Result<Option<Verdict>> {
        let Some(program) = &self.program else {
            let looked = tokio::task::spawn_blocking(move || line(inspect(bytes.into())));
            return Ok(looked.await.ok().as_deref().and_then(read_line));
        };
        let mut child = Command::new(program)
            .arg("inspect")
            // The process must not learn what this one knows, such as the database's password.
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let talk = async {
            let (mut stdin, stdout) = (stdin?, stdout?);
            // A process that stops reading early still answers.
            let _enough = stdin.write_all(&bytes).await;
            drop(stdin);
            let mut text = String::new();
            stdout.take(LINE).read_to_string(&mut text).await.ok()?;
            let ended = child.wait().await.ok()?;
            ended.success().then_some(text)
        };
        let text = tokio::time::timeout(MAX_WAIT, talk).await;
        Ok(text.ok().flatten().as_deref().and_then(read_line))
    }

    fn remembered(&self) -> std::sync::MutexGuard<'_, Remembered> {
        self.remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// A process that cannot be started now may start later.
fn failed(error: std::io::Error) -> Refusal {
    Refusal {
        internal: Some(format!("the inspection of uploads: {error}")),
        ..Refusal::new(Problem::TooBusy)
    }
}
