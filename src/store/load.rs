//! Paths → documents: folders walked, files of any kind read, parsed corpora opened.

use super::{
    carried,
    json::{self, CorpusError},
    project::{self, Project, ProjectError},
};
use crate::{
    corpus::{Entry, ReadOptions, read},
    desk::FigureSpec,
    edtf::Edtf,
    extract::dct,
    format::{self, FormatError, Piece, limits::MAX_FILE_BYTES},
    model::{TableChoice, TablePreview, Undated},
    text,
};
use chrono::{DateTime, Local};
use encoding_rs::Encoding;
use std::{
    borrow::Cow,
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

/// What the file names of documents end in, lower case. Of other files in a folder, only those that begin like a
/// document are read ([`is_document`]); a file that is named itself is read whatever its name.
pub const KINDS: &[&str] = &[
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "json", "jsonl", "ndjson", "csv", "tsv", "pdf", "docx",
    "odt", "epub", "xlsx", "ods", "zip",
];

/// So much of a file without a known name is looked at.
const HEAD_BYTES: u64 = 1024;

/// How deep folders are followed, so that a folder that contains itself comes to an end.
const MAX_DEPTH: usize = 64;

/// Why a path gave no document.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file system says no.
    #[error("{}", io_words(.0))]
    Io(#[from] io::Error),
    /// There is no text in it.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// It is a picture that carries no data.
    #[error("this picture carries no data of a figure; only figures exported with their data can be opened")]
    NoFigure,
    /// It is a parsed corpus that was refused.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// It is a project that cannot be opened.
    #[error(transparent)]
    Project(#[from] ProjectError),
}

/// The system's words without its number: `no such file or directory`.
pub fn io_words(error: &io::Error) -> String {
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or_default();
    let mut chars = words.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// A path that could not be used, and why.
#[derive(Debug)]
pub struct Failure {
    /// As the user gave it, or as it was found in a folder.
    pub path: PathBuf,
    /// What happened.
    pub error: LoadError,
}

/// The files that `paths` stand for: a file is itself, a folder all documents below it, in sorted order. Hidden files
/// and folders in a folder are passed over.
pub fn files(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Failure>) {
    let (mut files, mut failures) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            walk(path, 0, &mut files, &mut failures);
        } else {
            files.push(path.clone());
        }
    }
    (files, failures)
}

fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>, failures: &mut Vec<Failure>) {
    let mut paths: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(Result::ok).map(|entry| entry.path()).collect(),
        Err(error) => {
            failures.push(Failure { path: folder.to_owned(), error: error.into() });
            return;
        }
    };
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            if depth < MAX_DEPTH {
                walk(&path, depth + 1, files, failures);
            }
        } else if is_document(&path) {
            files.push(path);
        }
    }
}

/// Whether a file is read when it is found in a folder: by its name, or where that says nothing, by its first bytes.
pub fn is_document(path: &Path) -> bool {
    match path.extension() {
        Some(extension) => {
            KINDS.contains(&extension.to_string_lossy().to_lowercase().as_str())
                || head(path).is_some_and(|head| format::kind(&head) == format::Kind::Pdf)
        }
        None => head(path).is_some_and(|head| match format::kind(&head) {
            format::Kind::Text => std::str::from_utf8(&head).is_ok_and(|text| !text.is_empty() && !text.contains('\0')),
            kind => kind == format::Kind::Pdf,
        }),
    }
}

/// The first bytes of a file, cut after the last line break in them.
fn head(path: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    fs::File::open(path).ok()?.take(HEAD_BYTES).read_to_end(&mut head).ok()?;
    if let Some(end) = memchr::memrchr(b'\n', &head) {
        head.truncate(end);
    }
    Some(head)
}

/// A document of a file, or why there is none.
pub type Loaded = Result<Entry, Failure>;

