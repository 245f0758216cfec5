//! Time expressions: what is said (TIMEX3) and which days it means (EDTF).
//!
//! ```text
//! text --fold--> one form of characters --rules--> findings --read--> Timex, as said
//!      --compose--> ranges, bounds, offsets --resolve--> values, EDTF, intervals with their anchors
//! ```
//!
//! The rules are `assets/rules/time/*.toml`, the names `assets/lexicon/*.toml`. What a rule cannot say (that
//! 6月24日 and 26日 make one range, that 上年 looks back from its own sentence) is code in `compose` and `resolve`.

mod calendars;
mod compose;
mod context;
mod counted;
mod frame;
mod holiday;
mod lexicon;
mod lunar;
mod memo;
mod needs;
mod offset;
mod read;
mod resolve;
mod spoken;
mod table;
mod timex;
pub(crate) mod words;

use super::{
    Context, Found, fold,
    load::{self, LoadError, Macros},
    rule::RuleSet,
};
use crate::{model::Time, span::Span, text::Article};
pub use lexicon::note_in_english;
use memo::Memo;
use needs::Needs;
pub use read::Meaning;
use regex_automata::util::pool::Pool;
use resolve::{Anchors, Here};
use spoken::Spoken;
use std::sync::OnceLock;
use timex::Timex;

/// The rule files, in order of precedence at equal length.
const FILES: [(&str, &str); 7] = [
    ("time/calendar.toml", include_str!("../../../assets/rules/time/calendar.toml")),
    ("time/relative.toml", include_str!("../../../assets/rules/time/relative.toml")),
    ("time/clock.toml", include_str!("../../../assets/rules/time/clock.toml")),
    ("time/named.toml", include_str!("../../../assets/rules/time/named.toml")),
    ("time/set.toml", include_str!("../../../assets/rules/time/set.toml")),
    ("time/length.toml", include_str!("../../../assets/rules/time/length.toml")),
    ("time/reference.toml", include_str!("../../../assets/rules/time/reference.toml")),
];

/// Rules for times and for what may stand behind them.
#[derive(Debug)]
pub struct Rules {
    /// Time expressions.
    pub times: RuleSet<Meaning>,
    /// 以来, 底, 左右.
    pub suffixes: RuleSet<Meaning>,
    /// What was read before, one a thread.
    memos: Pool<Memo, fn() -> Memo>,
}

/// Reads and compiles the built-in rules.
///
/// # Errors
/// Names the file, the rule and the reason.
pub fn load() -> Result<Rules, LoadError> {
    let mut macros = Macros::new();
    words::words().add_macros(&mut macros);
    lexicon::lexicon().add_macros(&mut macros);
    let mut rules = Vec::new();
    for (file, text) in FILES {
        rules.extend(load::read(file, text, &mut macros)?);
    }
    let suffixes = include_str!("../../../assets/rules/time/suffix.toml");
    let suffixes = load::read("time/suffix.toml", suffixes, &mut macros)?;
    let memos = Pool::new(Memo::default as fn() -> Memo);
    Ok(Rules { times: RuleSet::new(rules)?, suffixes: RuleSet::new(suffixes)?, memos })
}

/// The built-in rules, compiled once. `None` only if a built-in file is broken, which a test excludes.
pub fn rules() -> Option<&'static Rules> {
    static RULES: OnceLock<Option<Rules>> = OnceLock::new();
    RULES
        .get_or_init(|| {
            let rules = load();
            debug_assert!(rules.is_ok(), "{}", rules.as_ref().err().map_or(String::new(), ToString::to_string));
            rules.ok()
        })
        .as_ref()
}

/// Finds every time expression of `article`, by place, resolved against `context`.
pub fn times(article: &Article, context: &Context) -> Vec<Found<Time>> {
    let Some(rules) = rules() else { return Vec::new() };
    let needs = Needs::of(article);
    let told = counts_by_republic(article, context).then_some((1912, 2011));
    let mut anchors = Anchors::new(context.dct.as_ref(), context.dct_is_own, is_text(article))
        .with_headline_year(headline_year(article));
    let mut found = Vec::new();
    // What is said is read block by block; what it means depends on what was said before.
    let said = super::of_blocks(article, |block_idx, block| {
        let folded = fold::fold(block.text.text());
        let reading = folded.as_ref().map_or(block.text.text(), |clean| clean.text());
        let said = expressions(rules, reading, block_idx, told);
        (folded.filter(|_| !said.is_empty()), said)
    });
    for (block_idx, (block, (folded, said))) in article.blocks.iter().zip(said).enumerate() {
        let text = block.text.text();
        let reading = folded.as_ref().map_or(text, |clean| clean.text());
        if said.is_empty() {
            let years = table::years(article, block_idx).into_iter();
            found.extend(years.map(|(at, item)| {
                let item = Time { span: block.text.source_span(at), ..item };
                Found { block: block_idx, at, item }
            }));
        }
        for (timex, here) in said {
            if anchors.is_untold(&timex, here) {
                continue;
            }
            let at = folded.as_ref().map_or(timex.at, |clean| clean.source_span(timex.at));
            let item = resolved(rules, &timex, here, &mut anchors, found.len(), &needs, (reading, text, at));
            let item = Time { span: block.text.source_span(at), ..item };
            found.push(Found { block: block_idx, at, item });
        }
    }
    found
}

/// Whether the article is more than a phrase by itself (明天下午三点): it has a full stop, or is long.
fn is_text(article: &Article) -> bool {
    let phrase = article.blocks.first().filter(|_| article.blocks.len() == 1).map(|block| block.text.text());
    phrase.is_none_or(|text| text.contains(['。', '；']) || text.chars().nth(40).is_some())
}

