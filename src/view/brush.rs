//! A stretch of time that is drawn with the pointer to filter by: in the timeline or in the chart, for both.

use super::when::DAY_SECS;
use crate::{desk::TimeWindow, edtf::Interval};

/// From so many days on the ends fall on whole days: nobody means 14:20 who draws over years.
const WHOLE_DAYS_FROM: f64 = 2.0;

/// The period between two moments (seconds from 1970) that were pointed at, in either order.
///
/// ```
/// use nianbiao::view::brush::period;
/// let week = period(6.9 * 86_400.0, 0.3 * 86_400.0);
/// assert_eq!((week.start, week.end), (0.0, 7.0 * 86_400.0));
/// ```
pub fn period(from: f64, to: f64) -> TimeWindow {
    let (start, end) = (from.min(to), from.max(to));
    if end - start < WHOLE_DAYS_FROM * DAY_SECS {
        return TimeWindow { start, end };
    }
    TimeWindow { start: (start / DAY_SECS).floor() * DAY_SECS, end: (end / DAY_SECS).ceil() * DAY_SECS }
}

/// Whether something that took an interval touches a period, as an event does that a filter lets through.
pub fn touches(interval: Interval, period: TimeWindow) -> bool {
    let starts_before = interval.start.is_none_or(|start| (start.seconds() as f64) < period.end);
    starts_before && interval.end.is_none_or(|end| end.seconds() as f64 > period.start)
}
