//! Chunks → articles: which heading belongs to which body, though they may stand apart.
//!
//! ```text
//! chunks --parts--> headings and bodies in the order of the source
//!        --sections--> bodies joined across the subheads between them: stories
//!        --match--> each story its headline, by shared words and by standing next to it
//!        --gather--> ledes and continuations back to their stories
//! ```

use super::{
    Article, Block,
    bodies::Head,
    briefs,
    cells::wide_cells,
    chunk::{Chunk, Shape},
    join::{Blanks, Style, join},
    line::n_han,
    matching::stories,
    names,
    part::{Part, What},
    reflow::Flow,
    rules::{self, Opening},
    story::Story,
};
use crate::model::{ArticleKind, Dateline};
use rayon::prelude::*;

/// Longer displayed lines are no headings.
const MAX_HEAD_CHARS: usize = 64;
/// A text of more chunks is shared out over the cores.
const CHUNKS_A_TASK: usize = 64;
/// More headings in a row are a list.
const MAX_HEADS_IN_A_ROW: usize = 4;

/// Puts the articles of a document together.
pub(super) fn assemble(text: &str, flow: &Flow) -> Vec<Article> {
    let parts = flow.chunks.par_iter().with_min_len(CHUNKS_A_TASK).map(|chunk| part(text, chunk, flow));
    let mut parts: Vec<Part> = parts.collect();
    if let [only] = parts.as_mut_slice() {
        only.what = What::Paragraph;
    }
    unlist(&mut parts);
    name_lines(&mut parts);
    let is_torn = parts.iter().any(|part| part.column > 0);
    let (mut heads, mut stories) = stories(&parts, is_torn);
    briefs::tell_apart(&parts, &mut heads, &mut stories);
    let mut articles: Vec<(usize, Article)> = stories
        .iter()
        .map(|story| (story.first_part(&heads), article(&mut parts, story, &heads)))
        .filter(|(_, article)| !article.blocks.is_empty())
        .collect();
    articles.sort_by_key(|(first, _)| *first);
    articles.into_iter().map(|(_, article)| article).collect()
}

fn part(text: &str, chunk: &Chunk, flow: &Flow) -> Part {
    let blanks = match chunk.shape {
        Shape::Row if wide_cells(chunk.span.slice(text)).len() == 1 => Blanks::Cells,
        Shape::Row => Blanks::WideCells,
        _ => Blanks::Words,
    };
    let block = join(text, chunk.span, Style { blanks, ..flow.style }, chunk.seam);
    let words = block.text();
    let opening = rules::opening(words);
    let credit = rules::photo_credit(words).map(str::len);
    let is_credit_alone = credit.is_some_and(|len| len + 2 >= words.trim().len());
    let n_chars = words.chars().take(400).count();
    let what = match chunk.shape {
        Shape::Row => What::Row,
        _ if chunk.markdown > 0 => What::Head,
        _ if is_credit_alone => What::PhotoCredit,
        _ if rules::is_closing(words) => What::Closing,
        Shape::Paragraph => What::Paragraph,
        Shape::Displayed
            if n_chars > MAX_HEAD_CHARS + if words.contains('，') { 0 } else { MAX_HEAD_CHARS / 2 }
                || words.contains('。')
                || credit.is_some() =>
        {
            What::Paragraph
        }
        Shape::Displayed if rules::is_note(words) => What::Paragraph,
        // A line in brackets is a note, never a heading.
        Shape::Displayed
            if words.starts_with(['（', '(']) && words.find(['）', ')']).is_some_and(|at| at + 4 > words.len()) =>
        {
            What::Paragraph
        }
        Shape::Displayed if words.ends_with(['，', '、', '；', '：', ';', ':']) || opening != Opening::None => {
            What::Paragraph
        }
        Shape::Displayed if rules::is_byline(words) => What::Byline,
        Shape::Displayed if rules::is_deck(words) => What::Deck,
        Shape::Displayed if rules::is_numbered(words) => What::Numbered,
        Shape::Displayed if n_han(words) < 2 && !words.contains(|c: char| c.is_ascii_alphabetic()) => What::Paragraph,
        Shape::Displayed => What::Head,
    };
    Part {
        span: chunk.span,
        what,
        gap: chunk.gap,
        markdown: chunk.markdown,
        column: chunk.column,
        line_gap: chunk.line_gap,
        opening,
        ends_with_photo_credit: credit.is_some(),
        block,
    }
}

