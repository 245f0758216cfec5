//! The hint of the moment in the status bar: a line, what does it at once, and a cross that puts it away for good.

use super::{
    cx::Cx,
    icons,
    type_scale::Type,
    widgets::{self, text_at, text_width},
};
use crate::desk::Command;
use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2};

/// Between the pieces.
const GAP_PX: f32 = 10.0;
/// Between the hint and what stands beside it.
const BESIDE_PX: f32 = 24.0;
/// Half the height of what takes the pointer.
const HALF_PX: f32 = 12.0;

/// Draws it between `left` and `right` of the bar, where it fits; returns where it ends.
pub(super) fn hint_ui(ui: &mut Ui, cx: &mut Cx<'_>, (left, right): (f32, f32), y: f32) -> f32 {
    let has_events = !cx.corpus.index().is_empty();
    let is_time = cx.shell.shows_hints && cx.shell.progress.is_none() && has_events;
    let Some(hint) = cx.desk.hints.next(cx.desk).filter(|_| is_time) else { return left };
    let (key, action_key) = hint.keys();
    let (text, action) = (cx.words.get(key), cx.words.get(action_key));
    let [text_px, action_px] = [text, action].map(|words| text_width(ui, words, Type::Label));
    let width = 18.0 + text_px + GAP_PX + action_px + GAP_PX + 14.0;
    let x = left + BESIDE_PX;
    if x + width + BESIDE_PX > right {
        return left;
    }
    let theme = cx.theme;
    text_at(
        ui,
        pos2(x + 7.0, y),
        Align2::CENTER_CENTER,
        &icons::glyph("info").to_string(),
        Type::IconSmall,
        theme.ink_3,
    );
    let said = text_at(ui, pos2(x + 18.0, y), Align2::LEFT_CENTER, text, Type::Label, theme.ink_2);
    let status = ui.interact(said, ui.scope_id().with("hint"), Sense::hover());
    status.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    let at = said.right() + GAP_PX;
    let rect = Rect::from_min_max(pos2(at - 4.0, y - HALF_PX), pos2(at + action_px + 4.0, y + HALF_PX));
    let response = ui.interact(rect, ui.scope_id().with("hint-do"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, action));
    text_at(ui, pos2(at, y), Align2::LEFT_CENTER, action, Type::Label, theme.ink);
    // A hairline below says that it can be pressed.
    let ink = if response.hovered() { theme.ink } else { theme.line };
    ui.painter().hline(at..=at + action_px, (y + 8.0).floor() + 0.5, Stroke::new(1.0, ink));
    widgets::focus_ring(ui, theme, &response, 2);
    if response.clicked() {
        cx.push(hint.command());
        cx.push(Command::DismissHint(hint));
    }
    let at = at + action_px + GAP_PX;
    let rect = Rect::from_min_max(pos2(at - 5.0, y - HALF_PX), pos2(at + 19.0, y + HALF_PX));
    let response = ui.interact(rect, ui.scope_id().with("hint-away"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, cx.words.get("hint.away")));
    let ink = if response.hovered() { theme.ink } else { theme.ink_3 };
    text_at(ui, pos2(at + 7.0, y), Align2::CENTER_CENTER, &icons::glyph("x").to_string(), Type::IconSmall, ink);
    widgets::focus_ring(ui, theme, &response, 2);
    if response.on_hover_text(cx.words.get("hint.away")).clicked() {
        cx.push(Command::DismissHint(hint));
    }
    x + width
}
