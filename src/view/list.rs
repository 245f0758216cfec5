//! The timeline as a list (年表): headings, events, and the stretches left out, all in rows of one height.
//!
//! The rows are never written down: a list of ten million is its sections, and a row is worked out when it is seen.

use super::{bins::Step, time_scale::Axis, timeline::Timeline, when::DAY_SECS, words};
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Row<'a> {
    /// The name of a century, decade or month.
    Heading(&'a str),
    /// An event, by its row in the index; the heading above names this year, if any.
    Event(u32, Option<i32>),
    /// A stretch that the axis leaves out, in seconds.
    Skipped(f64),
}

/// Events under one heading.
#[derive(Debug, Clone, PartialEq)]
struct Section {
    name: String,
    year: Option<i32>,
    /// What the axis leaves out before it.
    skipped: Option<f64>,
    /// Row of the list at which it begins.
    top: usize,
    /// Ordinal of its first event.
    first: usize,
}

impl Section {
    /// Rows before its first event.
    fn n_heads(&self) -> usize {
        1 + usize::from(self.skipped.is_some())
    }
}

/// All rows of the list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    sections: Vec<Section>,
    len: usize,
    /// The row at which what the axis shows begins; what is far earlier stands above it.
    home: usize,
}

impl Rows {
    /// For all events. Headings are as fine as the axis' segment is short: centuries, decades, years, months.
    pub fn new(timeline: &Timeline, axis: &Axis, locale: &Locale) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        let n_segments = axis.segments().len();
        let mut last_end: Option<f64> = None;
        for (idx, segment) in axis.segments().iter().enumerate() {
            let mut skipped = last_end.map(|end| {
                let between = f64::midpoint(end, segment.start);
                timeline.cut_at(between).map_or(segment.start - end, |cut| cut.end - cut.start)
            });
            last_end = Some(segment.end);
            let length = segment.end - segment.start;
            for edge in step(length).edges(segment.start, segment.end) {
                let first = if sections.is_empty() { 0 } else { timeline.ordinal_at(edge.max(segment.start)) };
                let (name, year) = name(edge, length, locale);
                if skipped.is_none() && sections.last().is_some_and(|section| section.name == name) {
                    continue;
                }
                // A section that turned out empty gives its place to the next.
                if sections.last().is_some_and(|section| section.first >= first) {
                    skipped = sections.pop().and_then(|section| section.skipped).or(skipped);
                }
                if edge < segment.end || idx + 1 == n_segments {
                    sections.push(Section { name, year, skipped: skipped.take(), top: 0, first });
                }
            }
        }
        // What lies off the axis stands before and behind.
        let mut near = 0;
        if let (Some(first), Some(last)) = (axis.segments().first(), axis.segments().last()) {
            let (from, to) = (timeline.ordinal_at(first.start), timeline.ordinal_at(last.end));
            let far = |key: &str, first: usize| Section {
                name: locale.get(key).to_owned(),
                year: None,
                skipped: None,
                top: 0,
                first,
            };
            near = from;
            if from > 0 {
                sections.iter_mut().take_while(|section| section.first < from).for_each(|section| section.first = from);
                sections.insert(0, far("timeline.earlier", 0));
            }
            if to < timeline.len() {
                sections.push(far("timeline.later", to));
            }
        }
        sections.retain(|section| section.first < timeline.len());
        let mut heads = 0;
        for section in &mut sections {
            section.top = heads + section.first;
            heads += section.n_heads();
        }
        let home = sections.iter().find(|section| section.first >= near).map_or(0, |section| section.top);
        Self { len: timeline.len() + heads, sections, home }
    }

    /// The row that a list opens with: the first of what the axis shows.
    pub const fn home(&self) -> usize {
        self.home
    }

    /// How many rows.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The row at a place.
    pub fn get<'a>(&'a self, idx: usize, timeline: &Timeline) -> Option<Row<'a>> {
        let at = self.sections.partition_point(|section| section.top <= idx).checked_sub(1)?;
        let section = self.sections.get(at)?;
        Some(match (idx - section.top, section.skipped) {
            (0, Some(length)) => Row::Skipped(length),
            (0, None) | (1, Some(_)) => Row::Heading(&section.name),
            (below, _) => {
                let ordinal = section.first + below - section.n_heads();
                Row::Event(timeline.rows.get(ordinal)?, section.year)
            }
        })
    }

    /// The place of the event with an ordinal.
    pub fn place(&self, ordinal: usize) -> usize {
        let at = self.sections.partition_point(|section| section.first <= ordinal);
        let section = at.checked_sub(1).and_then(|at| self.sections.get(at));
        section.map_or(0, |section| section.top + section.n_heads() + ordinal - section.first)
    }
}

/// How fine the headings of a segment of a length are.
fn step(length: f64) -> Step {
    if length > 200.0 * YEAR_SECS {
        Step::Years(100)
    } else if length > 30.0 * YEAR_SECS {
        Step::Years(10)
    } else if length > 12.0 * YEAR_SECS {
        Step::Years(1)
    } else {
        Step::Months(1)
    }
}

/// The heading over what begins at a moment, in a segment of a length, and the year it names.
fn name(start: f64, length: f64, locale: &Locale) -> (String, Option<i32>) {
    let Some(Moment(at)) = Moment::from_seconds(start as i64) else { return (String::new(), None) };
    let year = at.year();
    match step(length) {
        _ if year <= 0 && length > 200.0 * YEAR_SECS => (words::century(year, locale), None),
        _ if year <= 0 => (locale.get("timeline.bce").to_owned(), None),
        Step::Years(100) => (words::century(year + 1, locale), None),
        Step::Years(10) => (words::decade(year, locale), None),
        Step::Years(_) => (words::year(year, locale), Some(year)),
        _ => (words::year_long_month(year, at.month(), locale), Some(year)),
    }
}
