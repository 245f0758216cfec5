//! The strip below the lanes: all time at once, with the window as a frame that can be dragged.

use super::{
    cx::Cx,
    kept::{kept, key_of},
    scene::{Lights, Scene, normal, stretch_words},
    timeline_kept::timeline_key,
    type_scale::Type,
    widgets,
};
use crate::{
    desk::{Command, TimeWindow},
    view::{
        lanes_layout::Column,
        overview::{self, Grip},
        ticks::{self, Ruler},
        time_scale::TimeScale,
        timeline::Timeline,
        words,
    },
};
use egui::{Align2, CornerRadius, Id, Rangef, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;

/// Room for the marks below the columns of a high strip.
const TICKS_PX: f32 = 20.0;
/// Titles of more events are not looked at for hits here; the search itself finds them.
const MAX_SEARCHED: usize = 100_000;

/// Draws the strip into `rect`, under the lanes of `scene`.
pub(super) fn overview_ui(ui: &mut Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, rect: Rect) {
    ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.theme.panel);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, cx.theme.hair));
    let whole = TimeScale::new(scene.scale.axis(), None, scene.scale.left_px(), scene.scale.right_px());
    let is_high = rect.height() > overview::OVERVIEW_PX;
    let n_far = scene.timeline.n_far();
    let foot = if is_high { TICKS_PX } else { 5.0 };
    let middle = match (is_high, n_far > 0) {
        (true, true) => rect.center().y - 18.0,
        (true, false) => rect.center().y - 8.0,
        (false, true) => rect.center().y - 8.0,
        (false, false) => rect.center().y,
    };
    let at = pos2(rect.left() + 16.0, middle);
    widgets::text_at(ui, at, Align2::LEFT_CENTER, cx.words.get("timeline.overview"), Type::Label, cx.theme.ink_2);
    if is_high {
        let all = scene.scale.axis().whole();
        let years = widgets::elided(ui, &years_words(cx, all), Type::Small, scene.gutter_px - 20.0);
        widgets::text_at(ui, at + vec2(0.0, 17.0), Align2::LEFT_CENTER, &years, Type::Small, cx.theme.ink_3);
        ticks_below_ui(ui, cx, &whole, rect.bottom() - TICKS_PX / 2.0);
    }
    if n_far > 0 {
        far_ui(ui, cx, (n_far, scene.gutter_px - 20.0), at + vec2(0.0, if is_high { 34.0 } else { 17.0 }));
    }
    let strip = Rect::from_min_max(
        pos2(whole.left_px() as f32, rect.top() + 5.0),
        pos2(whole.right_px() as f32, rect.bottom() - foot),
    );
    strip_ui(ui, cx, scene.timeline, &whole, scene.scale.window(), scene.selected, strip);
}

/// How many events lie off the axis; a click stretches it to them.
fn far_ui(ui: &mut Ui, cx: &mut Cx<'_>, (n_far, room_px): (usize, f32), at: egui::Pos2) {
    let text = if cx.desk.timeline.shows_far {
        cx.words.get("timeline.n-far-shown").to_owned()
    } else {
        cx.words.fill("timeline.n-far", &[&super::toolbar_ui::grouped(n_far)])
    };
    let text = widgets::elided(ui, &text, Type::Small, room_px);
    let width = widgets::text_width(ui, &text, Type::Small);
    let rect = Rect::from_min_size(at - vec2(4.0, 9.0), vec2(width + 8.0, 18.0));
    let response = ui.interact(rect, ui.scope_id().with("far"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &text));
    let ink = if response.hovered() { cx.theme.ink } else { cx.theme.time };
    widgets::text_at(ui, at, Align2::LEFT_CENTER, &text, Type::Small, ink);
    widgets::focus_ring(ui, cx.theme, &response, 2);
    if response.clicked() {
        cx.push(Command::ToggleFar);
    }
}

/// 1949—2026.
fn years_words(cx: &Cx<'_>, all: TimeWindow) -> String {
    use crate::edtf::{Edtf, Moment};
    use chrono::Datelike as _;
    let year = |secs: f64| Moment::from_seconds(secs as i64).map(|moment| Edtf::from_year(moment.0.year()));
    let (first, last) = (year(all.start), year(all.end));
    words::date(&Edtf::range(first.as_ref(), last.as_ref()), cx.words)
}

