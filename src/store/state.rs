//! What the program remembers between two runs: settings, panes, recent files.

use super::atomic;
use crate::{
    desk::{Desk, FigureSpec, Hints, Panes, Settings},
    model::{TableChoice, Undated},
};
use serde::{Deserialize, Serialize};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// How many recent files are remembered.
const MAX_RECENT: usize = 20;

/// A file or folder that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Its path.
    pub path: PathBuf,
    /// How many events were found in it.
    pub n_events: usize,
}

/// The state as it stands in the file. What is missing there has its default, so an older file stays good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// How the program looks and writes.
    #[serde(flatten)]
    pub settings: Settings,
    /// Panes and their sizes.
    pub panes: Panes,
    /// Hints that are no longer needed.
    pub hints: Hints,
    /// Looks of the figure that was exported last.
    pub figure: FigureSpec,
    /// What the columns of tables of records are for.
    pub tables: Vec<TableChoice>,
    /// When documents are taken to be written that do not tell.
    pub undated: Undated,
    /// Width and height of the window in logical pixels.
    pub window_size: [f32; 2],
    /// Latest first.
    pub recent: Vec<Recent>,
}

impl Default for State {
    fn default() -> Self {
        let desk = Desk::default();
        Self {
            settings: desk.settings,
            panes: desk.panes,
            hints: desk.hints,
            figure: FigureSpec::default(),
            tables: Vec::new(),
            undated: desk.undated,
            window_size: [1440.0, 900.0],
            recent: Vec::new(),
        }
    }
}

impl State {
    /// Takes over what of `desk` is remembered.
    pub fn take_from(&mut self, desk: &Desk) {
        self.settings.clone_from(&desk.settings);
        self.panes = desk.panes.clone();
        self.hints = desk.hints.clone();
        self.figure = desk.figure.remembered();
        self.tables = desk.tables.clone();
        self.undated.clone_from(&desk.undated);
    }

    /// A desk as it was left.
    pub fn desk(&self) -> Desk {
        Desk {
            settings: self.settings.clone().within_bounds(),
            panes: self.panes.clone(),
            hints: self.hints.clone(),
            figure: self.figure.remembered(),
            tables: self.tables.clone(),
            undated: self.undated.clone(),
            ..Desk::default()
        }
    }

    /// Puts `path` on top of the recent ones.
    pub fn remember(&mut self, path: PathBuf, n_events: usize) {
        self.recent.retain(|recent| recent.path != path);
        self.recent.insert(0, Recent { path, n_events });
        self.recent.truncate(MAX_RECENT);
    }
}

/// What reading the state gave.
#[derive(Debug, PartialEq)]
pub enum Loaded {
    /// It is there, or there was none yet and this is the default.
    State(Box<State>),
    /// It could not be understood and was moved to this path; begin anew.
    Broken(PathBuf),
}

/// Reads the state at `path`. A file that cannot be understood is kept aside under another name, never lost.
///
/// # Errors
/// The file is there but cannot be read or moved.
pub fn load(path: &Path) -> io::Result<Loaded> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Loaded::State(Box::default())),
        Err(error) => return Err(error),
    };
    if let Ok(state) = serde_json::from_slice(&bytes) {
        return Ok(Loaded::State(state));
    }
    let aside = (1..)
        .map(|n: u32| path.with_extension(format!("broken-{n}.json")))
        .find(|aside| !aside.exists())
        .unwrap_or_else(|| path.with_extension("broken.json"));
    fs::rename(path, &aside)?;
    Ok(Loaded::Broken(aside))
}

/// Writes the state to `path`, whole or not at all; makes its folder where there is none.
///
/// # Errors
/// What the file system reports.
pub fn save(path: &Path, state: &State) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut bytes = serde_json::to_vec_pretty(state)?;
    bytes.push(b'\n');
    atomic::write(path, &bytes)
}

/// Where the platform keeps settings: `$XDG_CONFIG_HOME/nianbiao/state.json`, `%APPDATA%\nianbiao\state.json`,
/// `~/Library/Application Support/nianbiao/state.json`. `None` where the environment names no such place.
pub fn default_path() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let config = if cfg!(windows) {
        folder("APPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_CONFIG_HOME").filter(|path| path.is_absolute()).or_else(|| Some(folder("HOME")?.join(".config")))
    };
    config.map(|config| config.join("nianbiao").join("state.json"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Lang, ThemeChoice};

    #[test]
    fn a_broken_state_is_kept_aside() {
        let dir = std::env::temp_dir().join(format!("nianbiao-state-{}", std::process::id()));
        let path = dir.join("deep/state.json");
        assert_eq!(load(&path).unwrap(), Loaded::State(Box::default()));
        let mut state = State { settings: Settings { lang: Lang::En, ..Settings::default() }, ..State::default() };
        state.remember("a.txt".into(), 3);
        state.remember("b.txt".into(), 1);
        state.remember("a.txt".into(), 4);
        save(&path, &state).unwrap();
        assert_eq!(state.recent.iter().map(|recent| recent.n_events).collect::<Vec<_>>(), [4, 1]);
        assert_eq!(load(&path).unwrap(), Loaded::State(Box::new(state)));
        fs::write(&path, "{ no json").unwrap();
        let Loaded::Broken(aside) = load(&path).unwrap() else { panic!("taken for good") };
        assert_eq!(fs::read_to_string(aside).unwrap(), "{ no json");
        assert!(!path.exists());
        fs::write(&path, "{\"theme\": \"dark\"}").unwrap();
        let Loaded::State(state) = load(&path).unwrap() else { panic!("taken for broken") };
        assert_eq!((state.settings.theme, state.settings.reading_size_px), (ThemeChoice::Dark, 16));
        fs::remove_dir_all(&dir).unwrap();
    }
}
