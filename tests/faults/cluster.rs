//! A PostgreSQL for one test, durable as in production, that can be killed, restarted and cut off.

use crate::keeper::Keeper;
use crate::tier::passed;
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const ROLES: &str = include_str!("../../docker/postgres/roles.sql");

/// The settings that make a commit durable keep PostgreSQL's defaults.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 60
shared_buffers = 32MB
wal_level = minimal
max_wal_senders = 0
";

pub struct Cluster {
    data: PathBuf,
    log: PathBuf,
    port: u16,
    /// The id of its process, kept here because a disk that is cut off can no longer be read.
    pid: AtomicU32,
    _keeper: Keeper,
}

impl Cluster {
    /// Creates and starts a server with its data in `folder`. Its log messages go to `aside`, and
    /// with `wal_aside` so does its write-ahead log.
    pub fn make(folder: &Path, aside: &Path, settings: &str, wal_aside: bool) -> Self {
        let data = folder.join("postgres");
        let own = |path: &Path| {
            std::fs::create_dir(path).unwrap();
            if let Some((uid, gid)) = identity() {
                chown(path, Some(uid), Some(gid)).unwrap();
            }
        };
        own(&data);
        let logs = aside.join("postgres-logs");
        own(&logs);
        let mut initdb = command("initdb");
        initdb.arg("-D").arg(&data);
        initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8"]);
        initdb.args(["--locale", "C.UTF-8", "--no-sync"]);
        if wal_aside {
            let wal = aside.join("postgres-wal");
            own(&wal);
            initdb.arg("--waldir").arg(wal);
        }
        run(&mut initdb);
        let mut file = std::fs::OpenOptions::new()
            .append(true)
            .open(data.join("postgresql.conf"))
            .unwrap();
        file.write_all(format!("{SETTINGS}{settings}\n").as_bytes())
            .unwrap();
        let pg_ctl = programs().join("pg_ctl");
        let words = [pg_ctl.to_str().unwrap(), data.to_str().unwrap()];
        let cluster = Self {
            log: logs.join("log"),
            port: free_port(),
            pid: AtomicU32::default(),
            _keeper: Keeper::start(
                r#""$1" -D "$2" -m immediate -w -t 30 stop"#,
                &words,
                identity(),
            ),
            data,
        };
        cluster.start();
        cluster.superuser("postgres", ROLES);
        cluster
    }

    /// Starts it. The children of a killed server hold its memory for a moment.
    pub fn start(&self) {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(60) {
            let mut start = command("pg_ctl");
            start.arg("-D").arg(&self.data).arg("-l").arg(&self.log);
            start.args([
                "-w",
                "-t",
                "60",
                "-o",
                &format!("-p {}", self.port),
                "start",
            ]);
            start
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            if start.status().unwrap().success() {
                let file = std::fs::read_to_string(self.data.join("postmaster.pid")).unwrap();
                let pid = file.lines().next().unwrap().trim().parse().unwrap();
                self.pid.store(pid, Ordering::SeqCst);
                return;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        panic!("PostgreSQL does not come up:\n{}", self.logged());
    }

    pub fn logged(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Stops it as an operator does, in mode `fast` or `immediate`.
    pub fn stop(&self, mode: &str) {
        let mut stop = command("pg_ctl");
        stop.arg("-D").arg(&self.data);
        run(stop.args(["-w", "-t", "60", "-m", mode, "stop"]));
    }

    /// Kills the server with SIGKILL, by the id of its process.
    pub fn kill(&self) {
        let pid = self.pid.load(Ordering::SeqCst).to_string();
        let pid = pid.as_str();
        // All at once: a child that waits for a lock of another that is gone would never notice.
        // A server whose disk is gone may have ended by itself, and have left children behind.
        let _ended = Command::new("kill")
            .args(["-9", pid])
            .args(self.processes())
            .status();
        let begun = Instant::now();
        while Path::new("/proc").join(pid).exists() && begun.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The processes that work in its folder.
    fn processes(&self) -> Vec<String> {
        let all = std::fs::read_dir("/proc").unwrap().flatten();
        let works_here = |path: &Path| {
            std::fs::read_link(path.join("cwd")).is_ok_and(|cwd| cwd.starts_with(&self.data))
        };
        let ours = all.filter(|one| works_here(&one.path()));
        ours.filter_map(|one| one.file_name().into_string().ok())
            .collect()
    }

    /// Pauses the process that writes commits which do not wait for the disk, until the server is
    /// killed: so none of those commits is written.
    pub fn pause_wal_writer(&self) -> PausedWriter {
        let parent = self.pid.load(Ordering::SeqCst).to_string();
        let found = Command::new("pgrep")
            .args(["-P", &parent, "-f", "walwriter"])
            .output()
            .unwrap();
        let pid = String::from_utf8(found.stdout).unwrap().trim().to_owned();
        assert!(!pid.is_empty(), "there is no such process");
        let stopped = Command::new("kill").args(["-STOP", &pid]).status();
        assert!(stopped.unwrap().success());
        PausedWriter(pid)
    }

    pub fn create_database(&self, name: &str) {
        let sql = format!("CREATE DATABASE {name} OWNER vinculo_owner");
        self.superuser("postgres", &sql);
    }

    pub fn url(&self, role: &str, database: &str) -> String {
        format!("postgres://{role}@127.0.0.1:{}/{database}", self.port)
    }

    pub fn superuser(&self, database: &str, sql: &str) {
        use diesel::connection::SimpleConnection;
        use diesel::{Connection, PgConnection};
        PgConnection::establish(&self.url("postgres", database))
            .unwrap()
            .batch_execute(sql)
            .unwrap();
    }
}

fn programs() -> PathBuf {
    PathBuf::from(passed("VINCULO_TEST_POSTGRES_PROGRAMS"))
}

/// The user that runs the server when the tests run as root, which PostgreSQL refuses.
fn identity() -> Option<(u32, u32)> {
    let text = passed("VINCULO_TEST_POSTGRES_IDENTITY");
    let (uid, gid) = text.split_once(':')?;
    Some((uid.parse().unwrap(), gid.parse().unwrap()))
}

fn command(program: &str) -> Command {
    let mut command = Command::new(programs().join(program));
    command.current_dir("/");
    if let Some((uid, gid)) = identity() {
        command.uid(uid).gid(gid);
    }
    command
}

pub fn run(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?}: {said}");
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// Kills the process when dropped: otherwise it would hold the memory that the next start needs.
pub struct PausedWriter(String);

impl Drop for PausedWriter {
    fn drop(&mut self) {
        let _gone = Command::new("kill").args(["-9", &self.0]).status();
    }
}
