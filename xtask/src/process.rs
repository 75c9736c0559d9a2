//! Runs other programs, with errors that say what was run.

use std::ffi::OsString;
use std::process::{Command, Stdio};

/// Every command works from the workspace's root, wherever it was called.
pub fn enter_workspace_root() -> Result<(), String> {
    let mut locate = Command::new("cargo");
    locate.args(["locate-project", "--workspace", "--message-format", "plain"]);
    let manifest = capture(&mut locate)?;
    let root = std::path::Path::new(manifest.trim())
        .parent()
        .ok_or("cargo named a manifest without a folder")?;
    std::env::set_current_dir(root)
        .map_err(|error| format!("cannot enter {}: {error}", root.display()))
}

/// Runs a command with its output shown, and fails when it fails.
pub fn run(command: &mut Command) -> Result<(), String> {
    let status = command
        .status()
        .map_err(|error| format!("cannot start {}: {error}", shown(command)))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} ended with {status}", shown(command)))
    }
}

/// Runs a command silently and returns its standard output; its error output becomes the error.
pub fn capture(command: &mut Command) -> Result<String, String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cannot start {}: {error}", shown(command)))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        return Err(format!(
            "{} ended with {}\n{complaint}",
            shown(command),
            output.status
        ));
    }
    String::from_utf8(output.stdout)
        .map_err(|error| format!("{} did not print UTF-8: {error}", shown(command)))
}

/// Whether a command exists and succeeds; used to find out what a machine offers.
pub fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a chore has no configuration but its environment"
)]
pub fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// A developer's own `VINCULO_*` settings must not change what the tests see.
pub fn forget_settings(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("VINCULO_") {
            command.env_remove(name);
        }
    }
}

fn shown(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    format!("`{text}`")
}
