//! How the sentence around a quantity presents it: of what, against what, for when.

use super::lexicon;
use crate::model::Direction;

/// What a change is reckoned against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Basis {
    /// Not said.
    #[default]
    None,
    /// 同比: the same period a year before.
    YearOnYear,
    /// 环比: the period before.
    PeriodOnPeriod,
    /// 年均: each year of the period.
    Average,
    /// 较上年, 比1996年: a time, by index.
    Time(usize),
    /// 较建交初期的4.6亿美元: a quantity, by index.
    Quantity(usize),
}

/// How a quantity's sentence presents it.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The noun phrase measured, without what is said of it.
    pub core: String,
    /// 占外贸总值的比重, 同比增长: what is said of it.
    pub said: String,
    /// A change is no level.
    pub direction: Option<Direction>,
    /// What the change is reckoned against.
    pub basis: Basis,
    /// Whether it stands inside 较…, 比…: the value compared with.
    pub is_base: bool,
    /// Whether a change starts from it: 由[30万吨]增至.
    pub is_start: bool,
    /// Whether it is a share or a multiple of what `basis` had: 恢复至2019年同期的[90.3%].
    pub is_multiple: bool,
    /// Whether the name was taken over from the quantity before.
    pub is_inherited: bool,
    /// Whether it is one of several values told side by side: 28.3%、23.9%.
    pub is_listed: bool,
    /// Whether what is counted stands behind the number (90多个国家).
    pub is_count: bool,
    /// Whether it is in per cent.
    pub is_percent: bool,
    /// Whose things are counted: 全县共有7个乡.
    pub subject: String,
    /// Which sentence of the block, by the byte it begins at.
    pub sentence: usize,
    /// The time it holds for.
    pub time: Option<usize>,
    /// Which year, quarter or month of a range it holds for, from 0: 2019—2021年依次为…, 前三季度增速分别为….
    pub nth: Option<u16>,
}

impl Reading {
    /// 增幅为5.6%: the rate is told itself and does not rise.
    pub(super) fn drop_rise_of_rate(&mut self) {
        let words = lexicon::lexicon();
        if self.is_percent && words.names_rate(&self.core) && words.is_change(&self.said) {
            self.said.clear();
        }
    }

    /// The measure in full: 港区吞吐量同比增长.
    pub fn name(&self) -> Option<String> {
        (!self.core.is_empty()).then(|| format!("{}{}", self.core, self.said))
    }
}
