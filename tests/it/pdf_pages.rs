//! The page of a PDF beside its text: it follows the selection, is marked where the finds stand, and says when the file
//! is not the one that was read.

use crate::driver::{Window, command, program, scratch, settle, window};
use nianbiao::{
    desk::{Command, Mark, PageZoom},
    ui::PageTrouble,
};
use std::{fmt::Write as _, fs};

/// A PDF with a line of text on each page, set in a Chinese font that it does not bring along.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|idx| format!("{} 0 R ", 6 + idx * 2)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
            .to_owned(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering \
         (GB1) /Supplement 2 >> /FontDescriptor 5 0 R /DW 1000 >>"
            .to_owned(),
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 \
         /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
            .to_owned(),
    ];
    for (idx, text) in pages.iter().enumerate() {
        let contents = 7 + idx * 2;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {contents} 0 R /Resources << /Font << /F 3 0 R >> >> >>"
        ));
        let hex: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        let stream = format!("BT /F 12 Tf 1 0 0 1 60 700 Tm <{hex}> Tj ET\n");
        objects.push(format!("<< /Length {} >>\nstream\n{stream}endstream", stream.len()));
    }
    let (mut out, mut offsets) = (String::from("%PDF-1.7\n"), Vec::new());
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

const PAGES: [&str; 2] = ["二〇二三年五月八日，海湾大桥开工。", "二〇二四年九月二日，海湾大桥通车，投资十五亿元。"];

fn shown(harness: &Window) -> (usize, Vec<String>) {
    let program = program(harness);
    let pane = program.shell().page.as_ref().expect("a page was drawn");
    let picture = pane.shown.as_ref().expect("it could be drawn");
    let entry = &program.corpus().entries[0];
    let finds = nianbiao::view::page_marks::finds(program.corpus(), 0, &picture.sheet);
    let words = finds.iter().filter_map(|find| find.mark.span(program.corpus()));
    (picture.sheet.page, words.map(|span| span.slice(&entry.text).to_owned()).collect())
}

fn trouble(harness: &Window) -> PageTrouble {
    let pane = program(harness).shell().page.clone().expect("something is shown");
    pane.shown.map(|_| ()).expect_err("it cannot be drawn")
}

#[test]
fn the_page_follows_the_selection_and_says_when_the_file_is_another() {
    let path = scratch("pdf-pages").join("a.pdf");
    fs::write(&path, pdf(&PAGES)).unwrap();
    let mut harness = window(vec![path.clone()], None);
    assert!(program(&harness).shell().is_pdf, "{:?}", program(&harness).corpus().entries[0].text);
    assert!(program(&harness).shell().page.is_none(), "nobody has asked for a page");
    command(&mut harness, Command::TogglePage);
    settle(&mut harness);
    assert_eq!(shown(&harness), (0, vec!["二〇二三年五月八日".to_owned()]));
    command(&mut harness, Command::Select(Mark::Time { doc: 0, time: 1 }));
    settle(&mut harness);
    let (page, finds) = shown(&harness);
    assert_eq!((page, finds[0].as_str()), (1, "二〇二四年九月二日"));
    command(&mut harness, Command::TurnPage(-1));
    command(&mut harness, Command::SetPageZoom(PageZoom::Paper));
    settle(&mut harness);
    assert_eq!(shown(&harness).0, 0);

    fs::write(&path, pdf(&["二〇二五年一月一日，海湾大桥维修，工期三个月。"])).unwrap();
    command(&mut harness, Command::TurnPage(1));
    settle(&mut harness);
    assert_eq!(trouble(&harness), PageTrouble::Changed);
    command(&mut harness, Command::ReadAgain);
    settle(&mut harness);
    settle(&mut harness);
    assert_eq!(shown(&harness), (0, vec!["二〇二五年一月一日".to_owned(), "三个月".to_owned()]));
    fs::remove_file(&path).unwrap();
    command(&mut harness, Command::SetPageZoom(PageZoom::Page));
    settle(&mut harness);
    assert_eq!(trouble(&harness), PageTrouble::Gone);
    command(&mut harness, Command::TogglePage);
    settle(&mut harness);
    assert!(program(&harness).shell().page.is_none(), "what nobody looks at is not kept");
}

#[test]
fn a_pdf_in_an_archive_has_pages_and_a_text_has_none() {
    let dir = scratch("pdf-archive");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("2024/a.pdf", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut zip, &pdf(&PAGES)).unwrap();
    fs::write(dir.join("papers.zip"), zip.finish().unwrap().into_inner()).unwrap();
    fs::write(dir.join("b.txt"), "2024年9月，隧道通车。").unwrap();
    let mut harness = window(vec![dir.join("papers.zip"), dir.join("b.txt")], None);
    command(&mut harness, Command::TogglePage);
    settle(&mut harness);
    assert_eq!(shown(&harness).0, 0);
    command(&mut harness, Command::ShowArticle { doc: 1, article: 0 });
    settle(&mut harness);
    assert!(!program(&harness).shell().is_pdf && program(&harness).shell().page.is_none());
}
