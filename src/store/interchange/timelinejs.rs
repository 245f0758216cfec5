//! Events as the JSON that TimelineJS 3 shows: dates only as fine as they were said.

use super::rows::on_one_line;
use crate::{
    corpus::Entry,
    edtf::{Date, Edtf, Grain},
};
use chrono::{Datelike as _, Timelike as _};
use serde_json::{Value, json};
use std::io::{self, Write};

pub(super) fn begin(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"{\"scale\":\"human\",\"events\":[")
}

pub(super) fn end(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\n]}\n")
}

pub(super) fn add(out: &mut impl Write, entry: &Entry, n_events: &mut usize) -> io::Result<()> {
    for (idx, event) in entry.document.events.iter().enumerate() {
        let Some(edtf) = &event.edtf else { continue };
        let Some(start) = edtf.start().and_then(date) else { continue };
        let passage = on_one_line(event.span.slice(&entry.text));
        let mut slide = json!({
            "start_date": start,
            "text": {"headline": plain(&event.title), "text": format!("<p>{}</p><p><small>{}</small></p>", plain(&passage), plain(&entry.document.id))},
            "unique_id": format!("e{n_events}-{idx}"),
        });
        if let Some(end) = end_of(edtf)
            && let Some(slide) = slide.as_object_mut()
        {
            slide.insert("end_date".to_owned(), end);
        }
        if let (Some(place), Some(slide)) = (&event.place, slide.as_object_mut()) {
            slide.insert("group".to_owned(), plain(place).into());
        }
        out.write_all(if *n_events == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &slide)?;
        *n_events += 1;
    }
    Ok(())
}

/// The last unit of a range; a single date has none.
fn end_of(edtf: &Edtf) -> Option<Value> {
    if edtf.is_range() {
        return edtf.end().and_then(date);
    }
    // A decade is ten years, which TimelineJS has no word for.
    if edtf.grain() > Grain::Year || matches!(edtf.grain(), Grain::Quarter | Grain::Half | Grain::Week) {
        let last = edtf.interval()?.end?.0.checked_sub_signed(chrono::TimeDelta::seconds(1))?;
        return Some(json!({"year": last.year(), "month": last.month(), "day": last.day()}));
    }
    None
}

fn date(date: Date) -> Option<Value> {
    let start = date.interval()?.start?.0;
    Some(match date.grain() {
        Grain::Second | Grain::Minute | Grain::Hour => json!({
            "year": start.year(), "month": start.month(), "day": start.day(),
            "hour": start.hour(), "minute": start.minute(),
        }),
        Grain::Day | Grain::Week => json!({"year": start.year(), "month": start.month(), "day": start.day()}),
        Grain::Month | Grain::Quarter | Grain::Half => json!({"year": start.year(), "month": start.month()}),
        Grain::Year | Grain::Decade | Grain::Century | Grain::Millennium => json!({"year": start.year()}),
    })
}

/// TimelineJS takes its texts as HTML.
fn plain(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
