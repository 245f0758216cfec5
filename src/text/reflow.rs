//! Lines → paragraphs and displayed lines (headings, bylines, credits), whatever tore them.
//!
//! A column of a newspaper comes out of a PDF reader as
//!
//! ```text
//! 港口扩建工程开工          displayed: ends no sentence, narrower than the column
//! 今年五月，位于海湾北      paragraph: full lines …
//! 岸的港口扩建工程动
//! 工。                      … up to a line that ends a sentence
//! ```
//!
//! A heading never stands inside a sentence. So the lines are cut into *runs* that end with a sentence; in each run
//! the lines that fill the column, counted from its end, are the paragraph, and what stands before is displayed.

use super::{
    chunk::{Chunk, Shape},
    join::{Seam, Style, has_tags, is_spaced},
    line::{End, Line},
    rules::{self, Opening},
    sentence::sentences,
    tags,
};
use crate::span::Span;

/// A document's chunks in the order of the source, and how its blanks are to be taken.
#[derive(Debug, Clone)]
pub(super) struct Flow {
    pub chunks: Vec<Chunk>,
    pub style: Style,
}

/// Lines may differ so much within a column: two characters of indent and one that would not fit.
const SLACK: u32 = 14;
/// A line may be so much wider than the column was measured.
const EXCESS: u32 = 4;
/// Headings are hardly ever as wide as this on one of several lines.
const WIDE: u32 = 112;
/// No column is narrower than six characters.
const MIN_COLUMN: u32 = 24;
/// Blanks as wide as this begin a paragraph.
const INDENT: u32 = 8;

/// Puts the torn lines of `text` together.
pub(super) fn reflow(text: &str, lines: &[Line]) -> Flow {
    let style = Style { is_spaced: is_spaced(text), has_tags: has_tags(text), ..Style::default() };
    if is_one_character_a_line(lines) {
        return Flow { chunks: from_single_characters(lines), style };
    }
    let runs = runs(text, lines);
    let columns = columns(text, lines, &runs);
    let mut chunks: Vec<Chunk> = Vec::new();
    for (run_idx, &(from, to)) in runs.iter().enumerate() {
        let Some(run) = lines.get(from..to) else { continue };
        if run.first().is_some_and(|line| line.is_row) {
            chunks.extend(run.chunks(1).map(|row| chunk(row, Shape::Row, 0)));
            continue;
        }
        let near = Near {
            own: columns.get(run_idx).copied().flatten(),
            before: columns.get(..run_idx).and_then(|all| all.iter().rev().take(6).find_map(|&column| column)),
            after: columns.get(run_idx + 1..).and_then(|all| all.iter().take(6).find_map(|&column| column)),
            line_gap: chunks.iter().rev().take(8).find_map(|chunk| chunk.line_gap),
            follows_paragraph: chunks.last().is_some_and(|chunk| chunk.shape == Shape::Paragraph && chunk.column > 0),
        };
        let split = split(text, run, near);
        display(text, run.get(..split.n_displayed).unwrap_or_default(), near, &mut chunks);
        if let Some(body) = run.get(split.n_displayed..).filter(|body| !body.is_empty()) {
            paragraph(body, split.column, lines.get(from.wrapping_sub(1)), &mut chunks);
        }
    }
    if style.has_tags {
        chunks = chunks.into_iter().flat_map(|chunk| tags::pieces(text, chunk)).collect();
    }
    if chunks.iter().any(is_endless) {
        chunks = chunks.into_iter().flat_map(|chunk| portions(text, chunk)).collect();
    }
    Flow { chunks, style }
}

/// A paragraph of more bytes than this is no paragraph anybody set: it is cut at sentence ends.
const MAX_PARAGRAPH: usize = 24_000;
/// How long the portions are at least.
const PORTION: usize = 6_000;

/// No sentence is read as one that is longer: figures without a full stop between them, a file that is no text.
const MAX_SENTENCE: usize = 24_000;

fn is_endless(chunk: &Chunk) -> bool {
    chunk.span.end - chunk.span.start > MAX_PARAGRAPH
}

