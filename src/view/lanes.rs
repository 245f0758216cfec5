//! The lanes of the timeline in pixels: glyphs with their titles, pills, or density where there are too many.
//!
//! ```text
//! gutter 112 │ plot
//! 智库报告   │ ░◌░        ├●┤ 首届峰会       第二届峰会 ●      row 0, 20 high
//!            │ 张骞西行                      运抵西安 ●        row 1
//! 达沃斯     │                                    ▬▬▬         next lane, 6 below
//! ```

use super::{
    cluster::{self, Cluster},
    labels::{self, Label, Side, Wish},
    time_scale::TimeScale,
    timeline::{Item, Lane, Timeline},
    words::Exactness,
};
use std::collections::{BTreeSet, HashMap};

/// Height of a row.
pub const ROW_PX: f32 = 20.0;
/// Blank of a lane above and below its rows, together.
pub const LANE_PAD_PX: f32 = 6.0;
/// Width of the gutter with the lanes' names.
pub const GUTTER_PX: f32 = 112.0;
/// Height of a lane that shows density.
pub const DENSITY_PX: f32 = 56.0;
/// More events in view than this, and every lane shows density.
pub const MAX_GLYPHS: usize = 2_000;
/// More events of one lane in view than this, and that lane shows density.
const MAX_LANE_GLYPHS: usize = 400;
/// Width of a density column.
pub const COLUMN_PX: f64 = 2.0;
/// How far beyond the view a glyph is drawn at most.
const BEYOND_PX: f64 = 3_000.0;
/// Width of a pill for glyphs drawn as one.
pub const PILL_PX: f32 = 26.0;

/// A glyph in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Index in `Timeline::items`.
    pub item: u32,
    /// The interval it is drawn over, cut to the view.
    pub x: (f32, f32),
    /// Row in its lane.
    pub row: usize,
    /// Its title; `None` where there is no room.
    pub label: Option<Label>,
}

/// Glyphs drawn as one, in their row.
#[derive(Debug, Clone, PartialEq)]
pub struct Pill {
    /// Its members and what it spans.
    pub cluster: Cluster,
    /// Row in its lane.
    pub row: usize,
}

/// Events of a lane within one column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// Left edge.
    pub left_px: f32,
    /// The stretch of time it stands for.
    pub start: f64,
    /// Its end.
    pub end: f64,
    /// How many events.
    pub count: usize,
}

/// One lane in pixels, from the top of all lanes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LaneLayout {
    /// Index in `Timeline::lanes`.
    pub lane: usize,
    /// Upper edge.
    pub top_px: f32,
    /// Height.
    pub height_px: f32,
    /// Glyphs, by time.
    pub glyphs: Vec<Glyph>,
    /// Glyphs drawn as one.
    pub pills: Vec<Pill>,
    /// Density, where there are too many for glyphs.
    pub columns: Vec<Column>,
    /// Events in view.
    pub n_in_view: usize,
    /// Events in view whose title found no place.
    pub n_unnamed: usize,
}

/// All lanes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LanesLayout {
    /// From top to bottom.
    pub lanes: Vec<LaneLayout>,
    /// Height of all.
    pub height_px: f32,
    /// Events in view.
    pub n_in_view: usize,
}

impl LanesLayout {
    /// The side of every title, for the next layout to keep.
    pub fn sides(&self) -> HashMap<u32, Side> {
        let glyphs = self.lanes.iter().flat_map(|lane| &lane.glyphs);
        glyphs.filter_map(|glyph| Some((glyph.item, glyph.label.as_ref()?.side))).collect()
    }

    /// Upper edge of an event's row, from the top of all lanes; `None` where it is not in view.
    pub fn row_top(&self, item: u32) -> Option<f32> {
        self.lanes.iter().find_map(|lane| {
            let glyph = lane.glyphs.iter().find(|glyph| glyph.item == item).map(|glyph| glyph.row);
            let pill = || lane.pills.iter().find(|pill| pill.cluster.members.contains(&item)).map(|pill| pill.row);
            Some(lane.top_px + LANE_PAD_PX / 2.0 + glyph.or_else(pill)? as f32 * ROW_PX)
        })
    }
}

