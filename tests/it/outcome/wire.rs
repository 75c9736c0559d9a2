//! The wire between the program and its server, which a test can cut where it likes.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use vinculo_api::app::App;
use vinculo_api::edge::Edge;
use vinculo_api::secrets;
use vinculo_domain::clock::SystemClock;
use vinculo_persistence::{Db, Settings};
use vinculo_tests::{Scratch, TestApp};

/// Where the wire is cut when a change is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The server never hears of it.
    Before,
    /// The server has done it, and its answer is lost.
    After,
}

/// A wire with a server at its end.
pub struct Wire {
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    armed: Mutex<Option<Cut>>,
    open: Mutex<Vec<TcpStream>>,
}

impl Wire {
    /// A wire to what the URL names.
    pub fn to(url: &str) -> Self {
        let target = authority(url).to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let all = Arc::clone(&shared);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(&target) else {
                    continue;
                };
                let both = [client.try_clone().unwrap(), server.try_clone().unwrap()];
                all.open.lock().unwrap().extend(both);
                carry(Arc::clone(&all), client, server);
            }
        });
        Self { address, shared }
    }

    /// Cuts the connection on which the next change is committed.
    pub fn cut(&self, cut: Cut) {
        *self.shared.armed.lock().unwrap() = Some(cut);
    }

    /// Whether nothing waits to be cut any more.
    pub fn is_idle(&self) -> bool {
        self.shared.armed.lock().unwrap().is_none()
    }

    /// Cuts every connection that there is, as a server does that starts anew.
    pub fn cut_all(&self) {
        for end in self.shared.open.lock().unwrap().drain(..) {
            let _closed_already = end.shutdown(Shutdown::Both);
        }
    }
}

fn authority(url: &str) -> &str {
    let (_, rest) = url.split_once('@').unwrap();
    rest.split_once('/').unwrap().0
}

/// Carries both ways until either end is closed.
fn carry(shared: Arc<Shared>, client: TcpStream, server: TcpStream) {
    let lost = Arc::new(Mutex::new(false));
    let (answers, asks) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    let silent = Arc::clone(&lost);
    std::thread::spawn(move || {
        pump(&answers, &asks, |_bytes, forward| {
            if *silent.lock().unwrap() {
                return false;
            }
            forward();
            true
        });
    });
    std::thread::spawn(move || {
        let mut changes = false;
        pump(&client, &server, |bytes, forward| {
            if holds(bytes, b"BEGIN") {
                changes = !holds(bytes, b"READ ONLY");
            }
            let mut armed = shared.armed.lock().unwrap();
            let cut = armed.filter(|_| changes && holds(bytes, b"COMMIT\0"));
            if cut.is_some() {
                *armed = None;
            }
            drop(armed);
            match cut {
                None => forward(),
                Some(Cut::Before) => return false,
                Some(Cut::After) => {
                    *lost.lock().unwrap() = true;
                    forward();
                }
            }
            true
        });
    });
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// Gives each piece to `pass` until it says no; then both ends are closed.
fn pump(from: &TcpStream, to: &TcpStream, mut pass: impl FnMut(&[u8], &mut dyn FnMut()) -> bool) {
    let (mut reader, mut writer) = (from, to);
    let mut piece = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = reader.read(&mut piece) {
        let bytes = &piece[..length];
        let mut forward = || {
            let _gone = writer.write_all(bytes);
        };
        if !pass(bytes, &mut forward) {
            break;
        }
    }
    for end in [from, to] {
        let _closed_already = end.shutdown(Shutdown::Both);
    }
}

/// The same service, which reaches its database through a wire.
pub async fn through_a_wire(app: &TestApp) -> (TestApp, Wire) {
    let wire = Wire::to(&app.scratch.url);
    let url = app
        .scratch
        .url
        .replace(authority(&app.scratch.url), &wire.address.to_string());
    let settings = Settings {
        url,
        files: app.folder.path().join("files"),
        pool: 8,
        pooler: app.scratch.pooler,
    };
    let db = Db::open(&settings, Arc::new(SystemClock)).unwrap();
    let (tokens, seal) = secrets::load(app.folder.path(), "https://vinculo.example").unwrap();
    let served = App::new(db, tokens, seal).behind(Edge::unhurried());
    let scratch: Scratch = app.scratch.clone();
    let wired = TestApp::over(served, scratch, Rc::clone(&app.folder)).await;
    (wired, wire)
}
