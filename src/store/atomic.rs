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
    let mut file = WholeFile::create(path)?;
    file.write_all(bytes)?;
    file.finish()
}

/// A file that is written piece by piece and stands under its name only when [`WholeFile::finish`] was called;
/// dropped before, it leaves nothing behind.
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    beside: Option<PathBuf>,
    out: io::BufWriter<fs::File>,
}

impl WholeFile {
    /// Begins to write what shall stand at `path`. A device or a pipe is written directly.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn create(path: &Path) -> io::Result<Self> {
        let is_special = fs::metadata(path).is_ok_and(|found| !found.is_file());
        let beside = (!is_special).then(|| beside(path));
        let file = match &beside {
            Some(beside) => fs::File::create(beside)?,
            None => fs::OpenOptions::new().write(true).open(path)?,
        };
        Ok(Self { path: path.to_owned(), beside, out: io::BufWriter::new(file) })
    }

    /// All is written: the file gets its name.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        if let Some(beside) = self.beside.take() {
            let renamed = self.out.get_ref().sync_all().and_then(|()| fs::rename(&beside, &self.path));
            if renamed.is_err() {
                self.beside = Some(beside);
            }
            renamed?;
        }
        Ok(())
    }
}

impl io::Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            // It may be gone already; there is nobody to tell.
            let _ = fs::remove_file(beside);
        }
    }
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
