//! The bundled fonts hold every character that the program and its users' texts need.

use skrifa::{FontRef, MetadataProvider as _};
use std::{fs, path::PathBuf};

fn fonts_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fonts")
}

/// Those of `chars` that the font has no glyph for.
fn missing(font: &str, chars: impl Iterator<Item = char>) -> String {
    let bytes = fs::read(fonts_dir().join(font)).unwrap();
    let charmap = FontRef::new(&bytes).unwrap().charmap();
    chars.filter(|&c| charmap.map(c).is_none()).collect()
}

#[track_caller]
fn check(font: &str, chars: impl Iterator<Item = char>) {
    assert_eq!(missing(font, chars), "", "{font} lacks these");
}

/// The 7,445 characters of GB 2312, through its EUC-CN rows and cells.
fn gb2312() -> impl Iterator<Item = char> {
    let rows = (0xA1..=0xA9u8).chain(0xB0..=0xF7);
    rows.flat_map(|row| (0xA1..=0xFEu8).map(move |cell| [row, cell])).filter_map(|pair| {
        // gb18030 reads every pair that GB 2312 has; what GBK added to these rows is private use or vertical forms.
        let (text, _, failed) = encoding_rs::GB18030.decode(&pair);
        let c = text.chars().next()?;
        (!failed && !('\u{E000}'..='\u{F8FF}').contains(&c) && !('\u{FE10}'..='\u{FE4F}').contains(&c)).then_some(c)
    })
}

const FACES: [&str; 3] = ["NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "NotoSerifSC-Regular.ttf"];

#[test]
fn every_face_has_the_common_han() {
    for face in FACES {
        check(face, '\u{4E00}'..='\u{9FFF}');
        check(face, gb2312().filter(|&c| !('\u{2170}'..='\u{2179}').contains(&c)));
        check(face, "“”‘’—…·、。〈〉《》「」『』【】（），．：；？！％＋－０９ＡＺａｚ①⑳→←".chars());
        check(face, ('А'..='я').chain("ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё".chars()));
        check(face, ('Α'..='Ρ').chain('α'..='ω').chain("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ".chars()));
        check(face, "●■▲◆▼✚★⚠✓⊗≠−×÷≈≤≥±°‰€£¥₽".chars());
    }
}

#[test]
fn the_regular_sans_has_extension_a() {
    check(FACES[0], '\u{3400}'..='\u{4DBF}');
}

#[test]
fn every_word_of_the_interface_can_be_shown() {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/locale");
    let Ok(entries) = fs::read_dir(&dir) else { return };
    for entry in entries {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for face in FACES {
            check(face, text.chars().filter(|c| !c.is_control()));
        }
    }
}

#[test]
fn every_icon_has_a_glyph() {
    let table: toml::Table = fs::read_to_string(fonts_dir().join("icons.toml")).unwrap().parse().unwrap();
    assert!(table.len() >= 64);
    for font in ["phosphor.ttf", "phosphor-fill.ttf"] {
        let codes = table.values().map(|code| u32::try_from(code.as_integer().unwrap()).unwrap());
        check(font, codes.map(|code| char::from_u32(code).unwrap()));
    }
}
