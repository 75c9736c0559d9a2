//! Cleans up after a test has ended, however it ended.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

/// Waits for the end of its input, which comes when the test closes the pipe or dies. It runs in
/// its own process group, so that a runner does not kill it together with the test.
const KEEPER: &str = "trap '' INT TERM HUP; cd /; cat >/dev/null; ";

pub struct Keeper(Child);

impl Keeper {
    /// At the end, runs `script` with `arguments`, as another user if one is named.
    pub fn start(script: &str, arguments: &[&str], user: Option<(u32, u32)>) -> Self {
        let mut keeper = Command::new("sh");
        keeper.args(["-c", &format!("{KEEPER}{script}"), "keeper"]);
        keeper.args(arguments).process_group(0);
        if let Some((uid, gid)) = user {
            keeper.uid(uid).gid(gid);
        }
        keeper
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Self(keeper.spawn().expect("a shell"))
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        if let Err(error) = self.0.wait() {
            eprintln!("something may be left behind: {error}");
        }
    }
}