/// What a layout depends on.
pub struct Request<'a> {
    /// The events.
    pub timeline: &'a Timeline,
    /// The axis in pixels.
    pub scale: &'a TimeScale,
    /// Names of lanes folded into one row.
    pub folded: &'a BTreeSet<String>,
    /// The title of an event.
    pub title: &'a dyn Fn(&Item) -> &'a str,
    /// Measures a title in pixels.
    pub width: &'a dyn Fn(&str) -> f32,
    /// Sides of titles in the layout before.
    pub before: &'a HashMap<u32, Side>,
}

/// Lays out all lanes.
pub fn lay_out(request: &Request<'_>) -> LanesLayout {
    let window = request.scale.window();
    let n_in_view = request.timeline.count(window.start, window.end);
    let mut out = LanesLayout { n_in_view, ..LanesLayout::default() };
    for (idx, lane) in request.timeline.lanes.iter().enumerate() {
        let n_lane = lane.count(window.start, window.end);
        let mut layout = if request.folded.contains(&lane.name) {
            LaneLayout { columns: columns(lane, request.scale), height_px: ROW_PX, ..LaneLayout::default() }
        } else if n_in_view > MAX_GLYPHS || n_lane > MAX_LANE_GLYPHS {
            LaneLayout { columns: columns(lane, request.scale), height_px: DENSITY_PX, ..LaneLayout::default() }
        } else {
            glyph_lane(request, lane)
        };
        layout.lane = idx;
        layout.top_px = out.height_px;
        layout.height_px += LANE_PAD_PX;
        layout.n_in_view = n_lane;
        out.height_px += layout.height_px;
        out.lanes.push(layout);
    }
    out
}

/// Counts of a lane in columns of [`COLUMN_PX`] over all pieces; empty ones are left out.
pub fn columns(lane: &Lane, scale: &TimeScale) -> Vec<Column> {
    columns_of(scale, &|start, end| lane.count(start, end))
}

/// Counts in columns of [`COLUMN_PX`] over all pieces of a scale; empty ones are left out.
pub fn columns_of(scale: &TimeScale, count: &dyn Fn(f64, f64) -> usize) -> Vec<Column> {
    let mut out = Vec::new();
    for piece in scale.pieces() {
        let n = (piece.width_px() / COLUMN_PX).ceil() as usize;
        for idx in 0..n {
            let left = piece.left_px + idx as f64 * COLUMN_PX;
            let start = piece.time_from_px(left);
            let end = piece.time_from_px((left + COLUMN_PX).min(piece.right_px));
            let count = count(start, end);
            if count > 0 {
                out.push(Column { left_px: left as f32, start, end, count });
            }
        }
    }
    out
}

