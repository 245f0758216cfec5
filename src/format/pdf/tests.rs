//! Pages made here, by the byte: one font with a map of its own, lines set wherever a test wants them.

use super::*;
use std::fmt::Write as _;

/// A line of text at a place on the page, y upwards as in PDF.
struct Set<'a> {
    x: f32,
    y: f32,
    size: f32,
    text: &'a str,
}

fn set(x: f32, y: f32, size: f32, text: &str) -> Set<'_> {
    Set { x, y, size, text }
}

/// A PDF whose only font is a CID font with Identity-H and a `ToUnicode` map for the characters that are used.
fn pdf(pages: &[Vec<Set<'_>>]) -> Vec<u8> {
    let mut chars: Vec<char> = pages.iter().flatten().flat_map(|line| line.text.chars()).collect();
    chars.sort_unstable();
    chars.dedup();
    let code = |c: char| chars.iter().position(|known| *known == c).unwrap() + 1;
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
    );
    for chunk in chars.chunks(90) {
        let _ = writeln!(map, "{} beginbfchar", chunk.len());
        for c in chunk {
            let hex: String = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04X}")).collect();
            let _ = writeln!(map, "<{:04X}> <{hex}>", code(*c));
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap end end\n");
    let widths: String = chars.iter().map(|c| if c.is_ascii() { "500 " } else { "1000 " }).collect();
    let n_pages = pages.len();
    let kids: String = (0..n_pages).map(|idx| format!("{} 0 R ", 7 + idx * 2)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {n_pages} >>"),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>".to_owned(),
        format!("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 6 0 R /DW 1000 /W [1 [{widths}]] >>"),
        format!("<< /Length {} >>\nstream\n{map}endstream", map.len()),
        "<< /Type /FontDescriptor /FontName /Own /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>".to_owned(),
    ];
    for (idx, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R /Resources << /Font << /F 3 0 R >> >> >>",
            8 + idx * 2
        ));
        let mut content = String::new();
        for Set { x, y, size, text } in page {
            let hex: String = text.chars().map(|c| format!("{:04X}", code(c))).collect();
            let _ = writeln!(content, "BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET");
        }
        objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
    }
    let mut out = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        let _ = writeln!(out, "{} 0 obj\n{object}\nendobj", idx + 1);
    }
    let xref = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        let _ = writeln!(out, "{offset:010} 00000 n ");
    }
    let _ = write!(out, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n", objects.len() + 1);
    out.into_bytes()
}

/// A page for tests of other modules.
pub(in crate::format) fn sample() -> Vec<u8> {
    pdf(&[column(50.0, 700.0, &["大桥去年九月二日通车，", "投资十五亿元。"]), vec![set(50.0, 400.0, 18.0, "第二页")]])
}

#[track_caller]
fn check(pages: &[Vec<Set<'_>>], expected: &str) {
    assert_eq!(text(&pdf(pages), &mut Reporter::new()).unwrap(), expected);
}

/// Lines of a column below each other.
fn column<'a>(x: f32, y: f32, lines: &[&'a str]) -> Vec<Set<'a>> {
    lines.iter().enumerate().map(|(idx, line)| set(x, y - 15.0 * idx as f32, 10.0, line)).collect()
}

#[test]
fn torn_lines_are_joined_and_paragraphs_kept_apart() {
    let lines = column(50.0, 700.0, &["大桥去年九月二日在海湾市通车，全长十", "二公里，投资十五亿元。"]);
    let next = vec![set(70.0, 670.0, 10.0, "第二座大桥明年开工，计划用三年时"), set(50.0, 655.0, 10.0, "间建成。")];
    check(
        &[lines.into_iter().chain(next).collect()],
        "大桥去年九月二日在海湾市通车，全长十二公里，投资十五亿元。\n\n第二座大桥明年开工，计划用三年时间建成。\n",
    );
}

#[test]
fn columns_are_read_one_after_the_other_however_they_were_drawn() {
    let left = ["左栏第一行的文字一直写到边", "左栏第二行的文字一直写到边", "左栏第三行的文字一直写到边", "左栏完。"];
    let right = ["右栏第一行的文字一直写到边", "右栏第二行的文字一直写到边", "右栏第三行的文字一直写到边", "右栏完。"];
    let mut drawn = vec![set(50.0, 750.0, 24.0, "跨栏的标题占满两栏的宽度")];
    for (one, other) in column(50.0, 700.0, &left).into_iter().zip(column(220.0, 700.0, &right)) {
        drawn.push(one);
        drawn.push(other);
    }
    check(&[drawn], &format!("跨栏的标题占满两栏的宽度\n\n{}\n\n{}\n", left.concat(), right.concat()));
}

