//! 按原样显示: the file as it is, with the numbers of its lines.

use super::{cx::Cx, reader::Reader, type_scale::Type, widgets::text_at};
use egui::{Align2, Pos2, Ui, vec2};

/// The number of the line that stands at `at`; none where a long line goes on.
pub(super) fn line_number_ui(ui: &Ui, cx: &Cx<'_>, reader: &Reader, idx: usize, at: Pos2) {
    let Some(paragraph) = reader.page.paragraphs.get(idx) else { return };
    if paragraph.is_continued {
        return;
    }
    let number = (paragraph.block + 1).to_string();
    text_at(ui, at + vec2(-12.0, 11.0), Align2::RIGHT_CENTER, &number, Type::Small, cx.theme.ink_3);
}
