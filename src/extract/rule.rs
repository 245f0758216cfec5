//! Many rules matched in one pass: a lazy DFA over all patterns, leftmost and longest, earlier rules first.
//!
//! The text is walked once, character by character. A bit table says which characters can begin a rule; from such
//! a character the automaton runs until it dies, which is after one or two characters in nearly all places. All
//! ends it passes are noted; the longest whose guards hold wins, at the same length the rule that stands
//! first. Only the winner's own regular expression is run for its groups.
//!
//! What it does not do: overlapping findings, look-around inside patterns (guards are for that), or anything
//! about meaning: a rule carries an `M` that its reader understands.

use super::{
    dead_ends::{Beginning, DeadEnds, beginnings},
    load::{Example, LoadError, RawRule},
};
use crate::{
    span::Span,
    text::charset::{CharSet, char_len},
};
use regex_automata::{
    Anchored, Input, MatchKind, PatternID,
    hybrid::dfa::{Cache, DFA},
    meta::Regex,
    nfa::thompson,
    util::{captures::Captures, pool::Pool, start},
};
use std::{
    panic::{RefUnwindSafe, UnwindSafe},
    sync::OnceLock,
};

/// One rule, ready to match.
#[derive(Debug)]
pub struct Rule<M> {
    /// `file/id`.
    pub id: String,
    /// What it means.
    pub meaning: M,
    /// Its examples.
    pub examples: Vec<Example>,
    /// Texts in which it must find nothing.
    pub counter_examples: Vec<String>,
    pattern: String,
    groups: OnceLock<Option<Capturing>>,
    guards: Vec<Guard>,
}

/// A rule's own expression, and the names of its groups with their numbers.
#[derive(Debug)]
struct Capturing {
    regex: Regex,
    names: Vec<(String, usize)>,
}

/// A condition on what stands around a finding.
#[derive(Debug)]
struct Guard {
    side: Side,
    /// Whether the context must be there or must not.
    wanted: bool,
    text: String,
    /// Which pattern of its side's automaton it is.
    pattern: PatternID,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// Where a rule matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Index of the rule.
    pub rule: usize,
    /// Bytes of the text.
    pub at: Span,
}

/// The automata's working memory, one a thread.
struct Caches {
    main: Cache,
    left: Cache,
    right: Cache,
    /// Guards on the left and on the right that fail by the one character beside the finding.
    failing: [DeadEnds; 2],
    /// Beginnings of text in which no rule was seen to begin.
    dead: DeadEnds,
    /// The byte on which the main automaton died last.
    died_at: usize,
    /// The ends that it passed, each with the pattern that ends there.
    ends: Vec<(usize, PatternID)>,
}

/// Makes the working memory of the automata for a thread that has none yet.
type MakeCaches = Box<dyn Fn() -> Caches + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// Rules compiled together.
pub struct RuleSet<M> {
    rules: Vec<Rule<M>>,
    dfa: DFA,
    /// All guards on what stands before, read backwards from the finding.
    left: DFA,
    /// All guards on what follows.
    right: DFA,
    caches: Pool<Caches, MakeCaches>,
    /// The characters of the basic plane that can begin a rule.
    starters: CharSet,
}

impl<M> std::fmt::Debug for RuleSet<M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RuleSet").field("n_rules", &self.rules.len()).finish_non_exhaustive()
    }
}

/// How many characters a guard sees.
const CONTEXT_CHARS: usize = 12;

