//! Names that many events share, each kept once.

use super::bytes::{Input, put, put_text};
use std::{collections::HashMap, sync::Arc};

/// The number of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub u32);

impl NameId {
    /// No name.
    pub const NONE: Self = Self(u32::MAX);
}

/// Names with their numbers, and how many events bear each.
#[derive(Debug, Clone, Default)]
pub struct Names {
    names: Vec<Arc<str>>,
    ids: HashMap<Arc<str>, NameId>,
    counts: Vec<u32>,
    n_without: u32,
}

impl Names {
    /// The number of a name, a new one where it is new.
    pub fn intern(&mut self, name: &str) -> NameId {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = NameId(self.names.len() as u32);
        let name: Arc<str> = name.into();
        self.names.push(Arc::clone(&name));
        self.ids.insert(name, id);
        id
    }

    /// The number of a name that is known.
    pub fn id(&self, name: &str) -> Option<NameId> {
        self.ids.get(name).copied()
    }

    /// The name with this number.
    pub fn get(&self, id: NameId) -> Option<&str> {
        self.names.get(id.0 as usize).map(AsRef::as_ref)
    }

    /// All names by number.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }

    /// Appends them to bytes, with their counts.
    pub(super) fn put(&self, out: &mut Vec<u8>) {
        put(out, self.names.len() as u64);
        self.names.iter().for_each(|name| put_text(out, name));
        put(out, self.counts.len() as u64);
        self.counts.iter().for_each(|n| put(out, u64::from(*n)));
        put(out, u64::from(self.n_without));
    }

    /// As [`Self::put`] wrote them.
    pub(super) fn take(input: &mut Input<'_>) -> Option<Self> {
        let mut names = Self::default();
        for _ in 0..input.n_following()? {
            names.intern(&input.text()?);
        }
        let n_counts = input.n_following()?;
        names.counts = (0..n_counts).map(|_| input.small()).collect::<Option<Vec<u32>>>()?;
        names.n_without = input.small()?;
        Some(names)
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// How many events bear a name.
    pub fn n_events(&self, id: NameId) -> usize {
        self.counts.get(id.0 as usize).copied().unwrap_or(0) as usize
    }

    /// How many events bear none.
    pub const fn n_without(&self) -> usize {
        self.n_without as usize
    }

    /// The names that events bear, those of most events first, then in the order they came.
    pub fn by_count(&self) -> Vec<(NameId, usize)> {
        let counts = self.counts.iter().enumerate().filter(|(_, n)| **n > 0);
        let mut all: Vec<(NameId, usize)> = counts.map(|(idx, n)| (NameId(idx as u32), *n as usize)).collect();
        all.sort_by_key(|&(id, n)| (std::cmp::Reverse(n), id));
        all
    }

    pub(super) fn count(&mut self, ids: impl Iterator<Item = NameId>) {
        self.counts = vec![0; self.names.len()];
        self.n_without = 0;
        for id in ids {
            match self.counts.get_mut(id.0 as usize) {
                Some(n) => *n += 1,
                None => self.n_without += 1,
            }
        }
    }
}
