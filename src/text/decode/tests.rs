//! Own texts in many encodings, and the hard cases.

use super::*;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, GB18030, GBK, SHIFT_JIS};

const SIMPLIFIED: &str =
    "海湾港去年完成货物吞吐量１.２亿吨，比上年增长百分之八。\n港口扩建工程五月三日开工，计划用三年时间建成两个新泊位。";
const TRADITIONAL: &str =
    "海灣港去年完成貨物吞吐量一億噸，比上年增長百分之八。\n港口擴建工程五月三日開工，計劃用三年時間建成兩個新泊位。";
const JAPANESE: &str = "港の拡張工事は五月三日に始まり、三年かけて新しい岸壁を二つ造る予定です。";
const KOREAN: &str = "항만 확장 공사는 오월 삼일에 시작되었으며 삼 년 안에 새로운 부두를 건설할 예정이다.";

#[track_caller]
fn check(bytes: &[u8], text: &str, encoding: &str) {
    let source = decode("a.txt", bytes, &mut Reporter::new()).unwrap();
    assert_eq!((source.text.as_str(), source.encoding.as_str()), (text, encoding));
}

fn utf16(text: &str, write: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(write).collect()
}

fn utf32(text: &str, write: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|c| write(u32::from(c))).collect()
}

#[test]
fn each_encoding_is_recognised() {
    check(SIMPLIFIED.as_bytes(), SIMPLIFIED, "UTF-8");
    check(format!("\u{feff}{SIMPLIFIED}").as_bytes(), SIMPLIFIED, "UTF-8");
    check(&utf16(SIMPLIFIED, u16::to_le_bytes), SIMPLIFIED, "UTF-16LE");
    check(&utf16(SIMPLIFIED, u16::to_be_bytes), SIMPLIFIED, "UTF-16BE");
    check(&utf16(&format!("\u{feff}{SIMPLIFIED}"), u16::to_be_bytes), SIMPLIFIED, "UTF-16BE");
    check(&utf32(SIMPLIFIED, u32::to_le_bytes), SIMPLIFIED, "UTF-32LE");
    check(&utf32(SIMPLIFIED, u32::to_be_bytes), SIMPLIFIED, "UTF-32BE");
    check(&GB18030.encode(SIMPLIFIED).0, SIMPLIFIED, "gb18030");
    check(&BIG5.encode(TRADITIONAL).0, TRADITIONAL, "Big5");
    check(&EUC_KR.encode(KOREAN).0, KOREAN, "EUC-KR");
    check(&SHIFT_JIS.encode(JAPANESE).0, JAPANESE, "Shift_JIS");
    check(&EUC_JP.encode(JAPANESE).0, JAPANESE, "EUC-JP");
}

#[test]
fn seven_bit_encodings_are_recognised() {
    let pairs: Vec<u8> = GBK.encode("海湾港").0.iter().map(|b| b & 0x7f).collect();
    check(&[b"A~{", pairs.as_slice(), b"~}B ~~"].concat(), "A海湾港B ~", "HZ-GB-2312");
    check(&[b"A\x1b$A", pairs.as_slice(), b"\x1b(BB"].concat(), "A海湾港B", "ISO-2022");
    check(&[b"A\x1b$)A\x0e", pairs.as_slice(), b"\x0fB"].concat(), "A海湾港B", "ISO-2022");
    check("~{ is no HZ ~}".as_bytes(), "~{ is no HZ ~}", "UTF-8");
}

#[test]
fn damaged_texts_are_opened_and_told() {
    let whole = SIMPLIFIED.repeat(3);
    let cut = whole.as_bytes().get(..whole.len() - 1).unwrap();
    let mut reporter = Reporter::new();
    let source = decode("a.txt", cut, &mut reporter).unwrap();
    assert_eq!(source.encoding, "UTF-8");
    assert!(source.text.starts_with(SIMPLIFIED));
    assert_eq!(reporter.into_warnings().len(), 1);
    let mixed = [SIMPLIFIED.as_bytes(), b"\n", &GBK.encode(SIMPLIFIED).0].concat();
    check(&mixed, &format!("{SIMPLIFIED}\n{SIMPLIFIED}"), "gb18030");
}

#[test]
fn what_is_no_text_is_refused() {
    let error = decode("a.bin", &[0; 64], &mut Reporter::new()).unwrap_err();
    assert_eq!(error.to_string(), "this is no text: 100 % of its bytes are control characters");
    check(b"", "", "UTF-8");
    check(b"\xef\xbb\xbf", "", "UTF-8");
}

