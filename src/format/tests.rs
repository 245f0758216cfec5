//! Own small files of every kind, and the hostile ones.

use super::*;
use std::io::Write as _;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Every text of a file with its path, or what is said instead.
pub(super) fn all(bytes: &[u8]) -> Vec<(String, Result<String, String>)> {
    let mut found = Vec::new();
    read("a", bytes, &mut |piece| {
        found.push(match piece {
            Ok(piece) => (piece.source.path, Ok(piece.source.text)),
            Err(fault) => (fault.path, Err(fault.error.to_string())),
        });
    });
    found
}

#[track_caller]
fn check(bytes: &[u8], text: &str) {
    assert_eq!(all(bytes), [("a".to_owned(), Ok(text.to_owned()))]);
}

#[track_caller]
fn refused(bytes: &[u8], message: &str) {
    match all(bytes).as_slice() {
        [(_, Err(told))] if told.contains(message) => {}
        other => panic!("expected \"{message}\", got {other:?}"),
    }
}

pub(super) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let document =
        format!(r#"<?xml version="1.0"?><w:document xmlns:w="w" xmlns:mc="mc"><w:body>{body}</w:body></w:document>"#);
    let styles = r#"<w:styles><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>"#;
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
    ])
}

/// A small file of every kind.
pub(super) fn samples() -> Vec<Vec<u8>> {
    let package = "<package><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>";
    let container = b"<container><rootfiles><rootfile full-path=\"a.opf\"/></rootfiles></container>";
    let page = "<html><head><meta charset=utf-8><title>大桥</title></head><body><div class=a><h1>大桥</h1><p>2024年通车。\
                <table><tr><td>年<td>辆</table></div></body></html>";
    vec![
        docx("<w:p><w:r><w:t>2024年9月通车。</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
        zipped(&[("mimetype", b"x"), ("content.xml", "<a><text:p>甲<text:s text:c=\"3\"/>乙</text:p></a>".as_bytes())]),
        zipped(&[("META-INF/container.xml", container), ("a.opf", package.as_bytes()), ("a.xhtml", page.as_bytes())]),
        zipped(&[("a.txt", "甲。".as_bytes()), ("b.html", page.as_bytes())]),
        page.as_bytes().to_vec(),
        "id,date,text\n1,2024-01-02,\"甲，\n乙\"\n2,,丙\n".as_bytes().to_vec(),
        "[{\"text\":\"甲乙丙\",\"date\":\"2024\"},{\"text\":\"丁\"}]".as_bytes().to_vec(),
        "{\"text\":\"甲乙丙\"}\n{\"text\":\"丁\"}\n".as_bytes().to_vec(),
        "---\ndate: 2024\n---\n# 大桥\n\n通车。\n".as_bytes().to_vec(),
        pdf::sample(),
    ]
}

#[test]
fn plain_text_and_markdown_stay_as_they_are() {
    check("2024年9月，大桥通车。\n".as_bytes(), "2024年9月，大桥通车。\n");
    check("# 大桥\n\n**通车**了。\n".as_bytes(), "# 大桥\n\n**通车**了。\n");
    let mut dct = None;
    read("a", "---\ntitle: 大桥\ndate: 2024-09-01\n---\n昨天通车。\n".as_bytes(), &mut |p| dct = p.unwrap().dct);
    assert_eq!(dct.unwrap().as_str(), "2024-09-01");
}

#[test]
fn a_page_gives_its_main_text() {
    let menu = "<ul><li><a href=/>首页</a><li><a>新闻</a><li><a>体育</a><li><a>财经</a></ul>";
    let page = format!(
        "<!DOCTYPE html><html><head><title>大桥通车_海湾网</title><style>p{{}}</style></head><body>{menu}\
         <nav>导航</nav><h1>大桥\n通车</h1><div class=\"share\">分享</div><p>2024年\n9月，大桥通车。<br><br>车很多。</p>\
         <script>alert('2023年')</script><table><tr><td>年份</td><td>车辆</td></tr><tr><td>2024年</td><td>3万辆</td></tr>\
         </table><footer>版权所有</footer></body></html>"
    );
    check(page.as_bytes(), "# 大桥通车\n\n2024年9月，大桥通车。\n\n车很多。\n\n年份\t车辆\n2024年\t3万辆\n");
}

#[test]
fn a_page_says_its_encoding_and_its_date() {
    let page = "<html><head><meta charset=\"gb2312\"><meta name=\"publishdate\" content=\"2024-09-02\"><title>港口消息\
                </title></head><body><p>昨天开工。</p></body></html>";
    let bytes = encoding_rs::GB18030.encode(page).0.into_owned();
    let mut pieces = Vec::new();
    read("a", &bytes, &mut |piece| pieces.push(piece.unwrap()));
    assert_eq!(pieces[0].source.text, "# 港口消息\n\n昨天开工。\n");
    assert_eq!(pieces[0].source.encoding, "gb18030");
    assert_eq!(pieces[0].dct.as_ref().unwrap().as_str(), "2024-09-02");
}

#[test]
fn tags_nested_beyond_measure_cost_nothing() {
    let deep = format!("<html><body>{}<p>甲。</p>{}乙。", "<div>".repeat(60_000), "</div>".repeat(60_000));
    let mut warnings = Vec::new();
    read("a", deep.as_bytes(), &mut |piece| {
        let piece = piece.unwrap();
        assert_eq!(piece.source.text.split_whitespace().collect::<String>(), "甲。乙。");
        warnings = piece.reporter.into_warnings();
    });
    assert!(warnings[0].message.contains("nested deeper than 256"), "{warnings:?}");
}

#[test]
fn a_word_document_gives_its_paragraphs() {
    let text = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"1\"/></w:pPr>{}</w:p><w:p>{}<w:del>{}</w:del>{}</w:p>\
         <w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>\
         <w:p><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:p>",
        text("大桥通车"),
        text("2024年"),
        text("8月"),
        text("9月&amp;10月"),
        text("车辆"),
        text("3万辆"),
        text("一次"),
        text("两次"),
    );
    check(&docx(&body), "# 大桥通车\n\n2024年9月&10月\n\n车辆\t3万辆\n\n一次\n");
    let cut = docx("<w:p><w:r><w:t>前半。</w:t></w:r></w:p><w:p><w:r><w:t>后半</w:t><");
    assert_eq!(all(&cut)[0].1.as_deref(), Ok("前半。\n\n后半\n"));
    let cut = docx("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>格内</w:t></w:r><w:del><w:r><");
    assert_eq!(all(&cut)[0].1.as_deref(), Ok("格内\n"));
}

