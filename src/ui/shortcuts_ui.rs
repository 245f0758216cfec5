//! The shortcut sheet: the palette's list in columns.

use super::{
    overlay_ui::{middle, popover, title_ui},
    type_scale::Type,
    widgets::{self, text_at},
    window::Cx,
};
use crate::desk::{Command, Listed, Overlay};
use egui::{Align2, Rect, Sense, Ui, pos2, vec2};

/// Height of a row.
const ROW_PX: f32 = 24.0;

/// Draws it.
pub fn shortcuts_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let window = ui.max_rect();
    let n_columns = ((window.width() - 40.0) / 300.0).floor().clamp(1.0, 3.0) as usize;
    let place = middle(window, n_columns as f32 * 300.0 + 18.0);
    popover(ui, cx, Overlay::Shortcuts, place, |ui, cx| {
        title_ui(ui, cx, cx.words.get("command.shortcuts"));
        let listed: Vec<Listed> = Command::listed().into_iter().filter(|listed| !listed.shortcuts.is_empty()).collect();
        let n_rows = listed.len().div_ceil(n_columns);
        egui::ScrollArea::vertical().max_height(window.height() - 180.0).show(ui, |ui| {
            let size = vec2(ui.available_width(), ROW_PX * n_rows as f32);
            let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
            for (idx, listed) in listed.iter().enumerate() {
                let (column, row) = (idx / n_rows, idx % n_rows);
                let width = whole.width() / n_columns as f32;
                let at = whole.min + vec2(width * column as f32, ROW_PX * row as f32);
                row_ui(ui, cx, listed, Rect::from_min_size(at, vec2(width - 12.0, ROW_PX)));
            }
        });
        ui.add_space(4.0);
    });
}

fn row_ui(ui: &Ui, cx: &Cx<'_>, listed: &Listed, rect: Rect) {
    let keys: Vec<String> = listed.shortcuts.iter().take(2).map(|shortcut| shortcut.text()).collect();
    let keys = keys.join("  ");
    let y = rect.center().y;
    text_at(ui, pos2(rect.right(), y), Align2::RIGHT_CENTER, &keys, Type::Small, cx.theme.ink_2);
    let room = rect.width() - widgets::text_width(ui, &keys, Type::Small) - 20.0;
    let name = widgets::elided(ui, cx.words.get(&format!("command.{}", listed.id)), Type::Label, room);
    text_at(ui, pos2(rect.left() + 8.0, y), Align2::LEFT_CENTER, &name, Type::Label, cx.theme.ink);
}
