//! The lanes of the timeline in pixels: glyphs with their titles, pills, or density where there are too many.
//!
//! ```text
//! gutter 112 │ plot
//! 智库报告   │ ░◌░        ├●┤ 首届峰会       第二届峰会 ●      row 0, 20 high
//!            │ 张骞西行                      运抵西安 ●        row 1
//! 达沃斯     │                                    ▬▬▬         next lane, 6 below
//! 天津       │ ▁▂▁▃█▂▁▁▂  ● 夏季年会   ▂▁▁                    density, with its peaks named
//! ```
//!
//! Nothing jumps while the ground is moved: columns and pills begin where the calendar has them begin, what has a row
//! keeps it, and a lane that shows density goes on to until clearly fewer are in view.

use super::{
    bins::Step,
    cluster::{self, Crowded},
    labels::{self, Before, Label, MAX_ROWS, Motion, Wish},
    lanes_layout::{
        Column, Glyph, LANE_PAD_PX, LaneLayout, LanesLayout, MAX_LANE_PAD_PX, PILL_PX, Pill, ROW_PX, Request,
        px_per_sec,
    },
    peaks,
    time_scale::{Piece, TimeScale},
    timeline::{Item, Lane, Timeline},
    words::Exactness,
};
use crate::desk::WeekStart;
use std::borrow::Cow;
use std::collections::HashMap;

/// Least width of the gutter with the lanes' names.
pub const GUTTER_PX: f32 = 112.0;
/// Its greatest width: a longer name is elided also where there is room.
pub const MAX_GUTTER_PX: f32 = 300.0;
/// A pane gives names more than the least width from this width on.
const WIDE_FROM_PX: f32 = 840.0;
/// Least height of a lane that shows density.
pub const DENSITY_PX: f32 = 44.0;
/// Greatest height of a lane that shows density.
pub const MAX_DENSITY_PX: f32 = 84.0;
/// More events in view than this, and every lane shows density.
pub const MAX_GLYPHS: usize = 2_000;
/// More events of one lane in view than this, and that lane shows density.
const MAX_LANE_GLYPHS: usize = 240;
/// A lane that showed density before goes on to down to this share of the limits.
const HOLD: f64 = 0.75;
/// Least width of a density column.
pub const COLUMN_PX: f64 = 2.0;
/// Lanes in a pane so high stand further apart where there is room.
const AIRY_FROM_PX: f32 = 560.0;
/// What lies over the foot of the lanes: the flag of the writing date.
const FOOT_PX: f32 = 26.0;
/// How far beyond the view a glyph is drawn at most.
const BEYOND_PX: f64 = 3_000.0;

/// Width of the gutter in a pane of `pane_px`, where the widest name wants `wanted_px`: a third of what the pane has
/// beyond the usual may go to the names.
///
/// ```
/// use nianbiao::view::lanes::gutter_px;
/// assert_eq!(gutter_px(716.0, 280.0), 112.0); // a narrow pane elides
/// assert_eq!(gutter_px(1720.0, 180.4), 181.0); // a wide one has room
/// assert_eq!(gutter_px(1720.0, 60.0), 112.0);
/// assert_eq!(gutter_px(4000.0, 900.0), 300.0);
/// ```
pub fn gutter_px(pane_px: f32, wanted_px: f32) -> f32 {
    let most = (GUTTER_PX + (pane_px - WIDE_FROM_PX) / 3.0).clamp(GUTTER_PX, MAX_GUTTER_PX);
    wanted_px.ceil().clamp(GUTTER_PX, most.floor())
}