#[test]
fn entities_of_a_document_are_never_expanded() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"年年年年年年\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let document = format!("{bomb}<w:document><w:p><w:r><w:t>甲&b;乙</w:t></w:r></w:p></w:document>");
    let bytes = zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())]);
    check(&bytes, "甲乙\n");
}

#[test]
fn an_open_document_gives_its_paragraphs() {
    let content = "<office:document-content><office:body><text:h text:outline-level=\"2\">大桥</text:h>\
                   <text:p>2024年<text:s text:c=\"2\"/>9月<text:note><text:note-citation>1</text:note-citation>\
                   <text:note-body><text:p>注一</text:p></text:note-body></text:note>通车</text:p>\
                   <text:tracked-changes><text:p>删去</text:p></text:tracked-changes></office:body></office:document-content>";
    let bytes =
        zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())]);
    check(&bytes, "注一\n\n2024年  9月通车\n".replace("注一\n\n", "## 大桥\n\n注一\n\n").as_str());
}

#[test]
fn an_open_document_that_is_cut_is_read_as_far_as_it_goes() {
    let content = "<a><text:p>前半<text:annotation><";
    let bytes =
        zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())]);
    check(&bytes, "前半\n");
}

#[test]
fn a_book_gives_its_chapters_in_order() {
    let container = b"<container><rootfiles><rootfile full-path=\"OEBPS/a.opf\"/></rootfiles></container>";
    let package = "<package><metadata><dc:date>2019-05-01</dc:date></metadata><manifest>\
                   <item id=\"n\" href=\"nav.xhtml\" properties=\"nav\" media-type=\"application/xhtml+xml\"/>\
                   <item id=\"one\" href=\"%E4%B8%80.xhtml\" media-type=\"application/xhtml+xml\"/>\
                   <item id=\"two\" href=\"../two.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
                   <spine><itemref idref=\"n\"/><itemref idref=\"two\"/><itemref idref=\"one\"/></spine></package>";
    let chapter = |text: &str| format!("<html><body><h2>{text}</h2><p>正文{text}。</p></body></html>");
    let bytes = zipped(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container),
        ("OEBPS/a.opf", package.as_bytes()),
        ("OEBPS/nav.xhtml", chapter("目录").as_bytes()),
        ("OEBPS/一.xhtml", chapter("一").as_bytes()),
        ("two.xhtml", chapter("二").as_bytes()),
    ]);
    check(&bytes, "## 二\n\n正文二。\n\n## 一\n\n正文一。\n");
}

