//! Breaks text into lines as Chinese and English want it: for the reading column, cards and labels.
//!
//! ```text
//! 双方的贸易总额为          not   双方的贸易总额为948
//! 948亿美元，比上年多             亿美元，比上年多
//! ```
//!
//! Opportunities come from UAX #14; then
//! * an opening mark never ends a line, a closing mark, · or — never starts one,
//! * a number stays with its unit (948亿美元, 2024年9月, 22日晚6时), `——`, `……` and Latin words stay whole,
//! * what the caller names as an *atom* (a highlight) stays whole.
//!
//! What is longer than a whole line is broken all the same, at the least bad place: inside an atom first, then
//! inside a number or word, then anywhere.

use crate::span::Span;
use serde::Deserialize;
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

#[derive(Deserialize)]
struct Table {
    open: String,
    close: String,
    scales: String,
    units: Vec<String>,
    day_parts: Vec<String>,
}

struct Rules {
    open: HashSet<char>,
    close: HashSet<char>,
    scales: HashSet<char>,
    /// First character → the words that begin with it, longest first.
    units: HashMap<char, Vec<Vec<char>>>,
    day_parts: HashMap<char, Vec<Vec<char>>>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::load(include_str!("../../assets/lexicon/linebreak.toml")));

impl Rules {
    #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
    fn load(toml: &str) -> Self {
        let table: Table = toml::from_str(toml).expect("a bundled table that parses");
        Self {
            open: table.open.chars().collect(),
            close: table.close.chars().collect(),
            scales: table.scales.chars().collect(),
            units: by_first(&table.units),
            day_parts: by_first(&table.day_parts),
        }
    }
}

fn by_first(words: &[String]) -> HashMap<char, Vec<Vec<char>>> {
    let mut map: HashMap<char, Vec<Vec<char>>> = HashMap::new();
    for word in words {
        let chars: Vec<char> = word.chars().collect();
        if let Some(&first) = chars.first() {
            map.entry(first).or_default().push(chars);
        }
    }
    for words in map.values_mut() {
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    }
    map
}

/// How willingly a line is broken before a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Break {
    /// A line ends here whatever its width (the character before is a line break).
    Must,
    /// Freely.
    May,
    /// Only where an atom is longer than a line.
    InAtom,
    /// Only where a number with its unit, or a word, is longer than a line.
    InWord,
    /// Only where nothing else fits: it leaves a mark on the wrong side.
    Never,
}

/// How willingly a line is broken before each character of `text`; the first entry, for the text's beginning,
/// is [`Break::Must`]. `atoms` are spans to keep whole, in order, not overlapping.
pub fn breaks(text: &str, atoms: &[Span]) -> Vec<Break> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut allowed = HashSet::new();
    for (at, _) in unicode_linebreak::linebreaks(text) {
        allowed.insert(at);
    }
    let mut levels = Vec::with_capacity(chars.len());
    let mut atom_idx = 0;
    for (idx, &(at, c)) in chars.iter().enumerate() {
        let Some(&(_, before)) = idx.checked_sub(1).and_then(|idx| chars.get(idx)) else {
            levels.push(Break::Must);
            continue;
        };
        while atoms.get(atom_idx).is_some_and(|atom| atom.end <= at) {
            atom_idx += 1;
        }
        let is_inside = atoms.get(atom_idx).is_some_and(|atom| atom.start < at);
        let neighbour = |idx: Option<usize>| idx.and_then(|idx| chars.get(idx)).map_or('\n', |&(_, c)| c);
        // UAX #14 cannot know on which side a curly quote opens and so never breaks beside one. In Chinese text it
        // can be told from the mark itself.
        let is_cjk = |c: char| !c.is_ascii() && !c.is_whitespace();
        let opens = "“‘".contains(c) && (is_cjk(before) || is_cjk(neighbour(Some(idx + 1))));
        let closes = "”’".contains(before) && (is_cjk(c) || is_cjk(neighbour(idx.checked_sub(2))));
        levels.push(level(before, c, allowed.contains(&at) || opens || closes, is_inside));
    }
    glue_numbers(&chars, &mut levels);
    levels
}

fn level(before: char, c: char, is_allowed: bool, is_inside_atom: bool) -> Break {
    if before == '\n' {
        return Break::Must;
    }
    if RULES.open.contains(&before) || RULES.close.contains(&c) || is_joined_pair(before, c) {
        return Break::Never;
    }
    if is_word(before) && is_word(c) || c.is_whitespace() {
        return Break::InWord;
    }
    match (is_allowed, is_inside_atom) {
        (false, _) => Break::InWord,
        (true, true) => Break::InAtom,
        (true, false) => Break::May,
    }
}

