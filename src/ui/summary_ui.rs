//! The statistics page: what was found, counted, each number a way to its passages.

use super::{
    cx::Cx,
    kept::{corpus_key, kept},
    popover::popover,
    toolbar_ui::grouped,
    type_scale::Type,
    widgets::{self, Face, Weight, text_at},
};
use crate::{
    desk::{ChartMode, Command, Overlay, SummaryOrder},
    view::summary::{SummaryRow, SummaryTable, summary, summary_tsv},
};
use egui::{
    Align, Align2, CornerRadius, Id, Layout, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

/// Height of a row.
const ROW_PX: f32 = 24.0;
/// Height of a table's title.
const TITLE_PX: f32 = 34.0;
/// Least width of a column of tables.
const COLUMN_PX: f32 = 280.0;

/// Draws it.
pub fn summary_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let window = ui.max_rect();
    let width_px = 960.0_f32.min(window.width() - 48.0);
    let at = pos2(window.center().x, window.top() + 60.0);
    let place = super::popover::Place { at, pivot: Align2::CENTER_TOP, width_px };
    let height_px = window.height() - 60.0 - 50.0;
    popover(ui, cx, Overlay::Summary, place, |ui, cx| {
        let order = cx.desk.summary_order;
        let key = corpus_key(cx, order);
        let tables = kept(ui, Id::unique("summary"), key, |_| summary(cx.corpus, order, cx.words));
        head_ui(ui, cx, &tables, order);
        let mut room_px = height_px - 60.0;
        if !cx.corpus.index().has_groups() {
            let sentence = RichText::new(cx.words.get("chart.joining")).font(Type::Label.font()).color(cx.theme.ink_3);
            room_px -= ui.indent("joining", |ui| ui.label(sentence)).response.rect.height();
        }
        ScrollArea::vertical()
            .max_height(room_px)
            .min_scrolled_height(room_px)
            .show(ui, |ui| tables_ui(ui, cx, &tables));
    });
}

/// Title, the order, copy.
fn head_ui(ui: &mut Ui, cx: &mut Cx<'_>, tables: &[SummaryTable], order: SummaryOrder) {
    let words = cx.words;
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::hover());
    let name = words.get("command.summary");
    text_at(ui, row.left_center() + vec2(8.0, 0.0), Align2::LEFT_CENTER, name, Type::PaneTitle, cx.theme.ink);
    let from_right = Layout::right_to_left(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(row).layout(from_right), |ui| {
        let close = Face::icon("x", words.get("summary.close"));
        if widgets::button_sized(ui, cx.theme, close, Weight::Quiet, false, widgets::CHIP_PX).clicked() {
            cx.push(Command::Open(Overlay::Summary));
        }
        let face = Face::labelled("copy", words.get("summary.copy"));
        if widgets::button_sized(ui, cx.theme, face, Weight::Secondary, false, widgets::CHIP_PX).clicked() {
            cx.push(Command::CopyText(summary_tsv(tables, words)));
        }
        let names = [words.get("summary.by-count"), words.get("summary.by-name")];
        let chosen = usize::from(order == SummaryOrder::Name);
        match widgets::segments(ui, cx.theme, words.get("summary.order"), &names, chosen) {
            Some(0) => cx.push(Command::SetSummaryOrder(SummaryOrder::Count)),
            Some(_) => cx.push(Command::SetSummaryOrder(SummaryOrder::Name)),
            None => {}
        }
    });
}

