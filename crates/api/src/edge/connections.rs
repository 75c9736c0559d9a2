//! The open connections: limits how many one address has, and closes those that stay idle without a
//! request under way.
//!
//! The framework limits the time for the first head on a connection and for the pause between two
//! requests. It does not limit a later head that stops halfway, an answer that the caller does not
//! read, or a body that nobody needs any more; those connections are closed here.

use crate::edge::Edge;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use socket2::{SockRef, Socket};
use std::any::Any;
use std::collections::HashMap;
use std::net::{IpAddr, Shutdown, SocketAddr};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

/// Connections at once by default: each takes two of the process's open files.
pub const TOTAL: u32 = 400;
/// Connections at once from one address, by default.
pub const PER_ADDRESS: u32 = 50;

/// The open connections.
pub struct Connections {
    /// The limit over all workers.
    pub total: u32,
    per_address: u32,
    start: Instant,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    last: u64,
    seats: HashMap<u64, Weak<Seat>>,
    counts: HashMap<IpAddr, u32>,
}

/// One open connection; it removes itself from the list when it ends.
pub struct Seat {
    number: u64,
    counted: Option<IpAddr>,
    socket: Socket,
    handling: AtomicUsize,
    seen: AtomicU64,
    connections: Arc<Connections>,
}

impl Default for Connections {
    fn default() -> Self {
        Self::new(TOTAL, PER_ADDRESS)
    }
}

impl Connections {
    /// An empty list.
    pub fn new(total: u32, per_address: u32) -> Self {
        Self {
            total,
            per_address,
            start: Instant::now(),
            open: Mutex::default(),
        }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Gives a connection a seat, unless its address has too many. A trusted proxy carries many
    /// callers, so it is not counted.
    fn seat(
        self: &Arc<Self>,
        stream: &TcpStream,
        peer: SocketAddr,
        proxy: bool,
    ) -> Option<Arc<Seat>> {
        let counted = (!proxy).then(|| peer.ip().to_canonical());
        let socket = SockRef::from(stream).try_clone().ok()?;
        let mut open = self.open();
        if let Some(address) = counted {
            let count = open.counts.entry(address).or_default();
            if *count >= self.per_address {
                return None;
            }
            *count += 1;
        }
        open.last += 1;
        let seat = Arc::new(Seat {
            number: open.last,
            counted,
            socket,
            handling: AtomicUsize::new(0),
            seen: AtomicU64::new(self.now()),
            connections: Arc::clone(self),
        });
        open.seats.insert(seat.number, Arc::downgrade(&seat));
        Some(seat)
    }

    /// Closes the connections without any activity for this long; returns how many.
    pub fn close_stalled(&self, patience: Duration) -> usize {
        let patience = u64::try_from(patience.as_millis()).unwrap_or(u64::MAX);
        // Release the list first: dropping the last reference to a seat locks the list again.
        let seats: Vec<Arc<Seat>> = self
            .open()
            .seats
            .values()
            .filter_map(Weak::upgrade)
            .collect();
        let now = self.now();
        let stalled = seats.iter().filter(|seat| {
            seat.handling.load(Ordering::Relaxed) == 0
                && now.saturating_sub(seat.seen.load(Ordering::Relaxed)) > patience
        });
        stalled.map(|seat| seat.close(Shutdown::Both)).count()
    }

    /// How many connections are open.
    pub fn count(&self) -> usize {
        self.open().seats.len()
    }
}

impl Seat {
    /// Marks a request as being handled, until the returned value is dropped.
    pub fn handle(self: &Arc<Self>) -> Handling {
        self.handling.fetch_add(1, Ordering::Relaxed);
        Handling(Arc::clone(self))
    }

    /// Notes activity on the connection.
    pub fn touch(&self) {
        self.seen.store(self.connections.now(), Ordering::Relaxed);
    }

    /// Stops reading a request that took too long. What was already read is answered first.
    pub fn stop_reading(&self) {
        self.close(Shutdown::Read);
    }

    fn close(&self, how: Shutdown) {
        if let Err(error) = self.socket.shutdown(how) {
            tracing::debug!(%error, "the connection had ended already");
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.connections.open();
        open.seats.remove(&self.number);
        let Some(address) = self.counted else { return };
        if let Some(count) = open.counts.get_mut(&address) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.counts.remove(&address);
            }
        }
    }
}

/// A request under way; when it ends, that counts as activity on the connection.
pub struct Handling(Arc<Seat>);

impl Drop for Handling {
    fn drop(&mut self) {
        self.0.touch();
        self.0.handling.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Called by the server for each new connection.
pub fn greet(edge: &Edge, stream: &dyn Any, extensions: &mut Extensions) {
    let Some(stream) = stream.downcast_ref::<TcpStream>() else {
        return;
    };
    let seat = stream.peer_addr().ok().and_then(|peer| {
        let proxy = edge.proxies.is_proxy(peer);
        edge.connections.seat(stream, peer, proxy)
    });
    match seat {
        Some(seat) => {
            extensions.insert(seat);
        }
        None => {
            tracing::debug!("a connection too many from one address");
            // Nothing was read, so there is nothing to answer.
            let _gone = SockRef::from(stream).shutdown(Shutdown::Both);
        }
    }
}
