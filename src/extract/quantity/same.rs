//! Which names mean the same measure: 我国货物贸易进出口总值 and 进出口总额, but never 出口.
//!
//! ```text
//! 全国居民消费价格指数（CPI）同比增速  →  居民消费价格指数 | 同比增速
//! 广东社会消费品零售总额              →  广东 | 社会消费品零售总额
//! ```

use super::lexicon::measure_words;
use crate::extract::event::place;

/// A measure's name, taken apart so that names of the same measure are equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Same {
    /// The place it is told of; empty for the whole country and where none is told.
    pub area: String,
    /// Whether the whole country is told.
    pub is_national: bool,
    /// What is measured, by the name that stands for all of its names.
    pub core: String,
    /// 同比增速, 占比: what is said of it.
    pub said: String,
}

impl Same {
    /// Whether the name says nothing without its subject: 总投资.
    pub fn is_bare(&self) -> bool {
        self.area.is_empty() && !self.is_national && measure_words().bare.contains(&self.core)
    }

    /// Whether it is how much there is at a moment: 外汇储备, 贷款余额.
    pub fn is_stock(&self) -> bool {
        let is_new = ["新增", "新接", "新签", "新开", "新建", "新设"].iter().any(|word| self.core.contains(word));
        !is_new && measure_words().stock.iter().any(|end| self.core.ends_with(end.as_str()))
    }
}

/// What may stand before 增速.
const BASES: [&str; 8] = ["累计同比", "同比", "环比", "年均", "两年平均", "三年平均", "月均", "平均"];

/// The parts of a series' name.
pub(crate) fn same(name: &str) -> Same {
    let words = measure_words();
    let (core, said) = said(name);
    let mut core = without_gloss(core);
    let mut is_national = false;
    for nation in &words.national {
        if let Some(rest) = core.strip_prefix(nation.as_str()).filter(|rest| rest.chars().count() > 2) {
            core = rest.trim_start_matches('的').to_owned();
            is_national = true;
            break;
        }
    }
    let area = place::at_start(&core).filter(|area| core.len() > area.len() + "的".len()).unwrap_or_default();
    // 新疆地区生产总值 is the 地区生产总值 of 新疆.
    let is_regional = core.get(area.len()..).is_some_and(|rest| rest.starts_with("生产总值"));
    let area = area.strip_suffix("地区").filter(|_| is_regional).map_or(area.clone(), str::to_owned);
    let mut core = core.get(area.len()..).unwrap_or_default().trim_start_matches('的').to_owned();
    for filler in &words.filler {
        if core.len() > filler.len() + "增长".len() {
            core = core.replace(filler.as_str(), "");
        }
    }
    let core = words.same.get(&core).cloned().unwrap_or(core);
    Same { area, is_national, core, said }
}

/// The family of units that `unit` is converted with, and one of it in the family's first unit.
pub(crate) fn conversion(unit: &str) -> Option<(usize, f64)> {
    measure_words().convert.get(unit).copied()
}

/// What values in `from` are multiplied with to be in `to`; what they are per is the same.
pub(crate) fn factor(from: &str, to: &str) -> f64 {
    let base = |unit: &str| conversion(unit.split('/').next().unwrap_or_default());
    match (base(from), base(to)) {
        (Some((a, one)), Some((b, other))) if a == b && from != to => one / other,
        _ => 1.0,
    }
}

/// The name and the rate told of it: 出口额同比增幅 is 出口额's 同比增速.
fn said(name: &str) -> (&str, String) {
    let Some(told) = GROWTH.iter().find_map(|rate| name.strip_suffix(rate)) else { return (name, String::new()) };
    let core = BASES.iter().find_map(|basis| told.strip_suffix(basis)).unwrap_or(told);
    let basis = told.get(core.len()..).unwrap_or_default();
    if core.is_empty() { (name, String::new()) } else { (core, format!("{basis}增速")) }
}

/// What a rate of growth is called.
const GROWTH: [&str; 5] = ["增速", "增幅", "增长率", "增长速度", "增长幅度"];

/// Without glosses in Latin letters: （GDP）.
fn without_gloss(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(open) = rest.find(['（', '(']) {
        let (before, bracket) = rest.split_at(open);
        out += before;
        let close = bracket
            .find(['）', ')'])
            .map(|at| at + bracket.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
        let Some(close) = close else {
            rest = bracket;
            break;
        };
        let (gloss, behind) = bracket.split_at(close);
        let inside = gloss.trim_matches(|c| "（()）".contains(c));
        if !inside.chars().all(|c| c.is_ascii_alphanumeric()) {
            out += gloss;
        }
        rest = behind;
    }
    out += rest;
    // 国内生产总值GDP
    let name = out.trim_end_matches(|c: char| c.is_ascii_uppercase());
    if name.len() < out.len() && name.chars().count() > 3 { name.to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct File {
        same: Vec<Row>,
    }

    #[derive(Deserialize)]
    struct Row {
        #[serde(default)]
        examples: Vec<String>,
        #[serde(default)]
        not: Vec<String>,
    }

    fn meet(pair: &str) -> bool {
        let (a, b) = pair.split_once(" = ").unwrap_or_else(|| panic!("no ` = ` in {pair}"));
        let (a, b) = (same(a), same(b));
        (a.area, a.core, a.said) == (b.area, b.core, b.said)
    }

    #[test]
    fn the_examples_of_measures_hold() {
        let file: File = toml::from_str(include_str!("../../../assets/lexicon/measures.toml")).unwrap();
        for row in file.same {
            row.examples.iter().for_each(|pair| assert!(meet(pair), "{pair}"));
            row.not.iter().for_each(|pair| assert!(!meet(pair), "{pair}"));
        }
    }

    #[test]
    fn rates_and_places_are_told_apart() {
        assert!(meet("我国外贸进出口总值同比增速 = 货物进出口总额同比增速"));
        assert!(meet("出口额同比增幅 = 出口额同比增速") && meet("工业增加值增长速度 = 工业增加值增速"));
        assert!(!meet("进出口总值同比增速 = 进出口总值"));
        assert!(!meet("出口额同比增幅 = 出口额增速"));
        assert!(!meet("广东进出口总值 = 进出口总值"));
        assert_eq!(same("广东省社会消费品零售总额").area, "广东省");
        assert!(same("总投资").is_bare() && !same("我国进出口").is_bare());
    }
}
