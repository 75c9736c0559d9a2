//! PostgreSQL refuses to run as root: when we are root, another user runs it.

use std::path::Path;
use std::process::Command;

use crate::process;

/// Created if the machine has no `postgres` user.
const OWN_USER: &str = "vinculo-test";

pub enum ServerUser {
    Ourselves,
    Another {
        name: String,
        uid: u32,
        gid: u32,
        with_setpriv: bool,
    },
}

impl ServerUser {
    pub fn choose() -> Result<Self, String> {
        if number(&["-u"])? != 0 {
            return Ok(Self::Ourselves);
        }
        let name = ["postgres", OWN_USER]
            .into_iter()
            .find(|name| process::succeeds("id", &[name]))
            .map_or_else(create_user, |name| Ok(name.to_owned()))?;
        let (uid, gid) = (number(&["-u", &name])?, number(&["-g", &name])?);
        // `setpriv` is replaced by the program; `su` exists everywhere but stays as its parent.
        let with_setpriv = process::succeeds(
            "setpriv",
            &[
                &format!("--reuid={uid}"),
                &format!("--regid={gid}"),
                "--clear-groups",
                "true",
            ],
        );
        Ok(Self::Another {
            name,
            uid,
            gid,
            with_setpriv,
        })
    }

    pub fn identity(&self) -> Option<(u32, u32)> {
        match self {
            Self::Ourselves => None,
            Self::Another { uid, gid, .. } => Some((*uid, *gid)),
        }
    }

    /// A command that runs as this user.
    pub fn command(&self, program: &Path) -> Command {
        match self {
            Self::Ourselves => Command::new(program),
            Self::Another {
                uid,
                gid,
                with_setpriv: true,
                ..
            } => {
                let mut command = Command::new("setpriv");
                command
                    .arg(format!("--reuid={uid}"))
                    .arg(format!("--regid={gid}"));
                command.args(["--clear-groups", "--"]).arg(program);
                command
            }
            Self::Another { name, .. } => {
                let mut command = Command::new("su");
                command.args(["-s", "/bin/sh", "-c", r#"exec "$0" "$@""#, "--", name]);
                command.arg(program);
                command
            }
        }
    }
}

fn create_user() -> Result<String, String> {
    let made = process::succeeds("useradd", &["--system", "--no-create-home", OWN_USER])
        || process::succeeds("adduser", &["-S", "-D", "-H", OWN_USER]);
    if made {
        return Ok(OWN_USER.to_owned());
    }
    Err(format!(
        "PostgreSQL does not run as root, and no user could be made for it: create a user named \
         {OWN_USER} or run this command as an ordinary user"
    ))
}

fn number(arguments: &[&str]) -> Result<u32, String> {
    let text = process::capture(Command::new("id").args(arguments))?;
    text.trim()
        .parse()
        .map_err(|error| format!("`id` printed `{}`: {error}", text.trim()))
}
