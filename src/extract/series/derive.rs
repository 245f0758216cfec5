//! Values that were not printed but follow from those that were: 948亿 − 54亿 for the year before.

use super::{
    Facts,
    value::{Value, printed},
};
use crate::{
    edtf::Edtf,
    extract::quantity::{Decimal, has_constant_prices, measure, printed_decimal},
    model::{Derivation, Direction, Point, Quantity, QuantityKind},
};
use measure::Basis;

/// Every value that a change gives for its base: by an amount, by a rate, by times. Rates of measures that are reckoned
/// in constant prices (增加值, 国内生产总值) give none: the quotient of their levels is another number.
pub fn values(facts: &Facts<'_>) -> Vec<Value> {
    (0..facts.quantities.len()).filter_map(|idx| value(facts, idx)).collect()
}

fn value(facts: &Facts<'_>, idx: usize) -> Option<Value> {
    let reading = facts.readings.get(idx)?;
    let change = &facts.quantities.get(idx)?.item;
    let is_rate = is_rate(change);
    if is_rate && (has_constant_prices(&reading.core) || !is_plain(change)) {
        return None;
    }
    // 占出口的40% is a share of another measure, 恢复至2019年的98% one of this measure's own base.
    if change.unit == "%" && reading.direction.is_none() && !reading.is_multiple {
        return None;
    }
    let level_idx = if is_rate { level_of_rate(facts, idx)? } else { level(facts, idx)? };
    let level = &facts.quantities.get(level_idx)?.item;
    let edtf = base_time(facts, idx, level_idx)?;
    let interval = edtf.interval()?;
    let (base, formula) = base(level, change, reading.direction, figure)?;
    let mut value = printed(facts, level_idx)?;
    value.point = Point {
        edtf: Some(edtf),
        interval: Some(interval),
        value: base,
        upper: None,
        quantity: None,
        derived: Some(Derivation { formula, from: vec![level_idx, idx] }),
    };
    Some(value)
}

/// Whether a change is told as a share of its base or as so many times of it.
fn is_rate(change: &Quantity) -> bool {
    matches!(change.unit.as_str(), "%" | "times")
}

/// Whether a quantity is one number, without 约, 多 or a range.
const fn is_plain(quantity: &Quantity) -> bool {
    quantity.modifier.is_none() && quantity.upper.is_none()
}

/// What `level` was before `change`, no more exact than the two are printed, and the sum that says so. A rate without
/// a direction is a multiple of the base (是2015年的2.5倍). `figure` writes a quantity in the sum.
///
/// 36亿, 4亿, up → 32亿, "36亿 − 4亿"; 6.95亿, 1.3%, up → 6.86亿, "6.95亿 ÷ (1 + 1.3%)".
pub fn base(
    level: &Quantity,
    change: &Quantity,
    direction: Option<Direction>,
    figure: impl Fn(&Quantity) -> String,
) -> Option<(f64, String)> {
    let (total, step) = (printed_decimal(level), printed_decimal(change));
    let (all, part) = (figure(level), figure(change));
    if !is_rate(change) {
        let place = total.printed_place().max(step.printed_place());
        let (base, sign) = match direction? {
            Direction::Up => (total.minus(step), "−"),
            Direction::Down => (total.plus(step), "+"),
        };
        return Some((base.rounded(place).to_f64(), format!("{all} {sign} {part}")));
    }
    let is_share = change.unit == "%";
    let size = if is_share { change.value / 100.0 } else { change.value };
    let part = if part.starts_with(|c: char| c.is_ascii_digit()) { part } else { change.value.to_string() };
    let part = if is_share { format!("{part}%") } else { part };
    let (factor, formula) = match direction {
        Some(Direction::Up) => (1.0 + size, format!("{all} ÷ (1 + {part})")),
        Some(Direction::Down) => (1.0 - size, format!("{all} ÷ (1 − {part})")),
        None => (size, format!("{all} ÷ {part}")),
    };
    // A fall by nine tenths and more leaves so little that its rounding is all there is.
    if factor < 0.1 {
        return None;
    }
    let quotient = level.value / factor;
    // Half of the rate's last place, as a share of the factor, is how far the quotient may be off.
    let unit_of_rate = Decimal::ONE.shifted(step.printed_place()).to_f64() * if is_share { 0.01 } else { 1.0 };
    let slack = quotient.abs() * 0.5 * unit_of_rate / factor;
    // 增长3倍 may be anything from 2.5 to 3.5: no level follows from it.
    if slack > 0.03 * quotient.abs() {
        return None;
    }
    let place_of_slack = (2.0 * slack).max(f64::MIN_POSITIVE).log10().round() as i32;
    // 1亿 after a rise to the twelvefold: a base smaller than the last place printed keeps its first figure.
    let first_figure = quotient.abs().max(f64::MIN_POSITIVE).log10().floor() as i32;
    let place = total.printed_place().min(first_figure).max(place_of_slack);
    let base = Decimal::from_f64(quotient).rounded(place).to_f64();
    // 5万 after a rise of 2.1% was 5万 too, as exactly as it is told: that says less than nothing.
    (base != total.to_f64() || size == 0.0).then_some((base, formula))
}