/// Lays out all lanes.
pub fn lay_out(request: &Request<'_>) -> LanesLayout {
    let Request { timeline, scale, .. } = request;
    let window = scale.window();
    let counts: Vec<usize> =
        timeline.lanes.iter().map(|lane| timeline.count_in(lane, window.start, window.end)).collect();
    let n_in_view = timeline.count(window.start, window.end);
    let motion = request.motion();
    let old = |lane: usize| request.before.and_then(|before| before.of_lane(lane));
    let is_dense = |lane: usize, n: usize| {
        let hold = if old(lane).is_some_and(|old| old.is_dense) { HOLD } else { 1.0 };
        n_in_view as f64 > MAX_GLYPHS as f64 * hold || n as f64 > MAX_LANE_GLYPHS as f64 * hold
    };
    let n_dense = counts.iter().enumerate().filter(|(lane, n)| is_dense(*lane, **n)).count();
    let density_px = match n_dense {
        // Where every lane shows density they fill the pane.
        n if n == counts.len() && n > 0 => {
            (request.room_px / n as f32 - LANE_PAD_PX).floor().clamp(DENSITY_PX, MAX_DENSITY_PX)
        }
        _ => DENSITY_PX + 12.0,
    };
    let panned = |idx: usize| old(idx).filter(|_| motion == Motion::Panned);
    let mut layouts = Vec::with_capacity(counts.len());
    for ((idx, lane), n_lane) in timeline.lanes.iter().enumerate().zip(counts) {
        let is_folded = request.folded.contains(&lane.key);
        let mut layout = if is_folded || is_dense(idx, n_lane) {
            let (columns, full) = columns(timeline, lane, scale, request.week);
            let height_px = if is_folded { ROW_PX } else { density_px };
            LaneLayout { columns, full, height_px, is_dense: true, ..LaneLayout::default() }
        } else {
            glyph_lane(request, (idx, lane), motion, panned(idx).map_or(MAX_ROWS, |old| old.max_rows.max(MAX_ROWS)))
        };
        layout.n_in_view = n_lane;
        layouts.push(layout);
    }
    if motion == Motion::Zoomed {
        share_room(request, &mut layouts);
    }
    // While the ground is moved lanes stay as far apart as they are.
    let pad_px = match request.before.filter(|_| motion == Motion::Panned) {
        Some(before) => before.pad_px,
        None => pad_px(request.room_px, &layouts),
    };
    let mut out = LanesLayout { n_in_view, n_pieces: scale.pieces().len(), pad_px, ..LanesLayout::default() };
    (out.px_per_sec, out.room_px) = (px_per_sec(scale), request.room_px);
    for (idx, mut layout) in layouts.into_iter().enumerate() {
        layout.height_px += pad_px;
        // A lane does not shrink under the pointer.
        if let Some(old) = panned(idx).filter(|old| old.is_dense == layout.is_dense) {
            layout.height_px = layout.height_px.max(old.height_px);
        }
        layout.lane = idx;
        layout.top_px = out.height_px;
        out.height_px += layout.height_px;
        out.lanes.push(layout);
    }
    if request.has_same_height {
        let full = out.lanes.iter().map(|lane| lane.full).max().unwrap_or(0);
        out.lanes.iter_mut().for_each(|lane| lane.full = full);
    }
    peaks::name_peaks(request, &mut out);
    out.places = places(&out);
    out
}

/// Lanes that lack rows get of those that the pane has left.
fn share_room(request: &Request<'_>, layouts: &mut [LaneLayout]) {
    let used: f32 = layouts.iter().map(|layout| layout.height_px + LANE_PAD_PX).sum();
    let mut n_spare = ((request.room_px - FOOT_PX - used) / ROW_PX).floor().max(0.0) as usize;
    let crowded: Vec<usize> = (0..layouts.len()).filter(|idx| layouts[*idx].is_crowded()).collect();
    for (n_done, idx) in crowded.iter().copied().enumerate() {
        let share = n_spare / (crowded.len() - n_done);
        let (Some(lane), Some(layout)) = (request.timeline.lanes.get(idx), layouts.get_mut(idx)) else { continue };
        let in_rows = |max_rows: usize| glyph_lane(request, (idx, lane), Motion::Zoomed, max_rows);
        // Where all have a place, the row of those that have none is free, too.
        let whole = Some(in_rows(MAX_ROWS + share + 1)).filter(|roomy| !roomy.is_crowded());
        if let Some(roomy) = whole.or_else(|| (share > 0).then(|| in_rows(MAX_ROWS + share))) {
            let n_gained = ((roomy.height_px - layout.height_px) / ROW_PX).round().max(0.0) as usize;
            n_spare = n_spare.saturating_sub(n_gained);
            *layout = LaneLayout { n_in_view: layout.n_in_view, ..roomy };
        }
    }
}

