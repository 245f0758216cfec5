//! The command line, from the real program: what goes where, and with which exit status.

use serde_json::Value;
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

fn scratch(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    dir
}

#[track_caller]
fn nianbiao(dir: &Path, args: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nianbiao"))
        .args(args)
        .current_dir(dir)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments does not read; the broken pipe is no fault.
    let _ = child.stdin.take().unwrap().write_all(input);
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn records_keep_their_order_and_a_bad_line_is_told() {
    let dir = scratch("records");
    let mut input = String::new();
    for idx in 0..1200 {
        input += &format!("{{\"id\":\"r{idx}\",\"text\":\"第{idx}座桥建成。\"}}\n");
        if idx == 700 {
            input += "not json\n\n";
        }
    }
    let (status, out, err) = nianbiao(&dir, &["extract", "--records", "-"], input.as_bytes());
    assert_eq!(status, 0);
    let ids: Vec<Value> = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone()).collect();
    let expected: Vec<Value> = (0..1200).map(|idx| Value::from(format!("r{idx}"))).collect();
    assert_eq!(ids, expected);
    assert!(err.starts_with("nianbiao: line 702 is left out: "), "{err}");
    assert_eq!(err.lines().count(), 1);
    let (status, out, _) = nianbiao(&dir, &["extract", "--records", "-"], b"nothing\nof this\n");
    assert_eq!((status, out.as_str()), (1, ""));
}

#[test]
fn folders_are_read_in_order_and_what_cannot_be_read_is_told() {
    let dir = scratch("folder");
    fs::create_dir_all(dir.join("news/b")).unwrap();
    for (name, text) in [("news/2.txt", "二"), ("news/b/1.md", "一"), ("news/a.txt", "甲"), ("news/x.bin", "x")] {
        fs::write(dir.join(name), text).unwrap();
    }
    fs::write(dir.join("news/.hidden.txt"), "无").unwrap();
    let (status, out, err) = nianbiao(&dir, &["extract", "news", "missing.txt"], b"");
    let paths: Vec<String> = out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["source"]["path"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(paths, ["news/2.txt", "news/a.txt", "news/b/1.md"]);
    assert_eq!(err, "nianbiao: no such file or directory: \"missing.txt\"\n");
    assert_eq!(status, 0);
    let (status, out, err) = nianbiao(&dir, &["extract", "missing.txt"], b"");
    assert_eq!((status, out.as_str()), (1, ""));
    assert_eq!(err.lines().count(), 1);
}

#[test]
fn a_parsed_corpus_is_written_whole_and_read_again() {
    let dir = scratch("corpus");
    fs::write(dir.join("a.txt"), "2024年9月，大桥通车。\n").unwrap();
    let (status, out, err) = nianbiao(&dir, &["extract", "--format", "json", "-o", "a.json", "a.txt"], b"");
    assert_eq!((status, out.as_str(), err.as_str()), (0, "", ""));
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 2, "nothing is left beside the file");
    let whole: Value = serde_json::from_slice(&fs::read(dir.join("a.json")).unwrap()).unwrap();
    assert_eq!(whole["schema"], 1);
    assert_eq!(whole["documents"][0]["source"]["text"], "2024年9月，大桥通车。\n");
    assert!(whole["series"].is_array() && whole["events"].is_array());
    let (status, direct, _) = nianbiao(&dir, &["extract", "a.txt"], b"");
    assert_eq!(status, 0);
    let (status, again, _) = nianbiao(&dir, &["extract", "a.json"], b"");
    assert_eq!(status, 0);
    assert_eq!(direct, again);
    let broken = fs::read_to_string(dir.join("a.json")).unwrap().replacen("\"schema\":1", "\"schema\":7", 1);
    fs::write(dir.join("b.json"), broken).unwrap();
    let (status, _, err) = nianbiao(&dir, &["extract", "b.json"], b"");
    assert_eq!(status, 1);
    assert_eq!(err, "nianbiao: its schema is 7, this program reads schema 1: \"b.json\"\n");
}

#[test]
fn csv_has_one_finding_a_row() {
    let dir = scratch("csv");
    let (status, out, _) = nianbiao(&dir, &["extract", "--format", "csv", "-"], "2024年9月通车。".as_bytes());
    assert_eq!(status, 0);
    assert!(out.starts_with("document,kind,start,end,text,"), "{out}");
    let (status, out, err) =
        nianbiao(&dir, &["extract", "--format", "csv", "-o", "no/such/folder/x.csv", "-"], "一".as_bytes());
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(err.ends_with("\"no/such/folder/x.csv\"\n"), "{err}");
}

#[test]
fn wrong_arguments_are_status_two_and_help_teaches_by_example() {
    let dir = scratch("args");
    for args in [
        &["extract", "--format", "xml", "-"][..],
        &["extract", "--dct", "gestern", "-"],
        &["extract", "--jobs", "0", "-"],
        &["extract", "--no-such-option"],
    ] {
        let (status, out, err) = nianbiao(&dir, args, b"");
        assert_eq!((status, out.as_str()), (2, ""), "{args:?}");
        assert!(!err.is_empty());
    }
    for args in [&["--help"][..], &["extract", "--help"]] {
        let (status, out, err) = nianbiao(&dir, args, b"");
        assert_eq!((status, err.as_str()), (0, ""));
        assert!(out.contains("Examples:"), "{out}");
    }
}

#[cfg(all(feature = "gui", target_os = "linux"))]
#[test]
fn without_a_display_one_sentence_says_so() {
    let dir = scratch("display");
    let (status, out, err) = nianbiao(&dir, &[], b"");
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(err.starts_with("nianbiao: no display was found") && err.lines().count() == 1, "{err}");
}
