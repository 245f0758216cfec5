//! What the user corrected: kept with the project or beside the settings, and taken up again.

use super::Program;
use crate::{desk::Command, ui::Toast, view::correction_words::done_words};
use std::time::Instant;

impl Program {
    /// Keeps and says what the last command corrected, or why it did not.
    pub(super) fn after_corrections(&mut self, shows_others: bool) {
        if let Some(key) = self.desk.refusal.take() {
            self.toast(key, &[]);
        }
        let done = self.history.last_correction().cloned();
        if done.is_some() || shows_others {
            self.shell.generation += 1;
        }
        let Some((doc, done)) = done else { return };
        let said = done_words(&done, self.words());
        // One correction, one notice: what an earlier one offers to undo is no longer the last step.
        self.toasts.retain(|(_, toast)| toast.action.is_none());
        let action = done.is_made.then(|| (self.words().get("command.undo").to_owned(), Command::Undo));
        self.toasts.push((Instant::now(), Toast { text: said, action }));
        let Some(entry) = self.corpus.entries.get(doc) else { return };
        let changes = self.corpus.edits().changes(doc);
        if let Some(session) = self.session.as_ref().filter(|session| !session.project().is_read_only())
            && let Err(error) = session.project().keep_changes(&entry.document.id, changes)
        {
            let path = session.project().path().to_owned();
            return self.told(&path, Err(error.to_string()));
        }
        let Some(store) = &mut self.edits else { return };
        if let Err(error) = store.save(entry, changes) {
            let path = self.state_path.clone().unwrap_or_default();
            self.told(&path, Err(error.to_string()));
        }
    }

    /// The corrections that were made in documents that have just been opened, from the first on.
    pub(super) fn take_up_corrections(&mut self, first: usize) {
        let Some(store) = &mut self.edits else { return };
        let (mut broken, mut all) = (None, Vec::new());
        for doc in first..self.corpus.entries.len() {
            let Some(entry) = self.corpus.entries.get(doc).filter(|entry| entry.is_in_memory()) else { continue };
            let found = store.load(entry);
            broken = found.broken.or(broken);
            all.push((doc, found.changes));
        }
        self.corpus.set_all_changes(all);
        if let Some(aside) = broken {
            self.banner("edit.broken", &[&aside.display().to_string()]);
        }
    }
}