#[test]
fn tables_of_records_give_a_text_each() {
    let csv = "编号,日期,标题,正文\n7,2024/9/2,通车,\"昨天，大桥\n通车。\"\n8,,,后来关闭。\n";
    let expected = [("a#7", "# 通车\n\n昨天，大桥\n通车。"), ("a#8", "后来关闭。")];
    let plain = |found: Vec<(String, Result<String, String>)>| -> Vec<(String, String)> {
        found.into_iter().map(|(path, text)| (path, text.unwrap())).collect()
    };
    let expected: Vec<(String, String)> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    assert_eq!(plain(all(csv.as_bytes())), expected);
    let lines =
        "{\"编号\":7,\"标题\":\"通车\",\"正文\":\"昨天，大桥\\n通车。\"}\n\n{\"编号\":8,\"正文\":\"后来关闭。\"}\n";
    assert_eq!(plain(all(lines.as_bytes())), expected);
    let list = "{\"data\":[{\"编号\":7,\"标题\":\"通车\",\"正文\":\"昨天，大桥\\n通车。\"},{\"编号\":8,\"正文\":\"后来关闭。\"}]}";
    assert_eq!(plain(all(list.as_bytes())), expected);
    let broken = "{\"text\":\"一\"}\n{nonsense\n{\"text\":\"三\"}\n";
    let found = all(broken.as_bytes());
    assert_eq!(found.len(), 3);
    assert!(found[1].0 == "a#2" && found[1].1.is_err());
}

#[test]
fn prose_with_commas_is_no_table() {
    for text in [
        "Beijing, Shanghai\n一座城, 两条路\n",
        "甲,乙\n丙,丁\n",
        "地区;产值\n北京;948亿元\n上海;954亿元\n",
        "[注] 见下。\n",
        "{一}\n",
    ] {
        check(text.as_bytes(), text);
    }
}

#[test]
fn an_archive_is_read_file_by_file() {
    let inner = zipped(&[("丙.txt", "丙。".as_bytes())]);
    let gbk_name = encoding_rs::GB18030.encode("甲.txt").0.into_owned();
    let mut bytes = zipped(&[
        ("../../etc/乙.txt", "乙。".as_bytes()),
        (".hidden.txt", b"x"),
        ("__MACOSX/a.txt", b"x"),
        ("b.png", b"\x89PNG\r\n\x1a\n"),
        ("c.zip", &inner),
        ("XX.txt", "甲。".as_bytes()),
    ]);
    // The name as Chinese Windows writes it; both are four bytes short of the ending.
    assert_eq!(gbk_name.len(), 6);
    for at in 0..bytes.len() {
        if bytes[at..].starts_with(b"XX.txt") {
            bytes[at..at + 6].copy_from_slice(&gbk_name);
        }
    }
    let found = all(&bytes);
    let paths: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["a/b.png", "a/c.zip/丙.txt", "a/etc/乙.txt", "a/甲.txt"]);
    assert!(found[0].1.as_ref().unwrap_err().contains("this is a picture"));
    assert_eq!(found.iter().filter(|(_, text)| text.is_ok()).count(), 3);
    refused(&zipped(&[(".x", b"x")]), "no document in the archive");
}

