//! The access log: one line per request, written by a thread of its own. If its reader is slow or
//! gone, lines are dropped and counted, but no request is delayed.

use serde::Serialize;
use std::io::{BufWriter, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Lines that may be queued.
const QUEUE: usize = 8192;
/// How many steps the service waits at its end for the last lines.
const LAST_STEPS: u32 = 100;
const STEP: Duration = Duration::from_millis(10);

/// One request and its answer. No field comes from a person: no address, name, token, parameter or
/// text.
#[derive(Debug, Serialize)]
pub struct Line<'a> {
    /// When the request came.
    pub time: String,
    /// The request id given to the client.
    pub request_id: &'a str,
    /// The operation's id, or what else was requested.
    pub operation: &'static str,
    /// The method, if it is a known HTTP method.
    pub method: &'static str,
    /// The pattern of the path.
    pub route: &'a str,
    /// The status; 499 if the client left before the answer.
    pub status: u16,
    /// Time until the answer was known.
    pub duration_ms: f64,
    /// Time until its last byte was handed over.
    pub sent_ms: f64,
    /// Bytes of the request body that were read.
    pub bytes_in: u64,
    /// Bytes of the answer body that were sent.
    pub bytes_out: u64,
    /// Whether the client left before the end.
    pub aborted: bool,
}

/// The queue of lines.
pub struct AccessLog {
    sender: Option<SyncSender<String>>,
    writer: Option<JoinHandle<()>>,
    dropped: Arc<AtomicU64>,
    pending: Arc<AtomicU64>,
}

impl AccessLog {
    /// Writes lines to this output.
    pub fn to(output: impl Write + Send + 'static) -> Self {
        Self::holding(QUEUE, output)
    }

    /// The same with room for this many queued lines.
    pub fn holding(lines: usize, output: impl Write + Send + 'static) -> Self {
        let (sender, receiver) = sync_channel(lines);
        let dropped = Arc::new(AtomicU64::new(0));
        let pending = Arc::new(AtomicU64::new(0));
        let (lost, left) = (Arc::clone(&dropped), Arc::clone(&pending));
        let thread = std::thread::Builder::new().name("access-log".into());
        let writer = thread.spawn(move || write(&receiver, output, &lost, &left));
        Self {
            sender: Some(sender),
            writer: writer.ok(),
            dropped,
            pending,
        }
    }

    /// Queues a line, or counts it as dropped.
    pub fn note(&self, line: &Line<'_>) {
        let text = serde_json::to_string(line).unwrap_or_default();
        self.pending.fetch_add(1, Ordering::AcqRel);
        let taken = self
            .sender
            .as_ref()
            .is_some_and(|sender| sender.try_send(text).is_ok());
        if !taken {
            self.pending.fetch_sub(1, Ordering::AcqRel);
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Waits a short while until every line is written.
    pub async fn settle(&self) {
        for _ in 0..LAST_STEPS {
            if self.pending.load(Ordering::Acquire) == 0 {
                return;
            }
            tokio::time::sleep(STEP).await;
        }
    }

    /// The number of dropped lines.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }
}

fn write(
    receiver: &Receiver<String>,
    output: impl Write,
    dropped: &AtomicU64,
    pending: &AtomicU64,
) {
    let mut output = BufWriter::new(output);
    while let Ok(first) = receiver.recv() {
        let mut written = 1;
        let mut outcome = writeln!(output, "{first}");
        // Queued lines are written together.
        while let Ok(next) = receiver.try_recv() {
            outcome = outcome.and_then(|()| writeln!(output, "{next}"));
            written += 1;
        }
        if outcome.and_then(|()| output.flush()).is_err() {
            dropped.fetch_add(written, Ordering::Relaxed);
        }
        pending.fetch_sub(written, Ordering::AcqRel);
    }
}

impl Drop for AccessLog {
    fn drop(&mut self) {
        drop(self.sender.take());
        let Some(writer) = self.writer.take() else {
            return;
        };
        for _ in 0..LAST_STEPS {
            if writer.is_finished() {
                return;
            }
            std::thread::sleep(STEP);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Mutex, mpsc};

    fn line(request_id: &str) -> Line<'_> {
        Line {
            time: String::new(),
            request_id,
            operation: "unknown",
            method: "GET",
            route: "unknown",
            status: 404,
            duration_ms: 0.1,
            sent_ms: 0.2,
            bytes_in: 0,
            bytes_out: 9,
            aborted: false,
        }
    }

    /// An output that accepts nothing until told to.
    struct Stuck(mpsc::Receiver<()>, Arc<Mutex<Vec<u8>>>);

    impl Write for Stuck {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let _told = self.0.recv();
            self.1.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_does_not_read_costs_lines_and_nothing_else() {
        let (tell, told) = mpsc::channel();
        let written = Arc::default();
        let log = AccessLog::holding(10, Stuck(told, Arc::clone(&written)));
        for number in 0..10_000 {
            log.note(&line(&number.to_string()));
        }
        let dropped = log.dropped();
        assert!(dropped > 0, "a queue of ten does not hold ten thousand");
        drop(tell);
        drop(log);
        let text = String::from_utf8(written.lock().unwrap().clone()).unwrap();
        assert_eq!(text.lines().count() as u64, 10_000 - dropped);
        assert!(text.lines().all(|line| line.starts_with("{\"time\":")));
    }
}
