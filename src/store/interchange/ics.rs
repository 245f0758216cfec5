//! Events as iCalendar (RFC 5545): whole days, the end exclusive as in the standard.
//!
//! A calendar knows days and the years 1 to 9999: an event that happened in a year is all of its days, and what is older
//! is left out.

use super::rows::on_one_line;
use crate::{
    corpus::Entry,
    edtf::{Grain, Interval, Moment},
    model::Event,
    span::CharIndex,
};
use chrono::{Datelike as _, Timelike as _};
use std::io::{self, Write};

/// Bytes of a line before it is folded.
const LINE_BYTES: usize = 73;

pub(super) fn begin(out: &mut impl Write) -> io::Result<()> {
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//nianbiao//nianbiao//ZH", "CALSCALE:GREGORIAN"] {
        line(out, text)?;
    }
    Ok(())
}

pub(super) fn end(out: &mut impl Write) -> io::Result<()> {
    line(out, "END:VCALENDAR")
}

pub(super) fn add(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    let index = CharIndex::new(&entry.text);
    // The stamp says when an entry was made; no clock is asked, so the same corpus gives the same file.
    let written = entry.document.dct.as_ref().and_then(|dct| dct.interval()).and_then(|interval| interval.start);
    for event in &entry.document.events {
        let Some(days) = event.interval.and_then(in_calendar) else { continue };
        let span = index.chars_from_bytes(&entry.text, event.span);
        let name = format!("{}#{},{}", entry.document.id, span.start, span.end);
        let uid = crate::text::checksum(format!("{name} {}", event.title).as_bytes());
        line(out, "BEGIN:VEVENT")?;
        line(out, &format!("UID:{}@nianbiao", uid.get(..32).unwrap_or(&uid)))?;
        let stamp = written.filter(|moment| (1..=9999).contains(&moment.0.year())).unwrap_or(days.0);
        line(out, &format!("DTSTAMP:{}Z", moment(stamp)))?;
        times(out, event, days)?;
        line(out, &format!("SUMMARY:{}", escaped(&event.title)))?;
        line(out, &format!("DESCRIPTION:{}", escaped(&on_one_line(event.span.slice(&entry.text)))))?;
        if let Some(place) = &event.place {
            line(out, &format!("LOCATION:{}", escaped(place)))?;
        }
        line(out, &format!("COMMENT:{}", escaped(&name)))?;
        if let Some(edtf) = &event.edtf {
            line(out, &format!("X-EDTF:{}", escaped(edtf.as_str())))?;
        }
        line(out, "TRANSP:TRANSPARENT")?;
        line(out, "END:VEVENT")?;
    }
    Ok(())
}

/// Both ends, where a calendar has them.
fn in_calendar(interval: Interval) -> Option<(Moment, Moment)> {
    let (start, end) = (interval.start?, interval.end?);
    (start.0.year() >= 1 && end.0.year() <= 9999).then_some((start, end))
}

/// A time of day is local time without a zone ("floating"), as it was printed.
fn times(out: &mut impl Write, event: &Event, (start, end): (Moment, Moment)) -> io::Result<()> {
    let has_clock = event.edtf.as_ref().is_some_and(|edtf| edtf.grain() < Grain::Day);
    if has_clock {
        line(out, &format!("DTSTART:{}", moment(start)))?;
        return line(out, &format!("DTEND:{}", moment(end)));
    }
    line(out, &format!("DTSTART;VALUE=DATE:{}", day(start)))?;
    line(out, &format!("DTEND;VALUE=DATE:{}", day(end)))
}

fn day(moment: Moment) -> String {
    let day = moment.0;
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn moment(at: Moment) -> String {
    format!("{}T{:02}{:02}{:02}", day(at), at.0.hour(), at.0.minute(), at.0.second())
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// One line, folded where it is long, never inside a character.
fn line(out: &mut impl Write, text: &str) -> io::Result<()> {
    let mut n_bytes = 0;
    for c in text.chars() {
        if n_bytes + c.len_utf8() > LINE_BYTES {
            out.write_all(b"\r\n ")?;
            n_bytes = 1;
        }
        write!(out, "{c}")?;
        n_bytes += c.len_utf8();
    }
    out.write_all(b"\r\n")
}
