//! Why something is read as it is: the steps from the printed words to the date, value or point, as data.
//!
//! Each step names what it used: the words, the writing date, a sentence, an entry of the lexicon, the operands
//! of a sum. The words of the text stand in it as [`Part::Cited`], so that they look and act as in the text.

use super::{
    beside, number,
    value_text::{unit_name, value_text, value_with_unit},
    when::Exactness,
    words,
};
use crate::{
    corpus::Corpus,
    desk::{Lang, Locale, Mark, TimeStyle},
    edtf::{Edtf, Grain, Interval},
    extract::time::note_in_english,
    model::{AnchorKind, Claim, Document, Event, Point, Quantity, QuantityMod, Series, Time, TimeType, Verdict},
};

/// The most steps a card shows.
const MAX_STEPS: usize = 5;

/// A piece of a step's sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Words of the interface.
    Plain(String),
    /// The outcome, in bold.
    Bold(String),
    /// Words of the text, shown as their highlight; a click goes there.
    Cited {
        /// The words.
        text: String,
        /// What they are.
        mark: Mark,
    },
    /// Another passage, a click goes there.
    Link {
        /// What stands for it.
        text: String,
        /// What it is.
        mark: Mark,
    },
}

impl Part {
    /// Its words.
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Bold(text) | Self::Cited { text, .. } | Self::Link { text, .. } => text,
        }
    }
}

/// One step: what it is called and its sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// 时间, 数值, 推算, 核对.
    pub label: String,
    /// The sentence.
    pub parts: Vec<Part>,
    /// The same in a few words, for the folded card; empty where it is left out there.
    pub brief: Vec<Part>,
}

/// The card.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// When · what.
    pub title: String,
    /// The when of the title.
    pub date: Option<Edtf>,
    /// At most five.
    pub steps: Vec<Step>,
    /// The rules at work, as `file/id`.
    pub rules: Vec<String>,
}

impl Why {
    /// All of it as one text, for screen readers.
    pub fn text(&self) -> String {
        let step = |step: &Step| {
            let sentence: String = step.parts.iter().map(Part::text).collect();
            format!("{} {sentence}", step.label)
        };
        std::iter::once(self.title.clone()).chain(self.steps.iter().map(step)).collect::<Vec<_>>().join("\n")
    }
}

/// The card of `mark` with what the user wants to see beside its time; `None` where the corpus has no such thing.
pub fn styled(corpus: &Corpus, mark: Mark, locale: &Locale, style: &TimeStyle) -> Option<Why> {
    let mut card = why(corpus, mark, locale)?;
    let document = &corpus.entries.get(mark.doc())?.document;
    let time = match mark {
        Mark::Event { event, .. } => document.events.get(event)?.time,
        Mark::Time { time, .. } => Some(time),
        Mark::Quantity { quantity, .. } => document.quantities.get(quantity)?.time,
        Mark::Point { .. } => None,
    };
    let told = time.and_then(|time| document.times.get(time));
    if let Some(words) = told.and_then(|told| beside::other_clock(told, style, locale)) {
        // Right behind what the words mean: the clock is a reading of them.
        let at = card.steps.len().min(1);
        card.steps.truncate(MAX_STEPS - 1);
        let label = locale.get("why.zone").to_owned();
        card.steps.insert(at, Step { label, parts: vec![Part::Plain(words)], brief: Vec::new() });
    }
    Some(card)
}

/// The card of `mark`; `None` where the corpus has no such thing.
pub fn why(corpus: &Corpus, mark: Mark, locale: &Locale) -> Option<Why> {
    let doc = mark.doc();
    let document = &corpus.entries.get(doc)?.document;
    let card = Card { document, doc, locale };
    let mut why = match mark {
        Mark::Event { event, .. } => card.event(event)?,
        Mark::Time { time, .. } => card.time(time)?,
        Mark::Quantity { quantity, .. } => card.quantity(quantity)?,
        Mark::Point { series, point, .. } => card.point(series, point)?,
    };
    why.steps.truncate(MAX_STEPS);
    why.rules.retain(|rule| !rule.is_empty());
    why.rules.dedup();
    Some(why)
}

struct Card<'a> {
    document: &'a Document,
    doc: usize,
    locale: &'a Locale,
}