/// How far the rows of lanes stand apart from those of the next: a high pane shares out the height that is left.
fn pad_px(room_px: f32, layouts: &[LaneLayout]) -> f32 {
    if room_px < AIRY_FROM_PX || layouts.iter().any(|layout| layout.is_dense) {
        return LANE_PAD_PX;
    }
    let rows_px: f32 = layouts.iter().map(|layout| layout.height_px).sum();
    ((room_px - FOOT_PX - rows_px) / layouts.len().max(1) as f32).floor().clamp(LANE_PAD_PX, MAX_LANE_PAD_PX)
}

/// Where everything stands, for the next layout.
fn places(layout: &LanesLayout) -> HashMap<(usize, u32), Before> {
    let of_lane = |lane: &LaneLayout| {
        let glyphs = lane.glyphs.iter().map(|glyph| {
            let seated = |label: &Label| Before::Seated(glyph.row, label.side);
            (glyph.item.row, glyph.label.as_ref().map_or(Before::LeftOver, seated))
        });
        let members = lane.pills.iter().flat_map(|pill| &pill.cluster.members).map(|row| (*row, Before::LeftOver));
        let idx = lane.lane;
        glyphs.chain(members).map(move |(row, before)| ((idx, row), before)).collect::<Vec<_>>()
    };
    layout.lanes.iter().flat_map(of_lane).collect()
}

/// Density of a lane over all pieces, empty columns left out, and the count of a column that is as high as the lane.
pub fn columns(timeline: &Timeline, lane: &Lane, scale: &TimeScale, week: WeekStart) -> (Vec<Column>, usize) {
    let mut out = Vec::new();
    let mut highest = 0;
    for piece in scale.pieces() {
        let step = Step::at_least(COLUMN_PX, piece.px_per_sec(), week);
        // What lies just out of view counts for the height, so that columns do not grow as a high one leaves.
        let beyond = (piece.end - piece.start) / 4.0;
        let edges = step.edges(piece.start - beyond, piece.end + beyond);
        let mut before = edges.first().map_or(0, |edge| timeline.spread_before(lane, *edge));
        for pair in edges.windows(2) {
            let [start, end] = *pair else { continue };
            let until = timeline.spread_before(lane, end);
            let count = until.saturating_sub(before);
            before = until;
            highest = highest.max(count);
            if count > 0 && end > piece.start && start < piece.end {
                let left_px = piece.px_from_time(start).max(piece.left_px) as f32;
                let right_px = piece.px_from_time(end).min(piece.right_px) as f32;
                out.push(Column { left_px, right_px, start, end, count });
            }
        }
    }
    (out, round_up(highest))
}

/// The next number of the kind 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 × 10ⁿ: a height that changes seldom.
fn round_up(count: usize) -> usize {
    let mut power = 1_usize;
    while power.saturating_mul(10) < count {
        power = power.saturating_mul(10);
    }
    let tenths = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100];
    tenths
        .iter()
        .map(|tenth| (power.saturating_mul(*tenth)).div_ceil(10))
        .find(|round| *round >= count)
        .unwrap_or(count)
}

