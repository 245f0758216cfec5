//! What was opened into a project, to be gone through again, and the encodings that were chosen by hand.

use super::{Project, ProjectError};
use rusqlite::OptionalExtension as _;
use std::path::{Path, PathBuf};

impl Project {
    /// Remembers files and folders, so that they can be gone through again.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn add_roots(&self, paths: &[PathBuf]) -> Result<(), ProjectError> {
        let mut connection = self.shared.for_writing()?;
        let change = connection.transaction()?;
        for path in paths {
            change.execute("INSERT OR IGNORE INTO roots(path) VALUES (?1)", [path.to_string_lossy()])?;
        }
        change.commit()?;
        Ok(())
    }

    /// The files and folders that were opened, sorted.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn roots(&self) -> Result<Vec<PathBuf>, ProjectError> {
        let connection = self.shared.connection();
        let mut query = connection.prepare("SELECT path FROM roots ORDER BY path")?;
        let paths = query.query_map([], |row| Ok(PathBuf::from(row.get::<_, String>(0)?)))?;
        Ok(paths.collect::<Result<_, _>>()?)
    }

    /// The text at `path` is in this encoding, now and whenever it is read again; `None` leaves it to be guessed.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn choose_encoding(&self, path: &Path, name: Option<&str>) -> Result<(), ProjectError> {
        let connection = self.shared.for_writing()?;
        let path = path.to_string_lossy();
        match name {
            Some(name) => connection.execute("INSERT OR REPLACE INTO encodings VALUES (?1, ?2)", [&*path, name])?,
            None => connection.execute("DELETE FROM encodings WHERE path = ?1", [path])?,
        };
        Ok(())
    }

    /// The encoding that was chosen for the text at `path`.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn chosen_encoding(&self, path: &str) -> Result<Option<String>, ProjectError> {
        let connection = self.shared.connection();
        let mut query = connection.prepare_cached("SELECT name FROM encodings WHERE path = ?1")?;
        Ok(query.query_row([path], |row| row.get(0)).optional()?)
    }
}