/// A chunk of bearable length as it is; a book on one line in portions of whole sentences.
fn portions(text: &str, chunk: Chunk) -> Vec<Chunk> {
    if !is_endless(&chunk) {
        return vec![chunk];
    }
    let stretch = chunk.span.slice(text);
    let mut found = Vec::new();
    let mut start = 0;
    for sentence in sentences(stretch) {
        while sentence.end - start > PORTION + MAX_SENTENCE {
            let cut = cut_at(stretch, start + MAX_SENTENCE);
            found.push(Chunk { span: Span::new(chunk.span.start + start, chunk.span.start + cut), ..chunk });
            start = cut;
        }
        if sentence.end - start >= PORTION || sentence.end == stretch.len() {
            let span = Span::new(chunk.span.start + start, chunk.span.start + sentence.end);
            found.push(Chunk { span, ..chunk });
            start = sentence.end;
        }
    }
    found
}

/// Where a sentence without end is cut before byte `limit`: behind a comma or blank, where there is one near.
fn cut_at(text: &str, limit: usize) -> usize {
    let limit = text.floor_char_boundary(limit);
    let near = text.ceil_char_boundary(limit.saturating_sub(MAX_SENTENCE / 8));
    let window = text.get(near..limit).unwrap_or_default();
    let mark = window.char_indices().rev().find(|(_, c)| c.is_whitespace() || "，；、,;".contains(*c));
    mark.map_or(limit, |(at, c)| near + at + c.len_utf8())
}

/// Columns that were measured in a run and next to it.
#[derive(Debug, Clone, Copy)]
struct Near {
    own: Option<u32>,
    before: Option<u32>,
    after: Option<u32>,
    /// Whether a paragraph of the same column stands before.
    follows_paragraph: bool,
    /// Blank lines between the lines of the paragraph before.
    line_gap: Option<u32>,
}

impl Near {
    fn is_torn(self) -> bool {
        self.own.or(self.before).or(self.after).is_some()
    }
}

fn is_one_character_a_line(lines: &[Line]) -> bool {
    let n_single = lines.iter().filter(|line| line.width <= 4).count();
    lines.len() >= 8 && n_single * 10 >= lines.len() * 9
}

/// Paragraphs of a text with one character a line; a blank line is the line break of the original.
fn from_single_characters(lines: &[Line]) -> Vec<Chunk> {
    lines
        .chunk_by(|_, next| next.gap == 0)
        .filter_map(|group| {
            let (first, last) = (group.first()?, group.last()?);
            let shape = if last.end == End::Sentence { Shape::Paragraph } else { Shape::Displayed };
            Some(chunk(group, shape, 0)).map(|chunk| Chunk { span: first.span.union(last.span), ..chunk })
        })
        .collect()
}

/// The lines `[from, to)` of each run: up to a sentence's end, a heading, or a new opening.
fn runs(text: &str, lines: &[Line]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut from = 0;
    for (idx, line) in lines.iter().enumerate() {
        let ends = match lines.get(idx + 1) {
            None => true,
            Some(next) => ends_run(text, idx.checked_sub(1).and_then(|before| lines.get(before)), line, next),
        };
        if ends {
            runs.push((from, idx + 1));
            from = idx + 1;
        }
    }
    runs
}

fn ends_run(text: &str, before: Option<&Line>, line: &Line, next: &Line) -> bool {
    let start = next.content().slice(text);
    if line.markdown > 0 || next.markdown > 0 || line.is_row != next.is_row {
        return true;
    }
    if start.starts_with(['，', '。', '、', '；', '：', '！', '？', '）', '》', '”', '’', '」', '』', '…', '％', '%'])
    {
        return false;
    }
    if ends_text(text, before, line) {
        return true;
    }
    if line.end == End::GoesOn {
        return false;
    }
    next.indent >= INDENT && line.indent < INDENT && next.indent <= 2 * INDENT
        || rules::is_item(start)
        || rules::opening(start) != Opening::None
}

/// Whether a line ends a sentence or, with a photographer's credit, a caption.
fn ends_text(text: &str, before: Option<&Line>, line: &Line) -> bool {
    if line.end == End::Sentence {
        return true;
    }
    let words = line.span.slice(text);
    if !words.ends_with(['摄', '攝', '影', '发', '片', '图', '国', '觉', '）', ')']) {
        return false;
    }
    // The credit itself may be torn: 本报记者 赵一 | 摄.
    let torn = before.filter(|_| line.width < MIN_COLUMN).map(|before| before.span.slice(text).to_owned() + words);
    rules::photo_credit(torn.as_deref().unwrap_or(words)).is_some()
}

