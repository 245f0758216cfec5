//! The series of a document as bytes.

use super::{
    PointDigest, SeriesDigest,
    bytes::{Input, put, put_signed, put_text},
};
use crate::edtf::{Interval, Moment};

/// Which of a point's parts follow.
const HAS_START: u8 = 1;
const HAS_END: u8 = 2;
const HAS_UPPER: u8 = 4;
const HAS_AREA: u8 = 8;
const IS_DERIVED: u8 = 16;

/// Appends a series.
pub fn put_series(out: &mut Vec<u8>, series: &SeriesDigest) {
    put_text(out, &series.name);
    put_text(out, &series.unit);
    put(out, series.points.len() as u64);
    series.points.iter().for_each(|point| put_point(out, point));
}

fn put_point(out: &mut Vec<u8>, point: &PointDigest) {
    let ends = point.interval.map_or([None, None], |interval| [interval.start, interval.end]);
    let has = |there: bool, flag: u8| if there { flag } else { 0 };
    let [start, end] = ends.map(|moment| moment.map(Moment::seconds));
    out.push(
        has(start.is_some(), HAS_START)
            | has(end.is_some(), HAS_END)
            | has(point.upper.is_some(), HAS_UPPER)
            | has(point.area.is_some(), HAS_AREA)
            | has(point.is_derived, IS_DERIVED),
    );
    start.iter().chain(&end).for_each(|secs| put_signed(out, *secs));
    out.extend(point.value.to_le_bytes());
    point.upper.iter().for_each(|upper| out.extend(upper.to_le_bytes()));
    put(out, u64::from(point.article));
    point.area.iter().for_each(|area| put_text(out, area));
}

/// A series, as [`put_series`] wrote it.
pub fn take_series(input: &mut Input<'_>) -> Option<SeriesDigest> {
    let (name, unit) = (input.text()?, input.text()?);
    let n_points = input.n_following()?;
    let points = (0..n_points).map(|_| take_point(input)).collect::<Option<Vec<_>>>()?;
    Some(SeriesDigest { name, unit, points })
}

fn take_point(input: &mut Input<'_>) -> Option<PointDigest> {
    let flags = input.byte()?;
    let has = |flag: u8| flags & flag != 0;
    let start = if has(HAS_START) { Some(Moment::from_seconds(input.signed()?)?) } else { None };
    let end = if has(HAS_END) { Some(Moment::from_seconds(input.signed()?)?) } else { None };
    let value = input.real()?;
    let upper = if has(HAS_UPPER) { Some(input.real()?) } else { None };
    let article = input.small()?;
    let area = if has(HAS_AREA) { Some(input.text()?.into_boxed_str()) } else { None };
    let interval = (start.is_some() || end.is_some()).then_some(Interval { start, end });
    Some(PointDigest { interval, value, upper, is_derived: has(IS_DERIVED), article, area })
}
