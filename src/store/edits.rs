//! The user's corrections on disk: one small file a document, named by the document's name and the hash of its
//! content, in a folder beside the settings.

use super::atomic;
use crate::{
    corpus::{Entry, edits::Change},
    model::SCHEMA,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// A document's name is cut after so many characters in the name of the file.
const MAX_NAME: usize = 40;
/// So many digits of the hash stand in the name of the file; the whole hash stands in it.
const HASH_DIGITS: usize = 16;

/// The corrections of one document as they stand in a file. Spans count bytes of the decoded text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct EditsFile {
    schema: u32,
    /// The document's path, absolute; empty for pasted text.
    path: String,
    /// SHA-256 of the document that the corrections were made in.
    sha256: String,
    /// In the order in which they were made.
    changes: Vec<Change>,
}

/// What was found for a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// Its corrections; none where it has none.
    pub changes: Vec<Change>,
    /// A file that could not be understood was moved here.
    pub broken: Option<PathBuf>,
}

/// The folder with the corrections.
#[derive(Debug)]
pub struct EditStore {
    folder: PathBuf,
    /// The files in it; a million documents without corrections then cost no look at the disk.
    names: BTreeSet<String>,
}

impl EditStore {
    /// The folder beside the settings at `state_path`. It is made with the first correction.
    pub fn beside(state_path: &Path) -> Self {
        let folder = state_path.with_file_name("edits");
        let names = fs::read_dir(&folder).map_or_else(
            |_| BTreeSet::new(),
            |found| found.filter_map(|item| item.ok()?.file_name().into_string().ok()).collect(),
        );
        Self { folder, names }
    }

    /// The corrections of a document: those of this very content, else those that were made when the file at its
    /// path had another.
    pub fn load(&mut self, entry: &Entry) -> Found {
        if self.names.is_empty() {
            return Found::default();
        }
        let own = Key::of(entry);
        let mut broken = None;
        if self.names.contains(&own.file_name()) {
            match self.read(&own.file_name()) {
                Ok(file) => return Found { changes: file.changes, broken },
                Err(aside) => broken = aside,
            }
        }
        if own.path.is_empty() {
            return Found { changes: Vec::new(), broken };
        }
        let of_name = format!("{}.", own.name);
        let candidates: Vec<String> = self.names.iter().filter(|name| name.starts_with(&of_name)).cloned().collect();
        let files = candidates.iter().filter_map(|name| self.read(name).ok()).filter(|file| file.path == own.path);
        let latest = files.max_by_key(|file| file.changes.iter().map(|change| change.at).max());
        Found { changes: latest.map(|file| file.changes).unwrap_or_default(), broken }
    }

    /// Keeps the corrections of a document, all of them; where there are none any more, the file goes.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn save(&mut self, entry: &Entry, changes: &[Change]) -> io::Result<()> {
        let key = Key::of(entry);
        let name = key.file_name();
        let path = self.folder.join(&name);
        if changes.is_empty() && !self.names.iter().any(|other| other.starts_with(&format!("{}.", key.name))) {
            return Ok(());
        }
        // An empty list is kept where an earlier content of the file had corrections: they were taken back.
        fs::create_dir_all(&self.folder)?;
        let file = EditsFile { schema: SCHEMA, path: key.path, sha256: key.sha256, changes: changes.to_vec() };
        let mut bytes = serde_json::to_vec_pretty(&file)?;
        bytes.push(b'\n');
        atomic::write(&path, &bytes)?;
        self.names.insert(name);
        Ok(())
    }

    /// Reads a file; one that cannot be understood is moved aside, and where to is the error.
    fn read(&mut self, name: &str) -> Result<EditsFile, Option<PathBuf>> {
        let path = self.folder.join(name);
        let bytes = fs::read(&path).map_err(|_| None)?;
        if let Ok(file) = serde_json::from_slice::<EditsFile>(&bytes)
            && file.schema == SCHEMA
        {
            return Ok(file);
        }
        self.names.remove(name);
        Err(set_aside(&path))
    }
}

/// Moves a file that cannot be understood to another name beside it, so that nothing is lost.
fn set_aside(path: &Path) -> Option<PathBuf> {
    let aside = (1..1000).map(|n: u32| path.with_extension(format!("broken-{n}"))).find(|aside| !aside.exists())?;
    fs::rename(path, &aside).ok().map(|()| aside)
}

/// What a document is known by.
struct Key {
    name: String,
    path: String,
    sha256: String,
}

impl Key {
    fn of(entry: &Entry) -> Self {
        let info = &entry.document.source;
        let sha256 = if info.sha256.is_empty() {
            Sha256::digest(entry.text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
        } else {
            info.sha256.clone()
        };
        let name = info.path.rsplit(['/', '\\']).next().unwrap_or_default();
        let is_safe = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let name: String = name.chars().map(|c| if is_safe(c) { c } else { '_' }).take(MAX_NAME).collect();
        let name = if name.is_empty() { "text".to_owned() } else { name };
        let path = match info.path.as_str() {
            "" => String::new(),
            path => std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| path.display().to_string()),
        };
        Self { name, path, sha256 }
    }

    fn file_name(&self) -> String {
        let hash: String = self.sha256.chars().take(HASH_DIGITS).collect();
        format!("{}.{hash}.json", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{
            ReadOptions,
            edits::{Edit, Target},
            read,
        },
        text::Source,
        warn::Reporter,
    };

    fn entry(path: &str, text: &str) -> Entry {
        let sha256 = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let source = Source { path: path.into(), text: text.into(), encoding: String::new(), sha256 };
        read(source, &ReadOptions::default(), Reporter::new())
    }

    #[test]
    fn corrections_are_kept_by_content_and_found_for_a_changed_file() {
        let dir = std::env::temp_dir().join(format!("nianbiao-edits-{}", std::process::id()));
        let state = dir.join("state.json");
        let first = entry("页 一.txt", "2023年5月，大桥开工。");
        let edit = Edit::Star { target: Target::event(&first.document, &first.text, 0).unwrap() };
        let changes = vec![Change { at: 5, edit }];
        let mut store = EditStore::beside(&state);
        assert_eq!(store.load(&first), Found::default());
        store.save(&first, &changes).unwrap();
        let mut store = EditStore::beside(&state);
        assert_eq!(store.load(&first).changes, changes);
        let changed = entry("页 一.txt", "新的一行。2023年5月，大桥开工。");
        assert_eq!(store.load(&changed).changes, changes);
        assert_eq!(store.load(&entry("别处/页 一.txt", "2019年。")).changes, []);
        store.save(&changed, &[]).unwrap();
        assert_eq!(store.load(&changed).changes, [], "taken back");
        let name = store.names.first().unwrap().clone();
        for name in store.names.clone() {
            fs::write(dir.join("edits").join(name), "{ no json").unwrap();
        }
        let found = store.load(if name == Key::of(&first).file_name() { &first } else { &changed });
        assert_eq!(fs::read_to_string(found.broken.unwrap()).unwrap(), "{ no json");
        fs::remove_dir_all(&dir).unwrap();
    }
}