/// The column of each run whose lines show one: three torn lines and a last one that fits them.
fn columns(text: &str, lines: &[Line], runs: &[(usize, usize)]) -> Vec<Option<u32>> {
    runs.iter()
        .map(|&(from, to)| {
            let run = lines.get(from..to)?;
            let (last, torn) = run.split_last()?;
            let before_last = torn.last();
            if torn.len() < 3 && !is_pair(torn) {
                return None;
            }
            let tail = torn.get(torn.len().saturating_sub(4)..)?;
            let column = tail.iter().map(|line| line.core_width).max()?;
            let fits = last.core_width <= column + EXCESS
                && tail.iter().skip(1).all(|line| line.width + SLACK + slack_before(text, lines, line) >= column);
            (fits && column >= MIN_COLUMN && ends_text(text, before_last, last)).then_some(column)
        })
        .collect()
}

/// Whether two lines are as wide as each other, but for an indent.
fn is_pair(torn: &[Line]) -> bool {
    let [first, second] = torn else { return false };
    second.width >= 2 * MIN_COLUMN && second.width.abs_diff(first.width + INDENT / 2) <= INDENT / 2 + 2
}

/// Room at a line's end that the next line's first word would not have fitted: 28093.6亿 goes over whole.
fn slack_before(text: &str, lines: &[Line], line: &Line) -> u32 {
    let at = lines.partition_point(|other| other.span.start <= line.span.start);
    lines.get(at).map_or(0, |next| word_width(next.span.slice(text)))
}

fn word_width(start: &str) -> u32 {
    let opening = start.chars().take_while(|c| super::line::OPENERS.contains(*c)).count();
    let word = start.chars().skip(opening).take_while(|c| c.is_ascii_graphic()).take(20).count();
    // A mark that must not begin a line takes the character before it along.
    let is_drawn = start.chars().nth(1).is_some_and(|c| "，。、；：！？）》”".contains(c));
    u32::try_from(opening * 4 + word * 2 + 4 * usize::from(is_drawn)).unwrap_or(0)
}

struct Split {
    /// Lines at the run's beginning that are no part of the paragraph.
    n_displayed: usize,
    /// The paragraph's column, 0 where it is not torn.
    column: u32,
}

/// Finds where a run's paragraph begins.
fn split(text: &str, run: &[Line], near: Near) -> Split {
    let Some((last, torn)) = run.split_last() else { return Split { n_displayed: 0, column: 0 } };
    let ends_sentence = last.end == End::Soft || ends_text(text, torn.last(), last);
    if torn.is_empty() {
        return Split { n_displayed: usize::from(!ends_sentence), column: 0 };
    }
    let Some(column) = column_of(text, run, near) else {
        // Not torn: only the last line is a paragraph, with the lines that must belong to it.
        let mut from = torn.len();
        while from > 0 && run.get(from - 1..=from).is_some_and(|pair| must_join(text, pair)) {
            from -= 1;
        }
        let is_displayed = !ends_sentence && run.len() - from <= 3;
        return Split { n_displayed: if is_displayed { run.len() } else { from }, column: 0 };
    };
    let mut from = torn.len();
    while from > 0 && run.get(from - 1..=from).is_some_and(|pair| fills(text, pair, column) || must_join(text, pair)) {
        from -= 1;
    }
    let body = run.get(from..).unwrap_or_default();
    let n_displayed = from + n_by_gap(text, body).max(n_by_wording(text, body)).max(n_by_closeness(text, body));
    // ——发展生产。… is an item of a list, unless it stands below a headline.
    let is_item = run.first().is_some_and(|line| rules::is_deck(line.span.slice(text)));
    if is_item && near.follows_paragraph {
        return Split { n_displayed: 0, column };
    }
    if !ends_sentence && run.len() - n_displayed < 3 {
        return Split { n_displayed: run.len(), column };
    }
    if n_displayed > 4 && run.get(..n_displayed).is_some_and(is_even) {
        return Split { n_displayed: 0, column };
    }
    Split { n_displayed, column }
}

