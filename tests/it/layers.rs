//! Holds the layers: which module may use which, and which names may stand only in certain places.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Module → the modules it may use. A top-level module without a line is an error.
const MAY_USE: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("warn", &["span"]),
    ("edtf", &[]),
    ("model", &["span", "warn", "edtf"]),
    ("text", &["span", "warn", "edtf", "model"]),
    ("format", &["span", "warn", "edtf", "model", "text"]),
    ("extract", &["span", "warn", "edtf", "model", "text"]),
    ("corpus", &["span", "warn", "edtf", "model", "text", "extract"]),
    ("desk", &["span", "warn", "edtf", "model", "text", "extract", "corpus"]),
    ("store", &["span", "warn", "edtf", "model", "text", "format", "extract", "corpus", "desk"]),
    ("view", &["span", "warn", "edtf", "model", "text", "extract", "corpus", "desk"]),
    ("ui", &["span", "warn", "edtf", "model", "text", "extract", "corpus", "desk", "view"]),
    ("figure", &["span", "warn", "edtf", "model", "text", "extract", "corpus", "desk", "view", "ui"]),
    (
        "cli",
        &["span", "warn", "edtf", "model", "text", "extract", "corpus", "desk", "store", "view", "ui", "figure", "app"],
    ),
    ("app", &["span", "warn", "edtf", "model", "text", "extract", "corpus", "desk", "store", "view", "ui", "figure"]),
];

/// Name → the places (prefixes below `src/`) where it may stand.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("std::fs", &["store/", "cli/", "app/"]),
    ("std::env", &["store/", "cli/", "app/"]),
    ("std::net", &[]),
    ("std::process::Command", &[]),
    ("SystemTime::now", &["store/", "cli/", "app/"]),
    ("Local::now", &["store/", "cli/", "app/"]),
    ("Utc::now", &["store/", "cli/", "app/"]),
    ("std::thread", &["cli/", "app/"]),
    ("egui", &["ui/", "figure/", "app/", "cli/"]),
    ("eframe", &["app/"]),
    ("rfd::", &["app/"]),
    ("Color32::from_rgb", &["ui/theme"]),
];

/// Every Rust file below `src`, as (path below `src`, contents).
fn sources() -> Vec<(String, String)> {
    fn walk(dir: &Path, root: &Path, out: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, out);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                out.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut out = Vec::new();
    walk(&root, &root, &mut out);
    out.sort();
    out
}

fn module_of(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// Code lines with their numbers; comments are left out.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(idx, line)| (idx + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn a_module_uses_only_those_below_it() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        let module = module_of(&file);
        if ["main", "lib"].contains(&module) {
            continue;
        }
        let Some((_, may_use)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            faults.push(format!("{file}: `{module}` has no line in MAY_USE"));
            continue;
        };
        let lines: Vec<&str> = text.lines().collect();
        for (line_no, line) in code_lines(&text) {
            for (other, _) in MAY_USE {
                let named = line.contains(&format!("crate::{other}::")) || line.contains(&format!("nianbiao::{other}"));
                let listed = in_use_group(&lines, line_no, other);
                if (named || listed) && *other != module && !may_use.contains(other) {
                    faults.push(format!("{file}:{line_no}: `{module}` must not use `{other}`"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Whether line `line_no` lies in a `use crate::{…}` group and begins an item of module `other`.
fn in_use_group(lines: &[&str], line_no: usize, other: &str) -> bool {
    let Some(line) = lines.get(line_no - 1) else { return false };
    let item = line.trim_start();
    let begins = |item: &str| item.starts_with(&format!("{other}::")) || item.trim_end_matches(',') == other;
    if let Some(rest) = item.strip_prefix("use crate::{") {
        return rest.split(',').any(|part| begins(part.trim().trim_end_matches("};")));
    }
    // Only first-level items (four blanks) of a group that is still open.
    if !line.starts_with("    ") || line.starts_with("     ") || !begins(item) {
        return false;
    }
    lines[..line_no - 1].iter().rev().take_while(|line| !line.contains("};")).any(|line| *line == "use crate::{")
}

/// The names right behind `super::` in `text`: of paths, and of the first level of groups.
fn named_beside(text: &str) -> BTreeSet<String> {
    let word = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let mut names = BTreeSet::new();
    for (at, found) in text.match_indices("super::") {
        let rest = &text[at + found.len()..];
        let Some(group) = rest.strip_prefix('{').filter(|_| !text[..at].ends_with("super::")) else {
            names.insert(word(rest));
            continue;
        };
        let (mut depth, mut begins) = (0, true);
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                c if begins && c.is_alphanumeric() => {
                    names.insert(word(&group[at..]));
                    begins = false;
                }
                _ => {}
            }
        }
    }
    names
}

/// A way from `from` back to itself, as long as it need be; `None` where there is none.
fn circle<'a>(from: &'a str, uses: &'a BTreeMap<String, BTreeSet<String>>) -> Option<Vec<&'a str>> {
    let mut ways = vec![vec![from]];
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop() {
        for next in uses.get(*way.last()?)? {
            if next == from {
                return Some(way);
            }
            if uses.contains_key(next) && seen.insert(next) {
                ways.push(way.iter().copied().chain([next.as_str()]).collect());
            }
        }
    }
    None
}

#[test]
fn no_two_files_of_a_folder_need_each_other() {
    let mut folders: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (file, text) in sources() {
        let Some((folder, name)) = file.rsplit_once('/') else { continue };
        let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let code: String = code_lines(text).map(|(_, line)| format!("{line}\n")).collect();
        if name != "mod.rs" {
            let name = name.trim_end_matches(".rs").to_owned();
            folders.entry(folder.to_owned()).or_default().insert(name, named_beside(&code));
        }
    }
    let circles = folders.iter().flat_map(|(folder, uses)| {
        uses.keys().filter_map(move |name| Some(format!("{folder}: {}", circle(name, uses)?.join(" → "))))
    });
    let circles: Vec<String> = circles.collect();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn names_beside_are_found_in_paths_and_groups() {
    let text = "use super::{\n    Theme, cx::Cx,\n    kept::{self, Kept},\n};\nlet x = super::number::counted(1);";
    let names: Vec<String> = named_beside(text).into_iter().collect();
    assert_eq!(names, ["Theme", "cx", "kept", "number"]);
    let uses = [("a", "b"), ("b", "c"), ("c", "b")];
    let uses = uses.map(|(from, to)| (from.to_owned(), BTreeSet::from([to.to_owned()]))).into();
    assert_eq!(circle("b", &uses), Some(vec!["b", "c"]));
    assert_eq!(circle("a", &uses), None);
}

#[test]
fn outer_things_are_named_only_in_their_places() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        for (line_no, line) in code_lines(&text) {
            for (name, places) in ONLY_IN {
                let has = line.match_indices(name).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
                });
                if has && !places.iter().any(|place| file.starts_with(place)) && file != "lib.rs" {
                    faults.push(format!("{file}:{line_no}: `{name}` may stand only in {places:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    let bad: Vec<String> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(file, _)| file).collect();
    assert!(bad.is_empty(), "no `//!` on the first line of {bad:?}");
}

#[test]
fn every_test_file_is_run() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let main = fs::read_to_string(dir.join("main.rs")).unwrap();
    for entry in fs::read_dir(dir).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let Some(module) = name.strip_suffix(".rs") else { continue };
        assert!(module == "main" || main.contains(&format!("mod {module};")), "tests/it/main.rs does not name {name}");
    }
}
