//! Headings and bodies → stories: sections joined across their subheads, displaced headlines and ledes brought home.

use super::{
    bodies::{Body, Head, Node, nodes, signed},
    divide::divide,
    part::Part,
    rules::Opening,
    story::{Section, Story},
    words::Words,
};
use std::collections::VecDeque;

/// Bodies of two sections of one report have at least this much in common.
const COHESIVE: f32 = 0.12;
/// Two texts with less in common are different stories.
const STRANGERS: f32 = 0.05;
/// Standing right before its body counts this much, beside the share of words.
const BEFORE: f32 = 0.30;
/// Standing right behind it.
const BEHIND: f32 = 0.25;
/// Standing before it with another heading between.
const NEAR: f32 = 0.15;
/// A story that opens with a dateline needs a headline more than others.
const DISPATCH: f32 = 0.35;
/// A heading that no body beside it needs is a sectioned story's with this share of its words.
const ORPHAN: f32 = 0.25;

/// The stories of a document, with the headings they refer to.
pub(super) fn stories(parts: &[Part], is_torn: bool) -> (Vec<Head>, Vec<Story>) {
    let (heads, bodies, nodes) = nodes(parts);
    let mut stories = sections(&heads, &bodies, &nodes, is_torn);
    let mut used = vec![false; heads.len()];
    for section in stories.iter().flat_map(|story| &story.sections) {
        mark(&mut used, section.subhead);
    }
    match_heads(&heads, &nodes, &mut stories, &mut used);
    if is_torn {
        let taken = divide(parts, &heads, &nodes, &mut stories, |head| is_free(&used, head));
        taken.into_iter().for_each(|head| mark(&mut used, Some(head)));
    }
    let reach = if is_one_page(&heads, &stories) { usize::MAX } else { FAR };
    stories = gather(stories, reach);
    rest(&heads, &nodes, &mut stories, &used);
    (heads, stories)
}

fn mark(used: &mut [bool], head: Option<usize>) {
    if let Some(slot) = head.and_then(|idx| used.get_mut(idx)) {
        *slot = true;
    }
}

fn is_free(used: &[bool], head: usize) -> bool {
    used.get(head).is_some_and(|used| !used)
}

/// Joins bodies across the subheads between them.
fn sections(heads: &[Head], bodies: &[Body], nodes: &[Node], is_torn: bool) -> Vec<Story> {
    let levels = story_levels(heads, bodies, nodes);
    let signed = signed(bodies, nodes);
    let mut stories: Vec<Story> = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let Node::Body(body) = *node else { continue };
        let Some(body) = bodies.get(body) else { continue };
        let between = match at.checked_sub(1).and_then(|before| nodes.get(before)) {
            Some(Node::Head(head)) => Some(*head),
            _ => None,
        };
        let before = stories.last_mut().filter(|story| story.last + 2 == at);
        if let (Some(story), Some(head_idx)) = (before, between)
            && let Some(head) = heads.get(head_idx)
            && let Some(Node::Body(left)) = at.checked_sub(2).and_then(|left| nodes.get(left))
            && let Some(left) = bodies.get(*left)
            && is_subhead(
                head,
                left,
                body,
                &Page { levels, is_torn, is_signed: signed.get(at).copied().unwrap_or(false) },
            )
        {
            story.sections.push(Section { subhead: Some(head_idx), parts: body.parts.clone() });
            story.words.pairs_from(&body.words);
            story.last = at;
            story.is_closed = body.is_closed;
            continue;
        }
        stories.push(Story {
            headline: None,
            decks: Vec::new(),
            sections: vec![Section { subhead: None, parts: body.parts.clone() }],
            first: at,
            last: at,
            words: body.words.clone(),
            opening: body.opening,
            is_closed: body.is_closed,
            is_photo: body.is_photo,
            is_brief: false,
        });
    }
    stories
}

/// Which Markdown levels head stories of their own: those whose bodies often open with a dateline.
fn story_levels(heads: &[Head], bodies: &[Body], nodes: &[Node]) -> [bool; 7] {
    let (mut n, mut n_dispatch) = ([0_usize; 7], [0_usize; 7]);
    for pair in nodes.windows(2) {
        let [Node::Head(head), Node::Body(body)] = *pair else { continue };
        let (Some(head), Some(body)) = (heads.get(head), bodies.get(body)) else { continue };
        let level = usize::from(head.markdown);
        if let (Some(n), Some(n_dispatch)) = (n.get_mut(level), n_dispatch.get_mut(level)) {
            *n += 1;
            *n_dispatch += usize::from(body.opening == Opening::Dispatch);
        }
    }
    let mut levels = [false; 7];
    for (level, (n, n_dispatch)) in levels.iter_mut().zip(n.into_iter().zip(n_dispatch)).skip(1) {
        *level = n_dispatch * 3 >= n && n_dispatch > 0;
    }
    levels
}

