//! Two instances over one PostgreSQL are restarted in turn under load; callers notice nothing.

use crate::balancer::Balancer;
use crate::callers::Caller;
use crate::ledger::{Entry, Verdict};
use crate::rig::{Rig, Wish};
use crate::service::Service;
use crate::store::Store;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use vinculo_persistence::Engine;
use vinculo_tests::pick;

const CALLERS: usize = 4;

/// Counters that the callers share.
#[derive(Default)]
struct Met {
    requests: AtomicUsize,
    over: AtomicBool,
}

/// Reads and writes in turn, each on a new connection, until told to stop; returns what failed and
/// what was written.
fn call(address: SocketAddr, rig: &Rig, number: usize, met: &Met) -> (Vec<String>, Vec<Entry>) {
    let mut caller = Caller::new(address, Some(&rig.store.person));
    caller.once = true;
    let (mut failed, mut written) = (Vec::new(), Vec::new());
    while !met.over.load(Ordering::SeqCst) {
        let count = met.requests.fetch_add(1, Ordering::SeqCst);
        if count.is_multiple_of(3) {
            let mut entry = Entry::counterpart(&format!("R-{number}-{count}"));
            let sent = entry.send(&mut caller);
            if !sent || entry.verdict != Verdict::Acked {
                failed.push(format!("{count}: {} (sent: {sent})", entry.said));
            }
            if sent {
                written.push(entry);
            }
        } else {
            match caller.get("/v1/counterparts?limit=5") {
                Ok(answer) if answer.status == 200 => {}
                Ok(answer) => failed.push(format!("{count}: {}", answer.text())),
                Err(silence) => failed.push(format!("{count}: {silence:?}")),
            }
        }
    }
    (failed, written)
}

/// Stops and starts each instance in turn, waiting until the balancer sends to it again.
fn restart_in_turn(
    stores: &[Store],
    services: &mut [Service],
    balancer: &Balancer,
    met: &Met,
    wanted: usize,
) -> usize {
    let begun = Instant::now();
    let mut restarts = 0;
    while met.requests.load(Ordering::SeqCst) < wanted || restarts < 4 {
        assert!(begun.elapsed() < Duration::from_secs(900), "too slow");
        let which = restarts % stores.len();
        services[which].end();
        services[which] = Service::start(&stores[which], &[]);
        let away = Instant::now();
        while !balancer.knows(stores[which].address) {
            assert!(
                away.elapsed() < Duration::from_secs(30),
                "it is never known again"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        restarts += 1;
    }
    restarts
}

/// Restarts in turn under load; returns what failed, and how many requests and restarts there were.
fn rolling(rig: &mut Rig, follows: bool, wanted: usize) -> (Vec<String>, usize, usize) {
    let stores = [rig.store.clone(), rig.store.beside()];
    let mut services: Vec<Service> = stores
        .iter()
        .map(|store| Service::start(store, &[]))
        .collect();
    let balancer = Balancer::start(&stores.each_ref().map(|store| store.address), follows);
    let met = Arc::new(Met::default());
    let mut restarts = 0;
    let (failed, written) = std::thread::scope(|scope| {
        let callers: Vec<_> = (0..CALLERS)
            .map(|number| {
                let (rig, met, address) = (&*rig, Arc::clone(&met), balancer.address);
                scope.spawn(move || call(address, rig, number, &met))
            })
            .collect();
        let turned = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            restart_in_turn(&stores, &mut services, &balancer, &met, wanted)
        }));
        met.over.store(true, Ordering::SeqCst);
        let parts: Vec<_> = callers
            .into_iter()
            .map(|caller| caller.join().unwrap())
            .collect();
        restarts = turned.unwrap_or_else(|cause| std::panic::resume_unwind(cause));
        let (failed, written): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
        (failed.concat(), written.concat())
    });
    rig.settle(written);
    (failed, met.requests.load(Ordering::SeqCst), restarts)
}

fn rig(drain: &str) -> Rig {
    let wish = Wish {
        program: &[("DRAIN_SECONDS", drain)],
        ..Wish::default()
    };
    Rig::like(Engine::Postgres, &wish)
}

#[test]
fn restarts_in_turn_fail_no_request() {
    let mut rig = rig("1");
    let asked = pick("faults: requests over rolling restarts", 1_000, 10_000);
    let (failed, requests, restarts) = rolling(&mut rig, true, asked);
    let few: Vec<_> = failed.iter().take(10).collect();
    println!(
        "{requests} requests over {restarts} restarts in turn: {} failed",
        failed.len()
    );
    assert!(
        failed.is_empty(),
        "{} of {requests} failed: {few:#?}",
        failed.len()
    );
    rig.conclude(&format!("{restarts} restarts in turn"));
}

/// The control: behind a balancer that does not ask for readiness, some requests fail.
#[test]
fn restarts_behind_a_balancer_that_does_not_ask_are_seen_to_fail() {
    let mut rig = rig("0");
    let (failed, requests, _restarts) = rolling(&mut rig, false, 200);
    println!(
        "control: a balancer that does not ask: {} of {requests} failed",
        failed.len()
    );
    assert!(!failed.is_empty(), "the callers would not have noticed");
}
