//! The page of a PDF beside its text: which one, and how large.

use super::Desk;
use crate::corpus::Corpus;
use serde::{Deserialize, Serialize};

/// How large a page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageZoom {
    /// As wide as the pane.
    #[default]
    Width,
    /// The whole page.
    Page,
    /// As large as on paper.
    Paper,
}

impl PageZoom {
    /// In the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Width, Self::Page, Self::Paper];

    /// The next one.
    pub const fn next(self) -> Self {
        match self {
            Self::Width => Self::Page,
            Self::Page => Self::Paper,
            Self::Paper => Self::Width,
        }
    }

    /// How many pixels a point has, for a page of `size_pt` in a room of `room_px` on a screen with `paper_scale`
    /// pixels to the point.
    ///
    /// ```
    /// use nianbiao::desk::PageZoom;
    /// assert_eq!(PageZoom::Width.scale([600.0, 800.0], [300.0, 200.0], 1.5), 0.5);
    /// assert_eq!(PageZoom::Page.scale([600.0, 800.0], [300.0, 200.0], 1.5), 0.25);
    /// assert_eq!(PageZoom::Paper.scale([600.0, 800.0], [300.0, 200.0], 1.5), 1.5);
    /// ```
    pub fn scale(self, size_pt: [f32; 2], room_px: [f32; 2], paper_scale: f32) -> f32 {
        let [across, down] = [0, 1].map(|side: usize| {
            let at = |pair: [f32; 2]| pair.get(side).copied().unwrap_or(1.0).max(1.0);
            at(room_px) / at(size_pt)
        });
        match self {
            Self::Width => across,
            Self::Page => across.min(down),
            Self::Paper => paper_scale,
        }
    }
}

/// How the source pane shows pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PageDesk {
    /// Whether the page is shown where a document came from a PDF.
    pub is_shown: bool,
    /// How large.
    pub zoom: PageZoom,
    /// The page that was turned to, from 0; `None` follows the selection.
    #[serde(skip)]
    pub at: Option<usize>,
}

/// A page that the window would like to show; the shell draws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageWish {
    /// Index in `Corpus::entries`.
    pub doc: usize,
    /// Which page, from 0.
    pub page: usize,
    /// How large.
    pub zoom: PageZoom,
    /// The room for it in physical pixels.
    pub room_px: [u32; 2],
    /// Physical pixels for 100 points at the size of paper.
    pub paper_scale: u32,
}

/// How many pages a text has: it has form feeds between them.
pub fn n_pages(text: &str) -> usize {
    memchr::memchr_iter(b'\x0c', text.as_bytes()).count() + 1
}

/// The page of the byte `at`, from 0.
///
/// ```
/// use nianbiao::desk::page_of;
/// assert_eq!(page_of("第一页\n\n\u{c}第二页", 13), 1);
/// ```
pub fn page_of(text: &str, at: usize) -> usize {
    memchr::memchr_iter(b'\x0c', text.as_bytes().get(..at).unwrap_or(text.as_bytes())).count()
}

impl Desk {
    /// The page that is to be shown of the document in the source pane, from 0.
    pub fn page_in_view(&self, corpus: &Corpus) -> usize {
        let Some(entry) = corpus.entries.get(self.source.doc) else { return 0 };
        let of_selection = || self.selection.filter(|mark| mark.doc() == self.source.doc)?.span(corpus);
        let of_article = || entry.document.articles.get(self.source.article)?.spans.first().copied();
        // The text may have fewer pages by now: it was read again.
        let turned_to = self.source.page.at.map(|at| at.min(n_pages(&entry.text) - 1));
        turned_to.unwrap_or_else(|| {
            let span = of_selection().or_else(of_article).unwrap_or_default();
            page_of(&entry.text, span.start)
        })
    }

    /// Turns so many pages on, negative back.
    pub(super) fn turn_page(&mut self, corpus: &Corpus, by: isize) {
        let Some(entry) = corpus.entries.get(self.source.doc) else { return };
        let last = n_pages(&entry.text) - 1;
        self.source.page.at = Some(self.page_in_view(corpus).saturating_add_signed(by).min(last));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, read},
        desk::{Command, Mark, apply},
        text::Source,
        warn::Reporter,
    };

    #[test]
    fn a_selection_turns_to_its_page_and_turning_stays_within_the_file() {
        let text = "2023年1月5日，大桥开工。\n\n\u{c}2024年3月6日，大桥通车。\n\n\u{c}附图。\n".to_owned();
        let source = Source::of("a.pdf", text);
        let mut corpus = Corpus::default();
        corpus.add(vec![read(source, &ReadOptions::default(), Reporter::new())]);
        let mut desk = Desk::default();
        assert_eq!(desk.page_in_view(&corpus), 0);
        apply(&mut desk, &corpus, Command::Select(Mark::Time { doc: 0, time: 1 }));
        assert_eq!(desk.page_in_view(&corpus), 1);
        apply(&mut desk, &corpus, Command::TurnPage(5));
        assert_eq!(desk.page_in_view(&corpus), 2);
        apply(&mut desk, &corpus, Command::TurnPage(-1));
        apply(&mut desk, &corpus, Command::TurnPage(-9));
        assert_eq!(desk.page_in_view(&corpus), 0);
        apply(&mut desk, &corpus, Command::Select(Mark::Time { doc: 0, time: 1 }));
        assert_eq!(desk.page_in_view(&corpus), 1, "selecting it again turns back to it");
    }
}
