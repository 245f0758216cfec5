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
    gathered::{Gathered, Gathering, Telling, Together},
    index::{SeriesRow, digest},
    period::{Period, Told},
};
use crate::{
    edtf::{Interval, Moment},
    extract::quantity::{Decimal, same},
};
use chrono::Datelike as _;
use rayon::prelude::*;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// One value at one time, with all that say so.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupPoint {
    /// When.
    pub interval: Option<Interval>,
    /// In the group's unit.
    pub value: f64,
    /// The upper end where a range is given.
    pub upper: Option<f64>,
    /// Whether no source prints it.
    pub is_derived: bool,
    /// Who says so.
    pub sources: Vec<PointSource>,
}

/// The same measure in the same unit, from all documents: which points of which series it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesGroup {
    /// What is measured.
    pub name: String,
    /// The unit of every value.
    pub unit: String,
    /// What stretch each value is told for; `None` where that is not one for all.
    pub period: Option<Period>,
    /// By time. Sources that disagree give several points at one time.
    pub points: Vec<GroupPoint>,
}

impl SeriesGroup {
    /// The series it is made of, as (document, series), in the order of the corpus.
    pub fn parts(&self) -> Vec<(usize, usize)> {
        let sources = self.points.iter().flat_map(|point| &point.sources);
        let mut parts: Vec<_> = sources.map(|source| (source.document, source.series)).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    /// Whether a point of this series, given as (document, series), is in it.
    pub fn has(&self, part: (usize, usize)) -> bool {
        let mut sources = self.points.iter().flat_map(|point| &point.sources);
        sources.any(|source| (source.document, source.series) == part)
    }

    /// The series that it gets most points from, as (document, series); the first of equals.
    pub fn main_part(&self) -> Option<(usize, usize)> {
        let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for source in self.points.iter().flat_map(|point| &point.sources) {
            *counts.entry((source.document, source.series)).or_default() += 1;
        }
        counts.into_iter().min_by_key(|&(part, n)| (Reverse(n), part)).map(|(part, _)| part)
    }

    /// At how many times it has a value.
    pub fn n_times(&self) -> usize {
        // Points are by time.
        let is_new =
            |idx: usize| idx == 0 || self.points.get(idx - 1).map(|p| p.interval) != Some(self.points[idx].interval);
        (0..self.points.len()).filter(|&idx| is_new(idx)).count()
    }

    /// In how many months its times end: three years of monthly figures say more than three months of daily ones.
    fn n_months(&self) -> usize {
        let month = |point: &GroupPoint| {
            let interval = point.interval?;
            let last = interval.end.or(interval.start)?.0 - chrono::TimeDelta::seconds(1);
            Some((last.year(), last.month()))
        };
        let mut months: Vec<_> = self.points.iter().filter_map(month).collect();
        months.sort_unstable();
        months.dedup();
        months.len()
    }
}

/// Joins the series of all documents, by name, unit and period; points of the same time and value are one point
/// with several sources.
pub fn join_series(entries: &[Entry]) -> Vec<JoinedSeries> {
    let rows: Vec<SeriesRow> = entries.par_iter().enumerate().flat_map_iter(|(doc, entry)| rows(doc, entry)).collect();
    let mut gathering = Gathering::default();
    rows.iter().for_each(|row| gathering.add(row));
    drop(rows);
    let mut joined = gathering.finish().by_measure(by_period);
    joined.sort_by(|a, b| (&a.name, &a.unit, a.period).cmp(&(&b.name, &b.unit, b.period)));
    joined.into_iter().map(|group| told_in_full(entries, group)).collect()
}

fn rows(doc: usize, entry: &Entry) -> impl Iterator<Item = SeriesRow> {
    let found = digest(&entry.document, &entry.text).series.into_iter();
    found.map(move |(series, digest)| SeriesRow { doc: doc as u32, series, digest })
}

/// With what the documents say of dates and sums.
fn told_in_full(entries: &[Entry], group: SeriesGroup) -> JoinedSeries {
    let point = |point: GroupPoint| {
        let told = point.sources.first().and_then(|source| {
            entries.get(source.document)?.document.series.get(source.series)?.points.get(source.point)
        });
        JoinedPoint {
            edtf: told.and_then(|told| told.edtf.clone()),
            interval: point.interval,
            value: point.value,
            upper: point.upper,
            derived: told.and_then(|told| told.derived.clone()).filter(|_| point.is_derived),
            sources: point.sources,
        }
    };
    JoinedSeries {
        name: group.name,
        unit: group.unit,
        period: group.period.unwrap_or(Period::Span),
        points: group.points.into_iter().map(point).collect(),
    }
}

/// What a window lists: as [`join_series`], but times that stand alone in their period are kept together, and what
/// one document tells stays as it tells it. Those that cover most months come first, then those of most times.
pub(super) fn groups(gathering: Gathering, n_docs: usize) -> Vec<SeriesGroup> {
    let gathered = gathering.finish();
    let groups = if n_docs <= 1 {
        by_name(&gathered)
    } else {
        gathered.by_measure(|together| with_loners_together(by_period(together)))
    };
    drop(gathered);
    // The parts of a series are told apart by the first of them nearly always.
    let first = |group: &SeriesGroup| {
        let sources = group.points.iter().flat_map(|point| &point.sources);
        sources.map(|source| (source.document, source.series)).min()
    };
    let mut ranked: Vec<_> = groups
        .into_iter()
        .map(|group| {
            ((Reverse(group.n_months()), Reverse(group.n_times()), Reverse(group.points.len()), first(&group)), group)
        })
        .collect();
    ranked.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.parts().cmp(&other.parts())));
    ranked.into_iter().map(|(_, group)| group).collect()
}

