//! The index of a parsed corpus that stays in its file, kept in the cache folder so that it is opened at once next time.
//!
//! ```text
//! ~/.cache/nianbiao/corpora/3f0c….index     a database: whose index it is, its head, its pages
//! ```
//!
//! It is good for a file of the same length, time of change, beginning and end; else it is made anew. Nothing is lost
//! with it.

use crate::corpus::index::{Cell, Column, EventIndex, Pages, kept};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};
use std::{
    fs::{self, File},
    io::{self, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::UNIX_EPOCH,
};

/// Corpora of fewer events are indexed as fast as their index is opened.
const KEPT_FROM_EVENTS: usize = 20_000;
/// So much of the beginning and of the end of a corpus says which one it is.
const MARK_BYTES: u64 = 64 << 10;
/// So many bytes of pages are written in one transaction.
const PORTION_BYTES: usize = 16 << 20;
/// The part of the places of the documents in the file, behind those of any index.
const PLACES: u32 = 1 << 20;

/// Where a document lies in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its first byte.
    pub start: u64,
    /// How many bytes.
    pub len: usize,
}

impl Cell for Place {
    const BYTES: usize = 16;
    const PAGE: usize = 2_048;

    fn put(self, out: &mut Vec<u8>) {
        out.extend(self.start.to_le_bytes());
        out.extend((self.len as u64).to_le_bytes());
    }

    fn take(bytes: &[u8]) -> Option<Self> {
        let (start, len) = bytes.split_at_checked(8)?;
        let number = |bytes: &[u8]| Some(u64::from_le_bytes(bytes.try_into().ok()?));
        Some(Self { start: number(start)?, len: usize::try_from(number(len)?).ok()? })
    }
}

/// An index with the places of its documents.
pub type Opened = (EventIndex, Column<Place>);

#[derive(Debug)]
struct IndexFile(Mutex<Connection>);

impl Pages for IndexFile {
    fn page(&self, part: u32, number: u32) -> Option<Vec<u8>> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut query = connection.prepare_cached("SELECT bytes FROM pages WHERE part = ?1 AND number = ?2").ok()?;
        query.query_row([part, number], |row| row.get(0)).ok()
    }
}

/// Where such indices are kept: `$XDG_CACHE_HOME/nianbiao/corpora`, `%LOCALAPPDATA%\nianbiao\corpora`,
/// `~/Library/Caches/nianbiao/corpora`; `None` where the environment names no folder.
pub fn folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library").join("Caches"))
    } else {
        named("XDG_CACHE_HOME").filter(|path| path.is_absolute()).or_else(|| Some(named("HOME")?.join(".cache")))
    };
    cache.map(|cache| cache.join("nianbiao").join("corpora"))
}

/// The file of the index of the corpus at `corpus`.
fn path_of(folder: &Path, corpus: &Path) -> PathBuf {
    let name = Sha256::digest(corpus.to_string_lossy().as_bytes());
    let name: String = name.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    folder.join(format!("{name}.index"))
}

/// What tells this content of the file from another: length, time, beginning and end.
fn mark(corpus: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(corpus)?;
    let about = file.metadata()?;
    let changed = about.modified()?.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    let mut hasher = Sha256::new();
    hasher.update(kept::VERSION.to_le_bytes());
    hasher.update(about.len().to_le_bytes());
    hasher.update(changed.to_le_bytes());
    let mut part = Vec::new();
    (&mut file).take(MARK_BYTES).read_to_end(&mut part)?;
    file.seek(SeekFrom::Start(about.len().saturating_sub(MARK_BYTES)))?;
    (&mut file).take(MARK_BYTES).read_to_end(&mut part)?;
    hasher.update(&part);
    Ok(hasher.finalize().to_vec())
}