impl Card<'_> {
    fn title(&self, when: Option<&Edtf>, what: &str) -> String {
        match when {
            Some(when) => format!("{} · {what}", words::date(when, self.locale)),
            None => what.to_owned(),
        }
    }

    fn event(&self, idx: usize) -> Option<Why> {
        let event = self.document.events.get(idx)?;
        let quantities = self.document.quantities.iter().enumerate();
        let inside: Vec<usize> =
            quantities.filter(|(_, quantity)| event.span.contains(quantity.span)).map(|(idx, _)| idx).collect();
        let mut steps: Vec<Step> = event.time.map(|time| self.time_steps(time)).unwrap_or_default();
        steps.extend(inside.iter().filter_map(|&idx| self.value_step(idx)).take(2));
        steps.extend(self.derived_steps(&inside));
        steps.extend(self.claim_steps(&inside));
        let place = event.place.as_ref().filter(|_| steps.len() < MAX_STEPS - 1);
        steps.extend(place.map(|place| self.step("why.place", vec![Part::Plain(place.clone())], Vec::new())));
        let modifier = event.time.and_then(|time| self.document.times.get(time)?.modifier);
        steps.extend(self.drawn_step(Exactness::of(event.edtf.as_ref(), event.interval, modifier)));
        let by_hand: Vec<Step> = self.hand_step(event).into_iter().chain(self.tags_step(event)).collect();
        let n_last = usize::from(!event.same_as.is_empty()) + by_hand.len();
        steps.truncate(MAX_STEPS - n_last);
        steps.extend(by_hand);
        steps.extend(self.sources_step(&event.same_as));
        let time_rule = event.time.and_then(|time| Some(self.document.times.get(time)?.rule.clone()));
        let rules = time_rule.into_iter().chain([event.rule.clone()]).collect();
        Some(Why { title: self.title(event.edtf.as_ref(), &event.title), date: event.edtf.clone(), steps, rules })
    }

    fn time(&self, idx: usize) -> Option<Why> {
        let time = self.document.times.get(idx)?;
        let mut steps = self.time_steps(idx);
        steps.extend(self.drawn_step(Exactness::of(time.edtf.as_ref(), time.interval, time.modifier)));
        let title = self.title(time.edtf.as_ref(), &time.text);
        Some(Why { title, date: time.edtf.clone(), steps, rules: vec![time.rule.clone()] })
    }

    fn quantity(&self, idx: usize) -> Option<Why> {
        let quantity = self.document.quantities.get(idx)?;
        let mut steps: Vec<Step> = quantity.time.map(|time| self.time_steps(time)).unwrap_or_default();
        steps.extend(self.value_step(idx));
        steps.extend(self.derived_steps(&[idx]));
        steps.extend(self.claim_steps(&[idx]));
        let when = quantity.time.and_then(|time| self.document.times.get(time)?.edtf.as_ref());
        let what = match &quantity.measure {
            Some(measure) => format!("{measure} {}", quantity.text),
            None => quantity.text.clone(),
        };
        Some(Why { title: self.title(when, &what), date: when.cloned(), steps, rules: vec![quantity.rule.clone()] })
    }

    fn point(&self, series: usize, point: usize) -> Option<Why> {
        let series = self.document.series.get(series)?;
        let point = series.points.get(point)?;
        let value = value_with_unit(point.value, &series.unit, self.locale);
        let what = format!("{} {value}", series.name);
        let mut rules = Vec::new();
        let mut steps = Vec::new();
        if let Some(idx) = point.quantity {
            let quantity = self.document.quantities.get(idx)?;
            steps.extend(quantity.time.map(|time| self.time_steps(time)).unwrap_or_default());
            steps.extend(self.value_step(idx));
            rules.push(quantity.rule.clone());
        }
        let operands = point.derived.as_ref().map_or(&[][..], |derived| &derived.from);
        steps.extend(self.derived_step(series, point));
        steps.extend(operands.iter().filter_map(|&idx| self.value_step(idx)));
        let used: Vec<usize> = point.quantity.into_iter().chain(operands.iter().copied()).collect();
        if point.derived.is_none() {
            steps.extend(self.derived_steps(&used));
        }
        steps.extend(self.claim_steps(&used));
        steps.extend(self.drawn_step(Exactness::of(point.edtf.as_ref(), point.interval, None)));
        Some(Why { title: self.title(point.edtf.as_ref(), &what), date: point.edtf.clone(), steps, rules })
    }

    fn step(&self, key: &str, parts: Vec<Part>, brief: Vec<Part>) -> Step {
        Step { label: self.locale.fill(key, &[]), parts, brief }
    }

    fn plain(&self, key: &str, args: &[&str]) -> Part {
        Part::Plain(self.locale.fill(key, args))
    }

    fn cited_time(&self, time: usize) -> Part {
        let text = self.document.times.get(time).map(|time| time.text.clone()).unwrap_or_default();
        Part::Cited { text, mark: Mark::Time { doc: self.doc, time } }
    }

    /// What the words of a time mean, and against what they were resolved.
    fn time_steps(&self, idx: usize) -> Vec<Step> {
        let Some(time) = self.document.times.get(idx) else { return Vec::new() };
        let cited = self.cited_time(idx);
        let simple = |key: &str, args: &[&str]| {
            let brief = self.locale.fill(&format!("{key}-brief"), args);
            vec![self.step("why.time", vec![cited.clone(), self.plain(key, args)], vec![Part::Plain(brief)])]
        };
        match time.kind {
            TimeType::Duration => return simple("why.duration", &[]),
            TimeType::Set => return simple("why.set", &[]),
            TimeType::Date | TimeType::Time => {}
        }
        let Some(edtf) = &time.edtf else { return simple("why.undated", &[]) };
        let date = words::date(edtf, self.locale);
        if time.rule == "hand/date" {
            let brief = vec![self.plain("why.by-hand-brief", &[&date])];
            return vec![self.step("why.time", vec![cited, self.plain("why.by-hand", &[]), Part::Bold(date)], brief)];
        }
        if time.anchor.kind == AnchorKind::None && time.anchor.note.is_none() {
            return match self.whole(edtf) {
                Some((key, args)) => simple(key, &[&args[0], &args[1]]),
                None if edtf.grain() == Grain::Day && !edtf.is_range() => simple("why.day", &[&date]),
                None => {
                    vec![self.step("why.time", vec![cited, self.plain("why.is", &[]), Part::Bold(date)], Vec::new())]
                }
            };
        }
        let (mut parts, brief) = self.anchored(time, cited);
        if let (true, Some(note)) = (time.anchor.kind == AnchorKind::Lexicon, &time.anchor.note) {
            parts.push(Part::Plain(note_words(note, self.locale)));
        }
        let words = self.step("why.time", parts, vec![Part::Plain(brief)]);
        let note = time.anchor.note.as_ref().filter(|_| time.anchor.kind != AnchorKind::Lexicon);
        let note = note.map(|note| self.plain("why.note", &[&note_words(note, self.locale)]));
        let reads = self.years_before(time).unwrap_or_else(|| self.plain("why.reads", &[]));
        let reading = note.into_iter().chain([reads, Part::Bold(date)]).collect();
        let reading = self.step("why.reading", reading, Vec::new());
        [words, reading].into_iter().chain(self.period_step(idx)).collect()
    }

    /// 2100 to 2199 years before: how far back a year counted from the writing date lies.
    fn years_before(&self, time: &Time) -> Option<Part> {
        use chrono::Datelike as _;
        if !matches!(time.anchor.kind, AnchorKind::Article | AnchorKind::Document) {
            return None;
        }
        let own = time.edtf.as_ref().filter(|own| own.grain() >= Grain::Year)?.interval()?;
        let article = self.document.articles.get(time.article).and_then(|article| article.dct.as_ref());
        let base = article.or(self.document.dct.as_ref())?.start()?.year()?;
        let (first, last) = (own.start?.0.year(), own.end?.0.date().pred_opt()?.year());
        let (most, least) = (base - first, base - last);
        match (least, most) {
            (1, 1) => Some(self.plain("why.year-before", &[])),
            (2.., _) if least == most => Some(self.plain("why.years-before", &[&least.to_string()])),
            (2.., _) => Some(self.plain("why.range-before", &[&least.to_string(), &most.to_string()])),
            _ => None,
        }
    }

    /// Another time of the passage, a dynasty or an age, that holds this one.
    fn period_step(&self, idx: usize) -> Option<Step> {
        let time = self.document.times.get(idx)?;
        let own = time.interval?;
        let (start, end) = (own.start?, own.end?);
        let near = idx.saturating_sub(3)..(idx + 4).min(self.document.times.len());
        let holds = |other: usize| {
            let found = self.document.times.get(other)?;
            let is_near = found.article == time.article && found.span.start.abs_diff(time.span.start) < 240;
            let whole = found.interval?;
            let holds = whole.start? <= start && end <= whole.end? && whole != own;
            (is_near && holds && found.anchor.kind == AnchorKind::Lexicon).then_some((other, whole))
        };
        let (other, whole) = near.filter(|other| *other != idx).find_map(holds)?;
        let says = words::interval_words(whole, self.locale);
        let parts = vec![self.cited_time(other), self.plain("why.holds", &[&says])];
        Some(self.step("why.check", parts, Vec::new()))
    }

    /// The sentence about a whole year or month, with its first and last day.
    fn whole(&self, edtf: &Edtf) -> Option<(&'static str, [String; 2])> {
        let key = match edtf.grain() {
            Grain::Year => "why.whole-year",
            Grain::Month => "why.whole-month",
            _ => return None,
        };
        if edtf.is_range() || edtf.is_approximate() {
            return None;
        }
        use chrono::Datelike as _;
        let interval = edtf.interval()?;
        let (first, last) = (interval.start?.0.date(), interval.end?.0.date().pred_opt()?);
        let day = |date: chrono::NaiveDate| words::month_day(date.month(), date.day(), self.locale);
        Some((key, [day(first), day(last)]))
    }

    /// What a time counts from, as the sentence's beginning and in short.
    fn anchored(&self, time: &Time, cited: Part) -> (Vec<Part>, String) {
        let anchor = time.anchor.time.and_then(|idx| Some((idx, self.document.times.get(idx)?)));
        let base = match (time.anchor.kind, anchor) {
            (AnchorKind::Lexicon, _) => {
                return (vec![cited, self.plain("why.lexicon", &[])], self.locale.fill("why.lexicon-brief", &[]));
            }
            (_, Some((_, anchor))) => anchor.edtf.clone(),
            (AnchorKind::Article, None) => {
                self.document.articles.get(time.article).and_then(|article| article.dct.clone())
            }
            _ => self.document.dct.clone(),
        };
        let base = base.or_else(|| self.document.dct.clone());
        let way = match (time.interval, base.as_ref().and_then(Edtf::interval)) {
            _ if is_partial(&time.text) => "with",
            (own, base) => way_from(own, base),
        };
        // Years are counted from a year, days from a day.
        let is_coarse = time.edtf.as_ref().is_some_and(|own| own.grain() >= Grain::Year);
        let base = base.map(|base| match base.start().and_then(crate::edtf::Date::year).filter(|_| is_coarse) {
            Some(year) => Edtf::from_year(year),
            None => base,
        });
        let says = base.map_or_else(String::new, |base| words::date(&base, self.locale));
        let brief = self.locale.fill(&format!("why.counts-{way}-brief"), &[&says]);
        let Some((idx, _)) = anchor else {
            let of = match time.anchor.kind {
                _ if is_coarse => "",
                AnchorKind::Article => self.locale.get("why.article-date"),
                _ => self.locale.get("why.document-date"),
            };
            return (vec![cited, self.plain(&format!("why.counts-{way}"), &[&format!("{of}{says}")])], brief);
        };
        // The words of the anchor stand between the two halves of the sentence.
        let sentence = self.locale.fill(&format!("why.counts-{way}"), &["\u{0}"]);
        let (before, after) = sentence.split_once('\u{0}').unwrap_or((&sentence, ""));
        let parts = vec![cited, Part::Plain(before.to_owned()), self.cited_time(idx), Part::Plain(after.to_owned())];
        (parts, brief)
    }

    /// From the printed number and unit to the value; `None` where they say the same.
    fn value_step(&self, idx: usize) -> Option<Step> {
        let quantity = self.document.quantities.get(idx)?;
        let unit = if quantity.unit == "times" || quantity.unit == "pp" || quantity.unit == "%" {
            value_with_unit(quantity.value, &quantity.unit, self.locale)
        } else {
            let name = unit_name(&quantity.unit, self.locale);
            let exact = match quantity.upper {
                Some(upper) => format!("{}–{}", number::exact(quantity.value), number::exact(upper)),
                None => number::exact(quantity.value),
            };
            format!("{exact} {name}").trim_end().to_owned()
        };
        if quantity.rule == "hand/value" {
            let printed = format!("{}{}", quantity.printed.number, quantity.printed.unit);
            let parts = vec![Part::Plain(printed), self.plain("why.by-hand", &[]), Part::Bold(unit)];
            return Some(self.step("why.value", parts, Vec::new()));
        }
        let (figure, scale) = figure_and_scale(quantity);
        let printed = if scale.is_empty() { figure.clone() } else { format!("{figure} × {scale}") };
        let bound = quantity.modifier.map(|modifier| self.plain(bound_key(modifier), &[]));
        if scale.is_empty() && bound.is_none() && figure.is_ascii() && quantity.upper.is_none() {
            return None;
        }
        let parts = std::iter::once(Part::Plain(format!("{printed} = {unit}"))).chain(bound).collect();
        Some(self.step("why.value", parts, Vec::new()))
    }

    /// The points that were derived from these quantities.
    fn derived_steps(&self, quantities: &[usize]) -> Vec<Step> {
        let uses = |point: &&Point| {
            point.derived.as_ref().is_some_and(|derived| derived.from.iter().any(|from| quantities.contains(from)))
        };
        let all = self.document.series.iter();
        all.flat_map(|series| series.points.iter().filter(uses).filter_map(|point| self.derived_step(series, point)))
            .take(2)
            .collect()
    }

    fn derived_step(&self, series: &Series, point: &Point) -> Option<Step> {
        let derived = point.derived.as_ref()?;
        let last = derived.from.last().and_then(|&idx| self.document.quantities.get(idx));
        // The words that name the derived point's time: 上年 beside 比上年多54亿.
        let at = last.map_or(0, |quantity| quantity.span.start);
        let named = self.document.times.iter().enumerate().filter(|(_, time)| {
            time.interval.is_some() && time.interval == point.interval && at.abs_diff(time.span.start) < 300
        });
        let named = named.min_by_key(|(_, time)| at.abs_diff(time.span.start)).map(|(idx, _)| idx);
        let date = point.edtf.as_ref().map(|edtf| words::date(edtf, self.locale)).unwrap_or_default();
        let value = if series.unit == "%" || series.unit == "pp" || series.unit == "times" {
            value_with_unit(point.value, &series.unit, self.locale)
        } else {
            value_text(point.value, self.locale)
        };
        let brief = vec![self.plain("why.derived-brief", &[&date]), Part::Bold(value.clone())];
        let mut parts = Vec::new();
        match named {
            Some(idx) => parts.extend([self.cited_time(idx), self.plain("why.namely", &[&date, &derived.formula])]),
            None => parts.push(self.plain("why.at", &[&date, &derived.formula])),
        }
        parts.push(Part::Bold(value));
        Some(self.step("why.derived", parts, brief))
    }

    /// The claims that can be checked with these quantities.
    fn claim_steps(&self, quantities: &[usize]) -> Vec<Step> {
        let uses = |claim: &&Claim| {
            claim.from.iter().any(|from| quantities.contains(from))
                || quantities.iter().any(|&idx| {
                    self.document.quantities.get(idx).is_some_and(|quantity| claim.span.overlaps(quantity.span))
                })
        };
        self.document.claims.iter().filter(uses).take(2).map(|claim| self.claim_step(claim)).collect()
    }

    fn claim_step(&self, claim: &Claim) -> Step {
        let (key, brief) = match claim.verdict {
            Verdict::Consistent => ("why.agrees", "why.agrees-brief"),
            Verdict::Inconsistent => ("why.disagrees", "why.disagrees-brief"),
            Verdict::Unverifiable => ("why.unverifiable", "why.unverifiable-brief"),
        };
        let computed = claim.computed.map(number::about).unwrap_or_default();
        let formula = claim.formula.clone().unwrap_or_default();
        let sum = if formula.is_empty() { computed } else { format!("{formula} ≈ {computed}") };
        let parts = vec![self.plain(key, &[&sum, &claim.text])];
        self.step("why.check", parts, vec![self.plain(brief, &[&claim.text])])
    }

    /// How it is drawn, where that needs a word.
    fn drawn_step(&self, exactness: Exactness) -> Option<Step> {
        let key = match exactness {
            Exactness::Approximate => "why.drawn-approximate",
            Exactness::Ongoing => "why.drawn-ongoing",
            Exactness::Until => "why.drawn-until",
            Exactness::Before => "why.drawn-before",
            Exactness::After => "why.drawn-after",
            Exactness::Moment | Exactness::Within | Exactness::Lasting => return None,
        };
        Some(self.step("why.drawn", vec![self.plain(key, &[])], Vec::new()))
    }

    /// What the user wrote on the event, else what the text gave before he changed it.
    fn hand_step(&self, event: &Event) -> Option<Step> {
        let hand = event.hand.as_deref()?;
        if let Some(note) = &hand.note {
            return Some(self.step("why.note-label", vec![Part::Plain(note.clone())], Vec::new()));
        }
        let said = match (&hand.title, hand.is_added) {
            (Some(title), _) => self.plain("edit.was-title", &[title]),
            (None, true) => self.plain("why.added", &[]),
            (None, false) => return None,
        };
        Some(self.step("why.by-hand-label", vec![said], Vec::new()))
    }

    fn tags_step(&self, event: &Event) -> Option<Step> {
        let tags = Some(event.tags()).filter(|tags| !tags.is_empty())?;
        let parts = vec![Part::Plain(tags.join(self.locale.get("edit.tag-separator")))];
        Some(self.step("why.tags-label", parts, Vec::new()))
    }

    /// The other passages that tell the same event.
    fn sources_step(&self, same_as: &[usize]) -> Option<Step> {
        let mut parts = Vec::new();
        for &event in same_as {
            let Some(found) = self.document.events.get(event) else { continue };
            let headline = self.document.articles.get(found.article).and_then(|article| article.headline.clone());
            let text = headline.unwrap_or_else(|| found.title.clone());
            if !parts.is_empty() {
                parts.push(self.plain("why.and", &[]));
            }
            parts.push(Part::Link { text, mark: Mark::Event { doc: self.doc, event } });
        }
        (!parts.is_empty()).then(|| self.step("why.also", parts, Vec::new()))
    }
}

