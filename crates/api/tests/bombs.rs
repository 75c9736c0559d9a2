//! Small bodies that expand into large ones, sent to the binary itself, so that its memory can be
//! watched. They are refused before the store is read, so one engine is enough.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const MIB: u64 = 1024 * 1024;
/// The size that one body expands to.
const UNPACKED: u64 = 200 * MIB;
/// How much the server's memory may grow during the test.
const FLAT: u64 = 8 * MIB;

/// A server for this test, stopped with it.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(folder: &std::path::Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vinculo"))
            .current_dir(folder)
            .env_clear()
            .env("VINCULO_BIND", "127.0.0.1:0")
            .env("VINCULO_SIGN_INS_PER_MINUTE", "1000")
            .arg("serve")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines
            .find_map(|line| Some(line.unwrap().split_once("address=")?.1.to_owned()))
            .unwrap();
        // The output must be read to the end: otherwise the server would block when it logs.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    /// The memory that the server uses, in bytes.
    fn resident(&self) -> u64 {
        let text = std::fs::read_to_string(format!("/proc/{}/statm", self.child.id())).unwrap();
        text.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
    }

    fn talk(&self, head: &str, body: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let head = format!(
            "{head} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\
             content-type: application/json\r\ncontent-encoding: gzip\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        // The server may already have closed the connection.
        let _enough = stream.write_all(body);
        let (mut answer, mut piece) = (Vec::new(), [0; 4096]);
        while let Ok(length @ 1..) = stream.read(&mut piece) {
            answer.extend_from_slice(&piece[..length]);
        }
        String::from_utf8(answer).unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; the test has noticed that.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

/// A JSON text of blanks, compressed.
fn bomb() -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    let blanks = vec![b' '; usize::try_from(MIB).unwrap()];
    for _ in 0..UNPACKED / MIB {
        packer.write_all(&blanks).unwrap();
    }
    packer.finish().unwrap()
}

#[test]
fn ten_bombs_leave_the_memory_flat() {
    let bomb = bomb();
    assert!((190_000..210_000).contains(&bomb.len()), "{}", bomb.len());
    let unpacked = std::io::copy(&mut GzDecoder::new(&bomb[..]), &mut std::io::sink());
    assert_eq!(unpacked.unwrap(), UNPACKED);

    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(folder.path());
    let call = || served.talk("POST /v1/sessions", &bomb);
    // One request to warm up.
    assert!(call().starts_with("HTTP/1.1 415 "));
    let before = served.resident();
    let over = AtomicBool::new(false);
    let (answers, peak) = std::thread::scope(|scope| {
        let watching = scope.spawn(|| {
            let mut peak = 0;
            while !over.load(Ordering::Relaxed) {
                peak = peak.max(served.resident());
                std::thread::sleep(Duration::from_millis(2));
            }
            peak
        });
        let calling: Vec<_> = (0..9).map(|_| scope.spawn(call)).collect();
        let mut answers: Vec<String> = calling.into_iter().map(|one| one.join().unwrap()).collect();
        answers.push(call());
        over.store(true, Ordering::Relaxed);
        (answers, watching.join().unwrap().max(served.resident()))
    });
    println!(
        "{} bombs of {} kB: {} kB before, {} kB at most",
        answers.len(),
        bomb.len() / 1024,
        before / 1024,
        peak / 1024
    );
    for answer in answers {
        assert!(answer.starts_with("HTTP/1.1 415 "), "{answer}");
        assert!(answer.contains("\"code\":\"unsupported_media_type\""));
    }
    assert!(peak < before + FLAT, "{before} {peak}");
    assert!(
        served
            .talk("GET /health/ready", b"")
            .starts_with("HTTP/1.1 415 ")
    );
}
