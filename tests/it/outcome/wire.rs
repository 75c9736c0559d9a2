//! The connection between the program and its server, which a test can cut.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use vinculo_api::edge::Edge;
use vinculo_api::secrets;
use vinculo_api::server;
use vinculo_domain::clock::SystemClock;
use vinculo_persistence::{Db, Settings};
use vinculo_tests::{Scratch, TestApp};

/// When the connection is cut around a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Before the server receives the commit.
    Before,
    /// After the server has committed, before its answer arrives.
    After,
}

/// A proxy in front of a server.
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
    /// A proxy to the server in the URL.
    pub fn to(url: &str) -> Self {
        // The tests reach the server through a socket in its folder; its port is on this machine too.
        let (_, port) = authority(url).rsplit_once(':').unwrap();
        let target = format!("127.0.0.1:{port}");
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

    /// Whether no cut is waiting any more.
    pub fn is_idle(&self) -> bool {
        self.shared.armed.lock().unwrap().is_none()
    }

    /// Cuts every connection, as a restarting server does.
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

/// Copies bytes both ways until either end is closed.
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

/// Gives each piece to `pass` until that returns false; then closes both ends.
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

/// The same service, with its database behind the proxy.
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
    let served = server::app(db, tokens, seal).behind(Edge::unhurried());
    let scratch: Scratch = app.scratch.clone();
    let wired = TestApp::over(served, scratch, Rc::clone(&app.folder)).await;
    (wired, wire)
}