/// Whether a time lies before, behind or about what it counts from.
fn way_from(own: Option<Interval>, base: Option<Interval>) -> &'static str {
    match (own, base) {
        (Some(own), Some(base)) if own.end.is_some() && own.end <= base.start => "back",
        (Some(own), Some(base)) if base.end.is_some() && base.end <= own.start => "on",
        _ => "by",
    }
}

/// Whether the words name a month, day or hour and only leave out the larger units (6月24日), rather than count
/// from another time (三天前, 去年9月).
fn is_partial(text: &str) -> bool {
    text.chars().any(|c| c.is_numeric()) && !text.contains(|c| "前后来内去上今明昨本当次同翌隔过".contains(c))
}

/// `948` and `亿` of 948亿美元; the scale is empty where there is none.
fn figure_and_scale(quantity: &Quantity) -> (String, String) {
    const SCALES: &str = "百千万亿兆";
    let number = quantity.printed.number.as_str();
    let figure = number.trim_end_matches(|c| SCALES.contains(c));
    let is_figure = figure.ends_with(|c: char| c.is_ascii_digit());
    let (figure, own) = if is_figure { number.split_at(figure.len()) } else { (number, "") };
    let of_unit: String = quantity.printed.unit.chars().take_while(|&c| SCALES.contains(c)).collect();
    (figure.to_owned(), format!("{own}{of_unit}"))
}

