//! The shortcut sheet: the palette's list in columns, and what the pointer does.

use super::{
    cx::Cx,
    popover::{middle, popover, title_ui},
    type_scale::Type,
    widgets::{self, text_at},
};
use crate::desk::{Command, Listed, Overlay};
use egui::{Align2, Rect, Sense, Stroke, Ui, pos2, vec2};

/// Height of a row.
const ROW_PX: f32 = 24.0;
/// Width of a column.
const COLUMN_PX: f32 = 300.0;

/// What the pointer does, as keys of the locale's section `gesture`: `<id>` and `<id>-does`.
const GESTURES: [&str; 13] = [
    "wheel",
    "shift-wheel",
    "ctrl-wheel",
    "drag",
    "shift-drag",
    "alt-drag",
    "click",
    "double-click",
    "right-click",
    "tear",
    "overview",
    "splitter",
    "minimap",
];

/// Draws it.
pub fn shortcuts_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let window = ui.max_rect();
    let listed = Command::listed();
    let listed: Vec<&Listed> = listed.iter().filter(|listed| !listed.shortcuts.is_empty()).collect();
    let n_room = ((window.width() - 40.0) / COLUMN_PX).floor().clamp(1.0, 4.0) as usize;
    let place = |n_columns: usize| middle(window, n_columns as f32 * COLUMN_PX + 18.0);
    let height_px = |n_columns: usize| {
        let rows_px = |n: usize| n.div_ceil(n_columns) as f32 * ROW_PX;
        rows_px(listed.len()) + rows_px(GESTURES.len()) + 28.0 + 8.0
    };
    let room_px = window.height() - place(n_room).at.y + window.top() - 60.0;
    // As few columns as show all, for rows that the eye can follow.
    let n_columns = (3..=n_room).find(|n| height_px(*n) <= room_px).unwrap_or(n_room);
    let place = place(n_columns);
    popover(ui, cx, Overlay::Shortcuts, place, |ui, cx| {
        let words = cx.words;
        let keys = |listed: &&Listed| {
            let keys: Vec<String> = listed.shortcuts.iter().take(2).map(|shortcut| shortcut.text()).collect();
            (words.get(&format!("command.{}", listed.id)).to_owned(), keys.join("  "))
        };
        let commands: Vec<_> = listed.iter().map(keys).collect();
        let gesture = |id: &&str| {
            let does = words.get(&format!("gesture.{id}-does")).to_owned();
            (does, words.get(&format!("gesture.{id}")).to_owned())
        };
        let gestures: Vec<_> = GESTURES.iter().map(gesture).collect();
        title_ui(ui, cx, words.get("command.shortcuts"));
        let both = |ui: &mut Ui| {
            columns_ui(ui, cx, &commands, n_columns);
            title_ui(ui, cx, words.get("gesture.title"));
            columns_ui(ui, cx, &gestures, n_columns);
        };
        if height_px(n_columns) <= room_px {
            both(ui);
        } else {
            // A bar that is there before it is looked for: it alone tells that rows are cut.
            ui.spacing_mut().scroll =
                egui::style::ScrollStyle { foreground_color: true, ..egui::style::ScrollStyle::solid() };
            egui::ScrollArea::vertical().max_height(room_px).min_scrolled_height(room_px).show(ui, both);
        }
        ui.add_space(4.0);
    });
}

/// Rows of name and keys, filled column by column.
fn columns_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &[(String, String)], n_columns: usize) {
    let n_rows = rows.len().div_ceil(n_columns).max(1);
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PX * n_rows as f32), Sense::hover());
    let width = whole.width() / n_columns as f32;
    for column in 1..n_columns {
        let x = (whole.left() + width * column as f32).round() + 0.5;
        ui.painter().vline(x, whole.shrink2(vec2(0.0, 4.0)).y_range(), Stroke::new(1.0, cx.theme.hair));
    }
    for (idx, (name, keys)) in rows.iter().enumerate() {
        let at = whole.min + vec2(width * (idx / n_rows) as f32, ROW_PX * (idx % n_rows) as f32);
        row_ui(ui, cx, name, keys, Rect::from_min_size(at, vec2(width, ROW_PX)).shrink2(vec2(10.0, 0.0)));
    }
}

fn row_ui(ui: &Ui, cx: &Cx<'_>, name: &str, keys: &str, rect: Rect) {
    let y = rect.center().y;
    text_at(ui, pos2(rect.right(), y), Align2::RIGHT_CENTER, keys, Type::Small, cx.theme.ink_2);
    let room = rect.width() - widgets::text_width(ui, keys, Type::Small) - 12.0;
    let name = widgets::elided(ui, name, Type::Label, room);
    text_at(ui, pos2(rect.left(), y), Align2::LEFT_CENTER, &name, Type::Label, cx.theme.ink);
}
