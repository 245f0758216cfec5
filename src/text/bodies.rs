//! Parts → headings and bodies: paragraphs that certainly belong together, cut where a new piece begins.

use super::{
    part::{Part, What},
    rules::Opening,
    words::Words,
};

/// A heading with the lines set below it.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// The heading, then its deck and bylines.
    pub parts: Vec<usize>,
    /// What it speaks of, decks included.
    pub words: Words,
    /// Whether a deck is set below it.
    pub has_deck: bool,
    /// Its Markdown level, 0 for others.
    pub markdown: u8,
    /// Blank lines before it.
    pub gap: u32,
}

/// Paragraphs without a heading between them.
#[derive(Debug, Clone)]
pub(super) struct Body {
    /// In the order of the source.
    pub parts: Vec<usize>,
    /// What it speaks of.
    pub words: Words,
    /// How its first paragraph opens.
    pub opening: Opening,
    /// Whether a credit ended it.
    pub is_closed: bool,
    /// Whether that was the article's, with the reporters' names.
    pub is_signed: bool,
    /// A photograph's caption.
    pub is_photo: bool,
    /// How many paragraphs.
    pub n_paragraphs: usize,
    /// Width of its column, 0 where it is not torn.
    pub column: u32,
    /// Whether its paragraphs stand without blank lines between them.
    pub is_solid: bool,
    /// Blank lines between the lines of its torn paragraphs, where there are such.
    line_gap: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    /// Index of a heading.
    Head(usize),
    /// Index of a body.
    Body(usize),
}

/// Columns that differ by more than a character are different ones.
const OTHER_COLUMN: u32 = 4;

/// Headings and bodies in the order of the source.
pub(super) fn nodes(parts: &[Part]) -> (Vec<Head>, Vec<Body>, Vec<Node>) {
    let (mut heads, mut bodies, mut nodes) = (Vec::new(), Vec::<Body>::new(), Vec::new());
    for (idx, part) in parts.iter().enumerate() {
        match (part.what, nodes.last()) {
            (What::Head, _) => {
                nodes.push(Node::Head(heads.len()));
                let words = Words::of(part.text());
                heads.push(Head { parts: vec![idx], words, has_deck: false, markdown: part.markdown, gap: part.gap });
            }
            (What::Deck | What::Byline, Some(&Node::Head(head))) => {
                if let Some(head) = heads.get_mut(head) {
                    head.parts.push(idx);
                    if part.what == What::Deck {
                        head.has_deck = true;
                        head.words.add(part.text());
                    }
                }
            }
            (_, Some(&Node::Body(body))) if bodies.get(body).is_some_and(|body| !starts_body(part, body)) => {
                if let Some(body) = bodies.get_mut(body) {
                    extend(body, idx, part);
                }
            }
            _ => {
                let tight = take_tight(part, bodies.last_mut());
                nodes.push(Node::Body(bodies.len()));
                let mut body = Body {
                    parts: Vec::new(),
                    words: Words::default(),
                    opening: part.opening,
                    is_closed: false,
                    is_signed: false,
                    line_gap: None,
                    is_photo: part.opening == Opening::Caption,
                    n_paragraphs: 0,
                    column: 0,
                    is_solid: true,
                };
                for idx in tight {
                    parts.get(idx).into_iter().for_each(|part| extend(&mut body, idx, part));
                }
                extend(&mut body, idx, part);
                bodies.push(body);
            }
        }
    }
    (heads, bodies, nodes)
}

/// Whether `part` cannot belong to the body before it.
fn starts_body(part: &Part, body: &Body) -> bool {
    let is_text = matches!(part.what, What::Paragraph | What::Numbered | What::Row);
    let is_set_otherwise = part.column > 0
        && (body.column.abs_diff(part.column) > OTHER_COLUMN || part.ends_with_photo_credit)
        && body.line_gap.zip(part.line_gap).is_some_and(|(a, b)| a != b);
    is_text
        && (body.is_closed
            || is_set_otherwise
            || part.opening == Opening::Dispatch
            || part.opening == Opening::Caption && !body.is_photo)
}

/// Takes the paragraphs that stand right before `part`, without the blank lines of the body they were taken for.
fn take_tight(part: &Part, body: Option<&mut Body>) -> Vec<usize> {
    let Some(body) = body.filter(|body| body.line_gap == Some(1) && body.parts.len() > 1 && !body.is_closed) else {
        return Vec::new();
    };
    if part.gap > 0 || part.line_gap != Some(0) || part.opening == Opening::Dispatch {
        return Vec::new();
    }
    body.n_paragraphs = body.n_paragraphs.saturating_sub(1);
    body.parts.pop().into_iter().collect()
}

fn extend(body: &mut Body, idx: usize, part: &Part) {
    if part.what == What::Paragraph {
        body.is_solid &= body.n_paragraphs == 0 || part.gap == 0;
        body.n_paragraphs += 1;
        if part.column > 0 {
            body.column = part.column;
        }
        body.line_gap = part.line_gap.or(body.line_gap);
        body.words.add(part.text());
    }
    if part.what == What::PhotoCredit || part.ends_with_photo_credit {
        body.is_closed = true;
        body.is_photo |= body.n_paragraphs <= 3 && body.opening != Opening::Dispatch;
    }
    body.is_closed |= part.what == What::Closing;
    body.is_signed |= part.what == What::Closing && part.text().starts_with(['（', '(', '【']);
    body.parts.push(idx);
}

/// For each node, whether its body is, after at most a few headed sections without datelines, signed: a credit at the
/// end speaks for all the sections before it.
pub(super) fn signed(bodies: &[Body], nodes: &[Node]) -> Vec<bool> {
    let mut signed = vec![false; nodes.len()];
    for at in (0..nodes.len()).rev() {
        let Some(Node::Body(body)) = nodes.get(at) else { continue };
        let Some(body) = bodies.get(*body) else { continue };
        let next = match (nodes.get(at + 1), nodes.get(at + 2)) {
            (Some(Node::Head(_)), Some(Node::Body(next))) => bodies.get(*next),
            _ => None,
        };
        let goes_on = !body.is_closed
            && next.is_some_and(|next| next.opening == Opening::None && !next.is_photo)
            && signed.get(at + 2).copied().unwrap_or(false);
        if let Some(slot) = signed.get_mut(at) {
            *slot = body.is_signed || goes_on;
        }
    }
    signed
}