/// The column that the end of the run fits, its own before its neighbours'.
fn column_of(text: &str, run: &[Line], near: Near) -> Option<u32> {
    let (last, torn) = run.split_last()?;
    let before_last = torn.last()?;
    let fits = |&column: &u32| {
        last.core_width <= column + EXCESS && run.get(torn.len() - 1..).is_some_and(|pair| fills(text, pair, column))
    };
    [near.own, near.before, near.after].into_iter().flatten().find(fits).or_else(|| {
        // Two or three lines by themselves: torn if the last is no longer than the one before.
        let is_alone = !near.is_torn();
        let looks_torn = last.core_width <= before_last.core_width + EXCESS
            && last.gap == 0
            && before_last.width >= MIN_COLUMN * 2
            && (last.end != End::Bare || ends_text(text, Some(before_last), last));
        let is_close = near.line_gap == Some(0) && before_last.gap > 0;
        ((is_alone || is_close || before_last.width >= WIDE) && looks_torn).then_some(before_last.core_width)
    })
}

/// Whether the first of two lines fills the column, so that the second goes on with its sentence.
fn fills(text: &str, pair: &[Line], column: u32) -> bool {
    let [line, next] = pair else { return false };
    let room = word_width(next.span.slice(text)).min(column / 2);
    line.core_width <= column + EXCESS && line.width + SLACK + room >= column
}

/// Whether two lines belong together whatever their widths: 948 | 亿, a bracket left open, a comma.
fn must_join(text: &str, pair: &[Line]) -> bool {
    let [line, next] = pair else { return false };
    let (before, after) = (line.content().slice(text), next.content().slice(text));
    if line.end == End::GoesOn && !before.ends_with(['—', '-']) {
        return true;
    }
    let Some(first) = after.chars().next() else { return false };
    let is_tail = "，。、；：！？）》”’」』…％%".contains(first);
    let number = before.trim_end_matches(['万', '亿', '千', '百', '多', '余', ' ']);
    let ends_in_digit = number.ends_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let unit = "年月日时点号万亿千百个名人元美港欧英卢家吨公米平立次亩倍多余岁届项户辆艘座".contains(first);
    is_tail || ends_in_digit && unit || has_open_bracket(before) || rules::is_sentence_start(before)
}

/// Whether a bracket or quotation mark is left open in `text`.
pub(super) fn has_open_bracket(text: &str) -> bool {
    let mut depth = 0_i32;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        // Chinese characters are no brackets, and most of the text.
        if matches!(byte, 0xE4..=0xE9) {
            at += 3;
            continue;
        }
        let c = if byte < 0x80 {
            char::from(byte)
        } else {
            text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ')
        };
        match c {
            '《' | '（' | '【' | '“' | '「' | '(' => depth += 1,
            '》' | '）' | '】' | '”' | '」' | ')' => depth = (depth - 1).max(0),
            _ => {}
        }
        at += c.len_utf8();
    }
    depth > 0
}

/// Lines at the start of a paragraph that a wider gap sets off: one or two of them are a heading; more are a
/// paragraph torn by the end of a page.
fn n_by_gap(text: &str, run: &[Line]) -> usize {
    let n = run.len();
    for at in (1..=2.min(n.saturating_sub(1))).rev() {
        let (Some(here), Some(rest)) = (run.get(at), run.get(at + 1..)) else { continue };
        let usual = if rest.is_empty() { here.gap } else { most_frequent_gap(rest) };
        let goes_on = run.get(at - 1..=at).is_some_and(|pair| must_join(text, pair));
        if here.gap > usual && !goes_on {
            return at;
        }
    }
    0
}

/// Two lines set close, where the lines of the paragraph below stand apart: a headline of two lines.
fn n_by_closeness(text: &str, run: &[Line]) -> usize {
    let [first, second, third, rest @ ..] = run else { return 0 };
    let stand_apart = third.gap == 1 && !rest.is_empty() && rest.iter().all(|line| line.gap == 1);
    let are_close = second.gap == 0 && !must_join(text, &[*first, *second]) && !must_join(text, &[*second, *third]);
    let are_bare = first.end == End::Bare && second.end == End::Bare;
    let is_text = [first, second].iter().any(|line| line.content().slice(text).contains(['。', '，']));
    if stand_apart && are_close && are_bare && !is_text { 2 } else { 0 }
}

/// Lines at the start of a paragraph that only a headline can be: two phrases with room between them, or a line
/// without an end before one that opens a sentence.
fn n_by_wording(text: &str, run: &[Line]) -> usize {
    let [first, second, _, ..] = run else { return 0 };
    let words = first.content().slice(text);
    let has_room = (words.contains("  ") || words.contains('\u{3000}')) && !words.contains(['。', '？', '！']);
    let goes_on = words.ends_with(['于', '自', '从', '到', '在', '至', '的', '和', '与', '对', '将']);
    let opens = first.end == End::Bare && !goes_on && rules::is_sentence_start(second.content().slice(text));
    usize::from(
        (has_room && first.end == End::Bare || opens)
            && !rules::is_sentence_start(words)
            && rules::opening(words) == Opening::None,
    )
}