/// What is known about the page where a heading stands.
#[derive(Debug, Clone, Copy)]
struct Page {
    /// Markdown levels that head stories.
    levels: [bool; 7],
    /// Whether lines are torn.
    is_torn: bool,
    /// Whether the body below the heading is signed at its end, or at the end of a section after it.
    is_signed: bool,
}

/// Whether `head`, which stands between two bodies, is a heading inside one story.
fn is_subhead(head: &Head, left: &Body, right: &Body, page: &Page) -> bool {
    if head.markdown > 0 {
        return !page.levels.get(usize::from(head.markdown)).copied().unwrap_or(false);
    }
    if right.opening != Opening::None || left.is_closed || left.is_photo || right.is_photo || head.has_deck {
        return false;
    }
    let cohesion = left.words.cohesion(&right.words);
    if page.is_torn {
        let is_other_column = left.column.abs_diff(right.column) > 8 && left.column.min(right.column) > 0;
        let is_long = left.n_paragraphs >= 2 && right.n_paragraphs >= 2;
        let is_one_piece = page.is_signed && left.opening == Opening::None || cohesion >= COHESIVE;
        return !is_other_column && is_long && is_one_piece;
    }
    let are_set_apart = head.gap > 0 && left.is_solid && right.is_solid && left.n_paragraphs + right.n_paragraphs > 2;
    let are_strangers = cohesion < STRANGERS && left.words.len().min(right.words.len()) >= 60;
    !are_strangers && !(are_set_apart && cohesion < COHESIVE)
}

/// Gives stories their headlines.
fn match_heads(heads: &[Head], nodes: &[Node], stories: &mut [Story], used: &mut [bool]) {
    // A heading before a story with subheads may be the first of them, if the headline stands elsewhere.
    let reserved: Vec<Option<usize>> = stories
        .iter()
        .map(|story| match story.first.checked_sub(1).and_then(|at| nodes.get(at)) {
            Some(Node::Head(head)) if story.sections.len() > 1 && is_free(used, *head) => Some(*head),
            _ => None,
        })
        .collect();
    for head in reserved.iter().flatten() {
        mark(used, Some(*head));
    }
    greedy(candidates(heads, nodes, stories, used, Reach::Beside), stories, used);
    let beside = Beside::of(heads.len(), nodes, stories);
    for (story_idx, head) in reserved.iter().enumerate() {
        if let Some(first) = *head {
            claim((heads, nodes), &beside, stories, (story_idx, first), used);
        }
    }
    greedy(candidates(heads, nodes, stories, used, Reach::Anywhere), stories, used);
}

/// How far a heading may stand from its story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Next to it.
    Beside,
    /// Anywhere on the page.
    Anywhere,
}

/// A page has so many headings at most that each may be compared with each story.
const MAX_PAIRS: usize = 40_000;
/// Beyond that, only so many nodes apart.
const WINDOW: usize = 6;
/// And what is looked for anywhere on a page is looked for among so many neighbours.
const FAR: usize = 64;

/// Whether there is so little that it may be one page, on which a heading may stand anywhere.
fn is_one_page(heads: &[Head], stories: &[Story]) -> bool {
    heads.len().saturating_mul(stories.len()) <= MAX_PAIRS
}