/// A mark combined with the character before it, or a dash between two figures (1992—2025).
fn is_joined_pair(before: char, c: char) -> bool {
    ("—–-～~".contains(before) && c.is_ascii_digit())
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Part of a Latin, Cyrillic or Greek word, or of a figure.
fn is_word(c: char) -> bool {
    (c.is_alphanumeric() && (c as u32) < 0x1100) || "-_@/&+.'’".contains(c)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Raises the levels inside number + unit, and inside dates that go on with a smaller unit.
fn glue_numbers(chars: &[(usize, char)], levels: &mut [Break]) {
    let c_at = |idx: usize| chars.get(idx).map(|&(_, c)| c);
    let mut idx = 0;
    while let Some(c) = c_at(idx) {
        if !is_digit(c) {
            idx += 1;
            continue;
        }
        let start = idx;
        let end = number_end(chars, idx);
        for level in levels.get_mut(start + 1..end).unwrap_or_default() {
            if matches!(level, Break::May | Break::InAtom) {
                *level = Break::InWord;
            }
        }
        idx = end.max(idx + 1);
    }
}

/// The end of the number that starts at `idx`, its unit and the smaller units behind it included.
fn number_end(chars: &[(usize, char)], mut idx: usize) -> usize {
    let c_at = |idx: usize| chars.get(idx).map(|&(_, c)| c);
    loop {
        while c_at(idx).is_some_and(|c| is_digit(c) || ".,．，:：".contains(c) && c_at(idx + 1).is_some_and(is_digit))
        {
            idx += 1;
        }
        while c_at(idx).is_some_and(|c| RULES.scales.contains(&c)) {
            idx += 1;
        }
        let unit = longest(chars, idx, &RULES.units);
        if unit == 0 {
            return idx;
        }
        idx += unit;
        let part = longest(chars, idx, &RULES.day_parts);
        if !c_at(idx + part).is_some_and(is_digit) {
            return idx;
        }
        idx += part;
    }
}

/// How many characters the longest of `words` covers at `idx`; 0 where none stands there.
fn longest(chars: &[(usize, char)], idx: usize, words: &HashMap<char, Vec<Vec<char>>>) -> usize {
    let Some((_, first)) = chars.get(idx) else { return 0 };
    let rest = chars.get(idx..).unwrap_or_default();
    words
        .get(first)
        .and_then(|words| {
            words.iter().find(|word| {
                word.len() <= rest.len() && word.iter().zip(rest).all(|(expected, (_, found))| expected == found)
            })
        })
        .map_or(0, Vec::len)
}

/// The lines of `text` in a column of `width_px`: spans that cover it without gaps. Blanks at a line's end
/// belong to it and may hang over. A line break in the text ends a line and belongs to it.
///
/// `width_of` gives the advance of a character; `atoms` are spans to keep whole, in order. The time taken is
/// linear in the length of the text.
///
/// ```
/// use nianbiao::view::linebreak::lines;
/// let text = "总额为948亿美元，比“上年”多";
/// let broken = lines(text, &[], 6.0 * 16.0, |c| if c.is_ascii() { 8.0 } else { 16.0 });
/// let parts: Vec<&str> = broken.iter().map(|line| line.slice(text)).collect();
/// assert_eq!(parts, ["总额为", "948亿美元，", "比“上年”多"]);
/// ```
pub fn lines(text: &str, atoms: &[Span], width_px: f64, mut width_of: impl FnMut(char) -> f64) -> Vec<Span> {
    let levels = breaks(text, atoms);
    let mut chars: Vec<Char> = Vec::with_capacity(levels.len());
    let mut x = 0.0;
    for ((at, c), level) in text.char_indices().zip(levels) {
        chars.push(Char { at, x, is_blank: c.is_whitespace(), level });
        x += if c == '\n' { 0.0 } else { width_of(c) };
    }
    let mut fill = Fill { chars: &chars, end_x: x, width_px, line_start: 0, starts: Vec::new() };
    let n = chars.len();
    let mut from = 0;
    while from < n {
        let to = fill.next(from, n, Break::May);
        if fill.chars.get(from).is_some_and(|c| c.level == Break::Must) {
            fill.start_line(from);
        }
        fill.place(from, to, Break::May);
        from = to;
    }
    let starts = fill.starts;
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(n));
    let at = |idx: usize| chars.get(idx).map_or(text.len(), |c| c.at);
    starts.iter().zip(ends).map(|(&from, to)| Span::new(at(from), at(to))).collect()
}

struct Char {
    at: usize,
    /// Distance from the text's beginning, were it one line.
    x: f64,
    is_blank: bool,
    level: Break,
}

/// The line being filled.
struct Fill<'a> {
    chars: &'a [Char],
    end_x: f64,
    width_px: f64,
    line_start: usize,
    starts: Vec<usize>,
}

