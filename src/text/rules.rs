//! The wording by which the furniture of a page is known: datelines, bylines, credits, headings. Data in
//! `assets/rules/article`.

use super::{charset::CharSet, names};
use crate::{edtf::Edtf, model::Dateline};
use regex::{Captures, Regex, RegexSet};
use serde::Deserialize;
use std::{
    borrow::Cow,
    sync::{LazyLock, OnceLock},
};

const DATELINE: &str = include_str!("../../assets/rules/article/dateline.toml");
const CREDIT: &str = include_str!("../../assets/rules/article/credit.toml");
const HEADING: &str = include_str!("../../assets/rules/article/heading.toml");

/// How a paragraph opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// With a dateline: a new piece begins.
    Dispatch,
    /// As a photograph's caption does.
    Caption,
    /// Like any other.
    None,
}

#[derive(Debug, Deserialize)]
struct Raw {
    #[allow(dead_code, reason = "names the rule in test messages")]
    id: String,
    pattern: String,
    #[serde(flatten)]
    signs: Signs,
    #[serde(default)]
    #[allow(dead_code, reason = "read by the tests")]
    examples: Vec<String>,
    #[serde(default)]
    #[allow(dead_code, reason = "read by the tests")]
    not: Vec<String>,
}

/// What a text must show for a rule to match it; one of them suffices, and a rule that names none is always asked.
/// Nearly all text is told apart by these before an expression is run.
#[derive(Debug, Default, Deserialize)]
struct Signs {
    /// It begins with one of these characters; `0` stands for every digit.
    first: Option<String>,
    /// It ends with one of these.
    last: Option<String>,
    /// It holds one of these.
    holds: Option<String>,
}

impl Signs {
    const fn are_told(&self) -> bool {
        self.first.is_some() || self.last.is_some() || self.holds.is_some()
    }
}

/// The signs of all rules of a group together.
struct Gate {
    first: CharSet,
    begins_with_digit: bool,
    last: CharSet,
    holds: Option<CharSet>,
}

impl Gate {
    /// `None` where some rule has no sign.
    fn new(rules: &[Raw]) -> Option<Self> {
        let of = |which: fn(&Signs) -> &Option<String>| {
            rules.iter().filter_map(|rule| which(&rule.signs).as_deref()).collect::<String>()
        };
        let (first, last, holds) = (of(|signs| &signs.first), of(|signs| &signs.last), of(|signs| &signs.holds));
        rules.iter().all(|rule| rule.signs.are_told()).then(|| Self {
            first: CharSet::of(&first),
            begins_with_digit: first.contains('0'),
            last: CharSet::of(&last),
            holds: (!holds.is_empty()).then(|| CharSet::of(&holds)),
        })
    }

    fn is_passed(&self, text: &str) -> bool {
        let is_digit = |c: char| self.begins_with_digit && !super::line::is_han(c) && c.is_numeric();
        text.chars().next().is_some_and(|c| self.first.contains(c) || is_digit(c))
            || text.chars().next_back().is_some_and(|c| self.last.contains(c))
            || self.holds.as_ref().is_some_and(|set| set.is_in(text))
    }
}

#[derive(Debug, Deserialize)]
struct Pattern {
    pattern: String,
}

#[derive(Debug, Deserialize)]
struct DatelineFile {
    rule: Vec<Raw>,
    agency: Pattern,
}

#[derive(Debug, Deserialize)]
struct CreditFile {
    closing: Vec<Raw>,
    byline: Vec<Raw>,
    photo: Vec<Raw>,
    caption: Vec<Raw>,
}

#[derive(Debug, Deserialize)]
struct HeadingFile {
    numbered: Vec<Raw>,
    item: Vec<Raw>,
    sentence: Vec<Raw>,
    deck: Vec<Raw>,
    briefs: Vec<Raw>,
    note: Vec<Raw>,
}

/// Rules of one kind, compiled when they are first asked.
struct Group {
    gate: Option<Gate>,
    patterns: Vec<String>,
    set: OnceLock<RegexSet>,
    each: OnceLock<Vec<Regex>>,
}

impl Group {
    fn new(rules: Vec<Raw>, agency: &str) -> Self {
        let gate = Gate::new(&rules);
        let patterns = rules.into_iter().map(|rule| rule.pattern.replace("{agency}", agency)).collect();
        Self { gate, patterns, set: OnceLock::new(), each: OnceLock::new() }
    }

    /// Whether one of them matches `text`, which is read once.
    fn is_match(&self, text: &str) -> bool {
        self.gate.as_ref().is_none_or(|gate| gate.is_passed(text))
            && self.set.get_or_init(|| RegexSet::new(&self.patterns).unwrap_or_default()).is_match(text)
    }

