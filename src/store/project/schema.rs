//! The tables, and how an older file is brought up to date.

use super::ProjectError;
use rusqlite::Connection;

/// Marks the database as ours (`nbpj`).
const APPLICATION_ID: i32 = 0x6e62_706a;

/// The version of the tables that this program writes.
pub const SCHEMA_VERSION: u32 = 4;

/// Step `n` makes version `n + 1` of version `n`; version 0 is an empty file. A step that was released is never changed.
const STEPS: [&str; SCHEMA_VERSION as usize] = [
    "CREATE TABLE files(
         id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, size INTEGER NOT NULL) STRICT;
     CREATE TABLE failures(
         file INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE, path TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
     CREATE TABLE documents(
         id INTEGER PRIMARY KEY, file INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
         name TEXT NOT NULL, digest BLOB NOT NULL) STRICT;
     CREATE INDEX documents_of_file ON documents(file);
     CREATE INDEX failures_of_file ON failures(file);
     CREATE TABLE bodies(
         id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
         findings BLOB NOT NULL, text BLOB NOT NULL) STRICT;
     CREATE TABLE desk(id INTEGER PRIMARY KEY CHECK(id = 1), state TEXT NOT NULL) STRICT;
     CREATE TABLE corrections(
         id INTEGER PRIMARY KEY, document TEXT NOT NULL, change TEXT NOT NULL, made TEXT NOT NULL) STRICT;",
    "CREATE TABLE views(name TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
     CREATE TABLE figures(name TEXT PRIMARY KEY, settings TEXT NOT NULL) STRICT, WITHOUT ROWID;",
    "CREATE TABLE roots(path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
     CREATE TABLE encodings(path TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;",
    "CREATE TABLE contents(id INTEGER PRIMARY KEY CHECK(id = 1), generation INTEGER NOT NULL) STRICT;
     INSERT INTO contents VALUES (1, 0);
     CREATE TABLE index_head(
         id INTEGER PRIMARY KEY CHECK(id = 1), generation INTEGER NOT NULL, version INTEGER NOT NULL,
         head BLOB NOT NULL) STRICT;
     CREATE TABLE index_pages(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;",
];

/// Makes the tables, or brings them up to date; everything or nothing.
pub(super) fn prepare(connection: &mut Connection, is_new: bool, is_read_only: bool) -> Result<(), ProjectError> {
    let number = |connection: &Connection, name: &str| {
        connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(ProjectError::from)
    };
    if !is_new && number(connection, "application_id")? != i64::from(APPLICATION_ID) {
        return Err(ProjectError::NotAProject);
    }
    let found = u32::try_from(number(connection, "user_version")?).unwrap_or(u32::MAX);
    if found > SCHEMA_VERSION {
        return Err(ProjectError::Newer { found });
    }
    if found == SCHEMA_VERSION {
        return Ok(());
    }
    if is_read_only {
        return Err(ProjectError::OlderReadOnly);
    }
    let change = connection.transaction()?;
    for step in STEPS.iter().skip(found as usize) {
        change.execute_batch(step)?;
    }
    change.pragma_update(None, "application_id", APPLICATION_ID)?;
    change.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    change.commit()?;
    Ok(())
}

/// Makes a file as an older program made it.
#[cfg(test)]
pub(super) fn old(path: &std::path::Path, version: u32) {
    let connection = Connection::open(path).unwrap();
    for step in STEPS.iter().take(version as usize) {
        connection.execute_batch(step).unwrap();
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    connection.pragma_update(None, "user_version", version).unwrap();
}
