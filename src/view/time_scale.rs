//! Time ↔ pixels: a continuous axis, or one torn into segments that each have a scale of their own.
//!
//! ```text
//! Axis       前2世纪 ····|  torn  |1990 ········ 2025| torn |2025年6月 ······
//! TimeScale  ├───────────┤~~~~50~~├──────────────────┤~~50~~├───────────────┤   pixels of one pane
//! ```
//!
//! An [`Axis`] is a whole extent with its segments; a [`TimeScale`] is the part of it that a window shows, laid
//! into pixels. All arithmetic is in `f64`: at 200 BCE a second is still some hundred thousand steps of it.

use crate::desk::TimeWindow;

/// Width of a torn strip in pixels.
pub const TEAR_PX: f64 = 50.0;
/// The closest a window can zoom, in seconds.
pub const MIN_WINDOW_SECS: f64 = 10.0;

/// A stretch of the axis with one scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// Where it begins, in seconds from 1970.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// Its share of the width; only the proportions between segments count.
    pub weight: f64,
}

/// Which edge of a window a place is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Start,
    End,
}

/// The whole extent of an axis: one segment where it is continuous, more where it is folded.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    segments: Vec<Segment>,
}

impl Axis {
    /// One scale from `start` to `end`; a stretch shorter than a second is widened to one.
    pub fn continuous(start: f64, end: f64) -> Self {
        Self { segments: vec![Segment { start, end: end.max(start + 1.0), weight: 1.0 }] }
    }

    /// Segments with torn stretches between them. They must be in order and not overlap; those that do not are
    /// dropped, as are empty ones.
    pub fn folded(segments: Vec<Segment>) -> Self {
        let mut kept: Vec<Segment> = Vec::with_capacity(segments.len());
        for segment in segments {
            let follows = kept.last().is_none_or(|before| segment.start >= before.end);
            if follows && segment.end > segment.start && segment.weight > 0.0 {
                kept.push(segment);
            }
        }
        if kept.is_empty() { Self::continuous(0.0, 1.0) } else { Self { segments: kept } }
    }

    /// The segments, in order; at least one.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Whether it is torn anywhere.
    pub fn is_folded(&self) -> bool {
        self.segments.len() > 1
    }

    /// All of it.
    pub fn whole(&self) -> TimeWindow {
        let start = self.segments.first().map_or(0.0, |segment| segment.start);
        let end = self.segments.last().map_or(1.0, |segment| segment.end);
        TimeWindow { start, end }
    }

    /// The place of a time along the axis, counted in weights; a time in a torn stretch stands at the tear.
    fn along(&self, time: f64) -> f64 {
        let mut sum = 0.0;
        for segment in &self.segments {
            if time < segment.end {
                let share = (time - segment.start) / (segment.end - segment.start);
                return sum + segment.weight * share.max(0.0);
            }
            sum += segment.weight;
        }
        sum
    }

    /// The time at a place along the axis; the inverse of [`Self::along`]. A place on a tear is the beginning of
    /// what follows, or as the end of a window the end of what precedes.
    fn at(&self, place: f64, edge: Edge) -> f64 {
        let mut before = 0.0;
        for segment in &self.segments {
            let slack = segment.weight * 1e-9;
            let limit = before + segment.weight + if edge == Edge::End { slack } else { -slack };
            if place < limit {
                let share = ((place - before) / segment.weight).clamp(0.0, 1.0);
                return segment.start + (segment.end - segment.start) * share;
            }
            before += segment.weight;
        }
        self.whole().end
    }

    /// `window` cut to the axis, not shorter than [`MIN_WINDOW_SECS`], moved rather than squeezed at the ends.
    pub fn clamp(&self, window: TimeWindow) -> TimeWindow {
        let whole = self.whole();
        let length = (window.end - window.start).max(MIN_WINDOW_SECS);
        if !length.is_finite() || length >= whole.end - whole.start {
            return whole;
        }
        let start = window.start.clamp(whole.start, whole.end - length);
        TimeWindow { start, end: start + length }
    }
}

/// A segment, or the visible part of one, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// Time at its left edge.
    pub start: f64,
    /// Time at its right edge.
    pub end: f64,
    /// Left edge in pixels.
    pub left_px: f64,
    /// Right edge in pixels.
    pub right_px: f64,
}

impl Piece {
    /// Pixels for one second.
    pub fn px_per_sec(&self) -> f64 {
        (self.right_px - self.left_px) / (self.end - self.start)
    }

    /// The place of a time by this piece's scale, also beyond its edges.
    pub fn px_from_time(&self, time: f64) -> f64 {
        self.left_px + (time - self.start) * self.px_per_sec()
    }

    /// The time at a place by this piece's scale.
    pub fn time_from_px(&self, px: f64) -> f64 {
        self.start + (px - self.left_px) / self.px_per_sec()
    }

    /// Width in pixels.
    pub fn width_px(&self) -> f64 {
        self.right_px - self.left_px
    }
}

/// What a window shows of an axis, in pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeScale {
    axis: Axis,
    window: TimeWindow,
    pieces: Vec<Piece>,
}

