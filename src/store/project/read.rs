//! What is kept in a project, opened again: digests at once, texts when somebody looks at them.

use super::{Project, ProjectError, Shared, code, index::KEPT_FROM_EVENTS};
use crate::{
    corpus::{
        Bodies, Body, Corpus, Entry,
        index::{self, EventIndex, IndexDraft},
    },
    model::Document,
    store::json,
    warn::Warning,
};
use flate2::read::ZlibDecoder;
use std::{io::Read as _, sync::Arc};

/// A body inflates to no more than this: the text of the largest file that is read, and what is found in it.
const MAX_BODY_BYTES: u64 = 2 << 30;

fn inflated(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len() * 4);
    ZlibDecoder::new(bytes).take(MAX_BODY_BYTES).read_to_end(&mut out).ok()?;
    Some(out)
}

impl Bodies for Shared {
    fn body(&self, number: u64) -> Body {
        match self.fetch(number) {
            Ok(body) => body,
            Err(error) => {
                let message = format!("it could not be fetched from the project: {error}");
                let warning = Warning { span: None, kind: "project".to_owned(), message };
                Body { document: Document { warnings: vec![warning], ..Document::default() }, ..Body::default() }
            }
        }
    }
}

impl Shared {
    fn fetch(&self, number: u64) -> Result<Body, ProjectError> {
        let (findings, text): (Vec<u8>, Vec<u8>) = {
            let connection = self.connection();
            let mut query = connection.prepare_cached("SELECT findings, text FROM bodies WHERE id = ?1")?;
            let id = i64::try_from(number).unwrap_or(-1);
            query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        };
        let damaged = |what: &str| ProjectError::Damaged(format!("{what} of document {number}"));
        let text = inflated(&text).and_then(|text| String::from_utf8(text).ok()).ok_or_else(|| damaged("the text"))?;
        let findings = inflated(&findings).ok_or_else(|| damaged("the findings"))?;
        let mut document: Document =
            serde_json::from_slice(&findings).map_err(|error| damaged(&format!("the findings ({error})")))?;
        document.source.text = Some(text);
        let entry = json::restored(document).map_err(|error| damaged(&format!("the findings ({error})")))?;
        Ok(entry.into_body())
    }
}

impl Project {
    /// The corpus as it was kept: its documents are fetched when somebody looks at them. Opens the index that is kept
    /// with a large project; where there is none of these documents, it reads their digests, makes it and keeps it.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn corpus(&self) -> Result<Corpus, ProjectError> {
        let bodies: Arc<dyn Bodies> = self.shared.clone();
        if let Some(index) = self.kept_index()? {
            return Ok(Corpus::kept(bodies, Arc::new(index)));
        }
        let mut draft = IndexDraft::default();
        let mut numbers: Vec<u64> = Vec::new();
        // Those of another version are made anew from the document, when nobody holds the connection.
        let mut unread: Vec<usize> = Vec::new();
        {
            let connection = self.shared.connection();
            let mut query = connection.prepare("SELECT id, digest FROM documents ORDER BY id")?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                let bytes = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
                let doc = numbers.len();
                numbers.push(u64::try_from(id).unwrap_or(0));
                match code::decoded(bytes) {
                    Some(digest) => draft.put(doc, digest),
                    None => unread.push(doc),
                }
            }
        }
        for doc in unread {
            let body = self.shared.body(numbers.get(doc).copied().unwrap_or(0));
            draft.put(doc, index::digest(&body.document, &body.text));
        }
        let index = EventIndex::from(draft);
        // What cannot be kept serves all the same.
        if index.len() >= KEPT_FROM_EVENTS
            && let Ok(Some(index)) = self.keep_index(&index, &numbers)
        {
            return Ok(Corpus::kept(bodies, Arc::new(index)));
        }
        let entry = |(doc, number): (usize, &u64)| Entry::fetched(Arc::clone(&bodies), *number, index.counts(doc));
        let entries = numbers.iter().enumerate().map(entry).collect();
        Ok(Corpus::indexed(entries, Arc::new(index)))
    }

    /// The paths of the files in the project, in the order they came.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn files(&self) -> Result<Vec<String>, ProjectError> {
        let connection = self.shared.connection();
        let mut query = connection.prepare("SELECT path FROM files ORDER BY id")?;
        let paths = query.query_map([], |row| row.get(0))?;
        Ok(paths.collect::<Result<_, _>>()?)
    }

    /// The ids of all documents, in the order of [`Project::corpus`].
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn names(&self) -> Result<Vec<String>, ProjectError> {
        let connection = self.shared.connection();
        let mut query = connection.prepare("SELECT name FROM documents ORDER BY id")?;
        let names = query.query_map([], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// What could not be read: the place and the reason.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn failures(&self) -> Result<Vec<(String, String)>, ProjectError> {
        let connection = self.shared.connection();
        let mut query = connection.prepare("SELECT path, reason FROM failures ORDER BY rowid")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
