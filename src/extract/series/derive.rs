//! Values that were not printed but follow from those that were: 948亿 − 54亿 for the year before.

use super::{
    Facts,
    points::{self, Value},
};
use crate::{
    edtf::Edtf,
    extract::quantity::{measure, printed_decimal},
    model::{Derivation, Direction, Point, Quantity},
};
use measure::Basis;

/// Every value that a change by an amount gives for its base. A change by a percentage gives none: official rates
/// are often in constant prices, and the quotient would look more exact than it is.
pub fn values(facts: &Facts<'_>) -> Vec<Value> {
    (0..facts.quantities.len()).filter_map(|idx| value(facts, idx)).collect()
}

fn value(facts: &Facts<'_>, idx: usize) -> Option<Value> {
    let reading = facts.readings.get(idx)?;
    let change = &facts.quantities.get(idx)?.item;
    let direction = reading.direction?;
    let level_idx = level(facts, idx)?;
    let level = &facts.quantities.get(level_idx)?.item;
    let edtf = base_time(facts, idx, level_idx)?;
    let interval = edtf.interval()?;
    let (total, step) = (printed_decimal(level), printed_decimal(change));
    let place = total.printed_place().max(step.printed_place());
    let (base, sign) = match direction {
        Direction::Up => (total.minus(step), "−"),
        Direction::Down => (total.plus(step), "+"),
    };
    let mut value = points::printed(facts, level_idx)?;
    value.point = Point {
        edtf: Some(edtf),
        interval: Some(interval),
        value: base.rounded(place).to_f64(),
        upper: None,
        quantity: None,
        derived: Some(Derivation {
            formula: format!("{} {sign} {}", figure(level), figure(change)),
            from: vec![level_idx, idx],
        }),
    };
    Some(value)
}

/// The value that `idx` says the change of: the level of the same measure and unit in its sentence.
pub fn level(facts: &Facts<'_>, idx: usize) -> Option<usize> {
    let reading = facts.readings.get(idx)?;
    let quantity = facts.quantities.get(idx)?;
    let same = |other: usize| {
        let (Some(q), Some(r)) = (facts.quantities.get(other), facts.readings.get(other)) else { return false };
        q.block == quantity.block
            && r.sentence == reading.sentence
            && r.direction.is_none()
            && !r.is_base
            && !r.is_start
            && q.item.unit == quantity.item.unit
            && q.item.upper.is_none()
            && r.core == reading.core
            && r.said.is_empty()
    };
    let told = (0..idx).rev().take(12).find(|&other| same(other));
    // 比上年增加3万吨，达到43万吨
    told.or_else(|| {
        let is_reached =
            |other: usize| same(other) && facts.readings.get(other).is_some_and(|r| r.time == reading.time);
        (idx + 1..facts.quantities.len()).take(2).find(|&other| is_reached(other))
    })
}

/// The time of the base: the one named, else a year before the level's.
fn base_time(facts: &Facts<'_>, idx: usize, level_idx: usize) -> Option<Edtf> {
    let reading = facts.readings.get(idx)?;
    match reading.basis {
        Basis::Time(time) => facts.times.get(time)?.item.edtf.clone(),
        Basis::YearOnYear => year_before(facts.times.get(facts.readings.get(level_idx)?.time?)?.item.edtf.as_ref()?),
        Basis::None | Basis::PeriodOnPeriod | Basis::Average | Basis::Quantity(_) => None,
    }
}

/// The same period of the year before: 2023-01/2023-03 → 2022-01/2022-03.
pub fn year_before(edtf: &Edtf) -> Option<Edtf> {
    let parts: Vec<String> = edtf
        .as_str()
        .split('/')
        .map(|part| {
            let year: i32 = part.get(..4)?.parse().ok()?;
            Some(format!("{:04}{}", year - 1, part.get(4..)?))
        })
        .collect::<Option<_>>()?;
    parts.join("/").parse().ok()
}

/// The number as a person writes it in a sum: 948亿.
pub fn figure(quantity: &Quantity) -> String {
    let unit = &quantity.printed.unit;
    let name = unit.trim_start_matches(['十', '百', '千', '万', '亿', '萬', '億']);
    // 亿千瓦时: the 千 is the unit's.
    let is_of_unit = name.starts_with(['瓦', '克', '米', '卡', '伏', '赫', '帕', '字', '焦']);
    let head = unit.strip_suffix(name).unwrap_or_default();
    let magnitude = if is_of_unit { head.trim_end_matches(['千', '百']) } else { head };
    format!("{}{magnitude}", quantity.printed.number)
}
