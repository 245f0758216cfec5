//! A parsed corpus too large for memory: its documents stay in the file, the index of their events is kept.
//!
//! ```text
//! {"schema":1,"documents":[ {…}, {…}, {…} ],…}      one file, or one document a line
//!                           ↑    ↑    ↑  where each begins and how long it is
//! ```
//!
//! The file is gone through once, document by document, on all cores; after that a document is read again when
//! somebody looks at it.

use super::json::{self, CorpusError};
use crate::{
    corpus::{
        Bodies, Body, Corpus, Entry,
        index::{Digest, EventIndex, digest},
    },
    warn::Warning,
};
use memchr::memchr2;
use rayon::prelude::*;
use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

/// A parsed corpus of more bytes stays in its file.
pub const FAR_FROM_BYTES: u64 = 256 << 20;
/// So much of the file is gone through at a time.
const PORTION: usize = 32 << 20;

/// Where a document lies in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    start: u64,
    len: usize,
}

/// The documents of a file.
#[derive(Debug)]
struct FarFile {
    path: PathBuf,
    file: Mutex<File>,
    places: Vec<Place>,
}

impl FarFile {
    fn bytes(&self, place: Place) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; place.len];
        let mut file = self.file.lock().map_err(|_| io::Error::other("the file is in use by a thread that failed"))?;
        file.seek(SeekFrom::Start(place.start))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn fetch(&self, number: u64) -> Result<Body, String> {
        let place = usize::try_from(number).ok().and_then(|number| self.places.get(number));
        let bytes = self.bytes(*place.ok_or("no such document")?).map_err(|error| error.to_string())?;
        let entries = json::read_corpus(&bytes).map_err(|error| error.to_string())?;
        let entry = entries.into_iter().next().ok_or("no such document")?;
        Ok(entry.into_body())
    }
}

impl Bodies for FarFile {
    fn body(&self, number: u64) -> Body {
        self.fetch(number).unwrap_or_else(|reason| {
            let mut body = Body::default();
            body.document.id = format!("{}#{number}", self.path.display());
            body.document.warnings.push(Warning { span: None, kind: "unreadable".to_owned(), message: reason });
            body
        })
    }
}

/// A corpus whose documents stay in the file.
#[derive(Debug, Default)]
pub struct Far {
    /// The documents, fetched when they are looked at.
    pub entries: Vec<Entry>,
    /// What the index keeps of each.
    pub digests: Vec<Digest>,
}

impl Far {
    /// As a corpus of its own.
    pub fn into_corpus(self) -> Corpus {
        let Self { entries, digests } = self;
        Corpus::indexed(entries, Arc::new(EventIndex::from_digests(digests)))
    }
}

/// Whether the file is a parsed corpus that is too large for memory.
pub fn is_far(path: &Path) -> bool {
    let is_large = std::fs::metadata(path).is_ok_and(|metadata| metadata.len() >= FAR_FROM_BYTES);
    let head = || -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        File::open(path)?.take(4096).read_to_end(&mut head)?;
        Ok(head)
    };
    is_large && head().is_ok_and(|head| json::is_corpus(&head))
}

/// Goes through the parsed corpus at `path`. `tell` hears how many documents are done and what share of the file that
/// is, and says whether to go on; what was read up to then is kept.
///
/// # Errors
/// See [`CorpusError`] and [`io::Error`].
pub fn open(path: &Path, mut tell: impl FnMut(usize, f64) -> bool) -> Result<Far, super::load::LoadError> {
    let mut file = File::open(path)?;
    let total = file.metadata()?.len().max(1) as f64;
    let mut scan = Scan::default();
    let mut places: Vec<Place> = Vec::new();
    let mut digests: Vec<Digest> = Vec::new();
    // What is in hand: the bytes from `from` on, in which documents may begin that end later.
    let (mut held, mut from) = (Vec::<u8>::new(), 0_u64);
    loop {
        let had = held.len();
        let n_read = file.by_ref().take(PORTION as u64).read_to_end(&mut held)?;
        let found = scan.go_on(held.get(had..).unwrap_or_default(), from + had as u64);
        let slices: Vec<&[u8]> = found
            .iter()
            .filter_map(|place| {
                let start = usize::try_from(place.start - from).ok()?;
                held.get(start..start + place.len)
            })
            .collect();
        let read: Result<Vec<Digest>, CorpusError> = slices
            .par_iter()
            .map(|bytes| {
                let (document, text) = json::read_document(bytes)?;
                Ok(digest(&document, &text))
            })
            .collect();
        digests.extend(read?);
        places.extend(found);
        let keep_from = scan.begun.unwrap_or(from + held.len() as u64);
        held.drain(..usize::try_from(keep_from - from).unwrap_or(0).min(held.len()));
        from = keep_from;
        let goes_on = tell(places.len(), (from as f64 / total).min(1.0));
        if n_read == 0 || !goes_on {
            break;
        }
    }
    let bodies: Arc<dyn Bodies> = Arc::new(FarFile { path: path.to_owned(), file: Mutex::new(file), places });
    let entry = |(number, digest): (usize, &Digest)| Entry::fetched(Arc::clone(&bodies), number as u64, digest.counts);
    Ok(Far { entries: digests.iter().enumerate().map(entry).collect(), digests })
}