#[test]
fn rows_of_a_table_stay_rows() {
    let mut drawn = Vec::new();
    for (idx, (year, n, note)) in
        [("年份", "车辆", "说明"), ("2023年", "2万辆", "增长"), ("2024年", "3万辆", "持平")].into_iter().enumerate()
    {
        let y = 700.0 - 15.0 * idx as f32;
        drawn.extend([set(50.0, y, 10.0, year), set(200.0, y, 10.0, n), set(350.0, y, 10.0, note)]);
    }
    check(&[drawn], "年份\t车辆\t说明\n2023年\t2万辆\t增长\n2024年\t3万辆\t持平\n");
}

#[test]
fn pages_are_parted_by_form_feeds_and_lose_their_numbers() {
    let page = |first: &'static str, second: &'static str, number: &'static str| {
        let mut lines = column(50.0, 700.0, &[first, second]);
        lines.push(set(290.0, 40.0, 9.0, number));
        lines
    };
    let pages = [
        page("第一页的第一行文字写到边上", "第二行没有写完，接着写到下", "— 1 —"),
        page("一页，然后才写完这句话为止", "完。", "— 2 —"),
    ];
    check(&pages, "第一页的第一行文字写到边上第二行没有写完，接着写到下\u{c}一页，然后才写完这句话为止完。\n");
}

#[test]
fn what_is_drawn_twice_is_read_once() {
    let twice = vec![
        set(50.0, 700.0, 10.0, "加粗的标题"),
        set(50.3, 700.0, 10.0, "加粗的标题"),
        set(50.0, 700.2, 10.0, "加粗的标题"),
    ];
    check(&[twice], "加粗的标题\n");
    check(&[vec![set(50.0, 700.0, 10.0, "\u{2f00}\u{2f45}")]], "一方\n");
}

#[test]
fn files_that_are_broken_or_bombs_are_refused_in_one_sentence() {
    let whole = pdf(&[vec![set(50.0, 700.0, 10.0, "大桥通车。")]]);
    let refused = |bytes: &[u8]| text(bytes, &mut Reporter::new()).unwrap_err().to_string();
    let empty = pdf(&[vec![]]);
    assert!(refused(&empty).contains("none of the 1 pages has text"));
    for cut in (0..whole.len()).step_by(97) {
        let _ = text(&whole[..cut], &mut Reporter::new());
        let mut changed = whole.clone();
        changed[cut] ^= 0x55;
        let _ = text(&changed, &mut Reporter::new());
    }
    use std::io::{Read as _, Write as _};
    let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let n_bytes = super::super::limits::MAX_PDF_STREAM_BYTES + 4096;
    std::io::copy(&mut std::io::repeat(b' ').take(n_bytes), &mut deflated).unwrap();
    deflated.flush().unwrap();
    let bomb = deflated.finish().unwrap();
    let head = format!("%PDF-1.7\n1 0 obj << /Length {} /Filter /FlateDecode >>\nstream\n", bomb.len());
    let file = [head.as_bytes(), &bomb, b"\nendstream endobj\n"].concat();
    assert!(refused(&file).contains("larger than the limit of 256 MiB"), "{}", refused(&file));
}

