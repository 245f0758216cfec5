//! About the program: its name, version, licences.

use super::{
    cx::Cx,
    popover::{middle, popover, title_ui},
    type_scale::Type,
};
use crate::desk::Overlay;
use egui::{RichText, Ui};

/// Draws it.
pub fn about_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let place = middle(ui.max_rect(), 420.0);
    popover(ui, cx, Overlay::About, place, |ui, cx| {
        title_ui(ui, cx, &cx.words.fill("about.title", &[env!("CARGO_PKG_VERSION")]));
        for key in ["about.what", "about.privacy", "about.licence", "about.fonts"] {
            ui.label(RichText::new(cx.words.get(key)).font(Type::Body.font()).color(cx.theme.ink_2));
        }
        ui.add_space(4.0);
    });
}