fn most_frequent_gap(lines: &[Line]) -> u32 {
    let n_close = lines.iter().filter(|line| line.gap == 0).count();
    if n_close * 2 >= lines.len() { 0 } else { 1 }
}

/// Whether the lines are so even that they are a paragraph of another column.
fn is_even(lines: &[Line]) -> bool {
    let middle = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    let (Some(low), Some(high)) =
        (middle.iter().map(|line| line.core_width).min(), middle.iter().map(|line| line.core_width).max())
    else {
        return false;
    };
    low >= MIN_COLUMN && high - low <= SLACK
}

fn chunk(lines: &[Line], shape: Shape, column: u32) -> Chunk {
    let first = lines.first();
    let start = first.map_or(0, |line| line.content().start);
    let end = lines.last().map_or(start, |line| line.span.end);
    Chunk {
        span: Span::new(start, end),
        shape,
        n_lines: lines.len(),
        gap: first.map_or(0, |line| line.gap),
        markdown: first.map_or(0, |line| line.markdown),
        column,
        seam: Seam::Close,
        is_indented: first.is_some_and(|line| line.indent >= INDENT),
        line_gap: lines.get(1..).filter(|rest| rest.len() > 1).map(most_frequent_gap),
    }
}

/// Adds a paragraph; one that goes on behind a sentence that happened to end at the column's edge is put together.
fn paragraph(body: &[Line], column: u32, before: Option<&Line>, chunks: &mut Vec<Chunk>) {
    let new = chunk(body, Shape::Paragraph, column);
    let is_close = column > 0 && body.iter().skip(1).all(|line| line.gap == 0) && new.gap == 0;
    if let (Some(last), Some(before)) = (chunks.last_mut(), before)
        && (is_close || last.is_indented && column > 0 || lost_no_indent(body, last, before, column))
        && !new.is_indented
        && last.shape == Shape::Paragraph
        && (last.column.abs_diff(column) <= EXCESS || last.n_lines == 1)
        && before.width + SLACK >= column
    {
        last.span = last.span.union(new.span);
        last.n_lines += new.n_lines;
        return;
    }
    chunks.push(new);
}

/// Readers drop the indent of paragraphs, whose first line then falls short by two characters. A full line behind a
/// full line goes on with the paragraph, though a sentence ended between them.
fn lost_no_indent(body: &[Line], last: &Chunk, before: &Line, column: u32) -> bool {
    let Some([first, _, ..]) = body.get(..) else { return false };
    let full = if last.n_lines == 1 { column.saturating_sub(INDENT) } else { column };
    column > 0
        && last.line_gap.is_none_or(|gap| gap == first.gap)
        && before.width + 4 >= full
        && first.width + 5 >= column
}

/// Adds displayed lines, those of one heading put together.
fn display(text: &str, lines: &[Line], near: Near, chunks: &mut Vec<Chunk>) {
    let mut rest = lines;
    while !rest.is_empty() {
        let mut n = 1;
        while n < 4 && rest.get(n - 1..=n).is_some_and(|pair| is_one_heading(text, pair, near)) {
            n += 1;
        }
        let (heading, others) = rest.split_at(n);
        chunks.push(Chunk { seam: seam(heading), ..chunk(heading, Shape::Displayed, 0) });
        rest = others;
    }
}

fn is_one_heading(text: &str, pair: &[Line], near: Near) -> bool {
    let [line, next] = pair else { return false };
    if next.markdown > 0 || line.markdown > 0 {
        return false;
    }
    if must_join(text, pair) && next.gap <= 1 {
        return true;
    }
    let (before, after) = (line.span.slice(text), next.span.slice(text));
    next.gap == 0 && near.is_torn() && !rules::is_furniture(before) && !rules::is_furniture(after)
}

/// Two phrases of a headline are kept apart by a blank; one torn because it was too long is closed up. The second
/// line of a torn one is the shorter.
fn seam(lines: &[Line]) -> Seam {
    let [first, second] = lines else { return Seam::Close };
    if second.width >= first.width && first.end == End::Bare { Seam::Blank } else { Seam::Close }
}
