//! A minimal balancer: it passes connections to the instances that say they are ready, and does not
//! try a second one.

use crate::callers::Caller;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often it asks each instance whether it is ready.
const ASKS: Duration = Duration::from_millis(100);

pub struct Balancer {
    pub address: SocketAddr,
    over: Arc<AtomicBool>,
    ready: Arc<Mutex<Vec<SocketAddr>>>,
    threads: Vec<JoinHandle<()>>,
}

impl Balancer {
    /// A balancer that follows `/health/ready`, or one that always trusts all instances.
    pub fn start(instances: &[SocketAddr], follows: bool) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let over: Arc<AtomicBool> = Arc::default();
        let ready = Arc::new(Mutex::new(instances.to_vec()));
        let mut threads = Vec::new();
        if follows {
            for instance in instances.iter().copied() {
                let (over, ready) = (Arc::clone(&over), Arc::clone(&ready));
                threads.push(std::thread::spawn(move || follow(instance, &over, &ready)));
            }
        }
        let (ended, known) = (Arc::clone(&over), Arc::clone(&ready));
        threads.push(std::thread::spawn(move || {
            accept(&listener, &ended, &known)
        }));
        Self {
            address,
            over,
            ready,
            threads,
        }
    }

    /// Whether it sends connections to this instance.
    pub fn knows(&self, instance: SocketAddr) -> bool {
        self.ready.lock().unwrap().contains(&instance)
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // Connecting wakes the thread, so it sees that it must stop.
        let _woken = TcpStream::connect(self.address);
        for thread in self.threads.drain(..) {
            let _ended = thread.join();
        }
    }
}

fn follow(instance: SocketAddr, over: &AtomicBool, ready: &Mutex<Vec<SocketAddr>>) {
    while !over.load(Ordering::SeqCst) {
        let answer = Caller::new(instance, None).get("/health/ready");
        let well = answer.is_ok_and(|answer| answer.status == 200);
        let mut known = ready.lock().unwrap();
        known.retain(|other| *other != instance);
        if well {
            known.push(instance);
        }
        drop(known);
        std::thread::sleep(ASKS);
    }
}

fn accept(listener: &TcpListener, over: &AtomicBool, ready: &Mutex<Vec<SocketAddr>>) {
    let turn = AtomicUsize::new(0);
    for stream in listener.incoming() {
        if over.load(Ordering::SeqCst) {
            return;
        }
        let known = ready.lock().unwrap().clone();
        let (Ok(stream), false) = (stream, known.is_empty()) else {
            continue;
        };
        let instance = known[turn.fetch_add(1, Ordering::SeqCst) % known.len()];
        std::thread::spawn(move || pass(stream, instance));
    }
}

/// Passes bytes in both directions until both sides have ended.
fn pass(caller: TcpStream, instance: SocketAddr) {
    let Ok(service) = TcpStream::connect(instance) else {
        return;
    };
    let (Ok(from_caller), Ok(from_service)) = (caller.try_clone(), service.try_clone()) else {
        return;
    };
    let there = std::thread::spawn(move || copy(from_caller, service));
    copy(from_service, caller);
    let _ended = there.join();
}

fn copy(mut from: TcpStream, mut to: TcpStream) {
    let mut piece = [0_u8; 16 * 1024];
    while let Ok(size) = from.read(&mut piece) {
        if size == 0 || to.write_all(&piece[..size]).is_err() {
            break;
        }
    }
    let _closed = to.shutdown(Shutdown::Both);
    let _closed = from.shutdown(Shutdown::Both);
}