/// Finds the documents in a stream of JSON without reading what is in them.
#[derive(Debug, Default)]
struct Scan {
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
    /// The last string read at depth 1, as far as it matters.
    key: Vec<u8>,
    /// Whether the array named `documents` is open.
    is_in_documents: bool,
    had_documents: bool,
    /// Where the document that is being read begins.
    begun: Option<u64>,
}

impl Scan {
    /// Goes on with `bytes`, the first of which is at `at` in the file; returns the documents that end in them.
    fn go_on(&mut self, bytes: &[u8], at: u64) -> Vec<Place> {
        let mut found = Vec::new();
        let mut idx = 0;
        while let Some(&byte) = bytes.get(idx) {
            if self.is_in_string {
                if self.is_escaped {
                    self.is_escaped = false;
                    idx += 1;
                    continue;
                }
                let rest = bytes.get(idx..).unwrap_or_default();
                let next = memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
                if self.depth == 1 && self.key.len() < 32 {
                    self.key.extend(rest.iter().take(next.min(32)));
                }
                idx += next;
                match bytes.get(idx) {
                    Some(b'"') => self.is_in_string = false,
                    Some(_) => self.is_escaped = true,
                    None => break,
                }
                idx += 1;
                continue;
            }
            match byte {
                b'"' => {
                    self.is_in_string = true;
                    if self.depth == 1 {
                        self.key.clear();
                    }
                }
                b'{' | b'[' => {
                    let opens_documents = byte == b'[' && self.depth == 1 && self.key == b"documents";
                    if opens_documents {
                        self.is_in_documents = true;
                        self.had_documents = true;
                        self.begun = None;
                    }
                    let is_document = byte == b'{' && (self.depth == 0 || self.depth == 2 && self.is_in_documents);
                    if is_document {
                        self.begun = Some(at + idx as u64);
                    }
                    self.depth += 1;
                }
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    let ends_document =
                        self.depth == 2 && self.is_in_documents || self.depth == 0 && !self.had_documents;
                    if byte == b'}'
                        && ends_document
                        && let Some(start) = self.begun.take()
                    {
                        found.push(Place { start, len: (at + idx as u64 + 1 - start) as usize });
                    }
                    if byte == b']' && self.depth == 1 && self.is_in_documents {
                        self.is_in_documents = false;
                    }
                    if self.depth == 0 {
                        self.begun = None;
                    }
                }
                _ => {}
            }
            idx += 1;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, read},
        store::json::CorpusFile,
        text::Source,
        warn::Reporter,
    };

    fn entry(path: &str, text: &str) -> Entry {
        let source = Source { path: path.into(), text: text.into(), encoding: String::new(), sha256: String::new() };
        read(source, &ReadOptions::default(), Reporter::new())
    }

    fn check(name: &str, bytes: &[u8], entries: &[Entry]) {
        let path = std::env::temp_dir().join(format!("nianbiao-far-{}-{name}.json", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        let far = open(&path, |_, _| true).unwrap();
        assert_eq!(far.entries.len(), entries.len());
        assert!(far.entries.iter().all(|entry| !entry.is_in_memory()));
        let corpus = far.into_corpus();
        let near = Corpus::new(entries.to_vec());
        assert_eq!(corpus.index().total(), near.index().total());
        assert_eq!(corpus.index().row(0), near.index().row(0));
        for (far, near) in corpus.entries.iter().zip(&near.entries) {
            assert_eq!((&far.document, &far.text), (&near.document, &near.text));
        }
        std::fs::remove_file(&path).unwrap();
        assert_eq!(corpus.entries[0].document, near.entries[0].document, "what was fetched stays");
    }

    #[test]
    fn documents_are_found_in_the_file_and_fetched_from_it() {
        let entries = [
            entry("a.txt", "大桥2024年9月1日在天津开工。\n"),
            entry("b.txt", "他说：“{\"documents\":[{\\}]”，1998年。\n"),
        ];
        check("corpus", &serde_json::to_vec(&CorpusFile::new(&entries)).unwrap(), &entries);
        let lines: Vec<String> =
            entries.iter().map(|entry| serde_json::to_string(&json::standalone(entry)).unwrap()).collect();
        check("lines", lines.join("\n").as_bytes(), &entries);
    }

    #[test]
    fn documents_are_found_wherever_a_portion_ends() {
        let text = br#" {"schema":1,"x":{"documents":[{}]},"documents":[{"a":"]}\"","b":[{}]},{}],"series":[{"documents":[{}]}]}"#;
        let mut scan = Scan::default();
        let whole = scan.go_on(text, 0);
        let said: Vec<&str> = whole
            .iter()
            .map(|p| std::str::from_utf8(&text[p.start as usize..p.start as usize + p.len]).unwrap())
            .collect();
        assert_eq!(said, [r#"{"a":"]}\"","b":[{}]}"#, "{}"]);
        for cut in 0..text.len() {
            let mut scan = Scan::default();
            let mut parts = scan.go_on(&text[..cut], 0);
            parts.extend(scan.go_on(&text[cut..], cut as u64));
            assert_eq!(parts, whole, "cut at {cut}");
        }
    }
}
