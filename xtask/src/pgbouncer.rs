//! A private PgBouncer in transaction mode, in front of the private PostgreSQL.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::packages::{self, search_path};
use crate::postgres::{Server, free_port};
use crate::process;

/// Server sessions for each database: fewer than the connections of one service.
const SESSIONS: u32 = 4;

/// What a client leaves in a session stays there for the next client, as in production. A client
/// waits only a short time for a session, so a lost session is noticed.
const SETTINGS: &str = "
listen_addr = 127.0.0.1
unix_socket_dir =
auth_type = trust
pool_mode = transaction
max_client_conn = 400
query_wait_timeout = 10
server_idle_timeout = 10
";

/// Starts the program, waits for the end of its input, which comes when xtask closes the pipe or
/// dies, then stops the program. Ctrl-C must not reach the keeper.
const KEEPER: &str = r#"
cd /
"$@" </dev/null >/dev/null 2>&1 &
pooler=$!
trap '' INT TERM HUP
cat >/dev/null
kill "$pooler" 2>/dev/null
wait "$pooler"
"#;

/// On Debian the package would also start a pooler of its own; the policy forbids that during the
/// installation.
const DEBIAN: &str = r#"
set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends pgbouncer
"#;

const SCRIPTS: packages::Scripts = [
    ("apt-get", DEBIAN),
    ("dnf", "dnf install -y pgbouncer"),
    ("apk", "apk add --no-cache pgbouncer"),
    ("pacman", "pacman -Sy --noconfirm --needed pgbouncer"),
    ("zypper", "zypper --non-interactive install pgbouncer"),
    ("brew", "brew install pgbouncer"),
];

pub struct Pooler {
    port: u16,
    keeper: Child,
}

impl Pooler {
    pub fn start(server: &Server) -> Result<Self, String> {
        let program = find_or_install()?;
        let mut complaint = String::new();
        // Another program may take a free port between our check and the pooler's start: so several
        // tries.
        for _ in 0..5 {
            let port = free_port()?;
            let settings = configure(server, port)?;
            let pooler = Self {
                port,
                keeper: launch(server, &program, &settings)?,
            };
            if pooler.answers() {
                println!("PgBouncer on 127.0.0.1:{port}, {SESSIONS} sessions, by transaction");
                return Ok(pooler);
            }
            complaint = std::fs::read_to_string(log(server)).unwrap_or_default();
        }
        Err(refusal(&format!("it does not come up:\n{complaint}")))
    }

    /// The base of the URLs of the application's role, without the database's name.
    pub fn environment(&self) -> (&'static str, String) {
        let base = format!("postgres://vinculo_app@127.0.0.1:{}", self.port);
        ("VINCULO_TEST_POOLER_URL_BASE", base)
    }

    fn answers(&self) -> bool {
        (0..50).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            TcpStream::connect(("127.0.0.1", self.port)).is_ok()
        })
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("the private PgBouncer may still run: {error}");
        }
    }
}

fn log(server: &Server) -> PathBuf {
    server.folder().join("pgbouncer.log")
}

/// Its files are in the server's folder and are removed with it.
fn configure(server: &Server, port: u16) -> Result<PathBuf, String> {
    let (settings, users) = (
        server.folder().join("pgbouncer.ini"),
        server.folder().join("pgbouncer.users"),
    );
    let text = format!(
        "[databases]\n* = host=127.0.0.1 port={}\n[pgbouncer]\nlisten_port = {port}\n\
         auth_file = {}\nlogfile = {}\ndefault_pool_size = {SESSIONS}{SETTINGS}",
        server.port(),
        users.display(),
        log(server).display(),
    );
    std::fs::write(&users, "\"vinculo_app\" \"\"\n")
        .and_then(|()| std::fs::write(&settings, text))
        .map_err(|error| format!("cannot configure PgBouncer: {error}"))?;
    Ok(settings)
}

fn launch(server: &Server, program: &Path, settings: &Path) -> Result<Child, String> {
    let mut pooler = server.user().command(program);
    pooler.arg(settings);
    let mut keeper = Command::new("sh");
    keeper.args(["-c", KEEPER, "keeper"]);
    keeper.arg(pooler.get_program()).args(pooler.get_args());
    keeper
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start a shell to look after PgBouncer: {error}"))
}

fn find_or_install() -> Result<PathBuf, String> {
    if let Some(found) = find() {
        return Ok(found);
    }
    println!("no PgBouncer on this machine: installing it");
    packages::install(&SCRIPTS).map_err(|cause| refusal(&cause))?;
    find().ok_or_else(|| refusal("the package manager put it in an unknown place"))
}

fn find() -> Option<PathBuf> {
    let mut folders = search_path();
    // A user's PATH often lacks the folders of server programs.
    folders.extend(["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"].map(Into::into));
    let mut files = folders.iter().map(|folder| folder.join("pgbouncer"));
    files.find(|file| process::succeeds(&file.to_string_lossy(), &["--version"]))
}

fn refusal(cause: &str) -> String {
    format!(
        "the tests need PgBouncer and could not get it: {cause}. Install it with your system's \
         package manager, or add the folder of its program to PATH, and run the command again"
    )
}