/// Reads one file: a document, a parsed corpus, an archive or a table with many. What is wrong with one of them does
/// not stop the others.
pub fn file(path: &Path, options: &ReadOptions) -> Vec<Loaded> {
    if project::is_project(path) {
        let corpus = Project::open(path).and_then(|project| project.corpus());
        return match corpus {
            Ok(corpus) => corpus.entries.iter().cloned().map(Ok).collect(),
            Err(error) => vec![Err(Failure { path: path.to_owned(), error: error.into() })],
        };
    }
    match whole(path) {
        Ok(found) => bytes(&path.to_string_lossy(), &found, &options_of(path, options)),
        Err(error) => vec![Err(Failure { path: path.to_owned(), error })],
    }
}

/// `options` for the file at `path`: with the day of the file in place of a wish for it.
pub(super) fn options_of<'a>(path: &Path, options: &'a ReadOptions) -> Cow<'a, ReadOptions> {
    if options.undated != Undated::File {
        return Cow::Borrowed(options);
    }
    let undated = file_day(path).map_or(Undated::Unknown, Undated::On);
    Cow::Owned(ReadOptions { undated, ..options.clone() })
}

/// The day, by the clock of this place, on which the file that holds the document at `path` was changed last; `None`
/// where there is no such file (any more).
pub fn file_day(path: &Path) -> Option<Edtf> {
    let holder = project::holders(&path.to_string_lossy()).map(PathBuf::from).find(|path| path.is_file())?;
    let changed = fs::metadata(holder).and_then(|metadata| metadata.modified()).ok()?;
    Some(Edtf::from_day(DateTime::<Local>::from(changed).date_naive()))
}

/// The bytes of a file that is not larger than [`MAX_FILE_BYTES`], even if it grows while it is read.
pub(super) fn whole(path: &Path) -> Result<Vec<u8>, LoadError> {
    let mut file = fs::File::open(path)?;
    let n_bytes = file.metadata()?.len();
    let mut bytes = Vec::new();
    if n_bytes <= MAX_FILE_BYTES {
        bytes.reserve(usize::try_from(n_bytes).unwrap_or(0));
        file.by_ref().take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    }
    if n_bytes.max(bytes.len() as u64) > MAX_FILE_BYTES {
        let limit = format!("{} MiB for one file", MAX_FILE_BYTES >> 20);
        return Err(FormatError::TooLarge { what: "the file".to_owned(), limit }.into());
    }
    Ok(bytes)
}

/// So much of a table is read to show its first rows.
const PREVIEW_BYTES: u64 = 1 << 20;

/// The file of a table that the document at `path` is a record of (`a.csv#7`), or that it is itself; `None` where there
/// is no such file, because it lies in an archive or is gone.
pub fn table_file(path: &str) -> Option<PathBuf> {
    // A record's name may have `#` in it, too.
    let ends = path.match_indices('#').map(|(at, _)| at).chain(std::iter::once(path.len()));
    ends.filter_map(|end| path.get(..end)).map(PathBuf::from).find(|path| path.is_file())
}

/// The first rows of a table of records; `None` where the file is none.
///
/// # Errors
/// The file cannot be read.
pub fn table_preview(path: &Path, tables: &[TableChoice]) -> Result<Option<TablePreview>, LoadError> {
    let choices = format::Choices { tables, ..format::Choices::default() };
    let mut head = Vec::new();
    fs::File::open(path)?.take(PREVIEW_BYTES).read_to_end(&mut head)?;
    let is_whole = (head.len() as u64) < PREVIEW_BYTES;
    if !is_whole && let Some(end) = memchr::memrchr(b'\n', &head) {
        head.truncate(end + 1);
    }
    match format::table_preview(&head, choices) {
        Some(preview) => Ok(Some(preview)),
        None if is_whole => Ok(None),
        // A list in JSON can be read only to its end.
        None => Ok(format::table_preview(&whole(path)?, choices)),
    }
}

