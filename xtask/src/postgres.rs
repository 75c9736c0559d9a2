//! A private PostgreSQL server in a temporary folder, removed when its owner ends.

mod keeper;

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::postgres_install::{self, Binaries};
use crate::process;
use crate::server_user::ServerUser;
use keeper::{make_folder, start_keeper};

pub use keeper::Storage;

const ROLES: &str = include_str!("../../docker/postgres/roles.sql");
const SUPERUSER: &str = "postgres";

/// Durability and background work are off: the data lives for one run only, and a vacuum worker in a template
/// database would make `CREATE DATABASE .. TEMPLATE` wait for it. What affects plans is as in production.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
logging_collector = off
";

pub struct Server {
    folder: PathBuf,
    binaries: Binaries,
    user: ServerUser,
    port: u16,
    run: String,
    keeper: Child,
}

impl Server {
    pub fn start(storage: Storage) -> Result<Self, String> {
        let binaries = postgres_install::find_or_install()?;
        let user = ServerUser::choose()?;
        let folder = make_folder(&user, storage)?;
        let keeper = start_keeper(&folder, &binaries, &user).map_err(|error| {
            let left = std::fs::remove_dir_all(&folder).err();
            format!(
                "{error}{}",
                left.map(|more| format!("; {more}")).unwrap_or_default()
            )
        })?;
        let run = format!("r{}_{:016x}", std::process::id(), random());
        let mut server = Self {
            folder,
            binaries,
            user,
            port: 0,
            run,
            keeper,
        };
        server.initialise()?;
        server.launch()?;
        server.create_roles()?;
        println!(
            "PostgreSQL {} on 127.0.0.1:{} in {}",
            server.binaries.version,
            server.port,
            server.folder.display()
        );
        Ok(server)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// The folder that only the server's user may enter; it is removed with the server.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn user(&self) -> &ServerUser {
        &self.user
    }

    /// The folder of its programs.
    pub fn programs(&self) -> &Path {
        &self.binaries.folder
    }

    /// What tests and tools need to know; the two URL bases lack the database's name. Tests connect
    /// through a socket in the server's folder: a message through the network's layers takes longer.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let socket = self.folder.display().to_string().replace('/', "%2F");
        let base = |role: &str| format!("postgres://{role}@{socket}:{}", self.port);
        let identity = self.user.identity();
        let identity = identity.map_or(String::new(), |(uid, gid)| format!("{uid}:{gid}"));
        vec![
            (
                "VINCULO_TEST_ADMIN_URL",
                format!("{}/postgres", base(SUPERUSER)),
            ),
            ("VINCULO_TEST_MIGRATION_URL_BASE", base("vinculo_migrator")),
            ("VINCULO_TEST_DATABASE_URL_BASE", base("vinculo_app")),
            ("VINCULO_TEST_RUN", self.run.clone()),
            // Some tests start servers of their own in order to kill them.
            (
                "VINCULO_TEST_POSTGRES_PROGRAMS",
                self.binaries.folder.display().to_string(),
            ),
            ("VINCULO_TEST_POSTGRES_IDENTITY", identity),
        ]
    }

    fn initialise(&self) -> Result<(), String> {
        let locale = linguistic_locale();
        let mut initdb = self.command("initdb");
        initdb
            .arg("-D")
            .arg(self.data())
            .args(["-U", SUPERUSER, "-A", "trust", "-E", "UTF8"]);
        initdb.args(["--no-sync", "--locale", &locale]);
        process::capture(&mut initdb)?;
        let settings = format!(
            "{SETTINGS}unix_socket_directories = '{}'\n",
            self.folder.display()
        );
        std::fs::OpenOptions::new()
            .append(true)
            .open(self.data().join("postgresql.conf"))
            .and_then(|mut file| file.write_all(settings.as_bytes()))
            .map_err(|error| format!("cannot configure the server: {error}"))
    }

    /// Another program may take a free port between our check and the server's start: so several
    /// tries.
    fn launch(&mut self) -> Result<(), String> {
        let mut complaint = String::new();
        for _ in 0..5 {
            self.port = free_port()?;
            let mut start = self.command("pg_ctl");
            start.arg("-D").arg(self.data()).arg("-l").arg(self.log());
            start.args([
                "-w",
                "-t",
                "60",
                "-o",
                &format!("-p {}", self.port),
                "start",
            ]);
            // The server inherits the output of its starter. If that were a pipe, reading it to the
            // end would wait for the server to end.
            start
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            match process::run(&mut start) {
                Ok(()) => return Ok(()),
                Err(error) => complaint = error,
            }
        }
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        Err(format!("{complaint}\nthe server's log:\n{log}"))
    }

    fn create_roles(&self) -> Result<(), String> {
        self.command_server("postgres", ROLES)
    }

    /// An empty database, with the URLs of the application and the migrator.
    pub fn create_database(&self, name: &str) -> Result<[String; 2], String> {
        let sql = format!("CREATE DATABASE {name} OWNER vinculo_owner");
        self.command_server("postgres", &sql)?;
        let url = |role: &str| format!("postgres://{role}@127.0.0.1:{}/{name}", self.port);
        Ok([url("vinculo_app"), url("vinculo_migrator")])
    }

    /// Updates the planner's statistics, which a server does by itself unless that is switched off.
    pub fn analyze(&self, name: &str) -> Result<(), String> {
        self.command_server(name, "ANALYZE")
    }

    fn command_server(&self, database: &str, sql: &str) -> Result<(), String> {
        let mut psql = Command::new(&self.binaries.psql);
        psql.args(["-X", "-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]);
        psql.args([
            "-U",
            SUPERUSER,
            "-d",
            database,
            "-v",
            "ON_ERROR_STOP=1",
            "-c",
            sql,
        ]);
        process::capture(&mut psql).map(|_| ())
    }

    fn command(&self, program: &str) -> Command {
        let mut command = self.user.command(&self.binaries.folder.join(program));
        command.current_dir(&self.folder);
        command
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("the private PostgreSQL may still run: {error}");
        }
        forget_templates(&self.run);
    }
}

/// Removes the template databases that the tests of this run left on the server.
fn forget_templates(run: &str) {
    let folder = std::env::temp_dir().join("vinculo-test-templates");
    let Ok(entries) = folder.read_dir() else {
        return;
    };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(run);
        if ours && let Err(error) = std::fs::remove_file(entry.path()) {
            eprintln!("{}: {error}", entry.path().display());
        }
    }
}

/// A locale that sorts as people do, if the machine has one: a query that wrongly depends on the
/// sort order then fails here and not in production.
fn linguistic_locale() -> String {
    let plain = |name: &str| name.to_lowercase().replace('-', "");
    let installed = process::capture(Command::new("locale").arg("-a")).unwrap_or_default();
    ["es_MX.UTF-8", "es_ES.UTF-8", "en_US.UTF-8", "C.UTF-8"]
        .iter()
        .find_map(|wanted| installed.lines().find(|line| plain(line) == plain(wanted)))
        .unwrap_or("C")
        .to_owned()
}

pub fn free_port() -> Result<u16, String> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| format!("no free port on 127.0.0.1: {error}"))
}

/// The standard library seeds its hashers at random: good enough for names that must not collide.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
