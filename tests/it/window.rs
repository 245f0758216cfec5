//! `nianbiao window`: the whole window as a picture, from the real program.

use crate::driver::{Window, command, sized_window};
use egui::accesskit::Role;
use egui_kittest::kittest::NodeT as _;
use nianbiao::{
    corpus::when::Exactness,
    desk::{Command, Lang},
};
use std::{
    path::{Path, PathBuf},
    process::{self, Output},
};

fn nianbiao(args: &[&str]) -> Output {
    process::Command::new(env!("CARGO_BIN_EXE_nianbiao"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap()
}

fn scratch(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window");
    std::fs::create_dir_all(&dir).unwrap();
    dir.join(name)
}

/// Width, height, and how many different colours.
fn looked_at(path: &Path) -> (u32, u32, usize) {
    let mut reader =
        png::Decoder::new(std::io::BufReader::new(std::fs::File::open(path).unwrap())).read_info().unwrap();
    let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut buffer).unwrap();
    let colours: std::collections::HashSet<&[u8]> = buffer.chunks_exact(3).collect();
    (info.width, info.height, colours.len())
}

#[test]
fn the_window_is_drawn_in_both_languages_and_themes() {
    for (lang, theme) in [("zh", "light"), ("en", "dark")] {
        let out = scratch(&format!("{lang}.png"));
        let out_name = out.to_string_lossy();
        let args = ["window", "-o", &out_name, "--size", "900x600", "--lang", lang, "--theme", theme, "--select", "4"];
        let done = nianbiao(&[&args[..], &["tests/fixtures/sample.corpus.json"]].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert!(done.stdout.is_empty() && done.stderr.is_empty());
        let (width, height, n_colours) = looked_at(&out);
        assert_eq!((width, height), (900, 600));
        assert!(n_colours > 2, "{n_colours} colours");
    }
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let out = scratch("none.png");
    let out_name = out.to_string_lossy();
    let missing = nianbiao(&["window", "-o", &out_name, "no-such-file.txt"]);
    assert_eq!(missing.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&missing.stderr), "nianbiao: no such file or directory: \"no-such-file.txt\"\n");
    assert_eq!(nianbiao(&["window", "-o", &out_name, "--size", "big"]).status.code(), Some(2));
    assert_eq!(nianbiao(&["window", "-o", &out_name, "--select", "999"]).status.code(), Some(2));
    assert!(!out.exists());
}

/// Buttons of the window's heads (toolbar, heads of the panes) that lie on each other, by name.
fn overlapping(harness: &Window) -> Vec<(String, String)> {
    let is_control = |role: Role| matches!(role, Role::Button | Role::RadioButton | Role::CheckBox | Role::TextInput);
    let nodes = harness.root().children_recursive();
    let found: Vec<(egui::Rect, String)> = nodes
        .filter(|node| is_control(node.accesskit_node().role()))
        .map(|node| (node.rect(), node.accesskit_node().label().unwrap_or_default()))
        .filter(|(rect, _)| rect.bottom() <= 90.0 && rect.is_positive())
        .collect();
    let pairs =
        found.iter().enumerate().flat_map(|(idx, one)| found.iter().skip(idx + 1).map(move |other| (one, other)));
    pairs
        .filter(|((one, _), (other, _))| one.shrink(1.0).intersects(other.shrink(1.0)))
        // The key cap lies in the search field.
        .filter(|((one, _), (other, _))| !one.contains_rect(*other) && !other.contains_rect(*one))
        .map(|((_, one), (_, other))| (one.clone(), other.clone()))
        .collect()
}

#[test]
fn controls_of_the_heads_never_lie_on_each_other() {
    for lang in [Lang::Zh, Lang::En] {
        for width in [720, 800, 900, 980, 1060, 1100, 1180, 1280, 1366, 1440, 1680, 2560] {
            let mut harness = sized_window([width as f32, 800.0], Vec::new(), None);
            command(&mut harness, Command::SetLang(lang));
            assert_eq!(overlapping(&harness), [], "{lang:?} {width}");
            command(&mut harness, Command::TogglePlace("中亚".to_owned()));
            command(&mut harness, Command::ToggleExactness(Exactness::Within));
            assert_eq!(overlapping(&harness), [], "{lang:?} {width}, filtered");
        }
    }
}
