//! Commands that only the axis view can work out, because they go by what is in the window: zoom, centre, the next lane.

use super::{
    cx::Cx,
    gutter_ui,
    scene::{Scene, normal},
};
use crate::{
    desk::{Command, Nudge, TimeWindow},
    view::{
        lanes_layout::{Pill, ROW_PX},
        time_scale::TimeScale,
        timeline::Item,
        words::Exactness,
    },
};
use egui::{Id, Ui};

/// Answers a command that only the pane can work out.
pub(super) fn answer_nudge(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>) {
    let Some(nudge) = cx.desk.timeline.nudge else { return };
    let scale = &scene.scale;
    let middle = f64::midpoint(scale.left_px(), scale.right_px());
    let item = scene.selected.and_then(|idx| scene.item(idx));
    let same = cx.desk.timeline.window;
    let window = match nudge {
        Nudge::Zoom(factor) => normal(scale, scale.zoom_at(middle, factor)),
        Nudge::Pan(share) => normal(scale, scale.pan(-share * (scale.right_px() - scale.left_px()))),
        Nudge::FitSelection => item.map_or(same, |item| normal(scale, fit(&item, scale))),
        Nudge::Middle => item.map_or(same, |item| {
            let window = scale.window();
            let half = (window.end - window.start) / 2.0;
            let known = item.when.middle();
            normal(scale, TimeWindow { start: known - half, end: known + half })
        }),
        Nudge::Centre => item.map_or(same, |item| {
            let known = item.when.middle();
            let whole = scale.axis().whole();
            if (known < whole.start || known > whole.end) && !cx.desk.timeline.shows_far {
                cx.push(Command::ToggleFar);
                return Some(fit(&item, scale));
            }
            centred(scene, &item, same)
        }),
        Nudge::FoldLane | Nudge::FoldLanes | Nudge::MoveLane(_) => {
            cx.push(Command::SetTimeWindow(same));
            return gutter_ui::answer(cx, scene, nudge, lane_of_selection(ui, scene));
        }
        Nudge::Lane(by) => {
            cx.push(Command::SetTimeWindow(same));
            if let Some((item, lane)) = lane_step(ui, scene, by) {
                ui.data_mut(|data| data.insert_temp(Id::unique(LANE_OF), (item.row, lane)));
                cx.push(Command::Select(item.mark()));
            }
            return;
        }
    };
    cx.push(Command::SetTimeWindow(window));
    if nudge == Nudge::Centre {
        // Only the next layout tells in which row it stands when the window is there.
        ui.data_mut(|data| data.insert_temp(Id::unique(REVEAL), true));
    }
}

/// Under this the pane remembers that the selection is to be scrolled into view.
const REVEAL: &str = "timeline-reveal-selection";

/// Scrolls the lanes to the selection, where it was centred in the frame before.
pub(super) fn reveal(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, max_scroll: f32) {
    let is_wanted = ui.data_mut(|data| data.remove_temp::<bool>(Id::unique(REVEAL)));
    let Some((top, row_px)) = is_wanted.and_then(|_| place_of_selection(ui, scene)) else { return };
    let height = scene.lanes.height();
    let is_seen = scene.scroll_px <= top && top + row_px + 20.0 <= scene.scroll_px + height;
    if !is_seen {
        cx.push(Command::ScrollLanes((top - height / 2.0).clamp(0.0, max_scroll)));
    }
}

/// Where the selection stands, from the top of all lanes, and how high that is: its row, or its lane where that shows
/// density.
fn place_of_selection(ui: &Ui, scene: &Scene<'_>) -> Option<(f32, f32)> {
    let row = scene.layout.row_top(scene.selected?).map(|top| (top, ROW_PX));
    row.or_else(|| {
        let lane = scene.layout.of_lane(lane_of_selection(ui, scene)?)?;
        Some((lane.top_px, lane.height_px))
    })
}

/// Under this the pane remembers in which lane the selection was reached, for it may stand in several.
const LANE_OF: &str = "timeline-lane-of-selection";

/// The lane of the selection: the one it was reached in, else its first.
fn lane_of_selection(ui: &Ui, scene: &Scene<'_>) -> Option<usize> {
    let row = scene.selected?;
    let reached = ui.data(|data| data.get_temp::<(u32, usize)>(Id::unique(LANE_OF)));
    let holds = |lane: &usize| scene.timeline.lanes.get(*lane).is_some_and(|lane| lane.rows().holds(row));
    let reached = reached.filter(|(of, lane)| *of == row && holds(lane)).map(|(_, lane)| lane);
    reached.or_else(|| scene.timeline.lane_of(row))
}

/// The event nearest in time so many lanes away from the selected one, and its lane; the first in view where nothing
/// is selected.
fn lane_step(ui: &Ui, scene: &Scene<'_>, by: i32) -> Option<(Item, usize)> {
    let timeline = scene.timeline;
    let window = scene.scale.window();
    let Some(row) = scene.selected else {
        let row = timeline.rows.get(timeline.ordinal_at(window.start))?;
        return Some((scene.item(row)?, timeline.lane_of(row)?));
    };
    let time = scene.item(row)?.when.middle();
    let idx = lane_of_selection(ui, scene)?.checked_add_signed(by as isize)?;
    let lane = timeline.lanes.get(idx)?;
    let at = timeline.before(lane, time);
    let near = [at.checked_sub(1), Some(at)].into_iter().flatten();
    let near = near.filter_map(|ordinal| scene.item(lane.rows().get(ordinal)?));
    let nearest = near.min_by(|a, b| (a.when.middle() - time).abs().total_cmp(&(b.when.middle() - time).abs()));
    nearest.map(|item| (item, idx))
}

/// A window about one event, wide enough to show its neighbourhood.
fn fit(item: &Item, scale: &TimeScale) -> TimeWindow {
    let (start, end) = item.drawn();
    let piece = scale.axis().segments().iter().find(|segment| segment.start <= start && start <= segment.end);
    let end = if item.when.exactness == Exactness::Ongoing { piece.map_or(end, |segment| segment.end) } else { end };
    let pad = (end - start).max(item.when.precision_secs * 2.0);
    TimeWindow { start: start - pad, end: end + pad }
}

/// Moves the window only where the event is out of view, and zooms only where it is inside a cluster.
fn centred(scene: &Scene<'_>, item: &Item, same: Option<TimeWindow>) -> Option<TimeWindow> {
    let scale = &scene.scale;
    let known = if item.when.exactness == Exactness::Ongoing { item.when.start } else { item.when.middle() };
    let px = scale.px_from_time(known);
    let window = scale.window();
    if known < window.start || known > window.end {
        let middle = f64::midpoint(scale.left_px(), scale.right_px());
        return normal(scale, scale.pan(middle - px));
    }
    let is_member = |pill: &Pill| scene.selected.is_some_and(|idx| pill.cluster.members.contains(&idx));
    if scene.layout.lanes.iter().flat_map(|lane| &lane.pills).any(is_member) {
        return normal(scale, scale.zoom_at(px, 0.25));
    }
    same
}