/// The choices that made the figure in a picture of ours; `None` for every other file.
pub fn view(path: &Path) -> Option<FigureSpec> {
    let is_picture = path
        .extension()
        .is_some_and(|ending| ["png", "svg"].iter().any(|picture| ending.eq_ignore_ascii_case(picture)));
    if is_picture { Some(figure(&fs::read(path).ok()?).ok()?.view) } else { None }
}

/// The figure in a picture that this program exported, with its sources.
///
/// # Errors
/// [`LoadError::NoFigure`] where it carries none, [`LoadError::Corpus`] where it cannot be understood.
pub fn figure(bytes: &[u8]) -> Result<carried::Opened, LoadError> {
    let text = carried::find(bytes).ok_or(LoadError::NoFigure)?;
    Ok(carried::open(&text)?)
}

/// The file that a document was read from, be it one on the disk or one in an archive there.
#[derive(Debug)]
pub struct Part {
    /// The file on the disk.
    pub file: PathBuf,
    /// Its path, or that of the file in the archive (`a.zip/b.csv`); the document's own, unless that is a record of a
    /// table (`a.csv#7`).
    pub path: String,
    bytes: Vec<u8>,
}

/// The file that the document at `path` was read from.
///
/// # Errors
/// It is not there any more, or cannot be read.
pub fn part(path: &str) -> Result<Part, Failure> {
    let failed = |error: LoadError| Failure { path: path.into(), error };
    let gone = || failed(io::Error::from(io::ErrorKind::NotFound).into());
    let holder = project::holders(path).find(|holder| Path::new(holder).is_file()).ok_or_else(gone)?;
    let file = PathBuf::from(holder);
    let bytes = whole(&file).map_err(failed)?;
    let rest = path.get(holder.len()..).unwrap_or_default();
    let Some(inner) = rest.strip_prefix(['/', '\\']) else {
        return Ok(Part { file, path: holder.to_owned(), bytes });
    };
    let (name, bytes) = format::part_in_archive(&bytes, inner).ok_or_else(gone)?;
    Ok(Part { file, path: format!("{holder}/{name}"), bytes })
}

/// Reads the file that a document came from once more, as text in `encoding` or, without one, in what is guessed.
pub fn part_as(part: &Part, encoding: Option<&'static Encoding>, options: &ReadOptions) -> Vec<Loaded> {
    bytes_as(&part.path, &part.bytes, encoding, &options_of(&part.file, options))
}

