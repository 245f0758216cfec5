//! The project file (`.nianbiao`): documents, what was read in them, and how the window stood, in one SQLite database.
//!
//! ```text
//! files (path, hash) ─< documents (digest: what the overview needs) ── bodies (text and findings, deflated)
//! desk, views, figures, corrections, roots (what was opened), encodings (chosen by hand)
//! contents, index_head, index_pages (the index of a large project, opened in place of the digests)
//! ```
//!
//! A change is one transaction with a rollback journal, flushed to the disk before it is confirmed: whoever is told that
//! something is kept finds it again after a crash, and of what was under way nothing. Opening reads the digests alone;
//! texts are fetched when somebody looks at them. An open project is locked, so a second window is told.

mod changes;
mod code;
mod error;
mod import;
mod index;
mod read;
mod roots;
mod schema;
mod write;

pub use error::ProjectError;
pub use import::{Import, Known, One, Progress, absolute, holders, import, is_vanished, one};
pub use schema::SCHEMA_VERSION;
pub use write::{FileRead, Kept, KeptDocument};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// What every SQLite file begins with.
const SQLITE_MARK: &[u8; 16] = b"SQLite format 3\0";

/// An open project. Clones are the same project; it is closed and unlocked when the last one is dropped.
#[derive(Debug, Clone)]
pub struct Project {
    shared: Arc<Shared>,
}

/// The connection; documents that are fetched later hold it, too.
#[derive(Debug)]
struct Shared {
    connection: Mutex<Connection>,
    path: PathBuf,
    is_read_only: bool,
    /// Which file was opened.
    file: Option<FileId>,
    /// Whether a page of the index could not be read.
    has_lost_page: AtomicBool,
}

impl Drop for Shared {
    fn drop(&mut self) {
        if self.has_lost_page.load(Ordering::Relaxed) && !self.is_read_only {
            // Without its head it is made anew; if that cannot be written, nothing can.
            let _ = self.connection().execute("DELETE FROM index_head", []);
        }
    }
}

impl Shared {
    /// The connection, to write. A file that was moved or deleted would take what is written with it.
    fn for_writing(&self) -> Result<MutexGuard<'_, Connection>, ProjectError> {
        if self.is_read_only {
            return Err(ProjectError::ReadOnly);
        }
        match file_id(&self.path) {
            Some(found) if Some(found) == self.file => Ok(self.connection()),
            _ => Err(ProjectError::Gone),
        }
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic in another thread leaves a transaction to be rolled back, not a broken connection.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the file at `path` is a database, and so perhaps a project.
pub fn is_project(path: &Path) -> bool {
    let mut mark = [0; 16];
    fs::File::open(path).and_then(|mut file| file.read_exact(&mut mark)).is_ok() && mark == *SQLITE_MARK
}

impl Project {
    /// Opens the project at `path`, or makes a new one where there is no file. Where nothing can be written (a folder
    /// that is read-only), it is opened to be read.
    ///
    /// # Errors
    /// See [`ProjectError`]; the file stays as it was.
    pub fn open(path: &Path) -> Result<Self, ProjectError> {
        let is_new = match fs::metadata(path) {
            Ok(found) if found.is_dir() => return Err(ProjectError::NotAProject),
            Ok(found) => found.len() == 0,
            Err(_) => true,
        };
        if !is_new && !is_project(path) {
            return Err(ProjectError::NotAProject);
        }
        if is_new {
            make(path)?;
        }
        let (mut connection, is_read_only) = connect(path, false)?;
        if !is_read_only {
            lock(&connection)?;
        }
        schema::prepare(&mut connection, false, is_read_only)?;
        // Known by its whole path, for the working folder is another one later.
        let path = std::path::absolute(path)?;
        let file = file_id(&path);
        let has_lost_page = AtomicBool::new(false);
        let shared = Shared { connection: Mutex::new(connection), path, is_read_only, file, has_lost_page };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// Whether nothing can be written to it.
    pub fn is_read_only(&self) -> bool {
        self.shared.is_read_only
    }

    /// Writes a copy to `path`, whole or not at all, and opens that.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn save_as(&self, path: &Path) -> Result<Self, ProjectError> {
        let beside = path.with_extension(format!("{}.part", std::process::id()));
        let copied = {
            // A left-over of the same name is of no use to anybody.
            let _ = fs::remove_file(&beside);
            let name = beside.to_string_lossy().into_owned();
            self.shared.connection().execute("VACUUM INTO ?1", [name]).map_err(ProjectError::from)
        };
        let placed = copied.and_then(|_| {
            fs::File::open(&beside).and_then(|file| file.sync_all()).and_then(|()| fs::rename(&beside, path))?;
            Ok(())
        });
        if let Err(error) = placed {
            let _ = fs::remove_file(&beside);
            return Err(error);
        }
        Self::open(path)
    }
}

/// What tells a file from another that has come to its place.
type FileId = (u64, u64);

#[cfg(unix)]
fn file_id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

/// An open file can be neither moved nor deleted here; that it is there says enough.
#[cfg(not(unix))]
fn file_id(path: &Path) -> Option<FileId> {
    fs::metadata(path).ok().map(|_| (0, 0))
}

/// Makes an empty project beside `path` and puts it there when it is whole: whatever happens in between, what stands
/// at `path` is a project.
fn make(path: &Path) -> Result<(), ProjectError> {
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let _ = fs::remove_file(&beside);
    let made = connect(&beside, true).and_then(|(mut connection, is_read_only)| {
        schema::prepare(&mut connection, true, is_read_only)?;
        connection.close().map_err(|(_, error)| ProjectError::from(error))?;
        fs::rename(&beside, path)?;
        Ok(())
    });
    if made.is_err() {
        let _ = fs::remove_file(&beside);
    }
    made
}

fn connect(path: &Path, is_new: bool) -> Result<(Connection, bool), ProjectError> {
    let write = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let write = if is_new { write | OpenFlags::SQLITE_OPEN_CREATE } else { write };
    let connection = match Connection::open_with_flags(path, write) {
        Err(error) if is_new || error.sqlite_error_code() != Some(ErrorCode::CannotOpen) => return Err(error.into()),
        Err(_) => {
            let read = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            Connection::open_with_flags(path, read)?
        }
        Ok(connection) => connection,
    };
    // Whoever finds the project locked is told at once; the default is to wait for five seconds.
    connection.busy_timeout(std::time::Duration::from_millis(100))?;
    let is_read_only = connection.is_readonly("main")?;
    // A project from elsewhere may hold functions in its schema; none of them is run.
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;")?;
    Ok((connection, is_read_only))
}

/// Takes the lock, which is kept until the connection is closed or the process ends, however it ends.
fn lock(connection: &Connection) -> Result<(), ProjectError> {
    connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE;")?;
    connection.execute_batch("BEGIN EXCLUSIVE; COMMIT;")?;
    Ok(())
}

#[cfg(test)]
mod tests;
