//! The menu below a series' name: every series there is, found by typing.

use super::{
    composition::Composed,
    cx::Cx,
    icons,
    kept::corpus_key,
    kept::kept,
    shown::unit_and_period,
    type_scale::Type,
    widgets::{elided, text_at, text_width},
};
use crate::{
    corpus::SeriesGroup,
    desk::{Command, SeriesChoice},
};
use egui::{
    Align2, CornerRadius, Id, Key, Rect, RichText, Role, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, pos2,
    vec2,
};
use std::sync::Arc;

/// Height of a row.
const ROW_PX: f32 = 28.0;
/// So many rows are shown before it scrolls.
const MAX_ROWS: usize = 12;
/// Its least width.
const WIDTH_PX: f32 = 280.0;

/// Draws the rows, above them a field where there are more than can be seen at once; the command that was picked.
pub(super) fn series_menu_ui(ui: &mut Ui, cx: &Cx<'_>) -> Option<Command> {
    let all = cx.corpus.index().groups();
    ui.set_min_width(WIDTH_PX);
    ui.spacing_mut().item_spacing.y = 0.0;
    let field = Id::unique("series filter");
    let (typed, is_entered) = if all.len() > MAX_ROWS { filter_ui(ui, cx, field) } else { (String::new(), false) };
    let found = matching(ui, cx, &typed);
    let chosen = cx.desk.chart.group(cx.corpus);
    let is_beside = ui.input(|input| input.modifiers.command);
    let mut picked = found.first().filter(|_| is_entered && !typed.is_empty()).and_then(|at| all.get(*at));
    // As high with few rows as with many: nothing jumps while one types.
    let height = all.len().min(MAX_ROWS) as f32 * ROW_PX;
    let area = egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([true, false]);
    if found.is_empty() {
        let (rect, _) = ui.allocate_exact_size(vec2(WIDTH_PX.max(ui.available_width()), height), Sense::hover());
        let at = rect.center_top() + vec2(0.0, ROW_PX);
        text_at(ui, at, Align2::CENTER_CENTER, cx.words.get("chart.no-series-found"), Type::Body, cx.theme.ink_2);
        return None;
    }
    area.show_rows(ui, ROW_PX, found.len(), |ui, rows| {
        for group in rows.filter_map(|row| all.get(*found.get(row)?)) {
            if row_ui(ui, cx, group, chosen.is_some_and(|chosen| std::ptr::eq(chosen, group))) {
                picked = Some(group);
            }
        }
    });
    let choice = picked.and_then(SeriesChoice::of)?;
    ui.data_mut(|data| data.remove::<String>(field));
    ui.close();
    Some(if is_beside { Command::CompareSeries(choice) } else { Command::ShowSeries(choice) })
}

/// Whether the menu was closed without a choice: what was typed is of no further use.
pub(super) fn forget(ui: &Ui) {
    ui.data_mut(|data| data.remove::<String>(Id::unique("series filter")));
}

/// The series whose names have the words that were typed, by index.
fn matching(ui: &Ui, cx: &Cx<'_>, typed: &str) -> Arc<Vec<usize>> {
    kept(ui, Id::unique("series menu"), corpus_key(cx, typed), |_| {
        let words: Vec<String> = typed.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let has_all = |group: &SeriesGroup| {
            let name = group.name.to_lowercase();
            words.iter().all(|word| name.contains(word))
        };
        let all = cx.corpus.index().groups().iter().enumerate();
        all.filter(|(_, group)| has_all(group)).map(|(idx, _)| idx).collect()
    })
}

/// The field; what is committed in it, and whether Enter was pressed.
fn filter_ui(ui: &mut Ui, cx: &Cx<'_>, id: Id) -> (String, bool) {
    let theme = cx.theme;
    let kept: Option<String> = ui.data(|data| data.get_temp(id));
    let is_fresh = kept.is_none();
    let committed = kept.unwrap_or_default();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width().max(WIDTH_PX), ROW_PX + 6.0), Sense::hover());
    let field = Rect::from_min_max(rect.min + vec2(4.0, 1.0), rect.max - vec2(4.0, 5.0));
    ui.painter().rect(field, CornerRadius::same(4), theme.sheet, Stroke::new(1.0, theme.control), StrokeKind::Inside);
    let icon = icons::glyph("magnifying-glass").to_string();
    let at = pos2(field.left() + 14.0, field.center().y);
    text_at(ui, at, Align2::CENTER_CENTER, &icon, Type::IconSmall, theme.ink_3);
    let (composed, mut text) = Composed::begin(ui, id, &committed);
    let hint = cx.words.get("chart.find-series");
    let edit = TextEdit::singleline(&mut text)
        .id(id)
        .font(Type::Body.font())
        .frame(egui::Frame::NONE)
        .hint_text(RichText::new(hint).font(Type::Label.font()).color(theme.ink_3))
        .margin(egui::Margin::ZERO)
        .align(Align2::LEFT_CENTER);
    let inner = Rect::from_min_max(pos2(field.left() + 28.0, field.top() + 3.0), field.max - vec2(6.0, 3.0));
    let response = ui.put(inner, edit);
    response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, hint));
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if is_fresh {
        response.request_focus();
    }
    if response.has_focus() {
        ui.painter().rect_stroke(field, CornerRadius::same(4), Stroke::new(2.0, theme.time), StrokeKind::Outside);
    }
    let is_changed = text != committed;
    let now = composed.end(ui, id, text, (response.has_focus() || is_entered, is_changed)).unwrap_or(committed);
    ui.data_mut(|data| data.insert_temp(id, now.clone()));
    (now, is_entered)
}

/// One series by name, with its number of points and the length of their times; whether it was clicked.
fn row_ui(ui: &mut Ui, cx: &Cx<'_>, group: &SeriesGroup, is_chosen: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width().max(WIDTH_PX), ROW_PX), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, is_chosen, &group.name));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, CornerRadius::same(3), cx.theme.paper);
    }
    let count = unit_and_period(group.period, &group.points.len().to_string(), cx);
    let count_px = text_width(ui, &count, Type::Small);
    let kind = if is_chosen { Type::BodyBold } else { Type::Body };
    let name = elided(ui, &group.name, kind, rect.width() - count_px - 28.0);
    text_at(ui, rect.left_center() + vec2(8.0, 0.0), Align2::LEFT_CENTER, &name, kind, cx.theme.ink);
    let end = rect.right_center() - vec2(8.0, 0.0);
    text_at(ui, end, Align2::RIGHT_CENTER, &count, Type::Small, cx.theme.ink_3);
    response.clicked()
}
