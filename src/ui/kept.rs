//! What is made once and kept in egui's memory from frame to frame, until its key changes.

use super::cx::Cx;
use egui::{Id, Ui};
use std::{
    hash::{DefaultHasher, Hasher as _},
    sync::Arc,
};

/// What is kept between frames: the value for a key.
pub(super) struct Kept<T>(pub u64, pub Arc<T>);

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self(self.0, Arc::clone(&self.1))
    }
}

/// The value for `key`, made anew only when the key changes.
pub(super) fn kept<T: Send + Sync + 'static>(ui: &Ui, id: Id, key: u64, make: impl FnOnce(Option<&T>) -> T) -> Arc<T> {
    let before: Option<Kept<T>> = ui.data(|data| data.get_temp(id));
    if let Some(Kept(_, value)) = before.as_ref().filter(|kept| kept.0 == key) {
        return Arc::clone(value);
    }
    let value = Arc::new(make(before.as_ref().map(|kept| kept.1.as_ref())));
    ui.data_mut(|data| data.insert_temp(id, Kept(key, Arc::clone(&value))));
    value
}

/// A key of anything that can be hashed.
pub(super) fn key_of(parts: impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

/// A key of what is read, and of `more`.
pub(super) fn corpus_key(cx: &Cx<'_>, more: impl std::hash::Hash) -> u64 {
    key_of((cx.corpus.stamp(), cx.corpus.index().groups().len(), cx.words.key(), more))
}
