//! The points of all series on their way into joined ones: words as numbers, so that millions of them take little room
//! and are put in order without a look at a word.

use super::{
    PointSource,
    index::{PointDigest, SeriesRow},
    period::{Told, period},
};
use crate::{edtf::Interval, extract::quantity::same};
use rayon::prelude::*;
use std::collections::HashMap;

/// A point with the numbers of its words.
#[derive(Debug, Clone)]
pub(super) struct Telling {
    pub interval: Option<Interval>,
    pub value: f64,
    pub upper: Option<f64>,
    pub is_derived: bool,
    name: u32,
    unit: u32,
    /// The place that the words before it begin with.
    area: u32,
    article: u32,
    doc: u32,
    series: u32,
    point: u32,
}

impl Telling {
    /// Where it stands.
    pub const fn source(&self) -> PointSource {
        PointSource { document: self.doc as usize, series: self.series as usize, point: self.point as usize }
    }
}

/// What series must have in common to be one; words as their places among all words in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    area: u32,
    core: u32,
    said: u32,
    unit: u32,
    /// Where a name says too little to be joined with others': document and article.
    own: Option<(u32, u32)>,
}

/// Points as they are gathered.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    names: Words,
    units: Words,
    areas: Words,
    tellings: Vec<Telling>,
}

/// Words, each once, with its number.
#[derive(Debug, Default)]
struct Words(HashMap<Box<str>, u32>);

impl Words {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.0.get(word) {
            return *number;
        }
        let number = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(word.into(), number);
        number
    }

    /// By number.
    fn into_list(self) -> Vec<Box<str>> {
        let mut words: Vec<(u32, Box<str>)> = self.0.into_iter().map(|(word, number)| (number, word)).collect();
        words.sort_unstable_by_key(|(number, _)| *number);
        words.into_iter().map(|(_, word)| word).collect()
    }
}

impl Gathering {
    /// Adds the points of a series.
    pub fn add(&mut self, row: &SeriesRow) {
        let (name, unit) = (self.names.number(&row.digest.name), self.units.number(&row.digest.unit));
        for (idx, point) in row.digest.points.iter().enumerate() {
            let &PointDigest { interval, value, upper, is_derived, article, ref area } = point;
            let area = self.areas.number(area.as_deref().unwrap_or_default());
            let (doc, series, point) = (row.doc, row.series, idx as u32);
            let told = Telling { interval, value, upper, is_derived, name, unit, area, article, doc, series, point };
            self.tellings.push(told);
        }
    }

    /// All that was gathered.
    pub fn finish(self) -> Gathered {
        let Self { names, units, areas, tellings } = self;
        Gathered { names: names.into_list(), units: units.into_list(), areas: areas.into_list(), tellings }
    }
}

/// The points of all series, in the order of the documents.
#[derive(Debug)]
pub(super) struct Gathered {
    names: Vec<Box<str>>,
    units: Vec<Box<str>>,
    areas: Vec<Box<str>>,
    pub tellings: Vec<Telling>,
}

/// What a name says, its words as their places in order.
struct Name {
    area: Option<u32>,
    core: u32,
    said: u32,
    is_rate: bool,
    is_stock: bool,
    /// Whether it says nothing without its subject.
    is_bare: bool,
}

/// Points that are of one measure, in the order of the documents.
pub(super) struct Together<'a> {
    all: &'a Gathered,
    /// The place that is measured; empty for the whole country and where none is told.
    pub area: &'a str,
    /// Each with what it is told for, in the order of the documents.
    pub tellings: Vec<(&'a Telling, Told)>,
}

impl Together<'_> {
    /// What the series is called that a point is of.
    pub fn name(&self, telling: &Telling) -> &str {
        self.all.name(telling)
    }

    /// Its unit.
    pub fn unit(&self, telling: &Telling) -> &str {
        self.all.unit(telling)
    }
}

impl Gathered {
    /// What the series is called that a point is of.
    pub fn name(&self, telling: &Telling) -> &str {
        self.names.get(telling.name as usize).map_or("", |name| name)
    }

    /// Its unit.
    pub fn unit(&self, telling: &Telling) -> &str {
        self.units.get(telling.unit as usize).map_or("", |unit| unit)
    }

    /// What `make` makes of the points that are of one measure, measure by measure, on all cores.
    pub fn by_measure<T: Send>(&self, make: impl Fn(&Together<'_>) -> Vec<T> + Sync) -> Vec<T> {
        // Years of news tell the same measures again and again: each name is taken apart once.
        let parts: Vec<same::Same> = self.names.par_iter().map(|name| same::same(name)).collect();
        let families: Vec<String> = self.units.iter().map(|unit| family(unit)).collect();
        let mut words: Vec<&str> = parts.iter().flat_map(|same| [&*same.area, &*same.core, &*same.said]).collect();
        words.extend(families.iter().map(String::as_str).chain(self.areas.iter().map(|area| &**area)));
        words.extend(["", YEARLY]);
        words.par_sort_unstable();
        words.dedup();
        let place = |word: &str| words.binary_search(&word).map_or(0, |place| place as u32);
        let names: Vec<Name> = parts.iter().map(|same| name_of(same, place)).collect();
        let families: Vec<u32> = families.iter().map(|family| place(family)).collect();
        let areas: Vec<u32> = self.areas.iter().map(|area| place(area)).collect();
        let yearly = place(YEARLY);
        let told = |telling: &Telling| {
            period(telling.interval, names.get(telling.name as usize).is_some_and(|name| name.is_stock))
        };
        let key = |telling: &Telling| {
            let name = names.get(telling.name as usize)?;
            let area = name.area.or_else(|| areas.get(telling.area as usize).copied())?;
            let said = if name.is_rate && told(telling).is_yearly() { yearly } else { name.said };
            let is_nowhere = words.get(area as usize).is_some_and(|area| area.is_empty());
            let own = (name.is_bare && is_nowhere).then_some((telling.doc, telling.article));
            Some(Key { area, core: name.core, said, unit: families.get(telling.unit as usize).copied()?, own })
        };
        let keys = self.tellings.iter().zip(0_u32..);
        let mut order: Vec<(Key, u32)> = keys.filter_map(|(telling, idx)| Some((key(telling)?, idx))).collect();
        order.par_sort_unstable();
        let together = |group: &[(Key, u32)]| {
            let area = group.first().and_then(|(key, _)| words.get(key.area as usize)).copied().unwrap_or_default();
            let tellings = group.iter().filter_map(|(_, idx)| self.tellings.get(*idx as usize));
            make(&Together { all: self, area, tellings: tellings.map(|telling| (telling, told(telling))).collect() })
        };
        order.par_chunk_by(|a, b| a.0 == b.0).flat_map_iter(together).collect()
    }
}

/// What is said of a rate that is told for a year.
const YEARLY: &str = "同比增速";

fn name_of(same: &same::Same, place: impl Fn(&str) -> u32) -> Name {
    let says_where = !same.area.is_empty() || same.is_national;
    Name {
        area: says_where.then(|| place(&same.area)),
        core: place(&same.core),
        said: place(&same.said),
        is_rate: same.said == "增速",
        is_stock: same.is_stock(),
        is_bare: same.is_bare(),
    }
}

/// The unit, or the first of the units that it is converted with; what a rate is per stays.
fn family(unit: &str) -> String {
    let (base, per) = unit.split_once('/').map_or((unit, ""), |(base, per)| (base, per));
    let family = same::conversion(base).map_or_else(|| base.to_owned(), |(family, _)| format!("#{family}"));
    if per.is_empty() { family } else { format!("{family}/{per}") }
}
