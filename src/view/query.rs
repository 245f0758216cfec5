//! What stands in the search field: words, a date, a comparison of numbers, or a regular expression.
//!
//! | typed | finds |
//! | --- | --- |
//! | 连云港, 貿易 | the words, in either script, full or half width, also across the line breaks of a torn page |
//! | 2024, 2024-09, 前2世纪, 去年 | what is dated within that time, and the words themselves |
//! | 948亿, 948亿美元 | numbers of that value, however they are printed |
//! | >100亿美元, <=3% | numbers that compare so, in that unit (in any where none is named) |
//! | `/第[一二]届/` | a regular expression |
//!
//! Dates and numbers are read by the same rules as documents are.

use crate::{
    corpus::{ReadOptions, read},
    edtf::{Edtf, Interval},
    extract::fold,
    model::{Document, Event, Quantity, Time},
    span::Span,
    text::Source,
    warn::Reporter,
};
use regex::{Regex, RegexBuilder};
use std::cmp::Ordering;

/// The largest automaton a typed expression may become, in bytes.
const MAX_REGEX_BYTES: usize = 1 << 22;
/// Two values that differ by less are printed the same: 4.6亿 and 460,000,001.
const SAME_VALUE: f64 = 5e-4;

/// A comparison of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// How the value found must stand to `value`; `None` is "about the same".
    pub is: Option<Ordering>,
    /// Whether the same value counts as well.
    pub or_same: bool,
    /// In `unit`.
    pub value: f64,
    /// Code of the unit; `None` is any.
    pub unit: Option<String>,
}

/// A query, understood.
#[derive(Debug, Clone)]
pub struct Query {
    /// The words, or the expression; `None` where only numbers are compared.
    pattern: Option<Regex>,
    /// The time that is named.
    pub interval: Option<Interval>,
    /// The numbers that are asked for.
    pub comparison: Option<Comparison>,
}

impl Query {
    /// Understands `typed`; `None` where there is nothing to look for (blank, or an expression that is not finished).
    /// Relative times (去年) count from `dct`.
    ///
    /// ```
    /// use nianbiao::view::query::Query;
    /// let query = Query::new(">100亿美元", None).unwrap();
    /// assert_eq!(query.comparison.unwrap().value, 1e10);
    /// ```
    pub fn new(typed: &str, dct: Option<&Edtf>) -> Option<Self> {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        if let Some(expression) =
            typed.strip_prefix('/').filter(|rest| rest.len() > 1).and_then(|rest| rest.strip_suffix('/'))
        {
            let pattern =
                RegexBuilder::new(expression).case_insensitive(true).size_limit(MAX_REGEX_BYTES).build().ok()?;
            return Some(Self { pattern: Some(pattern), interval: None, comparison: None });
        }
        let (sign, rest) = comparison_sign(typed);
        let document = understood(rest, dct);
        let comparison = document.as_ref().and_then(|document| comparison(document, rest, sign));
        if sign.is_some() {
            // A sign without a number is no search yet.
            return comparison.map(|comparison| Self { pattern: None, interval: None, comparison: Some(comparison) });
        }
        let interval = interval(document.as_ref(), typed);
        Some(Self { pattern: words_pattern(typed), interval, comparison })
    }

    /// Whether nothing but numbers is asked for.
    pub const fn is_comparison(&self) -> bool {
        self.pattern.is_none() && self.comparison.is_some()
    }

