//! Numbers with a unit, and what they measure.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// What a quantity measures, coarsely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuantityKind {
    /// Money; `unit` is ISO 4217.
    Currency,
    /// Things counted; `unit` is the classifier as printed (家, 人次).
    Count,
    /// A bare number.
    Number,
    /// 4.5%, 三成, 千分之三.
    Percent,
    /// 3倍, 3:1, 上百倍.
    Ratio,
    /// 公里, 米.
    Length,
    /// 亩, 平方公里.
    Area,
    /// 立方米, 升.
    Volume,
    /// 吨, 斤.
    Mass,
    /// 千瓦时, 吨标准煤.
    Energy,
    /// 千瓦.
    Power,
    /// 公里/小时.
    Speed,
    /// 摄氏度.
    Temperature,
    /// A length of time that is a quantity rather than a time expression.
    Duration,
    /// 35岁.
    Age,
    /// 第三, 第16届.
    Ordinal,
    /// Anything else.
    Other,
}

/// How the printed number bounds the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum QuantityMod {
    /// 约, 左右, 近.
    Approx,
    /// 超过, 多, 余.
    MoreThan,
    /// 不到, 不足.
    LessThan,
    /// 至少, 上(百), 以上.
    EqualOrMore,
    /// 至多, 以下, 以内.
    EqualOrLess,
}

/// The "per what" of a rate.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Per(
    /// `second`, `hour`, `day`, `week`, `month`, `year`, `person`, `household`, or a unit (`m2`, `km`).
    pub String,
);

/// Which way a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// 增长, 增加, 上升.
    Up,
    /// 下降, 减少.
    Down,
}

/// The number and unit as printed, blanks removed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Printed {
    /// `948`, `三千二百五十`, `1-2`.
    pub number: String,
    /// `亿美元`; empty for a bare number.
    pub unit: String,
}

/// One quantity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Where it stands.
    pub span: Span,
    /// The words, with line breaks and blanks inside removed.
    pub text: String,
    /// Index of its article.
    pub article: usize,
    /// The value in `unit`; the lower end of a range. 948亿美元 is 94,800,000,000.
    pub value: f64,
    /// The upper end of a range (3%至5%) or of 多/余 (90多个 is 90 to 99); else `None`.
    pub upper: Option<f64>,
    /// ISO 4217, UCUM, `%`, `pp`, `times`, `1`, or the classifier as printed.
    pub unit: String,
    /// Number and unit as printed.
    pub printed: Printed,
    /// What sort of quantity.
    pub kind: QuantityKind,
    /// Bound or approximation.
    #[serde(rename = "mod")]
    pub modifier: Option<QuantityMod>,
    /// Per what.
    pub per: Option<Per>,
    /// Up or down, where it is a change.
    pub direction: Option<Direction>,
    /// What is measured: 中国同中亚国家贸易总额.
    pub measure: Option<String>,
    /// The time it holds for, in `Document::times`.
    pub time: Option<usize>,
    /// The rule that found it, as `file/id`.
    pub rule: String,
}
