//! 更改: all corrections of the open documents, each with its time, the way to its words, and the way back.

use super::{
    cx::Cx,
    icons,
    popover::{middle, popover, title_ui},
    type_scale::Type,
    widgets::{self, Face, Weight, text_at},
};
use crate::{
    corpus::edits::Change,
    desk::{Command, Correction, Mark, Overlay},
    view::{
        correction_words::{ago, edit_icon, edit_words},
        names,
    },
};
use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

/// Height of a row.
const ROW_PX: f32 = 44.0;
/// So many corrections of a document are listed; the rest is in its file.
const MAX_ROWS: usize = 500;

/// Draws it in the middle of the window.
pub fn changes_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let window = ui.max_rect();
    popover(ui, cx, Overlay::Changes, middle(window, 520.0), |ui, cx| {
        let corpus = cx.corpus;
        let docs: Vec<usize> = corpus.edits().docs().collect();
        let n_changes: usize = docs.iter().map(|doc| corpus.edits().changes(*doc).len()).sum();
        let n_stale: usize = docs.iter().map(|doc| corpus.edits().stale(*doc).len()).sum();
        title_ui(ui, cx, cx.words.get("command.changes"));
        let mut counts = vec![match n_changes {
            0 => cx.words.get("edit.changes-none").to_owned(),
            n => cx.words.fill("edit.changes-count", &[&n.to_string()]),
        }];
        if n_stale > 0 {
            counts.push(cx.words.fill("edit.stale-count", &[&n_stale.to_string()]));
        }
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
        let at = rect.left_center() + vec2(8.0, 0.0);
        text_at(ui, at, Align2::LEFT_CENTER, &counts.join(" · "), Type::Small, cx.theme.ink_3);
        ui.add_space(4.0);
        let room_px = (window.height() - 220.0).max(160.0);
        ScrollArea::vertical().max_height(room_px).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for doc in docs {
                let name = corpus.entries.get(doc).map(names::document_name).unwrap_or_default();
                heading_ui(ui, cx, &name);
                // The latest first, as one looks for what one has just done.
                for (idx, change) in corpus.edits().changes(doc).iter().enumerate().rev().take(MAX_ROWS) {
                    row_ui(ui, cx, doc, idx, change);
                }
            }
        });
    });
}

fn heading_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let name = widgets::elided(ui, name, Type::LabelBold, rect.width() - 16.0);
    text_at(ui, rect.left_center() + vec2(8.0, 0.0), Align2::LEFT_CENTER, &name, Type::LabelBold, cx.theme.ink_3);
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, doc: usize, idx: usize, change: &Change) {
    let (theme, words) = (cx.theme, cx.words);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PX), Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    let is_stale = cx.corpus.edits().stale(doc).contains(&idx);
    let said = edit_words(&change.edit, words);
    let when = ago(change.at, cx.desk.clock_secs, words);
    let note = if is_stale { words.get("edit.stale") } else { when.as_str() };
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{said}, {note}")));
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, theme.hair));
    let icon = icons::glyph(edit_icon(&change.edit)).to_string();
    text_at(ui, pos2(rect.left() + 16.0, rect.center().y), Align2::CENTER_CENTER, &icon, Type::Icon, theme.ink_2);

    let buttons = Rect::from_min_max(pos2(rect.right() - 190.0, rect.top() + 8.0), rect.max - vec2(4.0, 0.0));
    let builder = UiBuilder::new().max_rect(buttons).id_salt(("change", doc, idx));
    let layout = egui::Layout::right_to_left(egui::Align::Min);
    // A child of its own leaves the rows below where they are.
    let mut child = ui.new_child(builder.layout(layout));
    let face = Face::labelled("arrow-u-up-left", words.get("edit.revert"));
    let revert = widgets::button(&mut child, theme, face, Weight::Quiet, false);
    if revert.clicked() {
        cx.push(Command::Correct(Correction::Revert { doc, idx }));
    }
    let mut left = revert.rect.left();
    if let Some(mark) = mark_at(cx, doc, change).filter(|_| !is_stale) {
        let see = widgets::button(&mut child, theme, Face::words(words.get("edit.show")), Weight::Quiet, false);
        if see.clicked() {
            cx.push(Command::Select(mark));
            cx.push(Command::Open(Overlay::Changes));
        }
        left = see.rect.left();
    }
    let room = left - rect.left() - 40.0;
    let shown = widgets::elided(ui, &said, Type::Body, room);
    let ink = if is_stale { theme.ink_3 } else { theme.ink };
    text_at(ui, pos2(rect.left() + 32.0, rect.top() + 14.0), Align2::LEFT_CENTER, &shown, Type::Body, ink);
    let ink = if is_stale { theme.warn } else { theme.ink_3 };
    text_at(ui, pos2(rect.left() + 32.0, rect.top() + 32.0), Align2::LEFT_CENTER, note, Type::Small, ink);
}

/// What of the document stands at the words of a change.
fn mark_at(cx: &Cx<'_>, doc: usize, change: &Change) -> Option<Mark> {
    let entry = cx.corpus.entries.get(doc)?;
    let span = change.edit.quote()?.find(&entry.text)?;
    let document = &entry.document;
    let event = document.events.iter().position(|event| event.span == span).map(|event| Mark::Event { doc, event });
    let time = || document.times.iter().position(|time| time.span == span).map(|time| Mark::Time { doc, time });
    let quantity = || {
        let quantity = document.quantities.iter().position(|quantity| quantity.span == span)?;
        Some(Mark::Quantity { doc, quantity })
    };
    event.or_else(time).or_else(quantity)
}