impl<M> RuleSet<M> {
    /// Compiles `rules`; earlier ones win over later ones of the same length.
    ///
    /// # Errors
    /// A pattern or guard that is no regular expression, or an id that occurs twice, is named.
    pub fn new(rules: Vec<RawRule<M>>) -> Result<Self, LoadError> {
        let mut rules: Vec<Rule<M>> = rules.into_iter().map(Rule::new).collect();
        let mut ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
        ids.sort_unstable();
        if let Some(twice) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(rule_error(twice[0], "the id occurs twice"));
        }
        for side in [Side::Left, Side::Right] {
            let guards = rules.iter_mut().flat_map(|rule| &mut rule.guards).filter(|guard| guard.side == side);
            guards.enumerate().for_each(|(idx, guard)| guard.pattern = PatternID::new_unchecked(idx));
        }
        let automata = automata(&rules).map_err(|error| blamed(&rules, &error.to_string()))?;
        let [dfa, left, right] = automata.clone();
        let make: MakeCaches = Box::new(move || {
            let [main, left, right] = automata.each_ref().map(DFA::create_cache);
            let failing = [DeadEnds::default(), DeadEnds::default()];
            Caches { main, left, right, failing, dead: DeadEnds::default(), died_at: 0, ends: Vec::new() }
        });
        let caches = Pool::new(make);
        let starters = starters(&dfa, &mut caches.get().main);
        Ok(Self { rules, dfa, left, right, caches, starters })
    }

    /// The rules, in order.
    pub fn rules(&self) -> &[Rule<M>] {
        &self.rules
    }

    /// The rule of a hit.
    pub fn rule(&self, hit: Hit) -> Option<&Rule<M>> {
        self.rules.get(hit.rule)
    }

    /// All findings in `text`, from left to right, none overlapping.
    pub fn scan(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut caches = self.caches.get();
        let mut ends = std::mem::take(&mut caches.ends);
        let mut at = 0;
        let mut last_end = usize::MAX;
        while let Some(start) = self.starters.find(text, at) {
            let beginnings = beginnings(text.as_bytes(), start);
            if beginnings.iter().any(|beginning| caches.dead.holds(beginning)) {
                at = after_start(text.as_bytes(), start);
                continue;
            }
            match self.longest(&mut caches, text, start, last_end, &mut ends) {
                Some(hit) => {
                    at = hit.at.end;
                    last_end = at;
                    hits.push(hit);
                }
                None => {
                    at = after_start(text.as_bytes(), start);
                    let died_in = |beginning: &&Beginning| caches.died_at < start + beginning.n_bytes;
                    if let Some(beginning) = beginnings.iter().find(died_in).filter(|_| ends.is_empty()) {
                        caches.dead.insert(beginning);
                    }
                }
            }
        }
        caches.ends = ends;
        hits
    }

    /// The longest finding that begins exactly at byte `start`.
    pub fn match_at(&self, text: &str, start: usize) -> Option<Hit> {
        if !self.may_start(text, start) {
            return None;
        }
        self.longest(&mut self.caches.get(), text, start, start, &mut Vec::new())
    }

    /// All findings that begin exactly at byte `start`, the longest first.
    pub fn matches_at(&self, text: &str, start: usize) -> Vec<Hit> {
        if !self.may_start(text, start) {
            return Vec::new();
        }
        let mut ends = Vec::new();
        let mut caches = self.caches.get();
        self.walk(&mut caches.main, text.as_bytes(), start, &mut ends);
        ends.sort_by_key(|&(end, pattern)| (std::cmp::Reverse(end), pattern));
        ends.iter()
            .map(|&(end, pattern)| Hit { rule: pattern.as_usize(), at: Span::new(start, end) })
            .filter(|hit| hit.at.end > start)
            .filter(|hit| self.rule(*hit).is_some_and(|rule| self.guards_hold(&mut caches, rule, text, hit.at)))
            .collect()
    }

    /// Whether some rule may begin with the character at byte `at`. Of those beyond the basic plane nothing is known.
    fn may_start(&self, text: &str, at: usize) -> bool {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return false };
        c > '\u{FFFF}' || self.starters.contains(c)
    }

    /// Runs the automaton from `start` and keeps the longest end whose guards hold.
    fn longest(
        &self,
        caches: &mut Caches,
        text: &str,
        start: usize,
        last_end: usize,
        ends: &mut Vec<(usize, PatternID)>,
    ) -> Option<Hit> {
        ends.clear();
        // Nothing may begin inside a number; a long one is walked over once, not from each of its figures.
        if start != last_end && splits_number_left(text, start) {
            caches.died_at = usize::MAX;
            return None;
        }
        caches.died_at = self.walk(&mut caches.main, text.as_bytes(), start, ends);
        // Longest first, which were noted last; at one end the patterns in their order.
        let same_end = ends.chunk_by_mut(|a, b| a.0 == b.0);
        same_end.rev().find_map(|patterns| {
            let end = patterns.first()?.0;
            if end <= start || splits_number_right(text, end) {
                return None;
            }
            patterns.sort_unstable_by_key(|&(_, pattern)| pattern);
            patterns.iter().find_map(|&(_, pattern)| {
                let at = Span::new(start, end);
                let rule = self.rules.get(pattern.as_usize())?;
                self.guards_hold(caches, rule, text, at).then_some(Hit { rule: pattern.as_usize(), at })
            })
        })
    }

    fn guards_hold(&self, caches: &mut Caches, rule: &Rule<M>, text: &str, at: Span) -> bool {
        rule.guards.iter().all(|guard| {
            let [failing_left, failing_right] = &mut caches.failing;
            let stands = match guard.side {
                Side::Left => {
                    let before = text.as_bytes().get(..at.start).unwrap_or_default();
                    let beside = Beginning::beside(guard.pattern.as_usize(), before.last_chunk());
                    let reading = || matches(&self.left, &mut caches.left, guard.pattern, last_chars(before));
                    failing_left.unless_failing(&beside, reading)
                }
                Side::Right => {
                    let after = text.as_bytes().get(at.end..).unwrap_or_default();
                    let beside = Beginning::beside(guard.pattern.as_usize(), after.first_chunk());
                    let reading = || matches(&self.right, &mut caches.right, guard.pattern, first_chars(after));
                    failing_right.unless_failing(&beside, reading)
                }
            };
            stands == guard.wanted
        })
    }

    /// Runs the automaton from `start` and notes all ends it passes; returns the byte on which it died.
    fn walk(&self, cache: &mut Cache, bytes: &[u8], start: usize, ends: &mut Vec<(usize, PatternID)>) -> usize {
        let config = start::Config::new().anchored(Anchored::Yes);
        let Ok(mut state) = self.dfa.start_state(cache, &config) else { return usize::MAX };
        for (offset, &byte) in bytes.iter().enumerate().skip(start) {
            let Ok(next) = self.dfa.next_state(cache, state, byte) else { return usize::MAX };
            state = next;
            if state.is_tagged() {
                if state.is_match() {
                    self.note(cache, state, offset, ends);
                } else if state.is_dead() || state.is_quit() {
                    return offset;
                }
            }
        }
        if let Ok(state) = self.dfa.next_eoi_state(cache, state)
            && state.is_match()
        {
            self.note(cache, state, bytes.len(), ends);
        }
        usize::MAX
    }

    fn note(
        &self,
        cache: &Cache,
        state: regex_automata::hybrid::LazyStateID,
        end: usize,
        ends: &mut Vec<(usize, PatternID)>,
    ) {
        for idx in 0..self.dfa.match_len(cache, state) {
            ends.push((end, self.dfa.match_pattern(cache, state, idx)));
        }
    }

    /// The groups of `hit`, by name.
    pub fn groups<'t>(&'t self, text: &'t str, hit: Hit) -> Groups<'t> {
        let said = hit.at.slice(text);
        let Some(Capturing { regex, names }) = self.rule(hit).and_then(Rule::capturing) else {
            return Groups { said, names: &[], captures: None };
        };
        if names.is_empty() {
            return Groups { said, names, captures: None };
        }
        let mut captures = regex.create_captures();
        regex.captures(Input::new(said).anchored(Anchored::Yes), &mut captures);
        Groups { said, names, captures: captures.is_match().then_some(captures) }
    }
}