impl TimeScale {
    /// Lays `window` (all where `None`) of `axis` between two pixels, `left_px < right_px`.
    pub fn new(axis: &Axis, window: Option<TimeWindow>, left_px: f64, right_px: f64) -> Self {
        let window = window.map_or_else(|| axis.whole(), |window| axis.clamp(window));
        let seen: Vec<Segment> = axis
            .segments
            .iter()
            .filter_map(|segment| {
                let (start, end) = (segment.start.max(window.start), segment.end.min(window.end));
                let share = (end - start) / (segment.end - segment.start);
                (end > start).then_some(Segment { start, end, weight: segment.weight * share })
            })
            .collect();
        let pieces = lay_out(&seen, window, left_px, right_px);
        Self { axis: axis.clone(), window, pieces }
    }

    /// The whole axis it shows a part of.
    pub fn axis(&self) -> &Axis {
        &self.axis
    }

    /// What is in view.
    pub fn window(&self) -> TimeWindow {
        self.window
    }

    /// The stretches in view, from left to right; at least one. Between two lies a torn strip.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The torn strips in view: the stretch of time left out, and its place in pixels.
    pub fn tears(&self) -> impl Iterator<Item = Piece> {
        self.pieces.windows(2).filter_map(|pair| match pair {
            [before, after] => {
                Some(Piece { start: before.end, end: after.start, left_px: before.right_px, right_px: after.left_px })
            }
            _ => None,
        })
    }

    /// The place of a time. Times left out lie in the torn strip, those out of view beyond the edges.
    pub fn px_from_time(&self, time: f64) -> f64 {
        let idx = self.pieces.partition_point(|piece| piece.end < time);
        match (idx.checked_sub(1).and_then(|idx| self.pieces.get(idx)), self.pieces.get(idx)) {
            (Some(before), Some(piece)) if time < piece.start => {
                let share = (time - before.end) / (piece.start - before.end);
                before.right_px + (piece.left_px - before.right_px) * share
            }
            (_, Some(piece)) | (Some(piece), None) => piece.px_from_time(time),
            (None, None) => 0.0,
        }
    }

    /// The time at a place; the inverse of [`Self::px_from_time`].
    pub fn time_from_px(&self, px: f64) -> f64 {
        let idx = self.pieces.partition_point(|piece| piece.right_px < px);
        match (idx.checked_sub(1).and_then(|idx| self.pieces.get(idx)), self.pieces.get(idx)) {
            (Some(before), Some(piece)) if px < piece.left_px => {
                let share = (px - before.right_px) / (piece.left_px - before.right_px);
                before.end + (piece.start - before.end) * share
            }
            (_, Some(piece)) | (Some(piece), None) => piece.time_from_px(px),
            (None, None) => 0.0,
        }
    }

    /// Index of the piece a time lies in; the nearest one where it is left out or out of view.
    pub fn piece_of(&self, time: f64) -> usize {
        let idx = self.pieces.partition_point(|piece| piece.end <= time).min(self.pieces.len().saturating_sub(1));
        match (idx.checked_sub(1).and_then(|before| self.pieces.get(before)), self.pieces.get(idx)) {
            (Some(before), Some(piece)) if time < piece.start && time - before.end < piece.start - time => idx - 1,
            _ => idx,
        }
    }

    /// Whether a moment lies on a piece in view.
    pub fn shows(&self, time: f64) -> bool {
        self.pieces.iter().any(|piece| piece.start <= time && time <= piece.end)
    }

    /// Left edge in pixels.
    pub fn left_px(&self) -> f64 {
        self.pieces.first().map_or(0.0, |piece| piece.left_px)
    }

    /// Right edge in pixels.
    pub fn right_px(&self) -> f64 {
        self.pieces.last().map_or(0.0, |piece| piece.right_px)
    }

    /// The window after dragging the ground `by_px` to the right (so that earlier times come in).
    pub fn pan(&self, by_px: f64) -> TimeWindow {
        let (from, to) = self.bounds_along();
        let by = -by_px * (to - from) / self.ground_px();
        let total: f64 = self.axis.segments.iter().map(|segment| segment.weight).sum();
        let start = (from + by).clamp(0.0, (total - (to - from)).max(0.0));
        self.window_along(start, start + (to - from))
    }

    /// The window that shows `factor` times as much (0.5 half as much), with what is at `px` staying there.
    pub fn zoom_at(&self, px: f64, factor: f64) -> TimeWindow {
        let (from, to) = self.bounds_along();
        let fixed = self.time_from_px(px);
        let place = self.axis.along(fixed).clamp(from, to);
        let share = if to > from { (place - from) / (to - from) } else { 0.5 };
        let length = (to - from) * factor.max(1e-12);
        let total: f64 = self.axis.segments.iter().map(|segment| segment.weight).sum();
        if length >= total {
            return self.axis.whole();
        }
        let start = (place - share * length).clamp(0.0, total - length);
        let window = self.window_along(start, start + length);
        if window.end - window.start >= MIN_WINDOW_SECS {
            return window;
        }
        TimeWindow { start: fixed - share * MIN_WINDOW_SECS, end: fixed + (1.0 - share) * MIN_WINDOW_SECS }
    }

