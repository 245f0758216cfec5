//! What a screen reader and the Tab key meet on the axis: a node for each event, for each pill, and for each column of
//! density. Nodes draw nothing but the ring of the focus.

use super::{
    cx::Cx,
    glyphs::anchor_x,
    scene::{REACH_PX, Scene, lane_name, pill_rect, stretch_words},
    widgets,
};
use crate::{
    desk::{Command, TimeWindow},
    view::{
        lanes,
        lanes_layout::{Glyph, LaneLayout, Pill, ROW_PX},
        number,
        timeline::Item,
        when::DAY_SECS,
        words,
    },
};
use egui::{Id, Rangef, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2};

/// So many events and columns at most are told one by one.
const MAX_NODES: usize = 300;
/// Of one lane of density so many columns at most.
const MAX_COLUMNS: usize = 60;
/// A lane of density with no more events in view than these tells each of them.
const MAX_SINGLE: usize = 60;

/// The nodes that are left for this frame.
#[derive(Debug)]
pub(super) struct Nodes {
    n_left: usize,
}

impl Nodes {
    pub const fn new() -> Self {
        Self { n_left: MAX_NODES }
    }

    fn take(&mut self) -> bool {
        let is_left = self.n_left > 0;
        self.n_left = self.n_left.saturating_sub(1);
        is_left
    }

    /// The nodes of what a lane shows.
    pub fn lane_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, lane: &LaneLayout, rect: Rect) {
        for glyph in &lane.glyphs {
            if is_seen(scene, rect, glyph) && self.take() {
                event_ui(ui, cx, scene, lane.lane, (&glyph.item, glyph_rect(scene, rect, glyph)));
            }
        }
        for pill in &lane.pills {
            self.pill_ui(ui, cx, scene, (lane, rect), pill);
        }
        if lane.is_dense {
            self.density_ui(ui, cx, scene, lane, rect);
        }
    }

    /// A pill says how many it stands for and opens them; behind it come its members.
    fn pill_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        scene: &Scene<'_>,
        (lane, lane_rect): (&LaneLayout, Rect),
        pill: &Pill,
    ) {
        let rect = pill_rect(scene, lane_rect, pill);
        let plot = scene.plot();
        let is_seen = scene.lanes.y_range().contains(rect.center().y) && rect.x_range().intersects(plot);
        let (Some(first), true) = (pill.cluster.members.first(), is_seen && self.take()) else { return };
        let (start, end) = pill.times;
        let id = Id::unique(("timeline-pill", lane.lane, *first));
        let response = ui.interact(rect, id, Sense::CLICK);
        let n = pill.cluster.members.len().to_string();
        let name = cx.words.fill("timeline.cluster", &[&n, &stretch_words(cx, start, end)]);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        widgets::focus_ring(ui, cx.theme, &response, 8);
        if is_pressed(ui, &response) {
            let pad = ((end - start) * 0.25).max(DAY_SECS / 24.0);
            cx.push(Command::SetTimeWindow(Some(TimeWindow { start: start - pad, end: end + pad })));
        }
        for member in &pill.cluster.members {
            let Some(item) = scene.item(*member) else { continue };
            if !self.take() {
                return;
            }
            event_ui(ui, cx, scene, lane.lane, (&item, rect));
        }
    }

    /// Of few events each, of many the columns.
    fn density_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, lane: &LaneLayout, rect: Rect) {
        let Some(info) = scene.timeline.lanes.get(lane.lane) else { return };
        let visible = rect.intersect(scene.lanes);
        if lane.n_in_view <= MAX_SINGLE {
            let window = scene.scale.window();
            let (items, _) = scene.timeline.in_view(info, window.start, window.end);
            for item in items {
                let Some(span) = lanes::span(&item, &scene.scale) else { continue };
                if !self.take() {
                    return;
                }
                let x = span.anchor;
                let spot = Rect::from_x_y_ranges(x - REACH_PX..=x + REACH_PX, visible.y_range());
                event_ui(ui, cx, scene, lane.lane, (&item, spot));
            }
            return;
        }
        for column in lane.columns.iter().take(MAX_COLUMNS) {
            if !self.take() {
                return;
            }
            let spot = Rect::from_x_y_ranges(column.left_px..=column.right_px, visible.y_range());
            let id = Id::unique(("timeline-column", lane.lane, column.start.to_bits()));
            let response = ui.interact(spot, id, Sense::CLICK);
            let head = format!("{} ・ {}", stretch_words(cx, column.start, column.end - 1.0), info.name);
            let count = number::counted(column.count, cx.words);
            let name = cx.words.fill("timeline.column", &[&head, &count]);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            widgets::focus_ring(ui, cx.theme, &response, 2);
            if is_pressed(ui, &response) {
                let (start, end) = (column.start, column.end);
                cx.push(Command::SetTimeWindow(Some(TimeWindow { start, end })));
            }
        }
    }
}

