//! The data of a figure as a table: what is plotted, with the words it comes from and where they stand.

use crate::{
    corpus::Entry,
    span::{CharIndex, Span},
    store::csv,
    view::figure::Chosen,
};

/// The head of the table. `start` and `end` count code points of the document.
const HEAD: [&str; 12] =
    ["kind", "series", "time", "value", "upper", "unit", "title", "text", "derived", "document", "start", "end"];

/// One row for each point, then one for each event.
pub fn csv(chosen: &Chosen<'_>, entries: &[Entry]) -> String {
    let mut out = String::new();
    csv::row(&mut out, &HEAD);
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    for told in &chosen.series {
        for point in &told.series.points {
            let quantity = point.quantity.and_then(|idx| told.document.quantities.get(idx));
            let doc = point.quantity.and_then(|idx| told.origin.get(&idx)).or(told.docs.first());
            let (document, [start, end]) = place(entries, doc.copied(), quantity.map(|quantity| quantity.span));
            let row = [
                "point",
                &told.series.name,
                point.edtf.as_ref().map_or("", |edtf| edtf.as_str()),
                &number(Some(point.value)),
                &number(point.upper),
                &told.series.unit,
                "",
                quantity.map_or("", |quantity| quantity.text.as_str()),
                point.derived.as_ref().map_or("", |derived| derived.formula.as_str()),
                document,
                &start,
                &end,
            ];
            csv::row(&mut out, &row);
        }
    }
    for (doc, _, event) in &chosen.events {
        let (document, [start, end]) = place(entries, Some(*doc), Some(event.span));
        let text = entries.get(*doc).map_or("", |entry| event.span.slice(&entry.text));
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        let edtf = event.edtf.as_ref().map_or("", |edtf| edtf.as_str());
        csv::row(&mut out, &["event", "", edtf, "", "", "", &event.title, &text, "", document, &start, &end]);
    }
    out
}

/// The document's id, and first and last code point of the passage.
fn place(entries: &[Entry], doc: Option<usize>, span: Option<Span>) -> (&str, [String; 2]) {
    let Some(entry) = doc.and_then(|doc| entries.get(doc)) else { return ("", Default::default()) };
    let span = span.map(|span| CharIndex::new(&entry.text).chars_from_bytes(&entry.text, span));
    let ends = span.map_or_else(Default::default, |span| [span.start.to_string(), span.end.to_string()]);
    (&entry.document.id, ends)
}
