//! A story of a page: its headline, its bodies below their subheads, and the order in which they are read.

use super::{
    Role,
    bodies::Head,
    part::{Part, What},
    rules::Opening,
    words::Words,
};

/// A story: bodies with the subheads between them, and its headline.
#[derive(Debug, Clone)]
pub(super) struct Story {
    /// Its headline.
    pub headline: Option<usize>,
    /// Other headings that stand with the headline.
    pub decks: Vec<usize>,
    /// Its bodies, each below its subhead.
    pub sections: Vec<Section>,
    /// Place of its first node.
    pub first: usize,
    /// Place of its last node.
    pub last: usize,
    /// What it speaks of.
    pub words: Words,
    /// How its first body opens.
    pub opening: Opening,
    /// Whether a line closed it: nothing can follow.
    pub is_closed: bool,
    /// A photograph with its caption.
    pub is_photo: bool,
    /// One of many short pieces under one headline.
    pub is_brief: bool,
}

/// A body below its subhead.
#[derive(Debug, Clone)]
pub(super) struct Section {
    /// The subhead.
    pub subhead: Option<usize>,
    /// The body.
    pub parts: Vec<usize>,
}

impl Story {
    /// The first of its parts in the source.
    pub fn first_part(&self, heads: &[Head]) -> usize {
        let of_head = |idx: &usize| heads.get(*idx).and_then(|head| head.parts.first().copied());
        let sections = self.sections.iter().flat_map(|section| {
            section.subhead.as_ref().and_then(of_head).into_iter().chain(section.parts.iter().copied())
        });
        sections
            .chain(self.headline.as_ref().and_then(of_head))
            .chain(self.decks.iter().filter_map(of_head))
            .min()
            .unwrap_or(0)
    }

    /// An empty brief of this collection, headed by `headline`.
    pub fn brief(&self, headline: usize) -> Self {
        Self {
            headline: Some(headline),
            decks: Vec::new(),
            sections: Vec::new(),
            first: self.first,
            last: self.last,
            words: Words::default(),
            opening: Opening::None,
            is_closed: true,
            is_photo: false,
            is_brief: true,
        }
    }

    /// The parts of its bodies.
    pub fn body_parts(&self) -> impl Iterator<Item = usize> {
        self.sections.iter().flat_map(|section| section.parts.iter().copied())
    }

    /// Its parts in reading order, each with its role.
    pub fn order(&self, parts: &[Part], heads: &[Head]) -> Vec<(usize, Role)> {
        let mut order = Vec::new();
        let push_head = |order: &mut Vec<(usize, Role)>, idx: usize, role: Role| {
            for (at, &part) in heads.get(idx).map(|head| head.parts.as_slice()).unwrap_or_default().iter().enumerate() {
                let is_deck = parts.get(part).is_some_and(|part| part.what == What::Deck);
                let below = if is_deck { Role::Deck } else { Role::Credit };
                order.push((part, if at == 0 { role } else { below }));
            }
        };
        if let Some(headline) = self.headline {
            push_head(&mut order, headline, Role::Headline);
        }
        for &deck in &self.decks {
            push_head(&mut order, deck, Role::Deck);
        }
        for section in &self.sections {
            if let Some(subhead) = section.subhead {
                push_head(&mut order, subhead, Role::Subhead);
            }
            order.extend(section.parts.iter().map(|&part| (part, self.role(parts.get(part)))));
        }
        order
    }

    fn role(&self, part: Option<&Part>) -> Role {
        match part.map(|part| part.what) {
            Some(What::Head | What::Numbered) => Role::Subhead,
            Some(What::Deck) if self.headline.is_some() => Role::Deck,
            Some(What::Byline | What::Closing | What::PhotoCredit) => Role::Credit,
            Some(What::Row) => Role::Row,
            _ if self.is_photo => Role::Caption,
            _ => Role::Body,
        }
    }

    /// Whether it is a body that no headline was found for.
    pub fn is_headless_rest(&self) -> bool {
        self.headline.is_none() && !self.is_photo && self.opening == Opening::None
    }
}
