//! The index and the series of a large corpus, made beside the window.

use super::Program;
use crate::corpus::{Joined, Reindexed};
use egui::Context;
use std::{
    sync::{
        Arc,
        mpsc::{self, TryRecvError},
    },
    thread,
};

/// Documents that were read come to a large corpus when they are this part of it: an eighth.
const PORTIONS_OF_ALL: usize = 8;

/// An index that was made beside the window.
pub(super) enum IndexMade {
    /// After corrections.
    Anew(Reindexed),
    /// With so many portions of documents behind the others.
    Joined(usize, Joined),
}

impl Program {
    /// Has the series of a large corpus put together while the window goes on. Those of before are shown as long as
    /// documents are still coming.
    pub(super) fn join_series(&mut self, ctx: &Context) {
        let index = self.corpus.index();
        let is_under_way = self.joining.as_ref().is_some_and(|thread| !thread.is_finished());
        let is_early = (self.reading.is_some() || self.is_indexing()) && !index.groups().is_empty();
        if index.has_groups() || is_under_way || is_early {
            return;
        }
        let (index, ctx) = (Arc::clone(index), ctx.clone());
        self.joining = Some(thread::spawn(move || {
            index.put_series_together();
            ctx.request_repaint();
        }));
    }

    pub(super) const fn is_indexing(&self) -> bool {
        self.indexing.is_some() || !self.kept.is_empty()
    }

    /// Has the index of a large corpus made while the window goes on. What was corrected is shown at once, and takes its
    /// new place on the axis when the index is there; what was read comes when it is indexed, the more of it at a time
    /// the more there is.
    pub(super) fn keep_index(&mut self, ctx: &Context) {
        if let Some(made) = &self.indexing {
            match made.try_recv() {
                Ok(made) => self.take_index(made),
                Err(TryRecvError::Empty) => return,
                // It ends without an answer by a fault alone, and is begun again.
                Err(TryRecvError::Disconnected) => {}
            }
            self.indexing = None;
        }
        let n_kept: usize = self.kept.iter().map(|(names, _)| names.len()).sum();
        let is_worth_it = self.reading.is_none() || n_kept * PORTIONS_OF_ALL >= self.corpus.entries.len();
        let work: Box<dyn FnOnce() -> IndexMade + Send> = if n_kept > 0 && is_worth_it {
            let joining = self.corpus.to_join(self.kept.iter().map(|(_, kept)| kept.clone()).collect());
            let n_portions = self.kept.len();
            Box::new(move || IndexMade::Joined(n_portions, joining.run()))
        } else if let Some(work) = self.corpus.to_reindex() {
            Box::new(move || IndexMade::Anew(work.run()))
        } else {
            return;
        };
        let (tell, made) = mpsc::channel();
        let ctx = ctx.clone();
        thread::spawn(move || {
            // Nobody waits for it any more once another corpus was opened.
            let _ = tell.send(work());
            ctx.request_repaint();
        });
        self.indexing = Some(made);
    }

    pub(super) fn take_index(&mut self, made: IndexMade) {
        let before = match made {
            IndexMade::Anew(made) => Some(self.corpus.take_reindexed(made)),
            IndexMade::Joined(n_portions, joined) => {
                let first = self.corpus.entries.len();
                // Where documents have changed meanwhile, they are joined once more.
                let before = self.corpus.take_joined(joined).ok();
                if before.is_some() {
                    let names = self.kept.drain(..n_portions.min(self.kept.len())).flat_map(|(names, _)| names);
                    let fetched = self.fetched.get_or_insert_default();
                    fetched.extend(names.enumerate().map(|(at, name)| (name, first + at)));
                }
                before
            }
        };
        thread::spawn(move || drop(before));
        self.shell.generation += 1;
    }
}