fn candidates(
    heads: &[Head],
    nodes: &[Node],
    stories: &[Story],
    used: &[bool],
    reach: Reach,
) -> Vec<(f32, usize, usize)> {
    let all = is_one_page(heads, stories);
    let mut found = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let Node::Head(head_idx) = *node else { continue };
        let Some(head) = heads.get(head_idx).filter(|_| is_free(used, head_idx)) else { continue };
        let from = if all { 0 } else { stories.partition_point(|story| story.last + WINDOW < at) };
        for (story_idx, story) in stories.iter().enumerate().skip(from) {
            if !all && story.first > at + WINDOW {
                break;
            }
            if story.headline.is_some() {
                continue;
            }
            if let Some(score) = score(head, at, nodes, story, reach) {
                found.push((score, head_idx, story_idx));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    found
}

fn score(head: &Head, at: usize, nodes: &[Node], story: &Story, reach: Reach) -> Option<f32> {
    let is_dispatch = story.opening == Opening::Dispatch;
    let are_heads_between = |from: usize, to: usize| {
        to - from <= 3
            && nodes.get(from..to).is_some_and(|between| between.iter().all(|node| matches!(node, Node::Head(_))))
    };
    let place = if at + 1 == story.first {
        BEFORE
    } else if at == story.last + 1 {
        BEHIND
    } else if at < story.first && are_heads_between(at, story.first) {
        NEAR
    } else {
        0.0
    };
    if place == 0.0 && reach == Reach::Beside {
        return None;
    }
    let share = head.words.share_in(&story.words);
    if story.is_photo && share < 0.15 {
        return None;
    }
    // Markdown says what a heading is for.
    if head.markdown > 0 && place < BEFORE || head.markdown > 0 && place == BEHIND {
        return None;
    }
    if place == 0.0 && share < 0.4 {
        return None;
    }
    Some(share + place + if is_dispatch { DISPATCH } else { 0.0 })
}

fn greedy(candidates: Vec<(f32, usize, usize)>, stories: &mut [Story], used: &mut [bool]) {
    for (_, head, story) in candidates {
        let Some(story) = stories.get_mut(story).filter(|story| story.headline.is_none()) else { continue };
        if is_free(used, head) {
            mark(used, Some(head));
            story.headline = Some(head);
        }
    }
}

/// A story with subheads takes the heading before it as its headline, unless a better one is left over elsewhere: then
/// the heading before it is its first subhead.
fn claim(
    (heads, nodes): (&[Head], &[Node]),
    beside: &Beside,
    stories: &mut [Story],
    (story_idx, first): (usize, usize),
    used: &mut [bool],
) {
    let Some(story) = stories.get(story_idx) else { return };
    if story.headline.is_some() {
        stories.get_mut(story_idx).into_iter().for_each(|story| open_with(story, first));
        return;
    }
    // A Markdown heading above bold lines is no fellow of theirs.
    let level_of = |idx: usize| heads.get(idx).map_or(0, |head| head.markdown);
    let is_above = |section: &Section| section.subhead.is_some_and(|idx| level_of(idx) > level_of(first));
    if level_of(first) > 0 && story.sections.iter().any(is_above) {
        stories.get_mut(story_idx).into_iter().for_each(|story| story.headline = Some(first));
        return;
    }
    let just_before = story.first.checked_sub(2).and_then(|at| nodes.get(at)).and_then(|node| match node {
        Node::Head(head) if is_free(used, *head) => Some(*head),
        _ => None,
    });
    let headline = just_before.or_else(|| elsewhere((heads, stories), beside, (story, first), used));
    let Some(story) = stories.get_mut(story_idx) else { return };
    if let Some(headline) = headline {
        mark(used, Some(headline));
        story.headline = Some(headline);
        open_with(story, first);
    } else {
        story.headline = Some(first);
    }
}

/// For each heading, the stories that stand right behind and right before it.
struct Beside {
    stories: Vec<[Option<usize>; 2]>,
}

impl Beside {
    fn of(n_heads: usize, nodes: &[Node], stories: &[Story]) -> Self {
        let mut beside = vec![[None; 2]; n_heads];
        for (idx, story) in stories.iter().enumerate() {
            for (side, at) in [story.first.checked_sub(1), Some(story.last + 1)].into_iter().enumerate() {
                if let Some(Node::Head(head)) = at.and_then(|at| nodes.get(at))
                    && let Some(slot) = beside.get_mut(*head).and_then(|sides| sides.get_mut(side))
                {
                    *slot = Some(idx);
                }
            }
        }
        Self { stories: beside }
    }

    /// Whether a story beside heading `head` lacks one.
    fn is_wanted(&self, head: usize, stories: &[Story]) -> bool {
        let beside = self.stories.get(head).into_iter().flatten().flatten();
        beside.filter_map(|&idx| stories.get(idx)).any(|story| story.headline.is_none() && !story.is_photo)
    }
}

/// The free heading that shares most with a sectioned story; `first` is the one before it.
fn elsewhere(
    (heads, stories): (&[Head], &[Story]),
    beside: &Beside,
    (story, first): (&Story, usize),
    used: &[bool],
) -> Option<usize> {
    let share = |head: &Head| head.words.share_in(&story.words);
    let suits = |idx: usize, head: &Head| {
        let least = if beside.is_wanted(idx, stories) { 0.5 } else { ORPHAN };
        is_free(used, idx) && head.words.len() >= 4 && share(head) >= least
    };
    let reach = if is_one_page(heads, stories) { heads.len() } else { FAR };
    let near = heads.iter().enumerate().take(first.saturating_add(reach)).skip(first.saturating_sub(reach));
    let best = near.filter(|(idx, head)| suits(*idx, head));
    best.max_by(|a, b| share(a.1).total_cmp(&share(b.1))).map(|(idx, _)| idx)
}

/// Makes `head` the subhead that a story begins with.
fn open_with(story: &mut Story, head: usize) {
    if let Some(section) = story.sections.first_mut() {
        section.subhead = Some(head);
    }
}

/// Brings bodies without headline or dateline home: a lede to the story that begins with a subhead, the rest of a
/// story to what a photograph interrupted. Only so many stories apart are looked at as `reach` says.
fn gather(stories: Vec<Story>, reach: usize) -> Vec<Story> {
    let mut later = VecDeque::from(stories);
    let mut earlier: Vec<Story> = Vec::with_capacity(later.len());
    while let Some(story) = later.pop_front() {
        if !story.is_headless_rest() {
            earlier.push(story);
            continue;
        }
        let wants_lede = |target: &Story| {
            target.headline.is_some()
                && target.sections.first().is_some_and(|section| section.subhead.is_some())
                && target.words.cohesion(&story.words) >= COHESIVE
        };
        let from = earlier.len().saturating_sub(reach);
        let before = earlier.get(from..).unwrap_or_default().iter().position(wants_lede).map(|idx| from + idx);
        let lede_of = match before {
            Some(idx) => earlier.get_mut(idx),
            None => {
                let behind = later.iter().take(reach).position(wants_lede);
                behind.and_then(|idx| later.get_mut(idx))
            }
        };
        let (target, is_lede) = match lede_of {
            Some(target) => (Some(target), true),
            None => (interrupted(&mut earlier, &story), false),
        };
        let Some(target) = target else {
            earlier.push(story);
            continue;
        };
        let place = if is_lede { 0 } else { target.sections.len() };
        target.sections.splice(place..place, story.sections);
        target.words.pairs_from(&story.words);
    }
    earlier
}

/// The story that a photograph right before `rest` interrupted.
fn interrupted<'s>(earlier: &'s mut [Story], rest: &Story) -> Option<&'s mut Story> {
    if !earlier.last().is_some_and(|story| story.is_photo) {
        return None;
    }
    earlier.iter_mut().rev().take(4).find(|story| {
        let goes_on = !story.is_photo && !story.is_closed && story.headline.is_some();
        goes_on && story.words.cohesion(&rest.words) >= COHESIVE
    })
}

