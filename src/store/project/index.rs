//! The index of all events, kept in the project so that a large one is opened without being read.
//!
//! ```text
//! contents     a number that is another one after every change of the documents
//! index_head   the small part, with the number it was made for
//! index_pages  the long lists, page by page
//! ```
//!
//! Pages are written in many transactions, the head in the last: an index that was interrupted has no head and is made
//! anew, as is one whose number is not that of the contents, or that another version of the program wrote.

use super::{Project, ProjectError, Shared};
use crate::corpus::index::{EventIndex, Pages, kept};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::sync::{Arc, atomic::Ordering};

/// Projects of fewer events have no index of their own: making it takes no longer than opening it.
pub(super) const KEPT_FROM_EVENTS: usize = 20_000;
/// So many bytes of pages are written in one transaction.
const PORTION_BYTES: usize = 16 << 20;

/// The number of a page in its table.
const fn page_id(part: u32, number: u32) -> i64 {
    ((part as i64) << 32) | number as i64
}

impl Pages for Shared {
    fn page(&self, part: u32, number: u32) -> Option<Vec<u8>> {
        let connection = self.connection();
        let page = || -> rusqlite::Result<Vec<u8>> {
            let mut query = connection.prepare_cached("SELECT bytes FROM index_pages WHERE id = ?1")?;
            query.query_row([page_id(part, number)], |row| row.get(0))
        };
        // A page that is lost is told of by what is missing; the index is made anew when the project is opened next.
        page().inspect_err(|_| self.has_lost_page.store(true, Ordering::Relaxed)).ok()
    }
}

/// The documents are others from now on: part of the transaction that changes them.
pub(super) fn touch(change: &Connection) -> rusqlite::Result<()> {
    change.prepare_cached("UPDATE contents SET generation = generation + 1")?.execute([])?;
    Ok(())
}

fn generation(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT generation FROM contents", [], |row| row.get(0))
}

impl Project {
    /// The index that was kept, if it is of what the project holds now.
    pub(super) fn kept_index(&self) -> Result<Option<EventIndex>, ProjectError> {
        let head: Option<Vec<u8>> = {
            let connection = self.shared.connection();
            let sql = "SELECT head FROM index_head WHERE version = ?1
                       AND generation = (SELECT generation FROM contents)";
            connection.query_row(sql, [kept::VERSION], |row| row.get(0)).optional()?
        };
        let pages: Arc<dyn Pages> = self.shared.clone();
        Ok(head.and_then(|head| EventIndex::opened(&head, &pages)))
    }

    /// Keeps `index`, which was made of the documents with these numbers; `None` where the project cannot be
    /// written or has changed in between.
    pub(super) fn keep_index(&self, index: &EventIndex, numbers: &[u64]) -> Result<Option<EventIndex>, ProjectError> {
        if self.is_read_only() {
            return Ok(None);
        }
        let of = {
            let mut connection = self.shared.for_writing()?;
            let change = connection.transaction()?;
            change.execute_batch("DELETE FROM index_head; DELETE FROM index_pages;")?;
            change.commit()?;
            generation(&connection)?
        };
        let (mut portion, mut n_bytes) = (Vec::new(), 0);
        let write = |portion: &mut Vec<(i64, Vec<u8>)>| -> Result<(), ProjectError> {
            let mut connection = self.shared.for_writing()?;
            let change = connection.transaction()?;
            let mut insert = change.prepare_cached("INSERT INTO index_pages(id, bytes) VALUES (?1, ?2)")?;
            for (id, bytes) in portion.drain(..) {
                insert.execute(params![id, bytes])?;
            }
            drop(insert);
            change.commit()?;
            Ok(())
        };
        let number = |doc: usize| numbers.get(doc).copied().unwrap_or(0);
        let head = index.keep(number, &mut |part, number, bytes: Vec<u8>| {
            n_bytes += bytes.len();
            portion.push((page_id(part, number), bytes));
            if n_bytes < PORTION_BYTES {
                return Ok(());
            }
            n_bytes = 0;
            write(&mut portion)
        })?;
        write(&mut portion)?;
        {
            let connection = self.shared.for_writing()?;
            let sql = "INSERT INTO index_head(id, generation, version, head) VALUES (1, ?1, ?2, ?3)";
            connection.execute(sql, params![of, kept::VERSION, head])?;
        }
        self.kept_index()
    }

    /// Brings the kept index up to date, so that the project opens at once; does nothing where it is.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn refresh_index(&self) -> Result<(), ProjectError> {
        if self.is_read_only() || self.kept_index()?.is_some() {
            return Ok(());
        }
        self.corpus().map(drop)
    }
}
