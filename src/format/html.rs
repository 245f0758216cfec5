//! HTML: the main text of a page, without its menus, scripts and small print. Nothing is fetched, nothing is run.

use super::{
    html_walk::walk,
    limits::{MAX_HTML_BYTES, MAX_HTML_NESTING},
    nesting, tidy,
};
use crate::{edtf::Edtf, text, warn::Reporter};
use encoding_rs::Encoding;
use scraper::{ElementRef, Html, Selector};

/// What a page says.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub text: String,
    pub dct: Option<Edtf>,
}

/// The head of a file is this long where marks are looked for in it.
const HEAD_BYTES: usize = 4096;

/// The encoding that a page says it has, where it says so and the bytes agree; `None` where it must be guessed.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let marks = [b"<html".as_slice(), b"<!doctype html", b"<meta", b"<?xml"];
    let lower = head.to_ascii_lowercase();
    if Encoding::for_bom(bytes).is_some() || !marks.iter().any(|mark| memchr::memmem::find(&lower, mark).is_some()) {
        return None;
    }
    let at = memchr::memmem::find(&lower, b"charset=")
        .map(|at| at + 8)
        .or_else(|| memchr::memmem::find(&lower, b"encoding=").map(|at| at + 9))?;
    let label: Vec<u8> = lower
        .get(at..)?
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .collect();
    let encoding = Encoding::for_label(&label)?;
    let encoding = if encoding == encoding_rs::GBK { encoding_rs::GB18030 } else { encoding };
    // Pages lie: what is UTF-8 throughout is UTF-8, and Latin takes any bytes at all, so that it says nothing.
    let is_utf8 = encoding != encoding_rs::UTF_8 && !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
    if is_utf8 || encoding.is_single_byte() {
        return None;
    }
    // Nearly all of GBK is Korean as well; the words tell.
    if encoding == encoding_rs::EUC_KR
        && text::decode("", bytes, &mut Reporter::new())
            .is_ok_and(|found| matches!(&*found.encoding, "gb18030" | "Big5"))
    {
        return None;
    }
    let (_, has_errors) = encoding.decode_without_bom_handling(bytes);
    (!has_errors).then_some(encoding)
}

/// Whether a text is a page rather than a text that speaks of tags.
pub(super) fn is_html(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if !start.starts_with('<') {
        return false;
    }
    let head: String = start.chars().take(HEAD_BYTES).flat_map(char::to_lowercase).collect();
    if head.starts_with("<!doctype html") || ["<html", "<head", "<body"].iter().any(|tag| head.contains(tag)) {
        return true;
    }
    let tags = ["<p>", "<p ", "<div", "<h1", "<h2", "<h3", "<br", "<span", "<a ", "<table", "<meta", "<article", "<ul"];
    tags.iter().map(|tag| head.matches(tag).count()).sum::<usize>() >= 3
}

/// The main text of a page.
pub(super) fn page(html: &str, reporter: &mut Reporter) -> Page {
    let tree = parse(html, reporter);
    let root = main_element(&tree);
    let mut text = walk(root, false);
    if !text.lines().any(|line| line.starts_with("# "))
        && let Some(title) = title(&tree)
        && !text.contains(&title)
    {
        text.insert_str(0, &format!("# {title}\n\n"));
    }
    Page { text, dct: date(&tree) }
}

/// All text of a page of a book.
pub(super) fn book_page(html: &str, reporter: &mut Reporter) -> String {
    let tree = parse(html, reporter);
    walk(tree.root_element(), true)
}

fn parse(html: &str, reporter: &mut Reporter) -> Html {
    let mut html = html;
    if html.len() > MAX_HTML_BYTES {
        let cut = html.floor_char_boundary(MAX_HTML_BYTES);
        html = html.get(..cut).unwrap_or_default();
        reporter.whole("format", format!("only the first {} MiB of the page were read", MAX_HTML_BYTES >> 20));
    }
    let (flat, n_dropped) = nesting::flattened(html);
    if n_dropped > 0 {
        reporter.whole(
            "format",
            format!("{n_dropped} tags are nested deeper than {MAX_HTML_NESTING} and were passed over"),
        );
    }
    Html::parse_document(&flat)
}

fn select<'a>(tree: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(selector).map(|selector| tree.select(&selector).collect()).unwrap_or_default()
}

/// The only `article` or `main` with most of the text, else the whole page.
fn main_element(tree: &Html) -> ElementRef<'_> {
    let root = tree.root_element();
    let n_all = n_chars(root);
    let candidates = select(tree, "article, main, [role=main], #articleContent, .TRS_Editor");
    let large: Vec<_> = candidates.into_iter().filter(|element| n_chars(*element) * 2 > n_all).collect();
    large.last().copied().unwrap_or(root)
}

/// Characters of text that are not blank.
fn n_chars(element: ElementRef<'_>) -> usize {
    let skipped = |name: &str| matches!(name, "script" | "style");
    element
        .descendants()
        .filter(|node| node.parent().and_then(ElementRef::wrap).is_none_or(|parent| !skipped(parent.value().name())))
        .filter_map(|node| node.value().as_text())
        .map(|text| text.chars().filter(|c| !c.is_whitespace()).count())
        .sum()
}

/// The page's title, without the site's name behind it.
fn title(tree: &Html) -> Option<String> {
    let from_meta = select(tree, "meta[property='og:title']").first().and_then(|meta| meta.value().attr("content"));
    let title = match from_meta {
        Some(title) => title.to_owned(),
        None => select(tree, "title").first()?.text().collect(),
    };
    let title = title.split(['_', '|']).next().unwrap_or_default().split(['-', '—']).next().unwrap_or_default();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}

/// When the page says that it was published.
fn date(tree: &Html) -> Option<Edtf> {
    const NAMES: &[&str] = &[
        "article:published_time",
        "publishdate",
        "publish_date",
        "pubdate",
        "dc.date",
        "dc.date.issued",
        "weibo:article:create_at",
        "date",
    ];
    let metas: Vec<(String, &str)> = select(tree, "meta")
        .iter()
        .filter_map(|meta| {
            let meta = meta.value();
            let name = meta.attr("property").or_else(|| meta.attr("name")).or_else(|| meta.attr("itemprop"))?;
            Some((name.to_lowercase(), meta.attr("content")?))
        })
        .collect();
    let by_name = |name: &&str| metas.iter().find(|(found, _)| found == name).and_then(|(_, date)| tidy::date(date));
    NAMES.iter().find_map(by_name)
}
