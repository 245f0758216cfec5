//! What corrections do to series: points move in time, change their values, go from one series to another.

use crate::{
    edtf::Edtf,
    extract::series::{base, figure, year_before},
    model::{Derivation, Direction, Document, Point, Quantity, Series},
};

/// A value on its way into a series.
pub(super) struct NewPoint<'a> {
    /// Index in `Document::quantities`.
    pub quantity: usize,
    /// When it holds.
    pub edtf: &'a Edtf,
    /// In the series' unit.
    pub value: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
}

/// The points of `quantities` are at `edtf` now. A value worked out for the year before the date `before` follows.
pub(super) fn move_quantities(document: &mut Document, quantities: &[usize], edtf: &Edtf, before: Option<&Edtf>) {
    let year_before_old = before.and_then(year_before);
    for series in &mut document.series {
        let mut is_moved = false;
        for point in &mut series.points {
            let is_own = point.quantity.is_some_and(|idx| quantities.contains(&idx));
            let rests_on = |derived: &Derivation| derived.from.first().is_some_and(|idx| quantities.contains(idx));
            let is_derived = point.derived.as_ref().is_some_and(rests_on)
                && year_before_old.is_some()
                && point.edtf == year_before_old;
            let moved = if is_own { Some(edtf.clone()) } else { is_derived.then(|| year_before(edtf)).flatten() };
            if let Some(moved) = moved {
                point.interval = moved.interval();
                point.edtf = Some(moved);
                is_moved = true;
            }
        }
        if is_moved {
            sort(series);
        }
    }
}

/// The value of a quantity has changed; `before` is what it was. What was worked out with it is worked out again.
pub(super) fn revalue(document: &mut Document, idx: usize, before: &Quantity) {
    let quantities = &document.quantities;
    let Some(now) = quantities.get(idx) else { return };
    let mut leaves = Vec::new();
    for (series_idx, series) in document.series.iter_mut().enumerate() {
        for point in &mut series.points {
            if point.quantity == Some(idx) {
                // A rate that fell is drawn below zero.
                let sign = if point.value * before.value < 0.0 { -1.0 } else { 1.0 };
                point.value = sign * now.value;
                point.upper = now.upper.map(|upper| sign * upper);
                if now.unit != before.unit {
                    leaves.push((series_idx, series.name.clone()));
                }
            }
            let Some(derived) = point.derived.as_mut().filter(|derived| derived.from.contains(&idx)) else { continue };
            let [total, step] = derived.from.as_slice() else { continue };
            let (Some(total), Some(step)) = (quantities.get(*total), quantities.get(*step)) else { continue };
            if derived.formula.contains('÷') {
                let signs = [("1 + ", Direction::Up), ("1 − ", Direction::Down)];
                let direction = signs.into_iter().find(|(sign, _)| derived.formula.contains(sign)).map(|(_, way)| way);
                let Some((value, formula)) = base(total, step, direction, shown) else { continue };
                (point.value, derived.formula) = (value, formula);
                continue;
            }
            let is_sum = derived.formula.contains('+');
            point.value = if is_sum { total.value + step.value } else { total.value - step.value };
            let sign = if is_sum { "+" } else { "−" };
            derived.formula = format!("{} {sign} {}", shown(total), shown(step));
        }
    }
    if let Some((_, name)) = leaves.first() {
        plot(document, idx, &name.clone());
    }
}

/// The number in a sum: as printed where it is still what is printed.
fn shown(quantity: &Quantity) -> String {
    if quantity.rule != "hand/value" {
        return figure(quantity);
    }
    let units = [(1e8, "亿"), (1e4, "万"), (1.0, "")];
    let (size, name) = units.into_iter().find(|(size, _)| quantity.value.abs() >= *size).unwrap_or((1.0, ""));
    format!("{}{name}", quantity.value / size)
}

/// The point of quantity `idx` belongs to the series `name`; one is made where it had none and its time is known.
pub(super) fn plot(document: &mut Document, idx: usize, name: &str) {
    let mut point = None;
    for series in &mut document.series {
        if let Some(at) = series.points.iter().position(|point| point.quantity == Some(idx)) {
            point = Some(series.points.remove(at));
        }
    }
    let Some(quantity) = document.quantities.get(idx) else { return };
    let dated = || {
        let time = document.times.get(quantity.time?)?;
        let interval = Some(time.interval?);
        let (value, upper) = (quantity.value, quantity.upper);
        Some(Point { edtf: time.edtf.clone(), interval, value, upper, quantity: Some(idx), derived: None })
    };
    let point = point.or_else(dated);
    let unit = quantity.unit.clone();
    if let Some(point) = point {
        put(document, point, name, &unit);
    }
    document.series.retain(|series| !series.points.is_empty());
}

/// Adds a point to the series `name`, which is made where there is none.
pub(super) fn add(document: &mut Document, new: &NewPoint<'_>, name: &str, unit: &str) {
    for series in &mut document.series {
        series.points.retain(|point| point.quantity != Some(new.quantity));
    }
    let point = Point {
        edtf: Some(new.edtf.clone()),
        interval: new.edtf.interval(),
        value: new.value,
        upper: new.upper,
        quantity: Some(new.quantity),
        derived: None,
    };
    put(document, point, name, unit);
    document.series.retain(|series| !series.points.is_empty());
}

fn put(document: &mut Document, point: Point, name: &str, unit: &str) {
    let known = document.series.iter().position(|series| series.name == name && series.unit == unit);
    let idx = known.unwrap_or_else(|| {
        document.series.push(Series { name: name.to_owned(), unit: unit.to_owned(), points: Vec::new() });
        document.series.len() - 1
    });
    if let Some(series) = document.series.get_mut(idx) {
        series.points.push(point);
        sort(series);
    }
}

fn sort(series: &mut Series) {
    series.points.sort_by(|a, b| {
        let key = |point: &Point| (point.interval, point.derived.is_some(), point.quantity);
        key(a).cmp(&key(b)).then(a.value.total_cmp(&b.value))
    });
}