/// The index that was kept of the corpus at `corpus`, if the file is still the same.
pub fn opened(folder: &Path, corpus: &Path) -> Option<Opened> {
    let path = path_of(folder, corpus);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).ok()?;
    connection.execute_batch("PRAGMA trusted_schema = OFF").ok()?;
    let sql = "SELECT head, n_docs FROM head WHERE mark = ?1";
    let found = connection.query_row(sql, [mark(corpus).ok()?], |row| Ok((row.get(0)?, row.get(1)?)));
    let (head, n_docs): (Vec<u8>, i64) = found.optional().ok()??;
    let pages: Arc<dyn Pages> = Arc::new(IndexFile(Mutex::new(connection)));
    let index = EventIndex::opened(&head, &pages)?;
    let places = Column::paged(pages, PLACES, usize::try_from(n_docs).ok()?, 16);
    (index.n_docs() == places.len()).then_some((index, places))
}

/// Keeps an index of the corpus at `corpus`, and opens it; `None` where it is small or cannot be kept.
pub fn keep(folder: &Path, corpus: &Path, index: &EventIndex, places: &[Place]) -> Option<Opened> {
    if index.len() < KEPT_FROM_EVENTS {
        return None;
    }
    let path = path_of(folder, corpus);
    // Another window may be at it, too: each writes a file of its own, and the last one stays.
    let beside = path.with_extension(format!("{}.part", std::process::id()));
    let made = fs::create_dir_all(folder).is_ok() && {
        sweep(folder);
        write(&beside, corpus, index, places).is_ok() && fs::rename(&beside, &path).is_ok()
    };
    if !made {
        let _ = fs::remove_file(&beside);
        return None;
    }
    opened(folder, corpus)
}

fn write(
    path: &Path,
    corpus: &Path,
    index: &EventIndex,
    places: &[Place],
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let _ = fs::remove_file(path);
    let mark = mark(corpus)?;
    let connection = Connection::open(path)?;
    // It is put in its place when it is whole; a crash before that loses nothing.
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         CREATE TABLE pages(part INTEGER, number INTEGER, bytes BLOB NOT NULL);
         CREATE TABLE head(corpus TEXT NOT NULL, mark BLOB NOT NULL, n_docs INTEGER NOT NULL, head BLOB NOT NULL) STRICT;
         BEGIN;",
    )?;
    let mut n_bytes = 0;
    let mut put = |part: u32, number: u32, bytes: Vec<u8>| -> rusqlite::Result<()> {
        n_bytes += bytes.len();
        if n_bytes > PORTION_BYTES {
            n_bytes = 0;
            connection.execute_batch("COMMIT; BEGIN;")?;
        }
        let mut insert = connection.prepare_cached("INSERT INTO pages(part, number, bytes) VALUES (?1, ?2, ?3)")?;
        insert.execute(params![part, number, bytes])?;
        Ok(())
    };
    let head = index.keep(|doc| doc as u64, &mut put)?;
    Column::from(places.to_vec()).put_pages(&mut |number, bytes| put(PLACES, number, bytes))?;
    let sql = "INSERT INTO head(corpus, mark, n_docs, head) VALUES (?1, ?2, ?3, ?4)";
    let n_docs = i64::try_from(places.len())?;
    connection.execute(sql, params![corpus.to_string_lossy(), mark, n_docs, head])?;
    connection.execute_batch("CREATE UNIQUE INDEX page ON pages(part, number); COMMIT;")?;
    connection.close().map_err(|(_, error)| error)?;
    File::open(path)?.sync_all()?;
    Ok(())
}

/// Removes indices of corpora that are no more.
fn sweep(folder: &Path) {
    let Ok(files) = fs::read_dir(folder) else { return };
    for path in files.flatten().map(|file| file.path()) {
        if path.extension().is_none_or(|extension| extension != "index") {
            continue;
        }
        let corpus = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .and_then(|connection| connection.query_row("SELECT corpus FROM head", [], |row| row.get::<_, String>(0)));
        if corpus.is_ok_and(|corpus| !Path::new(&corpus).exists()) {
            let _ = fs::remove_file(&path);
        }
    }
}