#[test]
fn pages_that_lie_about_their_encoding_are_read_all_the_same() {
    let page = |charset: &str| {
        format!(
            "<html><head><meta charset=\"{charset}\"></head><body><p>海湾大桥去年九月通车，港口扩建工程今年开工，计划用三年时间。</p></body></html>"
        )
    };
    let expected = "海湾大桥去年九月通车，港口扩建工程今年开工，计划用三年时间。\n";
    for charset in ["gb2312", "big5", "iso-8859-1", "windows-1252", "shift_jis", "euc-kr", "utf-8", "utf8", "none"] {
        check(page(charset).as_bytes(), expected);
        check(&encoding_rs::GBK.encode(&page(charset)).0, expected);
    }
}

#[test]
fn bombs_are_told_and_the_rest_goes_on() {
    let zeros = vec![b' '; usize::try_from(limits::MAX_INFLATED_BYTES).unwrap() + 10];
    let found = all(&zipped(&[("bomb.txt", &zeros), ("good.txt", "好。".as_bytes())]));
    assert!(found[0].1.as_ref().unwrap_err().contains("larger than the limit of 256 MiB"), "{found:?}");
    assert_eq!(found[1].1.as_deref(), Ok("好。"));
    let mut nested = "底。".as_bytes().to_vec();
    for _ in 0..5 {
        nested = zipped(&[("x.zip", &nested)]);
    }
    refused(&nested, "the nesting of archives is larger than the limit of 2");
    let word = zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", &zeros)]);
    refused(&word, "larger than the limit of 256 MiB");
    let told = "larger than its declared uncompressed size";
    refused(&understated(word), told);
    let found = all(&understated(zipped(&[("bomb.txt", &zeros), ("good.txt", "好。大桥。".as_bytes())])));
    assert!(found.iter().all(|(_, text)| text.as_ref().is_err_and(|error| error.contains(told))), "{found:?}");
}

#[test]
fn what_cannot_be_read_is_named() {
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "an old Office file");
    refused(b"{\\rtf1 x}", "a Rich Text file");
    refused(&zipped(&[("xl/workbook.xml", b"<x/>")]), "spreadsheet");
    refused(b"PK\x03\x04 nothing behind", "the zip archive is damaged");
    refused(b"%PDF-1.7\nnothing behind", "the PDF is damaged");
    refused(&[0; 100], "this is no text");
}

/// A workbook of one sheet with these rows.
fn workbook(rows: &str) -> Vec<u8> {
    workbook_with(rows, "", 1)
}

/// A workbook that names its sheet so many times, with these strings for cells to share.
fn workbook_with(rows: &str, strings: &str, n_sheets: usize) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let named = |n: usize| {
        let name = if n == 1 { "外贸".to_owned() } else { format!("外贸{n}") };
        format!(r#"<sheet name="{name}" sheetId="{n}" r:id="rId1"/>"#)
    };
    let named: String = (1..=n_sheets).map(named).collect();
    let workbook = format!(r#"<workbook xmlns="{main}" xmlns:r="{of}"><sheets>{named}</sheets></workbook>"#);
    let relations = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{of}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    );
    let root = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{of}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let sheet = format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#);
    let mut files: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    if !strings.is_empty() {
        files.push(("xl/sharedStrings.xml", strings.as_bytes()));
    }
    zipped(&files)
}

/// Takes back what an archive says of the inflated length of its entries: it says ten bytes of each.
fn understated(mut zip: Vec<u8>) -> Vec<u8> {
    for (mark, at) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let found: Vec<usize> = memchr::memmem::find_iter(&zip, mark).collect();
        found.into_iter().for_each(|start| zip[start + at..start + at + 4].copy_from_slice(&10_u32.to_le_bytes()));
    }
    zip
}

#[test]
fn a_spreadsheet_that_inflates_beyond_measure_is_left_out() {
    let blanks = " ".repeat(usize::try_from(limits::MAX_INFLATED_BYTES).unwrap());
    let bomb = workbook(&blanks);
    assert!(bomb.len() < 1 << 20, "{} bytes", bomb.len());
    refused(&bomb, "the spreadsheet, inflated, is larger than the limit of 256 MiB");
    refused(&understated(bomb), "File is larger than its declared uncompressed size");
}