/// The named groups of one finding.
#[derive(Debug)]
pub struct Groups<'t> {
    said: &'t str,
    names: &'t [(String, usize)],
    captures: Option<Captures>,
}

impl<'t> Groups<'t> {
    /// The text of group `name`; `None` where the rule has none or it took no part.
    pub fn get(&self, name: &str) -> Option<&'t str> {
        let span = self.span(name)?;
        self.said.get(span.start..span.end).filter(|text| !text.is_empty())
    }

    /// Where group `name` begins and ends within the finding.
    pub fn span(&self, name: &str) -> Option<Span> {
        let (_, group) = self.names.iter().find(|(known, _)| known == name)?;
        let span = self.captures.as_ref()?.get_group(*group)?;
        Some(Span::new(span.start, span.end))
    }

    /// All that was matched.
    pub const fn said(&self) -> &'t str {
        self.said
    }
}

impl<M> Rule<M> {
    fn new(raw: RawRule<M>) -> Self {
        let RawRule { id, pattern, not_before, not_after, after, before, meaning, examples, counter_examples } = raw;
        let guards = [
            (Side::Left, false, not_before),
            (Side::Right, false, not_after),
            (Side::Left, true, after),
            (Side::Right, true, before),
        ];
        let guards = guards
            .into_iter()
            .filter_map(|(side, wanted, text)| Some(Guard { side, wanted, text: text?, pattern: PatternID::ZERO }))
            .collect();
        Self { id, meaning, examples, counter_examples, pattern, groups: OnceLock::new(), guards }
    }

