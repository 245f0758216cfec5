//! Tabs in a pane's header, where panes share one place: 原文 | 数列 1.

use super::{
    Theme,
    arrangement::Arrangement,
    cx::Cx,
    type_scale::Type,
    widgets::{focus_ring, text_at, text_width},
};
use crate::desk::{Command, Pane};
use egui::{Align2, CornerRadius, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Blank between two tabs.
const BETWEEN_PX: f32 = 18.0;

/// Draws the tabs at the left of `header` (the pane's upper 40 pixels) where `front` shares its place with other
/// panes, and returns the x at which they end. `None` where it has a place of its own: draw the pane's title.
///
/// The tab in front has an ink line of 2 px at the header's foot and is Bold, so colour is not alone in saying
/// which it is. A click brings the other pane to the front.
#[allow(dead_code, reason = "the panes use it")]
pub fn tabs_ui(ui: &mut Ui, cx: &mut Cx<'_>, header: Rect, front: Pane, arrangement: &Arrangement) -> Option<f32> {
    let panes: &[Pane] = if arrangement.has_one_pane {
        &[Pane::Timeline, Pane::Chart, Pane::Source]
    } else if arrangement.has_right_tabs && front != Pane::Timeline {
        &[Pane::Source, Pane::Chart]
    } else {
        return None;
    };
    let n_series = cx.corpus.index().total().series;
    let mut x = header.left() + 20.0;
    for &pane in panes {
        let count = (pane == Pane::Chart && n_series > 0).then(|| n_series.to_string());
        x = tab_ui(ui, cx, header, x, pane, count.as_deref(), pane == front) + BETWEEN_PX;
    }
    Some(x)
}

/// One tab at `x`; returns where it ends.
fn tab_ui(ui: &Ui, cx: &mut Cx<'_>, header: Rect, x: f32, pane: Pane, count: Option<&str>, is_front: bool) -> f32 {
    let theme: &Theme = cx.theme;
    let words = cx.words.get(match pane {
        Pane::Timeline => "tabs.timeline",
        Pane::Chart => "tabs.chart",
        Pane::Source | Pane::Sidebar => "tabs.source",
    });
    // The width of the bold words in both states, so that nothing moves when a tab comes to the front.
    let words_px = text_width(ui, words, Type::PaneTitle).ceil();
    let count_px = count.map_or(0.0, |count| 4.0 + text_width(ui, count, Type::Label).ceil());
    let rect = Rect::from_min_size(pos2(x, header.top()), vec2(words_px + count_px, header.height()));
    let hit = rect.expand2(vec2(BETWEEN_PX / 2.0, 0.0));
    let response = ui.interact(hit, ui.scope_id().with(("tab", words)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_front, words));
    let ink = if is_front || response.hovered() { theme.ink } else { theme.ink_2 };
    let kind = if is_front { Type::PaneTitle } else { Type::Body };
    text_at(ui, pos2(x, rect.center().y), Align2::LEFT_CENTER, words, kind, ink);
    if let Some(count) = count {
        let at = pos2(rect.right() - count_px + 4.0, rect.center().y);
        text_at(ui, at, Align2::LEFT_CENTER, count, Type::Label, theme.ink_3);
    }
    if is_front {
        let line = Rect::from_min_max(pos2(rect.left(), header.bottom() - 2.0), rect.right_bottom());
        ui.painter().rect_filled(line, CornerRadius::ZERO, theme.ink);
    }
    focus_ring(ui, theme, &response.clone().with_new_rect(rect.shrink2(vec2(0.0, 8.0))), 2);
    if response.clicked() && !is_front {
        cx.push(Command::ShowTab(pane));
    }
    rect.right()
}