/// How far back the level of a rate told in turn may stand, in quantities.
const MAX_LISTED: usize = 24;

/// The level that a rate of change is told of: 粮食产量[6.95亿吨]，比上年增长1.3%.
fn level_of_rate(facts: &Facts<'_>, idx: usize) -> Option<usize> {
    let (reading, quantity) = (facts.readings.get(idx)?, facts.quantities.get(idx)?);
    let fits = |other: usize| {
        let (Some(q), Some(r)) = (facts.quantities.get(other), facts.readings.get(other)) else { return false };
        let is_extent = !matches!(q.item.kind, QuantityKind::Ordinal | QuantityKind::Age | QuantityKind::Temperature);
        q.block == quantity.block
            && r.sentence == reading.sentence
            && r.direction.is_none()
            && !r.is_base
            && !r.is_start
            && is_extent
            && !matches!(q.item.unit.as_str(), "" | "%" | "pp" | "times" | "1")
            && is_plain(&q.item)
            && r.core == reading.core
            && r.said.is_empty()
            && r.time == reading.time
    };
    // 分别为3亿元、2亿元，分别增长7%、3%: of those told in turn each has its own.
    if reading.is_listed {
        return (0..idx).rev().take(MAX_LISTED).find(|&other| fits(other));
    }
    // Another level between the two may be what the rate is of.
    let before =
        (0..idx).rev().take(3).find(|&other| facts.readings.get(other).is_some_and(|r| r.direction.is_none()))?;
    fits(before).then_some(before)
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
    let of_level = || facts.times.get(facts.readings.get(level_idx)?.time?)?.item.edtf.as_ref();
    match reading.basis {
        Basis::Time(time) => {
            let base = facts.times.get(time)?.item.edtf.as_ref()?;
            match of_level() {
                // 前三季度完成3亿吨，比上年增长5%: the first three quarters of last year. 截至6月底 is a state, as is 上年.
                Some(level) if is_year(base) && !is_year(level) && !level.as_str().contains("..") => {
                    in_year(level, base)
                }
                _ => Some(base.clone()),
            }
        }
        Basis::YearOnYear => year_before(of_level()?),
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

fn is_year(edtf: &Edtf) -> bool {
    edtf.as_str().len() == 4
}

/// The same months or quarters of another year. Days give none: a feast may move, and 截至6月30日 may be a stock.
fn in_year(edtf: &Edtf, year: &Edtf) -> Option<Edtf> {
    let within =
        |part: &str| part.get(4..).filter(|rest| (1..=3).contains(&rest.len())).map(|rest| format!("{year}{rest}"));
    let parts: Vec<String> = edtf.as_str().split('/').map(within).collect::<Option<_>>()?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_year_is_compared_with_the_same_part() {
        let in_2020 =
            |edtf: &str| in_year(&edtf.parse().unwrap(), &"2020".parse().unwrap()).map(|edtf| edtf.to_string());
        assert_eq!(in_2020("2021-01/2021-09").as_deref(), Some("2020-01/2020-09"));
        assert_eq!(in_2020("2021-33").as_deref(), Some("2020-33"));
        // The spring festival of 2020 was on other days.
        assert_eq!(in_2020("2021-02-11/2021-02-17"), None);
    }
}
