//! Time expressions (TIMEX3) with the days they mean (EDTF).

use crate::{
    edtf::{Edtf, Interval},
    span::Span,
};
use serde::{Deserialize, Serialize};

/// The four types of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeType {
    /// A calendar date or stretch of them: 2024年9月, 去年, 6月24日至26日.
    Date,
    /// A time of day: 22日晚6时.
    Time,
    /// A length: 10年.
    Duration,
    /// Something that repeats: 每日.
    Set,
}

/// TIMEX3's `mod`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TimeMod {
    /// 以前 as a bound of the day named.
    Before,
    /// 以后.
    After,
    /// 不晚于.
    OnOrBefore,
    /// 不早于.
    OnOrAfter,
    /// 不到.
    LessThan,
    /// 多, 余, 超过.
    MoreThan,
    /// 至多.
    EqualOrLess,
    /// 至少, 上(百).
    EqualOrMore,
    /// 初, 年初.
    Start,
    /// 中, 中旬.
    Mid,
    /// 末, 底.
    End,
    /// 左右, 前后, 约.
    Approx,
}

/// What a time was resolved against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnchorKind {
    /// Nothing: it says everything itself.
    #[default]
    None,
    /// Another time in the same or the preceding sentence.
    Sentence,
    /// The article's own date.
    Article,
    /// The document's date.
    Document,
    /// An entry of the lexicon.
    Lexicon,
}

/// What a time was resolved against, and which time that is where it is in the text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Anchor {
    /// What sort of thing.
    pub kind: AnchorKind,
    /// The time in `Document::times`, where it is one.
    #[serde(default)]
    pub time: Option<usize>,
    /// Why, in short: the lexicon entry with its source, or how the year was inferred. For the "why" card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One time expression: what the text says, and which days that is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// Where it stands.
    pub span: Span,
    /// The words, with line breaks and blanks inside removed.
    pub text: String,
    /// Index of its article.
    pub article: usize,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimeType,
    /// TIMEX3 value as resolved: `2024-09`, `P10Y`, `XXXX-WXX-5`, `PAST_REF`.
    pub value: String,
    /// The date in EDTF where it is one; else `None`.
    pub edtf: Option<Edtf>,
    /// The stretch meant, end exclusive; `None` where unbounded on both sides or unresolved.
    pub interval: Option<Interval>,
    /// TIMEX3 `mod`.
    #[serde(rename = "mod")]
    pub modifier: Option<TimeMod>,
    /// What it was resolved against.
    pub anchor: Anchor,
    /// The rule that found it, as `file/id`.
    pub rule: String,
}

impl Time {
    /// Whether it is a period that statistics are told for: bounded, and 27 days or more.
    pub(crate) fn lasts_a_month(&self) -> bool {
        const DAY: i64 = 86_400;
        let bounds = self.interval.and_then(|interval| interval.start.zip(interval.end));
        bounds.is_some_and(|(start, end)| end.seconds() - start.seconds() >= 27 * DAY)
    }
}
