//! The first rows of the table that the document on the desk came from, read while the card on its columns is open.

use crate::{
    corpus::Corpus,
    desk::{Desk, Overlay},
    model::TableChoice,
    store::load,
    ui::{Shell, TableView},
};
use egui::Context;
use std::{
    sync::mpsc::{self, Receiver},
    thread,
};

/// What the rows depend on: the document's path and what was chosen before.
type Key = (String, Vec<TableChoice>);

/// The rows last read, and those that are being read.
#[derive(Default)]
pub struct Tables {
    key: Option<Key>,
    under_way: Option<Receiver<TableView>>,
}

impl Tables {
    /// Whether rows are being read.
    pub const fn is_reading(&self) -> bool {
        self.under_way.is_some()
    }

    /// Brings `shell.table` up to date; drops it when the card is closed.
    pub fn update(&mut self, ctx: &Context, shell: &mut Shell, corpus: &Corpus, desk: &Desk) {
        let entry = corpus.entries.get(desk.source.doc);
        let Some(entry) = entry.filter(|_| desk.overlay == Some(Overlay::Columns)) else {
            *self = Self::default();
            shell.table = None;
            return;
        };
        if let Some(view) = self.under_way.as_ref().and_then(|receiver| receiver.try_recv().ok()) {
            self.under_way = None;
            shell.table = Some(view);
        }
        let key = (entry.document.source.path.clone(), desk.tables.clone());
        if self.key.as_ref() == Some(&key) {
            return;
        }
        self.key = Some(key.clone());
        shell.table = None;
        let (sender, receiver) = mpsc::channel();
        self.under_way = Some(receiver);
        let ctx = ctx.clone();
        thread::spawn(move || {
            // Nobody listens any more once the card was closed.
            let _ = sender.send(view(&key.0, &key.1));
            ctx.request_repaint();
        });
    }
}

/// The table that the document at `path` came from, its columns as in `tables`.
pub fn view(path: &str, tables: &[TableChoice]) -> TableView {
    let Some(file) = load::table_file(path) else {
        return TableView { path: path.to_owned(), preview: Err(String::new()), is_chosen: false };
    };
    let preview = match load::table_preview(&file, tables) {
        Ok(Some(preview)) => Ok(preview),
        Ok(None) => Err(String::new()),
        Err(error) => Err(error.to_string()),
    };
    let is_chosen = preview.as_ref().is_ok_and(|preview| {
        let names: Vec<&str> = preview.names.iter().map(String::as_str).collect();
        tables.iter().any(|choice| choice.headers.is_some() && choice.fits(&names))
    });
    TableView { path: file.to_string_lossy().into_owned(), preview, is_chosen }
}
