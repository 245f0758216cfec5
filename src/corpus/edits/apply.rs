//! Document as read + edits → the corrected document.

use super::{
    Edit, Quote, Scope, Target, TargetKind,
    draft::{Draft, Hidden},
    finish,
    points::{self, NewPoint},
};
use crate::{
    edtf::Edtf,
    model::{Anchor, Document, Event, Hand, Quantity, Time, TimeType, Verdict},
    span::Span,
};

/// What came of applying edits.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Applied {
    /// The corrected document.
    pub document: Document,
    /// Which edits no longer apply, by index: their words are gone.
    pub stale: Vec<usize>,
}

/// Applies `edits` in their order to `read`, the document as it was read from `text`. Edits whose words are gone do
/// nothing and are listed. What an edit asks for and what is so already is no contradiction: a document that was saved
/// with its corrections may get them once more.
pub fn apply_edits<'a>(
    read: &Document,
    text: &str,
    edits: impl IntoIterator<Item = &'a Edit>,
    hidden: Hidden,
) -> Applied {
    let mut draft = Draft::new(read.clone(), text, hidden);
    let stale = edits.into_iter().enumerate().filter(|(_, edit)| draft.apply(edit).is_none()).map(|(idx, _)| idx);
    let stale = stale.collect();
    Applied { document: finish::finish(draft), stale }
}

