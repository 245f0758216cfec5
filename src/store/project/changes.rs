//! The user's corrections in a project, each a row of its own beside what was read.

use super::{Project, ProjectError};
use crate::corpus::edits::Change;
use rusqlite::params;
use std::collections::BTreeMap;

impl Project {
    /// Keeps the corrections of the document with this id, all of them, in place of those it had.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn keep_changes(&self, document: &str, changes: &[Change]) -> Result<(), ProjectError> {
        let mut connection = self.shared.for_writing()?;
        let transaction = connection.transaction()?;
        transaction.execute("DELETE FROM corrections WHERE document = ?1", [document])?;
        for change in changes {
            let json = serde_json::to_string(change).map_err(std::io::Error::from)?;
            let sql = "INSERT INTO corrections(document, change, made) VALUES (?1, ?2, ?3)";
            transaction.execute(sql, params![document, json, change.at.to_string()])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// All corrections, by the document's index in [`Project::corpus`]. What a newer program wrote and this one does
    /// not understand is passed over.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn changes(&self) -> Result<BTreeMap<usize, Vec<Change>>, ProjectError> {
        let connection = self.shared.connection();
        let mut by_id: BTreeMap<String, Vec<Change>> = BTreeMap::new();
        let mut query = connection.prepare("SELECT document, change FROM corrections ORDER BY id")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (document, change): (String, String) = (row.get(0)?, row.get(1)?);
            by_id.entry(document).or_default().extend(serde_json::from_str::<Change>(&change).ok());
        }
        let mut by_doc = BTreeMap::new();
        if by_id.is_empty() {
            return Ok(by_doc);
        }
        let mut query = connection.prepare("SELECT name FROM documents ORDER BY id")?;
        let names = query.query_map([], |row| row.get::<_, String>(0))?;
        for (doc, name) in names.enumerate() {
            // Of two documents of one id the first has them.
            if let Some(changes) = by_id.remove(&name?) {
                by_doc.insert(doc, changes);
            }
        }
        Ok(by_doc)
    }
}
