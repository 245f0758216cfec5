//! The selected event's title and the note on it, and which title stays when events are merged.

use super::{
    correct_ui::{field_ui, is_fresh, place, select_all},
    cx::Cx,
    popover::{fields, popover, title_ui},
    type_scale::Type,
    widgets::{self, Face, Weight, button, text_at},
};
use crate::{
    desk::{Command, Correction, Mark, Overlay, event_of, picked_events},
    model::Event,
    view::words,
};
use egui::{Align2, CornerRadius, Id, Key, RichText, Role, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

/// The event that is selected, or to which the selection belongs.
fn subject<'a>(cx: &Cx<'a>) -> Option<(Mark, &'a Event)> {
    let mark = cx.desk.selection?;
    let (doc, event) = (mark.doc(), event_of(cx.corpus, mark)?);
    Some((Mark::Event { doc, event }, cx.corpus.entries.get(doc)?.document.events.get(event)?))
}

/// The text of a field that begins with `first` whenever the popover is opened; and whether it was opened just now.
fn kept(ui: &Ui, id: Id, mark: Mark, first: &str) -> (String, bool) {
    let is_fresh = is_fresh(ui, id);
    let kept: Option<(Mark, String)> = ui.data(|data| data.get_temp(id));
    match kept.filter(|(of, _)| *of == mark && !is_fresh) {
        Some((_, text)) => (text, false),
        None => (first.to_owned(), true),
    }
}

/// F2: the title.
pub fn rename_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some((mark, event)) = subject(cx) else { return cx.push(Command::Open(Overlay::Rename)) };
    let place = place(ui);
    popover(ui, cx, Overlay::Rename, place, |ui, cx| {
        let id = Id::unique("new title");
        let (mut text, is_new) = kept(ui, id, mark, &event.title);
        title_ui(ui, cx, cx.words.get("command.rename"));
        fields(ui, |ui| {
            let field = field_ui(ui, cx, "edit.title-field", "edit.title-field", &mut text);
            if is_new {
                field.request_focus();
                select_all(ui, &field, &text);
            }
            let read = event.title_as_read();
            if read != event.title {
                let said = cx.words.fill("edit.was-title", &[read]);
                ui.label(RichText::new(said).font(Type::Label.font()).color(cx.theme.ink_3));
            }
            ui.add_space(6.0);
            let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let theme = cx.theme;
            ui.horizontal(|ui| {
                let is_changed = text.trim() != event.title && !text.trim().is_empty();
                let face = Face::words(cx.words.get("edit.save"));
                let save = ui.add_enabled_ui(is_changed, |ui| button(ui, theme, face, Weight::Primary, false)).inner;
                if is_changed && (save.clicked() || is_entered) {
                    cx.push(Command::Correct(Correction::Rename { mark, title: text.clone() }));
                    cx.push(Command::Open(Overlay::Rename));
                }
                let face = Face::words(cx.words.get("edit.as-read"));
                if read != event.title && button(ui, theme, face, Weight::Secondary, false).clicked() {
                    cx.push(Command::Correct(Correction::Rename { mark, title: String::new() }));
                    cx.push(Command::Open(Overlay::Rename));
                }
            });
        });
        ui.data_mut(|data| data.insert_temp(id, (mark, text)));
    });
}

/// Alt N: a paragraph on the event; Ctrl Enter or the button keeps it.
pub fn note_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some((mark, event)) = subject(cx) else { return cx.push(Command::Open(Overlay::Note)) };
    let place = place(ui);
    popover(ui, cx, Overlay::Note, place, |ui, cx| {
        let id = Id::unique("new note");
        let (mut text, is_new) = kept(ui, id, mark, event.note().unwrap_or_default());
        title_ui(ui, cx, cx.words.get("command.note"));
        fields(ui, |ui| {
            ui.label(RichText::new(&event.title).font(Type::Label.font()).color(cx.theme.ink_3));
            let edit = TextEdit::multiline(&mut text)
                .id(Id::unique("note field"))
                .desired_width(f32::INFINITY)
                .desired_rows(4)
                .return_key(egui::KeyboardShortcut::new(egui::Modifiers::SHIFT, Key::Enter))
                .hint_text(cx.words.get("edit.note-field"));
            let field = ui.add(edit);
            field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.words.get("edit.note-field")));
            widgets::focus_ring(ui, cx.theme, &field, 4);
            if is_new {
                field.request_focus();
            }
            ui.add_space(6.0);
            let is_entered =
                field.has_focus() && ui.input(|input| input.key_pressed(Key::Enter) && !input.modifiers.shift);
            let is_changed = text.trim() != event.note().unwrap_or_default();
            let (theme, face) = (cx.theme, Face::words(cx.words.get("edit.save")));
            let save = ui.add_enabled_ui(is_changed, |ui| button(ui, theme, face, Weight::Primary, false)).inner;
            if is_changed && (save.clicked() || is_entered) {
                cx.push(Command::Correct(Correction::Note { mark, note: text.clone() }));
                cx.push(Command::Open(Overlay::Note));
            }
        });
        ui.data_mut(|data| data.insert_temp(id, (mark, text)));
    });
}

/// Height of a title to choose.
const ROW_PX: f32 = 44.0;

/// M: the titles of the picked events; the one that is clicked stays, the others become its sources.
pub fn merge_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let marks = picked_events(cx.desk);
    if marks.len() < 2 {
        return cx.push(Command::Open(Overlay::Merge));
    }
    let place = place(ui);
    popover(ui, cx, Overlay::Merge, place, |ui, cx| {
        title_ui(ui, cx, cx.words.get("edit.merge-title"));
        ui.spacing_mut().item_spacing.y = 0.0;
        for &kept in &marks {
            let corpus = cx.corpus;
            let Mark::Event { doc, event } = kept else { continue };
            let Some(event) = corpus.entries.get(doc).and_then(|entry| entry.document.events.get(event)) else {
                continue;
            };
            let date = words::event_date(event, cx.words);
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PX), Sense::click());
            let name = format!("{date} {}", event.title);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.hovered() {
                ui.painter().rect_filled(rect, CornerRadius::same(3), cx.theme.paper);
            }
            let left = rect.left() + 8.0;
            let title = widgets::elided(ui, &event.title, Type::Body, rect.width() - 16.0);
            text_at(ui, pos2(left, rect.top() + 14.0), Align2::LEFT_CENTER, &title, Type::Body, cx.theme.ink);
            text_at(ui, pos2(left, rect.top() + 32.0), Align2::LEFT_CENTER, &date, Type::Small, cx.theme.time);
            widgets::focus_ring(ui, cx.theme, &response, 3);
            if response.clicked() {
                let others = marks.iter().copied().filter(|other| *other != kept).collect();
                cx.push(Command::Correct(Correction::Merge { kept, others }));
                cx.push(Command::Open(Overlay::Merge));
            }
        }
    });
}