fn glyph_lane(request: &Request<'_>, lane: &Lane) -> LaneLayout {
    let window = request.scale.window();
    let seen: Vec<(u32, Span, &str)> = request
        .timeline
        .in_view(lane, window.start, window.end)
        .filter_map(|(idx, item)| Some((idx, span(item, request.scale)?, (request.title)(item))))
        .collect();
    let wishes: Vec<Wish<'_>> = seen
        .iter()
        .map(|(idx, span, title)| Wish {
            glyph: span.covers,
            anchor: span.anchor,
            room: span.room,
            title,
            before: request.before.get(idx).copied(),
        })
        .collect();
    let (seats, left_over, rows) = labels::seat(&wishes, request.width);
    let mut glyphs: Vec<Glyph> = seats
        .into_iter()
        .filter_map(|seat| {
            let (item, span, _) = seen.get(seat.idx)?;
            Some(Glyph { item: *item, x: span.drawn, row: seat.row, label: Some(seat.label) })
        })
        .collect();
    // What found no place for its title stands in a row of its own below, merged where it is crowded.
    let row = rows.n_used();
    let places: Vec<(u32, f32)> = {
        let mut places: Vec<(u32, f32)> =
            left_over.iter().filter_map(|idx| seen.get(*idx)).map(|(item, span, _)| (*item, span.anchor)).collect();
        places.sort_by(|a, b| a.1.total_cmp(&b.1));
        places
    };
    let mut pills = Vec::new();
    for cluster in cluster::clusters(&places, PILL_PX) {
        match cluster.members.as_slice() {
            [only] => {
                let x = seen.iter().find(|(item, ..)| item == only).map_or((cluster.left, cluster.left), |s| s.1.drawn);
                glyphs.push(Glyph { item: *only, x, row, label: None });
            }
            _ => pills.push(Pill { cluster, row }),
        }
    }
    let n_rows = (row + usize::from(!left_over.is_empty())).max(1);
    LaneLayout { height_px: n_rows as f32 * ROW_PX, n_unnamed: left_over.len(), glyphs, pills, ..LaneLayout::default() }
}

/// An event on the axis, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// The interval its glyph is drawn over, cut to the view.
    pub drawn: (f32, f32),
    /// What the glyph covers, with dots and stops.
    pub covers: (f32, f32),
    /// The dot or known end.
    pub anchor: f32,
    /// The piece that its title may not leave.
    pub room: (f32, f32),
}

/// Where an event stands; `None` out of view.
pub fn span(item: &Item, scale: &TimeScale) -> Option<Span> {
    let when = &item.when;
    let (start, end) = item.drawn();
    let window = scale.window();
    let known = match when.exactness {
        Exactness::Ongoing | Exactness::Until => start,
        _ => when.middle(),
    };
    let home = scale.pieces().get(scale.piece_of(known.clamp(window.start, window.end)))?;
    // What goes on beyond the view is drawn beyond it, so that it does not seem to end at the edge.
    let (left_edge, right_edge) = (scale.left_px(), scale.right_px());
    let cut = |px: f64| px.clamp(left_edge - BEYOND_PX, right_edge + BEYOND_PX) as f32;
    let drawn = match when.exactness {
        Exactness::Ongoing => (cut(scale.px_from_time(start)).max(left_edge as f32 - 40.0), home.right_px as f32),
        Exactness::Until => (home.left_px as f32, cut(scale.px_from_time(start)).min(right_edge as f32 + 40.0)),
        _ => (cut(scale.px_from_time(start)), cut(scale.px_from_time(end))),
    };
    let inside = |px: f32| px.clamp(left_edge as f32, right_edge as f32);
    let seen = (inside(drawn.0), inside(drawn.1));
    let middle = f32::midpoint(drawn.0, drawn.1);
    let middle = if inside(middle) == middle { middle } else { f32::midpoint(seen.0, seen.1) };
    let at_least = |half: f32| (seen.0.min(middle - half), seen.1.max(middle + half));
    let (covers, anchor) = match when.exactness {
        Exactness::Moment if drawn.1 - drawn.0 < 60.0 => ((middle - 4.0, middle + 4.0), middle),
        Exactness::Moment | Exactness::Within => (at_least(4.0), middle),
        Exactness::Lasting => (at_least(2.0), middle),
        Exactness::Approximate => (at_least(9.0), middle),
        Exactness::Ongoing => (seen, seen.0),
        Exactness::Until => (seen, seen.1),
        Exactness::Before => ((drawn.1 - 8.0, drawn.1 + 1.0), drawn.1),
        Exactness::After => ((drawn.0 - 1.0, drawn.0 + 8.0), drawn.0),
    };
    Some(Span { drawn, covers, anchor, room: (home.left_px as f32 + 1.0, home.right_px as f32 - 1.0) })
}
