//! One record of JSON Lines, as batch engines pipe them in: `{"id": …, "text": …, "dct"?: …}`.

use crate::{
    corpus::{Entry, ReadOptions, read},
    edtf::Edtf,
    extract::dct,
    format,
    text::Source,
    warn::Reporter,
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
struct Record {
    id: String,
    text: String,
    #[serde(default)]
    dct: Option<Value>,
}

/// Reads the record on a line; `given` stands in where it says no writing date of its own.
///
/// # Errors
/// What is wrong with the line, in words.
///
/// ```
/// use nianbiao::store::record::read_record;
/// let entry = read_record(r#"{"id":"7","text":"昨天通车。","dct":"2025-06-22"}"#.as_bytes(), None).unwrap();
/// assert_eq!(entry.document.times[0].value, "2025-06-21");
/// assert!(read_record(b"{}", None).is_err());
/// ```
pub fn read_record(line: &[u8], given: Option<&Edtf>) -> Result<Entry, String> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let Record { id, text, dct: own } = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    let mut reporter = Reporter::new();
    let own = match own {
        Some(Value::String(own)) => Some(own).filter(|own| !own.is_empty()),
        Some(Value::Number(own)) => Some(own.to_string()),
        Some(Value::Null) | None => None,
        Some(other) => return Err(format!("\"dct\" is no date: {other}")),
    };
    let own = own.and_then(|own| {
        let read = writing_date(&own).ok().or_else(|| format::written_date(&own)).or_else(|| dct::of_words(&own));
        if read.is_none() {
            reporter.whole("record-dct", format!("this is no date: \"{own}\""));
        }
        read
    });
    let source = Source { path: String::new(), text, encoding: "UTF-8".to_owned(), sha256: String::new() };
    Ok(read(
        source,
        &ReadOptions { dct: own.or_else(|| given.cloned()), id: Some(id), ..ReadOptions::default() },
        reporter,
    ))
}

/// `2025-06-22`, `2025-06-22T18:00:00`, also with a blank for the T and a zone behind, which is dropped: what a
/// newspaper prints is local time.
///
/// # Errors
/// How it should be written.
pub fn writing_date(text: &str) -> Result<Edtf, String> {
    let joined = text.trim().replacen(' ', "T", 1);
    let (date, time) = joined.split_once('T').unwrap_or((&joined, ""));
    let time = time.split(['Z', '+', '.']).next().unwrap_or_default();
    let time = time.split('-').next().unwrap_or_default();
    let plain = if time.is_empty() { date.to_owned() } else { format!("{date}T{time}") };
    let edtf: Option<Edtf> = plain.parse().ok();
    edtf.filter(|edtf| edtf.interval().is_some())
        .ok_or_else(|| format!("write it as 2025-06-22, 2025-06 or 2025-06-22T18:00:00, not '{text}'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_dates_are_taken_as_people_write_them() {
        let read = |text: &str| writing_date(text).map(|edtf| edtf.as_str().to_owned());
        assert_eq!(read("2025-06-22").unwrap(), "2025-06-22");
        assert_eq!(read("1998-01").unwrap(), "1998-01");
        assert_eq!(read("2012-08-10 12:14:00").unwrap(), "2012-08-10T12:14:00");
        assert_eq!(read("2013-02-12T04:30:00.000-02:00").unwrap(), "2013-02-12T04:30:00");
        assert_eq!(read("2013-02-12T04:30:00Z").unwrap(), "2013-02-12T04:30:00");
        assert!(read("gestern").is_err());
        assert!(read("XXXX-06-22").is_err());
    }
}