/// Many headings in a row are the lines of a list, a poem or a chronology: paragraphs.
fn unlist(parts: &mut [Part]) {
    let is_line = |part: &Part| matches!(part.what, What::Head | What::Numbered) && part.markdown == 0;
    let mut at = 0;
    while at < parts.len() {
        let n = parts.get(at..).unwrap_or_default().iter().take_while(|part| is_line(part)).count();
        if n > MAX_HEADS_IN_A_ROW {
            let is_title = usize::from(at == 0);
            for part in parts.iter_mut().skip(at + is_title).take(n - is_title) {
                part.what = What::Paragraph;
            }
        }
        at += n.max(1);
    }
}

/// Turns a heading that is only a name or two, below a headline and above its body, into a byline.
fn name_lines(parts: &mut [Part]) {
    for at in 1..parts.len() {
        let [before, here, after] = [parts.get(at - 1), parts.get(at), parts.get(at + 1)];
        let (Some(before), Some(here), Some(after)) = (before, here, after) else { continue };
        let is_between = matches!(before.what, What::Head | What::Deck | What::Byline)
            && after.what == What::Paragraph
            && here.what == What::Head
            && here.markdown == 0;
        if is_between
            && names::are_names(here.text())
            && let Some(part) = parts.get_mut(at)
        {
            part.what = What::Byline;
        }
    }
}

/// The article a story makes; it takes the text of its parts, each of which belongs to one story.
fn article(parts: &mut [Part], story: &Story, heads: &[Head]) -> Article {
    let order = story.order(parts, heads);
    let mut article = Article {
        kind: kind(parts, story),
        blocks: Vec::with_capacity(order.len()),
        byline: Vec::new(),
        dateline: None,
        spans: Vec::new(),
    };
    let mut last: Option<usize> = None;
    for (part_idx, role) in order {
        let Some(part) = parts.get_mut(part_idx) else { continue };
        learn(&mut article, part);
        match article.spans.last_mut() {
            Some(span) if last == part_idx.checked_sub(1) && last.is_some() => *span = span.union(part.span),
            _ => article.spans.push(part.span),
        }
        last = Some(part_idx);
        article.blocks.push(Block { role, text: std::mem::take(&mut part.block) });
    }
    // Laws and reports: what stands in chapters.
    let chapters =
        article.blocks.iter().filter(|block| block.role == super::Role::Subhead && is_chapter(block.text.text()));
    if article.kind == ArticleKind::News && article.dateline.is_none() && chapters.count() >= 2 {
        article.kind = ArticleKind::Section;
    }
    article
}

/// 第二章 保护与利用.
fn is_chapter(heading: &str) -> bool {
    let Some(rest) = heading.trim_start().strip_prefix('第') else { return false };
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let mark = rest.trim_start_matches(number);
    mark.len() < rest.len() && mark.starts_with(['章', '编', '篇', '节'])
}

fn kind(parts: &[Part], story: &Story) -> ArticleKind {
    let has_body = story.body_parts().any(|idx| parts.get(idx).is_some_and(|part| part.what == What::Paragraph));
    if story.is_photo {
        ArticleKind::Photo
    } else if story.is_brief {
        ArticleKind::Brief
    } else if has_body {
        ArticleKind::News
    } else {
        ArticleKind::Other
    }
}

/// Takes dateline and names from a part.
fn learn(article: &mut Article, part: &Part) {
    let text = part.text();
    let mut found: Vec<String> = Vec::new();
    if part.opening == Opening::Dispatch || part.what == What::Closing {
        if let Some((dateline, reporters)) = rules::dateline(text)
            && article.dateline.as_ref().is_none_or(is_bare)
        {
            article.dateline = Some(dateline);
            found.extend(reporters);
        } else if part.what == What::Closing {
            found.extend(names::of_reporters(text));
        }
    }
    if part.what == What::Byline {
        found.extend(names::of_reporters(text));
        if names::are_names(text) {
            found.extend(names::split(text));
        }
    }
    if part.ends_with_photo_credit
        && let Some(credit) = rules::photo_credit(text)
    {
        found.extend(names::of_photographers(credit));
    }
    for name in found {
        if !article.byline.contains(&name) {
            article.byline.push(name);
        }
    }
}

fn is_bare(dateline: &Dateline) -> bool {
    dateline.date.is_none() && dateline.place.is_none()
}
