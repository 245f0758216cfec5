//! What one frame of the axis view is drawn from: scale, lanes and rulers, kept until something changes, and how each
//! event is lit.

use super::{
    cx::Cx,
    glyphs::GlyphState,
    kept::{kept, key_of},
    search_ui,
    timeline_kept::timeline_key,
    type_scale::Type,
    widgets,
};
use crate::{
    desk::{Mark, TimeWindow},
    view::{
        filter_words, lanes,
        lanes_layout::{LaneLayout, LanesLayout, PILL_PX, Pill, ROW_PX, Request},
        names::event_label,
        query::Query,
        ticks::{self, Ruler},
        time_scale::{Axis, TimeScale},
        timeline::{Item, Reach, Timeline, rests_on},
    },
};
use egui::{Id, Rangef, Rect, Ui, pos2, vec2};
use std::sync::Arc;

/// Name under which the pane remembers whether a lane shows density.
pub(super) const IS_DENSE: &str = "timeline-is-dense";
/// A glyph takes the pointer within this.
pub(super) const REACH_PX: f32 = 8.0;

/// Everything one frame of the axis is drawn from.
pub(super) struct Scene<'a> {
    pub timeline: &'a Timeline,
    pub scale: TimeScale,
    pub layout: Arc<LanesLayout>,
    pub rulers: Arc<Vec<Ruler>>,
    pub ruler: Rect,
    pub lanes: Rect,
    pub scroll_px: f32,
    /// Width of the names at the left.
    pub gutter_px: f32,
    pub selected: Option<u32>,
    pub lights: Lights,
}

/// Which events rest on the same words as what is selected or under the pointer.
#[derive(Debug, Default)]
pub(super) struct Lights {
    selected: Vec<Mark>,
    hovered: Vec<Mark>,
    hover: Option<Mark>,
    pub query: Arc<Option<Query>>,
}

impl Lights {
    pub fn new(ui: &Ui, cx: &Cx<'_>) -> Self {
        let parts = |mark: Option<Mark>| mark.map(|mark| mark.parts(cx.corpus)).unwrap_or_default();
        Self {
            selected: parts(cx.desk.selection),
            hovered: parts(cx.desk.hover),
            hover: cx.desk.hover,
            query: search_ui::query(ui, cx),
        }
    }

    /// The state of one event's glyph.
    pub fn state(&self, cx: &Cx<'_>, item: &Item, is_selected: bool) -> GlyphState {
        let Some(event) = item.event(cx.corpus) else { return GlyphState::default() };
        let doc = item.doc as usize;
        let rests =
            |parts: &[Mark]| parts.first().is_some_and(|part| part.doc() == doc) && rests_on(event, parts, cx.corpus);
        let document = cx.corpus.entries.get(doc).map(|entry| &entry.document);
        let is_wanted = |query: &Query| document.is_some_and(|document| query.wants_event(document, event));
        let is_dimmed = self.query.as_ref().as_ref().is_some_and(|query| !is_wanted(query)) || event.is_hidden();
        GlyphState {
            is_selected,
            is_related: !is_selected && (cx.desk.picked.contains(&item.mark()) || rests(&self.selected)),
            is_hovered: self.hover == Some(item.mark()) || rests(&self.hovered),
            is_dimmed,
            is_corrected: event.is_corrected(),
        }
    }
}

impl Scene<'_> {
    /// A lane's rectangle on screen.
    pub fn lane_rect(&self, lane: &LaneLayout) -> Rect {
        let top = self.lanes.top() - self.scroll_px + lane.top_px;
        Rect::from_min_size(pos2(self.lanes.left(), top), vec2(self.lanes.width(), lane.height_px))
    }

    /// The lanes in view with their rectangles.
    pub fn seen(&self) -> impl Iterator<Item = (&LaneLayout, Rect)> {
        self.layout
            .lanes
            .iter()
            .map(|lane| (lane, self.lane_rect(lane)))
            .filter(|(_, rect)| rect.intersects(self.lanes))
    }

    pub fn row_y(&self, lane: Rect, row: usize) -> f32 {
        lane.top() + self.layout.pad_px / 2.0 + (row as f32 + 0.5) * ROW_PX
    }

    pub fn item(&self, idx: u32) -> Option<Item> {
        self.timeline.item(idx)
    }

    pub fn plot(&self) -> Rangef {
        Rangef::new(self.scale.left_px() as f32, self.scale.right_px() as f32)
    }
}

