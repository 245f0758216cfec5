//! What was found, for other programs: tables of events and of series' points, calendars, timelines, annotations.
//!
//! Each is written document by document, so that a corpus of any size passes through. `docs/interchange.md` shows
//! each of them read elsewhere.

mod annotations;
mod ics;
mod parquet;
mod rows;
mod timelinejs;

pub use rows::{EventRow, PointRow, events, points};

use crate::corpus::Entry;
use std::io::{self, Write};

/// A format that other programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// One event a row.
    EventsCsv,
    /// One event a line.
    EventsJsonl,
    /// One event a row, as Parquet.
    EventsParquet,
    /// One point of a series a row, as Parquet.
    SeriesParquet,
    /// One point of a series a row.
    SeriesCsv,
    /// One point of a series a line.
    SeriesJsonl,
    /// Events as iCalendar (RFC 5545).
    Ics,
    /// Events as the JSON of TimelineJS 3.
    TimelineJs,
    /// Every finding as a W3C Web Annotation, one a line.
    Annotations,
}

impl Target {
    /// The target that a file's name asks for: `events.csv`, `series.jsonl`, `….ics`, `timeline.json`,
    /// `annotations.jsonl`; `None` where it asks for none of them.
    ///
    /// ```
    /// use nianbiao::store::interchange::Target;
    /// assert_eq!(Target::of_file_name("2024.series.csv"), Some(Target::SeriesCsv));
    /// assert_eq!(Target::of_file_name("2024.ics"), Some(Target::Ics));
    /// assert_eq!(Target::of_file_name("2024.json"), None);
    /// ```
    pub fn of_file_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let (stem, extension) = name.rsplit_once('.')?;
        Some(match (extension, stem) {
            ("ics", _) => Self::Ics,
            ("csv", stem) if stem.ends_with("series") => Self::SeriesCsv,
            ("csv", stem) if stem.ends_with("events") => Self::EventsCsv,
            ("parquet", stem) if stem.ends_with("series") => Self::SeriesParquet,
            ("parquet", stem) if stem.ends_with("events") => Self::EventsParquet,
            ("jsonl", stem) if stem.ends_with("series") => Self::SeriesJsonl,
            ("jsonl", stem) if stem.ends_with("events") => Self::EventsJsonl,
            ("jsonl", stem) if stem.ends_with("annotations") => Self::Annotations,
            ("json", stem) if stem.ends_with("timeline") => Self::TimelineJs,
            _ => return None,
        })
    }
}

/// Writes documents in one of the formats, piece by piece.
#[derive(Debug)]
pub struct Writer {
    target: Target,
    n_events: usize,
    /// For Parquet.
    table: parquet::Table,
}

impl Writer {
    /// A writer that has written nothing yet.
    pub fn new(target: Target) -> Self {
        let columns = if target == Target::EventsParquet { rows::EVENT_COLUMNS } else { rows::POINT_COLUMNS };
        Self { target, n_events: 0, table: parquet::Table::new(columns) }
    }

    /// Writes what stands before the first document.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn begin(&mut self, out: &mut impl Write) -> io::Result<()> {
        match self.target {
            Target::EventsCsv => rows::write_head(out, rows::EVENT_HEAD),
            Target::SeriesCsv => rows::write_head(out, rows::POINT_HEAD),
            Target::Ics => ics::begin(out),
            Target::TimelineJs => timelinejs::begin(out),
            Target::EventsParquet | Target::SeriesParquet => self.table.begin(out),
            Target::EventsJsonl | Target::SeriesJsonl | Target::Annotations => Ok(()),
        }
    }

    /// Writes what was found in one document.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn add(&mut self, out: &mut impl Write, entry: &Entry) -> io::Result<()> {
        match self.target {
            Target::EventsCsv => events(entry).iter().try_for_each(|row| rows::write_csv(out, row)),
            Target::EventsJsonl => events(entry).iter().try_for_each(|row| rows::write_json(out, row)),
            Target::SeriesCsv => points(entry).iter().try_for_each(|row| rows::write_csv(out, row)),
            Target::SeriesJsonl => points(entry).iter().try_for_each(|row| rows::write_json(out, row)),
            Target::EventsParquet => events(entry).into_iter().try_for_each(|row| self.table.add(out, row.values())),
            Target::SeriesParquet => points(entry).into_iter().try_for_each(|row| self.table.add(out, row.values())),
            Target::Ics => ics::add(out, entry),
            Target::TimelineJs => timelinejs::add(out, entry, &mut self.n_events),
            Target::Annotations => annotations::add(out, entry),
        }
    }

    /// Writes what stands behind the last document.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn end(&mut self, out: &mut impl Write) -> io::Result<()> {
        match self.target {
            Target::Ics => ics::end(out),
            Target::TimelineJs => timelinejs::end(out),
            Target::EventsParquet | Target::SeriesParquet => self.table.end(out),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