    /// Whether the words occur in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
    }

    /// Every place of the words in `text`, in order.
    pub fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> + 'a {
        let found = self.pattern.iter().flat_map(move |pattern| pattern.find_iter(text));
        found.map(|found| Span::new(found.start(), found.end())).filter(|span| !span.is_empty())
    }

    /// Whether a time is named that lies within the one asked for.
    fn holds(&self, found: Option<Interval>) -> bool {
        let (Some(asked), Some(found)) = (self.interval, found) else { return false };
        let starts =
            asked.start.is_none() || found.start.is_some_and(|start| asked.start.is_some_and(|from| from <= start));
        let ends = asked.end.is_none() || found.end.is_some_and(|end| asked.end.is_some_and(|to| end <= to));
        starts && ends
    }

    /// Whether an event is asked for: by its title, place, printed time, or date.
    pub fn wants_event(&self, document: &Document, event: &Event) -> bool {
        let time = event.time.and_then(|idx| document.times.get(idx)).map(|time| time.text.as_str());
        let counts = |comparison: &Comparison| {
            let inside = document.quantities.iter().filter(|quantity| event.span.contains(quantity.span));
            inside.into_iter().any(|quantity| comparison.holds(quantity))
        };
        self.holds(event.interval)
            || self.comparison.as_ref().is_some_and(counts)
            || self.is_in(&event.title)
            || event.tags().iter().any(|tag| self.is_in(tag))
            || event.place.as_deref().is_some_and(|place| self.is_in(place))
            || time.is_some_and(|time| self.is_in(time))
            || event.edtf.as_ref().is_some_and(|edtf| self.is_in(edtf.as_str()))
    }

    /// Whether a quantity is asked for: by its value, or the words of its measure or of itself.
    pub fn wants_quantity(&self, quantity: &Quantity) -> bool {
        if let Some(comparison) = &self.comparison
            && comparison.holds(quantity)
        {
            return true;
        }
        self.is_in(&quantity.text) || quantity.measure.as_deref().is_some_and(|measure| self.is_in(measure))
    }

    /// Whether a time is asked for: by when it is, or by its words.
    pub fn wants_time(&self, time: &Time) -> bool {
        self.holds(time.interval) || self.is_in(&time.text) || self.is_in(&time.value)
    }
}

impl Comparison {
    fn holds(&self, quantity: &Quantity) -> bool {
        if self.unit.as_ref().is_some_and(|unit| *unit != quantity.unit) {
            return false;
        }
        let reach = [Some(quantity.value), quantity.upper];
        reach.into_iter().flatten().any(|value| {
            let is_same = (value - self.value).abs() <= self.value.abs().max(value.abs()) * SAME_VALUE;
            match self.is {
                None => is_same,
                Some(_) if is_same => self.or_same,
                Some(order) => value.total_cmp(&self.value) == order,
            }
        })
    }
}

/// Signs at the head of a comparison with what they mean, longest first.
const SIGNS: [(&str, Ordering, bool); 14] = [
    (">=", Ordering::Greater, true),
    ("<=", Ordering::Less, true),
    ("＞＝", Ordering::Greater, true),
    ("＜＝", Ordering::Less, true),
    ("≥", Ordering::Greater, true),
    ("≤", Ordering::Less, true),
    ("不少于", Ordering::Greater, true),
    ("不超过", Ordering::Less, true),
    ("大于", Ordering::Greater, false),
    ("小于", Ordering::Less, false),
    (">", Ordering::Greater, false),
    ("<", Ordering::Less, false),
    ("＞", Ordering::Greater, false),
    ("＜", Ordering::Less, false),
];

fn comparison_sign(typed: &str) -> (Option<(Ordering, bool)>, &str) {
    for (sign, order, or_same) in SIGNS {
        if let Some(rest) = typed.strip_prefix(sign) {
            return (Some((order, or_same)), rest.trim());
        }
    }
    (None, typed)
}

/// The query read as if it were a document.
fn understood(words: &str, dct: Option<&Edtf>) -> Option<Document> {
    // Numbers and dates are short; a pasted page is looked for as words.
    if words.chars().count() > 40 {
        return None;
    }
    let source = Source::of("", words);
    let options = ReadOptions { dct: dct.cloned(), id: None, ..ReadOptions::default() };
    Some(read(source, &options, Reporter::new()).into_body().document)
}

