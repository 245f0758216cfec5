//! The documents of a corpus in a row: in memory, or known by number and made entries when somebody asks.

use super::{
    Bodies, Entry,
    index::{Column, DocRow},
};
use std::{
    ops::{Deref, Index},
    sync::{Arc, OnceLock},
};

/// So many far documents are made entries at once.
const BLOCK: usize = 256;

/// Documents that are fetched, without an entry for each: a million of them need no memory until they are looked at.
#[derive(Debug)]
struct Far {
    bodies: Arc<dyn Bodies>,
    docs: Column<DocRow>,
    blocks: Vec<OnceLock<Box<[Entry]>>>,
    /// As a slice, for those that need one.
    all: OnceLock<Vec<Entry>>,
}

impl Far {
    fn entry(&self, doc: usize) -> Entry {
        let found = self.docs.get(doc).unwrap_or_default();
        Entry::fetched(Arc::clone(&self.bodies), found.number, found.counts)
    }

    fn block(&self, block: usize) -> Option<&[Entry]> {
        let made = self.blocks.get(block)?.get_or_init(|| {
            let end = ((block + 1) * BLOCK).min(self.docs.len());
            (block * BLOCK..end).map(|doc| self.entry(doc)).collect()
        });
        Some(made)
    }

    fn get(&self, doc: usize) -> Option<&Entry> {
        self.block(doc / BLOCK)?.get(doc % BLOCK)
    }

    /// The same documents with another one at `doc`; what was looked at is shared.
    fn with(&self, doc: usize, entry: Entry) -> Self {
        let (at, mut entry) = (doc / BLOCK, Some(entry));
        let blocks = self.blocks.iter().enumerate().map(|(block, made)| match (block == at, made.get()) {
            (true, _) => {
                let mut entries: Box<[Entry]> = self.block(block).unwrap_or_default().into();
                if let (Some(place), Some(entry)) = (entries.get_mut(doc % BLOCK), entry.take()) {
                    *place = entry;
                }
                OnceLock::from(entries)
            }
            (false, Some(made)) => OnceLock::from(made.clone()),
            (false, None) => OnceLock::new(),
        });
        let blocks = blocks.collect();
        Self { bodies: Arc::clone(&self.bodies), docs: self.docs.clone(), blocks, all: OnceLock::new() }
    }

    /// Every document as an entry of its own; those that were looked at share what was fetched.
    fn collect(&self) -> Vec<Entry> {
        let made = |doc: usize| self.blocks.get(doc / BLOCK)?.get()?.get(doc % BLOCK).cloned();
        let found = self.docs.iter_from(0).enumerate();
        found
            .map(|(doc, row)| {
                made(doc).unwrap_or_else(|| Entry::fetched(Arc::clone(&self.bodies), row.number, row.counts))
            })
            .collect()
    }
}

#[derive(Debug)]
enum Held {
    Near(Vec<Entry>),
    Far(Far),
}

impl Clone for Held {
    fn clone(&self) -> Self {
        Self::Near(match self {
            Self::Near(entries) => entries.clone(),
            Self::Far(far) => far.collect(),
        })
    }
}

/// The documents in the order they were opened. Read like a slice; changed through `Corpus` alone, so that the
/// index never tells of documents that are not there. A clone costs nothing: it shares the documents until one of the
/// two changes.
#[derive(Debug, Clone)]
pub struct Entries(Arc<Held>);

impl Default for Entries {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl From<Vec<Entry>> for Entries {
    fn from(entries: Vec<Entry>) -> Self {
        Self(Arc::new(Held::Near(entries)))
    }
}

impl Entries {
    /// Documents that stay where they are.
    pub(super) fn far(bodies: Arc<dyn Bodies>, docs: Column<DocRow>) -> Self {
        let blocks = (0..docs.len().div_ceil(BLOCK)).map(|_| OnceLock::new()).collect();
        Self(Arc::new(Held::Far(Far { bodies, docs, blocks, all: OnceLock::new() })))
    }

    /// To be changed; what others hold of it stays what it was.
    pub(super) fn changed(&mut self) -> &mut Vec<Entry> {
        // A clone of what is far is near.
        let held = Arc::make_mut(&mut self.0);
        if let Held::Far(_) = held {
            *held = held.clone();
        }
        match held {
            Held::Near(entries) => entries,
            Held::Far(_) => unreachable!("a clone is near"),
        }
    }

    /// Puts a document in the place of the one with this index, if there is one. Those that are far stay far.
    pub(super) fn set(&mut self, doc: usize, entry: Entry) {
        if doc >= self.len() {
            return;
        }
        if let Held::Far(far) = self.0.as_ref() {
            self.0 = Arc::new(Held::Far(far.with(doc, entry)));
        } else if let Some(place) = self.changed().get_mut(doc) {
            *place = entry;
        }
    }

    /// All of them.
    pub(super) fn into_vec(self) -> Vec<Entry> {
        match Arc::unwrap_or_clone(self.0) {
            Held::Near(entries) => entries,
            Held::Far(far) => far.collect(),
        }
    }

    /// How many.
    pub fn len(&self) -> usize {
        match self.0.as_ref() {
            Held::Near(entries) => entries.len(),
            Held::Far(far) => far.docs.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The document with an index.
    pub fn get(&self, doc: usize) -> Option<&Entry> {
        match self.0.as_ref() {
            Held::Near(entries) => entries.get(doc),
            Held::Far(far) => far.get(doc),
        }
    }

    /// The first document.
    pub fn first(&self) -> Option<&Entry> {
        self.get(0)
    }

    /// Those in memory, with their indices; asks for no others.
    pub fn in_memory(&self) -> impl Iterator<Item = (usize, &Entry)> {
        let (near, far) = match self.0.as_ref() {
            Held::Near(entries) => (entries.as_slice(), None),
            Held::Far(far) => (&[][..], Some(far)),
        };
        let blocks = far.into_iter().flat_map(|far| far.blocks.iter().enumerate());
        let made = blocks.filter_map(|(block, made)| Some((block * BLOCK, made.get()?)));
        let of_blocks =
            made.flat_map(|(first, made)| made.iter().enumerate().map(move |(at, entry)| (first + at, entry)));
        near.iter().enumerate().chain(of_blocks).filter(|(_, entry)| entry.is_in_memory())
    }
}

impl Deref for Entries {
    type Target = [Entry];

    /// All of them as a slice: where they are many and far, that takes memory for each.
    fn deref(&self) -> &[Entry] {
        match self.0.as_ref() {
            Held::Near(entries) => entries,
            Held::Far(far) => far.all.get_or_init(|| far.collect()),
        }
    }
}

impl Index<usize> for Entries {
    type Output = Entry;

    fn index(&self, doc: usize) -> &Entry {
        match self.0.as_ref() {
            Held::Near(entries) => &entries[doc],
            Held::Far(far) => &far.block(doc / BLOCK).unwrap_or_default()[doc % BLOCK],
        }
    }
}

impl<'a> IntoIterator for &'a Entries {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
