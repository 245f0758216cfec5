//! The user's own tags on what is selected or picked: those it has, and a field that suggests those there are.

use super::{
    correct_ui::{field_ui, is_fresh, place},
    cx::Cx,
    popover::{fields, popover, title_ui},
    type_scale::Type,
    widgets::{self, ChipInk, text_at},
};
use crate::{
    desk::{Command, Correction, Mark, Overlay, event_of, picked_events},
    model::Event,
};
use egui::{Align2, CornerRadius, Id, Key, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use std::collections::BTreeSet;

/// Height of a suggestion.
const ROW_PX: f32 = 26.0;
/// So many suggestions at most.
const MAX_ROWS: usize = 6;

/// What is typed, and which suggestion is chosen by the arrow keys.
#[derive(Debug, Clone, Default)]
struct Typed {
    text: String,
    chosen: Option<usize>,
}

/// The events that are tagged: those that are picked, else the one that is selected or holds the selection.
fn subjects<'a>(cx: &Cx<'a>) -> Vec<(Mark, &'a Event)> {
    let marks = picked_events(cx.desk);
    let marks = if marks.len() > 1 { marks } else { cx.desk.selection.into_iter().collect() };
    let corpus = cx.corpus;
    let event = |mark: Mark| {
        let (doc, event) = (mark.doc(), event_of(corpus, mark)?);
        Some((Mark::Event { doc, event }, corpus.entries.get(doc)?.document.events.get(event)?))
    };
    marks.into_iter().filter_map(event).collect()
}

/// Gives the tag to all subjects, or takes it from all that have it; each document's corrections are its own.
fn push(cx: &mut Cx<'_>, subjects: &[(Mark, &Event)], tag: &str) {
    let mut marks: Vec<Mark> = subjects.iter().map(|(mark, _)| *mark).collect();
    marks.sort_by_key(|mark| mark.doc());
    for of_doc in marks.chunk_by(|a, b| a.doc() == b.doc()) {
        cx.push(Command::Correct(Correction::Tag { marks: of_doc.to_vec(), tag: tag.to_owned() }));
    }
}

/// Alt T: the tags. Enter adds what is typed or chosen and the field stays for the next one.
pub fn tag_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let subjects = subjects(cx);
    let Some((_, first)) = subjects.first() else { return cx.push(Command::Open(Overlay::Tag)) };
    let place = place(ui);
    let id = Id::unique("new tag");
    let is_new = is_fresh(ui, id);
    popover(ui, cx, Overlay::Tag, place, |ui, cx| {
        let mut typed: Typed = ui.data(|data| data.get_temp(id)).filter(|_| !is_new).unwrap_or_default();
        title_ui(ui, cx, cx.words.get("command.tag"));
        fields(ui, |ui| {
            let about = match subjects.len() {
                1 => first.title.clone(),
                n => cx.words.fill("timeline.n-events", &[&n.to_string()]),
            };
            let about = widgets::elided(ui, &about, Type::Label, ui.available_width());
            ui.label(RichText::new(about).font(Type::Label.font()).color(cx.theme.ink_3));
            let own: Vec<&String> = first
                .tags()
                .iter()
                .filter(|tag| subjects.iter().all(|(_, event)| event.tags().contains(tag)))
                .collect();
            chips_ui(ui, cx, &subjects, &own);
            let before = typed.text.clone();
            let field = field_ui(ui, cx, "edit.tag-field", "edit.tag-hint", &mut typed.text);
            if typed.text != before {
                typed.chosen = None;
            }
            let found = suggestions(cx, &own, &typed.text);
            typed.chosen = typed.chosen.filter(|at| *at < found.len());
            let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if is_new || is_entered {
                field.request_focus();
            }
            if field.has_focus() {
                move_choice(ui, &mut typed.chosen, found.len());
            }
            let clicked = rows_ui(ui, cx, &found, typed.chosen);
            let chosen = typed.chosen.and_then(|at| found.get(at)).map_or(typed.text.as_str(), String::as_str);
            if let Some(tag) = clicked {
                push(cx, &subjects, &tag);
                typed = Typed::default();
                field.request_focus();
            } else if is_entered && chosen.trim().is_empty() {
                cx.push(Command::Open(Overlay::Tag));
            } else if is_entered {
                // What all have already stays; the field is for adding.
                if !own.iter().any(|tag| *tag == chosen.trim()) {
                    push(cx, &subjects, chosen);
                }
                typed = Typed::default();
            }
        });
        ui.data_mut(|data| data.insert_temp(id, typed));
    });
}

/// The tags that all subjects have; a click takes one away.
fn chips_ui(ui: &mut Ui, cx: &mut Cx<'_>, subjects: &[(Mark, &Event)], own: &[&String]) {
    if own.is_empty() {
        return;
    }
    let colours = ChipInk { ground: cx.theme.time_soft, ink: cx.theme.time };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for tag in own {
            let shown = widgets::elided(ui, tag, Type::Label, 200.0);
            let response = widgets::chip(ui, cx.theme, None, &format!("{shown} ×"), colours);
            let hint = cx.words.fill("edit.untag", &[tag]);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &hint));
            if response.on_hover_text(hint).clicked() {
                push(cx, subjects, tag);
            }
        }
    });
    ui.add_space(2.0);
}

/// Tags that are in use and match what is typed, those that begin with it first.
fn suggestions(cx: &Cx<'_>, own: &[&String], text: &str) -> Vec<String> {
    let text = text.trim().to_lowercase();
    let index = cx.corpus.index();
    let known: BTreeSet<&str> = index.tagged().into_iter().map(|(tag, _)| tag).collect();
    let new = known.into_iter().filter(|tag| !own.iter().any(|had| had.as_str() == *tag));
    let mut found: Vec<(bool, String)> = new
        .filter(|tag| tag.to_lowercase().contains(&text))
        .map(|tag| (!tag.to_lowercase().starts_with(&text), tag.to_owned()))
        .collect();
    found.sort();
    found.into_iter().take(MAX_ROWS).map(|(_, tag)| tag).collect()
}

fn move_choice(ui: &Ui, chosen: &mut Option<usize>, n_found: usize) {
    let (up, down) = ui.input(|input| (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown)));
    if down && n_found > 0 {
        *chosen = Some(chosen.map_or(0, |at| (at + 1).min(n_found - 1)));
    } else if up {
        *chosen = chosen.and_then(|at| at.checked_sub(1));
    }
}

/// The suggestions; returns the one that was clicked.
fn rows_ui(ui: &mut Ui, cx: &Cx<'_>, found: &[String], chosen: Option<usize>) -> Option<String> {
    let mut clicked = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    for (idx, tag) in found.iter().enumerate() {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PX), Sense::click());
        let is_chosen = chosen == Some(idx);
        response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, is_chosen, tag));
        if is_chosen || response.hovered() {
            ui.painter().rect_filled(rect, CornerRadius::same(3), cx.theme.paper);
        }
        let glyph = super::icons::glyph("tag").to_string();
        let y = rect.center().y;
        text_at(ui, pos2(rect.left() + 12.0, y), Align2::CENTER_CENTER, &glyph, Type::IconSmall, cx.theme.ink_3);
        let shown = widgets::elided(ui, tag, Type::Body, rect.width() - 34.0);
        text_at(ui, pos2(rect.left() + 26.0, y), Align2::LEFT_CENTER, &shown, Type::Body, cx.theme.ink);
        widgets::focus_ring(ui, cx.theme, &response, 3);
        if response.clicked() {
            clicked = Some(tag.clone());
        }
    }
    clicked
}
