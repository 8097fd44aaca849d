//! Whether a file is still the one that was read: size, times and inode, as a version control system has it.
//!
//! A file written twice within one tick of the file system's clock looks the same after both: a stamp is
//! given only for a file that had been left alone for a while when it was read. Any other is read again,
//! and its bytes compared.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How long a file must have been left alone: more than the coarsest clock of a file system in use (FAT: 2 s).
const ALONE: Duration = Duration::from_secs(3);

/// What tells that a file is unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    modified: SystemTime,
    #[cfg(unix)]
    unix: (u64, u64, i64, i64),
}

impl Stamp {
    fn of(metadata: &Metadata) -> Option<Self> {
        #[cfg(unix)]
        let unix = {
            use std::os::unix::fs::MetadataExt;
            // The change time, unlike the modification time, cannot be set back.
            (metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
        };
        Some(Stamp {
            size: metadata.len(),
            modified: metadata.modified().ok()?,
            #[cfg(unix)]
            unix,
        })
    }

    /// When the file was last touched.
    fn touched(&self) -> SystemTime {
        #[cfg(unix)]
        {
            let (_, _, seconds, nanos) = self.unix;
            let since = Duration::new(seconds.try_into().unwrap_or_default(), nanos.try_into().unwrap_or_default());
            self.modified.max(SystemTime::UNIX_EPOCH + since)
        }
        #[cfg(not(unix))]
        self.modified
    }

    /// Whether the file of a path is still the one with this stamp.
    pub(super) fn still(&self, path: &Path) -> bool {
        let now = std::fs::metadata(path).ok().and_then(|m| Stamp::of(&m));
        now.as_ref() == Some(self)
    }
}

/// Reads a file; with a stamp, if it has been left alone long enough to have one.
pub(super) fn read(path: &Path) -> io::Result<(Vec<u8>, Option<Stamp>)> {
    // The clock decides only whether a file is read again, never what is read.
    let now = SystemTime::now();
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default().saturating_add(1));
    file.read_to_end(&mut bytes)?;
    let alone = |stamp: &Stamp| now.duration_since(stamp.touched()).is_ok_and(|age| age > ALONE);
    Ok((bytes, Stamp::of(&metadata).filter(alone)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_just_written_has_no_stamp_and_an_old_one_is_known() {
        let dir = tempfile::tempdir().expect("a temporary folder can be made");
        let path = dir.path().join("a");
        std::fs::write(&path, "1").expect("the folder is ours");
        assert_eq!(read(&path).expect("it is there").1, None);

        let known = Path::new(env!("CARGO_MANIFEST_DIR")).join("LICENSE-MIT");
        let age = |m: &Metadata| Stamp::of(m).is_some_and(|s| s.touched() < SystemTime::now() - 2 * ALONE);
        if std::fs::metadata(&known).is_ok_and(|m| age(&m)) {
            let stamp = read(&known).expect("it is part of the repository").1.expect("nobody has touched it");
            assert!(stamp.still(&known) && !stamp.still(&path));
        }
    }
}
