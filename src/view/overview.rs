//! The strip that shows all time at once: a histogram, and the window as a frame that can be dragged.

use super::{bins::Step, lanes::COLUMN_PX, lanes_layout::Column, time_scale::TimeScale, timeline::Timeline};
use crate::desk::{COLLECTION_FROM, TimeWindow, WeekStart};

/// Height of the strip.
pub const OVERVIEW_PX: f32 = 46.0;
/// Height of the strip of a collection, with years below the columns.
pub const COLLECTION_PX: f32 = 92.0;
/// Height of the strip in a pane of a height: a collection has the higher one where there is room.
pub fn height_px(n_docs: usize, pane_px: f32) -> f32 {
    if n_docs > COLLECTION_FROM && pane_px > 480.0 { COLLECTION_PX } else { OVERVIEW_PX }
}
/// A handle takes the pointer within this of the frame's edge.
pub const HANDLE_REACH_PX: f32 = 8.0;
/// A drag shorter than this draws no new window.
const MIN_DRAG_PX: f32 = 3.0;

/// What a drag in the strip moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Grip {
    /// The window's left edge.
    Left,
    /// The window's right edge.
    Right,
    /// The window.
    Inside,
    /// Nothing: a new window is drawn from here.
    From(f32),
}

/// What lies under the pointer. `frame` is the window's left and right edge in pixels. Where it covers everything
/// there is nothing to pan, so a drag inside draws a new window.
pub fn grip(x: f32, frame: (f32, f32), covers_all: bool) -> Grip {
    let (to_left, to_right) = ((x - frame.0).abs(), (x - frame.1).abs());
    if to_left <= HANDLE_REACH_PX && to_left <= to_right {
        Grip::Left
    } else if to_right <= HANDLE_REACH_PX {
        Grip::Right
    } else if frame.0 < x && x < frame.1 && !covers_all {
        Grip::Inside
    } else {
        Grip::From(x)
    }
}

/// The window after a drag to `x`, which moved by `by_px`. `whole` is the scale of the strip, over all time.
pub fn dragged(grip: Grip, window: TimeWindow, whole: &TimeScale, x: f32, by_px: f32) -> Option<TimeWindow> {
    let at = |px: f32| whole.time_from_px(f64::from(px).clamp(whole.left_px(), whole.right_px()));
    let moved = |time: f64| at(whole.px_from_time(time) as f32 + by_px);
    let window = match grip {
        Grip::Left => TimeWindow { start: at(x).min(window.end - 1.0), end: window.end },
        Grip::Right => TimeWindow { start: window.start, end: at(x).max(window.start + 1.0) },
        Grip::Inside => {
            let (left, right) = (whole.px_from_time(window.start), whole.px_from_time(window.end));
            let leaves = left + f64::from(by_px) < whole.left_px() || right + f64::from(by_px) > whole.right_px();
            if leaves {
                return None;
            }
            TimeWindow { start: moved(window.start), end: moved(window.end) }
        }
        Grip::From(from) if (x - from).abs() >= MIN_DRAG_PX => {
            TimeWindow { start: at(from.min(x)), end: at(from.max(x)) }
        }
        Grip::From(_) => return None,
    };
    Some(window)
}

/// The histogram over all time; empty columns are left out.
pub fn columns(timeline: &Timeline, whole: &TimeScale, week: WeekStart) -> Vec<Column> {
    let mut out = Vec::new();
    let before = |time: f64| timeline.all_spread_before(time);
    for piece in whole.pieces() {
        let edges = Step::at_least(COLUMN_PX, piece.px_per_sec(), week).edges(piece.start, piece.end);
        let mut n_before = edges.first().map_or(0, |edge| before(*edge));
        for pair in edges.windows(2) {
            let [start, end] = *pair else { continue };
            let until = before(end);
            let count = until.saturating_sub(n_before);
            n_before = until;
            if count > 0 {
                let left_px = piece.px_from_time(start).max(piece.left_px) as f32;
                let right_px = piece.px_from_time(end).min(piece.right_px) as f32;
                out.push(Column { left_px, right_px, start, end, count });
            }
        }
    }
    out
}

/// Height of a column of the histogram in a strip of `height_px`: by the square root, so that one event among
/// thousands stays visible.
pub fn bar_height(count: usize, max: usize, height_px: f32) -> f32 {
    let share = (count as f32 / max.max(1) as f32).sqrt();
    (share * height_px).max(4.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::time_scale::Axis;

    #[test]
    fn the_frame_is_dragged_by_its_parts() {
        let whole = TimeScale::new(&Axis::continuous(0.0, 1000.0), None, 0.0, 1000.0);
        let window = TimeWindow { start: 200.0, end: 400.0 };
        assert_eq!(grip(203.0, (200.0, 400.0), false), Grip::Left);
        assert_eq!(grip(300.0, (200.0, 400.0), false), Grip::Inside);
        assert_eq!(grip(700.0, (200.0, 400.0), false), Grip::From(700.0));
        let moved = dragged(Grip::Inside, window, &whole, 350.0, 50.0).unwrap();
        assert!((moved.start - 250.0).abs() < 1e-3 && (moved.end - 450.0).abs() < 1e-3);
        let drawn = dragged(Grip::From(700.0), window, &whole, 650.0, -50.0).unwrap();
        assert_eq!((drawn.start, drawn.end), (650.0, 700.0));
        assert_eq!(dragged(Grip::From(700.0), window, &whole, 701.0, 1.0), None);
        assert_eq!(dragged(Grip::Inside, window, &whole, 0.0, -300.0), None);
    }
}
