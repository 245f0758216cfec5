//! Quantities of one measure and unit, put in order of time.

use super::{Facts, derive, value::printed};
use crate::{
    extract::quantity::same,
    model::{Point, Series},
};
use std::collections::BTreeMap;

/// The series of one article, by name. A measure with a single dated value is a series too: another article may
/// have the next.
pub fn series(facts: &Facts<'_>) -> Vec<Series> {
    let mut groups: BTreeMap<(same::Same, String), (String, Vec<Point>)> = BTreeMap::new();
    for idx in 0..facts.quantities.len() {
        if let Some(value) = printed(facts, idx) {
            groups.entry(value.key).or_insert((value.name, Vec::new())).1.push(value.point);
        }
    }
    for value in derive::values(facts) {
        // A derived value only joins a series that has a printed one.
        if let Some((_, points)) = groups.get_mut(&value.key) {
            points.push(value.point);
        }
    }
    let series = |((_, unit), (name, points))| Series { name, unit, points: in_order(points) };
    let mut series: Vec<Series> = groups.into_iter().map(series).collect();
    series.sort_by(|a, b| (&a.name, &a.unit).cmp(&(&b.name, &b.unit)));
    series
}

/// By time; the same value told twice stands once, a printed one before a derived one.
fn in_order(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| {
        let key = |point: &Point| (point.interval, point.derived.is_some(), point.quantity);
        key(a).cmp(&key(b)).then(a.value.total_cmp(&b.value))
    });
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        let is_told = kept.iter().rev().take_while(|other| other.interval == point.interval).any(|other| {
            point.derived.is_some() || (other.value - point.value).abs() <= 1e-9 * point.value.abs().max(1e-9)
        });
        if !is_told {
            kept.push(point);
        }
    }
    kept
}
