//! What is fed with hostile bytes: each target takes any bytes at all and must neither panic nor break its promises.

use nianbiao::{
    corpus::{Corpus, Entry, ReadOptions, edits::Change, join_events, join_series, read},
    format,
    store::{
        interchange::{Target, Writer},
        json::{self, CorpusFile},
        load,
        project::Project,
        record,
    },
    text::{self, Source},
    warn::Reporter,
};
use rusqlite::Connection;
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// A target: takes bytes, panics where something is wrong.
pub type Run = fn(&[u8]);

/// Every target with its name, which is the name of its folder of seeds, too.
pub const TARGETS: &[(&str, Run)] = &[
    ("decode", decode),
    ("segment", segment),
    ("extract", extract),
    ("html", html),
    ("docx", docx),
    ("epub", epub),
    ("pdf", pdf),
    ("archive", archive),
    ("records", records),
    ("sheet", sheet),
    ("corpus", corpus),
    ("project", project),
];

/// The encodings that a reader may choose by hand.
const CHOSEN: &[&encoding_rs::Encoding] =
    &[encoding_rs::GB18030, encoding_rs::BIG5, encoding_rs::SHIFT_JIS, encoding_rs::EUC_KR, encoding_rs::UTF_16LE];

/// Bytes → text, guessed and chosen.
fn decode(data: &[u8]) {
    let mut reporter = Reporter::new();
    if let Ok(source) = text::decode("a", data, &mut reporter) {
        assert!(source.text.len() <= data.len() * 4 + 16, "a text grows beyond reason");
    }
    for encoding in CHOSEN {
        text::decode_as("a", data, encoding, &mut reporter);
    }
}

/// Text → articles, whose joined text knows the way back.
fn segment(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for article in text::segment(&text, &mut Reporter::new()) {
        for span in &article.spans {
            assert!(text.get(span.start..span.end).is_some(), "{span:?} is no place in the text");
        }
        for block in &article.blocks {
            let extent = block.text.extent();
            assert!(text.get(extent.start..extent.end).is_some(), "{extent:?} is no place in the text");
            for (at, _) in block.text.text().char_indices() {
                assert!(text.is_char_boundary(block.text.source_offset(at)), "a character comes from half of one");
            }
        }
    }
}

/// Text → findings, which are read back as they are written.
fn extract(data: &[u8]) {
    keeps(&read_text(&String::from_utf8_lossy(data)));
}

fn read_text(text: &str) -> Entry {
    read(Source::of("a.txt", text), &ReadOptions::default(), Reporter::new())
}

/// What is read of an entry must stand in a file and come back, and every other format must take it.
fn keeps(entry: &Entry) {
    let bytes = serde_json::to_vec(&json::standalone(entry)).expect("findings are JSON");
    let back = json::read_corpus(&bytes).expect("what was written is read");
    assert_eq!(back.len(), 1);
    assert!(back.iter().all(|back| back.document == entry.document && back.text == entry.text));
    written(std::slice::from_ref(entry));
}

fn written(entries: &[Entry]) {
    let targets = [
        Target::EventsCsv,
        Target::EventsJsonl,
        Target::SeriesCsv,
        Target::SeriesJsonl,
        Target::EventsParquet,
        Target::SeriesParquet,
        Target::Ics,
        Target::TimelineJs,
        Target::Annotations,
    ];
    for target in targets {
        let mut writer = Writer::new(target);
        let mut out = Vec::new();
        writer.begin(&mut out).expect("memory takes everything");
        entries.iter().try_for_each(|entry| writer.add(&mut out, entry)).expect("memory takes everything");
        writer.end(&mut out).expect("memory takes everything");
    }
}

