//! Takes out HTML tags that are nested too deep, before a parser sees them: a tree of 50,000 levels costs seconds.

use super::limits::MAX_HTML_NESTING;
use std::borrow::Cow;

/// Elements without an end tag, and those whose end tag is usually left out: they nest by mistake only.
const UNCOUNTED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "tr", "td", "th", "option", "optgroup", "thead", "tbody", "tfoot", "rp", "rt", "rb", "html",
    "head", "body", "colgroup",
];

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "noscript"];

/// `html` without the tags nested deeper than [`MAX_HTML_NESTING`]; their text stays. The second value is how many
/// were taken out.
pub(super) fn flattened(html: &str) -> (Cow<'_, str>, usize) {
    let mut out = String::new();
    let (mut depth, mut n_dropped_open, mut n_dropped, mut kept_to) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut at = 0;
    while let Some(tag) = next_tag(html, at) {
        at = tag.end;
        if UNCOUNTED.iter().any(|name| name.eq_ignore_ascii_case(tag.name)) || tag.is_self_closed {
            continue;
        }
        let mut drop = false;
        if tag.is_end {
            drop = n_dropped_open > 0;
            if drop {
                n_dropped_open -= 1;
            } else {
                depth = depth.saturating_sub(1);
            }
        } else if depth >= MAX_HTML_NESTING {
            (drop, n_dropped_open) = (true, n_dropped_open + 1);
        } else {
            depth += 1;
        }
        if drop {
            out.push_str(html.get(kept_to..tag.start).unwrap_or_default());
            // What the tag kept apart stays apart.
            out.push_str("<br>");
            kept_to = tag.end;
            n_dropped += 1;
        }
    }
    if n_dropped == 0 {
        return (Cow::Borrowed(html), 0);
    }
    out.push_str(html.get(kept_to..).unwrap_or_default());
    (Cow::Owned(out), n_dropped)
}

/// A tag in the text of a page.
struct Tag<'a> {
    start: usize,
    end: usize,
    name: &'a str,
    is_end: bool,
    is_self_closed: bool,
}

/// The next tag at or behind `from`; comments and the content of scripts are passed over.
fn next_tag(html: &str, mut from: usize) -> Option<Tag<'_>> {
    loop {
        let start = from + memchr::memchr(b'<', html.as_bytes().get(from..)?)?;
        let rest = html.get(start..)?;
        if rest.starts_with("<!--") {
            from = start + 4 + memchr::memmem::find(rest.as_bytes().get(4..)?, b"-->")? + 3;
            continue;
        }
        let is_end = rest.starts_with("</");
        let inner = rest.get(if is_end { 2 } else { 1 }..)?;
        let n_name = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        if n_name == 0 || !inner.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
            from = start + 1;
            continue;
        }
        let name = inner.get(..n_name)?;
        let end = start + tag_len(rest.as_bytes());
        let is_self_closed = html.get(..end)?.ends_with("/>");
        if !is_end && !is_self_closed && RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            from = end_of_raw(html, end, name)?;
            continue;
        }
        return Some(Tag { start, end, name, is_end, is_self_closed });
    }
}

/// How many bytes a tag has, quotes heeded; what is not closed goes to the end.
fn tag_len(bytes: &[u8]) -> usize {
    let mut quote = None;
    for (idx, &byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return idx + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    bytes.len()
}

/// Where `</name` stands behind `from`.
fn end_of_raw(html: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memmem::find(html.as_bytes().get(at..)?, b"</")?;
        let tail = html.as_bytes().get(at + 2..at + 2 + name.len())?;
        if tail.eq_ignore_ascii_case(name.as_bytes()) {
            let rest = html.get(at..)?;
            return Some(at + tag_len(rest.as_bytes()));
        }
        at += 2;
    }
}
