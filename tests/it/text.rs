//! Decoding and segmenting whole files: what must hold for every text, and the shared corpus where it is there.

use nianbiao::{
    text::{Article, decode, segment},
    warn::Reporter,
};
use proptest::prelude::*;
use std::{collections::BTreeSet, fs, path::PathBuf};

fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Every character that is not blank stands in exactly one block, and maps back to itself.
#[track_caller]
fn check_cover(text: &str, articles: &[Article]) {
    let mut seen = BTreeSet::new();
    for block in articles.iter().flat_map(|article| &article.blocks) {
        for (at, c) in block.text.text().char_indices().filter(|(_, c)| !is_blank(*c)) {
            let source = block.text.source_offset(at);
            let original = text.get(source..).and_then(|rest| rest.chars().next());
            assert!(original.is_some_and(|original| original == c || !original.is_ascii()), "{c} is not {original:?}");
            assert!(seen.insert(source), "{c} at {source} stands in two blocks of {text:?}");
        }
    }
    for (at, c) in text.char_indices().filter(|(_, c)| !is_blank(*c) && *c != '#') {
        assert!(seen.contains(&at), "{c} at {at} is in no block of {text:?}");
    }
}

fn segmented(text: &str) -> Vec<Article> {
    segment(text, &mut Reporter::new())
}

proptest! {
    #[test]
    fn no_character_is_lost_or_told_twice(
        lines in prop::collection::vec("[港口扩建工程年月日，。：（）“”《》0-9A-Za-z# \u{3000}—第一章摄记者新华社电]{0,24}(\n|\n\n|\r\n|\r)", 0..40)
    ) {
        let text = lines.concat();
        check_cover(&text, &segmented(&text));
    }
}

fn shared(dir: &str) -> Vec<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared").join(dir);
    let Ok(entries) = fs::read_dir(&root) else {
        eprintln!("skipped: {} is missing", root.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}

#[test]
fn shared_files_open_or_say_why_not() {
    for path in ["corpus/hostile", "corpus/encodings", "corpus", "gold"].into_iter().flat_map(shared) {
        let name = path.display().to_string();
        let Ok(bytes) = fs::read(&path) else { continue };
        match decode(&name, &bytes, &mut Reporter::new()) {
            Ok(source) => check_cover(&source.text, &segmented(&source.text)),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

#[test]
fn shared_encodings_decode_to_the_same_text() {
    let paths = shared("corpus/encodings");
    let text = |path: &PathBuf| {
        let bytes = fs::read(path).ok()?;
        decode("", &bytes, &mut Reporter::new())
            .ok()
            .map(|source| (source.text.replace("\r\n", "\n").replace('\r', "\n"), source.encoding))
    };
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "txt")) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        let truth =
            if name.contains(".trad.") { format!("{stem}.trad.utf8.txt") } else { format!("{stem}.utf-8-sig.txt") };
        let (Some((truth, _)), Some((found, encoding))) = (text(&path.with_file_name(truth)), text(path)) else {
            panic!("{name} cannot be read");
        };
        // Big5 lacks some of the characters; those were replaced when the files were made.
        let n_other = truth.chars().zip(found.chars()).filter(|(a, b)| a != b).count();
        assert!(
            truth.chars().count() == found.chars().count() && n_other * 50 <= found.chars().count(),
            "{name} was read as {encoding}: {n_other} characters differ"
        );
    }
}

fn told(articles: &[Article]) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for article in articles {
        let dateline = article.dateline.as_ref().map(|dateline| {
            let date = dateline.date.as_ref().map(ToString::to_string).unwrap_or_default();
            format!(" · {} {} {date}", dateline.agency, dateline.place.as_deref().unwrap_or_default())
        });
        let byline = article.byline.join(" ");
        writeln!(out, "== {:?}{} · {byline}", article.kind, dateline.unwrap_or_default()).unwrap();
        for block in &article.blocks {
            writeln!(out, "{:?}: {}", block.role, block.text.text()).unwrap();
        }
    }
    out
}

#[test]
fn the_sample_page_is_put_together() {
    let text = include_str!("../../assets/sample/page.txt");
    let articles = segmented(text);
    check_cover(text, &articles);
    insta::assert_snapshot!(told(&articles));
}

/// One line an article: its headline, then its other blocks, by the first letter of their role.
fn outline(text: &str) -> Vec<String> {
    let one = |article: &Article| {
        let block = |block: &nianbiao::text::Block| format!("{:.1}:{}", format!("{:?}", block.role), block.text.text());
        article.blocks.iter().map(block).collect::<Vec<_>>().join(" | ")
    };
    segmented(text).iter().map(one).collect()
}

#[test]
fn ordinary_texts_keep_their_shape() {
    for (text, expected) in [
        ("2019年 5月", vec!["B:2019年5月"]),
        ("五月 三日 下午两点", vec!["B:五月三日下午两点"]),
        ("大坝去年发电 3 亿\n\n千瓦时，比上年多。", vec!["B:大坝去年发电3亿千瓦时，比上年多。"]),
        (
            "大坝开始蓄水\n本报记者 赵一一\n大坝五月三日开始蓄水。\n水位每天升高两米。",
            vec!["H:大坝开始蓄水 | C:本报记者 赵一一 | B:大坝五月三日开始蓄水。 | B:水位每天升高两米。"],
        ),
        (
            "大坝开始蓄水\n本报讯 大坝五月三日开始蓄水。\n渔港通航\n本报讯 渔港六月一日通航。",
            vec!["H:大坝开始蓄水 | B:本报讯 大坝五月三日开始蓄水。", "H:渔港通航 | B:本报讯 渔港六月一日通航。"],
        ),
        (
            "渔港管理办法\n第一章 总则\n第一条 为了管理渔港，制定本办法。\n第二条 渔港包括：\n（一）码头；\n（二）锚地。",
            vec![
                "H:渔港管理办法 | S:第一章 总则 | B:第一条 为了管理渔港，制定本办法。 | B:第二条 渔港包括： | B:（一）码头； | B:（二）锚地。",
            ],
        ),
        (
            "# 渔港记事\n\n## 通航\n\n渔港通航。\n\n## 扩建\n\n渔港扩建。",
            vec!["H:渔港记事 | S:通航 | B:渔港通航。 | S:扩建 | B:渔港扩建。"],
        ),
    ] {
        assert_eq!(outline(text), expected, "{text}");
    }
}