/// The words of the text and where on page `idx` each character of them stands.
#[cfg(feature = "gui")]
#[track_caller]
fn areas(pages: &[Vec<Set<'_>>], idx: usize, words: &str) -> Vec<Area> {
    let bytes = pdf(pages);
    let text = text(&bytes, &mut Reporter::new()).unwrap();
    let sheet = PdfFile::open(bytes, &[]).unwrap().sheet(idx, &text).unwrap();
    assert_eq!((sheet.page, sheet.n_pages, sheet.size_pt), (idx, pages.len(), [600.0, 800.0]));
    let on_page: String = sheet.chars.iter().map(|char| char.span.slice(&text)).collect();
    let of_page: String = text.split('\u{c}').nth(idx).unwrap().split_whitespace().collect();
    assert_eq!(on_page, of_page, "every character of the page's text has a place, in the order of the text");
    let begin = text.split('\u{c}').take(idx).map(|page| page.len() + 1).sum::<usize>();
    let start = begin + text[begin..].find(words).unwrap();
    sheet.areas(crate::span::Span::new(start, start + words.len()))
}

#[cfg(feature = "gui")]
#[test]
fn words_are_found_where_they_stand_on_the_page() {
    let near = |area: Area, [left, top, right, bottom]: [f32; 4]| {
        let off = [area.left - left, area.top - top, area.right - right, area.bottom - bottom];
        assert!(off.iter().all(|off| off.abs() < 0.1), "{area:?}");
    };
    let page = |number: &'static str| {
        let mut lines = column(50.0, 700.0, &["大桥去年九月二日在海湾市通车，全长十", "二公里，投资十五亿元。"]);
        lines.push(set(290.0, 40.0, 9.0, number));
        lines
    };
    let pages = [page("— 1 —"), page("— 2 —")];
    // y counts from below in the file and from above here; the baseline is 12 % up in the character.
    let [date] = areas(&pages, 1, "九月二日")[..] else { panic!("one line") };
    near(date, [90.0, 91.2, 130.0, 101.2]);
    let [end, begin] = areas(&pages, 1, "十二公里")[..] else { panic!("two lines") };
    near(end, [220.0, 91.2, 230.0, 101.2]);
    near(begin, [50.0, 106.2, 80.0, 116.2]);
}

#[cfg(feature = "gui")]
#[test]
fn places_hold_for_columns_tables_words_and_hyphens() {
    let left = ["左栏第一行的文字一直写到边", "左栏第二行的文字一直写到边", "左栏第三行的文字一直写到边", "左栏完。"];
    let right = ["右栏第一行的文字一直写到边", "右栏第二行的文字一直写到边", "右栏第三行的文字一直写到边", "右栏完。"];
    let drawn = column(50.0, 700.0, &left).into_iter().zip(column(220.0, 700.0, &right));
    let columns = vec![drawn.flat_map(|(one, other)| [other, one]).collect::<Vec<_>>()];
    let [found] = areas(&columns, 0, "右栏完")[..] else { panic!("one line") };
    assert!((found.left - 220.0).abs() < 0.1, "{found:?}");
    let table = vec![vec![
        set(50.0, 700.0, 10.0, "年份"),
        set(200.0, 700.0, 10.0, "车辆"),
        set(50.0, 685.0, 10.0, "2023年"),
        set(200.0, 685.0, 10.0, "2万辆"),
    ]];
    let [found] = areas(&table, 0, "2万辆")[..] else { panic!("one cell") };
    assert!((found.left - 200.0).abs() < 0.1 && (found.right - 225.0).abs() < 0.1, "{found:?}");
    let latin = vec![column(50.0, 700.0, &["the bridge is a long exam-", "ple of a bridge with lanes"])];
    assert_eq!(areas(&latin, 0, "example").len(), 2);
    let twice = vec![vec![set(50.0, 700.0, 10.0, "加粗的标题"), set(50.3, 700.0, 10.0, "加粗的标题")]];
    assert_eq!(areas(&twice, 0, "标题").len(), 1);
}

#[cfg(feature = "gui")]
#[test]
fn a_page_is_drawn_within_its_limits() {
    let bytes = sample();
    let file = PdfFile::open(bytes.clone(), &[]).unwrap();
    let drawn = file.pixels(&file.sheet(1, "").unwrap(), 0.5).unwrap();
    assert_eq!((drawn.size, drawn.rgba.len()), ([300, 400], 300 * 400 * 4));
    assert!(file.sheet(2, "").is_err());
    assert!(PdfFile::open(b"%PDF-1.7\nnothing".to_vec(), &[]).is_err());
    for media_box in ["[0 0 1e9 10]", "[0 0 0 0]", "[0 0 14400 14400]", "[0 0 -5 1e30]", "[9 9 1 1]"] {
        let text = String::from_utf8_lossy(&bytes).replace("[0 0 600 800]", media_box);
        let Ok(file) = PdfFile::open(text.into_bytes(), &[]) else { continue };
        if let Ok(drawn) = file.sheet(0, "大桥").and_then(|sheet| file.pixels(&sheet, 3.0)) {
            assert!(drawn.size.iter().product::<usize>() <= 16_100_000, "{media_box}: {:?}", drawn.size);
        }
    }
}

