//! What the whole article says, for names that depend on it: 建交 without the two countries means nothing.

use super::lexicon::Period;
use crate::text::Article;
use std::{
    cell::{OnceCell, RefCell},
    collections::HashMap,
};

/// The words of one article, put together when a name first asks for them, and what was asked before.
#[derive(Debug)]
pub struct Needs<'a> {
    article: &'a Article,
    words: OnceCell<String>,
    met: RefCell<HashMap<u16, bool>>,
}

impl<'a> Needs<'a> {
    /// Of `article`.
    pub fn of(article: &'a Article) -> Self {
        Self { article, words: OnceCell::new(), met: RefCell::default() }
    }

    /// Whether the article has all that `period`, the entry `entry` of the lexicon, depends on.
    pub fn are_met(&self, entry: u16, period: &Period) -> bool {
        if period.needs.is_empty() {
            return true;
        }
        if let Some(&met) = self.met.borrow().get(&entry) {
            return met;
        }
        let words =
            self.words.get_or_init(|| self.article.blocks.iter().map(|block| block.text.text()).collect::<String>());
        let met = period.needs.iter().all(|group| group.iter().any(|word| words.contains(word.as_str())));
        self.met.borrow_mut().insert(entry, met);
        met
    }
}
