//! Zip archives, read entry by entry within a budget.

use super::{
    Choices, Each, Fault, FormatError, Kind,
    error::bytes_words,
    limits::{MAX_ARCHIVE_BYTES, MAX_ARCHIVE_DEPTH, MAX_ENTRIES, MAX_INFLATED_BYTES},
    read_nested,
};
use std::io::{Cursor, Read as _};
use zip::{ZipArchive, result::ZipError};

/// The part that names the kind of a document is a line.
const MAX_MIME_BYTES: u64 = 1 << 10;

/// A zip archive in memory.
pub(super) type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// What is left to spend on an archive and those inside it.
#[derive(Debug)]
pub(super) struct Budget {
    n_bytes: u64,
    n_entries: usize,
    depth: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { n_bytes: MAX_ARCHIVE_BYTES, n_entries: MAX_ENTRIES, depth: MAX_ARCHIVE_DEPTH }
    }
}

/// Which sort of zip archive it is, by the names in it.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    let Ok(zip) = ZipArchive::new(Cursor::new(bytes)) else { return Kind::Zip };
    let has = |name: &str| zip.index_for_name(name).is_some();
    if has("word/document.xml") {
        Kind::Docx
    } else if has("META-INF/container.xml") && !has("content.xml") {
        Kind::Epub
    } else if has("content.xml") && (has("mimetype") || has("META-INF/manifest.xml")) {
        match of_mime_type(bytes) {
            Some(mime) if mime.contains("spreadsheet") => Kind::Sheet,
            Some(mime) if mime.contains("presentation") => Kind::Foreign("a presentation"),
            _ => Kind::Odt,
        }
    } else if has("xl/workbook.xml") {
        Kind::Sheet
    } else if has("ppt/presentation.xml") {
        Kind::Foreign("a presentation")
    } else {
        Kind::Zip
    }
}

fn of_mime_type(bytes: &[u8]) -> Option<String> {
    let mut zip = open("document", bytes).ok()?;
    let mime = part_within(&mut zip, "mimetype", MAX_MIME_BYTES).ok()?;
    Some(String::from_utf8_lossy(&mime).into_owned())
}

/// Opens an archive; `what` names it in messages.
pub(super) fn open<'a>(what: &'static str, bytes: &'a [u8]) -> Result<Zip<'a>, FormatError> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(what, &error))
}

fn damaged(what: &'static str, error: &ZipError) -> FormatError {
    match error {
        ZipError::UnsupportedArchive(detail) if detail.contains("assword") => FormatError::Encrypted(what),
        _ => FormatError::Damaged { what, detail: error.to_string().to_lowercase() },
    }
}

/// How many bytes its entries have when they are inflated, by what the archive says. It can say less than there is, and
/// then the reader of zip archives gives an error at the byte that is one too many: so it can be believed as a bound.
pub(super) fn inflated_len(zip: &mut Zip<'_>) -> u64 {
    (0..zip.len()).filter_map(|idx| Some(zip.by_index_raw(idx).ok()?.size())).fold(0, u64::saturating_add)
}

/// The inflated bytes of the part named `name`, at most [`MAX_INFLATED_BYTES`].
pub(super) fn part(zip: &mut Zip<'_>, name: &str) -> Result<Vec<u8>, FormatError> {
    part_within(zip, name, MAX_INFLATED_BYTES)
}

/// As [`part`], at most `limit` bytes.
pub(super) fn part_within(zip: &mut Zip<'_>, name: &str, limit: u64) -> Result<Vec<u8>, FormatError> {
    let idx = zip
        .index_for_name(name)
        .ok_or_else(|| FormatError::Damaged { what: "document", detail: format!("it has no part \"{name}\"") })?;
    inflate(zip, idx, name, limit)
}

/// Reads entry `idx`, at most `limit` bytes, whatever the archive says of its length.
fn inflate(zip: &mut Zip<'_>, idx: usize, name: &str, limit: u64) -> Result<Vec<u8>, FormatError> {
    let entry = zip.by_index(idx).map_err(|error| damaged("zip archive", &error))?;
    let mut bytes = Vec::new();
    let read = entry.take(limit + 1).read_to_end(&mut bytes);
    if u64::try_from(bytes.len()).is_ok_and(|n| n > limit) {
        return Err(FormatError::TooLarge { what: format!("\"{name}\", inflated,"), limit: bytes_words(limit) });
    }
    read.map_err(|error| FormatError::Damaged { what: "zip archive", detail: error.to_string() })?;
    Ok(bytes)
}