/// Forms of two lines each: every one shows the next twice, so that the last is drawn 2³⁰ times.
#[test]
fn forms_that_show_each_other_come_to_an_end() {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>".to_owned(),
        "<< /Length 5 >>\nstream\n/X Do\nendstream".to_owned(),
    ];
    for next in 6..36 {
        objects.push(format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X {next} 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream"
        ));
    }
    objects.push(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 11 >>\nstream\n0 0 1 1 re f\nendstream".to_owned(),
    );
    let mut out = String::from("%PDF-1.7\n");
    for (idx, object) in objects.iter().enumerate() {
        let _ = writeln!(out, "{} 0 obj\n{object}\nendobj", idx + 1);
    }
    let _ = write!(out, "trailer << /Size {} /Root 1 0 R >>\n%%EOF\n", objects.len() + 1);
    let error = text(out.as_bytes(), &mut Reporter::new()).unwrap_err().to_string();
    assert!(error.contains("larger than the limit of 2000000 steps on a page"), "{error}");
}

/// A page of 600 × 800 points with these contents and resources, and the objects that they name, from number 5 on.
#[cfg(feature = "gui")]
fn drawing(contents: &str, resources: &str, more: &[String]) -> PdfFile {
    let stream = |text: &str| format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len());
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << {resources} >> >>"),
        stream(contents),
    ];
    objects.extend_from_slice(more);
    let mut out = String::from("%PDF-1.7\n");
    for (idx, object) in objects.iter().enumerate() {
        let _ = writeln!(out, "{} 0 obj\n{object}\nendobj", idx + 1);
    }
    let _ = write!(out, "trailer << /Size {} /Root 1 0 R >>\n%%EOF\n", objects.len() + 1);
    PdfFile::open(out.into_bytes(), &[]).unwrap()
}

#[cfg(feature = "gui")]
fn drawn(file: &PdfFile) -> Result<(), String> {
    let sheet = file.sheet(0, "").unwrap();
    file.pixels(&sheet, 2.0).map(|_| ()).map_err(|error| error.to_string())
}

/// A Type 3 font whose glyph `a` is drawn by the program in object `program`; inside it, `/F` is the font in `inner`.
#[cfg(feature = "gui")]
fn font(program: usize, inner: usize) -> String {
    format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a {program} 0 R >> \
         /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [9] /Resources << /Font << /F {inner} 0 R >> >> >>"
    )
}

#[cfg(feature = "gui")]
fn program(text: &str) -> String {
    format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len())
}

/// Each glyph shows the next a hundred times, so that the last is drawn a billion times.
#[cfg(feature = "gui")]
#[test]
fn glyphs_that_show_each_other_are_counted_as_often_as_they_are_drawn() {
    let hundred = "a".repeat(100);
    let mut objects = Vec::new();
    for depth in 0..5 {
        let at = 5 + depth * 2;
        objects.push(font(at + 1, at + 2));
        objects.push(program(&format!("9 0 d0 BT /F 1 Tf ({hundred}) Tj ET")));
    }
    objects.push(font(16, 15));
    objects.push(program("9 0 d0 0 0 9 9 re f"));
    let file = drawing("BT /F 1 Tf (a) Tj ET", "/Font << /F 5 0 R >>", &objects);
    assert_eq!(
        drawn(&file).unwrap_err(),
        "the drawing of page 1 is larger than the limit of 16 million units of work; it is left out"
    );
    let few = drawing("BT /F 1 Tf (aaa) Tj ET", "/Font << /F 5 0 R >>", &[font(6, 5), program("9 0 d0 0 0 9 9 re f")]);
    assert_eq!(drawn(&few), Ok(()));
}

