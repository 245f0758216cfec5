//! `nianbiao figure` end to end: what it writes, what it refuses, and with which status.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const STORY: &str = "\
山谷里的苹果园

本报青川1月9日电（记者 高远）2022年，青川县苹果总产量为12万吨。2023年，青川县苹果总产量达到18万吨。
2024年9月，第一座冷库在青川县建成。2024年，青川县苹果总产量达到24万吨，比2022年翻了一番。
";

/// A folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("青川.txt"), STORY).unwrap();
    dir
}

fn run(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nianbiao")).current_dir(dir).arg("figure").args(args).output().unwrap()
}

#[track_caller]
fn refused(output: &Output, status: i32, words: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{said}");
    assert!(said.contains(words), "{said}");
    assert!(output.stdout.is_empty());
}

#[test]
fn both_kinds_are_written_in_both_formats() {
    let dir = folder("figure-cli-kinds");
    for kind in ["timeline", "series"] {
        let png = format!("{kind}.png");
        let output = run(&dir, &[kind, "青川.txt", "--preset", "slide", "--lang", "en", "-o", &png]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let file = fs::File::open(dir.join(&png)).unwrap();
        let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        assert_eq!((reader.info().width, reader.info().height), (1920, 1080));
        assert!(reader.info().utf8_text.iter().any(|chunk| chunk.keyword == "Description"));

        let svg = format!("{kind}.svg");
        assert!(run(&dir, &[kind, "青川.txt", "--transparent", "-o", &svg]).status.success());
        let text = fs::read_to_string(dir.join(&svg)).unwrap();
        let first = if kind == "series" { "id=\"point-1\"" } else { "id=\"event-1\"" };
        assert!(text.contains(first) && text.contains("<desc") && text.contains("青川"), "{text}");
        assert_eq!(text.matches("<g ").count(), text.matches("</g>").count());
    }
    // Nothing half-written is left behind: the story and four figures.
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 5);
}

#[test]
fn the_same_figure_has_the_same_bytes() {
    let dir = folder("figure-cli-same");
    for name in ["a.png", "b.png"] {
        assert!(run(&dir, &["series", "青川.txt", "--scale", "1", "-o", name]).status.success());
    }
    assert!(fs::read(dir.join("a.png")).unwrap() == fs::read(dir.join("b.png")).unwrap());
}

#[test]
fn every_series_and_every_document_has_a_file_of_its_own() {
    let dir = folder("figure-cli-batch");
    fs::write(dir.join("白石.txt"), STORY.replace("青川", "白石").replace("12万吨", "9万吨")).unwrap();
    let names = |folder: &str| {
        let files = fs::read_dir(dir.join(folder)).unwrap().map(|file| file.unwrap().file_name());
        let mut names: Vec<String> = files.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let all = ["series", "青川.txt", "白石.txt", "--all", "--format", "svg", "-o", "all"];
    let output = run(&dir, &all);
    assert!(output.status.success() && output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(names("all"), ["白石县苹果总产量.svg", "青川县苹果总产量.svg"]);
    let each = ["timeline", "青川.txt", "白石.txt", "--each-document", "--data", "-o", "each"];
    assert!(run(&dir, &each).status.success());
    assert_eq!(names("each"), ["白石.csv", "白石.json", "白石.png", "青川.csv", "青川.json", "青川.png"]);
    refused(&run(&dir, &["series", "青川.txt", "--all", "-o", "x", "--series", "0"]), 2, "--series");
    refused(&run(&dir, &["series", "青川.txt", "--all", "-o", "x", "--size", "9000x9000"]), 2, "pixels");
    refused(&run(&dir, &["series", "青川.txt", "--all", "-o", "青川.txt"]), 1, "cannot write");
}

#[test]
fn what_cannot_be_done_is_said_with_its_status() {
    let dir = folder("figure-cli-refusals");
    refused(&run(&dir, &["series", "青川.txt", "-o", "a.gif"]), 2, ".png, .svg or .pdf");
    refused(&run(&dir, &["series", "青川.txt", "-o", "a.png", "--size", "100x100"]), 2, "240 to 12000");
    refused(&run(&dir, &["series", "青川.txt", "-o", "a.png", "--size", "12000x12000"]), 2, "pixels");
    refused(
        &run(&dir, &["series", "青川.txt", "-o", "a.png", "--series", "葡萄"]),
        2,
        "no series \"葡萄\"; there are: 0 ",
    );
    refused(&run(&dir, &["timeline", "青川.txt", "-o", "a.png", "--to", "1900"]), 1, "between --from and --to");
    refused(&run(&dir, &["series", "missing.txt", "-o", "a.png"]), 1, "missing.txt");
    refused(&run(&dir, &["series", "青川.txt", "-o", "no/such/folder/a.png"]), 1, "no/such/folder/a.png");
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 1, "a refusal leaves no file");
}
