//! The list of what could not be read or dated, each with its words and the way to them.

use super::{
    arrangement::STATUS_PX,
    cx::Cx,
    popover::{Place, popover, title_ui},
    type_scale::Type,
    widgets::{self, text_at},
};
use crate::{
    desk::{Command, Mark, Overlay},
    model::Document,
    warn::Warning,
};
use egui::{Align2, CornerRadius, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use std::collections::BTreeMap;

/// How many warnings are listed; the rest is counted.
const MAX_ROWS: usize = 200;
/// Height of a row.
const ROW_PX: f32 = 44.0;

/// Draws it above the status bar.
pub fn warnings_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let window = ui.max_rect();
    let place = Place {
        at: pos2(window.left() + 12.0, window.bottom() - STATUS_PX - 4.0),
        pivot: Align2::LEFT_BOTTOM,
        width_px: 420.0_f32.min(window.width() - 24.0),
    };
    popover(ui, cx, Overlay::Warnings, place, |ui, cx| {
        title_ui(ui, cx, cx.words.get("command.warnings"));
        egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            rows_ui(ui, cx);
        });
    });
}

fn rows_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    for (path, reason) in &cx.shell.failures {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        row_ui(ui, cx, name, reason, false);
    }
    let corpus = cx.corpus;
    let mut by_kind: BTreeMap<&str, Vec<(usize, &Warning)>> = BTreeMap::new();
    for (doc, entry) in corpus.near() {
        for warning in &entry.document.warnings {
            by_kind.entry(&warning.kind).or_default().push((doc, warning));
        }
    }
    if by_kind.is_empty() && cx.shell.failures.is_empty() {
        ui.colored_label(cx.theme.ink_3, cx.words.get("warnings.none"));
    }
    for (kind, warnings) in by_kind {
        let reason = cx.words.find(&format!("warning.{kind}"));
        heading_ui(ui, cx, reason.unwrap_or(kind), warnings.len());
        for (doc, warning) in warnings.into_iter().take(MAX_ROWS) {
            let Some(entry) = corpus.entries.get(doc) else { continue };
            let words: String = warning
                .span
                .map(|span| span.slice(&entry.text).chars().filter(|c| !c.is_whitespace()).take(30).collect())
                .unwrap_or_default();
            let target = warning.span.and_then(|_| target(&entry.document, doc, warning));
            let title = if words.is_empty() { entry.document.id.as_str() } else { words.as_str() };
            if row_ui(ui, cx, title, &warning.message, target.is_some())
                && let Some(command) = target
            {
                cx.push(command);
            }
        }
    }
}

/// The way to the words of a warning.
fn target(document: &Document, doc: usize, warning: &Warning) -> Option<Command> {
    let span = warning.span?;
    let time = document.times.iter().position(|time| time.span.overlaps(span));
    let quantity = document.quantities.iter().position(|quantity| quantity.span.overlaps(span));
    let article = document.articles.iter().position(|article| article.spans.iter().any(|part| part.overlaps(span)));
    match (time, quantity) {
        (Some(time), _) => Some(Command::Select(Mark::Time { doc, time })),
        (_, Some(quantity)) => Some(Command::Select(Mark::Quantity { doc, quantity })),
        _ => article.map(|article| Command::ShowArticle { doc, article }),
    }
}

fn heading_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, count: usize) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    text_at(ui, rect.left_center() + vec2(8.0, 0.0), Align2::LEFT_CENTER, name, Type::LabelBold, cx.theme.ink_3);
    let count = count.to_string();
    text_at(ui, rect.right_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER, &count, Type::Small, cx.theme.ink_3);
}

/// Returns whether it was clicked.
fn row_ui(ui: &mut Ui, cx: &Cx<'_>, title: &str, reason: &str, leads_somewhere: bool) -> bool {
    let theme = cx.theme;
    let sense = if leads_somewhere { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PX), sense);
    if !ui.is_rect_visible(rect) {
        return false;
    }
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{title}: {reason}")));
    if response.hovered() && leads_somewhere {
        ui.painter().rect_filled(rect, CornerRadius::same(3), theme.paper);
    }
    let see = if leads_somewhere { cx.words.get("warnings.see") } else { "" };
    let room = rect.width() - widgets::text_width(ui, see, Type::Label) - 32.0;
    let left = rect.left() + 8.0;
    let shown = widgets::elided(ui, title, Type::Body, room);
    text_at(ui, pos2(left, rect.top() + 14.0), Align2::LEFT_CENTER, &shown, Type::Body, theme.ink);
    let shown = widgets::elided(ui, reason, Type::Small, rect.width() - 16.0);
    text_at(ui, pos2(left, rect.top() + 32.0), Align2::LEFT_CENTER, &shown, Type::Small, theme.ink_3);
    let at = pos2(rect.right() - 8.0, rect.top() + 14.0);
    text_at(ui, at, Align2::RIGHT_CENTER, see, Type::Label, theme.ink_2);
    widgets::focus_ring(ui, theme, &response, 3);
    response.on_hover_text(reason).clicked()
}