/// A file of any kind, and what is said of it.
fn any_file(bytes: &[u8]) {
    format::read("a", bytes, &mut |piece| match piece {
        Ok(piece) => assert!(is_plain(&piece.source.path), "{:?}", piece.source.path),
        Err(fault) => {
            let said = fault.error.to_string();
            assert!(is_plain(&fault.path), "{:?}", fault.path);
            assert!(!said.is_empty() && !said.chars().any(char::is_control), "{said:?}");
        }
    });
}

/// Whether a path leads nowhere else and can be written to a terminal.
fn is_plain(path: &str) -> bool {
    let file = path.split('#').next().unwrap_or(path);
    path.starts_with('a') && !file.split('/').any(|part| part == "..") && !path.chars().any(char::is_control)
}

/// A page, whatever its bytes: a tag stands before those that do not look like one.
fn html(data: &[u8]) {
    any_file(data);
    any_file(&[b"<html><body>".as_slice(), data].concat());
}

/// The parts of a package, stored without deflating, so that what changes is the XML and not its checksum.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(*name, options).expect("memory takes everything");
        zip.write_all(bytes).expect("memory takes everything");
    }
    zip.finish().expect("memory takes everything").into_inner()
}

/// Two parts, parted by the first NUL.
fn halves(data: &[u8]) -> (&[u8], &[u8]) {
    let at = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    (&data[..at], data.get(at + 1..).unwrap_or_default())
}

/// The document and the styles of a Word file; the same as the content of an open document.
fn docx(data: &[u8]) {
    let (document, styles) = halves(data);
    any_file(&package(&[("word/document.xml", document), ("word/styles.xml", styles)]));
    any_file(&package(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", document)]));
}

/// The list of contents and a chapter of a book.
fn epub(data: &[u8]) {
    let (contents, chapter) = halves(data);
    let container = b"<container><rootfiles><rootfile full-path=\"a.opf\"/></rootfiles></container>";
    any_file(&package(&[("META-INF/container.xml", container), ("a.opf", contents), ("a.xhtml", chapter)]));
    any_file(&package(&[("META-INF/container.xml", contents), ("a.opf", chapter)]));
}

/// A PDF.
fn pdf(data: &[u8]) {
    any_file(data);
}

/// The pages of a PDF, as they are looked at beside its text. Only where there is a window; not under libFuzzer.
#[allow(dead_code, unexpected_cfgs, reason = "libFuzzer has no window")]
pub fn pages(data: &[u8]) {
    #[cfg(feature = "gui")]
    {
        let mut text = String::new();
        format::read("a", data, &mut |piece| text = piece.map(|piece| piece.source.text).unwrap_or_default());
        let Ok(file) = format::PdfFile::open(data.to_vec(), &[]) else { return };
        for idx in 0..file.n_pages().min(3) {
            let Ok(sheet) = file.sheet(idx, &text) else { continue };
            assert!(sheet.chars.iter().all(|char| text.get(char.span.start..char.span.end).is_some()));
            assert!(sheet.chars.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
            if let Ok(drawn) = file.pixels(&sheet, 0.3) {
                assert_eq!(drawn.rgba.len(), drawn.size[0] * drawn.size[1] * 4);
            }
        }
    }
    #[cfg(not(feature = "gui"))]
    let _ = data;
}

/// A zip archive.
fn archive(data: &[u8]) {
    any_file(data);
}

/// A table, and lines of `extract --records`.
fn records(data: &[u8]) {
    any_file(data);
    for line in data.split(|byte| *byte == b'\n').take(8) {
        if let Ok(entry) = record::read_record(line, None) {
            keeps(&entry);
        }
    }
}

/// A sheet and the strings that its cells share, as Excel packs them; the same as the content of a spreadsheet of
/// LibreOffice.
fn sheet(data: &[u8]) {
    let (rows, strings) = halves(data);
    let book = br#"<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="r1"/><sheet name="b" sheetId="2" r:id="r1"/></sheets></workbook>"#;
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            r#"<Relationships><Relationship Id="{id}" Type="http://a/relationships/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    any_file(&package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", relation("r1", "officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relation("r1", "worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", rows),
        ("xl/sharedStrings.xml", strings),
    ]));
    any_file(&package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"m\"/>"),
        ("content.xml", rows),
    ]));
}

