//! Time limits. The framework limits only the head of a request; the body and the work on the
//! request are limited here.

use crate::operation::{Input, Operation};
use actix_multipart::MultipartError;
use actix_web::error::PayloadError;
use actix_web::web::{Bytes, Payload};
use futures_util::{Stream, StreamExt, stream};
use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::io::{Error, ErrorKind};
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout_at};
use vinculo_domain::problems::Problem;

/// The time limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// For the first head on a connection.
    pub head: Duration,
    /// For each pause between two pieces of a body.
    pub chunk: Duration,
    /// For a whole JSON body.
    pub json: Duration,
    /// For a whole upload.
    pub upload: Duration,
    /// The bytes a second that an upload must keep up, after a first pause.
    pub upload_rate: u32,
    /// For the work on a request, once its body is there.
    pub handler: Duration,
    /// The same for an upload, whose file is written to disk.
    pub upload_handler: Duration,
    /// For the pause between two requests on one connection.
    pub keep_alive: Duration,
    /// For a connection without activity and without a request under way.
    pub stalled: Duration,
    /// The delay before an anonymous caller is told that it calls too often.
    pub flood_pause: Duration,
    /// For the requests under way when the service stops.
    pub shutdown: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(5),
            chunk: Duration::from_secs(5),
            json: Duration::from_secs(10),
            upload: Duration::from_secs(120),
            upload_rate: 10_000,
            handler: Duration::from_secs(10),
            upload_handler: Duration::from_secs(30),
            keep_alive: Duration::from_secs(15),
            stalled: Duration::from_secs(60),
            flood_pause: Duration::from_secs(1),
            shutdown: Duration::from_secs(30),
        }
    }
}

/// The limits of one body, in time and bytes.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    chunk: Duration,
    total: Duration,
    rate: Option<u32>,
    most: usize,
}

impl Deadlines {
    /// When an answer of this operation is due, counted before its body is read.
    pub fn due(&self, operation: &Operation) -> Due {
        Due::after(match operation.input {
            None => self.handler,
            Some(Input::Form(_)) => self.upload + self.upload_handler,
            Some(_) => self.json + self.handler,
        })
    }

    /// The limits of a JSON body.
    pub fn of_json(&self, most: usize) -> Bounds {
        Bounds {
            chunk: self.chunk,
            total: self.json,
            rate: None,
            most,
        }
    }

    /// The limits of an upload.
    pub fn of_upload(&self, most: usize) -> Bounds {
        Bounds {
            chunk: self.chunk,
            total: self.upload,
            rate: Some(self.upload_rate),
            most,
        }
    }
}

struct Intake {
    payload: Payload,
    bounds: Bounds,
    start: Instant,
    received: usize,
    over: bool,
}

/// A body stream that fails when it is late or too large.
pub fn timed(payload: Payload, bounds: Bounds) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    let intake = Intake {
        payload,
        bounds,
        start: Instant::now(),
        received: 0,
        over: false,
    };
    stream::unfold(intake, |mut intake| async move {
        if intake.over {
            return None;
        }
        let piece = intake.next().await?;
        intake.over = piece.is_err();
        Some((piece, intake))
    })
    // The form reader polls once more after the end.
    .fuse()
}

impl Intake {
    async fn next(&mut self) -> Option<Result<Bytes, PayloadError>> {
        let Ok(piece) = timeout_at(self.due(), self.payload.next()).await else {
            return Some(Err(PayloadError::Io(Error::from(ErrorKind::TimedOut))));
        };
        let piece = piece?;
        if let Ok(bytes) = &piece {
            self.received = self.received.saturating_add(bytes.len());
            if self.received > self.bounds.most {
                return Some(Err(PayloadError::Overflow));
            }
        }
        Some(piece)
    }

    /// When the next piece counts as late.
    fn due(&self) -> Instant {
        let Bounds {
            chunk, total, rate, ..
        } = self.bounds;
        let due = (Instant::now() + chunk).min(self.start + total);
        // The bytes received so far earn this much time, after a first pause for every caller.
        let worth = rate.and_then(|rate| {
            let millis = u64::try_from(self.received)
                .ok()?
                .saturating_mul(1000)
                .checked_div(u64::from(rate))?;
            Some(self.start + chunk + Duration::from_millis(millis))
        });
        worth.map_or(due, |worth| due.min(worth))
    }
}

/// The problem of a body that did not arrive completely or in time.
pub fn problem(error: &PayloadError, otherwise: Problem) -> Problem {
    match error {
        PayloadError::Io(error) if error.kind() == ErrorKind::TimedOut => Problem::RequestTimeout,
        PayloadError::Overflow => Problem::PayloadTooLarge,
        _ => otherwise,
    }
}

/// The problem of a form that did not arrive completely or in time.
pub fn form_problem(error: &MultipartError) -> Problem {
    match error {
        MultipartError::Payload(error) => problem(error, Problem::UploadIncomplete),
        _ => Problem::UploadIncomplete,
    }
}

/// When the answer to one request is due; extended when the body has arrived.
#[derive(Debug, Clone)]
pub struct Due(Rc<Cell<Instant>>);

impl Due {
    /// Due after this time from now.
    pub fn after(span: Duration) -> Self {
        Self(Rc::new(Cell::new(Instant::now() + span)))
    }

    /// Sets the deadline anew, counted from now.
    pub fn restart(&self, span: Duration) {
        self.0.set(Instant::now() + span);
    }

    /// The outcome of `work`, or none if it is late. Only the work itself moves the deadline, so it
    /// is enough to check it after each step.
    pub async fn hold<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = std::pin::pin!(work);
        let mut alarm = std::pin::pin!(sleep_until(self.0.get()));
        poll_fn(|context| {
            if let Poll::Ready(outcome) = work.as_mut().poll(context) {
                return Poll::Ready(Some(outcome));
            }
            if alarm.deadline() != self.0.get() {
                alarm.as_mut().reset(self.0.get());
            }
            alarm.as_mut().poll(context).map(|()| None)
        })
        .await
    }
}
