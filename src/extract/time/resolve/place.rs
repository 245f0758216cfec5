//! Where a calendar expression lies: the stretch of its coarsest field, narrowed by the finer ones.
//!
//! ```text
//! 去年9月3日  --outer-->  2023  --narrowed-->  2023-09  -->  2023-09-03
//! ```

use super::{Anchors, Here, Resolved, anchors::Placed, resolved::partial_value, unresolved};
use crate::{
    extract::time::{
        frame::{Frame, span_of},
        timex::{Fields, Unit},
    },
    model::{Anchor, AnchorKind, TimeType},
};
use chrono::Datelike as _;

impl Anchors {
    pub(super) fn point(&self, fields: &Fields, here: Here) -> Resolved {
        let kind = if fields.finest().is_some_and(|unit| unit >= Unit::Part) { TimeType::Time } else { TimeType::Date };
        let Some((frame, anchor)) = self.place(fields, here) else {
            return Resolved { modifier: fields.part_of, ..unresolved(kind, &partial_value(fields)) };
        };
        Resolved {
            kind,
            value: frame.value(),
            edtf: Some(frame.edtf()),
            interval: Some(frame.interval()),
            modifier: fields.part_of,
            anchor,
            frame: Some(frame),
        }
    }

    /// The frame of a calendar expression; `None` where something needed is not known.
    pub(in crate::extract::time) fn place(&self, fields: &Fields, here: Here) -> Option<Placed> {
        if fields.same_period {
            return self.same_period(fields, here);
        }
        if let Some(named) = fields.named {
            return self.named(named, fields, here);
        }
        if fields.slice.is_some() && Unit::ALL.into_iter().all(|unit| fields.get(unit).is_none()) {
            let unit = fields.slice?.unit;
            if !matches!(unit, Unit::Quarter | Unit::Month) {
                return None;
            }
            let (year, anchor) = self.infer_year(fields, here)?;
            let frame = Frame::year(year)?.narrowed(fields)?;
            // 前两个月 in February: this year has no two yet, so the two before.
            if let (Some(slice), Some(dct)) = (fields.slice, self.dct)
                && anchor.kind != AnchorKind::Sentence
                && slice.unit == Unit::Month
                && slice.skip == 0
                && !slice.from_end
                && slice.count <= 3
                && dct.start.month() <= slice.count
                && dct.end < frame.end
            {
                let (month, count) = (dct.start.month() as i32, slice.count as i32);
                let (first, last) = (Frame::month(year, month - count)?, Frame::month(year, month - 1)?);
                return Some((span_of(&first, &last, Unit::Month)?, anchor));
            }
            return Some((frame, anchor));
        }
        let (start, anchor) = self.outer(fields, here)?;
        let mut frame = start.narrowed(fields)?;
        if let Some(weekday) = fields.is(Unit::Weekday)
            && fields.coarsest() == Some(Unit::Weekday)
            && weekday == 8
        {
            frame.value = None;
        }
        Some((frame, anchor))
    }

    fn same_period(&self, fields: &Fields, here: Here) -> Option<Placed> {
        let (year, anchor) = self.outer(fields, here)?;
        let told = self.latest(|unit| unit > Unit::Year && unit < Unit::Week);
        let Some(seen) = told else { return Some((year, anchor)) };
        let by = year.start.year() - seen.frame.start.year();
        let first = seen.frame.first.with_year(seen.frame.first.year()? + by)?;
        let last = seen.frame.last.and_then(|last| last.with_year(last.year()? + by));
        let mut frame = Frame::from_date(first, seen.frame.unit)?;
        if let Some(last) = last {
            frame = span_of(&frame, &Frame::from_date(last, seen.frame.unit)?, seen.frame.unit)?;
        }
        Some((frame, Anchor { kind: AnchorKind::Sentence, time: Some(seen.idx), note: None }))
    }
}
