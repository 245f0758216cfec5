//! Writes a file whole or not at all.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

/// Writes `bytes` to `path`: first into a new file beside it, then renamed over it. Whoever reads `path` sees the
/// old file or the new one, never half of one.
///
/// # Errors
/// What the file system reports; the half-written file is taken away again.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A device or a pipe (/dev/stdout) cannot be renamed over.
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return fs::OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    let beside = beside(path);
    let written = (|| {
        let mut file = fs::File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    })();
    if written.is_err() {
        // The first error is the one to tell; that the leftover could not be removed adds nothing.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// A name beside `path` that no other process uses.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_file_stays_until_the_new_one_is_whole() {
        let dir = std::env::temp_dir().join(format!("nianbiao-atomic-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let path = dir.join("a.json");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 1);
        assert!(write(&dir.join("no/such/folder"), b"three").is_err());
        fs::remove_dir_all(&dir).unwrap();
    }
}