const fn bound_key(modifier: QuantityMod) -> &'static str {
    match modifier {
        QuantityMod::Approx => "why.bound-approx",
        QuantityMod::MoreThan => "why.bound-more",
        QuantityMod::LessThan => "why.bound-less",
        QuantityMod::EqualOrMore => "why.bound-at-least",
        QuantityMod::EqualOrLess => "why.bound-at-most",
    }
}

/// What a reading notes of itself, in the language of the interface. A document holds notes in Chinese; each is known
/// by the words that the Chinese locale has for it.
fn note_words(note: &str, words: &Locale) -> String {
    if words.lang == Lang::Zh {
        return note.to_owned();
    }
    let chinese = Locale::of(Lang::Zh);
    let told = |part: &str| {
        let of_template = NOTES.iter().find_map(|key| match chinese.get(key).split_once("{0}") {
            Some((before, behind)) => {
                let inside = part.strip_prefix(before)?.strip_suffix(behind)?;
                Some(words.fill(key, &[inside]))
            }
            None => (part == chinese.get(key)).then(|| words.get(key).to_owned()),
        });
        of_template.or_else(|| note_in_english(part).map(str::to_owned)).unwrap_or_else(|| part.to_owned())
    };
    // A note of the lexicon may hold semicolons itself.
    note_in_english(note).map_or_else(
        || note.split('；').map(told).collect::<Vec<_>>().join(words.get("figure.list-semicolon")),
        str::to_owned,
    )
}

