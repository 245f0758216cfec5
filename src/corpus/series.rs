//! One measure told by many documents, as one series.
//!
//! ```text
//! 我国货物贸易进出口总值 4.2万亿元 (12 May)  ┐
//! 全国外贸进出口总额 3.9万亿元 (9 June)      ┘→  进出口总额, month by month, with the documents that say so
//! ```
//!
//! Names meet where [`same`] says they mean the same measure of the same place; values meet in one unit and one
//! [`Period`]. What disagrees at one time stands side by side, each with its sources.

use super::{
    Entry, JoinedPoint, JoinedSeries, PointSource,
    period::{Period, Told, period},
};
use crate::{
    edtf::Interval,
    extract::{
        event::place,
        quantity::{Decimal, same},
    },
    model::{Document, Point, Series},
};
use std::collections::BTreeMap;

/// What series must have in common to be one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    area: String,
    core: String,
    said: String,
    unit: String,
    /// Where a name says too little to be joined with others': document and article.
    own: Option<(usize, usize)>,
}

/// A point on its way into a joined series.
struct Telling<'a> {
    source: PointSource,
    point: &'a Point,
    name: &'a str,
    unit: &'a str,
    told: Told,
}

/// Joins the series of all documents, by name, unit and period; points of the same time and value are one point
/// with several sources.
pub fn join_series(entries: &[Entry]) -> Vec<JoinedSeries> {
    let mut groups: BTreeMap<Key, Vec<Telling<'_>>> = BTreeMap::new();
    for (document, entry) in entries.iter().enumerate() {
        for (series_idx, series) in entry.document.series.iter().enumerate() {
            let parts = same::same(&series.name);
            let is_stock = parts.is_stock();
            for (point_idx, point) in series.points.iter().enumerate() {
                let told = period(point, is_stock);
                let mut key = key(entry, document, &parts, series, point);
                if key.said == "增速" && told.is_yearly() {
                    "同比增速".clone_into(&mut key.said);
                }
                groups.entry(key).or_default().push(Telling {
                    source: PointSource { document, series: series_idx, point: point_idx },
                    point,
                    name: &series.name,
                    unit: &series.unit,
                    told,
                });
            }
        }
    }
    let mut joined: Vec<JoinedSeries> =
        groups.into_iter().flat_map(|(key, tellings)| by_period(&key, &tellings)).collect();
    joined.sort_by(|a, b| (&a.name, &a.unit, a.period).cmp(&(&b.name, &b.unit, b.period)));
    joined
}

fn key(entry: &Entry, document: usize, parts: &same::Same, series: &Series, point: &Point) -> Key {
    let quantity = point.quantity.or_else(|| point.derived.as_ref()?.from.first().copied());
    let quantity = quantity.and_then(|idx| entry.document.quantities.get(idx));
    let area = if parts.area.is_empty() && !parts.is_national {
        quantity.and_then(|q| area(&entry.document, &entry.text, q.span.start, q.article)).unwrap_or_default()
    } else {
        parts.area.clone()
    };
    let own = (area.is_empty() && parts.is_bare()).then(|| (document, quantity.map_or(0, |q| q.article)));
    Key { area, core: parts.core.clone(), said: parts.said.clone(), unit: family(&series.unit), own }
}

/// The place that the sentence up to `at`, or else the article's headline, begins with.
fn area(document: &Document, text: &str, at: usize, article: usize) -> Option<String> {
    let before = text.get(..at)?;
    let start = before.rfind(['。', '\n', '！', '？', '>']).map_or(0, |at| at + 1);
    let sentence = text.get(text.ceil_char_boundary(start)..at).unwrap_or_default();
    let headline = document.articles.get(article).and_then(|article| article.headline.as_deref()).unwrap_or_default();
    [sentence, headline].into_iter().find_map(|words| {
        let nation = ["我国", "全国", "中国"].iter().filter_map(|word| words.find(word)).min();
        match (place::opening(words), nation) {
            (Some(place), Some(nation)) if words.find(&place).is_some_and(|at| at < nation) => Some(place),
            (_, Some(_)) => Some(String::new()),
            (place, None) => place,
        }
    })
}

/// The unit, or the first of the units that it is converted with; what a rate is per stays.
fn family(unit: &str) -> String {
    let (base, per) = unit.split_once('/').map_or((unit, ""), |(base, per)| (base, per));
    let family = same::conversion(base).map_or_else(|| base.to_owned(), |(family, _)| format!("#{family}"));
    if per.is_empty() { family } else { format!("{family}/{per}") }
}