#[test]
fn strings_of_a_spreadsheet_are_counted_and_not_believed() {
    let one = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#;
    let strings = |n: u64| format!(r#"<sst uniqueCount="{n}"><si><t>大桥2024年9月通车。</t></si></sst>"#);
    check(&workbook_with(one, &strings(1), 1), "大桥2024年9月通车。\n\n");
    for n in [40_000_000_000, u64::MAX / 2] {
        refused(
            &workbook_with(one, &strings(n), 1),
            "sharedStrings.xml\" of the spreadsheet is larger than the limit of 4000000",
        );
    }
    // Which of these its reader believes is not ours to know.
    let says = [
        "a:uniqueCount=\"1\" uniqueCount=\"N\"",
        "<a uniqueCount='N",
        "uniqueCount = \" +Na\"",
        "uniqueCount=\"1\" uniqueCount=N",
    ];
    for said in says {
        let strings = format!("<sst {}><si><t>大桥</t></si></sst>", said.replace('N', "99999999999"));
        refused(&workbook_with(one, &strings, 1), "larger than the limit of 4000000");
    }
    let many = format!("<sst>{}</sst>", "<si/>".repeat(limits::MAX_CELLS + 1));
    refused(&workbook_with(one, &many, 1), "larger than the limit of 4000000");
}

#[test]
fn a_long_string_in_many_cells_takes_no_room() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "年".repeat(1 << 20));
    let cell = r#"<c t="s"><v>0</v></c>"#;
    let rows = format!("<row>{}</row>", cell.repeat(100));
    refused(&workbook_with(&rows, &strings, 1), "larger than the limit of 256 MiB of text in its cells");
    let long = format!(
        r#"<table:table-cell office:value-type="string" table:number-columns-repeated="100"><text:p>{}</text:p></table:table-cell>"#,
        "年".repeat(1 << 20)
    );
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    refused(&ods(&row(&long)), "larger than the limit of 256 MiB of text in its cells");
    let blanks = r#"<table:table-cell office:value-type="string"><text:p>a<text:s text:c="99999999999"/></text:p></table:table-cell>"#;
    refused(&ods(&row(blanks)), "larger than the limit of 256 MiB of text in its cells");
}

