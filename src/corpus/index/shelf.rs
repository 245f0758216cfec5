//! Lanes that are worked out once and kept with the index: those that a large collection opens with.

use super::{
    EventIndex, LaneIndex, NameId, Pages, Rows,
    bytes::{Input, put},
    lane,
};
use crate::corpus::when::{Exactness, When};
use crate::model::ArticleKind;
use rayon::prelude::*;
use std::sync::Arc;

/// So many lanes of a collection's places or documents have their own row; the rest share one.
pub const MAX_GROUPS: usize = 8;
/// So many events at most stand for all where the axis is folded.
const MAX_SAMPLE: usize = 60_000;
/// The first part of a shelf's lanes among the pages.
const FIRST_PART: u32 = 16;

/// Every kind of article, in the order of its lane.
pub const KINDS: [ArticleKind; 5] =
    [ArticleKind::News, ArticleKind::Brief, ArticleKind::Photo, ArticleKind::Section, ArticleKind::Other];

/// What the lanes stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShelfBy {
    /// Places, as [`PlaceLanes`] has it.
    Place,
    /// Kinds of articles, in the order of [`KINDS`].
    Kind,
}

/// Which place has which lane: those of most events one each, then one for the other places, the last for none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceLanes {
    /// The places that have a lane of their own.
    pub own: Vec<NameId>,
    /// How many places share the next lane; it is there only where this is not 0.
    pub n_others: usize,
    /// The lane of each place, and behind them the lane of events that name none.
    pub lanes: Vec<u8>,
}

impl PlaceLanes {
    /// For places by the number of their events, out of `n_names`.
    pub fn new(by_count: &[NameId], n_names: usize) -> Self {
        let n_own = if by_count.len() > MAX_GROUPS + 1 { MAX_GROUPS } else { by_count.len() };
        let own: Vec<NameId> = by_count.iter().take(n_own).copied().collect();
        let n_others = by_count.len() - n_own;
        let mut lanes = vec![n_own as u8; n_names + 1];
        for (lane, id) in own.iter().enumerate() {
            if let Some(slot) = lanes.get_mut(id.0 as usize) {
                *slot = lane as u8;
            }
        }
        if let Some(slot) = lanes.last_mut() {
            *slot = n_own as u8 + u8::from(n_others > 0);
        }
        Self { own, n_others, lanes }
    }

    /// The lane of a place.
    pub fn lane(&self, place: NameId) -> Option<u8> {
        self.lanes.get((place.0 as usize).min(self.lanes.len().saturating_sub(1))).copied()
    }
}

/// Lanes of all events.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// What they stand for.
    pub by: ShelfBy,
    /// Each with its number in the order of the grouping; those without events are left out.
    pub lanes: Vec<(u8, Arc<LaneIndex>)>,
    /// What the axis is made for.
    pub sample: Vec<When>,
}

impl Shelf {
    /// Sorts all events of an index.
    pub fn new(by: ShelfBy, index: &EventIndex) -> Self {
        let by_count: Vec<NameId> = index.names().by_count().into_iter().map(|(id, _)| id).collect();
        let places = PlaceLanes::new(&by_count, index.names().len());
        let mut lanes: Vec<Vec<u32>> = vec![Vec::new(); MAX_GROUPS + 3];
        for (number, row) in index.rows().iter_from(0).enumerate() {
            let lane = match by {
                ShelfBy::Place => places.lane(row.place).map(usize::from),
                ShelfBy::Kind => KINDS.iter().position(|kind| *kind == row.traits.kind),
            };
            if let Some(lane) = lane.and_then(|lane| lanes.get_mut(lane)) {
                lane.push(number as u32);
            }
        }
        let lanes: Vec<(u8, Arc<LaneIndex>)> = lanes
            .into_par_iter()
            .enumerate()
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(number, rows)| (number as u8, Arc::new(LaneIndex::new(Rows::Some(rows.into()), index))))
            .collect();
        let sample = sample(index, &Rows::All(index.len() as u32), lanes.iter().map(|(_, lane)| lane.as_ref()));
        Self { by, lanes, sample }
    }

    /// Its long lists as pages, the rest into `head`.
    ///
    /// # Errors
    /// What `put_page` returns.
    pub fn put<E>(
        &self,
        head: &mut Vec<u8>,
        put_page: &mut dyn FnMut(u32, u32, Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        head.push(u8::from(self.by == ShelfBy::Kind));
        put(head, self.sample.len() as u64);
        for when in &self.sample {
            head.extend((when.start as i64).to_le_bytes());
            head.extend((when.end as i64).to_le_bytes());
            head.extend(when.precision_secs.to_le_bytes());
            head.push(when.exactness.number());
        }
        put(head, self.lanes.len() as u64);
        for (number, lane) in &self.lanes {
            head.push(*number);
            lane.put(FIRST_PART + u32::from(*number) * lane::PARTS, head, put_page)?;
        }
        Ok(())
    }

    /// As [`Self::put`] wrote it.
    pub fn take(head: &mut Input<'_>, pages: &Arc<dyn Pages>) -> Option<Self> {
        let by = if head.byte()? == 1 { ShelfBy::Kind } else { ShelfBy::Place };
        let n_sample = head.n_following()?;
        let mut sample = Vec::with_capacity(n_sample);
        for _ in 0..n_sample {
            let start = i64::from_le_bytes(head.bytes(8)?.try_into().ok()?) as f64;
            let end = i64::from_le_bytes(head.bytes(8)?.try_into().ok()?) as f64;
            let precision_secs = head.real()?;
            sample.push(When { start, end, precision_secs, exactness: Exactness::numbered(head.byte()?)? });
        }
        let n_lanes = head.n_following()?;
        let mut lanes = Vec::with_capacity(n_lanes);
        for _ in 0..n_lanes {
            let number = head.byte()?;
            let lane = LaneIndex::take(FIRST_PART + u32::from(number) * lane::PARTS, head, pages)?;
            lanes.push((number, Arc::new(lane)));
        }
        Some(Self { by, lanes, sample })
    }
}

/// All events, or of many one for each stretch that is in use: the axis asks where something happens, not how much.
pub fn sample<'a>(index: &EventIndex, rows: &Rows, lanes: impl Iterator<Item = &'a LaneIndex>) -> Vec<When> {
    if rows.len() <= 5_000 {
        return (0..rows.len()).filter_map(|ordinal| index.when(rows.get(ordinal)?)).collect();
    }
    let mut sample: Vec<u32> = Vec::new();
    for lane in lanes {
        sample.extend(lane.in_use().filter_map(|ordinal| lane.rows.get(ordinal)));
    }
    sample.extend(rows.len().checked_sub(1).and_then(|last| rows.get(last)));
    sample.sort_unstable();
    sample.dedup();
    let every = sample.len().div_ceil(MAX_SAMPLE).max(1);
    let last = sample.len().saturating_sub(1);
    let kept = sample.iter().enumerate().filter(|(idx, _)| idx % every == 0 || *idx == last);
    kept.filter_map(|(_, row)| index.when(*row)).collect()
}