/// The one year of four figures that the headline names with 年 (2023年国民经济和社会发展统计公报).
fn headline_year(article: &Article) -> Option<i32> {
    let headline = article.blocks.iter().find(|block| block.role == crate::text::Role::Headline)?.text.text();
    let mut years = headline.match_indices('年').filter_map(|(at, _)| {
        let digits = headline.get(at.checked_sub(4)?..at)?;
        let is_whole = !headline.get(..at - 4)?.ends_with(|c: char| c.is_ascii_digit());
        digits.parse().ok().filter(|year| is_whole && (1900..2100).contains(year))
    });
    let year = years.next()?;
    years.next().is_none().then_some(year)
}

/// Whether a text counts its years from 1912, as news of Taiwan does: 112年出口.
fn counts_by_republic(article: &Article, context: &Context) -> bool {
    context.is_traditional && article.blocks.iter().any(|block| words::is_of_taiwan(block.text.text()))
}

/// The expressions of one block, as said, each with where it stands; `told` as in [`compose::compose`].
fn expressions(rules: &Rules, reading: &str, block: usize, told: Option<(i32, i32)>) -> Vec<(Timex, Here)> {
    let hits = rules.times.scan(reading);
    if hits.is_empty() {
        return Vec::new();
    }
    let mut memo = rules.memos.get();
    let read: Vec<Timex> = hits.into_iter().filter_map(|hit| memo.read(&rules.times, reading, hit)).collect();
    drop(memo);
    let composed = compose::compose(reading, read, &rules.suffixes, told);
    let sentences = crate::text::sentences(reading);
    let mut speech = Spoken::of(reading);
    let mut here = |timex: &Timex| {
        let sentence = sentences.partition_point(|sentence| sentence.end <= timex.at.start);
        let (start, end) =
            sentences.get(sentence).map_or((0, reading.len()), |sentence| (sentence.start, sentence.end));
        Here {
            block,
            sentence,
            after_de: reading.get(..timex.at.start).is_some_and(|before| before.ends_with('的')),
            compared: is_same_period(timex) || !is_ending(timex) && context::is_compared(reading, timex.at),
            counted: matches!(timex.what, timex::What::Offset { .. }),
            heads: is_line_head(reading, timex.at),
            ahead: is_part_of_year(timex) && reading.get(start..end).is_some_and(context::looks_ahead),
            spoken: speech.at(start, end, timex.at.start),
        }
    };
    composed
        .into_iter()
        .map(|timex| {
            let here = here(&timex);
            (timex, here)
        })
        .collect()
}

/// Whether a time is all that its line says, but for a few words without a sentence (2002年, 2002年大事记).
fn is_line_head(line: &str, at: Span) -> bool {
    let more = line.chars().count().saturating_sub(at.slice(line).chars().count());
    more <= 4 && !line.contains(['。', '，', '；', '、', '：'])
}

/// Whether a time is a quarter or half of a year, or all of it, so that its year may be the one before or the next.
fn is_part_of_year(timex: &Timex) -> bool {
    let timex::What::Point(fields) = &timex.what else { return false };
    fields.whole || fields.get(timex::Unit::Quarter).is_some() || fields.get(timex::Unit::Half).is_some()
}

/// What the note of a time says about its clock, before and behind the clock's name.
const CLOCK_BEFORE: &str = "时刻照原文（";
const CLOCK_BEHIND: char = '）';

/// Whose clock a time is told by, where the words right before it say so: 北京, 当地, 美国东部.
pub fn stated_clock(time: &Time) -> Option<&str> {
    let (_, rest) = time.anchor.note.as_deref()?.split_once(CLOCK_BEFORE)?;
    Some(rest.split_once(CLOCK_BEHIND)?.0.trim_end_matches("时间"))
}

/// The eras of China that count a year, with the year's number in each: 1908 is 光绪 34. Where several houses counted,
/// several, the earlier begun first; none from 1912 on.
pub fn eras_of(year: i32) -> Vec<(String, i32)> {
    lexicon::lexicon().eras_of(year)
}

/// 截至6月30日止六个月 is a period of its own, no bound.
const fn is_ending(timex: &Timex) -> bool {
    matches!(timex.what, timex::What::Ending { .. })
}

/// 2019年同期 is there to be compared with.
const fn is_same_period(timex: &Timex) -> bool {
    matches!(timex.what, timex::What::Point(fields) if fields.same_period)
}

fn resolved(
    rules: &Rules,
    timex: &Timex,
    here: Here,
    anchors: &mut Anchors,
    idx: usize,
    needs: &Needs<'_>,
    (reading, text, at): (&str, &str, Span),
) -> Time {
    let mut resolved = anchors.resolve(timex, here, needs);
    if let Some(zone) = context::stated_zone(reading.get(..timex.at.start).unwrap_or_default()) {
        let note = format!("{CLOCK_BEFORE}{zone}{CLOCK_BEHIND}");
        resolved.anchor.note = Some(resolved.anchor.note.map_or(note.clone(), |before| format!("{before}；{note}")));
    }
    anchors.remember(idx, here, &resolved);
    let keeps_blank = timex.at.slice(reading).contains(' ');
    let said: String = at.slice(text).chars().filter(|c| keeps_blank || !c.is_whitespace()).collect();
    Time {
        span: at,
        text: said,
        article: 0,
        kind: resolved.kind,
        value: resolved.value,
        edtf: resolved.edtf,
        interval: resolved.interval,
        modifier: resolved.modifier,
        anchor: resolved.anchor,
        rule: rules.times.rules().get(timex.rule).map_or_else(String::new, |rule| rule.id.clone()),
    }
}