    /// The groups of the first that matches.
    fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        if !self.is_match(text) {
            return None;
        }
        let compile = || self.patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect();
        self.each.get_or_init(compile).iter().find_map(|rule| rule.captures(text))
    }
}

struct Rules {
    dateline: Group,
    closing: Group,
    byline: Group,
    photo: Group,
    caption: Group,
    numbered: Group,
    item: Group,
    sentence: Group,
    deck: Group,
    briefs: Group,
    note: Group,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let dateline = toml::from_str::<DatelineFile>(DATELINE).ok();
    let agency = dateline.as_ref().map_or_else(String::new, |file| file.agency.pattern.clone());
    let credit = toml::from_str::<CreditFile>(CREDIT).ok();
    let heading = toml::from_str::<HeadingFile>(HEADING).ok();
    let compile = |rules: Option<Vec<Raw>>| Group::new(rules.unwrap_or_default(), &agency);
    let (closing, byline, photo, caption) =
        credit.map_or((None, None, None, None), |f| (Some(f.closing), Some(f.byline), Some(f.photo), Some(f.caption)));
    let (numbered, item, sentence, deck, briefs, note) = heading.map_or((None, None, None, None, None, None), |f| {
        (Some(f.numbered), Some(f.item), Some(f.sentence), Some(f.deck), Some(f.briefs), Some(f.note))
    });
    Rules {
        dateline: compile(dateline.map(|file| file.rule)),
        closing: compile(closing),
        byline: compile(byline),
        photo: compile(photo),
        caption: compile(caption),
        numbered: compile(numbered),
        item: compile(item),
        sentence: compile(sentence),
        deck: compile(deck),
        briefs: compile(briefs),
        note: compile(note),
    }
});

/// The first `n` bytes of `text`, or a little less.
fn head(text: &str, n: usize) -> &str {
    text.get(..text.floor_char_boundary(n)).unwrap_or(text)
}

/// The last `n` bytes of `text`, or a little less.
fn tail(text: &str, n: usize) -> &str {
    text.get(text.ceil_char_boundary(text.len().saturating_sub(n))..).unwrap_or(text)
}

/// How a paragraph (or its first line) opens.
pub(super) fn opening(text: &str) -> Opening {
    let text = &folded_digits(head(text, 150));
    if RULES.dateline.is_match(text) {
        Opening::Dispatch
    } else if RULES.caption.is_match(text) {
        Opening::Caption
    } else {
        Opening::None
    }
}

/// Full-width digits as half-width ones; lines are looked at before they are joined.
fn folded_digits(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| ('０'..='９').contains(&c)) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .map(|c| if ('０'..='９').contains(&c) { char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c) } else { c })
        .collect()
}

/// Whether the line is a byline, a source, a credit or a deck rather than part of a headline.
pub(super) fn is_furniture(line: &str) -> bool {
    is_byline(line) || is_closing(line) || is_deck(line) || photo_credit(line).is_some() || is_numbered(line)
}

/// Whether the whole of `text` names authors, source or day.
pub(super) fn is_byline(text: &str) -> bool {
    text.len() <= 240 && RULES.byline.is_match(text)
}

/// Whether the whole of `text` closes the article before it.
pub(super) fn is_closing(text: &str) -> bool {
    text.len() <= 400 && RULES.closing.is_match(text)
}

/// Whether `text` is set below a headline.
pub(super) fn is_deck(text: &str) -> bool {
    RULES.deck.is_match(head(text, 60))
}

/// Whether the whole of `text` is a note beside a table: 单位：亿元.
pub(super) fn is_note(text: &str) -> bool {
    text.len() <= 400 && RULES.note.is_match(text)
}

/// Whether the headline `text` stands over many short pieces.
pub(super) fn names_briefs(text: &str) -> bool {
    text.len() <= 60 && RULES.briefs.is_match(text)
}

/// Whether `text` begins with the number of a heading.
pub(super) fn is_numbered(text: &str) -> bool {
    RULES.numbered.is_match(head(text, 60))
}

/// Whether `text` begins with the number of a heading, an article of a law or an item of a list: it begins a line.
pub(super) fn is_item(text: &str) -> bool {
    is_numbered(text) || RULES.item.is_match(head(text, 60))
}

/// Whether `text` opens as a sentence does and no headline: 5月3日，…
pub(super) fn is_sentence_start(text: &str) -> bool {
    RULES.sentence.is_match(&folded_digits(head(text, 90)))
}