    /// The rule's own expression, which must cover the whole finding.
    fn capturing(&self) -> Option<&Capturing> {
        let compile = || {
            let regex = Regex::new(&format!("\\A(?:{})\\z", self.pattern)).ok()?;
            let all = regex.group_info().pattern_names(PatternID::ZERO).enumerate();
            let names = all.filter_map(|(group, name)| Some((name?.to_owned(), group))).collect();
            Some(Capturing { regex, names })
        };
        self.groups.get_or_init(compile).as_ref()
    }
}

/// The automata of all rules together: what they match, what must stand before and what must follow.
fn automata<M>(rules: &[Rule<M>]) -> Result<[DFA; 3], Box<regex_automata::hybrid::BuildError>> {
    let config = || DFA::config().match_kind(MatchKind::All).cache_capacity(64 << 20).skip_cache_capacity_check(true);
    let patterns: Vec<&str> = rules.iter().map(|rule| rule.pattern.as_str()).collect();
    let guards = |side: Side, is_reversed: bool| {
        let guards = rules.iter().flat_map(|rule| &rule.guards).filter(|guard| guard.side == side);
        let texts: Vec<&str> = guards.map(|guard| guard.text.as_str()).collect();
        DFA::builder()
            .configure(config().starts_for_each_pattern(true))
            .thompson(thompson::Config::new().reverse(is_reversed))
            .build_many(&texts)
            .map_err(Box::new)
    };
    Ok([
        DFA::builder().configure(config()).build_many(&patterns).map_err(Box::new)?,
        guards(Side::Left, true)?,
        guards(Side::Right, false)?,
    ])
}

/// The error that says which rule it is that cannot be compiled.
fn blamed<M>(rules: &[Rule<M>], reason: &str) -> LoadError {
    let texts = rules.iter().flat_map(|rule| {
        let guards = rule.guards.iter().map(|guard| guard.text.as_str());
        std::iter::once(rule.pattern.as_str()).chain(guards).map(|text| (rule.id.as_str(), text))
    });
    let mut broken = texts.filter_map(|(id, text)| Some((id, text, Regex::new(text).err()?)));
    let found = broken.next().map(|(id, text, error)| rule_error(id, &pattern_reason(&error, text)));
    found.unwrap_or_else(|| rule_error("all", reason))
}

const fn begins_char(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// The bytes of the last [`CONTEXT_CHARS`] characters, from the last to the first; taken one by one, for a guard is
/// mostly settled by the first character.
fn last_chars(bytes: &[u8]) -> impl Iterator<Item = &u8> {
    let mut n = 0;
    bytes.iter().rev().take_while(move |byte| {
        let is_near = n < CONTEXT_CHARS;
        n += usize::from(begins_char(**byte));
        is_near
    })
}

/// The bytes of the first [`CONTEXT_CHARS`] characters.
fn first_chars(bytes: &[u8]) -> impl Iterator<Item = &u8> {
    let mut n = 0;
    bytes.iter().take_while(move |byte| {
        n += usize::from(begins_char(**byte));
        n <= CONTEXT_CHARS
    })
}

/// Whether pattern `pattern` of `dfa` matches some beginning of `bytes`, and how many of them told so.
fn matches<'b>(dfa: &DFA, cache: &mut Cache, pattern: PatternID, bytes: impl Iterator<Item = &'b u8>) -> (bool, usize) {
    let config = start::Config::new().anchored(Anchored::Pattern(pattern));
    let Ok(mut state) = dfa.start_state(cache, &config) else { return (false, usize::MAX) };
    for (idx, &byte) in bytes.enumerate() {
        let Ok(next) = dfa.next_state(cache, state, byte) else { return (false, usize::MAX) };
        state = next;
        if state.is_match() {
            return (true, idx + 1);
        }
        if state.is_dead() || state.is_quit() {
            return (false, idx + 1);
        }
    }
    (dfa.next_eoi_state(cache, state).is_ok_and(|state| state.is_match()), usize::MAX)
}

fn rule_error(id: &str, reason: &str) -> LoadError {
    let (file, id) = id.split_once('/').unwrap_or(("rules", id));
    LoadError::Rule { file: format!("{file}.toml"), id: id.to_owned(), reason: reason.to_owned() }
}

fn pattern_reason(error: &regex_automata::meta::BuildError, pattern: &str) -> String {
    let reason = error.syntax_error().map_or_else(|| error.to_string(), ToString::to_string);
    format!("`{pattern}` is no regular expression: {reason}")
}

