//! One headline over many short pieces (快讯, 一周要闻): each piece is an article of its own.

use super::{
    bodies::Head,
    part::{Part, What},
    rules,
    story::{Section, Story},
    tags::BOLD,
    words::Words,
};

/// Fewer headed pieces are subheads of one report.
const MIN_BRIEFS: usize = 3;
/// What stands before the first brief of an unnamed collection is a dateline or nothing.
const MAX_OPENING: usize = 24;

/// Takes the briefs out of the collections among `stories`; their headings join `heads`.
pub(super) fn tell_apart(parts: &[Part], heads: &mut Vec<Head>, stories: &mut Vec<Story>) {
    let mut at = 0;
    while at < stories.len() {
        let briefs = stories.get_mut(at).map(|story| briefs(parts, heads, story)).unwrap_or_default();
        let n_briefs = briefs.len();
        if n_briefs > 0 {
            stories.splice(at + 1..=at, briefs);
        }
        at += 1 + n_briefs;
    }
}

/// The briefs of `story`, which keeps what stands before them; none where it is no collection.
fn briefs(parts: &[Part], heads: &mut Vec<Head>, story: &mut Story) -> Vec<Story> {
    let headline = story.headline.and_then(|idx| heads.get(idx)).and_then(|head| parts.get(*head.parts.first()?));
    let is_named = headline.is_some_and(|part| rules::names_briefs(part.text()));
    let n_bold = story.sections.iter().filter(|section| is_bold(section, heads)).count();
    let opening: usize = story
        .sections
        .iter()
        .take_while(|section| section.subhead.is_none())
        .flat_map(|section| &section.parts)
        .filter_map(|&idx| parts.get(idx))
        .map(|part| part.text().chars().count())
        .sum();
    let is_collection =
        is_named || n_bold >= MIN_BRIEFS && n_bold + 1 >= story.sections.len() && opening <= MAX_OPENING;
    if !is_collection {
        return Vec::new();
    }
    let mut found: Vec<Story> = Vec::new();
    let mut kept: Vec<Section> = Vec::new();
    for section in std::mem::take(&mut story.sections) {
        let Section { subhead, parts: body } = section;
        if let Some(head) = subhead {
            found.push(story.brief(head));
        }
        for idx in body {
            let part = parts.get(idx);
            if is_named && let Some(part) = part.filter(|part| part.what == What::Numbered) {
                found.push(story.brief(heads.len()));
                heads.push(Head {
                    parts: vec![idx],
                    words: Words::of(part.text()),
                    has_deck: false,
                    markdown: 0,
                    gap: part.gap,
                });
                continue;
            }
            let sections = found.last_mut().map_or(&mut kept, |brief| &mut brief.sections);
            match sections.last_mut() {
                Some(section) => section.parts.push(idx),
                None => sections.push(Section { subhead: None, parts: vec![idx] }),
            }
        }
    }
    story.sections = kept;
    found
}

fn is_bold(section: &Section, heads: &[Head]) -> bool {
    section.subhead.and_then(|idx| heads.get(idx)).is_some_and(|head| head.markdown == BOLD)
}