impl Fill<'_> {
    fn x(&self, idx: usize) -> f64 {
        self.chars.get(idx).map_or(self.end_x, |c| c.x)
    }

    /// The next place behind `from` where a line may be broken at `level` or more willingly.
    fn next(&self, from: usize, to: usize, level: Break) -> usize {
        let rest = self.chars.get(from + 1..to).unwrap_or_default();
        rest.iter().position(|c| c.level <= level).map_or(to, |idx| from + 1 + idx)
    }

    fn start_line(&mut self, idx: usize) {
        self.line_start = idx;
        if self.starts.last() != Some(&idx) {
            self.starts.push(idx);
        }
    }

    /// Whether the characters up to `to` fit the line from `from`, blanks at the end left out.
    fn fits(&self, from: usize, to: usize) -> bool {
        let piece = self.chars.get(from..to).unwrap_or_default();
        let n_blank = piece.iter().rev().take_while(|c| c.is_blank).count();
        self.x(to - n_blank) - self.x(from) <= self.width_px + 0.01
    }

    /// Puts the piece `from..to`, which has no break at `level` inside, on this line or the next, broken at the
    /// next worse level where it is longer than a line.
    fn place(&mut self, from: usize, to: usize, level: Break) {
        if self.fits(self.line_start, to) {
            return;
        }
        if self.line_start < from {
            self.start_line(from);
            if self.fits(from, to) {
                return;
            }
        }
        let worse = match level {
            Break::Must | Break::May => Break::InAtom,
            Break::InAtom => Break::InWord,
            Break::InWord => Break::Never,
            Break::Never => return,
        };
        let mut at = from;
        while at < to {
            let next = self.next(at, to, worse);
            self.place(at, next, worse);
            at = next;
        }
    }
}

