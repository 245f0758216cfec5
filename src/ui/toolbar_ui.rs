//! The toolbar.

use super::window::Cx;
use egui::{CornerRadius, Ui};

/// Draws it into the whole of `ui`.
pub fn toolbar_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    ui.painter().rect_filled(ui.max_rect(), CornerRadius::ZERO, cx.theme.panel);
}
