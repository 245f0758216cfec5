//! What lies over the window or stands in for it: the empty state, palette, settings, warnings, toasts.

use super::window::Cx;
use egui::Ui;

/// The window without documents: what it is for, and four ways in.
pub fn empty_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let _ = (ui, cx);
}

/// The overlay that is open, banner and toasts.
pub fn overlay_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let _ = (ui, cx);
}