#[test]
fn the_checksum_is_that_of_the_bytes() {
    let source = decode("a.txt", b"abc", &mut Reporter::new()).unwrap();
    assert_eq!(source.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn rarer_encodings_are_recognised() {
    // UTF-7: han in Base64, the rest as it is.
    check(b"+bXdufm4v-2023+XnROCWtl-", "海湾港2023年三步", "UTF-7");
    for plain in ["1 + 1 = 2", "a+b+c", "C++-", "+86 10 1234", "x +ABCD- y"] {
        check(plain.as_bytes(), plain, "UTF-8");
    }
    // A few characters without a mark between them.
    for text in ["海湾大桥通车了", "去年港口开工", "我们的大学在中国"] {
        check(&utf16(text, u16::to_le_bytes), text, "UTF-16LE");
        check(&utf16(text, u16::to_be_bytes), text, "UTF-16BE");
        check(&GBK.encode(text).0, text, "gb18030");
    }
    // Cut in the middle of a unit.
    let mut cut = utf16(SIMPLIFIED, u16::to_le_bytes);
    cut.pop();
    let source = decode("a.txt", &cut, &mut Reporter::new()).unwrap();
    assert_eq!(source.encoding, "UTF-16LE");
    assert!(source.text.starts_with("海湾港去年"));
}

#[test]
fn chinese_far_down_in_a_latin_text_tells_the_encoding() {
    let latin = "The quick brown fox jumps over the lazy dog.\n".repeat(3_000);
    let text = format!("{latin}{SIMPLIFIED}");
    check(&GBK.encode(&text).0, &text, "gb18030");
    let one_line = format!("{}{SIMPLIFIED}", latin.replace('\n', " "));
    check(&GBK.encode(&one_line).0, &one_line, "gb18030");
}

#[test]
fn halves_of_rare_characters_are_put_together() {
    let text = format!("𠮷店{SIMPLIFIED}");
    let halves = [b"\xed\xa1\x82\xed\xbe\xb7".as_slice(), text.as_bytes().get(4..).unwrap()].concat();
    check(&halves, &text, "UTF-8");
}

#[test]
fn a_text_that_was_read_as_latin_is_told() {
    for misread in [
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(SIMPLIFIED.as_bytes()).0.into_owned(),
        SIMPLIFIED.bytes().map(char::from).collect::<String>(),
    ] {
        let mut reporter = Reporter::new();
        decode("a.txt", misread.as_bytes(), &mut reporter).unwrap();
        let said: Vec<String> = reporter.into_warnings().into_iter().map(|warning| warning.message).collect();
        assert!(said.iter().any(|said| said.contains("Latin-1")), "{said:?}");
    }
}

#[test]
fn kinds_of_damage_are_mended() {
    // Characters of Hong Kong, and those that GB 18030 writes in four bytes.
    let cantonese = b"\xca\\\x92]\x9d\xef\xa4j\xbe\xf4\x9d\xf62024\xa6~9\xa4\xeb\xb3q\xa8\xae\xa1A\x9d\xf5\xad\xd3\xbdX\xc0Y\xcdq\xa4H\xda\xbb\xa1A\x9d\xf7\xad\xf8\xa8\xcf\xbf\xfa\xa1C";
    check(cantonese, "佢哋嘅大橋喺2024年9月通車，嗰個碼頭畀人睇，咗唔使錢。", "Big5");
    let rare = format!("𠮷祥镇㐂悦路{SIMPLIFIED}€");
    check(&GB18030.encode(&rare).0, &rare, "gb18030");
    // Names and places of China in Japanese encodings.
    let names = "習近平国家主席は北京の人民大会堂で岸田首相と会談した。王毅外相も同席した。";
    check(&SHIFT_JIS.encode(names).0, names, "Shift_JIS");
    check(&EUC_JP.encode(names).0, names, "EUC-JP");
    check(&encoding_rs::ISO_2022_JP.encode(names).0, names, "ISO-2022");
    // Files put one behind the other bring their marks along.
    let two = format!("\u{feff}{SIMPLIFIED}\n\u{feff}{SIMPLIFIED}");
    check(two.as_bytes(), &format!("{SIMPLIFIED}\n{SIMPLIFIED}"), "UTF-8");
    check(&utf16(&two, u16::to_le_bytes), &format!("{SIMPLIFIED}\n{SIMPLIFIED}"), "UTF-16LE");
    // Inside a line UTF-8 and another encoding.
    let mixed = [
        SIMPLIFIED.replace('\n', "").as_bytes(),
        &GBK.encode("计划用三年时间建成两个新泊位，").0,
        SIMPLIFIED.replace('\n', "").as_bytes(),
    ]
    .concat();
    let plain = SIMPLIFIED.replace('\n', "");
    check(&mixed, &format!("{plain}计划用三年时间建成两个新泊位，{plain}"), "gb18030");
    let mixed =
        [&GBK.encode("《海湾日报》2024年9月2日，第一版：").0, "大桥通车，港口开工，投资948亿元。".as_bytes()].concat();
    check(&mixed, "《海湾日报》2024年9月2日，第一版：大桥通车，港口开工，投资948亿元。", "gb18030");
    // What was read as Latin and saved so.
    let latin: String = SIMPLIFIED.bytes().map(char::from).collect();
    check(latin.as_bytes(), SIMPLIFIED, "UTF-8");
    let windows = encoding_rs::WINDOWS_1252.decode_without_bom_handling(SIMPLIFIED.as_bytes()).0.into_owned();
    check(windows.as_bytes(), SIMPLIFIED, "UTF-8");
    let gbk: String = GBK.encode(SIMPLIFIED).0.iter().copied().map(char::from).collect();
    check(gbk.as_bytes(), SIMPLIFIED, "UTF-8");
}

#[test]
fn escapes_of_programs_and_of_the_post_are_undone() {
    let text = "海湾大桥通车 2024-09-02 A=B\n港口开工\n";
    let wide = |c: char| !c.is_ascii();
    let escaped = |write: &dyn Fn(char) -> String| -> String {
        text.chars().map(|c| if wide(c) { write(c) } else { c.to_string() }).collect()
    };
    check(escaped(&|c| format!("\\u{:04x}", u32::from(c))).as_bytes(), text, "escapes");
    check(escaped(&|c| format!("&#x{:x};", u32::from(c))).as_bytes(), text, "escapes");
    check(escaped(&|c| format!("&#{};", u32::from(c))).as_bytes(), text, "escapes");
    check(b"\\ud842\\udfb7\\u5e97\\u5f00\\u5f20", "𠮷店开张", "escapes");
    let quoted = |bytes: &[u8]| -> String {
        let one = |b: &u8| if b.is_ascii() && *b != b'=' { char::from(*b).to_string() } else { format!("={b:02X}") };
        bytes.iter().map(one).collect()
    };
    check(quoted(text.as_bytes()).as_bytes(), text, "quoted-printable");
    check(quoted(&GBK.encode(text).0).replace("=B4", "=\r\n=B4").as_bytes(), text, "quoted-printable");
    // What readers of formats undo themselves, and what only looks so.
    for plain in [
        "{\"a\": \"\\u6d77\\u6e7e\\u5927\\u6865\"}",
        "<p>&#x6d77;&#x6e7e;&#x5927;&#x6865;</p>",
        "C:\\users\\u1234 and a=b, c=DE f=AB",
        "x = 5\ny =3D\n",
    ] {
        check(plain.as_bytes(), plain, "UTF-8");
    }
}

#[test]
fn a_text_cut_in_the_middle_of_a_character_loses_only_that() {
    for (bytes, text, encoding) in [
        (GBK.encode(SIMPLIFIED).0.into_owned(), SIMPLIFIED, "gb18030"),
        (BIG5.encode(TRADITIONAL).0.into_owned(), TRADITIONAL, "Big5"),
        (SHIFT_JIS.encode(JAPANESE).0.into_owned(), JAPANESE, "Shift_JIS"),
        (SIMPLIFIED.as_bytes().to_vec(), SIMPLIFIED, "UTF-8"),
        (utf16(SIMPLIFIED, u16::to_be_bytes), SIMPLIFIED, "UTF-16BE"),
        (utf32(SIMPLIFIED, u32::to_le_bytes), SIMPLIFIED, "UTF-32LE"),
    ] {
        let source = decode("a.txt", &bytes[..bytes.len() - 1], &mut Reporter::new()).unwrap();
        let whole: String = text.chars().take(text.chars().count() - 1).collect();
        assert_eq!(source.encoding, encoding);
        assert!(
            source.text.starts_with(&whole) && source.text.chars().count() <= text.chars().count(),
            "{encoding}: {}",
            source.text
        );
    }
}

#[test]
fn every_kind_of_line_end_ends_a_line() {
    for end in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"] {
        let text = SIMPLIFIED.replace('\n', end);
        let source = decode("a.txt", text.as_bytes(), &mut Reporter::new()).unwrap();
        let articles = crate::text::segment(&source.text, &mut Reporter::new());
        let blocks: Vec<&str> = articles.iter().flat_map(|a| &a.blocks).map(|block| block.text.text()).collect();
        assert!(
            blocks.iter().all(|block| !block.contains(['\u{85}', '\u{2028}', '\u{2029}', '\r'])),
            "{end:?}: {blocks:?}"
        );
    }
}
