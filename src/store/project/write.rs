//! What is kept in a project.

use super::{Project, ProjectError, code};
use crate::{
    corpus::{
        Bodies, Corpus, Entry,
        index::{Digest, EventIndex, digest},
    },
    store::json,
};
use flate2::{Compression, write::ZlibEncoder};
use rusqlite::{OptionalExtension as _, Transaction, params};
use std::{io::Write as _, sync::Arc};

/// A file that was read, to be kept.
#[derive(Debug, Default)]
pub struct FileRead {
    /// Its path.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its length in bytes.
    pub size: u64,
    /// The documents in it.
    pub entries: Vec<Entry>,
    /// What in it could not be read (the place, the reason).
    pub failures: Vec<(String, String)>,
}

/// How much a project holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Files.
    pub files: usize,
    /// Documents in them.
    pub documents: usize,
}

/// Rows of bodies are deflated this hard: beyond 3 it costs more time than it saves room.
const LEVEL: u32 = 3;

pub(super) fn deflated(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(LEVEL));
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// A document ready to be written; made outside of the transaction, on all cores.
struct Packed {
    name: String,
    digest: Digest,
    findings: Vec<u8>,
    text: Vec<u8>,
}

fn packed(entry: &Entry) -> Result<Packed, ProjectError> {
    let findings = serde_json::to_vec(&json::public(entry)).map_err(std::io::Error::from)?;
    Ok(Packed {
        name: entry.document.id.clone(),
        digest: digest(&entry.document, &entry.text),
        findings: deflated(&findings)?,
        text: deflated(entry.text.as_bytes())?,
    })
}

/// A document that was kept: enough to show it without reading it again.
#[derive(Debug)]
pub struct KeptDocument {
    /// Its id.
    pub name: String,
    number: u64,
    digest: Digest,
}

impl Project {
    /// Keeps what was read in some files, in place of what was kept of them before; the answer is their documents, in
    /// order. When this returns, it is on the disk; when it fails, nothing has changed.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn keep(&self, files: &[FileRead]) -> Result<Vec<KeptDocument>, ProjectError> {
        use rayon::prelude::*;
        let packed: Vec<Vec<Packed>> = files
            .par_iter()
            .map(|file| file.entries.iter().map(packed).collect::<Result<Vec<Packed>, ProjectError>>())
            .collect::<Result<_, ProjectError>>()?;
        let mut connection = self.shared.for_writing()?;
        let change = connection.transaction()?;
        let mut kept = Vec::new();
        for (file, documents) in files.iter().zip(packed) {
            kept.extend(keep_file(&change, file, documents)?);
        }
        super::index::touch(&change)?;
        change.commit()?;
        Ok(kept)
    }

    /// Documents that were kept, to be fetched when somebody looks at them.
    pub fn fetched(&self, kept: Vec<KeptDocument>) -> Corpus {
        let bodies: Arc<dyn Bodies> = self.shared.clone();
        let entry = |kept: &KeptDocument| Entry::fetched(Arc::clone(&bodies), kept.number, kept.digest.counts);
        let entries = kept.iter().map(entry).collect();
        Corpus::indexed(entries, Arc::new(EventIndex::from_digests(kept.into_iter().map(|kept| kept.digest))))
    }

    /// Keeps `entry` in place of the document with its id, which was read once more; `false` where there is none.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn keep_again(&self, entry: &Entry) -> Result<bool, ProjectError> {
        let Packed { name, digest, findings, text } = packed(entry)?;
        let mut connection = self.shared.for_writing()?;
        let change = connection.transaction()?;
        let find = "SELECT id FROM documents WHERE name = ?1 ORDER BY id LIMIT 1";
        let id: Option<i64> = change.query_row(find, [&name], |row| row.get(0)).optional()?;
        let Some(id) = id else { return Ok(false) };
        change.execute("UPDATE documents SET digest = ?2 WHERE id = ?1", params![id, code::encoded(&digest)])?;
        change.execute("UPDATE bodies SET findings = ?2, text = ?3 WHERE id = ?1", params![id, findings, text])?;
        super::index::touch(&change)?;
        change.commit()?;
        Ok(true)
    }

    /// Forgets a file and all that was read in it.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn forget(&self, path: &str) -> Result<(), ProjectError> {
        let mut connection = self.shared.for_writing()?;
        let change = connection.transaction()?;
        change.execute("DELETE FROM files WHERE path = ?1", [path])?;
        super::index::touch(&change)?;
        change.commit()?;
        Ok(())
    }

    /// Whether this very content is kept of the file at `path`, so that it need not be read again.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn has(&self, path: &str, sha256: &str) -> Result<bool, ProjectError> {
        let connection = self.shared.connection();
        let mut query = connection.prepare_cached("SELECT 1 FROM files WHERE path = ?1 AND sha256 = ?2")?;
        Ok(query.exists([path, sha256])?)
    }

    /// How much is kept.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn kept(&self) -> Result<Kept, ProjectError> {
        let connection = self.shared.connection();
        let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        let n = |count: i64| usize::try_from(count).unwrap_or(0);
        Ok(Kept {
            files: n(count("SELECT count(*) FROM files")?),
            documents: n(count("SELECT count(*) FROM documents")?),
        })
    }

    /// Keeps how the window stands.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn keep_desk(&self, state: &str) -> Result<(), ProjectError> {
        let sql = "INSERT INTO desk(id, state) VALUES (1, ?1) ON CONFLICT(id) DO UPDATE SET state = excluded.state";
        self.shared.for_writing()?.execute(sql, [state])?;
        Ok(())
    }

    /// How the window stood; `None` where that was never kept.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn desk(&self) -> Result<Option<String>, ProjectError> {
        let connection = self.shared.connection();
        Ok(connection.query_row("SELECT state FROM desk", [], |row| row.get(0)).optional()?)
    }
}

fn keep_file(
    change: &Transaction<'_>,
    file: &FileRead,
    documents: Vec<Packed>,
) -> Result<Vec<KeptDocument>, ProjectError> {
    change.execute("DELETE FROM files WHERE path = ?1", [&file.path])?;
    // A project that was made of documents in memory holds those of an archive or a table one by one: `a.zip/b.txt`,
    // `a.csv#7`. What follows `/` and `#` sorts before `0` and `$`.
    let delete =
        "DELETE FROM files WHERE (path > ?1 || '/' AND path < ?1 || '0') OR (path > ?1 || '#' AND path < ?1 || '$')";
    change.execute(delete, [&file.path])?;
    let size = i64::try_from(file.size).unwrap_or(i64::MAX);
    change
        .execute("INSERT INTO files(path, sha256, size) VALUES (?1, ?2, ?3)", params![file.path, file.sha256, size])?;
    let file_id = change.last_insert_rowid();
    for (path, reason) in &file.failures {
        change.execute("INSERT INTO failures VALUES (?1, ?2, ?3)", params![file_id, path, reason])?;
    }
    let mut document = change.prepare_cached("INSERT INTO documents(file, name, digest) VALUES (?1, ?2, ?3)")?;
    let mut body = change.prepare_cached("INSERT INTO bodies VALUES (?1, ?2, ?3)")?;
    let mut kept = Vec::with_capacity(documents.len());
    for Packed { name, digest, findings, text } in documents {
        document.execute(params![file_id, name, code::encoded(&digest)])?;
        let id = change.last_insert_rowid();
        body.execute(params![id, findings, text])?;
        kept.push(KeptDocument { name, number: u64::try_from(id).unwrap_or(0), digest });
    }
    Ok(kept)
}
