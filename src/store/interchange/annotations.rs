//! Findings as W3C Web Annotations, one a line: each with a position and a quotation of its passage.

use crate::{
    corpus::Entry,
    span::{CharIndex, Span},
};
use serde_json::{Value, json};
use std::io::{self, Write};

/// So many characters stand before and behind a quotation.
const CONTEXT: usize = 32;

pub(super) fn add(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    let document = &entry.document;
    let public = crate::store::json::public(entry);
    let mut rows: Vec<(Span, &str, usize, Option<Value>)> = Vec::new();
    for (idx, time) in document.times.iter().enumerate() {
        rows.push((time.span, "time", idx, public.times.get(idx).and_then(|time| serde_json::to_value(time).ok())));
    }
    for (idx, quantity) in document.quantities.iter().enumerate() {
        let body = public.quantities.get(idx).and_then(|quantity| serde_json::to_value(quantity).ok());
        rows.push((quantity.span, "quantity", idx, body));
    }
    for (idx, event) in document.events.iter().enumerate() {
        rows.push((
            event.span,
            "event",
            idx,
            public.events.get(idx).and_then(|event| serde_json::to_value(event).ok()),
        ));
    }
    for (idx, claim) in document.claims.iter().enumerate() {
        rows.push((
            claim.span,
            "claim",
            idx,
            public.claims.get(idx).and_then(|claim| serde_json::to_value(claim).ok()),
        ));
    }
    rows.sort_by_key(|(span, kind, idx, _)| (*span, *kind, *idx));
    let index = CharIndex::new(&entry.text);
    for (span, kind, idx, value) in rows {
        let chars = index.chars_from_bytes(&entry.text, span);
        let annotation = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": format!("urn:nianbiao:{}:{kind}:{idx}", document.source.sha256),
            "type": "Annotation",
            "motivation": "classifying",
            "body": {"type": "Dataset", "format": "application/json", "kind": kind, "value": value},
            "target": {
                "source": document.id,
                "selector": [
                    {"type": "TextPositionSelector", "start": chars.start, "end": chars.end},
                    quotation(&entry.text, span),
                ],
            },
        });
        serde_json::to_writer(&mut *out, &annotation)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The passage with some of what stands around it, so that it is found again in a text that has changed.
fn quotation(text: &str, span: Span) -> Value {
    let before = text.get(..span.start).unwrap_or_default();
    let prefix_at = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let suffix: String = text.get(span.end..).unwrap_or_default().chars().take(CONTEXT).collect();
    json!({
        "type": "TextQuoteSelector",
        "exact": span.slice(text),
        "prefix": before.get(prefix_at..).unwrap_or_default(),
        "suffix": suffix,
    })
}
