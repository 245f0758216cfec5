//! The ruler above the lanes: two tiers of the calendar, torn strips that say what they skip, and the date flag.

use super::{Theme, cx::Cx, glyphs, type_scale::Type, widgets};
use crate::view::{ticks::Ruler, time_scale::TimeScale, timeline::Timeline, words};
use egui::{Align2, CornerRadius, Rect, Stroke, Ui, pos2, vec2};

/// Height of the ruler.
pub const RULER_PX: f32 = 40.0;
const UPPER_Y: f32 = 11.0;
const LOWER_Y: f32 = 26.0;

/// Paints both tiers into `rect`; `rulers` belong to the pieces of `scale`, one each.
pub fn ruler_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, scale: &TimeScale, rulers: &[Ruler]) {
    let theme = cx.theme;
    let painter = ui.painter();
    let foot = rect.bottom().floor() - 0.5;
    for (piece, ruler) in scale.pieces().iter().zip(rulers) {
        let axis = Stroke::new(1.0, theme.control);
        painter.hline(piece.left_px as f32..=piece.right_px as f32, foot, axis);
        for span in &ruler.upper {
            let left = (span.left_px as f32).floor() + 0.5;
            if span.begins {
                // It stops above a label of the lower tier that stands on it.
                let labels = ruler.lower.iter().filter_map(|tick| tick.label.as_ref());
                let is_under = labels.map(|(middle, _)| *middle as f32).any(|middle| (middle - left).abs() < 20.0);
                let end = if is_under { rect.top() + 19.0 } else { foot };
                painter.vline(left, rect.top() + 3.0..=end, Stroke::new(1.0, theme.line));
            }
            if let Some(label) = &span.label {
                let at = pos2(left + 4.0, rect.top() + UPPER_Y);
                widgets::text_at(ui, at, Align2::LEFT_CENTER, label, Type::Small, theme.ink_2);
            }
        }
        for tick in &ruler.lower {
            let x = (tick.px as f32).floor() + 0.5;
            let stroke = if tick.begins_week { Stroke::new(2.0, theme.ink_2) } else { Stroke::new(1.0, theme.control) };
            painter.vline(x, foot - 5.0..=foot, stroke);
            if let Some((middle, label)) = &tick.label {
                let at = pos2(*middle as f32, rect.top() + LOWER_Y);
                widgets::text_at(ui, at, Align2::CENTER_CENTER, label, Type::Small, theme.ink_3);
            }
        }
    }
}

/// Paints the torn strips over ruler and lanes (`rect`), with what they skip in the ruler.
pub fn tears_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, scale: &TimeScale, timeline: &Timeline) {
    let theme = cx.theme;
    let fill = if theme.is_dark { theme.panel } else { theme.paper };
    for tear in scale.tears() {
        let strip = Rect::from_x_y_ranges(tear.left_px as f32 + 4.0..=tear.right_px as f32 - 4.0, rect.y_range());
        glyphs::tear(ui.painter(), fill, Stroke::new(1.0, theme.line), strip);
        let between = f64::midpoint(tear.start, tear.end);
        let length = timeline.cut_at(between).map_or(tear.end - tear.start, |cut| cut.end - cut.start);
        let words = [cx.words.get("timeline.skip").to_owned(), words::length(length, cx.words)];
        for (row, text) in words.iter().enumerate() {
            let at = pos2(strip.center().x, rect.top() + 17.0 + row as f32 * 15.0);
            widgets::text_at(ui, at, Align2::CENTER_CENTER, text, Type::Small, theme.ink_3);
        }
    }
}

/// A date flag in the ruler over `x`, kept within `room`; returns its rectangle.
pub fn flag_ui(ui: &Ui, theme: &Theme, rect: Rect, x: f32, room: (f32, f32), text: &str) -> Rect {
    let width = widgets::text_width(ui, text, Type::SmallBold) + 14.0;
    let left = (x - width / 2.0).min(room.1 - width).max(room.0);
    let flag = Rect::from_min_size(pos2(left, rect.top() + LOWER_Y - 9.0), vec2(width, 18.0));
    ui.painter().rect_filled(flag, CornerRadius::same(2), theme.selected);
    widgets::text_at(ui, flag.center(), Align2::CENTER_CENTER, text, Type::SmallBold, theme.sheet);
    flag
}
