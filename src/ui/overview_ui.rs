//! The strip below the lanes: all time at once, with the window as a frame that can be dragged.

use super::{
    lanes_ui::{Lights, Scene, normal, stretch_words},
    timeline_ui::{kept, key_of, timeline_key},
    type_scale::Type,
    widgets,
    window::Cx,
};
use crate::{
    desk::{Command, TimeWindow},
    view::{
        lanes::{self, Column},
        overview::{self, Grip},
        time_scale::TimeScale,
        timeline::Timeline,
    },
};
use egui::{Align2, CornerRadius, Id, Rangef, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;

/// Draws the strip into `rect`, under the lanes of `scene`.
pub(super) fn overview_ui(ui: &mut Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, rect: Rect) {
    ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.theme.panel);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, cx.theme.hair));
    let at = pos2(rect.left() + 16.0, rect.center().y);
    widgets::text_at(ui, at, Align2::LEFT_CENTER, cx.words.get("timeline.overview"), Type::Label, cx.theme.ink_2);
    let whole = TimeScale::new(scene.scale.axis(), None, scene.scale.left_px(), scene.scale.right_px());
    let strip = Rect::from_min_max(
        pos2(whole.left_px() as f32, rect.top() + 5.0),
        pos2(whole.right_px() as f32, rect.bottom() - 5.0),
    );
    strip_ui(ui, cx, scene.timeline, &whole, scene.scale.window(), scene.selected, strip);
}

/// Histogram, selection and frame in `strip`; the list has it at its top.
pub(super) fn strip_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    timeline: &Timeline,
    whole: &TimeScale,
    window: TimeWindow,
    selected: Option<u32>,
    strip: Rect,
) {
    let theme = cx.theme;
    let foot = strip.bottom() - 4.0;
    let columns = columns(ui, cx, timeline, whole);
    let max = columns.iter().map(|column| column.count).max().unwrap_or(1);
    for piece in whole.pieces() {
        let line = Stroke::new(1.0, theme.line);
        ui.painter().hline(piece.left_px as f32..=piece.right_px as f32, foot.floor() + 0.5, line);
    }
    let colour = super::Theme::wash(theme.time, 75);
    for column in columns.iter() {
        // Single events are drawn wider than their column, so that they can be seen.
        let grow = if columns.len() < 200 { 1.5 } else { 0.0 };
        let top = foot - overview::bar_height(column.count, max, strip.height() - 14.0);
        let bar = Rect::from_min_max(pos2(column.left_px - grow, top), pos2(column.left_px + 2.0 + grow, foot));
        ui.painter().rect_filled(bar, CornerRadius::ZERO, colour);
    }
    ticks_ui(ui, cx, timeline, whole, selected, strip);
    let left = whole.px_from_time(window.start) as f32;
    let right = whole.px_from_time(window.end) as f32;
    frame_ui(ui, cx, (left, right), strip);
    drag(ui, cx, whole, window, (left, right), strip);
}

fn columns(ui: &Ui, cx: &Cx<'_>, timeline: &Timeline, whole: &TimeScale) -> Arc<Vec<Column>> {
    let pieces: Vec<[u64; 2]> = whole.pieces().iter().map(|p| [p.left_px.to_bits(), p.start.to_bits()]).collect();
    let key = key_of((timeline_key(cx), pieces, whole.right_px().to_bits()));
    kept(ui, Id::unique("timeline-overview"), key, |_| {
        lanes::columns_of(whole, &|start, end| timeline.count(start, end))
    })
}

/// The selection in cinnabar and search hits in ink, on top.
fn ticks_ui(ui: &Ui, cx: &Cx<'_>, timeline: &Timeline, whole: &TimeScale, selected: Option<u32>, strip: Rect) {
    let tick = |time: f64, colour| {
        let x = (whole.px_from_time(time) as f32).floor() + 0.5;
        ui.painter().vline(x, strip.top() + 2.0..=strip.top() + 8.0, Stroke::new(2.0, colour));
    };
    if !cx.desk.search.trim().is_empty() && timeline.items.len() <= 5_000 {
        let lights = Lights::new(cx);
        for item in timeline.items.iter().filter(|item| !lights.state(cx, item, false).is_dimmed) {
            tick(item.when.middle(), cx.theme.ink);
        }
    }
    if let Some(item) = selected.and_then(|idx| timeline.items.get(idx as usize)) {
        tick(item.when.middle(), cx.theme.selected);
    }
}

fn frame_ui(ui: &Ui, cx: &Cx<'_>, (left, right): (f32, f32), strip: Rect) {
    let frame = Rect::from_x_y_ranges(Rangef::new(left.floor(), right.ceil()), strip.y_range());
    ui.painter().rect_stroke(frame, CornerRadius::same(1), Stroke::new(1.0, cx.theme.ink_2), StrokeKind::Inside);
    // Handles of a narrow window move apart, so that each can be taken.
    let apart = ((16.0 - frame.width()) / 2.0).max(0.0);
    for x in [frame.left() - apart, frame.right() + apart] {
        let handle = Rect::from_center_size(pos2(x, frame.center().y), vec2(6.0, 18.0));
        ui.painter().rect_filled(handle, CornerRadius::same(3), cx.theme.ink_2);
    }
}

fn drag(ui: &mut Ui, cx: &mut Cx<'_>, whole: &TimeScale, window: TimeWindow, frame: (f32, f32), strip: Rect) {
    let response = ui.interact(
        strip.expand2(vec2(overview::HANDLE_REACH_PX, 5.0)),
        ui.scope_id().with("overview"),
        Sense::click_and_drag(),
    );
    response.widget_info(|| {
        let name = format!("{}: {}", cx.words.get("timeline.overview"), stretch_words(cx, window.start, window.end));
        WidgetInfo::labeled(Role::Slider, true, name)
    });
    widgets::focus_ring(ui, cx.theme, &response, 2);
    let id = Id::unique("timeline-grip");
    let covers_all = normal(whole, window).is_none();
    let grip_at = |x: f32| overview::grip(x, frame, covers_all);
    if let Some(at) = response.hover_pos() {
        let cursor = match grip_at(at.x) {
            Grip::Left | Grip::Right => egui::CursorIcon::ResizeHorizontal,
            Grip::Inside => egui::CursorIcon::Grab,
            Grip::From(_) => egui::CursorIcon::Crosshair,
        };
        ui.ctx().set_cursor_icon(cursor);
    }
    if response.drag_started()
        && let Some(from) = ui.input(|input| input.pointer.press_origin())
    {
        ui.data_mut(|data| data.insert_temp(id, grip_at(from.x)));
    }
    if response.dragged()
        && let Some(at) = response.interact_pointer_pos()
        && let Some(grip) = ui.data(|data| data.get_temp::<Grip>(id))
        && let Some(next) = overview::dragged(grip, window, whole, at.x, response.drag_delta().x)
    {
        cx.push(Command::SetTimeWindow(normal(whole, next)));
    }
    if response.double_clicked() {
        cx.push(Command::ZoomToFit);
    }
}
