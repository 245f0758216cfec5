//! The lanes of a window of time, laid out: what stands where, and what that was made from.

use super::{
    bins::Step,
    cluster::Cluster,
    labels::{Before, Label, Motion},
    time_scale::{Piece, TimeScale},
    timeline::{Item, Timeline},
};
use crate::desk::WeekStart;
use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
};

/// Height of a row.
pub const ROW_PX: f32 = 20.0;
/// Least blank of a lane above and below its rows, together.
pub const LANE_PAD_PX: f32 = 6.0;
/// The most of it, where a high pane has room.
pub const MAX_LANE_PAD_PX: f32 = 38.0;
/// Width of a pill for glyphs drawn as one.
pub const PILL_PX: f32 = 26.0;

/// So far beyond the view things are laid out, so that they are there when they come in.
const MARGIN_PX: f64 = 160.0;

/// A glyph in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// The event.
    pub item: Item,
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
    /// First and last moment of its members.
    pub times: (f64, f64),
    /// Row in its lane.
    pub row: usize,
}

/// Events of a lane within one column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// Left edge.
    pub left_px: f32,
    /// Right edge.
    pub right_px: f32,
    /// The stretch of the calendar it stands for.
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
    /// Whether it shows density.
    pub is_dense: bool,
    /// Glyphs, by time.
    pub glyphs: Vec<Glyph>,
    /// Glyphs drawn as one.
    pub pills: Vec<Pill>,
    /// Density, where there are too many for glyphs.
    pub columns: Vec<Column>,
    /// The count that a column as high as the lane stands for.
    pub full: usize,
    /// Its most significant events, where it shows density.
    pub peaks: Vec<Peak>,
    /// Events in view.
    pub n_in_view: usize,
    /// Events in view whose title found no place.
    pub n_unnamed: usize,
    pub(super) max_rows: usize,
}

impl LaneLayout {
    /// Whether some of its events have no title for want of rows.
    pub(super) fn is_crowded(&self) -> bool {
        !self.pills.is_empty() || self.glyphs.iter().any(|glyph| glyph.label.is_none())
    }
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
    /// The calendar's length that a column of density stands for.
    pub step: Option<Step>,
    /// Blank of a lane above and below its rows, together.
    pub pad_px: f32,
    pub(super) room_px: f32,
    pub(super) px_per_sec: f64,
    pub(super) n_pieces: usize,
    /// By lane and row, for an event may stand in several lanes.
    pub(super) places: HashMap<(usize, u32), Before>,
}

impl LanesLayout {
    /// The layout of a lane.
    pub fn of_lane(&self, lane: usize) -> Option<&LaneLayout> {
        self.lanes.get(lane).filter(|layout| layout.lane == lane)
    }

    /// Upper edge of an event's row, from the top of all lanes; `None` where it is not in view.
    pub fn row_top(&self, row: u32) -> Option<f32> {
        self.lanes.iter().find_map(|lane| {
            let glyph = lane.glyphs.iter().find(|glyph| glyph.item.row == row).map(|glyph| glyph.row);
            let pill = || lane.pills.iter().find(|pill| pill.cluster.members.contains(&row)).map(|pill| pill.row);
            Some(lane.top_px + self.pad_px / 2.0 + glyph.or_else(pill)? as f32 * ROW_PX)
        })
    }
}

/// What a layout depends on.
pub struct Request<'a> {
    /// The events.
    pub timeline: &'a Timeline,
    /// The axis in pixels.
    pub scale: &'a TimeScale,
    /// Keys of lanes folded into one row.
    pub folded: &'a BTreeSet<String>,
    /// The height that all lanes may fill.
    pub room_px: f32,
    /// Whether lanes of density share one scale.
    pub has_same_height: bool,
    /// The day that weeks begin with.
    pub week: WeekStart,
    /// The title of an event.
    pub title: &'a dyn Fn(&Item) -> Cow<'a, str>,
    /// Measures a title in pixels.
    pub width: &'a dyn Fn(&str) -> f32,
    /// The layout before, where it was of the same events.
    pub before: Option<&'a LanesLayout>,
}

impl Request<'_> {
    pub(super) fn motion(&self) -> Motion {
        let px_per_sec = px_per_sec(self.scale);
        let same = |before: &LanesLayout| {
            // With more height there may be rows for what had none.
            before.room_px == self.room_px
                && (before.px_per_sec / px_per_sec - 1.0).abs() < 1e-6
                && before.n_pieces == self.scale.pieces().len()
        };
        if self.before.is_some_and(same) { Motion::Panned } else { Motion::Zoomed }
    }

    /// The stretch that is laid out: a little more than what is in view.
    pub(super) fn reach(&self) -> (f64, f64) {
        let window = self.scale.window();
        let margin = |piece: Option<&Piece>| piece.map_or(0.0, |piece| MARGIN_PX / piece.px_per_sec());
        let pieces = self.scale.pieces();
        (window.start - margin(pieces.first()), window.end + margin(pieces.last()))
    }
}

/// A named event over a lane of density.
#[derive(Debug, Clone, PartialEq)]
pub struct Peak {
    /// The event.
    pub item: Item,
    /// Where its dot stands.
    pub x: f32,
    /// Left edge of its title.
    pub left: f32,
    /// Right edge of its title.
    pub right: f32,
    /// The words, cut where they had to be.
    pub text: String,
}

/// How many pixels a second has where the window is in scale.
pub(super) fn px_per_sec(scale: &TimeScale) -> f64 {
    scale.pieces().first().map_or(1.0, Piece::px_per_sec)
}