/// Headings that no story took: beside a headline they are its deck, else pieces by themselves.
fn rest(heads: &[Head], nodes: &[Node], stories: &mut Vec<Story>, used: &[bool]) {
    let mut by_head = vec![None; heads.len()];
    for (idx, story) in stories.iter().enumerate() {
        if let Some(slot) = story.headline.and_then(|head| by_head.get_mut(head)) {
            *slot = Some(idx);
        }
    }
    for (at, node) in nodes.iter().enumerate() {
        let Node::Head(head_idx) = *node else { continue };
        if !is_free(used, head_idx) {
            continue;
        }
        let beside = |at: Option<usize>| match at.and_then(|at| nodes.get(at)) {
            Some(Node::Head(other)) => by_head.get(*other).copied().flatten(),
            _ => None,
        };
        let is_markdown = heads.get(head_idx).is_some_and(|head| head.markdown > 0);
        let is_first = at == 0 || nodes.len() <= 3;
        let neighbour = beside(at.checked_sub(1)).or_else(|| beside(Some(at + 1)));
        let fits = neighbour
            .filter(|idx| !is_markdown && is_first | stories.get(*idx).is_some_and(|story| story.sections.len() > 1));
        if let Some(story) = fits.and_then(|idx| stories.get_mut(idx)) {
            story.decks.push(head_idx);
            continue;
        }
        stories.push(Story {
            headline: Some(head_idx),
            decks: Vec::new(),
            sections: Vec::new(),
            first: at,
            last: at,
            words: Words::default(),
            opening: Opening::None,
            is_closed: true,
            is_photo: false,
            is_brief: false,
        });
    }
}