#[test]
fn a_sheet_that_is_named_many_times_is_not_walked_for_ever() {
    let empty = format!("<row>{}</row>", "<c/>".repeat(200_000));
    refused(&workbook_with(&empty, "", 100), "larger than the limit of 16000000 cells");
    let found =
        all(&workbook_with(r#"<row><c t="inlineStr"><is><t>大桥</t></is></c></row>"#, "", limits::MAX_SHEETS + 3));
    let text = found[0].1.as_ref().unwrap();
    assert_eq!(text.matches("# ").count(), limits::MAX_SHEETS);
}

#[test]
fn a_chapter_that_is_named_many_times_is_read_within_the_limit() {
    let chapter = format!("<html><body><p>大桥通车。</p>{}</body></html>", " ".repeat(30 << 20));
    let package = format!(
        r#"<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine>{}</spine></package>"#,
        r#"<itemref idref="a"/>"#.repeat(20)
    );
    let container = r#"<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>"#;
    let files: [(&str, &[u8]); 3] = [
        ("META-INF/container.xml", container.as_bytes()),
        ("p.opf", package.as_bytes()),
        ("a.xhtml", chapter.as_bytes()),
    ];
    let mut found = Vec::new();
    read("book.epub", &zipped(&files), &mut |piece| found.push(piece.unwrap()));
    assert_eq!(found[0].source.text.matches("大桥通车。").count(), 8);
    let told: Vec<String> = found.remove(0).reporter.into_warnings().into_iter().map(|told| told.message).collect();
    assert_eq!(told, ["the last 12 chapters were left out: the book inflates to more than 256 MiB"]);
}

#[test]
fn spreadsheets_are_tables_of_figures() {
    let row = |number: u32, cells: [&str; 2]| {
        let cell = |(column, text): (&str, &str)| match text.parse::<f64>() {
            Ok(value) => format!(r#"<c r="{column}{number}"><v>{value}</v></c>"#),
            Err(_) => format!(r#"<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#),
        };
        let [first, second] = cells;
        format!(r#"<row r="{number}">{}{}</row>"#, cell(("A", first)), cell(("B", second)))
    };
    let rows = [row(1, ["年份", "出口额(亿元)"]), row(2, ["2022", "1200.5"]), row(3, ["2023", "1350"])].concat();
    check(&workbook(&rows), "| 年份 | 出口额（亿元） |\n| 2022年 | 1200.5 |\n| 2023年 | 1350 |\n\n");
}

#[test]
fn a_sheet_of_records_gives_a_text_each() {
    let cell = |(at, text): (usize, &&str)| {
        format!(r#"<c r="{}1" t="inlineStr"><is><t>{text}</t></is></c>"#, (b'A' + at as u8) as char)
    };
    let row = |cells: [&str; 3]| {
        format!("<row>{}</row>", cells.iter().enumerate().map(cell).collect::<String>().replace("1\"", "\""))
    };
    let row = |n: usize, cells: [&str; 3]| {
        row(cells)
            .replace("<c r=\"A", &format!("<c r=\"A{n}"))
            .replace("<c r=\"B", &format!("<c r=\"B{n}"))
            .replace("<c r=\"C", &format!("<c r=\"C{n}"))
    };
    let rows = [
        row(1, ["编号", "日期", "正文"]),
        row(2, ["甲", "2024-10-01", "大桥昨天通车，两岸居民往来方便。"]),
        row(3, ["乙", "二〇二四年十月", "新港本月开工，投资两亿元。"]),
    ];
    let mut found = Vec::new();
    read("a.xlsx", &workbook(&rows.concat()), &mut |piece| {
        let piece = piece.unwrap();
        let dct = piece.dct.map(|dct| dct.as_str().to_owned()).or(piece.dct_words.map(|said| said.words));
        found.push((piece.source.path, piece.source.text, dct.unwrap()));
    });
    let expected = [
        ("a.xlsx#甲", "大桥昨天通车，两岸居民往来方便。", "2024-10-01"),
        ("a.xlsx#乙", "新港本月开工，投资两亿元。", "二〇二四年十月"),
    ];
    assert_eq!(found, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
    let preview = table_preview(&workbook(&rows.concat()), Choices::default()).unwrap();
    assert_eq!(preview.names, ["编号", "日期", "正文"]);
    // Two sheets of records, told apart by their names.
    let twice = workbook_with(&rows.concat(), "", 2);
    let paths: Vec<String> = all(&twice).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["a#外贸#甲", "a#外贸#乙", "a#外贸2#甲", "a#外贸2#乙"]);
}

#[test]
fn two_cells_at_the_far_corners_of_a_sheet_take_no_room() {
    let far = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    refused(&workbook(far), "larger than the limit of 4000000 cells");
    let near = r#"<row r="9"><c r="H9"><v>1</v></c></row><row r="12"><c r="K12"><v>2</v></c></row>"#;
    assert!(all(&workbook(near))[0].1.is_ok());
}

#[test]
fn a_table_of_figures_in_csv_is_read_as_a_table() {
    check(
        "年份,出口额(亿元)\n2022,\"1,200.5\"\n2023,1350\n".as_bytes(),
        "| 年份 | 出口额（亿元） |\n| 2022年 | 1200.5 |\n| 2023年 | 1350 |\n",
    );
}

/// The texts of a table whose columns the user chose, and what is said of its rows.
fn chosen(bytes: &[u8], choice: &str) -> Vec<Result<(String, Option<String>), String>> {
    let tables = [choice.parse().unwrap()];
    let mut found = Vec::new();
    read_with("a", bytes, Choices { tables: &tables, ..Choices::default() }, &mut |piece| {
        found.push(match piece {
            Ok(piece) => Ok((piece.source.text, piece.dct.map(|dct| dct.as_str().to_owned()))),
            Err(fault) => Err(format!("{}: {}", fault.path, fault.error)),
        });
    });
    found
}

#[test]
fn columns_are_what_the_user_says() {
    let csv = "序,刊期,题头,主文,补\n1,2024-09-03,通车,大桥昨天通车。,又及。\n2,某日\n";
    let text = |text: &str, dct: Option<&str>| Ok((text.to_owned(), dct.map(str::to_owned)));
    let short = || {
        Err("a#3: the record is damaged: it has 2 of 5 fields, and none in the column \"主文\" with the text"
            .to_owned())
    };
    assert_eq!(chosen(csv.as_bytes(), "text=主文"), [text("大桥昨天通车。", None), short()]);
    let all = "text=主文,text=补,title=题头,dct=刊期";
    assert_eq!(chosen(csv.as_bytes(), all), [text("# 通车\n\n大桥昨天通车。\n\n又及。", Some("2024-09-03")), short()]);
    // What is left open is told by its name.
    let json = r#"[{"日期":"2024-09-03","a":"大桥昨天通车。","text":"别的"},{"日期":"2024-10-01","a":"开工。"}]"#;
    let expected = [text("大桥昨天通车。", Some("2024-09-03")), text("开工。", Some("2024-10-01"))];
    assert_eq!(chosen(json.as_bytes(), "text=a"), expected);
    let expected = [text("大桥昨天通车。", None), text("开工。", None)];
    assert_eq!(chosen(json.as_bytes(), "text=a,ignore=日期"), expected);
}

#[test]
fn a_row_with_a_bad_date_is_named() {
    let csv = "日期,正文\n2024-09-03,大桥通车。\n某日,新港开工。\n";
    let mut said = Vec::new();
    read("a", csv.as_bytes(), &mut |piece| said.extend(piece.unwrap().dct_words.map(|said| said.warning())));
    assert_eq!(said, ["row 3, column \"日期\": this is no date: \"某日\""]);
}

#[test]
fn the_first_rows_of_a_table_are_shown_with_the_uses_of_its_columns() {
    use crate::model::ColumnUse::{Date, Id, Ignore, Text, Title};
    let preview = |bytes: &[u8]| table_preview(bytes, Choices::default());
    let csv = preview("序,刊期,题头,主文\n1,2024-09-03,通车,大桥\n".as_bytes()).unwrap();
    assert_eq!((csv.names.len(), csv.uses, csv.rows.len()), (4, vec![Ignore; 4], 1));
    let lines =
        "{\"id\":1,\"date\":\"2024\",\"title\":\"通车\",\"text\":\"大桥通车。\"}\n{\"id\":2,\"text\":\"开工。\"}\n";
    let lines = preview(lines.as_bytes()).unwrap();
    let by_name = |name: &str| lines.names.iter().position(|known| known == name).map(|idx| lines.uses[idx]);
    assert_eq!([by_name("id"), by_name("date"), by_name("title"), by_name("text")], [Id, Date, Title, Text].map(Some));
    assert_eq!(lines.rows.len(), 2);
    for other in ["大桥2024年9月通车，全长12公里。\n", "<p>大桥</p>", "", "[1,2,3]", "{\"a\":"] {
        assert_eq!(preview(other.as_bytes()), None, "{other}");
    }
}

/// A spreadsheet of LibreOffice with these rows.
fn ods(rows: &str) -> Vec<u8> {
    let contents = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
         <table:table table:name=\"a\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            b"<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>",
        ),
        ("content.xml", contents.as_bytes()),
    ])
}

#[test]
fn a_spreadsheet_that_is_cut_is_told_and_not_waited_for() {
    let whole = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>大桥</text:p></table:table-cell></table:table-row>"#;
    assert!(all(&ods(whole))[0].1.is_ok());
    for end in ["</text:p>", "</table:table-cell>", "</table:table-row>"] {
        let at = whole.find(end).unwrap();
        refused(&ods(&whole[..at]), "the spreadsheet is damaged");
        refused(&ods(&whole.replace(end, "")), "the spreadsheet is damaged");
    }
}

#[test]
fn repeated_rows_and_columns_are_counted_before_they_are_made() {
    let cell = |repeats: u32| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"{repeats}\"><text:p>1</text:p></table:table-cell>"
        )
    };
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    refused(&ods(&row(&cell(16_384)).repeat(300)), "larger than the limit of 4000000 cells");
    let blank = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell/></table:table-row>";
    refused(&ods(&format!("{}{blank}{}", row(&cell(1)), row(&cell(9)))), "larger than the limit of 4000000 cells");
    // What LibreOffice writes below and beside every table means nothing.
    let beside = "<table:table-cell table:number-columns-repeated=\"16380\"/>";
    let below = "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let found = all(&ods(&format!("{}{}{below}", row(&format!("{}{beside}", cell(2))), row(&cell(3)))));
    assert!(found[0].1.is_ok(), "{found:?}");
}
