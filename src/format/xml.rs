//! XML parts of office documents, event by event. Entities of the document's own are never expanded.

use super::FormatError;
use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};
use std::borrow::Cow;

/// What a reader of a format sees of its XML, in order.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// An element begins.
    Open(&'a BytesStart<'a>),
    /// An element without content: begins and ends.
    Empty(&'a BytesStart<'a>),
    /// The element with this name ends.
    Close(&'a str),
    /// Text, references resolved.
    Text(Cow<'a, str>),
}

/// Decodes the bytes of an XML part: UTF-8, or UTF-16 with a mark.
pub(super) fn decode(bytes: &[u8]) -> String {
    encoding_rs::UTF_8.decode(bytes).0.into_owned()
}

/// Calls `visit` with every node of `xml`. Names lose their prefix: `w:p` and `text:p` are both `p`.
///
/// # Errors
/// Where the XML is not well-formed, with the byte; `visit` has seen what stands before.
pub(super) fn walk(xml: &str, what: &'static str, mut visit: impl FnMut(Node<'_>)) -> Result<(), FormatError> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => visit(Node::Open(&tag)),
            Ok(Event::Empty(tag)) => visit(Node::Empty(&tag)),
            Ok(Event::End(tag)) => visit(Node::Close(local(tag.name().as_ref()))),
            Ok(Event::Text(text)) => visit(Node::Text(text.xml10_content())),
            Ok(Event::CData(text)) => visit(Node::Text(text.xml10_content())),
            Ok(Event::GeneralRef(reference)) => {
                if let Some(c) = resolved(&reference) {
                    visit(Node::Text(Cow::Owned(c.to_string())));
                }
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Err(error) => {
                let detail = format!("{error} at byte {}", reader.error_position());
                return Err(FormatError::Damaged { what, detail });
            }
        }
    }
}

/// Whether everything that begins in `xml` ends, in the right order.
///
/// # Errors
/// Where it does not, with the byte.
pub(super) fn check_ends(xml: &str, what: &'static str) -> Result<(), FormatError> {
    let mut reader = Reader::from_str(xml);
    let mut n_open = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => n_open += 1,
            Ok(Event::End(_)) => n_open = n_open.saturating_sub(1),
            Ok(Event::Eof) if n_open == 0 => return Ok(()),
            Ok(Event::Eof) => {
                let detail = format!("its content ends inside {n_open} elements");
                return Err(FormatError::Damaged { what, detail });
            }
            Ok(_) => {}
            Err(error) => {
                let detail = format!("{error} at byte {}", reader.error_position());
                return Err(FormatError::Damaged { what, detail });
            }
        }
    }
}

/// The five entities of XML, `&nbsp;` and character references; anything else says nothing.
fn resolved(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    Some(match &**reference {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => return None,
    })
}

/// `w:p` → `p`.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The local name of a tag.
pub(super) fn name<'a>(tag: &'a BytesStart<'_>) -> &'a str {
    local(tag.name().into_inner())
}

/// The attribute with this local name.
pub(super) fn attribute(tag: &BytesStart<'_>, wanted: &str) -> Option<String> {
    tag.attributes()
        .filter_map(Result::ok)
        .find(|attribute| local(attribute.key.into_inner()) == wanted)
        .map(|attribute| attribute.value.into_owned())
}