/// Whether it was pressed by the keyboard or a screen reader; what the pointer does is told by the ground.
fn is_pressed(ui: &Ui, response: &Response) -> bool {
    let by_pointer = ui.input(|input| input.pointer.any_released() || input.pointer.any_click());
    response.clicked() && !by_pointer
}

/// An event that can be selected.
fn event_ui(ui: &mut Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, lane: usize, (item, rect): (&Item, Rect)) {
    let Some(event) = item.event(cx.corpus) else { return };
    let response = ui.interact(rect, Id::unique(("timeline-event", lane, item.doc, item.event)), Sense::CLICK);
    let is_selected = scene.selected == Some(item.row);
    response.widget_info(|| {
        let date = words::event_date(event, cx.words);
        let name = cx.words.fill("timeline.item", &[&date, &event.title, lane_name(scene, lane)]);
        WidgetInfo::selected(Role::ListItem, true, is_selected, name)
    });
    if response.has_focus() {
        widgets::focus_ring(ui, cx.theme, &response, 2);
    }
    if is_pressed(ui, &response) {
        cx.push(Command::Select(item.mark()));
    }
}

/// The rectangle of a glyph with its title.
fn glyph_rect(scene: &Scene<'_>, lane: Rect, glyph: &Glyph) -> Rect {
    let y = scene.row_y(lane, glyph.row);
    let rect = Rect::from_x_y_ranges(glyph.x.0 - REACH_PX..=glyph.x.1 + REACH_PX, y - ROW_PX / 2.0..=y + ROW_PX / 2.0);
    match glyph.label.as_ref() {
        Some(label) if label.row == glyph.row => {
            rect.union(Rect::from_x_y_ranges(label.left..=label.right, rect.y_range()))
        }
        _ => rect,
    }
}

/// Whether a glyph stands where it can be seen, not in what is laid out beyond the view.
fn is_seen(scene: &Scene<'_>, lane: Rect, glyph: &Glyph) -> bool {
    let y = scene.row_y(lane, glyph.row);
    let plot = scene.plot();
    scene.lanes.y_range().contains(y) && glyph.x.1 >= plot.min && glyph.x.0 <= plot.max
}

/// Where the selection stands in a lane of density, which draws no glyph: a line of its colour.
pub(super) fn selected_line_ui(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>, lane: &LaneLayout, rect: Rect) {
    let Some(row) = scene.selected.filter(|_| lane.is_dense) else { return };
    let holds = scene.timeline.lanes.get(lane.lane).is_some_and(|info| info.rows().holds(row));
    let is_named = lane.peaks.iter().any(|peak| peak.item.row == row);
    let Some(item) = scene.item(row).filter(|_| holds && !is_named) else { return };
    let Some(span) = lanes::span(&item, &scene.scale) else { return };
    let x = anchor_x(item.when.exactness, Rangef::new(span.drawn.0, span.drawn.1)).floor();
    let line = Rect::from_min_max(pos2(x - 1.0, rect.top() + 3.0), pos2(x + 1.0, rect.bottom() - 3.0));
    ui.painter().rect_filled(line, egui::CornerRadius::ZERO, cx.theme.selected);
}
