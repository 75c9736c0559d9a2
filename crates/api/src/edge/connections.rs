//! The open connections: no more than some from one address, and none that stays without a
//! request under way.
//!
//! The framework bounds the first head on a connection and the pause between two requests. It
//! bounds neither a later head that stops in the middle, nor an answer that is not read, nor a
//! body that nobody wants any more; those are closed here.

use crate::app::App;
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
/// And from one address.
pub const PER_ADDRESS: u32 = 50;

/// Who is connected.
pub struct Connections {
    /// At once, over all workers.
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

/// One connection; it leaves the list when it ends.
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
    /// Nobody yet.
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

    /// Gives a connection a seat, unless its address has too many. A proxy of ours carries many
    /// callers and is not counted.
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

    /// Closes what has shown no life for so long; says how many.
    pub fn close_stalled(&self, patience: Duration) -> usize {
        let patience = u64::try_from(patience.as_millis()).unwrap_or(u64::MAX);
        // Let go of the list first: the last holder of a seat takes it off the list.
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

    /// How many are open.
    pub fn count(&self) -> usize {
        self.open().seats.len()
    }
}

impl Seat {
    /// A request is being handled until the answer is known.
    pub fn handle(self: &Arc<Self>) -> Handling {
        self.handling.fetch_add(1, Ordering::Relaxed);
        Handling(Arc::clone(self))
    }

    /// Something moved.
    pub fn touch(&self) {
        self.seen.store(self.connections.now(), Ordering::Relaxed);
    }

    /// Reads no more of a request that took too long. What was read is answered first.
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

/// A request under way; its end is when the connection was last alive.
pub struct Handling(Arc<Seat>);

impl Drop for Handling {
    fn drop(&mut self) {
        self.0.touch();
        self.0.handling.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What the server does with each new connection.
pub fn greet(app: &App, stream: &dyn Any, extensions: &mut Extensions) {
    let Some(stream) = stream.downcast_ref::<TcpStream>() else {
        return;
    };
    let edge = &app.edge;
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
            // Nothing was read, so nothing is answered.
            let _gone = SockRef::from(stream).shutdown(Shutdown::Both);
        }
    }
}