#[cfg(feature = "gui")]
#[test]
fn pages_that_would_take_all_time_or_memory_are_not_drawn() {
    let told = "is larger than the limit of 16 million units of work";
    let tile = |bbox: &str, step: &str, inside: &str| {
        format!(
            "<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox {bbox} /XStep {step} /YStep {step} /Resources << >> /Length {} >>\nstream\n{inside}\nendstream",
            inside.len()
        )
    };
    let on_tiles = "/Pattern cs /P scn 0 0 600 800 re f";
    let image = |size: &str| {
        format!(
            "<< /Type /XObject /Subtype /Image {size} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream"
        )
    };
    let show = "q 100 0 0 100 0 0 cm /X Do Q ";
    let pattern = "/Pattern << /P 5 0 R >>";
    let object = "/XObject << /X 5 0 R >>";
    let mesh = "<< /PatternType 2 /Shading 6 0 R >>".to_owned();
    let cases: [(&str, String, &str, Vec<String>, bool); 11] = [
        ("a pattern", on_tiles.to_owned(), pattern, vec![tile("[0 0 20 20]", "20", "0 0 9 9 re f")], true),
        (
            "tiles upon tiles",
            on_tiles.to_owned(),
            pattern,
            vec![tile("[0 0 1000000 1000000]", "1", "0 0 9 9 re f")],
            false,
        ),
        (
            "a pattern often",
            format!("{on_tiles} ").repeat(4000),
            pattern,
            vec![tile("[0 0 600 800]", "700", "0 0 9 9 re f")],
            false,
        ),
        ("an image", show.to_owned(), object, vec![image("/Width 100 /Height 100")], true),
        ("a huge image", show.to_owned(), object, vec![image("/Width 60000 /Height 60000")], false),
        ("large images", show.repeat(100), object, vec![image("/Width 3000 /Height 3000")], false),
        ("small fills", "0 0 3 8 re f ".repeat(50_000), "", vec![], true),
        ("fills cut small", "9 9 9 9 re W n ".to_owned() + &"0 0 600 800 re f ".repeat(50_000), "", vec![], true),
        ("dashes", "[0.00001] 0 d 0 0 m 600 800 l S".to_owned(), "", vec![], false),
        ("dashes off the page", "[1] 0 d 0 0 m -1000000000 -90 l S".to_owned(), "", vec![], false),
        ("a mesh", on_tiles.to_owned(), pattern, vec![mesh, triangles()], false),
    ];
    for (name, contents, resources, objects, is_drawn) in cases {
        let found = drawn(&drawing(&contents, resources, &objects));
        match is_drawn {
            true => assert_eq!(found, Ok(()), "{name}"),
            false => assert!(found.as_ref().is_err_and(|error| error.contains(told)), "{name}: {found:?}"),
        }
    }
}

#[cfg(feature = "gui")]
#[test]
fn a_page_that_is_too_much_work_is_drawn_smaller() {
    let file = drawing(&"0 0 600 800 re f ".repeat(30_000), "", &[]);
    let size = |scale: f32| file.pixels(&file.sheet(0, "").unwrap(), scale).unwrap().size;
    assert_eq!(size(0.5), [300, 400]);
    assert_eq!(size(2.0), [600, 800]);
}

/// A mesh of one triangle that is as large as a picture may be.
#[cfg(feature = "gui")]
fn triangles() -> String {
    let vertex = |x: &str, y: &str| format!("00{x}{y}80");
    let far = "ffff";
    let data = [vertex("0000", "0000"), vertex(far, "0000"), vertex("0000", far)].concat();
    format!(
        "<< /ShadingType 4 /ColorSpace /DeviceGray /BitsPerCoordinate 16 /BitsPerComponent 8 /BitsPerFlag 8 \
         /Decode [0 65000 0 65000 0 1] /Filter /ASCIIHexDecode /Length {} >>\nstream\n{data}>\nendstream",
        data.len() + 1
    )
}

/// A font whose glyph is drawn by a program that shows the same glyph.
#[cfg(feature = "gui")]
#[test]
fn a_glyph_that_shows_itself_is_not_drawn() {
    let contents = "BT /F 1 Tf (a) Tj ET";
    let glyph = "0 0 9 9 re f BT /F 1 Tf (a) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{contents}\nendstream", contents.len()),
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [9] >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{glyph}\nendstream", glyph.len()),
    ];
    let mut out = String::from("%PDF-1.7\n");
    for (idx, object) in objects.iter().enumerate() {
        let _ = writeln!(out, "{} 0 obj\n{object}\nendobj", idx + 1);
    }
    let _ = write!(out, "trailer << /Size {} /Root 1 0 R >>\n%%EOF\n", objects.len() + 1);
    let file = PdfFile::open(out.into_bytes(), &[]).unwrap();
    let error = file.sheet(0, "a").and_then(|sheet| file.pixels(&sheet, 1.0)).unwrap_err().to_string();
    assert_eq!(error, "the PDF is damaged: the drawing of page 1 has no end");
}