/// The ruler's marks of all time, below the columns.
fn ticks_below_ui(ui: &Ui, cx: &Cx<'_>, whole: &TimeScale, y: f32) {
    let width = |text: &str| f64::from(widgets::text_width(ui, text, Type::Small));
    let pieces: Vec<[u64; 2]> = whole.pieces().iter().map(|p| [p.left_px.to_bits(), p.start.to_bits()]).collect();
    let week = cx.desk.settings.time_style.week;
    let key = key_of((pieces, whole.right_px().to_bits(), cx.words.key(), week));
    let rulers = kept(ui, Id::unique("overview-rulers"), key, |_| -> Vec<Ruler> {
        whole.pieces().iter().map(|piece| ticks::ruler(piece, cx.words, week, &width)).collect()
    });
    for (piece, ruler) in whole.pieces().iter().zip(rulers.iter()) {
        for (middle, label) in ticks::one_line(piece, ruler, &width) {
            let at = pos2(middle as f32, y);
            widgets::text_at(ui, at, Align2::CENTER_CENTER, &label, Type::Small, cx.theme.ink_3);
        }
    }
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
    let mut mesh = egui::Mesh::default();
    for column in columns.iter() {
        // Single events are drawn wider than their column, so that they can be seen.
        let grow = if columns.len() < 200 { 1.5 } else { 0.0 };
        let top = foot - overview::bar_height(column.count, max, strip.height() - 14.0);
        let right = (column.right_px - 0.4).max(column.left_px + 1.0);
        mesh.add_colored_rect(Rect::from_min_max(pos2(column.left_px - grow, top), pos2(right + grow, foot)), colour);
    }
    ui.painter().add(egui::Shape::mesh(mesh));
    ticks_ui(ui, cx, timeline, whole, selected, strip);
    let left = whole.px_from_time(window.start) as f32;
    let right = whole.px_from_time(window.end) as f32;
    frame_ui(ui, cx, (left, right), strip);
    drag(ui, cx, whole, window, (left, right), strip);
}

fn columns(ui: &Ui, cx: &Cx<'_>, timeline: &Timeline, whole: &TimeScale) -> Arc<Vec<Column>> {
    let pieces: Vec<[u64; 2]> = whole.pieces().iter().map(|p| [p.left_px.to_bits(), p.start.to_bits()]).collect();
    let week = cx.desk.settings.time_style.week;
    let key = key_of((timeline_key(cx), pieces, whole.right_px().to_bits(), timeline.len(), week));
    kept(ui, Id::unique("timeline-overview"), key, |_| overview::columns(timeline, whole, week))
}

/// The selection in cinnabar and search hits in ink, on top.
fn ticks_ui(ui: &Ui, cx: &Cx<'_>, timeline: &Timeline, whole: &TimeScale, selected: Option<u32>, strip: Rect) {
    let tick = |time: f64, colour| {
        let x = (whole.px_from_time(time) as f32).floor() + 0.5;
        ui.painter().vline(x, strip.top() + 2.0..=strip.top() + 8.0, Stroke::new(2.0, colour));
    };
    let mut last_px = i64::MIN;
    for (_, time) in hits(ui, cx, timeline).iter() {
        let px = whole.px_from_time(*time) as i64;
        if px != last_px {
            tick(*time, cx.theme.ink);
        }
        last_px = px;
    }
    if let Some(item) = selected.and_then(|row| timeline.item(row)) {
        tick(item.when.middle(), cx.theme.selected);
    }
}

/// What is searched for: the rows of the events and when they happened, in order. Nothing where nothing is searched for,
/// or where there are too many events to look at.
pub(super) fn hits(ui: &Ui, cx: &Cx<'_>, timeline: &Timeline) -> Arc<Vec<(u32, f64)>> {
    let search = cx.desk.search.trim();
    if search.is_empty() || timeline.len() > MAX_SEARCHED {
        return Arc::default();
    }
    kept(ui, Id::unique("timeline-hits"), key_of((timeline_key(cx), search)), |_| {
        let lights = Lights::new(ui, cx);
        let items = (0..timeline.len()).filter_map(|ordinal| timeline.item(timeline.rows.get(ordinal)?));
        let found = items.filter(|item| !lights.state(cx, item, false).is_dimmed);
        found.map(|item| (item.row, item.when.middle())).collect()
    })
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
        cx.push(Command::SetTimeWindow(None));
    }
}
