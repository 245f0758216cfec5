//! What a series figure says in words: title (the finding), subtitle, labels, notes, source, alt text.

use super::{
    date_text::{DateStyle, date_text},
    figure_input::SeriesInput,
    figure_source::source_line,
    number::{about, axis_unit, short},
    value_text::{plain, rounded, value_with_unit},
};
use crate::{
    desk::{Captions, Lang, Locale},
    edtf::Interval,
    model::{Claim, Derivation, Point, Quantity, QuantityMod, Verdict},
};

/// One point in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PointWords {
    /// 约1992年.
    pub time: String,
    /// 4.6亿.
    pub value: String,
    /// 4.6亿美元.
    pub value_with_unit: String,
    /// What stands beside the value: 约1992年，建交初期; 2023年，推算.
    pub label: String,
}

/// A claim of the text beside what the numbers give.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimWords {
    /// 约 206 倍.
    pub ratio: String,
    /// 原文称“上百倍”, 核算相符.
    pub lines: Vec<String>,
    /// The two values compared.
    pub values: (f64, f64),
    /// Whether the numbers bear it out.
    pub holds: bool,
}

/// Writes the words of one series.
#[derive(Debug, Clone)]
pub struct SeriesWords<'a> {
    input: SeriesInput<'a>,
    /// The claim about this series, where the text makes one that can be checked.
    pub claim: Option<ClaimWords>,
}

impl<'a> SeriesWords<'a> {
    /// Looks up what the document says about the series.
    pub fn new(input: SeriesInput<'a>) -> Self {
        let claim = input.document.claims.iter().find_map(|claim| claim_words(input, claim));
        Self { input, claim }
    }

    /// The same in the second language, where there is one.
    pub fn in_second(&self) -> Option<Self> {
        Some(Self::new(SeriesInput { words: self.input.second?, second: None, ..self.input }))
    }

