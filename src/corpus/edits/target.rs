//! What an edit is about, told by its words, so that it is found again when the text around it has changed.

use crate::{
    model::{Document, Event},
    span::Span,
};
use serde::{Deserialize, Serialize};

/// How many characters before and after the words are remembered.
const CONTEXT: usize = 16;
/// Elsewhere than before, so many characters of the surroundings must agree (or half of them, where there are fewer).
const MIN_AGREEMENT: usize = 8;

/// Words of a text with what stands about them: the TextQuoteSelector and TextPositionSelector of W3C's Web
/// Annotation in one. Blanks and line breaks are left out, for another set of the same page has others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Where the words stood, in bytes of the decoded text.
    pub span: Span,
    /// The words, without blanks.
    pub text: String,
    /// What stood before them.
    #[serde(default)]
    pub before: String,
    /// What stood behind them.
    #[serde(default)]
    pub after: String,
}

impl Quote {
    /// The words at `span` of `text`.
    pub fn new(text: &str, span: Span) -> Self {
        let (before, after) = surroundings(text, span);
        Self { span, text: dense(span.slice(text)), before, after }
    }

    /// Where the words stand in `text` now; `None` where they are gone or stand in other surroundings.
    pub fn find(&self, text: &str) -> Option<Span> {
        if !self.text.is_empty() && dense(self.span.slice(text)) == self.text {
            return Some(self.span);
        }
        let first = self.text.chars().next()?;
        let places = text.match_indices(first).filter_map(|(at, _)| self.span_from(text, at));
        places.filter_map(|span| Some((self.agreement(text, span)?, span))).max_by_key(|best| best.0).map(|best| best.1)
    }

    /// The stretch from `at` on that has just these words.
    fn span_from(&self, text: &str, at: usize) -> Option<Span> {
        let mut wanted = self.text.chars();
        let mut end = at;
        let mut next = wanted.next();
        for (offset, c) in text.get(at..)?.char_indices() {
            if c.is_whitespace() {
                continue;
            }
            if next != Some(c) {
                break;
            }
            end = at + offset + c.len_utf8();
            next = wanted.next();
            if next.is_none() {
                return Some(Span::new(at, end));
            }
        }
        (next.is_none() && end > at).then(|| Span::new(at, end))
    }

    /// How many characters about `span` are those remembered; `None` where that is too few to be the same place.
    fn agreement(&self, text: &str, span: Span) -> Option<usize> {
        let (before, after) = surroundings(text, span);
        let n_same = same_length(self.before.chars().rev(), before.chars().rev())
            + same_length(self.after.chars(), after.chars());
        let n_known = self.before.chars().count() + self.after.chars().count();
        (n_same >= MIN_AGREEMENT.min(n_known / 2)).then_some(n_same)
    }
}

/// What sort of finding an edit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetKind {
    /// `Document::times`.
    Time,
    /// `Document::quantities`.
    Quantity,
    /// `Document::events`.
    Event,
}

/// A finding by what it is rather than by its index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// What sort of finding.
    pub kind: TargetKind,
    /// Its words.
    pub quote: Quote,
    /// Of an event its title as it was read: one sentence may tell two.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

impl Target {
    /// The time with this index.
    pub fn time(document: &Document, text: &str, idx: usize) -> Option<Self> {
        let quote = Quote::new(text, document.times.get(idx)?.span);
        Some(Self { kind: TargetKind::Time, quote, name: String::new() })
    }

    /// The quantity with this index.
    pub fn quantity(document: &Document, text: &str, idx: usize) -> Option<Self> {
        let quote = Quote::new(text, document.quantities.get(idx)?.span);
        Some(Self { kind: TargetKind::Quantity, quote, name: String::new() })
    }

    /// The event with this index.
    pub fn event(document: &Document, text: &str, idx: usize) -> Option<Self> {
        let event = document.events.get(idx)?;
        let quote = Quote::new(text, event.span);
        Some(Self { kind: TargetKind::Event, quote, name: event.title_as_read().to_owned() })
    }

    /// Its index in the list of its kind now; `None` where it is no longer found.
    pub fn find(&self, document: &Document, text: &str) -> Option<usize> {
        let spans: Vec<Span> = match self.kind {
            TargetKind::Time => document.times.iter().map(|time| time.span).collect(),
            TargetKind::Quantity => document.quantities.iter().map(|quantity| quantity.span).collect(),
            TargetKind::Event => document.events.iter().map(|event| event.span).collect(),
        };
        let has_name = |idx: usize| {
            let event: Option<&Event> = document.events.get(idx);
            self.kind != TargetKind::Event || event.is_some_and(|event| event.title_as_read() == self.name)
        };
        let has_words = |span: Span| dense(span.slice(text)) == self.quote.text;
        let stays = |idx: &usize| spans.get(*idx).is_some_and(|span| *span == self.quote.span && has_words(*span));
        let mut here = (0..spans.len()).filter(stays);
        let first = here.next();
        let named = first.into_iter().chain(here).find(|&idx| has_name(idx));
        if named.or(first).is_some() {
            return named.or(first);
        }
        let moved = spans.iter().enumerate().filter(|(_, span)| has_words(**span));
        let moved = moved.filter_map(|(idx, span)| {
            let distance = span.start.abs_diff(self.quote.span.start);
            Some((self.quote.agreement(text, *span)?, has_name(idx), std::cmp::Reverse(distance), idx))
        });
        moved.max().map(|(.., idx)| idx)
    }
}

/// `text` without blanks and line breaks.
pub fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn surroundings(text: &str, span: Span) -> (String, String) {
    let is_ink = |c: &char| !c.is_whitespace();
    let before = text.get(..span.start).unwrap_or_default();
    let mut before: Vec<char> = before.chars().rev().filter(is_ink).take(CONTEXT).collect();
    before.reverse();
    let after = text.get(span.end..).unwrap_or_default();
    (before.into_iter().collect(), after.chars().filter(is_ink).take(CONTEXT).collect())
}

fn same_length(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again_where_they_have_moved_to() {
        let text = "大桥2019年开工。隧道2021年开工，2021年又扩建。";
        let at = text.rfind("2021年").unwrap();
        let quote = Quote::new(text, Span::new(at, at + 7));
        assert_eq!(quote.find(text), Some(quote.span));
        let longer = format!("本报讯\n{}", text.replace("2021年又", "20\n21年又"));
        let found = quote.find(&longer).unwrap();
        assert_eq!((found.slice(&longer), found.start), ("20\n21年", longer.rfind("20\n21").unwrap()));
        assert_eq!(quote.find("铁路2021年通车，沿线居民第一次坐上了火车。"), None);
        assert_eq!(quote.find("大桥2019年开工。"), None);
    }
}