impl Draft<'_> {
    /// Carries one edit out; `None` where it does not apply.
    fn apply(&mut self, edit: &Edit) -> Option<()> {
        match edit {
            Edit::Date { target, scope, edtf } => self.date(target, *scope, edtf),
            Edit::Rename { target, title } => {
                let event = self.event_mut(target)?;
                let read = event.title_as_read().to_owned();
                event.title.clone_from(title);
                hand(event).title = (read != *title).then_some(read);
                Some(())
            }
            Edit::Hide { target } => self.hide(target),
            Edit::Merge { targets } => self.merge(targets),
            Edit::Split { target } => self.split(target),
            Edit::Star { target } => {
                hand(self.event_mut(target)?).is_starred = true;
                Some(())
            }
            Edit::Note { target, note } => {
                hand(self.event_mut(target)?).note = Some(note.clone());
                Some(())
            }
            Edit::Tag { target, tag } => {
                let tags = &mut hand(self.event_mut(target)?).tags;
                if let Err(place) = tags.binary_search(tag) {
                    tags.insert(place, tag.clone());
                }
                Some(())
            }
            Edit::AddEvent { quote, title, edtf, time } => self.add_event(quote, title, edtf.as_ref(), time.as_ref()),
            Edit::AddPoint { quote, quantity, edtf, time } => {
                self.add_point(quote, quantity, edtf.as_ref(), time.as_ref())
            }
            Edit::Value { target, value, upper, unit } => self.value(target, *value, *upper, unit),
            Edit::Measure { target, measure } => {
                let idx = self.find_of(target, TargetKind::Quantity)?;
                let quantity = self.document.quantities.get_mut(idx)?;
                quantity.measure = Some(measure.clone());
                "hand/measure".clone_into(&mut quantity.rule);
                points::plot(&mut self.document, idx, measure);
                Some(())
            }
        }
    }

    fn find(&self, target: &Target) -> Option<usize> {
        target.find(&self.document, self.text)
    }

    fn find_of(&self, target: &Target, kind: TargetKind) -> Option<usize> {
        if target.kind == kind { self.find(target) } else { None }
    }

    fn event_mut(&mut self, target: &Target) -> Option<&mut Event> {
        let idx = self.find_of(target, TargetKind::Event)?;
        self.document.events.get_mut(idx)
    }

    fn date(&mut self, target: &Target, scope: Scope, edtf: &Edtf) -> Option<()> {
        match target.kind {
            TargetKind::Event => set_date(self.event_mut(target)?, edtf),
            TargetKind::Quantity => {
                let idx = self.find(target)?;
                self.document.quantities.get(idx)?;
                points::move_quantities(&mut self.document, &[idx], edtf, None);
            }
            TargetKind::Time => {
                let idx = self.find(target)?;
                let words = self.document.times.get(idx)?.text.clone();
                self.set_time(idx, edtf);
                if scope == Scope::SameWording {
                    let same = |(other, time): (usize, &Time)| (other != idx && time.text == words).then_some(other);
                    let others: Vec<usize> = self.document.times.iter().enumerate().filter_map(same).collect();
                    others.into_iter().for_each(|other| self.set_time(other, edtf));
                }
            }
        }
        Some(())
    }

    /// Gives a time its date, and all that it dates.
    fn set_time(&mut self, idx: usize, edtf: &Edtf) {
        let Some(time) = self.document.times.get_mut(idx) else { return };
        let before = time.edtf.replace(edtf.clone());
        if !matches!(time.kind, TimeType::Date | TimeType::Time) {
            time.kind = TimeType::Date;
        }
        edtf.as_str().clone_into(&mut time.value);
        time.interval = edtf.interval();
        time.modifier = None;
        time.anchor = Anchor::default();
        "hand/date".clone_into(&mut time.rule);
        for event in self.document.events.iter_mut().filter(|event| event.time == Some(idx)) {
            set_date(event, edtf);
        }
        let quantities = self.document.quantities.iter().enumerate();
        let dated: Vec<usize> = quantities.filter(|(_, found)| found.time == Some(idx)).map(|(idx, _)| idx).collect();
        points::move_quantities(&mut self.document, &dated, edtf, before.as_ref());
    }

    fn hide(&mut self, target: &Target) -> Option<()> {
        let Some(idx) = self.find(target) else {
            // Not there is hidden enough, as long as the words are where they were.
            let is_there = dense_at(self.text, &target.quote);
            return is_there.then_some(());
        };
        let (is_left_out, events) = (self.hidden == Hidden::LeftOut, &mut self.document.events);
        match target.kind {
            TargetKind::Time => {
                mark(&mut self.gone_times, idx, is_left_out);
                for (event_idx, event) in events.iter_mut().enumerate().filter(|(_, event)| event.time == Some(idx)) {
                    hand(event).is_hidden = true;
                    mark(&mut self.gone_events, event_idx, is_left_out);
                }
            }
            TargetKind::Quantity => mark(&mut self.gone_quantities, idx, is_left_out),
            TargetKind::Event => {
                hand(events.get_mut(idx)?).is_hidden = true;
                mark(&mut self.gone_events, idx, is_left_out);
            }
        }
        Some(())
    }

    fn merge(&mut self, targets: &[Target]) -> Option<()> {
        let found: Vec<usize> = targets.iter().filter_map(|target| self.find_of(target, TargetKind::Event)).collect();
        let (&kept, others) = found.split_first()?;
        if others.is_empty() || found.len() < targets.len() {
            return None;
        }
        let title = self.document.events.get(kept)?.title.clone();
        let mut group: Vec<usize> = found.clone();
        group.extend(found.iter().filter_map(|&idx| self.document.events.get(idx)).flat_map(|event| &event.same_as));
        group.sort_unstable();
        group.dedup();
        for &idx in &group {
            let Some(event) = self.document.events.get_mut(idx) else { continue };
            event.same_as = group.iter().copied().filter(|&other| other != idx).collect();
            if idx == kept {
                hand(event).is_merged = false;
            } else {
                let read = event.title_as_read().to_owned();
                event.title.clone_from(&title);
                let hand = hand(event);
                hand.is_merged = true;
                hand.title = (read != title).then_some(read);
            }
        }
        Some(())
    }

    fn split(&mut self, target: &Target) -> Option<()> {
        let idx = self.find_of(target, TargetKind::Event)?;
        let event = self.document.events.get_mut(idx)?;
        let others = std::mem::take(&mut event.same_as);
        hand(event).is_merged = false;
        for other in others {
            if let Some(event) = self.document.events.get_mut(other) {
                event.same_as.retain(|same| *same != idx);
            }
        }
        Some(())
    }

    fn add_event(&mut self, quote: &Quote, title: &str, edtf: Option<&Edtf>, time: Option<&Target>) -> Option<()> {
        let span = quote.find(self.text)?;
        let time = time.and_then(|time| self.find_of(time, TargetKind::Time));
        let is_there = |event: &&Event| event.rule == "hand/event" && event.span == span;
        if self.document.events.iter().any(|event| is_there(&event)) {
            return Some(());
        }
        let event = Event {
            span,
            title: title.to_owned(),
            article: article_at(&self.document, span)?,
            time,
            edtf: edtf.cloned(),
            interval: edtf.and_then(Edtf::interval),
            place: None,
            same_as: Vec::new(),
            rule: "hand/event".to_owned(),
            hand: Some(Box::new(Hand { is_added: true, ..Hand::default() })),
        };
        self.document.events.push(event);
        self.gone_events.push(false);
        Some(())
    }

    fn add_point(
        &mut self,
        quote: &Quote,
        quantity: &Quantity,
        edtf: Option<&Edtf>,
        time: Option<&Target>,
    ) -> Option<()> {
        let span = quote.find(self.text)?;
        let time = time.and_then(|time| self.find_of(time, TargetKind::Time));
        let known = self.document.quantities.iter().position(|found| found.span == span);
        let idx = known.unwrap_or(self.document.quantities.len());
        let article = article_at(&self.document, span)?;
        let new = Quantity { span, article, time, rule: "hand/point".to_owned(), ..quantity.clone() };
        match self.document.quantities.get_mut(idx) {
            Some(old) => *old = new,
            None => {
                self.document.quantities.push(new);
                self.gone_quantities.push(false);
            }
        }
        let new = NewPoint { quantity: idx, edtf: edtf?, value: quantity.value, upper: quantity.upper };
        points::add(&mut self.document, &new, quantity.measure.as_deref()?, &quantity.unit);
        Some(())
    }

    fn value(&mut self, target: &Target, value: f64, upper: Option<f64>, unit: &str) -> Option<()> {
        let idx = self.find_of(target, TargetKind::Quantity)?;
        let quantity = self.document.quantities.get_mut(idx)?;
        let before = quantity.clone();
        (quantity.value, quantity.upper) = (value, upper);
        unit.clone_into(&mut quantity.unit);
        "hand/value".clone_into(&mut quantity.rule);
        points::revalue(&mut self.document, idx, &before);
        for claim in self.document.claims.iter_mut().filter(|claim| claim.from.contains(&idx)) {
            // It was reckoned with the value as read.
            (claim.verdict, claim.computed, claim.formula) = (Verdict::Unverifiable, None, None);
        }
        Some(())
    }
}

/// The user's marks on an event, made where there are none yet.
fn hand(event: &mut Event) -> &mut Hand {
    event.hand.get_or_insert_default()
}

fn set_date(event: &mut Event, edtf: &Edtf) {
    let before = event.edtf.as_ref().map_or("", Edtf::as_str).to_owned();
    event.edtf = Some(edtf.clone());
    event.interval = edtf.interval();
    let is_same = before == edtf.as_str();
    let hand = hand(event);
    if !is_same && !hand.is_added {
        hand.edtf.get_or_insert(before);
    }
}

fn mark(list: &mut [bool], idx: usize, is_gone: bool) {
    if let Some(gone) = list.get_mut(idx) {
        *gone = is_gone;
    }
}

fn dense_at(text: &str, quote: &Quote) -> bool {
    super::dense(quote.span.slice(text)) == quote.text
}

/// The article that `span` stands in; the first where it stands in none.
fn article_at(document: &Document, span: Span) -> Option<usize> {
    let holds = |span: Span| document.articles.iter().position(|found| found.spans.iter().any(|s| s.overlaps(span)));
    holds(span).or(Some(0)).filter(|_| !document.articles.is_empty())
}

#[cfg(test)]
mod tests;
