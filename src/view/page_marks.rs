//! What is marked on the page of a PDF: every find of the document that stands on it, and the selected passage.

use super::reading::{self, FindKind};
use crate::{
    corpus::Corpus,
    desk::Mark,
    model::{Area, PageSheet},
    span::Span,
};

/// A find and where it stands on the page: one area for each line.
#[derive(Debug, Clone, PartialEq)]
pub struct PageFind {
    /// What.
    pub mark: Mark,
    /// How it is shown.
    pub kind: FindKind,
    /// Where, in points.
    pub areas: Vec<Area>,
}

/// The finds of document `doc` on the page, in the order of the text.
pub fn finds(corpus: &Corpus, doc: usize, sheet: &PageSheet) -> Vec<PageFind> {
    let (Some(entry), Some(on_page)) = (corpus.entries.get(doc), extent(sheet)) else { return Vec::new() };
    let document = &entry.document;
    let is_on_page = |article: &usize| {
        let spans = document.articles.get(*article).map_or(&[][..], |article| &article.spans);
        spans.is_empty() || spans.iter().any(|span| span.overlaps(on_page))
    };
    let articles = (0..document.articles.len().max(1)).filter(is_on_page);
    let mut found: Vec<(Span, PageFind)> = articles
        .flat_map(|article| reading::finds_of(document, doc, article))
        .filter(|find| find.span.overlaps(on_page))
        .map(|find| (find.span, PageFind { mark: find.mark, kind: find.kind, areas: sheet.areas(find.span) }))
        .filter(|(_, find)| !find.areas.is_empty())
        .collect();
    found.sort_by_key(|(span, find)| (span.start, std::cmp::Reverse(span.end), find.mark));
    found.dedup_by(|later, first| later.0 == first.0);
    found.into_iter().map(|(_, find)| find).collect()
}

/// Where the words of the selection stand on the page; empty where they stand on another.
pub fn passage(corpus: &Corpus, selection: Option<Mark>, sheet: &PageSheet) -> Vec<Area> {
    selection.and_then(|mark| mark.span(corpus)).map(|span| sheet.areas(span)).unwrap_or_default()
}

/// The find at a point of the page: of several that lie on it the smallest.
pub fn at(finds: &[PageFind], x: f32, y: f32) -> Option<&PageFind> {
    let size = |find: &&PageFind| {
        let areas = find.areas.iter().map(|area| (area.right - area.left) * (area.bottom - area.top));
        areas.sum::<f32>()
    };
    let is_here = |find: &&PageFind| find.areas.iter().any(|area| area.covers(x, y));
    finds.iter().filter(is_here).min_by(|a, b| size(a).total_cmp(&size(b)))
}

fn extent(sheet: &PageSheet) -> Option<Span> {
    let (first, last) = (sheet.chars.first()?, sheet.chars.last()?);
    Some(first.span.union(last.span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::PageChar, view::reading::tests::corpus_of};

    /// `text` set on a page of lines with ten characters, each ten points wide.
    fn sheet_of(text: &str) -> PageSheet {
        let chars = text.char_indices().filter(|(_, c)| !c.is_whitespace()).enumerate();
        let chars = chars.map(|(idx, (at, c))| {
            let (left, top) = ((idx % 10) as f32 * 10.0, (idx / 10) as f32 * 20.0);
            let area = Area { left, top, right: left + 10.0, bottom: top + 12.0 };
            PageChar { span: Span::new(at, at + c.len_utf8()), area }
        });
        PageSheet { n_pages: 1, size_pt: [100.0, 100.0], chars: chars.collect(), ..PageSheet::default() }
    }

    #[test]
    fn a_find_over_two_lines_has_two_areas_and_a_point_finds_it() {
        let text = "大桥去年竣工，2024年9月2日通车，全长12公里。";
        let corpus = corpus_of(text);
        let sheet = sheet_of(text);
        let found = finds(&corpus, 0, &sheet);
        let Some(date) = at(&found, 75.0, 5.0) else { panic!("nothing at the date in {found:?}") };
        assert_eq!(date.areas.len(), 2, "{date:?}");
        assert_eq!(date.mark.span(&corpus).map(|span| span.slice(text)), Some("2024年9月2日"));
        assert_eq!(at(&found, 5.0, 25.0).map(|find| find.mark), Some(date.mark), "its rest in the next line");
        assert!(at(&found, 5.0, 5.0).is_none(), "大桥 is no find");
        assert_eq!(passage(&corpus, Some(date.mark), &sheet), date.areas);
        assert!(finds(&corpus, 0, &PageSheet::default()).is_empty());
    }
}