/// A group cut into series of one period.
fn by_period(key: &Key, tellings: &[Telling<'_>]) -> Vec<JoinedSeries> {
    let told: Vec<Told> = tellings.iter().map(|telling| telling.told).collect();
    let unit = most_frequent(tellings.iter().map(|telling| telling.unit));
    let name = most_frequent(tellings.iter().map(|telling| telling.name));
    let is_named = key.area.is_empty() || name.contains(&key.area);
    let name = if is_named { name.to_owned() } else { format!("{}{name}", key.area) };
    let mut periods: BTreeMap<Period, Vec<JoinedPoint>> = BTreeMap::new();
    for telling in tellings {
        let (first, second) = telling.told.settled(&told);
        for period in std::iter::once(first).chain(second) {
            add(periods.entry(period).or_default(), telling, unit, period);
        }
    }
    periods
        .into_iter()
        .map(|(period, mut points)| {
            points.sort_by(|a, b| {
                let when = |point: &JoinedPoint| match period {
                    Period::Moment => (None, point.interval.and_then(|i| i.end.or(i.start))),
                    _ => (point.interval.and_then(|i| i.start), point.interval.and_then(|i| i.end)),
                };
                when(a).cmp(&when(b)).then(a.value.total_cmp(&b.value))
            });
            JoinedSeries { name: name.clone(), unit: unit.to_owned(), period, points }
        })
        .collect()
}

/// Adds a telling to the point that says the same, or as a point of its own.
fn add(points: &mut Vec<JoinedPoint>, telling: &Telling<'_>, unit: &str, period: Period) {
    let Telling { point, .. } = telling;
    let factor = same::factor(telling.unit, unit);
    let value = if factor == 1.0 { point.value } else { point.value * factor };
    let upper = point.upper.map(|upper| upper * factor);
    // 10月末 and 截至10月31日 are the same moment.
    let end = |interval: Option<Interval>| interval.and_then(|interval| interval.end.or(interval.start));
    let same_time = |old: &JoinedPoint| {
        old.interval == point.interval || period == Period::Moment && end(old.interval) == end(point.interval)
    };
    let same = points.iter_mut().find(|old| same_time(old) && old.upper == upper && agree(old.value, value));
    let Some(old) = same else {
        points.push(JoinedPoint {
            edtf: point.edtf.clone(),
            interval: point.interval,
            value,
            upper,
            derived: point.derived.clone(),
            sources: vec![telling.source.clone()],
        });
        return;
    };
    // The figure told most exactly stands for the rounded ones.
    if place_of(value) < place_of(old.value) && (point.derived.is_none() || old.derived.is_some()) {
        old.value = value;
    }
    if point.derived.is_none() {
        old.derived = None;
    }
    old.sources.push(telling.source.clone());
}

/// Whether the coarser of two figures is the finer one, rounded.
fn agree(a: f64, b: f64) -> bool {
    if a == b {
        return true;
    }
    let (coarse, fine) = if place_of(a) > place_of(b) { (a, b) } else { (b, a) };
    let n_figures = coarse.abs().log10().floor() - f64::from(place_of(coarse));
    n_figures >= 1.0 && Decimal::from_f64(fine).rounded(place_of(coarse)).to_f64() == coarse
}

fn place_of(value: f64) -> i32 {
    Decimal::from_f64(value).last_place()
}

/// The word that occurs most; the shortest and first of those that occur as often.
fn most_frequent<'a>(words: impl Iterator<Item = &'a str>) -> &'a str {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    let best = counts.into_iter().min_by_key(|&(word, n)| (std::cmp::Reverse(n), word.len()));
    best.map_or("", |(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, read},
        text::Source,
        warn::Reporter,
    };

    /// Each line of `expected` is a series: name, period, and its points with their number of sources.
    #[track_caller]
    fn check(texts: &[&str], name: &str, expected: &[&str]) {
        let read_one = |text: &&str| {
            let source =
                Source { path: "a".into(), text: (*text).into(), encoding: String::new(), sha256: String::new() };
            let options = ReadOptions { dct: "2023-12-31".parse().ok(), id: None };
            read(source, &options, Reporter::new())
        };
        let entries: Vec<Entry> = texts.iter().map(read_one).collect();
        let shown: Vec<String> = join_series(&entries)
            .iter()
            .filter(|series| series.name.contains(name))
            .map(|series| {
                let points: Vec<String> = series
                    .points
                    .iter()
                    .map(|p| format!("{}={}×{}", p.edtf.as_ref().map_or("", |e| e.as_str()), p.value, p.sources.len()))
                    .collect();
                format!("{} {:?} {}", series.name, series.period, points.join(" "))
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn months_years_and_sums_of_months_are_kept_apart() {
        check(
            &[
                "2023年3月，我国货物贸易进出口总值3.7万亿元。",
                "2023年4月，全国外贸进出口总额3.43万亿元。",
                "2023年前4个月，我国货物贸易进出口总值13.32万亿元。2023年一季度，我国货物贸易进出口总值9.89万亿元。",
                "2022年，我国货物贸易进出口总值42.07万亿元。",
            ],
            "进出口",
            &[
                "我国货物贸易进出口总值 Month 2023-03=3700000000000×1 2023-04=3430000000000×1",
                "我国货物贸易进出口总值 Year 2022=42070000000000×1",
                "我国货物贸易进出口总值 Cumulative 2023-33=9890000000000×1 2023-01/2023-04=13320000000000×1",
            ],
        );
    }

    #[test]
    fn rounded_figures_are_sources_and_others_vintages() {
        check(
            &[
                "2022年，我国粮食总产量68653万吨。",
                "2022年，我国粮食总产量6.87亿吨。",
                "2022年，我国粮食产量68285万吨。",
                "2022年，我国粮食总产量1.37306万亿斤。",
            ],
            "粮食",
            &["我国粮食总产量 Year 2022=682850000×1 2022=686530000×3"],
        );
    }

    #[test]
    fn names_without_a_subject_are_not_joined() {
        check(
            &["2022年，大桥总投资30亿元。", "2022年，水库工程开工，总投资45亿元。"],
            "总投资",
            &["大桥总投资 Year 2022=3000000000×1", "总投资 Year 2022=4500000000×1"],
        );
        check(
            &["2022年，广东社会消费品零售总额4.49万亿元。", "2022年，社会消费品零售总额43.97万亿元。"],
            "零售",
            &["广东社会消费品零售总额 Year 2022=4490000000000×1", "社会消费品零售总额 Year 2022=43970000000000×1"],
        );
    }
}