/// 12|34年, 1.|5年: a finding must not begin inside a number.
fn splits_number_left(text: &str, start: usize) -> bool {
    let first = text.as_bytes().get(start).copied().unwrap_or(0);
    let mut before = text.get(..start).unwrap_or_default().chars().rev();
    let previous = before.next();
    if first.is_ascii_digit() {
        return match previous {
            Some('.' | ',') => before.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => c.is_ascii_digit(),
            None => false,
        };
    }
    let starts_with_numeral = text.get(start..).and_then(|rest| rest.chars().next()).is_some_and(is_numeral);
    starts_with_numeral && previous.is_some_and(is_numeral)
}

/// 2018|5: nor end inside one.
fn splits_number_right(text: &str, end: usize) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    end > 0 && digit(end - 1) && digit(end)
}

/// A character of a Chinese number.
const fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '零' | '〇'
            | '一'
            | '二'
            | '两'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
    )
}

/// Where the next finding may begin when none begins at `start`: not inside a number.
fn after_start(bytes: &[u8], start: usize) -> usize {
    let n_digits = bytes.get(start..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
    start + n_digits.max(bytes.get(start).map_or(1, |byte| char_len(*byte)))
}

/// Runs every character of the basic plane through the automaton and keeps those it survives.
fn starters(dfa: &DFA, cache: &mut Cache) -> CharSet {
    let mut found = String::new();
    let config = start::Config::new().anchored(Anchored::Yes);
    let Ok(first) = dfa.start_state(cache, &config) else { return CharSet::default() };
    let mut alive = |state, byte: u32| {
        let next = dfa.next_state(cache, state, u8::try_from(byte).ok()?).ok()?;
        (!next.is_dead()).then_some(next)
    };
    let mut add = |code: u32| found.extend(char::from_u32(code));
    (0..0x80).filter(|&code| alive(first, code).is_some()).for_each(&mut add);
    for high in 0x80 / 0x40..0x800 / 0x40 {
        let Some(state) = alive(first, 0xC0 | high) else { continue };
        (0..0x40).filter(|low| alive(state, 0x80 | low).is_some()).for_each(|low| add(high << 6 | low));
    }
    for high in 0..0x10 {
        let Some(state) = alive(first, 0xE0 | high) else { continue };
        for middle in 0..0x40 {
            let Some(state) = alive(state, 0x80 | middle) else { continue };
            (0..0x40)
                .filter(|low| alive(state, 0x80 | low).is_some())
                .for_each(|low| add(high << 12 | middle << 6 | low));
        }
    }
    CharSet::of(&found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::load::{Macros, read};

    #[derive(Debug, serde::Deserialize)]
    struct Nothing {}

    fn rules() -> RuleSet<Nothing> {
        let text = r#"
[[rule]]
id = "decade"
pattern = "(?<n>\\d0)年代"
[[rule]]
id = "year"
pattern = "(?<year>\\d{4})年"
not_after = "轻"
[[rule]]
id = "length"
pattern = "(?<n>\\d+)年"
"#;
        RuleSet::new(read("t.toml", text, &mut Macros::new()).unwrap()).unwrap()
    }

    #[track_caller]
    fn check(text: &str, found: &[(&str, &str)]) {
        let rules = rules();
        let hits = rules.scan(text);
        let said: Vec<_> = hits.iter().map(|hit| (rules.rule(*hit).unwrap().id.as_str(), hit.at.slice(text))).collect();
        assert_eq!(said, found);
    }

    #[test]
    fn the_longest_wins_then_the_first() {
        check("在90年代和1998年", &[("t/decade", "90年代"), ("t/year", "1998年")]);
        check("过了10年", &[("t/length", "10年")]);
        check("1998年", &[("t/year", "1998年")]);
    }

    #[test]
    fn guards_and_numbers_are_kept_whole() {
        check("1998年轻人", &[("t/length", "1998年")]);
        check("1.5年", &[]);
        check("12345年", &[("t/length", "12345年")]);
    }

    #[test]
    fn groups_are_of_the_winner() {
        let rules = rules();
        let text = "在1998年";
        let hit = rules.scan(text)[0];
        assert_eq!(rules.groups(text, hit).get("year"), Some("1998"));
        assert_eq!(rules.groups(text, hit).get("n"), None);
    }

    #[test]
    fn a_bad_pattern_is_named() {
        let raw = read::<Nothing>("t.toml", "[[rule]]\nid='x'\npattern='(年'", &mut Macros::new()).unwrap();
        let error = RuleSet::new(raw).unwrap_err().to_string();
        assert!(error.starts_with("t.toml: rule `x`: `(年` is no regular expression"), "{error}");
    }
}
