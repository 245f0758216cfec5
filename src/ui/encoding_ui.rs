//! 编码: the encodings that the text on the desk can be read in, for those that look like several.

use super::{
    arrangement::STATUS_PX,
    cx::Cx,
    popover::{Place, popover, title_ui},
    type_scale::Type,
    widgets::{self, text_at},
};
use crate::{
    desk::{Command, Overlay},
    text::ENCODING_CHOICES,
};
use egui::{Align2, CornerRadius, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Height of a row.
const ROW_PX: f32 = 28.0;

/// Draws it above the right of the status bar, where the encoding stands.
pub fn encoding_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let window = ui.max_rect();
    let Some(entry) = cx.corpus.entries.get(cx.desk.source.doc) else { return };
    let now = entry.document.source.encoding.as_str();
    let place = Place {
        at: pos2(window.right() - 12.0, window.bottom() - STATUS_PX - 4.0),
        pivot: Align2::RIGHT_BOTTOM,
        width_px: 280.0_f32.min(window.width() - 24.0),
    };
    popover(ui, cx, Overlay::Encoding, place, |ui, cx| {
        title_ui(ui, cx, cx.words.get("command.encoding"));
        ui.spacing_mut().item_spacing.y = 0.0;
        let guess = cx.words.get("encoding.guess");
        let mut chosen = row_ui(ui, cx, "", guess, false).then_some("");
        for name in ENCODING_CHOICES {
            let key = format!("encoding.{}", name.to_lowercase());
            let note = cx.words.find(&key).unwrap_or_default();
            if row_ui(ui, cx, name, note, name.eq_ignore_ascii_case(now)) {
                chosen = Some(*name);
            }
        }
        if let Some(name) = chosen {
            cx.push(Command::SetEncoding(name.to_owned()));
            cx.push(Command::Open(Overlay::Encoding));
        }
    });
}

/// A name and what writes in it; returns whether it was clicked.
fn row_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, note: &str, is_on: bool) -> bool {
    let theme = cx.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PX), Sense::click());
    let spoken = format!("{name} {note}");
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_on, spoken.trim()));
    if response.hovered() || is_on {
        ui.painter().rect_filled(rect, CornerRadius::same(3), theme.paper);
    }
    let (left, ink) = (rect.left() + 8.0, if is_on { theme.ink } else { theme.ink_2 });
    let kind = if is_on { Type::BodyBold } else { Type::Body };
    let end = if name.is_empty() {
        left
    } else {
        text_at(ui, pos2(left, rect.center().y), Align2::LEFT_CENTER, name, kind, ink).right() + 12.0
    };
    let (kind, ink) = if name.is_empty() { (Type::Body, theme.ink_2) } else { (Type::Label, theme.ink_3) };
    let shown = widgets::elided(ui, note, kind, rect.right() - 8.0 - end);
    text_at(ui, pos2(end, rect.center().y), Align2::LEFT_CENTER, &shown, kind, ink);
    widgets::focus_ring(ui, theme, &response, 3);
    response.clicked()
}
