//! How kept bytes are read: never more than the row's length, and trusted only once their digest is
//! right. A file that is missing, cut, grown, altered or unreadable is damaged; a lack of resources
//! in this process is not damage.

use super::{FileStore, StoredFile};
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;
use std::time::Duration;
use vinculo_auth::seal::Digest;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// Files up to this size are checked before their first byte is sent.
const SMALL: u64 = 1024 * 1024;
/// How much is read at once.
const PIECE: usize = 128 * 1024;

/// The bytes of a file, in pieces.
pub type FileBytes = BoxStream<'static, io::Result<Bytes>>;

/// Why a file cannot be sent.
enum Fault {
    /// It is damaged.
    Damaged(String),
    /// It could not be checked now.
    Busy(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        // EINTR, EAGAIN, ENOMEM, ENFILE and EMFILE do not tell anything about the file.
        let of_us = matches!(error.raw_os_error(), Some(4 | 11 | 12 | 23 | 24))
            || matches!(
                error.kind(),
                ErrorKind::OutOfMemory | ErrorKind::Interrupted
            );
        if of_us {
            Self::Busy(error)
        } else {
            Self::Damaged(format!("it cannot be read: {error}"))
        }
    }
}

impl FileStore {
    /// Checks that a file exists with its length; its bytes are not read.
    pub async fn look_at(&self, file: &StoredFile) -> Result<()> {
        if self.damage.holds(file) {
            return Err(Refusal::new(Problem::FileDamaged));
        }
        let (store, own) = (self.clone(), file.clone());
        let opened = blocking(move || store.open_right(&own).map(drop)).await?;
        opened.map_err(|fault| self.refuse(file, fault))
    }

    /// The bytes of a file, or a range of them. A small file, and any file read by range, is
    /// checked first. A larger one is checked while it is sent: its last piece is held back until
    /// the digest is right, and a wrong digest ends the stream with an error.
    pub async fn read(&self, file: &StoredFile, range: Option<Range<u64>>) -> Result<FileBytes> {
        let (store, own) = (self.clone(), file.clone());
        let opened = blocking(move || {
            let mut opened = store.open_right(&own)?;
            if own.size <= SMALL {
                let bytes = whole(&mut opened, &own)?;
                return Ok::<_, Fault>(Opened::Whole(bytes, range));
            }
            let Some(range) = range else {
                return Ok(Opened::Unchecked(opened));
            };
            pass(&opened, &own)?;
            opened.seek(SeekFrom::Start(range.start))?;
            Ok(Opened::Checked(opened, range))
        });
        match opened.await?.map_err(|fault| self.refuse(file, fault))? {
            Opened::Whole(bytes, range) => {
                self.damage.right(file);
                let part = range.map_or_else(|| bytes.clone(), |range| part(&bytes, &range));
                Ok(Box::pin(stream::iter([Ok(part)])))
            }
            Opened::Checked(opened, range) => {
                self.damage.right(file);
                let left = range.end.saturating_sub(range.start);
                Ok(self.pieces(file, Reading::of(opened, left)))
            }
            Opened::Unchecked(opened) => Ok(self.pieces(file, Reading::checked(opened, file))),
        }
    }

    /// Whether a file is intact, reading at most `per_second` bytes a second; raises the alarm or
    /// clears it. An error means that it could not be checked.
    pub(crate) async fn check(&self, file: &StoredFile, per_second: u64) -> Result<bool> {
        let (store, own) = (self.clone(), file.clone());
        let opened = blocking(move || store.open_right(&own)).await?;
        let opened = match opened.map_err(|fault| self.refuse(file, fault)) {
            Ok(opened) => opened,
            Err(refusal) if refusal.problem == Problem::FileDamaged => return Ok(false),
            Err(refusal) => return Err(refusal),
        };
        let mut pieces = self.pieces(file, Reading::checked(opened, file));
        while let Some(piece) = pieces.next().await {
            let piece = match piece {
                Ok(piece) => piece,
                Err(_damage) if self.damage.holds(file) => return Ok(false),
                Err(error) => return Err(self.refuse(file, Fault::Busy(error))),
            };
            let read = u64::try_from(piece.len()).unwrap_or(u64::MAX);
            let pause = read.saturating_mul(1_000_000) / per_second.max(1);
            tokio::time::sleep(Duration::from_micros(pause)).await;
        }
        Ok(true)
    }

