//! Paragraphs and bold headings of a text whose lines carry tags: `<p><strong>大桥通车</strong></p><p>近日，…</p>`.
//!
//! Such a line is many paragraphs. A piece of it that is bold throughout, short and no sentence is a heading.

use super::{
    chunk::{Chunk, Shape},
    join::tag_len,
};
use crate::span::Span;

/// The level of a bold line: below all of Markdown's.
pub(super) const BOLD: u8 = 7;

/// A longer bold line is emphasis, not a heading.
const MAX_HEADING: usize = 48;

/// What is seen of a piece between two breaks.
#[derive(Debug, Default)]
struct Piece {
    start: usize,
    /// How many characters of it are bold, blanks left out.
    n_bold: usize,
    /// Whether others are not.
    has_plain: bool,
    last: Option<char>,
}

impl Piece {
    /// Takes up what stands between two tags.
    fn add(&mut self, words: &str, is_bold: bool) {
        let Some(last) = words.trim_end().chars().next_back() else { return };
        self.last = Some(last);
        if is_bold {
            self.n_bold += words.chars().filter(|c| !c.is_whitespace()).count();
        } else {
            self.has_plain = true;
        }
    }

    const fn is_visible(&self) -> bool {
        self.has_plain || self.n_bold > 0
    }

    fn is_heading(&self) -> bool {
        let ends = self.last.is_some_and(|c| "。；，：！？:;,!?".contains(c));
        !self.has_plain && (4..=MAX_HEADING).contains(&self.n_bold) && !ends
    }
}

/// The paragraphs of `chunk`, cut behind `</p>`, `<br>` and `</div>`; the chunk itself where there are no tags.
pub(super) fn pieces(text: &str, chunk: Chunk) -> Vec<Chunk> {
    let stretch = chunk.span.slice(text);
    if chunk.markdown > 0 || !stretch.contains('<') {
        return vec![chunk];
    }
    let mut found: Vec<Chunk> = Vec::new();
    let mut piece = Piece::default();
    let mut bold_depth = 0_usize;
    let mut from = 0;
    for at in memchr::memchr_iter(b'<', stretch.as_bytes()) {
        let Some(length) = stretch.get(at..).filter(|_| at >= from).and_then(tag_len) else { continue };
        piece.add(stretch.get(from..at).unwrap_or_default(), bold_depth > 0);
        from = at + length;
        let tag = stretch.get(at..from).unwrap_or_default();
        match tag.trim_matches(['<', '>', ' ']).trim_end_matches(['/', ' ']) {
            "strong" | "b" => bold_depth += 1,
            "/strong" | "/b" => bold_depth = bold_depth.saturating_sub(1),
            "/p" | "br" | "/div" if piece.is_visible() => {
                found.push(cut(&chunk, &piece, from, found.len()));
                piece = Piece { start: from, ..Piece::default() };
            }
            _ => {}
        }
    }
    piece.add(stretch.get(from..).unwrap_or_default(), bold_depth > 0);
    if piece.is_visible() {
        found.push(cut(&chunk, &piece, stretch.len(), found.len()));
    } else if let Some(last) = found.last_mut() {
        last.span.end = chunk.span.end;
    }
    if found.is_empty() { vec![chunk] } else { found }
}

fn cut(chunk: &Chunk, piece: &Piece, end: usize, place: usize) -> Chunk {
    let span = Span::new(chunk.span.start + piece.start, chunk.span.start + end);
    let is_all = piece.start == 0 && span == chunk.span;
    let (shape, markdown) = match (piece.is_heading(), is_all) {
        (true, _) => (Shape::Displayed, BOLD),
        (false, true) => (chunk.shape, 0),
        (false, false) => (Shape::Paragraph, 0),
    };
    Chunk { span, shape, markdown, gap: if place == 0 { chunk.gap } else { 1 }, ..*chunk }
}

#[cfg(test)]
mod tests {
    use crate::{model::ArticleKind, text::segment, warn::Reporter};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown: Vec<String> = segment(text, &mut Reporter::new())
            .iter()
            .map(|article| {
                let blocks: Vec<&str> = article.blocks.iter().map(|block| block.text.text()).collect();
                let kind = if article.kind == ArticleKind::Brief { "brief " } else { "" };
                format!("{kind}{}", blocks.join("|"))
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_tagged_line_is_many_paragraphs() {
        check(
            "### 大桥通车\n\n<p><strong>港口台消息</strong>：大桥今天通车。<br></p><p>全长3公里。</p>",
            &["大桥通车|港口台消息：大桥今天通车。|全长3公里。"],
        );
    }

    #[test]
    fn briefs_below_one_headline_are_pieces_of_their_own() {
        check(
            "### 港口快讯\n\n<p>港口台消息：<br></p><p><strong>大桥提前通车</strong></p><p>近日，大桥通车。</p>\
             <p><strong>一季度吞吐量增长3%</strong></p><p>今天，港务局公布数据。</p><p>吞吐量增长3%。</p>",
            &[
                "港口快讯|港口台消息：",
                "brief 大桥提前通车|近日，大桥通车。",
                "brief 一季度吞吐量增长3%|今天，港务局公布数据。|吞吐量增长3%。",
            ],
        );
        check(
            "港口一周要闻\n\n1.大桥提前通车\n\n近日，大桥通车，全长3公里，是河口的第一座公路桥。\n\n2.渔港扩建开工\n\n今天，渔港扩建工程开工，将建两座码头。\n",
            &[
                "港口一周要闻",
                "brief 1.大桥提前通车|近日，大桥通车，全长3公里，是河口的第一座公路桥。",
                "brief 2.渔港扩建开工|今天，渔港扩建工程开工，将建两座码头。",
            ],
        );
    }
}