fn glyph_lane(request: &Request<'_>, (lane_idx, lane): (usize, &Lane), motion: Motion, max_rows: usize) -> LaneLayout {
    let (start, end) = request.reach();
    let (items, n_left_out) = request.timeline.in_view(lane, start, end);
    let seen: Vec<(Item, Span, Cow<'_, str>)> = items
        .into_iter()
        .filter_map(|item| Some((item, span(&item, request.scale)?, (request.title)(&item))))
        .collect();
    let (left, right) = (request.scale.left_px() as f32, request.scale.right_px() as f32);
    let goes_through = |span: &Span| span.drawn.0 < left && span.drawn.1 > right;
    let before = |row: u32| request.before.and_then(|before| before.places.get(&(lane_idx, row))).copied();
    let wishes: Vec<Wish<'_>> = seen
        .iter()
        .map(|(item, span, title)| Wish {
            glyph: span.covers,
            anchor: span.anchor,
            room: span.room,
            segment: span.segment,
            title,
            // What happened now comes before what was going on all the while.
            rank: if goes_through(span) { 0 } else { item.rank },
            before: before(item.row),
        })
        .collect();
    let (seats, left_over, rows) = labels::seat(&wishes, motion, max_rows, request.width);
    let mut glyphs: Vec<Glyph> = seats
        .into_iter()
        .filter_map(|seat| {
            let (item, span, _) = seen.get(seat.idx)?;
            Some(Glyph { item: *item, x: span.drawn, row: seat.row, label: Some(seat.label) })
        })
        .collect();
    // What found no place for its title stands in a row of its own below, merged where it is crowded.
    let row = rows.n_used();
    let mut pills = Vec::new();
    let left_over: Vec<(Item, Span)> =
        left_over.iter().filter_map(|idx| seen.get(*idx)).map(|(item, span, _)| (*item, *span)).collect();
    let piece_of = |item: &Item| request.scale.piece_of(item.when.middle());
    for group in left_over.chunk_by(|a, b| piece_of(&a.0) == piece_of(&b.0)) {
        let px_per_sec = group
            .first()
            .and_then(|(item, _)| request.scale.pieces().get(piece_of(item)))
            .map_or(1.0, Piece::px_per_sec);
        let crowded: Vec<Crowded> = group
            .iter()
            .map(|(item, span)| Crowded { row: item.row, time: item.when.middle(), x: span.anchor })
            .collect();
        for cluster in cluster::clusters(&crowded, PILL_PX, px_per_sec, request.week) {
            let member = |row: Option<&u32>| group.iter().find(|(item, _)| Some(&item.row) == row);
            let (Some(first), Some(last)) = (member(cluster.members.first()), member(cluster.members.last())) else {
                continue;
            };
            if cluster.members.len() == 1 {
                glyphs.push(Glyph { item: first.0, x: first.1.drawn, row, label: None });
            } else {
                pills.push(Pill { times: (first.0.when.middle(), last.0.when.middle()), cluster, row });
            }
        }
    }
    let n_rows = (row + usize::from(!left_over.is_empty())).max(1);
    let n_unnamed = left_over.len() + n_left_out;
    LaneLayout { height_px: n_rows as f32 * ROW_PX, n_unnamed, glyphs, pills, max_rows, ..LaneLayout::default() }
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
    /// The part in view of its piece.
    pub room: (f32, f32),
    /// The whole segment that its title may not leave.
    pub segment: (f32, f32),
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
    // What reaches into the view shows its dot there; what lies beyond it stays where it is.
    let is_beyond = drawn.1 < left_edge as f32 || drawn.0 > right_edge as f32;
    let inside = |px: f32| if is_beyond { px } else { px.clamp(left_edge as f32, right_edge as f32) };
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
    let room = (home.left_px as f32 + 1.0, home.right_px as f32 - 1.0);
    let whole = scale.axis().segments().iter().find(|whole| whole.start <= home.start && home.end <= whole.end);
    let segment = whole.map_or(room, |whole| {
        let px = |time: f64| home.px_from_time(time).clamp(left_edge - BEYOND_PX, right_edge + BEYOND_PX) as f32;
        (px(whole.start).min(room.0), px(whole.end).max(room.1))
    });
    // The title of what lies out of view stays there with it.
    let room = if is_beyond { segment } else { room };
    Some(Span { drawn, covers, anchor, room, segment })
}