    pub(super) const fn words(&self) -> &'a Locale {
        self.input.words
    }

    /// The language it speaks.
    pub const fn locale(&self) -> &'a Locale {
        self.input.words
    }

    /// What is measured.
    pub fn name(&self) -> &'a str {
        &self.input.series.name
    }

    /// The document it comes from.
    pub fn document_id(&self) -> &'a str {
        &self.input.document.id
    }

    /// The unit with the scale of the largest value: 亿美元.
    pub fn axis_unit(&self) -> String {
        axis_unit(&self.input.series.unit, self.highest(), self.input.words)
    }

    /// The point with this index in words; nothing where there is none.
    pub fn point_at(&self, idx: usize) -> PointWords {
        self.input.series.points.get(idx).map_or_else(PointWords::default, |point| self.point(point))
    }

    /// The unit of the series.
    pub fn unit(&self) -> &'a str {
        &self.input.series.unit
    }

    fn highest(&self) -> f64 {
        self.input.series.points.iter().map(|point| point.value.abs()).fold(0.0, f64::max)
    }

    /// `given`, with what is empty there written from the data.
    pub fn captions(&self, given: &Captions) -> Captions {
        given.or_made(&|| self.title(), &|| self.subtitle(), &|| self.note(), &|| self.source())
    }

    /// One point in words.
    pub fn point(&self, point: &Point) -> PointWords {
        let words = self.words();
        let time = self.time(point);
        let unit = &self.input.series.unit;
        let bounded = |text: String| self.bounded(point, text);
        let label = match (&point.derived, self.said_time(point)) {
            (Some(_), _) => words.fill("figure.with-note", &[&time, words.get("figure.derived")]),
            (None, Some(said)) => words.fill("figure.with-note", &[&time, said]),
            (None, None) => time.clone(),
        };
        PointWords {
            time,
            value: bounded(short(point.value, unit, self.highest(), words)),
            value_with_unit: bounded(value_with_unit(point.value, unit, words)),
            label,
        }
    }

    fn time(&self, point: &Point) -> String {
        point.edtf.as_ref().map_or_else(String::new, |edtf| date_text(edtf, DateStyle::Short, self.words()))
    }

    /// 超, 近, 约 before a value, as the text has it.
    fn bounded(&self, point: &Point, text: String) -> String {
        let key = match self.quantity(point).and_then(|quantity| quantity.modifier) {
            Some(QuantityMod::Approx) => "figure.approximately",
            Some(QuantityMod::MoreThan | QuantityMod::EqualOrMore) => "figure.more-than",
            Some(QuantityMod::LessThan | QuantityMod::EqualOrLess) => "figure.less-than",
            None => return text,
        };
        self.words().fill(key, &[&text])
    }

    /// 948亿 − 54亿; $94.8bn − $5.4bn where Chinese magnitudes are not read.
    fn formula(&self, derived: &Derivation) -> String {
        if self.words().lang == Lang::Zh {
            return derived.formula.clone();
        }
        let of: Vec<&Quantity> =
            derived.from.iter().filter_map(|idx| self.input.document.quantities.get(*idx)).collect();
        let token = |token: &str| {
            let figure = token.trim_matches(['(', ')']);
            let is_printed = |quantity: &&&Quantity| {
                let magnitude = figure.strip_prefix(quantity.printed.number.as_str());
                magnitude.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| "十百千万亿萬億".contains(c)))
            };
            match of.iter().find(is_printed) {
                Some(found) => token.replace(figure, &short(found.value, &found.unit, found.value, self.words())),
                None => token.to_owned(),
            }
        };
        derived.formula.split(' ').map(token).collect::<Vec<_>>().join(" ")
    }

    fn quantity(&self, point: &Point) -> Option<&'a Quantity> {
        self.input.document.quantities.get(point.quantity?)
    }

    /// The text's own words for an approximate time, where they are words rather than figures: 建交初期.
    fn said_time(&self, point: &Point) -> Option<&'a str> {
        point.edtf.as_ref().filter(|edtf| edtf.is_approximate())?;
        let time = self.input.document.times.get(self.quantity(point)?.time?)?;
        let has_figures = time.text.chars().any(|c| c.is_ascii_digit());
        (!has_figures).then_some(time.text.as_str())
    }

    fn ends(&self) -> Option<(&'a Point, &'a Point)> {
        let points = &self.input.series.points;
        let dated = |point: &&Point| point.interval.is_some_and(Interval::is_bounded);
        let first = points.iter().filter(dated).min_by_key(|point| point.interval)?;
        let last = points.iter().filter(dated).max_by_key(|point| point.interval)?;
        (first.interval != last.interval).then_some((first, last))
    }

    /// 三十余年，中国同中亚国家贸易总额增至约 206 倍.
    fn title(&self) -> String {
        let words = self.words();
        let name = &self.input.series.name;
        let Some((first, last)) = self.ends() else {
            return match self.input.series.points.last() {
                Some(point) => {
                    let said = self.point(point);
                    words.fill("figure.title-one", &[&said.time, name, &said.value_with_unit])
                }
                None => name.clone(),
            };
        };
        let span = self.span(first, last);
        let (a, b) = (first.value, last.value);
        let is_share = matches!(self.input.series.unit.as_str(), "%" | "pp" | "times" | "1" | "Cel");
        if is_share || a <= 0.0 || b <= 0.0 {
            let (from, to) = (self.point(first).value_with_unit, self.point(last).value_with_unit);
            let key = if b >= a { "figure.title-up-to" } else { "figure.title-down-to" };
            return words.fill(key, &[&span, name, &from, &to]);
        }
        let ratio = b / a;
        let percent = plain(rounded((ratio - 1.0).abs() * 100.0, 2));
        match ratio {
            _ if ratio >= 2.0 => words.fill("figure.title-times", &[&span, name, &about(ratio)]),
            _ if ratio > 1.005 => words.fill("figure.title-grew", &[&span, name, &percent]),
            _ if ratio >= 0.995 => words.fill("figure.title-level", &[&span, name]),
            _ => words.fill("figure.title-fell", &[&span, name, &percent]),
        }
    }

    /// From the first point to the last: 三十余年; empty where there are no two.
    pub fn whole_span(&self) -> String {
        self.ends().map_or_else(String::new, |(first, last)| self.span(first, last))
    }

    /// Years from the first point to the last.
    pub fn years(&self) -> i64 {
        self.ends().map_or(0, |(first, last)| years_between(first, last))
    }

    /// 三十余年; 2023年至2024年.
    fn span(&self, first: &Point, last: &Point) -> String {
        let words = self.words();
        let years = years_between(first, last);
        if years < 2 {
            return words.fill("figure.from-to", &[&self.time(first), &self.time(last)]);
        }
        let digit = |number: i64| {
            let idx = usize::try_from(number - 1).unwrap_or(0);
            // 两年, yet 二十余年.
            words
                .get(if years < 10 { "figure.digits-few" } else { "figure.digits" })
                .split_whitespace()
                .nth(idx)
                .unwrap_or_default()
        };
        let (tens, ones) = (years / 10, years % 10);
        let (key, number) = match (tens, ones) {
            (0, ones) => ("figure.years-few", digit(ones)),
            (1, 0) => ("figure.years-ten", ""),
            (1, _) => ("figure.years-over-ten", ""),
            (2..=9, 0) => ("figure.years-tens", digit(tens)),
            (2..=9, _) => ("figure.years-over-tens", digit(tens)),
            _ => ("figure.years-many", ""),
        };
        words.fill(key, &[number, &years.to_string()])
    }

    /// 中国同中亚国家贸易总额，亿美元.
    fn subtitle(&self) -> String {
        let words = self.words();
        let Self { input: SeriesInput { series, .. }, .. } = self;
        let unit = axis_unit(&series.unit, self.highest(), words);
        if unit.is_empty() { series.name.clone() } else { words.fill("figure.with-note", &[&series.name, &unit]) }
    }

    fn note(&self) -> String {
        let (words, notes) = (self.words(), self.notes());
        if notes.is_empty() {
            String::new()
        } else {
            words.fill("figure.note", &[&notes.join(words.get("figure.space"))])
        }
    }

    /// What hollow, whisker and bar mean here, a sentence each.
    pub fn notes(&self) -> Vec<String> {
        let words = self.words();
        let points = &self.input.series.points;
        let mut notes = Vec::new();
        let formulas: Vec<String> =
            points.iter().filter_map(|point| Some(self.formula(point.derived.as_ref()?))).collect();
        if !formulas.is_empty() {
            // More than a few would be a table.
            let shown = formulas.get(..4).unwrap_or(&formulas).join(words.get("figure.list-comma"));
            let more = if formulas.len() > 4 { "…" } else { "" };
            notes.push(words.fill("figure.note-derived", &[&format!("{shown}{more}")]));
        }
        let mut said: Vec<String> = Vec::new();
        for point in points.iter().filter(|point| point.edtf.as_ref().is_some_and(|edtf| edtf.is_approximate())) {
            let year = point.edtf.as_ref().and_then(|edtf| edtf.start()).and_then(|date| date.year());
            if let (Some(text), Some(year)) = (self.said_time(point), year) {
                let year = super::date_text::year_text(year, DateStyle::Short, words);
                said.push(words.fill("figure.note-counted-as", &[text, &year]));
            }
        }
        if points.iter().any(|point| point.edtf.as_ref().is_some_and(|edtf| edtf.is_approximate())) {
            notes.push(words.fill("figure.note-whisker", &[&said.concat()]));
        }
        if points.iter().any(|point| point.upper.is_some()) {
            notes.push(words.get("figure.note-range").to_owned());
        }
        notes
    }

    fn source(&self) -> String {
        let quantities = self.input.series.points.iter().filter_map(|point| self.quantity(point));
        let line = source_line(self.input.document, quantities.map(|quantity| quantity.article), self.words());
        match self.input.n_documents {
            0 | 1 => line,
            n => self.words().fill("figure.more-documents", &[&line, &(n - 1).to_string()]),
        }
    }

    /// Kind, measure, values, gaps, source: for those who do not see the picture.
    pub fn alt_text(&self, captions: &Captions) -> String {
        let words = self.words();
        let Self { input: SeriesInput { series, .. }, .. } = self;
        let n_points = series.points.len();
        let mut said: Vec<String> = series
            .points
            .iter()
            .enumerate()
            .filter(|(idx, _)| n_points <= 12 || *idx < 6 || *idx + 6 >= n_points)
            .map(|(_, point)| {
                let PointWords { time, value_with_unit, .. } = self.point(point);
                let key = if point.derived.is_some() { "figure.alt-derived-point" } else { "figure.alt-point" };
                words.fill(key, &[&time, &value_with_unit])
            })
            .collect();
        if let (Some((first, last)), Some(end)) = (self.ends(), said.last_mut())
            && first.value > 0.0
            && last.value / first.value >= 2.0
        {
            let ratio = about(last.value / first.value);
            let year = first.edtf.as_ref().map_or_else(String::new, |edtf| {
                date_text(edtf, DateStyle::Short, words).replace(&words.fill("date.approximate", &[""]), "")
            });
            *end = words.fill("figure.alt-ratio", &[end, &year, &ratio]);
        }
        let points = said.join(words.get("figure.list-semicolon"));
        let claim = self.claim.as_ref().map_or_else(String::new, |claim| {
            words.fill("figure.alt-claim", &[&claim.lines.join(words.get("figure.list-comma"))])
        });
        words.fill("figure.alt-series", &[&series.name, &points, &claim, &captions.source])
    }
}

