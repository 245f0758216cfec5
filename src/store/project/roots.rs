//! What was opened into a project, to be gone through again, and the encodings that were chosen by hand.

use super::{Project, ProjectError};
use std::{collections::BTreeMap, path::PathBuf};

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
    pub fn choose_encoding(&self, path: &str, name: Option<&str>) -> Result<(), ProjectError> {
        let connection = self.shared.for_writing()?;
        match name {
            Some(name) => connection.execute("INSERT OR REPLACE INTO encodings VALUES (?1, ?2)", [path, name])?,
            None => connection.execute("DELETE FROM encodings WHERE path = ?1", [path])?,
        };
        Ok(())
    }

    /// The encodings that were chosen, by the path of the text.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn encodings(&self) -> Result<BTreeMap<String, String>, ProjectError> {
        let connection = self.shared.connection();
        let mut query = connection.prepare_cached("SELECT path, name FROM encodings")?;
        let chosen = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(chosen.collect::<Result<_, _>>()?)
    }
}