/// The tables in columns: each goes where there is most room left.
fn tables_ui(ui: &mut Ui, cx: &mut Cx<'_>, tables: &[SummaryTable]) {
    let whole = ui.available_rect_before_wrap();
    let n_columns = (whole.width() / COLUMN_PX).floor().clamp(1.0, 3.0) as usize;
    let width_px = (whole.width() - 12.0) / n_columns as f32;
    let mut ends = vec![whole.top(); n_columns];
    let mut placed = Vec::new();
    for table in tables {
        let height_px = TITLE_PX + table.rows.len() as f32 * ROW_PX + 10.0;
        let Some(column) = (0..n_columns).min_by(|a, b| ends[*a].total_cmp(&ends[*b])) else { continue };
        let at = pos2(whole.left() + width_px * column as f32, ends[column]);
        placed.push((table, Rect::from_min_size(at, vec2(width_px - 16.0, height_px))));
        ends[column] += height_px;
    }
    let bottom = ends.into_iter().fold(whole.top(), f32::max);
    ui.allocate_rect(Rect::from_min_max(whole.min, pos2(whole.right(), bottom)), Sense::hover());
    for (table, rect) in placed {
        ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(table.key), |ui| table_ui(ui, cx, table, rect));
    }
}

fn table_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: &SummaryTable, rect: Rect) {
    let theme = cx.theme;
    let title = cx.words.find(&format!("summary.{}", table.key)).unwrap_or(table.key);
    let y = rect.top() + TITLE_PX / 2.0 + 2.0;
    text_at(ui, pos2(rect.left() + 8.0, y), Align2::LEFT_CENTER, title, Type::LabelBold, theme.ink_3);
    let total = grouped(table.total);
    text_at(ui, pos2(rect.right() - 8.0, y), Align2::RIGHT_CENTER, &total, Type::Label, theme.ink_3);
    let line = Stroke::new(1.0, theme.hair);
    ui.painter().hline(rect.x_range(), (rect.top() + TITLE_PX - 2.0).floor() + 0.5, line);
    let most = table.rows.iter().map(|row| row.count).max().unwrap_or(1).max(1);
    for (idx, row) in table.rows.iter().enumerate() {
        let at = pos2(rect.left(), rect.top() + TITLE_PX + idx as f32 * ROW_PX);
        let place = Rect::from_min_size(at, vec2(rect.width(), ROW_PX));
        row_ui(ui, cx, table, row, place, row.count as f32 / most as f32);
    }
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: &SummaryTable, row: &SummaryRow, rect: Rect, share: f32) {
    if !ui.is_rect_visible(rect) {
        return;
    }
    let theme = cx.theme;
    let leads = row.shows.is_some();
    let id = ui.scope_id().with((table.key, &row.name, row.count));
    let response = ui.interact(rect, id, if leads { Sense::click() } else { Sense::hover() });
    let role = if leads { Role::Link } else { Role::Row };
    response.widget_info(|| WidgetInfo::labeled(role, true, format!("{}, {}", row.name, row.count)));
    if leads && response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(3), theme.paper);
    }
    let y = rect.center().y;
    let count = grouped(row.count);
    let colour = if matches!(table.key, "units" | "series") { theme.number } else { theme.time };
    let count_rect = text_at(
        ui,
        pos2(rect.right() - 8.0, y),
        Align2::RIGHT_CENTER,
        &count,
        Type::Label,
        if leads { colour } else { theme.ink_3 },
    );
    let bar_right = count_rect.left().min(rect.right() - 40.0) - 8.0;
    let bar = Rect::from_min_size(pos2(bar_right - 60.0, y - 3.0), vec2((60.0 * share).max(2.0), 6.0));
    ui.painter().rect_filled(bar, CornerRadius::same(1), super::Theme::wash(colour, 55));
    let name = widgets::elided(ui, &row.name, Type::Label, bar.left() - rect.left() - 16.0);
    text_at(ui, pos2(rect.left() + 8.0, y), Align2::LEFT_CENTER, &name, Type::Label, theme.ink);
    widgets::focus_ring(ui, theme, &response, 3);
    if response.clicked()
        && let Some(command) = row.shows.clone()
    {
        if matches!(command, Command::FilterQuantities(_)) && cx.desk.chart.mode != ChartMode::Quantities {
            cx.push(Command::SetChartMode(ChartMode::Quantities));
        }
        cx.push(command);
        cx.push(Command::Open(Overlay::Summary));
    }
}
