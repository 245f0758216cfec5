//! When the documents of a corpus were written: their order, and sums over months.

use super::{
    Column, DocRow, Pages,
    bytes::{Input, put, put_signed},
};
use crate::edtf::Moment;
use chrono::Datelike as _;
use std::sync::Arc;

/// Documents written in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WrittenMonth {
    /// Year and month; `None` for those of which nobody knows.
    pub month: Option<(i32, u32)>,
    /// How many documents.
    pub n_docs: usize,
    /// Events in them.
    pub n_events: usize,
    /// Numbers in them.
    pub n_quantities: usize,
}

/// The documents by day of writing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Writing {
    /// Their indices; those without a day last.
    pub order: Column<u32>,
    /// How many have a day.
    pub n_dated: usize,
    /// Month by month, as they stand in `order`.
    pub months: Vec<WrittenMonth>,
}

impl Writing {
    pub(super) fn new(docs: &Column<DocRow>) -> Self {
        let month = |day: i32| {
            let at = Moment::from_seconds(i64::from(day) * 86_400)?.0;
            Some((at.year(), at.month()))
        };
        let mut order: Vec<(bool, i32, u32)> = Vec::with_capacity(docs.len());
        let mut known: Option<(i32, Option<(i32, u32)>)> = None;
        let mut months = std::collections::BTreeMap::<(bool, Option<(i32, u32)>), WrittenMonth>::new();
        for (number, doc) in docs.iter_from(0).enumerate() {
            let of_day = doc.written.and_then(|day| {
                if known.is_none_or(|(other, _)| other != day) {
                    known = Some((day, month(day)));
                }
                known.and_then(|(_, month)| month)
            });
            let day = doc.written.filter(|_| of_day.is_some());
            order.push((day.is_none(), day.unwrap_or(0), number as u32));
            let sum = months.entry((of_day.is_none(), of_day)).or_default();
            sum.month = of_day;
            sum.n_docs += 1;
            sum.n_events += doc.counts.events as usize;
            sum.n_quantities += doc.counts.quantities as usize;
        }
        order.sort_unstable();
        Self {
            n_dated: order.iter().filter(|(is_undated, ..)| !is_undated).count(),
            order: order.into_iter().map(|(.., doc)| doc).collect::<Vec<u32>>().into(),
            months: months.into_values().collect(),
        }
    }

    pub(super) fn put<E>(
        &self,
        part: u32,
        head: &mut Vec<u8>,
        put_page: &mut dyn FnMut(u32, u32, Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        put(head, self.order.len() as u64);
        put(head, self.n_dated as u64);
        put(head, self.months.len() as u64);
        for one in &self.months {
            let (year, month) = one.month.unwrap_or_default();
            put_signed(head, i64::from(year));
            put(head, u64::from(month));
            [one.n_docs, one.n_events, one.n_quantities].iter().for_each(|n| put(head, *n as u64));
        }
        self.order.put_pages(&mut |number, bytes| put_page(part, number, bytes))
    }

    pub(super) fn take(part: u32, head: &mut Input<'_>, pages: &Arc<dyn Pages>) -> Option<Self> {
        let size = |head: &mut Input<'_>| usize::try_from(head.number()?).ok();
        let (len, n_dated) = (size(head)?, size(head)?);
        let n_months = head.n_following()?;
        let mut months = Vec::with_capacity(n_months);
        for _ in 0..n_months {
            let (year, month) = (i32::try_from(head.signed()?).ok()?, head.small()?);
            let month = (month > 0).then_some((year, month));
            months.push(WrittenMonth { month, n_docs: size(head)?, n_events: size(head)?, n_quantities: size(head)? });
        }
        Some(Self { order: Column::paged(Arc::clone(pages), part, len, 8), n_dated, months })
    }
}
