//! What marks a find in running text: its ground and its underline.

use super::Theme;
use crate::view::reading::FindKind;
use egui::{Color32, CornerRadius, Rect, Shape, Stroke, StrokeKind, Ui, pos2};

/// The ground and underline of a highlight, as in the text so in the why card.
pub(super) fn ground(ui: &Ui, theme: &Theme, rect: Rect, corners: CornerRadius, kind: FindKind, is_selected: bool) {
    let painter = ui.painter();
    let line = |height: f32, colour| {
        // A strip of the rounded ground, so that its corners stay round.
        let clip = Rect::from_min_max(pos2(rect.left(), rect.bottom() - height), rect.max);
        painter.with_clip_rect(clip.intersect(painter.clip_rect())).rect_filled(rect, corners, colour);
    };
    let outline = |colour| {
        if theme.has_high_contrast {
            painter.rect_stroke(rect, corners, Stroke::new(1.0, colour), StrokeKind::Inside);
        }
    };
    if is_selected {
        painter.rect_filled(rect, corners, theme.selected_soft);
        outline(theme.selected);
        line(2.0, theme.selected);
        return;
    }
    match kind {
        FindKind::Time => {
            painter.rect_filled(rect, corners, theme.time_soft);
            outline(theme.time);
        }
        FindKind::Number | FindKind::Claim => {
            painter.rect_filled(rect, corners, theme.number_soft);
            outline(theme.number);
            line(1.0, theme.number);
        }
        FindKind::Undated => dotted(ui, rect, theme.ink_3),
        FindKind::Period => dotted(ui, rect, theme.time),
    }
}

/// A dotted line at the foot.
pub(super) fn dotted(ui: &Ui, rect: Rect, colour: Color32) {
    let y = rect.bottom() - 1.0;
    let ends = [pos2(rect.left() + 1.0, y), pos2(rect.right() - 1.0, y)];
    ui.painter().extend(Shape::dashed_line(&ends, Stroke::new(1.5, colour), 1.5, 1.5));
}
