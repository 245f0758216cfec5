//! The timeline as a list (年表): headings, events, and the stretches left out, all in rows of one height.

use super::{time_scale::Axis, timeline::Timeline, when::DAY_SECS, words};
use crate::{desk::Locale, edtf::Moment};
use chrono::Datelike as _;

/// Height of a row.
pub const LIST_ROW_PX: f32 = 26.0;
/// Where the rail stands, from the left edge of the list.
pub const RAIL_PX: f32 = 150.0;
/// Where titles begin.
pub const TITLE_PX: f32 = 174.0;
const YEAR_SECS: f64 = 365.2425 * DAY_SECS;

/// A row of the list.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// The name of a century, decade or month.
    Heading(String),
    /// An event, by its index in `Timeline::items`; the heading above names this year, if any.
    Event(u32, Option<i32>),
    /// A stretch that the axis leaves out, in seconds.
    Skipped(f64),
}

/// The rows for all events. Headings are as fine as the axis' segment is short: centuries, decades, years, months.
pub fn rows(timeline: &Timeline, axis: &Axis, locale: &Locale) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::with_capacity(timeline.items.len() * 5 / 4);
    let mut heading = String::new();
    let mut segment_idx = 0;
    for (idx, item) in timeline.items.iter().enumerate() {
        let middle = item.when.middle();
        let of = axis.segments().partition_point(|segment| segment.end < middle);
        let of = of.min(axis.segments().len().saturating_sub(1));
        let Some(segment) = axis.segments().get(of) else { continue };
        if of != segment_idx && idx > 0 {
            let before = axis.segments().get(of.saturating_sub(1)).map_or(segment.start, |before| before.end);
            let between = f64::midpoint(before, segment.start);
            let length = timeline.cut_at(between).map_or(segment.start - before, |cut| cut.end - cut.start);
            out.push(Row::Skipped(length));
        }
        segment_idx = of;
        let (name, year) = name(item.when.start, segment.end - segment.start, locale);
        if name != heading {
            out.push(Row::Heading(name.clone()));
            heading = name;
        }
        out.push(Row::Event(idx as u32, year));
    }
    out
}

/// The heading over a moment in a segment of a length, and the year it names.
fn name(start: f64, length: f64, locale: &Locale) -> (String, Option<i32>) {
    let Some(Moment(at)) = Moment::from_seconds(start as i64) else { return (String::new(), None) };
    let year = at.year();
    if year <= 0 {
        return (locale.get("timeline.bce").to_owned(), None);
    }
    if length > 200.0 * YEAR_SECS {
        (words::century(year, locale), None)
    } else if length > 12.0 * YEAR_SECS {
        (words::decade(year, locale), None)
    } else if length > 1.5 * YEAR_SECS {
        (words::year(year, locale), Some(year))
    } else {
        (words::year_long_month(year, at.month(), locale), Some(year))
    }
}
