//! Bodies that stand back to back, told apart: the headline of one stands above them, that of the other below.
//!
//! ```text
//! 甲 headline      甲's body and 乙's body have no heading between them and look like one
//! 甲 body
//! 乙 body
//! 乙 headline
//! ```

use super::{
    bodies::{Head, Node},
    part::{Part, What},
    story::{Section, Story},
    words::Words,
};

/// Two parts of one story have more in common than this.
const APART: f32 = 0.08;
/// Shorter parts say too little.
const MIN_WORDS: usize = 20;

/// Divides each story that has a heading nobody took on the other side of its body, where the body falls in two.
/// Returns the headings that were given a story.
pub(super) fn divide(
    parts: &[Part],
    heads: &[Head],
    nodes: &[Node],
    stories: &mut Vec<Story>,
    is_free: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let mut taken = Vec::new();
    let mut at = 0;
    while at < stories.len() {
        let found = stories.get(at).and_then(|story| free_head(story, nodes, &is_free));
        if let Some((head, is_before)) = found.filter(|(head, _)| !taken.contains(head))
            && let Some(story) = stories.get_mut(at)
            && let Some(mut other) = cut(parts, heads, story, head, is_before)
        {
            other.headline = Some(head);
            taken.push(head);
            stories.insert(at + 1, other);
            at += 1;
        }
        at += 1;
    }
    taken
}

/// The free heading at the other side of a story's body than its own headline.
fn free_head(story: &Story, nodes: &[Node], is_free: impl Fn(usize) -> bool) -> Option<(usize, bool)> {
    let head_at = |at: Option<usize>| match at.and_then(|at| nodes.get(at)) {
        Some(Node::Head(head)) => Some(*head),
        _ => None,
    };
    let (before, behind) = (head_at(story.first.checked_sub(1)), head_at(Some(story.last + 1)));
    let own = story.headline?;
    match (before, behind) {
        (Some(before), Some(behind)) if behind == own && is_free(before) => Some((before, true)),
        (Some(before), Some(behind)) if before == own && is_free(behind) => Some((behind, false)),
        _ => None,
    }
    .filter(|_| story.sections.len() == 1 && !story.is_photo)
}

/// Cuts the story where its halves have least in common; returns the half that `head` is for.
fn cut(parts: &[Part], heads: &[Head], story: &mut Story, head: usize, is_before: bool) -> Option<Story> {
    let body = story.sections.first()?.parts.clone();
    let words = |range: &[usize]| {
        let mut words = Words::default();
        range.iter().filter_map(|&idx| parts.get(idx)).for_each(|part| words.add(part.text()));
        words
    };
    let is_paragraph = |idx: &usize| parts.get(*idx).is_some_and(|part| part.what == What::Paragraph);
    let (at, first, second) = (1..body.len())
        .filter(|&at| body.get(at).is_some_and(is_paragraph))
        .take(12)
        .map(|at| (at, words(body.get(..at).unwrap_or_default()), words(body.get(at..).unwrap_or_default())))
        .filter(|(_, first, second)| first.len().min(second.len()) >= MIN_WORDS && first.cohesion(second) < APART)
        .min_by(|a, b| a.1.cohesion(&a.2).total_cmp(&b.1.cohesion(&b.2)))?;
    let (own, other) = if is_before { (&second, &first) } else { (&first, &second) };
    let head = heads.get(head)?;
    if head.words.share_in(own) > head.words.share_in(other) {
        return None;
    }
    let (above, below) = body.split_at_checked(at)?;
    let (kept, given) = if is_before { (below, above) } else { (above, below) };
    let mut new = story.clone();
    new.sections = vec![Section { subhead: None, parts: given.to_vec() }];
    new.words = if is_before { first.clone() } else { second.clone() };
    story.words = if is_before { second } else { first };
    story.sections = vec![Section { subhead: None, parts: kept.to_vec() }];
    Some(new)
}
