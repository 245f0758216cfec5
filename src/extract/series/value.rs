//! A printed quantity as a value on its way into a series: its name, its time, its sign.

use super::Facts;
use crate::{
    edtf::{Edtf, Interval},
    extract::quantity::{
        measure::{self, Basis},
        same,
    },
    model::{Direction, Point, QuantityKind},
};

/// One value on its way into a series.
#[derive(Debug, Clone)]
pub struct Value {
    /// Its series: the name by which others of the same measure meet it, and the unit.
    pub key: (same::Same, String),
    /// Its series' name as printed.
    pub name: String,
    /// The point.
    pub point: Point,
}

/// The printed quantity `idx` as a point, where it is one.
pub fn printed(facts: &Facts<'_>, idx: usize) -> Option<Value> {
    let reading = facts.readings.get(idx)?;
    let item = &facts.quantities.get(idx)?.item;
    let is_share = item.unit == "%";
    let counts =
        !matches!(item.kind, QuantityKind::Ordinal | QuantityKind::Age) && item.unit != "pp" && item.unit != "times";
    let is_lone = reading.is_count && !reading.is_inherited && item.unit != "人" && !goes_on(facts, idx);
    if !counts || reading.core.is_empty() || is_lone {
        return None;
    }
    let (mut edtf, mut interval) = when(facts, reading.time?)?;
    if let Some(nth) = reading.nth {
        let part = nth_part(edtf.as_ref()?, nth)?;
        interval = part.interval()?;
        edtf = Some(part);
    }
    // A change in money or tonnes is an operand; a rate of change is a measure of its own.
    let (said, sign) = match reading.direction {
        None => (reading.said.clone(), 1.0),
        Some(_) if !is_share => return None,
        Some(direction) => {
            (rate_name(&reading.core, &basis_of(facts, idx)), if direction == Direction::Down { -1.0 } else { 1.0 })
        }
    };
    let per = item.per.as_ref().filter(|_| item.unit != "%").map_or_else(String::new, |per| format!("/{}", per.0));
    let name = format!("{}{said}", reading.core);
    let mut same = same::same(&name);
    same.is_national = false;
    Some(Value {
        key: (same, format!("{}{per}", item.unit)),
        name,
        point: Point {
            edtf,
            interval: Some(interval),
            value: sign * item.value,
            upper: item.upper.map(|upper| sign * upper),
            quantity: Some(idx),
            derived: None,
        },
    })
}

/// Year, quarter or month `nth`, from 0, of a range: `2024-34` is the second of `2024-33/2024-35`.
fn nth_part(range: &Edtf, nth: u16) -> Option<Edtf> {
    let (first, _) = range.as_str().split_once('/')?;
    match first.split_once('-').filter(|(year, _)| !year.is_empty()) {
        Some((year, part)) => format!("{year}-{:02}", part.parse::<u16>().ok()? + nth).parse().ok(),
        None => Some(Edtf::from_year(range.start()?.year()? + i32::from(nth))),
    }
}

/// What is said of a rate; one that names no base goes on with the base of the rate before it in the paragraph:
/// 进出口5万亿元，同比增长6%，其中出口增长7%.
fn basis_of(facts: &Facts<'_>, idx: usize) -> String {
    let (Some(quantity), Some(reading)) = (facts.quantities.get(idx), facts.readings.get(idx)) else {
        return String::new();
    };
    let is_bare = reading.basis == Basis::None && !BASES.iter().any(|basis| reading.said.contains(basis));
    if !is_bare {
        return reading.said.clone();
    }
    let told = (0..idx)
        .rev()
        .map_while(|before| Some((facts.quantities.get(before)?, facts.readings.get(before)?)))
        .take_while(|(before, _)| before.block == quantity.block)
        .filter(|(before, r)| before.item.unit == "%" && r.direction.is_some())
        .find(|(_, r)| r.basis != Basis::None || BASES.iter().any(|basis| r.said.contains(basis)));
    match told {
        Some((_, before)) if before.said.contains("同比") && (before.time == reading.time || before.is_start) => {
            format!("同比{}", reading.said)
        }
        _ => reading.said.clone(),
    }
}

/// Whether a later value goes on with what is counted: 2000年有12家企业，2010年增加到45家.
fn goes_on(facts: &Facts<'_>, idx: usize) -> bool {
    let (Some(q), Some(r)) = (facts.quantities.get(idx), facts.readings.get(idx)) else { return false };
    (idx + 1..facts.quantities.len()).take(3).any(|later| {
        let (Some(b), Some(x)) = (facts.quantities.get(later), facts.readings.get(later)) else { return false };
        x.is_inherited && x.core == r.core && b.item.unit == q.item.unit && b.block == q.block && x.time != r.time
    })
}

/// What a rate may be reckoned against.
const BASES: [&str; 8] = ["累计同比", "同比", "环比", "年均", "两年平均", "三年平均", "月均", "平均"];

/// 同比增长 and 同比下降 are one rate: 同比增速.
fn rate_name(core: &str, said: &str) -> String {
    // 名义增长 and 实际增长 of one income are two rates.
    let terms = ["同比名义", "同比实际", "名义", "实际"];
    if let Some(term) = terms.iter().find(|term| said.starts_with(**term)) {
        return format!("{term}增速");
    }
    let basis = BASES.iter().find(|basis| said.starts_with(**basis));
    let is_rate =
        ["率", "幅", "增速", "速度", "幅度"].iter().any(|end| core.ends_with(end)) && !measure::is_level_of_rate(core);
    if is_rate { String::new() } else { format!("{}增速", basis.copied().unwrap_or_default()) }
}

/// The date and stretch of time `time`.
pub fn when(facts: &Facts<'_>, time: usize) -> Option<(Option<Edtf>, Interval)> {
    let time = &facts.times.get(time)?.item;
    Some((time.edtf.clone(), time.interval?))
}
