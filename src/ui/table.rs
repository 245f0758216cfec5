//! A virtualised table: a header that sorts, rows of 26 px, right-aligned figures.

use super::{Theme, icons, type_scale::Type, widgets::focus_ring, widgets::text_at, widgets::text_width};
use egui::{
    Align2, Color32, CornerRadius, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2,
    text::{LayoutJob, TextWrapping},
    vec2,
};

/// Height of the header and of every row.
pub(super) const ROW_PX: f32 = 26.0;

/// One column.
pub(super) struct Column<'a> {
    /// Its words.
    pub title: &'a str,
    /// Its least width.
    pub min_px: f32,
    /// Its share of what is left over.
    pub grow: f32,
    /// Figures stand at the right.
    pub is_number: bool,
    /// Whether the table is sorted by it, and downwards.
    pub sorted: Option<bool>,
    /// What a screen reader says of the button that sorts; `None` where it does not sort.
    pub sort_name: Option<String>,
}

/// One cell.
pub(super) struct Cell {
    /// The words.
    pub text: String,
    /// Their colour.
    pub ink: Color32,
    /// Their type.
    pub kind: Type,
}

/// What the user did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableAction {
    /// Clicked the head of a column.
    Sort(usize),
    /// Clicked a row.
    Pick(usize),
}

/// Where each column begins and how wide it is.
fn spans(columns: &[Column<'_>], width: f32) -> Vec<(f32, f32)> {
    let inner = width - 24.0;
    let least: f32 = columns.iter().map(|column| column.min_px).sum();
    let grow: f32 = columns.iter().map(|column| column.grow).sum::<f32>().max(1e-3);
    let spare = (inner - least).max(0.0);
    let shrink = if least > inner { inner / least } else { 1.0 };
    let mut x = 12.0;
    columns
        .iter()
        .map(|column| {
            let width = column.min_px * shrink + spare * column.grow / grow;
            let span = (x, width);
            x += width;
            span
        })
        .collect()
}

/// Draws the table into `area`: `n_rows` rows, of which only those in view are made by `row`, which also says
/// whether a row is selected.
pub(super) fn table_ui(
    ui: &mut Ui,
    theme: &Theme,
    area: Rect,
    columns: &[Column<'_>],
    n_rows: usize,
    mut row: impl FnMut(usize) -> Option<(Vec<Cell>, bool)>,
) -> Option<TableAction> {
    let spans = spans(columns, area.width());
    let head = Rect::from_min_size(area.min, vec2(area.width(), ROW_PX));
    let mut action = head_ui(ui, theme, head, columns, &spans);
    let below = Rect::from_min_max(head.left_bottom(), area.max);
    ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("rows"), |ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW_PX, n_rows, |ui, range| {
            for idx in range {
                let (rect, response) = ui.allocate_exact_size(vec2(below.width(), ROW_PX), Sense::click());
                let Some((cells, is_selected)) = row(idx) else { continue };
                let name = cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(", ");
                response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_selected, &name));
                paint_row(ui, theme, rect, &cells, columns, &spans, (is_selected, response.hovered()));
                focus_ring(ui, theme, &response.clone().with_new_rect(rect.shrink(3.0)), 2);
                if response.clicked() {
                    action = Some(TableAction::Pick(idx));
                }
            }
        });
    });
    action
}

fn head_ui(ui: &Ui, theme: &Theme, head: Rect, columns: &[Column<'_>], spans: &[(f32, f32)]) -> Option<TableAction> {
    let mut action = None;
    ui.painter().hline(head.x_range(), head.bottom() - 0.5, Stroke::new(1.0, theme.line));
    for (idx, (column, (left, width))) in columns.iter().zip(spans).enumerate() {
        let cell = Rect::from_min_size(pos2(head.left() + left, head.top()), vec2(*width, head.height()));
        let mut ink = theme.ink_3;
        if let Some(name) = &column.sort_name {
            let response = ui.interact(cell, ui.scope_id().with(("column", idx)), Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, column.sorted.is_some(), name));
            if response.hovered() || column.sorted.is_some() {
                ink = theme.ink;
            }
            focus_ring(ui, theme, &response.clone().with_new_rect(cell.shrink(3.0)), 2);
            if response.clicked() {
                action = Some(TableAction::Sort(idx));
            }
        }
        let kind = if column.sorted.is_some() { Type::SmallBold } else { Type::Small };
        let (at, anchor) = anchored(cell, column.is_number);
        let words = text_at(ui, at, anchor, column.title, kind, ink);
        if let Some(is_descending) = column.sorted {
            let arrow = icons::glyph(if is_descending { "caret-down" } else { "caret-up" }).to_string();
            let x = if column.is_number { words.left() - 10.0 } else { words.right() + 10.0 };
            text_at(ui, pos2(x, cell.center().y), Align2::CENTER_CENTER, &arrow, Type::IconSmall, ink);
        }
    }
    action
}

fn anchored(cell: Rect, is_number: bool) -> (egui::Pos2, Align2) {
    if is_number {
        (cell.right_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER)
    } else {
        (cell.left_center() + vec2(4.0, 0.0), Align2::LEFT_CENTER)
    }
}

fn paint_row(
    ui: &Ui,
    theme: &Theme,
    rect: Rect,
    cells: &[Cell],
    columns: &[Column<'_>],
    spans: &[(f32, f32)],
    (is_selected, is_hovered): (bool, bool),
) {
    if is_selected {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.selected_soft);
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, CornerRadius::ZERO, theme.selected);
    } else if is_hovered {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.panel);
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.hair));
    for ((cell, column), (left, width)) in cells.iter().zip(columns).zip(spans) {
        let place = Rect::from_min_size(pos2(rect.left() + left, rect.top()), vec2(*width, rect.height()));
        let galley = one_line(ui, cell, width - 12.0);
        let (at, anchor) = anchored(place, column.is_number);
        let at = anchor.anchor_size(at, galley.size()).min.round();
        ui.painter().galley(at, galley, cell.ink);
    }
}

/// The cell's words in one line, cut with … where they are too long.
fn one_line(ui: &Ui, cell: &Cell, width_px: f32) -> std::sync::Arc<egui::Galley> {
    let mut job = LayoutJob::simple_singleline(cell.text.clone(), cell.kind.font(), cell.ink);
    job.wrap = TextWrapping::truncate_at_width(width_px.max(8.0));
    ui.painter().layout_job(job)
}

/// How wide the widest of `texts` is, for a column of figures.
pub(super) fn widest<'a>(ui: &Ui, texts: impl Iterator<Item = &'a str>, kind: Type) -> f32 {
    texts.map(|text| text_width(ui, text, kind)).fold(0.0, f32::max)
}
