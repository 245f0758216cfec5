//! The end of a correction: what is hidden goes, what was added takes its place, and indices are put right.

use super::draft::Draft;
use crate::model::{Document, Event};

/// Takes out what is marked, puts added findings where they belong, and turns all indices into the new ones.
pub(super) fn finish(draft: Draft<'_>) -> Document {
    let Draft { mut document, gone_times, gone_quantities, gone_events, .. } = draft;
    let kept_times = order(document.times.len(), &gone_times, |_| None::<()>);
    let times = places(&kept_times);
    let is_gone = |time: usize| gone_times.get(time).copied().unwrap_or(false);
    // A value whose time is hidden stands nowhere.
    let undated: Vec<bool> = document.quantities.iter().map(|found| found.time.is_some_and(is_gone)).collect();
    let by_place = |idx: usize| {
        let quantity = document.quantities.get(idx)?;
        (quantity.rule == "hand/point").then_some((quantity.article, quantity.span.start))
    };
    let place_of = |idx: usize| document.quantities.get(idx).map(|found| (found.article, found.span.start));
    let quantity_order = settled(order(document.quantities.len(), &gone_quantities, by_place), place_of, by_place);
    let added = |idx: usize| {
        let event = document.events.get(idx)?;
        (event.rule == "hand/event").then_some((event.article, event.span.start))
    };
    let place_of = |idx: usize| document.events.get(idx).map(|found| (found.article, found.span.start));
    let event_order = settled(order(document.events.len(), &gone_events, added), place_of, added);
    let quantities = places(&quantity_order);
    let events = places(&event_order);
    let event_at = |idx: usize| events.get(idx).copied().flatten();
    let time_at = |idx: usize| times.get(idx).copied().flatten();
    let quantity_at = |idx: usize| quantities.get(idx).copied().flatten();

    document.times = pick(&mut document.times, &kept_times);
    document.quantities = pick(&mut document.quantities, &quantity_order);
    document.events = pick(&mut document.events, &event_order);
    for time in &mut document.times {
        time.anchor.time = time.anchor.time.and_then(time_at);
    }
    for quantity in &mut document.quantities {
        quantity.time = quantity.time.and_then(time_at);
    }
    for event in &mut document.events {
        event.time = event.time.and_then(time_at);
        event.same_as = event.same_as.iter().filter_map(|&idx| event_at(idx)).collect();
        event.same_as.sort_unstable();
    }
    let merged: Vec<bool> = document.events.iter().map(Event::is_merged).collect();
    for event in &mut document.events {
        // What stood for it may be hidden now.
        let has_other = event.same_as.iter().any(|&other| merged.get(other) == Some(&false));
        if let Some(hand) = event.hand.as_mut().filter(|_| !has_other) {
            hand.is_merged = false;
        }
        forget_empty(event);
    }
    for series in &mut document.series {
        series.points.retain_mut(|point| {
            let stays = |idx: usize| quantity_at(idx).is_some() && !undated.get(idx).copied().unwrap_or(false);
            let is_there = point.quantity.is_none_or(stays);
            point.quantity = point.quantity.and_then(quantity_at);
            let from_is_there = point.derived.as_mut().is_none_or(|derived| {
                let n = derived.from.len();
                derived.from = derived.from.iter().filter_map(|&idx| quantity_at(idx)).collect();
                derived.from.len() == n
            });
            is_there && from_is_there
        });
    }
    document.series.retain(|series| !series.points.is_empty());
    document.claims.retain_mut(|claim| {
        let n = claim.from.len();
        claim.from = claim.from.iter().filter_map(|&idx| quantity_at(idx)).collect();
        claim.from.len() == n
    });
    document
}

/// Indices that stay, in their order; those that `is_added` knows are left for [`settled`].
fn order<K>(n: usize, gone: &[bool], is_added: impl Fn(usize) -> Option<K>) -> Vec<usize> {
    let stays = |idx: &usize| !gone.get(*idx).copied().unwrap_or(false);
    let kept = (0..n).filter(stays);
    let (mut kept, added): (Vec<usize>, Vec<usize>) = kept.partition(|idx| is_added(*idx).is_none());
    kept.extend(added);
    kept
}

/// Puts each added finding, all at the end of `order`, before the first that comes behind it in its article.
fn settled(
    mut order: Vec<usize>,
    place_of: impl Fn(usize) -> Option<(usize, usize)>,
    is_added: impl Fn(usize) -> Option<(usize, usize)>,
) -> Vec<usize> {
    let first_added = order.iter().position(|&idx| is_added(idx).is_some()).unwrap_or(order.len());
    for added in order.split_off(first_added) {
        let Some(place) = place_of(added) else { continue };
        let at = order.iter().position(|&idx| place_of(idx).is_some_and(|other| other > place));
        order.insert(at.unwrap_or(order.len()), added);
    }
    order
}

/// Old index → new index.
fn places(order: &[usize]) -> Vec<Option<usize>> {
    let n = order.iter().max().map_or(0, |last| last + 1);
    let mut places = vec![None; n];
    for (new, &old) in order.iter().enumerate() {
        if let Some(place) = places.get_mut(old) {
            *place = Some(new);
        }
    }
    places
}

fn pick<T>(list: &mut Vec<T>, order: &[usize]) -> Vec<T> {
    let mut items: Vec<Option<T>> = std::mem::take(list).into_iter().map(Some).collect();
    order.iter().filter_map(|&idx| items.get_mut(idx)?.take()).collect()
}

/// Marks that say nothing are no marks.
fn forget_empty(event: &mut Event) {
    if event.hand.as_deref().is_some_and(|hand| *hand == Default::default()) {
        event.hand = None;
    }
}