    /// Opens a file that has the length of its row. It is the only place where kept files are
    /// opened, so the search for a missing one elsewhere is here too.
    fn open_right(&self, file: &StoredFile) -> std::result::Result<File, Fault> {
        let place = self.place(file);
        let missing = |error: io::Error| match error.kind() {
            ErrorKind::NotFound => Fault::Damaged("it is missing".into()),
            _ => error.into(),
        };
        // Checked before it is opened: opening a pipe would block.
        let found = match std::fs::metadata(&place) {
            // A row that names it may have been added during a sweep.
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.folders.recall(file.tenant.as_str(), &file.sha256)?;
                std::fs::metadata(&place)
            }
            found => found,
        };
        let found = found.map_err(missing)?;
        if !found.is_file() {
            return Err(Fault::Damaged("something else stands in its place".into()));
        }
        let opened = File::open(&place).map_err(missing)?;
        let length = opened.metadata()?.len();
        if length != file.size {
            let said = format!("it has {length} bytes instead of {}", file.size);
            return Err(Fault::Damaged(said));
        }
        Ok(opened)
    }

    /// The rest of an opened file in pieces, read on blocking threads.
    fn pieces(&self, file: &StoredFile, reading: Reading) -> FileBytes {
        let (store, file) = (self.clone(), file.clone());
        Box::pin(stream::unfold(Some(reading), move |reading| {
            let (store, file) = (store.clone(), file.clone());
            async move {
                let mut reading =
                    reading.filter(|reading| reading.left > 0 || reading.is_fresh())?;
                let read = blocking(move || {
                    let piece = reading.next()?;
                    Ok::<_, Fault>((piece, reading))
                });
                let read = match read.await {
                    Ok(read) => read.map_err(|fault| store.refuse(&file, fault)),
                    Err(refusal) => Err(refusal),
                };
                Some(match read {
                    Ok((piece, reading)) => {
                        if reading.found_right {
                            store.damage.right(&file);
                        }
                        (Ok(piece), Some(reading))
                    }
                    Err(refusal) => (Err(io::Error::other(refusal.to_string())), None),
                })
            }
        }))
    }

    /// The refusal for a fault; damage is recorded.
    fn refuse(&self, file: &StoredFile, fault: Fault) -> Refusal {
        match fault {
            Fault::Damaged(what) => {
                self.tallies.count_damaged();
                self.damage.found(file, &what);
                Refusal::new(Problem::FileDamaged)
            }
            Fault::Busy(error) => Refusal {
                internal: Some(format!("a stored file: {error}")),
                ..Refusal::new(Problem::TooBusy)
            },
        }
    }
}

/// An opened file, and what is known of it.
enum Opened {
    Whole(Bytes, Option<Range<u64>>),
    Checked(File, Range<u64>),
    Unchecked(File),
}

/// A file that is being read.
struct Reading {
    opened: File,
    left: u64,
    /// The digest of what was read so far, and the expected one.
    digest: Option<(Digest, String)>,
    found_right: bool,
}

impl Reading {
    fn of(opened: File, left: u64) -> Self {
        Self {
            opened,
            left,
            digest: None,
            found_right: false,
        }
    }

    fn checked(opened: File, file: &StoredFile) -> Self {
        Self {
            digest: Some((Digest::default(), file.sha256.clone())),
            ..Self::of(opened, file.size)
        }
    }

    /// Whether nothing was read yet of a file to be checked: an empty file has a digest too.
    fn is_fresh(&self) -> bool {
        self.digest.is_some()
    }

    /// The next piece; the last one only if the whole file is right.
    fn next(&mut self) -> std::result::Result<Bytes, Fault> {
        let length = usize::try_from(self.left).map_or(PIECE, |left| left.min(PIECE));
        let mut piece = vec![0; length];
        self.opened.read_exact(&mut piece)?;
        self.left -= u64::try_from(length).unwrap_or(self.left);
        if let Some((digest, _)) = &mut self.digest {
            digest.update(&piece);
        }
        if self.left == 0
            && let Some((digest, wanted)) = self.digest.take()
        {
            require_right(digest, &wanted)?;
            self.found_right = true;
        }
        Ok(piece.into())
    }
}

/// Reads a small file at once and checks it.
fn whole(opened: &mut File, file: &StoredFile) -> std::result::Result<Bytes, Fault> {
    let mut bytes = vec![0; usize::try_from(file.size).unwrap_or_default()];
    opened.read_exact(&mut bytes)?;
    let mut digest = Digest::default();
    digest.update(&bytes);
    require_right(digest, &file.sha256)?;
    Ok(bytes.into())
}

/// Reads a whole file to check its digest.
fn pass(opened: &File, file: &StoredFile) -> std::result::Result<(), Fault> {
    let mut reading = Reading::checked(opened.try_clone()?, file);
    while reading.left > 0 {
        reading.next()?;
    }
    Ok(())
}

fn require_right(digest: Digest, wanted: &str) -> std::result::Result<(), Fault> {
    let found = digest.finish();
    if found == wanted {
        return Ok(());
    }
    Err(Fault::Damaged(format!("its digest is {found}")))
}

fn part(bytes: &Bytes, range: &Range<u64>) -> Bytes {
    let place = |at: u64| usize::try_from(at).map_or(bytes.len(), |at| at.min(bytes.len()));
    bytes.slice(place(range.start).min(place(range.end))..place(range.end))
}

/// Runs work that waits for a disk on a blocking thread.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Refusal::internal(error.to_string()))
}