/// The points of series of the same name and unit, as they are.
fn by_name(gathered: &Gathered) -> Vec<SeriesGroup> {
    let mut groups: BTreeMap<(&str, &str), Vec<GroupPoint>> = BTreeMap::new();
    for telling in &gathered.tellings {
        let words = (gathered.name(telling), gathered.unit(telling));
        groups.entry(words).or_default().push(group_point(telling, 1.0));
    }
    let group = |((name, unit), mut points): ((&str, &str), Vec<GroupPoint>)| {
        sort(&mut points, None);
        SeriesGroup { name: name.to_owned(), unit: unit.to_owned(), period: None, points }
    };
    groups.into_iter().map(group).collect()
}

/// Periods of one time each are no series; together they may be one.
fn with_loners_together(groups: Vec<SeriesGroup>) -> Vec<SeriesGroup> {
    let (mut kept, loners): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.n_times() > 1);
    let Some(mut one) = loners.into_iter().reduce(|mut one, other| {
        one.period = None;
        one.points.extend(other.points);
        one
    }) else {
        return kept;
    };
    sort(&mut one.points, one.period);
    one.points.shrink_to_fit();
    kept.push(one);
    kept
}

/// The points of one measure cut into series of one period.
fn by_period(together: &Together<'_>) -> Vec<SeriesGroup> {
    let told: Vec<Told> = together.tellings.iter().map(|(_, told)| *told).collect();
    let unit = most_frequent(together.tellings.iter().map(|(telling, _)| together.unit(telling)));
    let name = most_frequent(together.tellings.iter().map(|(telling, _)| together.name(telling)));
    let is_named = together.area.is_empty() || name.contains(together.area);
    let name = if is_named { name.to_owned() } else { format!("{}{name}", together.area) };
    let mut periods: BTreeMap<Period, Vec<GroupPoint>> = BTreeMap::new();
    for (telling, one) in &together.tellings {
        let (first, second) = one.settled(&told);
        let new = group_point(telling, same::factor(together.unit(telling), unit));
        for period in std::iter::once(first).chain(second) {
            add(periods.entry(period).or_default(), &new, period);
        }
    }
    let group = |(period, mut points): (Period, Vec<GroupPoint>)| {
        sort(&mut points, Some(period));
        without_needless(&mut points, period);
        // Most series have one point, and there are very many.
        points.shrink_to_fit();
        SeriesGroup { name: name.clone(), unit: unit.to_owned(), period: Some(period), points }
    };
    periods.into_iter().map(group).collect()
}

/// Without the derived points of a time whose value was printed, and with one derived point for a time at most: what
/// rates of change give differs by their rounding and is no figure that contradicts another.
fn without_needless(points: &mut Vec<GroupPoint>, period: Period) {
    let time = |point: &GroupPoint| time_of(point, Some(period));
    let mut told: BTreeSet<_> = points.iter().filter(|point| !point.is_derived).map(time).collect();
    points.retain(|point| !point.is_derived || told.insert(time(point)));
}

/// What tells the times of a series apart: a moment by its end alone.
fn time_of(point: &GroupPoint, period: Option<Period>) -> (Option<Moment>, Option<Moment>) {
    match period {
        Some(Period::Moment) => (None, point.interval.and_then(|i| i.end.or(i.start))),
        _ => (point.interval.and_then(|i| i.start), point.interval.and_then(|i| i.end)),
    }
}

fn sort(points: &mut [GroupPoint], period: Option<Period>) {
    points.sort_by(|a, b| time_of(a, period).cmp(&time_of(b, period)).then(a.value.total_cmp(&b.value)));
}

fn group_point(telling: &Telling, factor: f64) -> GroupPoint {
    GroupPoint {
        interval: telling.interval,
        value: if factor == 1.0 { telling.value } else { telling.value * factor },
        upper: telling.upper.map(|upper| upper * factor),
        is_derived: telling.is_derived,
        sources: vec![telling.source()],
    }
}

/// Adds a telling to the point that says the same, or as a point of its own.
fn add(points: &mut Vec<GroupPoint>, new: &GroupPoint, period: Period) {
    // 10月末 and 截至10月31日 are the same moment.
    let end = |interval: Option<Interval>| interval.and_then(|interval| interval.end.or(interval.start));
    let same_time = |old: &GroupPoint| {
        old.interval == new.interval || period == Period::Moment && end(old.interval) == end(new.interval)
    };
    let same =
        points.iter_mut().find(|old| same_time(old) && old.upper == new.upper && figures_agree(old.value, new.value));
    let Some(old) = same else {
        points.push(new.clone());
        return;
    };
    // The figure told most exactly stands for the rounded ones.
    if place_of(new.value) < place_of(old.value) && (!new.is_derived || old.is_derived) {
        old.value = new.value;
    }
    old.is_derived &= new.is_derived;
    old.sources.extend(new.sources.iter().cloned());
}

/// Whether the coarser of two figures of one unit is the finer one, rounded: 6.87亿 and 68653万 agree.
///
/// ```
/// use nianbiao::corpus::figures_agree;
/// assert!(figures_agree(687e6, 686.53e6));
/// assert!(!figures_agree(687e6, 682.85e6));
/// ```
pub fn figures_agree(a: f64, b: f64) -> bool {
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
            let source = Source::of("a", *text);
            let options = ReadOptions { dct: "2023-12-31".parse().ok(), id: None, ..ReadOptions::default() };
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
