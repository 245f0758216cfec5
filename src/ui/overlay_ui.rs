//! What lies over the window: one overlay at a time, the banner, the toasts.

use super::{
    about_ui,
    arrangement::{SIDEBAR_FROM_PX, STATUS_PX, TOOLBAR_PX},
    banner_ui, changes_ui, columns_ui, correct_ui,
    cx::Cx,
    encoding_ui, export_ui, name_ui, palette_ui,
    popover::{clicked_outside, was_open},
    search_ui, settings_ui, shortcuts_ui, sidebar_ui, summary_ui, tag_ui, warnings_ui, writing_date_ui,
};
use crate::desk::{Command, Overlay};
use egui::{Area, Id, Order, Rect, Stroke, Ui, UiBuilder, vec2};

/// The overlay that is open, banner, toasts, and the frame about the window while files are dragged over it.
pub fn overlay_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    match cx.desk.overlay {
        Some(Overlay::Search) => search_ui::results_ui(ui, cx),
        Some(Overlay::Palette) => palette_ui::palette_ui(ui, cx),
        Some(Overlay::Settings) => settings_ui::settings_ui(ui, cx),
        Some(Overlay::Shortcuts) => shortcuts_ui::shortcuts_ui(ui, cx),
        Some(Overlay::Warnings) => warnings_ui::warnings_ui(ui, cx),
        Some(Overlay::WritingDate) => writing_date_ui::writing_date_ui(ui, cx),
        Some(Overlay::Encoding) => encoding_ui::encoding_ui(ui, cx),
        Some(Overlay::Columns) => columns_ui::columns_ui(ui, cx),
        Some(Overlay::About) => about_ui::about_ui(ui, cx),
        Some(Overlay::Summary) => summary_ui::summary_ui(ui, cx),
        Some(Overlay::Sidebar) => sidebar_over_ui(ui, cx),
        Some(Overlay::Correct) => correct_ui::correct_ui(ui, cx),
        Some(Overlay::Rename) => name_ui::rename_ui(ui, cx),
        Some(Overlay::Note) => name_ui::note_ui(ui, cx),
        Some(Overlay::Tag) => tag_ui::tag_ui(ui, cx),
        Some(Overlay::Merge) => name_ui::merge_ui(ui, cx),
        Some(Overlay::Changes) => changes_ui::changes_ui(ui, cx),
        Some(Overlay::Export) => export_ui::export_ui(ui, cx),
        None => {}
    }
    banner_ui::banner_ui(ui, cx);
    banner_ui::toasts_ui(ui, cx);
    banner_ui::drag_frame_ui(ui, cx);
}

/// Width of the sidebar where it lies over the panes.
const SIDEBAR_PX: f32 = 240.0;

/// The sidebar over the left of a narrow window, from the toolbar to the status bar.
fn sidebar_over_ui(ui: &Ui, cx: &mut Cx<'_>) {
    let window = ui.max_rect();
    if window.width() >= SIDEBAR_FROM_PX || cx.corpus.entries.is_empty() {
        // The window has become wide enough to show it beside the panes.
        return cx.push(Command::Open(Overlay::Sidebar));
    }
    let height = window.height() - TOOLBAR_PX - STATUS_PX;
    let at = window.min + vec2(0.0, TOOLBAR_PX);
    let rect = Rect::from_min_size(at, vec2(SIDEBAR_PX, height));
    let is_new = !was_open(ui, Overlay::Sidebar);
    let shown = Area::new(Id::unique("sidebar over the panes"))
        .order(Order::Middle)
        .fixed_pos(at)
        .constrain(false)
        .accessible_name(cx.words.get("pane.sidebar"))
        .show(ui.ctx(), |ui| {
            ui.set_clip_rect(rect);
            let (rect, _) = ui.allocate_exact_size(rect.size(), egui::Sense::click());
            ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| sidebar_ui::sidebar_ui(ui, cx));
            let line = Stroke::new(1.0, cx.theme.line);
            ui.painter().vline(rect.right() - 0.5, rect.y_range(), line);
        });
    if !is_new && clicked_outside(&shown.response) && cx.desk.overlay == Some(Overlay::Sidebar) {
        cx.push(Command::Open(Overlay::Sidebar));
    }
}
