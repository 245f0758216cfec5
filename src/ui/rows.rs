//! A column of rows of one height, of which only those in view are made, be there ten or ten million.
//!
//! egui counts scrolled pixels in `f32`, which knows no single row beyond some hundred thousand of them; here the
//! place is counted in rows, in `f64`.

use super::Theme;
use egui::{CornerRadius, Id, Rect, Sense, Ui, pos2, vec2};

/// Width of the scroll bar.
const BAR_PX: f32 = 8.0;
/// The bar's handle is never shorter.
const MIN_HANDLE_PX: f32 = 28.0;

/// Where the column stands, in rows from the top.
fn place(ui: &Ui, id: Id) -> f64 {
    ui.data(|data| data.get_temp::<f64>(id)).unwrap_or(0.0)
}

/// A row that is gone to stands so far down what is seen.
pub(super) const GO_TO_SHARE: f32 = 0.4;

/// Draws the rows of `area` that are in view: `row_ui` with the number and the rectangle of each. `go_to` brings a row
/// into the upper half.
pub(super) fn rows_ui(
    ui: &mut Ui,
    theme: &Theme,
    (id, area): (Id, Rect),
    (n_rows, row_px): (usize, f32),
    go_to: Option<usize>,
    mut row_ui: impl FnMut(&mut Ui, usize, Rect),
) {
    let n_seen = f64::from(area.height() / row_px);
    let max = (n_rows as f64 - n_seen).max(0.0);
    let mut top = place(ui, id);
    if let Some(row) = go_to {
        let is_seen = row as f64 >= top + 0.5 && (row as f64) < top + n_seen - 1.5;
        if !is_seen {
            top = row as f64 - n_seen * f64::from(GO_TO_SHARE);
        }
    }
    if ui.rect_contains_pointer(area) {
        let by = ui.input(|input| input.smooth_scroll_delta().y);
        top -= f64::from(by / row_px);
    }
    top = top.clamp(0.0, max);
    if max > 0.0 {
        top = bar_ui(ui, theme, (id, area), (top, n_seen, n_rows as f64)).clamp(0.0, max);
    }
    ui.data_mut(|data| data.insert_temp(id, top));
    let width = if max > 0.0 { area.width() - BAR_PX } else { area.width() };
    let first = top.floor() as usize;
    let offset = ((top - top.floor()) as f32 * row_px).round();
    for (seen, row) in (first..n_rows).enumerate() {
        let y = area.top() - offset + seen as f32 * row_px;
        if y >= area.bottom() {
            break;
        }
        row_ui(ui, row, Rect::from_min_size(pos2(area.left(), y), vec2(width, row_px)));
    }
}

/// The scroll bar; returns the place it was dragged to.
fn bar_ui(ui: &mut Ui, theme: &Theme, (id, area): (Id, Rect), (top, n_seen, n_rows): (f64, f64, f64)) -> f64 {
    let track = Rect::from_min_max(pos2(area.right() - BAR_PX, area.top()), area.max);
    let length = ((n_seen / n_rows) as f32 * track.height()).max(MIN_HANDLE_PX).min(track.height());
    let free = (track.height() - length).max(1.0);
    let share = (top / (n_rows - n_seen).max(1e-9)) as f32;
    let handle = Rect::from_min_size(pos2(track.left() + 2.0, track.top() + share * free), vec2(BAR_PX - 3.0, length));
    let response = ui.interact(track.expand2(vec2(4.0, 0.0)), id.with("bar"), Sense::DRAG);
    let colour = if response.hovered() || response.dragged() { theme.control } else { theme.line };
    ui.painter().rect_filled(handle, CornerRadius::same(2), colour);
    match response.interact_pointer_pos() {
        Some(at) if response.dragged() => f64::from((at.y - track.top() - length / 2.0) / free) * (n_rows - n_seen),
        _ => top,
    }
}