/// As [`file()`], from bytes that are in memory already; `name` stands for the path.
pub fn bytes(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<Loaded> {
    bytes_as(name, bytes, None, options)
}

/// As [`bytes()`]; `chosen` is the encoding of a text where the reader has chosen one.
pub(super) fn bytes_as(
    name: &str,
    bytes: &[u8],
    chosen: Option<&'static Encoding>,
    options: &ReadOptions,
) -> Vec<Loaded> {
    if json::is_corpus(bytes) {
        return match json::read_corpus(bytes) {
            Ok(entries) => entries.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(Failure { path: name.into(), error: error.into() })],
        };
    }
    if carried::is_picture(bytes) {
        match figure(bytes) {
            Ok(opened) => return opened.entries.into_iter().map(Ok).collect(),
            // Most PDFs are no figures but documents.
            Err(LoadError::NoFigure) if format::kind(bytes) == format::Kind::Pdf => {}
            Err(error) => return vec![Err(Failure { path: name.into(), error })],
        }
    }
    let mut found = Vec::new();
    let each: &mut format::Each<'_> = &mut |piece| {
        found.push(match piece {
            Ok(Piece { source, dct, dct_words, mut reporter }) => {
                let in_words = dct_words.as_ref().and_then(|said| dct::of_words(&said.words));
                if let (Some(said), None) = (dct_words, &in_words) {
                    reporter.whole("record-dct", said.warning());
                }
                let dct = dct.or(in_words).or_else(|| options.dct.clone());
                let (id, undated) = (options.id.clone(), options.undated.clone());
                let options = ReadOptions { dct, id, undated, ..ReadOptions::default() };
                Ok(read(source, &options, reporter))
            }
            Err(fault) => Err(Failure { path: fault.path.into(), error: fault.error.into() }),
        });
    };
    let chosen_in = options.encodings.iter();
    let encodings: Vec<(&str, &'static Encoding)> =
        chosen_in.filter_map(|(path, name)| Some((path.as_str(), text::encoding_named(name)?))).collect();
    let chosen = chosen.or_else(|| encodings.iter().find(|(path, _)| *path == name).map(|(_, encoding)| *encoding));
    let choices = format::Choices { encoding: chosen, encodings: &encodings, tables: &options.tables };
    match chosen {
        Some(_) => format::read_as(name, bytes, choices, each),
        None => format::read_with(name, bytes, choices, each),
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the column of dates means as the day that a record was written, in every kind of table.
    #[test]
    fn dates_of_records_are_read_however_they_are_written() {
        let dates = [
            ("2024-10-08", "2024-10-08"),
            ("2024/10/8", "2024-10-08"),
            ("2024.10.08", "2024-10-08"),
            ("20241008", "2024-10-08"),
            ("2024-10", "2024-10"),
            ("2024", "2024"),
            ("2024年10月8日", "2024-10-08"),
            ("2024年10月", "2024-10"),
            ("二〇二四年十月", "2024-10"),
            ("二零二四年十月八日", "2024-10-08"),
            ("２０２４年１０月８日", "2024-10-08"),
            ("2024年10月8日 星期二 09:30", "2024-10-08T09:30:00"),
            ("发布时间：2024年10月8日　来源：日报", "2024-10-08"),
            ("民国113年10月8日", "2024-10-08"),
            ("民國一一三年十月", "2024-10"),
            ("中华民国一百一十三年十月八日", "2024-10-08"),
            ("光绪三十四年", "1908"),
            ("2024年10月8日至12日", "2024-10-08"),
            ("2024-10-08T09:30:00+08:00", "2024-10-08T09:30:00"),
            ("2024-10-08T01:30:00Z", "2024-10-08T01:30:00"),
            ("Tue, 08 Oct 2024 09:30:00 +0800", "2024-10-08T09:30:00"),
            ("20241008093000", "2024-10-08T09:30:00"),
        ];
        let text = "大桥昨天通车，两岸居民往来方便多了。";
        let csv = |date: &str| format!("id,日期,正文\n1,\"{date}\",{text}\n");
        let object = |date: &str| serde_json::json!({"id": "1", "date": date, "text": text}).to_string();
        let json = |date: &str| format!("[{}]", object(date));
        let lines = |date: &str| format!("{}\n{}\n", object(date), object(date));
        for (date, expected) in dates {
            for file in [csv(date), json(date), lines(date)] {
                let read = bytes("a", file.as_bytes(), &ReadOptions::default()).remove(0).unwrap();
                let found = read.document.dct.as_ref().map(|dct| dct.as_str().to_owned());
                assert_eq!(found.as_deref(), Some(expected), "{date} in {file}: {:?}", read.document.warnings);
                assert!(read.document.warnings.is_empty(), "{date}: {:?}", read.document.warnings);
            }
            let record = serde_json::json!({"id": "1", "dct": date, "text": text}).to_string();
            let read = crate::store::record::read_record(record.as_bytes(), None).unwrap();
            assert_eq!(read.document.dct.as_ref().unwrap().as_str(), expected, "{date}");
        }
        for other in ["昨天", "某日", "948亿元", "上世纪九十年代", "十月八日", "10年"] {
            let read = bytes("a", csv(other).as_bytes(), &ReadOptions::default()).remove(0).unwrap();
            assert_eq!(read.document.dct, None, "{other}");
            let said: Vec<&str> = read.document.warnings.iter().map(|said| said.message.as_str()).collect();
            assert_eq!(said, [format!("row 2, column \"日期\": this is no date: \"{other}\"")], "{other}");
        }
    }
}
