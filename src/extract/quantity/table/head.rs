//! The head of a table: what each column says of the cells below it.

use super::{Row, as_unit};
use crate::{
    extract::{Found, quantity::lexicon},
    model::Time,
};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

/// The words of `rules/quantity/table.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TableWords {
    stated: Vec<String>,
    units: Vec<String>,
    /// What is said of a measure → the heads that say so.
    growth: BTreeMap<String, Vec<String>>,
    share: Vec<String>,
    level: Vec<String>,
    part: Vec<String>,
}

impl TableWords {
    /// The bundled ones.
    pub(super) fn bundled() -> &'static Self {
        static WORDS: LazyLock<TableWords> = LazyLock::new(|| lexicon::parse("rules/quantity/table.toml"));
        &WORDS
    }

    /// What a head says of a measure's growth: 同比增长 of 同比± (%).
    fn growth(&self, head: &str) -> Option<&str> {
        let found = self.growth.iter().flat_map(|(said, heads)| heads.iter().map(move |word| (word, said)));
        found
            .filter(|(word, _)| head.contains(word.as_str()))
            .max_by_key(|(word, _)| word.len())
            .map(|(_, said)| said.as_str())
    }

    /// Whether `name` is a row that tells the growth of the row above and nothing else.
    pub(super) fn is_growth(&self, name: &str) -> bool {
        self.growth.values().flatten().any(|word| word == name)
    }

    /// The unit that a line above a table states: 万元 of 单位：万元、%.
    pub(super) fn stated_unit(&self, line: &str) -> Option<String> {
        let behind = self.stated.iter().find_map(|mark| line.split_once(mark.as_str()).map(|(_, rest)| rest))?;
        let units = behind.split([' ', '）', ')', '\u{3000}', '，', ',', '、', '；', '/', '（', '(']);
        units.map(str::trim).find(|unit| as_unit("1", unit).is_some()).map(str::to_owned)
    }

    /// 产量（万吨） → 产量 and 万吨; 其中：出口 → 出口; 二、财政 → 财政.
    pub(super) fn name_and_unit(&self, cell: &str) -> (String, String) {
        let cell = cell.trim();
        let bare = self.part.iter().find_map(|mark| cell.strip_prefix(mark.as_str())).unwrap_or(cell);
        let name = without_number(bare).trim();
        let split = name.strip_suffix(['）', ')']).and_then(|inside| inside.rsplit_once(['（', '(']));
        match split {
            // 元／股
            Some((name, unit)) if unit.contains('／') && as_unit("1", &unit.replace('／', "/")).is_some() => {
                (name.trim().to_owned(), unit.replace('／', "/"))
            }
            Some((name, unit)) if unit == "%" || unit == "±%" => (name.trim().to_owned(), "%".to_owned()),
            Some((name, unit)) if as_unit("1", unit).is_some() => (name.trim().to_owned(), unit.trim().to_owned()),
            _ => (name.to_owned(), String::new()),
        }
    }
}

/// Without the number of an item: 二、财政收入, （一）农业, 1.粮食.
fn without_number(name: &str) -> &str {
    let digits = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
    let (inner, is_bracketed) = match name.strip_prefix(['（', '(']) {
        Some(inner) => (inner, true),
        None => (name, false),
    };
    let rest = inner.trim_start_matches(digits);
    if rest.len() == inner.len() {
        return name;
    }
    let marks: &[char] = if is_bracketed { &['）', ')'] } else { &['、', '．', '.'] };
    rest.strip_prefix(marks).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(name)
}

/// What the cells of a column are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Says {
    /// The measure itself; the name is what the column adds to the row's (产量), often nothing.
    Level(String),
    /// How the level named before grew, in the words kept behind the name: 同比增长.
    Growth { said: String, of: String },
    /// Its share of a whole.
    Share,
    /// The unit of each row.
    Unit,
}

/// What stands at the head of a column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// What its cells are.
    pub says: Says,
    /// The unit printed in the head.
    pub unit: String,
    /// Its time; where it has none, that of the column before, and for a growth the latest of the levels before it: 2023年 |
    /// 2022年 | 增长 tells how 2023 grew.
    pub time_or_before: Option<usize>,
}

/// What the first row says of the cells below it.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// The first is that of the rows' names.
    pub columns: Vec<Column>,
    /// Whether times stand at the head of columns.
    pub has_times: bool,
}

