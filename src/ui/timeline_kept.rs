//! The events in their lanes, kept until corpus, grouping or filter change; very many are sorted beside the window.

use super::{
    cx::Cx,
    kept::{Kept, kept, key_of},
};
use crate::{
    desk::Desk,
    view::{grouping, timeline::Timeline},
};
use egui::{Id, Ui};
use std::sync::{Arc, OnceLock};

/// The key of the events themselves: corpus, grouping, filter, language.
pub(super) fn timeline_key(cx: &Cx<'_>) -> u64 {
    let Desk { timeline, places, facets, .. } = cx.desk;
    let period = facets.period.map(|period| (period.start.to_bits(), period.end.to_bits()));
    let facets = (&facets.exactness, &facets.kinds, &facets.documents, period, &facets.tags);
    key_of((cx.corpus.stamp(), timeline.grouping, &timeline.lane_order, places, facets, cx.words.key()))
}

/// More events than these are sorted beside the window, which goes on showing what was there before.
const MAX_AT_ONCE: usize = 300_000;

/// Sorting that goes on beside the window: its key and, in the end, what came of it.
type Sorting = (u64, Arc<OnceLock<Arc<Timeline>>>);

/// The events as they are grouped and filtered; those of before while very many are sorted.
pub(super) fn timeline(ui: &Ui, cx: &Cx<'_>) -> Arc<Timeline> {
    let (id, sorting_id) = (Id::unique("timeline-events"), Id::unique("timeline-sorting"));
    let key = timeline_key(cx);
    let index = cx.corpus.index();
    let before: Option<Kept<Timeline>> = ui.data(|data| data.get_temp(id));
    let before = before.filter(|kept| Arc::ptr_eq(kept.1.index(), index)).or_else(|| on_shelf(ui, id, cx));
    let Some(Kept(old_key, old)) = before.filter(|_| index.len() > MAX_AT_ONCE) else {
        return kept(ui, id, key, |_| Timeline::new(cx.corpus, cx.desk, cx.words));
    };
    if old_key == key {
        return old;
    }
    let sorting: Option<Sorting> = ui.data(|data| data.get_temp(sorting_id));
    match sorting.filter(|(sorted, _)| *sorted == key) {
        Some((_, sorted)) => match sorted.get() {
            Some(new) => {
                ui.data_mut(|data| data.insert_temp(id, Kept(key, Arc::clone(new))));
                return Arc::clone(new);
            }
            None => ui.ctx().request_repaint_after(std::time::Duration::from_millis(16)),
        },
        None => {
            let slot = Arc::new(OnceLock::new());
            ui.data_mut(|data| data.insert_temp(sorting_id, (key, Arc::clone(&slot))));
            let (index, plan) = (Arc::clone(index), grouping::plan(cx.corpus, cx.desk, cx.words));
            let ctx = ui.ctx().clone();
            rayon::spawn(move || {
                let _ = slot.set(Arc::new(Timeline::planned(index, plan)));
                ctx.request_repaint();
            });
        }
    }
    old
}

/// The lanes that were kept with the index, to be looked at while others are sorted; `None` where those that are asked
/// for are made at once.
fn on_shelf(ui: &Ui, id: Id, cx: &Cx<'_>) -> Option<Kept<Timeline>> {
    let index = cx.corpus.index();
    index.shelf()?;
    if grouping::plan(cx.corpus, cx.desk, cx.words).shelf(index).is_some() {
        return None;
    }
    let kept = Kept(0, Arc::new(Timeline::new(cx.corpus, &Desk::default(), cx.words)));
    ui.data_mut(|data| data.insert_temp(id, kept.clone()));
    Some(kept)
}