/// As [`lines`], cut to `max_lines`, for cards and labels: the last line ends with … where text was left out.
/// Blanks at the ends of lines are taken off.
pub fn clamped(text: &str, max_lines: usize, width_px: f64, mut width_of: impl FnMut(char) -> f64) -> Vec<String> {
    let all = lines(text, &[], width_px, &mut width_of);
    let mut out: Vec<String> = all.iter().take(max_lines).map(|line| line.slice(text).trim_end().to_owned()).collect();
    if let (Some(last), true) = (out.last_mut(), all.len() > max_lines) {
        let mut kept: Vec<char> = last.chars().collect();
        let mut width = kept.iter().map(|&c| width_of(c)).sum::<f64>() + width_of('…');
        while let Some(&c) = kept.last() {
            if width <= width_px && !RULES.open.contains(&c) && !c.is_whitespace() {
                break;
            }
            width -= width_of(c);
            kept.pop();
        }
        kept.push('…');
        *last = kept.into_iter().collect();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn width_of(c: char) -> f64 {
        if c.is_ascii() { 8.0 } else { 16.0 }
    }

    #[track_caller]
    fn check(n_han: usize, marked: &str) {
        let expected: Vec<&str> = marked.split('|').collect();
        let text = expected.concat();
        let broken = lines(&text, &[], n_han as f64 * 16.0, width_of);
        let found: Vec<&str> = broken.iter().map(|line| line.slice(&text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_break_where_a_typesetter_would() {
        check(8, "一二三四五六七|“八九”十");
        check(8, "一二三四五六七|八。九十");
        check(8, "一二三四五六七|八－九十");
        check(8, "一二三四五六七|八〜九十");
        check(8, "总额为|948亿美元，其中|出口较多");
        check(8, "具体时间是|2024年9月的一天");
        check(8, "会议定于|22日晚6时在此举|行");
        check(8, "我们听他们说|道——好的");
        check(8, "阿卜杜勒穆罕默|德·阿里说");
        check(5, "采用|OpenType字|体");
        check(4, "OpenType|OpenType");
        check(8, "见《中华人民共和|国》（甲）（乙）|丙");
        check(8, "第一行\n|第二行");
        check(9, "1992—2025年都有数|据");
    }

    #[test]
    fn atoms_stay_whole_unless_longer_than_a_line() {
        let text = "这件事发生在建交初期之后";
        let start = text.find("建交").unwrap();
        let atom = Span::new(start, start + "建交初期".len());
        let parts = |n_han: usize| -> Vec<&str> {
            lines(text, &[atom], n_han as f64 * 16.0, width_of).iter().map(|line| line.slice(text)).collect()
        };
        assert_eq!(parts(8), ["这件事发生在", "建交初期之后"]);
        assert_eq!(parts(3), ["这件事", "发生在", "建交初", "期之后"]);
    }

    #[test]
    fn cards_end_with_an_ellipsis() {
        assert_eq!(clamped("一二三四五六七八九十", 2, 64.0, width_of), ["一二三四", "五六七…"]);
        assert_eq!(clamped("一二三", 2, 64.0, width_of), ["一二三"]);
    }

    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            6 => "[一-龥]{1,6}",
            2 => "[0-9]{1,4}(亿美元|年[0-9]{1,2}月|日晚[0-9]{1,2}时|%|万人次|个)",
            2 => "[“‘《（「【][一-龥]{1,4}[”’》）」】]",
            2 => Just("，".to_owned()),
            1 => Just("。".to_owned()),
            1 => Just("——".to_owned()),
            1 => Just("……".to_owned()),
            1 => Just("·".to_owned()),
            1 => "[A-Za-z]{1,9}",
            1 => Just(" ".to_owned()),
            1 => Just("\n".to_owned()),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_line_keeps_the_rules(text in text(), n_han in 1usize..40) {
            let width = n_han as f64 * 16.0;
            let broken = lines(&text, &[], width, width_of);
            let covered: String = broken.iter().map(|line| line.slice(&text)).collect();
            prop_assert_eq!(&covered, &text);
            let levels = breaks(&text, &[]);
            let chars: Vec<(usize, char)> = text.char_indices().collect();
            for line in &broken {
                let words = line.slice(&text).trim_end();
                let line_px: f64 = words.chars().map(width_of).sum();
                prop_assert!(line_px <= width + 0.01 || words.chars().count() == 1, "{words:?} is {line_px} wide");
                let idx = chars.iter().position(|(at, _)| *at == line.start).unwrap();
                if levels[idx] <= Break::May {
                    continue;
                }
                // Broken where it should not be: then the piece between its good breaks is longer than a line.
                let from = (0..idx).rev().find(|&idx| levels[idx] <= Break::May).unwrap_or(0);
                let to = (idx..chars.len()).find(|&idx| levels[idx] <= Break::May).unwrap_or(chars.len());
                let piece: String = chars[from..to].iter().map(|(_, c)| c).collect();
                let piece_px: f64 = piece.trim_end().chars().map(width_of).sum();
                prop_assert!(piece_px > width, "{piece:?} of {piece_px} was broken in a line of {width}");
            }
        }

        #[test]
        fn marks_stand_on_the_right_side(text in text(), n_han in 24usize..40) {
            let broken = lines(&text, &[], n_han as f64 * 16.0, width_of);
            for pair in broken.windows(2) {
                let (line, next) = (pair[0].slice(&text), pair[1].slice(&text));
                if line.ends_with('\n') {
                    continue;
                }
                let levels = breaks(&text, &[]);
                let idx = text.char_indices().position(|(at, _)| at == pair[1].start).unwrap();
                prop_assert!(levels[idx] <= Break::May || line.chars().count() > 10, "{line:?} | {next:?}");
                if levels[idx] <= Break::May {
                    let (end, start) = (line.chars().last().unwrap(), next.chars().next().unwrap());
                    prop_assert!(!"“‘《（「【".contains(end), "{line:?} | {next:?}");
                    prop_assert!(!"”’》）」】，。·—…%".contains(start), "{line:?} | {next:?}");
                    let number = end.is_ascii_digit();
                    prop_assert!(!number || !"亿年月日时万个".contains(start), "{line:?} | {next:?}");
                    prop_assert!(!(end.is_ascii_alphabetic() && start.is_ascii_alphabetic()), "{line:?} | {next:?}");
                }
            }
        }
    }
}