/// A parsed corpus from elsewhere.
fn corpus(data: &[u8]) {
    let Ok(entries) = json::read_corpus(data) else { return };
    written(&entries);
    let again = serde_json::to_vec(&CorpusFile::new(&entries)).expect("findings are JSON");
    let back = json::read_corpus(&again).expect("what was written is read");
    assert_eq!(back.len(), entries.len());
    let corpus = Corpus::new(entries);
    let _ = (corpus.index().len(), join_series(&corpus.entries), join_events(&corpus.entries));
}

/// Where projects are made: in memory where the system has a folder for that.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = base.join(format!("nianbiao-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for projects");
    folder
});

/// Takes away what the targets have written.
pub fn clean() {
    let _ = fs::remove_dir_all(&*FOLDER);
}

/// The bytes of a small project.
pub fn small_project() -> Vec<u8> {
    let path = FOLDER.join("small.nianbiao");
    let _ = fs::remove_file(&path);
    let text = FOLDER.join("a.txt");
    fs::write(&text, "2024年9月，大桥通车，投资948亿元，比上年增长5%。\n").expect("a text");
    let project = Project::open(&path).expect("a new project");
    let import = nianbiao::store::project::import(&project, &[text], &ReadOptions::default(), &mut |_| true);
    assert_eq!(import.expect("an import").progress.n_documents, 1);
    project.keep_desk("{}").expect("a desk");
    drop(project);
    fs::read(path).expect("the project")
}

static SMALL: LazyLock<Vec<u8>> = LazyLock::new(small_project);

/// A project file whose bytes are hostile, or one whose rows are: the first byte says which.
fn project(data: &[u8]) {
    let (which, rest) = data.split_first().unwrap_or((&0, &[]));
    let path = FOLDER.join("a.nianbiao");
    for ending in ["nianbiao", "nianbiao-journal", "nianbiao-wal", "nianbiao-shm"] {
        let _ = fs::remove_file(path.with_extension(ending));
    }
    if *which == b'S' {
        fs::write(&path, data).expect("a file");
    } else {
        fs::write(&path, &*SMALL).expect("a file");
        let connection = Connection::open(&path).expect("a database");
        let deflated = || {
            let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            out.write_all(rest).and_then(|()| out.finish()).expect("memory takes everything")
        };
        let set = |sql: &str, value: &dyn rusqlite::ToSql| {
            connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF").expect("a database");
            connection.execute(sql, [value]).expect("a row")
        };
        let words = || String::from_utf8_lossy(rest).into_owned();
        match which % 5 {
            0 => set("UPDATE documents SET digest = ?1", &rest),
            1 => set("UPDATE bodies SET findings = ?1", &deflated()),
            2 => set("UPDATE bodies SET text = ?1", &deflated()),
            3 => set("INSERT INTO corrections(document, change, made) SELECT name, ?1, '0' FROM documents", &words()),
            _ => set("UPDATE bodies SET findings = ?1", &rest),
        };
    }
    looked_through(&path);
}

/// Opens a project, if it can be, and looks at all that is in it.
fn looked_through(path: &Path) {
    let Ok(project) = Project::open(path) else { return };
    let _ = (project.files(), project.failures(), project.kept(), project.desk());
    let Ok(mut corpus) = project.corpus() else { return };
    let changes: Vec<(usize, Vec<Change>)> = project.changes().unwrap_or_default().into_iter().collect();
    for (doc, changes) in changes {
        corpus.set_changes(doc, changes);
    }
    let _ = corpus.index().len();
    written(&corpus.entries);
    // Documents that are still to be fetched hold the project open.
    drop((project, corpus));
    for path in load::file(path, &ReadOptions::default()) {
        drop(path);
    }
}