fn years_between(first: &Point, last: &Point) -> i64 {
    let start = |point: &Point| point.interval.and_then(|interval| interval.start);
    match (start(first), start(last)) {
        (Some(a), Some(b)) => ((b.seconds() - a.seconds()) as f64 / (365.2425 * 86_400.0)).round() as i64,
        _ => 0,
    }
}

fn claim_words(input: SeriesInput<'_>, claim: &Claim) -> Option<ClaimWords> {
    let words = input.words;
    let computed = claim.computed.filter(|computed| computed.is_finite())?;
    let mut points: Vec<&Point> = input
        .series
        .points
        .iter()
        .filter(|point| point.quantity.is_some_and(|quantity| claim.from.contains(&quantity)))
        .collect();
    points.sort_by_key(|point| point.interval);
    let (first, last) = (points.first()?, points.last()?);
    if points.len() < 2 || claim.verdict == Verdict::Unverifiable {
        return None;
    }
    let ratio = last.value / first.value;
    // A claim in per cent speaks of the growth, one in times of the ratio: whichever the check computed.
    let is_ratio = (computed - ratio).abs() <= (computed - (ratio - 1.0)).abs() || computed >= 10.0 && ratio >= 10.0;
    let ratio = if is_ratio {
        words.fill("figure.about-times", &[&about(computed)])
    } else {
        words.fill("figure.about-percent", &[&plain(rounded((ratio - 1.0) * 100.0, 2))])
    };
    let verbs = words.get("figure.claim-verbs").split_whitespace();
    let stated = verbs.fold(claim.text.as_str(), |text, verb| text.strip_prefix(verb).unwrap_or(text));
    let holds = claim.verdict == Verdict::Consistent;
    let verdict = words.get(if holds { "figure.claim-holds" } else { "figure.claim-fails" });
    Some(ClaimWords {
        ratio,
        lines: vec![words.fill("figure.claim-said", &[stated]), verdict.to_owned()],
        values: (first.value, last.value),
        holds,
    })
}