/// An entry worth reading: where it is in the archive, and a name that leads nowhere else.
struct Entry {
    idx: usize,
    name: String,
}

/// Reads every document in an archive. What is wrong with one does not stop the others.
pub(super) fn read(path: &str, bytes: &[u8], choices: Choices<'_>, budget: &mut Budget, each: &mut Each<'_>) {
    let mut fault = |error| each(Err(Fault { path: path.to_owned(), error }));
    if budget.depth == 0 {
        let limit = format!("{MAX_ARCHIVE_DEPTH} archives in each other");
        return fault(FormatError::TooLarge { what: "the nesting of archives".to_owned(), limit });
    }
    let mut zip = match open("zip archive", bytes) {
        Ok(zip) => zip,
        Err(error) => return fault(error),
    };
    if zip.len() > budget.n_entries {
        let limit = format!("{MAX_ENTRIES} entries");
        return fault(FormatError::TooLarge { what: "the archive".to_owned(), limit });
    }
    budget.n_entries -= zip.len();
    let entries = entries(&mut zip);
    if entries.is_empty() {
        return fault(FormatError::EmptyArchive);
    }
    budget.depth -= 1;
    for Entry { idx, name } in entries {
        let inner = format!("{path}/{name}");
        match inflate(&mut zip, idx, &name, MAX_INFLATED_BYTES.min(budget.n_bytes)) {
            Ok(bytes) => {
                budget.n_bytes = budget.n_bytes.saturating_sub(bytes.len() as u64);
                read_nested(&inner, &bytes, choices, budget, each);
            }
            Err(error) => {
                budget.n_bytes = budget.n_bytes.saturating_sub(spent_on(&error));
                each(Err(Fault { path: inner, error }));
            }
        }
    }
    budget.depth += 1;
}

/// The file in this archive, or in one inside it, that the text which [`read`] names `inner` was read from, and its name:
/// `inner` itself, or what stands before the `#` of a record.
pub(super) fn part_of<'a>(bytes: &[u8], inner: &'a str, depth: usize) -> Option<(&'a str, Vec<u8>)> {
    let mut zip = open("zip archive", bytes).ok().filter(|zip| depth > 0 && zip.len() <= MAX_ENTRIES)?;
    let rest_behind = |name: &str| {
        let rest = inner.strip_prefix(name)?;
        (rest.is_empty() || rest.starts_with(['/', '#'])).then_some(rest)
    };
    let mut holders: Vec<Entry> =
        entries(&mut zip).into_iter().filter(|entry| rest_behind(&entry.name).is_some()).collect();
    // `a#1.txt` is a file of its own rather than a record of `a`.
    holders.sort_by_key(|entry| std::cmp::Reverse(entry.name.len()));
    holders.into_iter().find_map(|Entry { idx, name }| {
        let rest = rest_behind(&name)?;
        let found = inflate(&mut zip, idx, &name, MAX_INFLATED_BYTES).ok()?;
        let Some(nested) = rest.strip_prefix('/') else { return Some((inner.get(..name.len())?, found)) };
        let (part, found) = part_of(&found, nested, depth - 1)?;
        Some((inner.get(..name.len() + 1 + part.len())?, found))
    })
}

/// What was inflated in vain.
fn spent_on(error: &FormatError) -> u64 {
    if matches!(error, FormatError::TooLarge { .. }) { MAX_INFLATED_BYTES } else { 0 }
}

/// The files in an archive, sorted by name: no folders, no hidden files, nothing of macOS's shadow folder.
fn entries(zip: &mut Zip<'_>) -> Vec<Entry> {
    let mut found: Vec<Entry> = (0..zip.len())
        .filter_map(|idx| {
            let entry = zip.by_index_raw(idx).ok()?;
            if entry.is_dir() || entry.is_symlink() {
                return None;
            }
            let name = plain_name(&text_of_name(entry.name_raw()))?;
            Some(Entry { idx, name })
        })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// Names are UTF-8, or what the packer's system wrote: GBK on Chinese Windows.
fn text_of_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// A name without what leads out of the archive (`..`, a drive, a root) and without control characters; `None` for
/// hidden files.
fn plain_name(name: &str) -> Option<String> {
    let parts: Vec<String> = name
        .split(['/', '\\'])
        .map(|part| part.chars().filter(|c| !c.is_control()).collect::<String>())
        .filter(|part| !matches!(part.as_str(), "" | "." | ".."))
        .collect();
    let is_hidden = parts.iter().any(|part| part.starts_with('.') || part == "__MACOSX");
    (!is_hidden && !parts.is_empty()).then(|| parts.join("/"))
}