/// The axis of the events for a pane of this width; the list shares it.
pub(super) fn axis(ui: &Ui, cx: &Cx<'_>, timeline: &Timeline, width_px: f32) -> Arc<Axis> {
    let desk = &cx.desk.timeline;
    let opened: Vec<u64> = desk.opened_cuts.iter().map(|at| at.to_bits()).collect();
    let reach = if desk.shows_far { Reach::All } else { Reach::Core };
    let key = key_of((timeline_key(cx), width_px.to_bits(), format!("{:?}", desk.fold), opened, reach, timeline.len()));
    kept(ui, Id::unique("timeline-axis"), key, |_| {
        timeline.axis(desk.fold, &desk.opened_cuts, reach, f64::from(width_px))
    })
}

/// Index of the selected event in `timeline.items`.
pub(super) fn selected(ui: &Ui, cx: &Cx<'_>, timeline: &Timeline) -> Option<u32> {
    let mark = cx.desk.selection?;
    let found =
        kept(ui, Id::unique("timeline-selected"), key_of((timeline_key(cx), mark)), |_| timeline.find(mark, cx.corpus));
    *found
}

/// The lanes in the window, each glyph in its place.
pub(super) fn layout(ui: &Ui, cx: &Cx<'_>, timeline: &Timeline, scale: &TimeScale, room_px: f32) -> Arc<LanesLayout> {
    let desk = &cx.desk.timeline;
    let window = scale.window();
    let pieces: Vec<[u64; 3]> = scale
        .pieces()
        .iter()
        .map(|piece| [piece.start.to_bits(), piece.left_px.to_bits(), piece.right_px.to_bits()])
        .collect();
    let week = cx.desk.settings.time_style.week;
    let shape = (room_px.to_bits(), desk.has_same_height, week);
    let edges = (window.start.to_bits(), window.end.to_bits());
    let key = key_of((timeline_key(cx), edges, pieces, &desk.folded_lanes, shape, timeline.len()));
    kept(ui, Id::unique("timeline-lanes"), key, |before: Option<&LanesLayout>| {
        let before = before.filter(|_| key_is_same_events(ui, cx));
        lanes::lay_out(&Request {
            timeline,
            scale,
            folded: &desk.folded_lanes,
            room_px,
            has_same_height: desk.has_same_height,
            week,
            title: &|item: &Item| item.event(cx.corpus).map(event_label).unwrap_or_default(),
            width: &|text| widgets::text_width(ui, text, Type::LabelBold),
            before,
        })
    })
}

/// Whether the last layout was of the same events, so that its places may be kept.
fn key_is_same_events(ui: &Ui, cx: &Cx<'_>) -> bool {
    let key = timeline_key(cx);
    let id = Id::unique("timeline-sides-of");
    let before = ui.data(|data| data.get_temp::<u64>(id));
    ui.data_mut(|data| data.insert_temp(id, key));
    before == Some(key)
}

/// The rulers of each piece of the axis.
pub(super) fn rulers(ui: &Ui, cx: &Cx<'_>, scale: &TimeScale) -> Arc<Vec<Ruler>> {
    let pieces: Vec<[u64; 4]> = scale
        .pieces()
        .iter()
        .map(|p| [p.start.to_bits(), p.end.to_bits(), p.left_px.to_bits(), p.right_px.to_bits()])
        .collect();
    let week = cx.desk.settings.time_style.week;
    kept(ui, Id::unique("timeline-rulers"), key_of((pieces, cx.words.key(), week)), |_| {
        let width = |text: &str| f64::from(widgets::text_width(ui, text, Type::Small));
        scale.pieces().iter().map(|piece| ticks::ruler(piece, cx.words, week, &width)).collect()
    })
}

/// The name of a lane.
pub(super) fn lane_name<'a>(scene: &'a Scene<'_>, lane: usize) -> &'a str {
    scene.timeline.lanes.get(lane).map_or("", |lane| lane.name.as_str())
}

/// Where a pill stands.
pub(super) fn pill_rect(scene: &Scene<'_>, lane: Rect, pill: &Pill) -> Rect {
    let middle = pos2(pill.cluster.middle, scene.row_y(lane, pill.row) - 1.0);
    Rect::from_center_size(
        middle,
        vec2(PILL_PX.max(pill.cluster.members.len().to_string().len() as f32 * 7.0 + 12.0), 16.0),
    )
}

/// A stretch of time by its first and last day.
pub(super) fn stretch_words(cx: &Cx<'_>, start: f64, end: f64) -> String {
    filter_words::stretch_words(start, end, cx.words)
}

/// All of the axis is said as `None`, so that it stays all when more is read.
pub(super) fn normal(scale: &TimeScale, window: TimeWindow) -> Option<TimeWindow> {
    let whole = scale.axis().whole();
    let slack = (whole.end - whole.start) * 1e-6;
    let is_whole = window.start <= whole.start + slack && window.end >= whole.end - slack;
    (!is_whole).then_some(window)
}
