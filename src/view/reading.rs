//! An article as it is set for reading: its paragraphs, what was found in them, and how each find is shown.
//!
//! ```text
//! Article --page--> Page: paragraphs of joined text with their finds --paragraph_lines--> lines --pieces--> runs
//! ```
//!
//! A [`Page`] depends on the corpus alone and is made once an article; what depends on the selection, the
//! pointer and the search ([`Emphasis`], [`super::query`]) is worked out for the paragraphs in view.

use crate::{
    corpus::{Corpus, Entry},
    desk::Mark,
    model::{Document, QuantityKind, TimeType},
    span::Span,
    text::{Clean, Role, sentences},
    view::linebreak,
};
use std::collections::BTreeSet;

/// A paragraph longer than this is set as several, cut at the ends of sentences, so that only what is in view
/// need be broken into lines. In bytes.
const LONG: usize = 6_000;

/// How a find is shown when nothing is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FindKind {
    /// A time with a date: ground in the colour of time.
    Time,
    /// A quantity: ground in the colour of numbers, and a line below.
    Number,
    /// A time that was found but not dated (近年来): a dotted line.
    Undated,
    /// A duration or something that repeats (十年, 每日): a dotted line in the colour of time.
    Period,
    /// A claim that is no quantity itself (翻了上百倍): shown as a number. Its mark is the first quantity it is
    /// checked with, whose card has the sum; it is not selected with it.
    Claim,
}

/// A time or quantity in a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// Where, in the paragraph's text.
    pub span: Span,
    /// What.
    pub mark: Mark,
    /// How it is shown.
    pub kind: FindKind,
    /// Whether the user added or corrected it.
    pub is_by_hand: bool,
}

/// A block of an article, or a stretch of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is for.
    pub role: Role,
    /// Its joined text.
    pub text: String,
    /// Times and quantities in it, by place; where one lies inside another the longer comes first.
    pub finds: Vec<Find>,
    /// Its sentences; they cover the text.
    pub sentences: Vec<Span>,
    /// How many characters.
    pub n_chars: usize,
    /// Whether it goes on where the paragraph before was cut for its length.
    pub is_continued: bool,
    /// Index in the article's blocks.
    pub block: usize,
    /// Where its text begins in the block's.
    pub offset: usize,
}

impl Paragraph {
    /// The spans that lines should not cut: the finds, those that overlap put together.
    pub fn atoms(&self) -> Vec<Span> {
        let mut atoms: Vec<Span> = Vec::with_capacity(self.finds.len());
        for find in &self.finds {
            match atoms.last_mut() {
                Some(last) if find.span.start < last.end => *last = last.union(find.span),
                _ => atoms.push(find.span),
            }
        }
        atoms
    }

    /// Its lines in a column of `width_px`.
    pub fn lines(&self, width_px: f64, width_of: impl FnMut(char) -> f64) -> Vec<Span> {
        linebreak::lines(&self.text, &self.atoms(), width_px, width_of)
    }

    fn sort_finds(&mut self) {
        self.finds.sort_by_key(|find| (find.span.start, std::cmp::Reverse(find.span.end), find.mark));
        self.finds.dedup_by(|later, first| later.span == first.span);
    }

    /// The sentence that the byte `at` lies in.
    pub fn sentence_at(&self, at: usize) -> Option<Span> {
        self.sentences.iter().copied().find(|sentence| sentence.covers(at)).or_else(|| self.sentences.last().copied())
    }
}

/// An article set for reading.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Index in `Corpus::entries`.
    pub doc: usize,
    /// Index in `Document::articles`.
    pub article: usize,
    /// Headline, deck and credits first, then the rest in reading order.
    pub paragraphs: Vec<Paragraph>,
    /// Whether it is the file as it is ([`printed`]): then a paragraph is a line of the file, its `block` the line's
    /// number from 0 and its `offset` that of the document's text.
    pub is_printed: bool,
    /// Of each block: the stretch of the source it covers, and its first paragraph.
    blocks: Vec<BlockPlace>,
}

#[derive(Debug, Clone, Copy)]
struct BlockPlace {
    extent: Span,
    first_paragraph: usize,
    n_paragraphs: usize,
}

/// Where something stands on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Index in [`Page::paragraphs`].
    pub paragraph: usize,
    /// Where, in its text.
    pub span: Span,
}

