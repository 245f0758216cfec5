//! The window: its frame, one call of each pane in its place, and the edges between them.

use super::{
    Theme,
    arrangement::{Arrangement, SIDEBAR_FROM_PX, STATUS_PX, TOOLBAR_PX, arrange},
    chart_ui,
    cx::Cx,
    empty_ui, fonts, overlay_ui, sidebar_ui, source_ui, status_ui, timeline_ui, toolbar_ui,
    type_scale::Type,
    widgets::{self, Split, SplitterAction},
};
use crate::desk::{Command, Locale, Sight};
use egui::{CornerRadius, Rect, Ui, UiBuilder, pos2, vec2};

/// Gives a new context the bundled faces and the theme; called once before anything is drawn, and again when the
/// theme changes.
pub fn prepare(ctx: &egui::Context, theme: &Theme) {
    ctx.set_fonts(fonts::definitions());
    ctx.all_styles_mut(|style| {
        for (text_style, kind) in [
            (egui::TextStyle::Body, Type::Body),
            (egui::TextStyle::Button, Type::Body),
            (egui::TextStyle::Small, Type::Small),
            (egui::TextStyle::Heading, Type::PaneTitle),
            (egui::TextStyle::Monospace, Type::Body),
        ] {
            style.text_styles.insert(text_style, kind.font());
        }
        style.spacing.item_spacing = vec2(8.0, 4.0);
        style.interaction.tooltip_delay = 0.4;
    });
    theme.apply(ctx);
}

/// Draws the whole window into `ui` and pushes what the user did.
pub fn window_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, CornerRadius::ZERO, cx.theme.paper);
    let toolbar = Rect::from_min_size(whole.min, vec2(whole.width(), TOOLBAR_PX));
    let status = Rect::from_min_max(pos2(whole.left(), whole.bottom() - STATUS_PX), whole.max);
    let area = Rect::from_min_max(toolbar.left_bottom(), status.right_top());

    part(ui, cx.words, "toolbar", toolbar, |ui| toolbar_ui::toolbar_ui(ui, cx));
    if cx.corpus.entries.is_empty() {
        part(ui, cx.words, "empty", area, |ui| empty_ui::empty_ui(ui, cx));
    } else {
        let arrangement = arrange(area, cx.desk);
        cx.see(Sight::Narrow(area.width() < SIDEBAR_FROM_PX));
        panes_ui(ui, cx, &arrangement);
        splitters_ui(ui, cx, area, &arrangement);
    }
    part(ui, cx.words, "status", status, |ui| status_ui::status_ui(ui, cx));
    overlay_ui::overlay_ui(ui, cx);
}

fn panes_ui(ui: &mut Ui, cx: &mut Cx<'_>, arrangement: &Arrangement) {
    if let Some(rect) = arrangement.sidebar {
        part(ui, cx.words, "sidebar", rect, |ui| sidebar_ui::sidebar_ui(ui, cx));
    }
    if let Some(rect) = arrangement.timeline {
        part(ui, cx.words, "timeline", rect, |ui| timeline_ui::timeline_ui(ui, cx, arrangement));
    }
    if let Some(rect) = arrangement.chart {
        part(ui, cx.words, "chart", rect, |ui| chart_ui::chart_ui(ui, cx, arrangement));
    }
    if let Some(rect) = arrangement.source {
        part(ui, cx.words, "source", rect, |ui| source_ui::source_ui(ui, cx, arrangement));
    }
}

fn splitters_ui(ui: &mut Ui, cx: &mut Cx<'_>, area: Rect, arrangement: &Arrangement) {
    let column = |x: f32| Rect::from_min_max(pos2(x, area.top()), pos2(x, area.bottom()));
    if let Some(rect) = arrangement.sidebar {
        let name = cx.words.get("splitter.sidebar");
        match widgets::splitter(ui, cx.theme, name, column(rect.right()), Split::Columns) {
            Some(SplitterAction::MoveBy(by)) => cx.push(Command::SetSidebarWidth(Some(rect.width() + by))),
            Some(SplitterAction::Reset) => cx.push(Command::SetSidebarWidth(None)),
            None => {}
        }
    }
    let right = arrangement.source.or(if arrangement.has_right_tabs { arrangement.chart } else { None });
    if let Some(rect) = right.filter(|rect| rect.left() > area.left() && !arrangement.has_one_pane) {
        let name = cx.words.get("splitter.source");
        match widgets::splitter(ui, cx.theme, name, column(rect.left()), Split::Columns) {
            Some(SplitterAction::MoveBy(by)) => cx.push(Command::SetSourceWidth(Some(rect.width() - by))),
            Some(SplitterAction::Reset) => cx.push(Command::SetSourceWidth(None)),
            None => {}
        }
    }
    if let (Some(timeline), Some(chart)) = (arrangement.timeline, arrangement.chart)
        && timeline.bottom() == chart.top()
    {
        let line = Rect::from_min_max(chart.left_top(), chart.right_top());
        let name = cx.words.get("splitter.chart");
        match widgets::splitter(ui, cx.theme, name, line, Split::Rows) {
            Some(SplitterAction::MoveBy(by)) => cx.push(Command::SetChartHeight(Some(chart.height() - by))),
            Some(SplitterAction::Reset) => cx.push(Command::SetChartHeight(None)),
            None => {}
        }
    }
}

/// The parts of the window that F6 goes through, in its order.
const PARTS: [&str; 7] = ["toolbar", "empty", "sidebar", "timeline", "chart", "source", "status"];

/// The ids under which the parts of the window have the keyboard focus as a whole.
pub fn pane_focus_ids() -> Vec<egui::Id> {
    PARTS.iter().map(|name| pane_focus_id(name)).collect()
}

fn pane_focus_id(name: &str) -> egui::Id {
    egui::Id::unique(("pane focus", name))
}

/// Gives a pane its rectangle: clipped to it, with an id of its own, and a place among those that F6 goes through.
fn part(ui: &mut Ui, words: &Locale, name: &str, rect: Rect, add: impl FnOnce(&mut Ui)) {
    let rect = rect.round();
    let anchor = ui.interact(rect, pane_focus_id(name), egui::Sense::focusable_noninteractive());
    anchor.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Pane, true, words.get(&format!("pane.{name}"))));
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(name), |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        add(ui);
        if anchor.has_focus() {
            let ring = egui::Stroke::new(2.0, ui.visuals().selection.stroke.color);
            ui.painter().rect_stroke(rect.shrink(1.0), CornerRadius::ZERO, ring, egui::StrokeKind::Middle);
        }
    });
}