    fn bounds_along(&self) -> (f64, f64) {
        let from = self.axis.along(self.window.start);
        (from, self.axis.along(self.window.end).max(from + f64::EPSILON))
    }

    fn window_along(&self, from: f64, to: f64) -> TimeWindow {
        self.axis.clamp(TimeWindow { start: self.axis.at(from, Edge::Start), end: self.axis.at(to, Edge::End) })
    }

    /// Width of all pieces without the torn strips.
    fn ground_px(&self) -> f64 {
        self.pieces.iter().map(Piece::width_px).sum::<f64>().max(1.0)
    }
}

fn lay_out(seen: &[Segment], window: TimeWindow, left_px: f64, right_px: f64) -> Vec<Piece> {
    let n_tears = seen.len().saturating_sub(1) as f64;
    let total: f64 = seen.iter().map(|segment| segment.weight).sum();
    let ground = (right_px - left_px - n_tears * TEAR_PX).max(seen.len() as f64);
    if seen.is_empty() || total <= 0.0 {
        // The window lies within one torn stretch: it is shown as it is.
        return vec![Piece { start: window.start, end: window.end, left_px, right_px }];
    }
    let mut x = left_px;
    seen.iter()
        .map(|segment| {
            let width = ground * segment.weight / total;
            let piece = Piece { start: segment.start, end: segment.end, left_px: x, right_px: x + width };
            x += width + TEAR_PX;
            piece
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY: f64 = 86_400.0;
    const YEAR: f64 = 365.25 * DAY;

    fn folded() -> Axis {
        Axis::folded(vec![
            Segment { start: -2180.0 * YEAR, end: -2000.0 * YEAR, weight: 130.0 },
            Segment { start: 20.0 * YEAR, end: 55.0 * YEAR, weight: 240.0 },
            Segment { start: 55.4 * YEAR, end: 55.5 * YEAR, weight: 220.0 },
        ])
    }

    proptest! {
        #[test]
        fn time_to_pixel_and_back(
            start in -6.85e10..1.7e9_f64, length in 10.0..6.8e10_f64, share in 0.0..1.0_f64, width in 200.0..4000.0_f64,
        ) {
            let scale = TimeScale::new(&Axis::continuous(start, start + length), None, 112.0, 112.0 + width);
            let time = start + share * length;
            let px = scale.px_from_time(time);
            let per_px = length / width;
            prop_assert!((scale.time_from_px(px) - time).abs() < (per_px * 1e-6).max(0.01), "{time}");
        }

        #[test]
        fn folded_time_to_pixel_and_back(px in 0.0..900.0_f64, from in 0.0..800.0_f64, length in 20.0..900.0_f64) {
            let all = TimeScale::new(&folded(), None, 0.0, 900.0);
            let window = TimeWindow { start: all.time_from_px(from), end: all.time_from_px((from + length).min(900.0)) };
            let scale = TimeScale::new(&folded(), Some(window), 0.0, 900.0);
            let there = scale.px_from_time(scale.time_from_px(px));
            prop_assert!((there - px).abs() < 1e-3, "{px} came back as {there}");
        }

        #[test]
        fn zooming_keeps_what_is_under_the_pointer(px in 1.0..899.0_f64, factor in 0.05..0.99_f64) {
            let axis = Axis::continuous(-2180.0 * YEAR, 56.0 * YEAR);
            let scale = TimeScale::new(&axis, None, 0.0, 900.0);
            let time = scale.time_from_px(px);
            let zoomed = TimeScale::new(&axis, Some(scale.zoom_at(px, factor)), 0.0, 900.0);
            prop_assert!((zoomed.px_from_time(time) - px).abs() < 0.01);
        }

        #[test]
        fn panning_there_and_back_is_where_it_was(by in -300.0..300.0_f64) {
            let axis = folded();
            let window = TimeWindow { start: 40.0 * YEAR, end: 41.0 * YEAR };
            let scale = TimeScale::new(&axis, Some(window), 0.0, 900.0);
            let moved = TimeScale::new(&axis, Some(scale.pan(by)), 0.0, 900.0);
            let back = moved.pan(-by);
            prop_assert!((back.start - window.start).abs() < 1.0 && (back.end - window.end).abs() < 1.0);
        }
    }

    #[test]
    fn tears_have_their_width_and_times_in_them_stay_in_order() {
        let scale = TimeScale::new(&folded(), None, 0.0, 900.0);
        let tears: Vec<Piece> = scale.tears().collect();
        assert_eq!(tears.len(), 2);
        assert!(tears.iter().all(|tear| (tear.width_px() - TEAR_PX).abs() < 1e-9));
        assert_eq!(scale.piece_of(-900.0 * YEAR), 1, "nearer to the second segment");
        assert_eq!(scale.zoom_at(10.0, 50.0), folded().whole());
        let within = TimeScale::new(&folded(), Some(TimeWindow { start: 54.0 * YEAR, end: 54.5 * YEAR }), 0.0, 900.0);
        assert_eq!(within.pieces().len(), 1);
    }
}