/// Sets article `article` of document `doc`; an empty page where there is none.
pub fn page(corpus: &Corpus, doc: usize, article: usize) -> Page {
    let mut page = Page { doc, article, ..Page::default() };
    let Some(entry) = corpus.entries.get(doc) else { return page };
    let Some(found) = entry.articles.get(article) else { return page };
    page.blocks = found
        .blocks
        .iter()
        .map(|block| BlockPlace { extent: block.text.extent(), first_paragraph: 0, n_paragraphs: 0 })
        .collect();
    let mut order: Vec<usize> = (0..found.blocks.len()).collect();
    order.sort_by_key(|&idx| found.blocks.get(idx).map_or(9, |block| rank(block.role)));
    for block_idx in order {
        let Some(block) = found.blocks.get(block_idx) else { continue };
        let first = page.paragraphs.len();
        for piece in cut(block.text.text()) {
            page.paragraphs.push(paragraph(block.role, block_idx, block.text.text(), piece));
        }
        if let Some(place) = page.blocks.get_mut(block_idx) {
            place.first_paragraph = first;
            place.n_paragraphs = page.paragraphs.len() - first;
        }
    }
    let agency = entry.document.articles.get(article).and_then(|article| Some(&article.dateline.as_ref()?.agency));
    let head = page.paragraphs.iter_mut().find(|paragraph| rank(paragraph.role) > 1);
    if let (Some(agency), Some(first)) = (agency, head)
        && is_credit(first, agency)
    {
        first.role = Role::Credit;
    }
    let finds = finds_of(&entry.document, doc, article);
    let places: Vec<(Place, Find)> = page.locate_all(entry, finds);
    for (place, find) in places {
        if let Some(paragraph) = page.paragraphs.get_mut(place.paragraph) {
            paragraph.finds.push(find);
        }
    }
    page.sort_finds();
    page
}

/// The file as it is, line by line, with the finds of all its articles. A find over several lines is shown on each.
pub fn printed(corpus: &Corpus, doc: usize) -> Page {
    let mut page = Page { doc, is_printed: true, ..Page::default() };
    let Some(entry) = corpus.entries.get(doc) else { return page };
    let mut at = 0;
    for (line_idx, line) in entry.text.split_inclusive('\n').enumerate() {
        let words = line.trim_end_matches(['\n', '\r']);
        for piece in cut(words) {
            let mut piece_of = paragraph(Role::Row, line_idx, words, piece);
            piece_of.offset += at;
            page.paragraphs.push(piece_of);
        }
        at += line.len();
    }
    for article in 0..entry.document.articles.len().max(1) {
        for find in finds_of(&entry.document, doc, article) {
            let first = page.paragraphs.partition_point(|line| line.offset + line.text.len() <= find.span.start);
            let on = page.paragraphs.iter_mut().skip(first).take_while(|line| line.offset < find.span.end);
            for line in on {
                let start = find.span.start.max(line.offset) - line.offset;
                let end = (find.span.end - line.offset).min(line.text.len());
                if start < end {
                    line.finds.push(Find { span: Span::new(start, end), ..find.clone() });
                }
            }
        }
    }
    page.sort_finds();
    page
}