/// What a cell is of.
pub(super) struct Meaning {
    pub core: String,
    pub said: String,
    pub unit: String,
    pub time: Option<usize>,
}

impl Head {
    /// Reads the head; a corner that is left empty counts as a column where the rows below have `n` cells.
    pub(super) fn of(row: &Row<'_>, n: usize, times: &[Found<Time>]) -> Self {
        let words = TableWords::bundled();
        let mut before = None;
        let mut level = String::new();
        let mut columns: Vec<Column> = Vec::with_capacity(n);
        if row.cells.len() + 1 == n {
            columns.push(Column { says: Says::Level(String::new()), unit: String::new(), time_or_before: None });
        }
        for idx in 0..row.cells.len() {
            let is_first = columns.is_empty();
            // 比上年增长 tells no level of last year.
            let growth = words.growth(row.cell(idx)).filter(|_| !is_first);
            let time = row
                .time(idx, times)
                .filter(|(time, _)| !is_first && !(growth.is_some() && row.is_base(*time, idx, times)));
            let (rest, time) = match time {
                Some((time, rest)) => (rest, Some(time)),
                None => (row.cell(idx), None),
            };
            before = time.or(before);
            let (name, unit) = words.name_and_unit(rest);
            let says = if words.units.contains(&name) {
                Says::Unit
            } else if let Some(said) = growth {
                Says::Growth { said: said.to_owned(), of: level.clone() }
            } else if words.share.iter().any(|word| name.ends_with(word.as_str())) {
                Says::Share
            } else {
                level = if words.level.contains(&name) || name.chars().count() < 2 { String::new() } else { name };
                Says::Level(level.clone())
            };
            if is_first {
                level.clear();
            }
            let time_or_before = match &says {
                Says::Growth { .. } if time.is_none() => latest(&columns, times),
                _ => before,
            };
            columns.push(Column { says, unit, time_or_before });
        }
        Self { columns, has_times: before.is_some() }
    }

    /// The unit that a column of units tells for `row`.
    fn unit_of_row<'r>(&self, row: &Row<'r>) -> &'r str {
        let column = self.columns.iter().position(|column| column.says == Says::Unit);
        column.map_or("", |idx| row.cell(idx))
    }

    /// What cell `idx` of a row that names it tells; `stated` is the unit of the whole table.
    pub(super) fn named_by_row(&self, row: &Row<'_>, idx: usize, stated: &str) -> Option<Meaning> {
        let column = self.columns.get(idx)?;
        let (name, own) = TableWords::bundled().name_and_unit(row.cell(0));
        let time = column.time_or_before;
        let rate = || if column.unit.is_empty() { "%".to_owned() } else { column.unit.clone() };
        let first = |units: [&str; 4]| units.into_iter().find(|unit| !unit.is_empty()).unwrap_or_default().to_owned();
        Some(match &column.says {
            Says::Unit => return None,
            Says::Growth { said, of } => Meaning { core: of_row(name, of), said: said.clone(), unit: rate(), time },
            Says::Share => Meaning { core: name + "占比", said: String::new(), unit: rate(), time },
            Says::Level(of) => {
                let unit = first([&column.unit, &own, self.unit_of_row(row), stated]);
                Meaning { core: of_row(name, of), said: String::new(), unit, time }
            }
        })
    }

    /// What cell `idx` of a row of one time tells.
    pub(super) fn named_by_column(&self, idx: usize, stated: &str) -> Option<Meaning> {
        let column = self.columns.get(idx)?;
        let unit = if column.unit.is_empty() { stated } else { &column.unit };
        let Says::Level(name) = &column.says else { return None };
        Some(Meaning { core: name.clone(), said: String::new(), unit: unit.to_owned(), time: None })
    }
}

/// The latest time that the levels among `columns` are told for; none where one of them has only that of the table.
fn latest(columns: &[Column], times: &[Found<Time>]) -> Option<usize> {
    let levels = columns.iter().skip(1).filter(|column| matches!(column.says, Says::Level(_)));
    let told: Vec<usize> = levels.map(|column| column.time_or_before).collect::<Option<_>>()?;
    told.into_iter().max_by_key(|&time| times.get(time).and_then(|time| time.item.interval))
}

/// What column `of` tells of row `name`: 原煤产量; 发电量 stays, it says itself what is counted.
fn of_row(name: String, of: &str) -> String {
    let says_itself = of.chars().next_back().is_some_and(|end| name.ends_with(end));
    if says_itself { name } else { name + of }
}