/// What readings note, as keys of the locale.
const NOTES: [&str; 6] =
    ["why.of-dct", "why.of-before", "why.of-heading", "why.of-weekday", "why.of-cycle", "why.of-clock"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{desk::Lang, view::reading::tests::corpus_of};

    #[test]
    fn a_plain_year_and_a_scaled_number_are_explained() {
        let corpus = corpus_of("2024年，两地的贸易总额为948亿美元。");
        let zh = Locale::of(Lang::Zh);
        let time = why(&corpus, Mark::Time { doc: 0, time: 0 }, zh).unwrap();
        assert_eq!(time.text(), "2024年 · 2024年\n时间 2024年 是整年：1月1日至12月31日");
        let quantity = why(&corpus, Mark::Quantity { doc: 0, quantity: 0 }, zh).unwrap();
        assert!(quantity.text().contains("数值 948 × 亿 = 94,800,000,000 美元"), "{}", quantity.text());
    }

    #[test]
    fn what_a_reading_notes_is_told_in_the_language_of_the_interface() {
        let corpus = corpus_of(
            "大桥通车\n\n新华社海湾2024年6月22日电 6月19日，大桥试车。2019年5月大桥开工，9月合龙。北京时间22日18时通车。\
             甲午年修过旧桥。康熙三年有渡口。党的十八大以来往来更多。改革开放以来人更多。",
        );
        let times = &corpus.entries[0].document.times;
        let noted: Vec<usize> = (0..times.len()).filter(|&time| times[time].anchor.note.is_some()).collect();
        assert!(noted.len() >= 6, "{:?}", times.iter().map(|time| (&time.text, &time.anchor.note)).collect::<Vec<_>>());
        for time in noted {
            let card = why(&corpus, Mark::Time { doc: 0, time }, Locale::of(Lang::En)).unwrap();
            let plain = card.steps.iter().flat_map(|step| &step.parts).filter_map(|part| match part {
                Part::Plain(words) => Some(words.as_str()),
                _ => None,
            });
            let plain: String = plain.collect();
            // The clock's own name stays as it is printed.
            let own = plain.replace("北京时间", "");
            assert!(!own.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{plain}");
        }
    }

    #[test]
    fn every_mark_has_a_card_in_both_languages() {
        let corpus = corpus_of(
            "2024年，两地的贸易总额为948亿美元，比上年多54亿美元。2100多年前有人西行。去年约120万人次往来，近年来更多，十年不变。",
        );
        let document = &corpus.entries[0].document;
        let marks = (0..document.times.len())
            .map(|time| Mark::Time { doc: 0, time })
            .chain((0..document.quantities.len()).map(|quantity| Mark::Quantity { doc: 0, quantity }))
            .chain((0..document.events.len()).map(|event| Mark::Event { doc: 0, event }));
        for mark in marks {
            for lang in [Lang::Zh, Lang::En] {
                let card = why(&corpus, mark, Locale::of(lang)).unwrap();
                assert!(!card.title.is_empty() && card.steps.len() <= MAX_STEPS);
                assert!(!card.text().contains("why."), "{}", card.text());
            }
        }
        assert_eq!(why(&corpus, Mark::Time { doc: 0, time: 99 }, Locale::of(Lang::Zh)), None);
    }
}