/// The sentence or sentences that hold the words `source` of an article, with what was found in them; `None` where
/// the article has no such words. Of a very long block only the words about are looked at.
pub fn passage(entry: &Entry, doc: usize, article: usize, source: Span) -> Option<Paragraph> {
    let blocks = entry.articles.get(article)?.blocks.iter().enumerate();
    let (idx, block, words) = blocks
        .filter(|(_, block)| block.text.extent().overlaps(source))
        .find_map(|(idx, block)| Some((idx, block, clean_span(&block.text, source)?)))?;
    let text = block.text.text();
    let boundary = |at: usize| (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let about = Span::new(boundary(words.start.saturating_sub(LONG)), boundary((words.end + LONG).min(text.len())));
    let held = sentences(about.slice(text)).into_iter().map(|span| shifted(span, about.start));
    let held = held.filter(|sentence| sentence.overlaps(words)).reduce(Span::union)?;
    let n_blank = held.slice(text).len() - held.slice(text).trim_start().len();
    let held = Span::new(held.start + n_blank, held.start + held.slice(text).trim_end().len());
    // Beside other passages a headline is set as they are.
    let mut passage = Paragraph { is_continued: false, ..paragraph(Role::Body, idx, text, held) };
    let found = finds_of(&entry.document, doc, article).into_iter().filter_map(|find| {
        let span = clean_span(&block.text, find.span).filter(|span| held.contains(*span))?;
        Some(Find { span: Span::new(span.start - held.start, span.end - held.start), ..find })
    });
    passage.finds = found.collect();
    passage.sort_finds();
    Some(passage)
}

fn shifted(span: Span, by: usize) -> Span {
    Span::new(span.start + by, span.end + by)
}

/// A dateline that stands as a paragraph of its own: 新华社香港6月22日电　记者某某.
fn is_credit(paragraph: &Paragraph, agency: &str) -> bool {
    let is_short = paragraph.n_chars <= 60 && !paragraph.text.contains(['。', '！', '？', '；']);
    paragraph.role == Role::Body && is_short && !agency.is_empty() && paragraph.text.starts_with(agency)
}

/// Headline, deck and credits stand at the head wherever the page had them.
const fn rank(role: Role) -> u8 {
    match role {
        Role::Headline => 0,
        Role::Deck => 1,
        Role::Credit => 2,
        Role::Subhead | Role::Body | Role::Caption | Role::Row => 3,
    }
}

fn paragraph(role: Role, block: usize, text: &str, piece: Span) -> Paragraph {
    let text = piece.slice(text).to_owned();
    Paragraph {
        role,
        finds: Vec::new(),
        sentences: sentences(&text),
        n_chars: text.chars().count(),
        is_continued: piece.start > 0,
        block,
        offset: piece.start,
        text,
    }
}

/// The whole text, or where it is long its sentences put together to stretches of about [`LONG`] bytes.
fn cut(text: &str) -> Vec<Span> {
    if text.len() <= LONG {
        return vec![Span::new(0, text.len())];
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    for sentence in sentences(text) {
        let mut end = sentence.end;
        // A sentence without an end is cut where it must be.
        while end - start > 2 * LONG {
            let at = (start + LONG..end).find(|&at| text.is_char_boundary(at)).unwrap_or(end);
            pieces.push(Span::new(start, at));
            start = at;
            end = end.max(at);
        }
        if end - start >= LONG {
            pieces.push(Span::new(start, end));
            start = end;
        }
    }
    if start < text.len() {
        pieces.push(Span::new(start, text.len()));
    }
    pieces
}

/// What the rules of findings begin with that the user made or changed.
const BY_HAND: &str = "hand/";

/// The times and quantities of an article with their spans in the source.
pub(super) fn finds_of(document: &Document, doc: usize, article: usize) -> Vec<Find> {
    let times = document.times.iter().enumerate().filter(|(_, time)| time.article == article).map(|(idx, time)| {
        let is_dated = time.interval.is_some() || time.edtf.is_some();
        let kind = match time.kind {
            TimeType::Duration | TimeType::Set => FindKind::Period,
            TimeType::Date | TimeType::Time if is_dated => FindKind::Time,
            TimeType::Date | TimeType::Time => FindKind::Undated,
        };
        let is_by_hand = time.rule.starts_with(BY_HAND);
        Find { span: time.span, mark: Mark::Time { doc, time: idx }, kind, is_by_hand }
    });
    let quantities = document.quantities.iter().enumerate().filter(|(_, found)| found.article == article);
    let quantities = quantities.map(|(idx, quantity)| {
        let kind = if quantity.kind == QuantityKind::Duration { FindKind::Period } else { FindKind::Number };
        let is_by_hand = quantity.rule.starts_with(BY_HAND);
        Find { span: quantity.span, mark: Mark::Quantity { doc, quantity: idx }, kind, is_by_hand }
    });
    let claims = document.claims.iter().filter_map(|claim| {
        let quantity = *claim.from.first()?;
        let is_here = document.quantities.get(quantity)?.article == article;
        let is_shown = document.quantities.iter().any(|quantity| quantity.span.overlaps(claim.span));
        let mark = Mark::Quantity { doc, quantity };
        (is_here && !is_shown).then_some(Find { span: claim.span, mark, kind: FindKind::Claim, is_by_hand: false })
    });
    // Words that the user made an event of.
    let events = document.events.iter().enumerate().filter(|(_, event)| event.article == article);
    let events = events.filter(|(_, event)| event.rule.starts_with(BY_HAND)).map(|(event, found)| Find {
        span: found.span,
        mark: Mark::Event { doc, event },
        kind: FindKind::Time,
        is_by_hand: true,
    });
    times.chain(quantities).chain(claims).chain(events).collect()
}

impl Page {
    fn sort_finds(&mut self) {
        self.paragraphs.iter_mut().for_each(Paragraph::sort_finds);
    }

    /// Where the bytes `source` of the document stand on the page, by their first word; `None` where not on it.
    pub fn place(&self, entry: &Entry, source: Span) -> Option<Place> {
        if self.is_printed {
            let idx = self.paragraphs.partition_point(|line| line.offset + line.text.len() <= source.start);
            let line = self.paragraphs.get(idx)?;
            let start = source.start.max(line.offset) - line.offset;
            let end = source.end.saturating_sub(line.offset).min(line.text.len());
            return Some(Place { paragraph: idx, span: Span::new(start, end.max(start)) });
        }
        let candidates = self.blocks.iter().enumerate().filter(|(_, block)| block.extent.overlaps(source));
        candidates.filter_map(|(idx, _)| self.place_in(entry, idx, source)).min_by_key(|place| place.paragraph)
    }

    fn place_in(&self, entry: &Entry, block_idx: usize, source: Span) -> Option<Place> {
        let block = entry.articles.get(self.article)?.blocks.get(block_idx)?;
        let span = clean_span(&block.text, source)?;
        let place = self.blocks.get(block_idx)?;
        let of_block = self.paragraphs.get(place.first_paragraph..place.first_paragraph + place.n_paragraphs)?;
        let idx = of_block.partition_point(|paragraph| paragraph.offset <= span.start).checked_sub(1)?;
        let paragraph = of_block.get(idx)?;
        let start = span.start - paragraph.offset;
        let end = (span.end - paragraph.offset).min(paragraph.text.len());
        (start < end).then_some(Place { paragraph: place.first_paragraph + idx, span: Span::new(start, end) })
    }

    /// As [`Page::place`] for many finds at once, without a look at every block for each.
    fn locate_all(&self, entry: &Entry, finds: Vec<Find>) -> Vec<(Place, Find)> {
        let mut blocks: Vec<(Span, usize)> =
            self.blocks.iter().enumerate().map(|(idx, block)| (block.extent, idx)).collect();
        blocks.sort();
        // The furthest end of all blocks up to this one: behind it none of them can hold a find.
        let mut reach = 0;
        let reaches: Vec<usize> = blocks
            .iter()
            .map(|(extent, _)| {
                reach = reach.max(extent.end);
                reach
            })
            .collect();
        let mut out = Vec::with_capacity(finds.len());
        for mut find in finds {
            let mut idx = blocks.partition_point(|(extent, _)| extent.start < find.span.end);
            while idx > 0 && reaches.get(idx - 1).is_some_and(|&reach| reach > find.span.start) {
                idx -= 1;
                let Some(&(_, block)) = blocks.get(idx) else { break };
                if let Some(place) = self.place_in(entry, block, find.span) {
                    find.span = place.span;
                    out.push((place, find));
                    break;
                }
            }
        }
        out
    }

    /// The stretch of the source that the bytes `span` of a paragraph came from.
    pub fn source_span(&self, entry: &Entry, paragraph: usize, span: Span) -> Option<Span> {
        let paragraph = self.paragraphs.get(paragraph)?;
        if self.is_printed {
            return Some(span.shifted(paragraph.offset));
        }
        let block = entry.articles.get(self.article)?.blocks.get(paragraph.block)?;
        Some(block.text.source_span(span.shifted(paragraph.offset)))
    }

    /// Every find with the share of the page's characters that stand before it, for the map beside the text.
    pub fn finds(&self) -> impl Iterator<Item = (usize, &Find)> {
        self.paragraphs.iter().enumerate().flat_map(|(idx, paragraph)| paragraph.finds.iter().map(move |f| (idx, f)))
    }
}

fn clean_span(text: &Clean, source: Span) -> Option<Span> {
    text.clean_span(source).filter(|span| !span.is_empty())
}

/// What the selection lights up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Emphasis {
    /// The words that are selected.
    pub selected: BTreeSet<Mark>,
    /// What they rest on: operands, the time that dates them, the anchor of that time.
    pub related: BTreeSet<Mark>,
}

/// Works out what `selection` lights up.
pub fn emphasis(corpus: &Corpus, selection: Option<Mark>) -> Emphasis {
    let mut out = Emphasis::default();
    let Some(mark) = selection else { return out };
    let doc = mark.doc();
    let Some(entry) = corpus.entries.get(doc) else { return out };
    let document = &entry.document;
    match mark {
        Mark::Event { .. } => out.selected.extend(mark.parts(corpus)),
        Mark::Time { .. } => {
            out.selected.insert(mark);
        }
        Mark::Quantity { quantity, .. } => {
            out.selected.insert(mark);
            let time = document.quantities.get(quantity).and_then(|found| found.time);
            out.related.extend(time.map(|time| Mark::Time { doc, time }));
        }
        Mark::Point { series, point, .. } => {
            let point = document.series.get(series).and_then(|series| series.points.get(point));
            let printed = point.and_then(|point| point.quantity);
            let operands = point.and_then(|point| point.derived.as_ref()).map_or(&[][..], |derived| &derived.from);
            out.selected.extend(printed.map(|quantity| Mark::Quantity { doc, quantity }));
            out.related.extend(operands.iter().map(|&quantity| Mark::Quantity { doc, quantity }));
            let times = printed.into_iter().chain(operands.iter().copied());
            let times = times.filter_map(|quantity| document.quantities.get(quantity)?.time);
            out.related.extend(times.map(|time| Mark::Time { doc, time }));
        }
    }
    let anchors: Vec<Mark> = out
        .selected
        .iter()
        .filter_map(|mark| match *mark {
            Mark::Time { time, .. } => document.times.get(time)?.anchor.time.map(|time| Mark::Time { doc, time }),
            _ => None,
        })
        .collect();
    out.related.extend(anchors);
    out.related.retain(|mark| !out.selected.contains(mark));
    out
}

/// The event that the words `source` of a document belong to: one whose words overlap them, the shortest first.
pub fn event_at(document: &Document, doc: usize, source: Span) -> Option<Mark> {
    let events = document.events.iter().enumerate().filter(|(_, event)| event.span.overlaps(source));
    let (event, _) = events.min_by_key(|(idx, event)| (event.span.len(), *idx))?;
    Some(Mark::Event { doc, event })
}

/// The parts of `span` on each line, as (line, span): what a highlight is painted as.
pub fn pieces(lines: &[Span], span: Span) -> Vec<(usize, Span)> {
    let first = lines.partition_point(|line| line.end <= span.start);
    lines
        .iter()
        .enumerate()
        .skip(first)
        .take_while(|(_, line)| line.start < span.end)
        .map(|(idx, line)| (idx, Span::new(span.start.max(line.start), span.end.min(line.end))))
        .filter(|(_, piece)| !piece.is_empty())
        .collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, read},
        text::Source,
        warn::Reporter,
    };

    /// A corpus of one text, read as the program reads it.
    pub(crate) fn corpus_of(text: &str) -> Corpus {
        let source = Source::of("试文.txt", text);
        let options = ReadOptions { dct: "2025-06-22".parse().ok(), id: None, ..ReadOptions::default() };
        Corpus::new(vec![read(source, &options, Reporter::new())])
    }

    #[test]
    fn every_find_covers_its_words() {
        let corpus = corpus_of("2024年贸易额为948\n亿美元。\n\n近年来每日有人来往，去年有120万人次。");
        let entry = &corpus.entries[0];
        let mut n_finds = 0;
        for article in 0..entry.articles.len() {
            let page = page(&corpus, 0, article);
            for (idx, find) in page.finds().filter(|(_, find)| find.kind != FindKind::Claim) {
                let words = find.span.slice(&page.paragraphs[idx].text);
                let said = match find.mark {
                    Mark::Time { time, .. } => &entry.document.times[time].text,
                    Mark::Quantity { quantity, .. } => &entry.document.quantities[quantity].text,
                    other => panic!("{other:?}"),
                };
                assert_eq!(words, said);
                let source = page.source_span(entry, idx, find.span).unwrap();
                assert_eq!(page.place(entry, source), Some(Place { paragraph: idx, span: find.span }));
                n_finds += 1;
            }
        }
        assert_eq!(n_finds, entry.document.times.len() + entry.document.quantities.len());
    }

    #[test]
    fn long_paragraphs_are_cut_without_loss() {
        let text = "这里有一句话，说了许多。".repeat(2_000);
        let joined: String = cut(&text).iter().map(|piece| piece.slice(&text)).collect();
        assert_eq!(joined, text);
        assert!(cut(&text).iter().all(|piece| piece.len() <= 2 * LONG));
        let endless = "无".repeat(20_000);
        let joined: String = cut(&endless).iter().map(|piece| piece.slice(&endless)).collect();
        assert_eq!(joined, endless);
    }

    #[test]
    fn a_highlight_over_a_line_end_is_two_pieces() {
        let lines = [Span::new(0, 6), Span::new(6, 12)];
        assert_eq!(pieces(&lines, Span::new(3, 9)), [(0, Span::new(3, 6)), (1, Span::new(6, 9))]);
        assert_eq!(pieces(&lines, Span::new(6, 9)), [(1, Span::new(6, 9))]);
    }
}
