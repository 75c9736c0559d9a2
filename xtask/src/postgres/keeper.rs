//! The private folder of a server, and the shell that removes it when its owner has ended.

use std::os::unix::fs::{DirBuilderExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::random;
use crate::postgres_install::Binaries;
use crate::process;
use crate::server_user::ServerUser;

/// Waits for the end of its input, which comes when xtask closes the pipe or dies, then stops the
/// server and removes the folder. Ctrl-C must not reach it.
const KEEPER: &str = r#"
trap '' INT TERM HUP
folder=$1
shift
cd /
cat >/dev/null
"$@" >/dev/null 2>&1
rm -rf -- "$folder"
"#;

/// Where a server keeps its data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// In memory if the machine has enough of it: tests make a thousand databases, which are gone with
    /// the run.
    Memory,
    /// In a temporary folder: measurements wait for the disk as production does.
    Disk,
}

/// A file system in memory, on Linux.
const MEMORY: &str = "/dev/shm";
/// What must be free there, in KiB: a million records of the full tier take half of it.
const ENOUGH: u64 = 6 * 1024 * 1024;

/// A folder that only the server's user may enter, in the first place that user can reach.
pub(super) fn make_folder(user: &ServerUser, storage: Storage) -> Result<PathBuf, String> {
    let memory = (storage == Storage::Memory && has_room()).then(|| PathBuf::from(MEMORY));
    let places = memory.into_iter().chain([
        std::env::temp_dir(),
        PathBuf::from("/tmp"),
        PathBuf::from("/var/tmp"),
    ]);
    let mut complaint = String::new();
    for place in places {
        let name = format!("vinculo-pg-{}-{:08x}", std::process::id(), random() as u32);
        let folder = place.join(name);
        let made = std::fs::DirBuilder::new()
            .mode(0o700)
            .create(&folder)
            .and_then(|()| {
                user.identity()
                    .map_or(Ok(()), |(uid, gid)| chown(&folder, Some(uid), Some(gid)))
            });
        if let Err(error) = made {
            complaint = format!("{}: {error}", folder.display());
            continue;
        }
        match process::capture(user.command(Path::new("ls")).arg(&folder)) {
            Ok(_) => return Ok(folder),
            Err(error) => complaint = error,
        }
        if let Err(error) = std::fs::remove_dir(&folder) {
            complaint = format!("{}: {error}", folder.display());
        }
    }
    Err(format!(
        "no temporary folder for PostgreSQL; set TMPDIR. {complaint}"
    ))
}

/// Whether the file system in memory exists and has room.
fn has_room() -> bool {
    let said = process::capture(Command::new("df").args(["-Pk", MEMORY])).unwrap_or_default();
    let mut line = said.lines().nth(1).unwrap_or_default().split_whitespace();
    let (kind, free) = (line.next(), line.nth(2));
    kind == Some("tmpfs") && free.and_then(|free| free.parse().ok()) >= Some(ENOUGH)
}

pub(super) fn start_keeper(
    folder: &Path,
    binaries: &Binaries,
    user: &ServerUser,
) -> Result<Child, String> {
    let mut stop = user.command(&binaries.folder.join("pg_ctl"));
    stop.arg("-D")
        .arg(folder.join("data"))
        .args(["-m", "immediate", "-w", "-t", "30", "stop"]);
    let mut keeper = Command::new("sh");
    keeper.args(["-c", KEEPER, "keeper"]).arg(folder);
    keeper.arg(stop.get_program()).args(stop.get_args());
    keeper
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start a shell to look after PostgreSQL: {error}"))
}