fn comparison(document: &Document, words: &str, sign: Option<(Ordering, bool)>) -> Option<Comparison> {
    let (is, or_same) = sign.map_or((None, true), |(order, or_same)| (Some(order), or_same));
    let whole = |span: Span| span.start == 0 && span.end == words.len();
    let read = document.quantities.iter().find(|quantity| whole(quantity.span));
    if let Some(read) = read {
        let unit = (read.unit != "1" && !read.unit.is_empty()).then(|| read.unit.clone());
        return Some(Comparison { is, or_same, value: read.value, unit });
    }
    // A bare number is a quantity only where it is compared: 2024 is a year.
    let value = words.replace([',', '，'], "").parse().ok().filter(|_| sign.is_some())?;
    Some(Comparison { is, or_same, value, unit: None })
}

/// The time that the whole query names: EDTF, a bare year, or words.
fn interval(document: Option<&Document>, typed: &str) -> Option<Interval> {
    let as_edtf = typed.parse::<Edtf>().ok().and_then(|edtf| edtf.interval());
    as_edtf.or_else(|| {
        let whole = |span: Span| span.start == 0 && span.end == typed.len();
        document?.times.iter().find(|time| whole(time.span))?.interval
    })
}

/// The words as an expression: every character in all its forms, blanks and line breaks between them as they come.
fn words_pattern(words: &str) -> Option<Regex> {
    let mut expression = String::new();
    for (idx, c) in words.chars().filter(|c| !c.is_whitespace()).enumerate() {
        if idx > 0 {
            expression.push_str("\\s*");
        }
        let forms = fold::forms(c);
        match forms.as_slice() {
            [only] => expression.push_str(&regex::escape(only.encode_utf8(&mut [0; 4]))),
            forms => {
                expression.push('[');
                for form in forms {
                    expression.push_str(&regex::escape(form.encode_utf8(&mut [0; 4])));
                }
                expression.push(']');
            }
        }
    }
    RegexBuilder::new(&expression).case_insensitive(true).size_limit(MAX_REGEX_BYTES).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What of `text` is found: events by title, quantities and times by their words.
    #[track_caller]
    fn check(typed: &str, text: &str, expected: &[&str]) {
        let dct: Edtf = "2025-06-22".parse().unwrap();
        let source = Source::of("a.txt", text);
        let document =
            read(source, &ReadOptions { dct: Some(dct.clone()), id: None, ..ReadOptions::default() }, Reporter::new())
                .into_body()
                .document;
        let query = Query::new(typed, Some(&dct)).unwrap();
        let quantities =
            document.quantities.iter().filter(|found| query.wants_quantity(found)).map(|found| &found.text);
        let times = document.times.iter().filter(|found| query.wants_time(found)).map(|found| &found.text);
        let found: Vec<&str> = quantities.chain(times).map(String::as_str).collect();
        assert_eq!(found, expected, "{typed}");
    }

    const TEXT: &str = "2024年9月，大桥通车，投资12亿元，比上年多3亿元。去年，货运量达到948万吨，增长5.2%。";

    #[test]
    fn numbers_are_compared_in_their_unit() {
        check(">5亿元", TEXT, &["12亿元"]);
        check("<=3亿元", TEXT, &["3亿元"]);
        check("大于3%", TEXT, &["5.2%"]);
        check("9480000吨", TEXT, &["948万吨"]);
        check(">100", TEXT, &["12亿元", "3亿元", "948万吨"]);
    }

    #[test]
    fn dates_are_understood() {
        check("2024", TEXT, &["2024年9月", "去年"]);
        check("2024-09", TEXT, &["2024年9月"]);
        check("去年", TEXT, &["2024年9月", "去年"]);
    }

    #[test]
    fn words_are_found_in_every_form() {
        let places = |typed: &str, text: &str| Query::new(typed, None).unwrap().places(text).count();
        assert_eq!(places("贸易", "貿易與贸\n易"), 2);
        assert_eq!(places("ABC", "ａｂｃ abc"), 2);
        assert_eq!(places("/第[一二]届/", "第一届、第二届、第三届"), 2);
        assert_eq!(places("(a", "(A"), 1);
        assert!(
            Query::new("  ", None).is_none() && Query::new(">", None).is_none() && Query::new("/[/", None).is_none()
        );
    }
}
