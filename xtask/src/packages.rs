//! Installs what the tests need with the system's package manager, where that is allowed.

use std::path::PathBuf;
use std::process::Command;

use crate::process;

/// For each known package manager, in this order, the shell script that installs one thing.
pub type Scripts = [(&'static str, &'static str); 6];

/// Runs the script of the package manager that is present; otherwise says why it could not.
pub fn install(scripts: &Scripts) -> Result<(), String> {
    let present = |name: &str| search_path().iter().any(|place| place.join(name).is_file());
    let Some((manager, script)) = scripts.iter().find(|(name, _)| present(name)) else {
        return Err("none of the package managers known here is present".to_owned());
    };
    let is_root = process::capture(Command::new("id").arg("-u"))?.trim() == "0";
    let mut command = if is_root || *manager == "brew" {
        Command::new("sh")
    } else if process::succeeds("sudo", &["-n", "true"]) {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "sh"]);
        sudo
    } else {
        return Err(format!(
            "{manager} needs root, and sudo would ask for a password"
        ));
    };
    process::run(command.args(["-c", script]))
        .map_err(|_| format!("{manager} failed; its own words stand above"))
}

/// The folders of `PATH`.
pub fn search_path() -> Vec<PathBuf> {
    let path = process::environment("PATH").unwrap_or_default();
    std::env::split_paths(&path).collect()
}
