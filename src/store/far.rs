//! A parsed corpus too large for memory: its documents stay in the file, the index of their events is kept.
//!
//! ```text
//! {"schema":1,"documents":[ {…}, {…}, {…} ],…}      one file, or one document a line
//!                           ↑    ↑    ↑  where each begins and how long it is
//! ```
//!
//! The file is gone through once, document by document, on all cores; after that a document is read again when
//! somebody looks at it. The index of a large one is kept in the cache folder ([`far_index`]).

use super::{
    far_index::{self, Place},
    json::{self, CorpusError},
};
use crate::{
    corpus::{
        Bodies, Body, Corpus, Entry,
        index::{Column, EventIndex, IndexDraft, digest},
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

/// The documents of a file.
#[derive(Debug)]
struct FarFile {
    path: PathBuf,
    file: Mutex<File>,
    places: Column<Place>,
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
        let bytes = self.bytes(place.ok_or("no such document")?).map_err(|error| error.to_string())?;
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

/// Opens the parsed corpus at `path`; its documents are fetched when they are looked at. `tell` hears how many documents are done and what share of the file that
/// is, and says whether to go on; what was read up to then is kept.
///
/// # Errors
/// See [`CorpusError`] and [`io::Error`].
pub fn open(path: &Path, tell: impl FnMut(usize, f64) -> bool) -> Result<Corpus, super::load::LoadError> {
    open_in(far_index::folder().as_deref(), path, tell)
}

/// As [`open`]; `folder` is where indices are kept, if anywhere.
fn open_in(
    folder: Option<&Path>,
    path: &Path,
    mut tell: impl FnMut(usize, f64) -> bool,
) -> Result<Corpus, super::load::LoadError> {
    let absolute = std::path::absolute(path)?;
    let far = |file: File, (index, places): far_index::Opened| {
        let bodies = FarFile { path: path.to_owned(), file: Mutex::new(file), places };
        Corpus::kept(Arc::new(bodies), Arc::new(index))
    };
    if let Some(kept) = folder.and_then(|folder| far_index::opened(folder, &absolute)) {
        return Ok(far(File::open(path)?, kept));
    }
    let mut file = File::open(path)?;
    let total = file.metadata()?.len().max(1) as f64;
    let mut scan = Scan::default();
    let mut places: Vec<Place> = Vec::new();
    let mut draft = IndexDraft::default();
    // What is in hand: the bytes from `from` on, in which documents may begin that end later.
    let (mut held, mut from) = (Vec::<u8>::new(), 0_u64);
    let is_whole = loop {
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
        let read: Result<Vec<_>, CorpusError> = slices
            .par_iter()
            .map(|bytes| {
                let (document, text) = json::read_document(bytes)?;
                Ok(digest(&document, &text))
            })
            .collect();
        read?.into_iter().zip(places.len()..).for_each(|(digest, doc)| draft.put(doc, digest));
        places.extend(found);
        let keep_from = scan.begun.unwrap_or(from + held.len() as u64);
        held.drain(..usize::try_from(keep_from - from).unwrap_or(0).min(held.len()));
        from = keep_from;
        let goes_on = tell(places.len(), (from as f64 / total).min(1.0));
        if n_read == 0 || !goes_on {
            break n_read == 0;
        }
    };
    let n_docs = places.len();
    let index = EventIndex::from(draft);
    let kept = folder.filter(|_| is_whole).and_then(|folder| far_index::keep(folder, &absolute, &index, &places));
    if let Some(kept) = kept {
        return Ok(far(file, kept));
    }
    let places = places.into();
    let bodies: Arc<dyn Bodies> = Arc::new(FarFile { path: path.to_owned(), file: Mutex::new(file), places });
    let entry = |doc: usize| Entry::fetched(Arc::clone(&bodies), doc as u64, index.counts(doc));
    Ok(Corpus::indexed((0..n_docs).map(entry).collect(), Arc::new(index)))
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
        let source = Source::of(path, text);
        read(source, &ReadOptions::default(), Reporter::new())
    }

    fn check(name: &str, bytes: &[u8], entries: &[Entry]) {
        let path = std::env::temp_dir().join(format!("nianbiao-far-{}-{name}.json", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        let corpus = open_in(None, &path, |_, _| true).unwrap();
        assert_eq!(corpus.entries.len(), entries.len());
        assert!(corpus.entries.iter().all(|entry| !entry.is_in_memory()));
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
    fn an_index_in_the_cache_is_good_for_this_very_file() {
        let dir = std::env::temp_dir().join(format!("nianbiao-far-index-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let (path, cache) = (dir.join("a.json"), dir.join("cache"));
        let text = "大桥2024年9月1日在天津开工。\n\n".repeat(1_500);
        let entries: Vec<Entry> = (0..14).map(|n| entry(&format!("{n}.txt"), &text)).collect();
        std::fs::write(&path, serde_json::to_vec(&CorpusFile::new(&entries)).unwrap()).unwrap();
        let n_read = |path: &Path| {
            let mut n = 0;
            let tell = |read, _| {
                n = read;
                true
            };
            let corpus = open_in(Some(&cache), path, tell).unwrap();
            assert_eq!((corpus.entries.len(), corpus.index().len()), (entries.len(), 21_000));
            assert_eq!(corpus.entries[3].document, entries[3].document);
            assert!(corpus.index().shelf().is_some());
            n
        };
        assert_eq!((n_read(&path), n_read(&path)), (14, 0));
        // The same length, another text.
        let other = String::from_utf8(std::fs::read(&path).unwrap()).unwrap().replacen("\"13", "\"14", 1);
        std::fs::write(&path, other).unwrap();
        assert_eq!((n_read(&path), n_read(&path)), (14, 0));
        // A corpus that is no more takes its index along when the next one is kept.
        std::fs::rename(&path, dir.join("b.json")).unwrap();
        assert_eq!(n_read(&dir.join("b.json")), 14);
        assert_eq!(std::fs::read_dir(&cache).unwrap().count(), 1);
        std::fs::remove_dir_all(&dir).unwrap();
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
