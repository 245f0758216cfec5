//! Tables as CSV, for spreadsheets and for the clipboard.

use crate::corpus::Entry;
use std::fmt::Write as _;

/// One field, quoted where it must be (RFC 4180).
fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

/// One row, quoted where it must be.
pub fn row(out: &mut String, fields: &[&str]) {
    let fields: Vec<String> = fields.iter().map(|text| field(text)).collect();
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{}", fields.join(","));
}

fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The head of [`findings`].
const FINDING_HEAD: [&str; 12] =
    ["document", "kind", "start", "end", "text", "article", "value", "upper", "unit", "edtf", "title", "rule"];

/// The first row of [`findings`].
pub fn findings_head() -> String {
    let mut out = String::new();
    row(&mut out, &FINDING_HEAD);
    out
}

/// Everything found in one document, one finding a row: times, quantities and events, by place. `start` and `end`
/// count code points.
pub fn findings(entry: &Entry) -> String {
    let document = super::json::public(entry);
    let mut rows: Vec<(crate::span::Span, String)> = Vec::new();
    let mut add = |span: crate::span::Span, kind: &str, text: &str, article: usize, rest: [&str; 6]| {
        let mut out = String::new();
        let (start, end, article) = (span.start.to_string(), span.end.to_string(), article.to_string());
        let [value, upper, unit, edtf, title, rule] = rest;
        let first = [document.id.as_str(), kind, &start, &end, text, &article];
        row(&mut out, &[&first[..], &[value, upper, unit, edtf, title, rule]].concat());
        rows.push((span, out));
    };
    for time in &document.times {
        let edtf = time.edtf.as_ref().map_or("", |edtf| edtf.as_str());
        add(time.span, "time", &time.text, time.article, [&time.value, "", "", edtf, "", &time.rule]);
    }
    for quantity in &document.quantities {
        let (value, upper) = (number(Some(quantity.value)), number(quantity.upper));
        let time = quantity.time.and_then(|idx| document.times.get(idx)).and_then(|time| time.edtf.as_ref());
        let edtf = time.map_or("", |edtf| edtf.as_str());
        let measure = quantity.measure.as_deref().unwrap_or_default();
        let rest = [value.as_str(), &upper, &quantity.unit, edtf, measure, &quantity.rule];
        add(quantity.span, "quantity", &quantity.text, quantity.article, rest);
    }
    let source = entry.document.events.iter();
    for (event, in_bytes) in document.events.iter().zip(source) {
        let edtf = event.edtf.as_ref().map_or("", |edtf| edtf.as_str());
        let text: String = in_bytes.span.slice(&entry.text).chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
        add(event.span, "event", &text, event.article, ["", "", "", edtf, &event.title, &event.rule]);
    }
    rows.sort_by_key(|(span, _)| *span);
    rows.into_iter().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_marks_are_quoted() {
        let mut out = String::new();
        row(&mut out, &["948亿美元", "a,b", "说“好”", "a\"b", "一\n二"]);
        assert_eq!(out, "948亿美元,\"a,b\",说“好”,\"a\"\"b\",\"一\n二\"\n");
    }
}
