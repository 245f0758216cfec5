//! The timeline pane: events along time.

use super::window::{Arrangement, Cx};
use egui::{CornerRadius, Ui};

/// Draws it into the whole of `ui`.
pub fn timeline_ui(ui: &mut Ui, cx: &mut Cx<'_>, arrangement: &Arrangement) {
    let _ = arrangement;
    ui.painter().rect_filled(ui.max_rect(), CornerRadius::ZERO, cx.theme.sheet);
}
