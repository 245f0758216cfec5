//! Ctrl drag on the timeline: a rectangle that picks the events in it.

use super::{
    Theme,
    cx::Cx,
    scene::{Scene, pill_rect},
};
use crate::{
    desk::{Command, Mark},
    view::{
        lanes,
        lanes_layout::Peak,
        lanes_layout::{Glyph, LaneLayout, Pill},
        timeline::Item,
    },
};
use egui::{CornerRadius, Id, Pos2, Rangef, Rect, Response, Stroke, StrokeKind, Ui, pos2};

/// It picks so many events at most.
const MAX_PICKED: usize = 200;

/// Draws the rectangle while it is drawn and picks at its end; returns whether it is drawn now.
pub(super) fn band_ui(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, ground: &Response) -> bool {
    let id = Id::unique("timeline-band-from");
    if ground.drag_started() {
        let from = ui.input(|input| input.pointer.press_origin().filter(|_| input.modifiers.command));
        ui.data_mut(|data| data.insert_temp(id, from.filter(|from| scene.lanes.contains(*from))));
    }
    let Some(from) = ui.data(|data| data.get_temp::<Option<Pos2>>(id)).flatten() else { return false };
    let Some(at) = ground.interact_pointer_pos() else { return false };
    let band = Rect::from_two_pos(from, at).intersect(scene.lanes);
    ui.painter().rect_filled(band, CornerRadius::ZERO, Theme::wash(cx.theme.selected, 10));
    ui.painter().rect_stroke(band, CornerRadius::ZERO, Stroke::new(1.0, cx.theme.selected), StrokeKind::Inside);
    if ground.drag_stopped() {
        ui.data_mut(|data| data.insert_temp(id, None::<Pos2>));
        for mark in within(scene, band).into_iter().take(MAX_PICKED) {
            if cx.desk.selection != Some(mark) && !cx.desk.picked.contains(&mark) {
                cx.push(Command::Pick(mark));
            }
        }
    }
    true
}

/// The events whose glyph, pill, dot or place in the density lies in a rectangle.
fn within(scene: &Scene<'_>, band: Rect) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (lane, rect) in scene.seen() {
        let touches = |glyph: &&Glyph| {
            let y = scene.row_y(rect, glyph.row);
            let x = Rangef::new(glyph.x.0 - 4.0, glyph.x.1 + 4.0);
            band.y_range().intersects(Rangef::new(y - 5.0, y + 5.0)) && band.x_range().intersects(x)
        };
        marks.extend(lane.glyphs.iter().filter(touches).map(|glyph| glyph.item.mark()));
        let named = |peak: &&Peak| band.contains(pos2(peak.x, rect.top() + 11.0));
        marks.extend(lane.peaks.iter().filter(named).map(|peak| peak.item.mark()));
        let pills = lane.pills.iter().filter(|pill: &&Pill| pill_rect(scene, rect, pill).intersects(band));
        let members = pills.flat_map(|pill| &pill.cluster.members);
        marks.extend(members.filter_map(|row| scene.item(*row)).map(|item| item.mark()));
        if lane.is_dense && band.y_range().intersects(rect.y_range()) {
            marks.extend(within_density(scene, lane, band));
        }
    }
    // An event may stand in several lanes.
    let mut seen = std::collections::HashSet::new();
    marks.retain(|mark| seen.insert(*mark));
    marks
}

/// The events of a lane without glyphs that stand between the sides of a rectangle, as far as so many can be picked.
fn within_density(scene: &Scene<'_>, lane: &LaneLayout, band: Rect) -> Vec<Mark> {
    let Some(info) = scene.timeline.lanes.get(lane.lane) else { return Vec::new() };
    let time = |px: f32| scene.scale.time_from_px(f64::from(px));
    let (start, end) = (time(band.left()), time(band.right()));
    if scene.timeline.count_in(info, start, end) > MAX_PICKED {
        return Vec::new();
    }
    let (items, _) = scene.timeline.in_view(info, start, end);
    let is_inside =
        |item: &Item| lanes::span(item, &scene.scale).is_some_and(|span| band.x_range().contains(span.anchor));
    items.into_iter().filter(is_inside).map(|item| item.mark()).collect()
}
