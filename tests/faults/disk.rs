//! Disks for a test: an ext4 image whose power can be cut, and a small disk that fills up.

use crate::keeper::Keeper;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Unmounts even if something still holds the mount, and frees its loop device.
const LEAVE: &str = r#"
tries=0
while mountpoint -q "$1" && [ $tries -lt 30 ]; do
  umount "$1" || sleep 0.1
  tries=$((tries + 1))
done
mountpoint -q "$1" && umount -l "$1"
"#;

/// What ext4 and XFS do when told that the power is gone: nothing more reaches the disk, not even
/// what is in their journal (`EXT4_IOC_SHUTDOWN`, no flush of the log).
const CUT: &str = "
import fcntl, os, struct, sys
folder = os.open(sys.argv[1], os.O_RDONLY)
fcntl.ioctl(folder, 0x8004587d, struct.pack('I', 2))
";

pub struct Disk {
    pub folder: PathBuf,
    image: Option<PathBuf>,
    _keeper: Keeper,
}

fn works(command: &mut Command) -> Result<(), String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("{command:?}: {}", said.trim()))
}

impl Disk {
    /// A mounted ext4 image. Nothing is written merely because time passes: only what a program
    /// syncs is sure to be there.
    pub fn ext4(base: &Path, megabytes: u32) -> Result<Self, String> {
        let image = base.join("disk.img");
        works(
            Command::new("truncate")
                .args(["-s", &format!("{megabytes}M")])
                .arg(&image),
        )?;
        works(
            Command::new("mkfs.ext4")
                .args(["-q", "-F", "-m", "0"])
                .arg(&image),
        )?;
        let disk = Self::at(base, Some(image));
        disk.mount()?;
        Ok(disk)
    }

    /// A small disk in memory.
    pub fn small(base: &Path, megabytes: u32) -> Result<Self, String> {
        let disk = Self::at(base, None);
        let size = format!("size={megabytes}m,mode=755");
        works(
            Command::new("mount")
                .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
                .arg(&disk.folder),
        )?;
        Ok(disk)
    }

    fn at(base: &Path, image: Option<PathBuf>) -> Self {
        let folder = base.join("disk");
        std::fs::create_dir(&folder).unwrap();
        let keeper = Keeper::start(LEAVE, &[folder.to_str().unwrap()], None);
        Self {
            folder,
            image,
            _keeper: keeper,
        }
    }

    fn mount(&self) -> Result<(), String> {
        let image = self.image.as_ref().ok_or("no image")?;
        let mut mount = Command::new("mount");
        works(
            mount
                .args(["-o", "loop,commit=300"])
                .arg(image)
                .arg(&self.folder),
        )
    }

    /// Syncs everything written so far to the disk.
    pub fn sync(&self) {
        works(Command::new("sync").arg("-f").arg(&self.folder)).unwrap();
    }

    /// Cuts the power.
    pub fn cut(&self) -> Result<(), String> {
        let by_python = works(Command::new("python3").args(["-c", CUT]).arg(&self.folder));
        by_python.or_else(|python| {
            let mut tool = Command::new("xfs_io");
            works(tool.args(["-x", "-c", "shutdown"]).arg(&self.folder))
                .map_err(|tool| format!("{python}; {tool}"))
        })
    }

    /// Simulates the return of power: only what reached the disk is there.
    pub fn return_of_power(&self) {
        let mut complaint = String::new();
        for _ in 0..600 {
            match works(Command::new("umount").arg(&self.folder)) {
                Ok(()) => return self.mount().unwrap(),
                Err(error) => complaint = error,
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("{complaint}");
    }

    /// Fills it to the last byte.
    pub fn fill(&self) -> PathBuf {
        use std::io::Write;
        let ballast = self.folder.join("ballast");
        let file = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&ballast);
        let mut file = file.unwrap();
        for size in [1 << 20, 1 << 12, 1] {
            let piece = vec![0_u8; size];
            while file.write_all(&piece).is_ok() {}
        }
        ballast
    }
}
