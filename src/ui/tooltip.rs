//! What the pointer learns about an event: its title, its date in words, and the passage that tells it.

use super::{cx::Cx, type_scale::Type};
use crate::{
    model::Event,
    view::{beside, names::event_label, words},
};
use egui::{RichText, Ui};

/// A passage is cut after so many characters.
const MAX_CHARS: usize = 120;

/// Draws the lines into a tooltip.
pub fn event_tooltip(ui: &mut Ui, cx: &Cx<'_>, doc: usize, event: &Event) {
    ui.set_max_width(320.0);
    let theme = cx.theme;
    let line = |ui: &mut Ui, text: String, kind: Type, colour| {
        ui.label(RichText::new(text).font(kind.font()).color(colour));
    };
    line(ui, words::event_date(event, cx.words), Type::SmallBold, theme.time);
    if let Some(beside) =
        event.edtf.as_ref().and_then(|edtf| beside::calendars(edtf, &cx.desk.settings.time_style, cx.words))
    {
        line(ui, beside, Type::Small, theme.ink_2);
    }
    let told = event.time.and_then(|time| cx.corpus.entries.get(doc)?.document.times.get(time));
    if let Some(clock) = told.and_then(|told| beside::other_clock(told, &cx.desk.settings.time_style, cx.words)) {
        line(ui, clock, Type::Small, theme.ink_2);
    }
    line(ui, event_label(event).into_owned(), Type::BodyBold, theme.ink);
    let exactness = cx.corpus.entries.get(doc).and_then(|entry| {
        crate::view::when::When::of_event(&entry.document, event).map(|when| cx.words.get(when.exactness.key()))
    });
    let facts: Vec<&str> = exactness.into_iter().chain(event.place.as_deref()).collect();
    line(ui, facts.join(" · "), Type::Small, theme.ink_3);
    let hand = event.hand.as_deref();
    let as_read = hand.and_then(|hand| hand.edtf.as_ref()).map(|edtf| match edtf.parse() {
        Ok(edtf) => words::date(&edtf, cx.words),
        Err(_) => cx.words.get("edit.undated").to_owned(),
    });
    let said = [
        as_read.map(|date| cx.words.fill("edit.was-date", &[&date])),
        hand.and_then(|hand| hand.title.as_ref()).map(|title| cx.words.fill("edit.was-title", &[title])),
        hand.filter(|hand| hand.is_added).map(|_| cx.words.get("edit.by-hand").to_owned()),
    ];
    for text in said.into_iter().flatten() {
        line(ui, text, Type::Small, theme.ink_2);
    }
    if !event.tags().is_empty() {
        line(
            ui,
            cx.words.fill("edit.tagged", &[&event.tags().join(cx.words.get("edit.tag-separator"))]),
            Type::Small,
            theme.ink_2,
        );
    }
    if let Some(note) = event.note() {
        line(ui, note.to_owned(), Type::Label, theme.ink);
    }
    if let Some(entry) = cx.corpus.entries.get(doc) {
        let passage: String = event.span.slice(&entry.text).chars().filter(|c| !c.is_control()).collect();
        let n_chars = passage.chars().count();
        let cut: String = passage.chars().take(MAX_CHARS).collect();
        line(ui, if n_chars > MAX_CHARS { format!("{cut}…") } else { cut }, Type::Label, theme.ink_2);
    }
}