/// The photographer's credit at the end of `text`.
pub(super) fn photo_credit(text: &str) -> Option<&str> {
    let end = tail(text, 150);
    RULES.photo.captures(end)?.name("credit").map(|credit| credit.as_str())
}

/// The dateline `text` opens with (or is, in brackets), and the reporters named right behind it. The year is `XXXX`
/// where it is not printed.
pub(super) fn dateline(text: &str) -> Option<(Dateline, Vec<String>)> {
    let found = RULES.dateline.captures(head(text, 150))?;
    let group = |name| found.name(name).map(|part| part.as_str());
    let agency = group("agency")?.trim_end_matches("消息").to_owned();
    let number = |name| group(name).and_then(number_from_text);
    let year = number("year").map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
    let date = match (number("month"), number("day")) {
        (Some(month @ 1..=12), Some(day @ 1..=31)) => Some(format!("{year}-{month:02}-{day:02}")),
        _ => None,
    };
    let date = date.and_then(|date| date.parse::<Edtf>().ok());
    let behind = found.name("wire").and_then(|wire| text.get(wire.end()..)).unwrap_or_default();
    let behind = head(behind, 150).trim_start().trim_start_matches(['（', '(']).trim_start();
    let credit = behind.split(['）', ')', '：', '，', '。']).next().unwrap_or_default();
    let is_credit = ["记者", "記者", "通讯员"].iter().any(|word| credit.starts_with(word));
    let mut reporters = if is_credit { names::of_reporters(credit) } else { Vec::new() };
    reporters.extend(group("reporter").map(str::to_owned));
    Some((Dateline { agency, place: group("place").map(str::to_owned), date }, reporters))
}

/// `22`, `二十二`, `一九四九` as a number.
fn number_from_text(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).or((c == '零').then_some(0));
    let mut digits = text.chars().map(|c| if c == '十' { Some(10) } else { digit(c) });
    if !text.contains('十') {
        return digits.try_fold(0_u32, |sum, d| Some(sum * 10 + u32::try_from(d?).ok()?));
    }
    let (tens, ones) = text.split_once('十')?;
    let tens = if tens.is_empty() { 1 } else { tens.chars().next().and_then(digit)? };
    let ones = if ones.is_empty() { 0 } else { ones.chars().next().and_then(digit)? };
    u32::try_from(tens * 10 + ones).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rules: &[Raw], agency: &str) {
        for rule in rules {
            let regex =
                Regex::new(&rule.pattern.replace("{agency}", agency)).unwrap_or_else(|e| panic!("{}: {e}", rule.id));
            assert!(!rule.examples.is_empty(), "{} has no example", rule.id);
            let gate = Gate::new(std::slice::from_ref(rule));
            for example in &rule.examples {
                let is_asked = gate.as_ref().is_none_or(|gate| gate.is_passed(&folded_digits(example)));
                assert!(is_asked, "{} shows no sign in {example}", rule.id);
                assert!(regex.is_match(&folded_digits(example)), "{} should match {example}", rule.id);
            }
            for other in &rule.not {
                assert!(!regex.is_match(&folded_digits(other)), "{} should not match {other}", rule.id);
            }
        }
    }

    #[test]
    fn every_rule_matches_its_examples_alone() {
        let dateline: DatelineFile = toml::from_str(DATELINE).unwrap();
        let agency = &dateline.agency.pattern;
        let credit: CreditFile = toml::from_str(CREDIT).unwrap();
        let heading: HeadingFile = toml::from_str(HEADING).unwrap();
        for rules in [
            &dateline.rule,
            &credit.closing,
            &credit.byline,
            &credit.photo,
            &credit.caption,
            &heading.numbered,
            &heading.item,
            &heading.sentence,
            &heading.deck,
            &heading.briefs,
            &heading.note,
        ] {
            check(rules, agency);
        }
    }

    #[test]
    fn datelines_give_agency_place_and_day() {
        for (text, expected) in [
            ("新华社拉萨8月3日电（记者赵一）今天", ("新华社", Some("拉萨"), Some("XXXX-08-03"))),
            ("本报讯（记者赵一）今天", ("本报", None, None)),
            ("中央社台北十月二日電", ("中央社", Some("台北"), Some("XXXX-10-02"))),
            ("新华社北京1949年10月1日电", ("新华社", Some("北京"), Some("1949-10-01"))),
        ] {
            let (found, _) = dateline(text).unwrap();
            let date = found.date.as_ref().map(Edtf::as_str);
            assert_eq!((found.agency.as_str(), found.place.as_deref(), date), expected, "{text}");
        }
        assert_eq!(dateline("新华社记者从会上获悉"), None);
    }
}
