//! Books: the chapters of an EPUB file, in the order of its spine.

use super::{FormatError, archive, error::bytes_words, html, limits::MAX_INFLATED_BYTES, xml, xml::Node};
use crate::{edtf::Edtf, warn::Reporter};
use std::collections::HashMap;

/// What the package file says.
#[derive(Debug, Default)]
struct Package {
    /// Id → path, without the table of contents.
    manifest: HashMap<String, String>,
    /// Ids of the chapters, in order.
    spine: Vec<String>,
    date: Option<Edtf>,
}

/// The text of a book, and when it says that it was published. A chapter that is damaged is told and left out.
pub(super) fn text(bytes: &[u8], reporter: &mut Reporter) -> Result<(String, Option<Edtf>), FormatError> {
    let mut zip = archive::open("EPUB file", bytes)?;
    if zip.index_for_name("META-INF/encryption.xml").is_some()
        && archive::part(&mut zip, "META-INF/encryption.xml")
            .is_ok_and(|rights| memchr::memmem::find(&rights, b"xmlenc#aes").is_some())
    {
        return Err(FormatError::Encrypted("EPUB file"));
    }
    let container = archive::part(&mut zip, "META-INF/container.xml")?;
    let root = root_file(&container)
        .ok_or(FormatError::Damaged { what: "EPUB file", detail: "it names no package file".to_owned() })?;
    let package = package(&archive::part(&mut zip, &root)?)?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut chapters: Vec<String> = Vec::new();
    // A spine may name a chapter a thousand times, so what all of them inflate to is counted.
    let mut n_left = MAX_INFLATED_BYTES;
    for (idx, id) in package.spine.iter().enumerate() {
        let Some(href) = package.manifest.get(id) else { continue };
        let path = joined(folder, href);
        match archive::part_within(&mut zip, &path, n_left) {
            Err(FormatError::TooLarge { .. }) if n_left < MAX_INFLATED_BYTES => {
                let (n, limit) = (package.spine.len() - idx, bytes_words(MAX_INFLATED_BYTES));
                reporter.whole(
                    "format",
                    format!("the last {n} chapters were left out: the book inflates to more than {limit}"),
                );
                break;
            }
            Ok(chapter) => {
                n_left = n_left.saturating_sub(chapter.len() as u64);
                let chapter = html::book_page(&xml::decode(&chapter), reporter);
                if !chapter.trim().is_empty() {
                    chapters.push(chapter);
                }
            }
            Err(error) => reporter.whole("format", format!("a chapter was left out: {error}")),
        }
    }
    Ok((chapters.join("\n"), package.date))
}

fn root_file(bytes: &[u8]) -> Option<String> {
    let mut found = None;
    // What is damaged behind the name does not matter.
    let _ = xml::walk(&xml::decode(bytes), "EPUB file", |node| {
        if let Node::Open(tag) | Node::Empty(tag) = node
            && xml::name(tag) == "rootfile"
            && found.is_none()
        {
            found = xml::attribute(tag, "full-path");
        }
    });
    found
}

fn package(bytes: &[u8]) -> Result<Package, FormatError> {
    let mut package = Package::default();
    let mut is_date = false;
    xml::walk(&xml::decode(bytes), "EPUB file", |node| match node {
        Node::Open(tag) | Node::Empty(tag) => {
            let attribute = |name: &str| xml::attribute(tag, name);
            is_date = xml::name(tag) == "date";
            match xml::name(tag) {
                "item" => {
                    let is_contents = attribute("properties").is_some_and(|all| all.split(' ').any(|one| one == "nav"));
                    let is_page = attribute("media-type").is_none_or(|kind| kind.contains("html"));
                    if let (Some(id), Some(href), false, true) =
                        (attribute("id"), attribute("href"), is_contents, is_page)
                    {
                        package.manifest.insert(id, href);
                    }
                }
                "itemref" => package.spine.extend(attribute("idref")),
                _ => {}
            }
        }
        Node::Text(text) if is_date => {
            package.date = package.date.take().or_else(|| super::tidy::date(&text));
        }
        Node::Close(_) => is_date = false,
        Node::Text(_) => {}
    })?;
    Ok(package)
}

/// A path in the archive, from the package's folder and a link: `%20` is a blank, `..` goes up.
fn joined(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut parts: Vec<String> = folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    for part in unescaped(href).split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part.to_owned()),
        }
    }
    parts.join("/")
}

/// Undoes `%E4%BD%A0`.
fn unescaped(href: &str) -> String {
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = (first == b'%').then(|| tail.get(..2)).flatten();
        let byte = hex.and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
