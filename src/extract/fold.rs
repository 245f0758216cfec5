//! One form for every character: traditional, full-width and Kangxi forms folded to simplified and half-width.
//!
//! Rules are written once, in simplified characters and ASCII digits; this folds the text they run on. Offsets
//! stay translatable because the result is a [`Clean`] over the text that came in. Blanks that a type-setter put
//! between a digit and a Chinese character (6 月 19 日) are dropped; those between two words of Latin letters or
//! two numbers stay.

use crate::text::{Clean, CleanBuilder, charset::CharSet};
use std::{
    collections::HashMap,
    sync::{LazyLock, OnceLock},
};

#[derive(serde::Deserialize)]
struct Table {
    pairs: Vec<String>,
}

/// In the table: a blank.
const BLANK: u16 = 1;

/// Folded character by code point of the basic plane; 0 where it stays, [`BLANK`] where it is a blank.
fn table() -> &'static [u16] {
    static TABLE: OnceLock<Vec<u16>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = vec![0_u16; 0x1_0000];
        let mut set = |from: char, to: char| {
            if let (Some(slot), Ok(to)) = (table.get_mut(from as usize), u16::try_from(to as u32)) {
                *slot = to;
            }
        };
        for (from, to) in variants() {
            set(from, to);
        }
        for code in 0xFF01..=0xFF5E_u32 {
            if let (Some(wide), Some(narrow)) = (char::from_u32(code), char::from_u32(code - 0xFEE0)) {
                // Full-width marks of a sentence stay: ，；！？ are not the ASCII ones.
                if !matches!(wide, '，' | '；' | '！' | '？' | '（' | '）') {
                    set(wide, narrow);
                }
            }
        }
        for (code, slot) in (0_u32..).zip(table.iter_mut()) {
            if char::from_u32(code).is_some_and(char::is_whitespace) {
                *slot = BLANK;
            }
        }
        table
    })
}

/// The characters that folding changes.
fn changing() -> &'static CharSet {
    static CHANGING: LazyLock<CharSet> =
        LazyLock::new(|| CharSet::of_those(|c| table().get(c as usize).is_some_and(|to| *to != 0)));
    &CHANGING
}

/// Those of them that become another character, rather than a blank.
fn folding() -> &'static CharSet {
    static FOLDING: LazyLock<CharSet> = LazyLock::new(|| CharSet::of_those(|c| fold_char(c) != c));
    &FOLDING
}

/// Pairs of `assets/lexicon/traditional.txt`, which are those of Unicode, and of `variants.toml`, where they differ.
fn variants() -> HashMap<char, char> {
    let file = toml::from_str::<Table>(include_str!("../../assets/lexicon/variants.toml"));
    debug_assert!(file.is_ok(), "variants.toml cannot be read");
    let own = file.map(|table| table.pairs).unwrap_or_default();
    let unicode = include_str!("../../assets/lexicon/traditional.txt").split_whitespace();
    let pair = |pair: &str| {
        let mut pair = pair.chars();
        Some((pair.next()?, pair.next()?))
    };
    unicode.chain(own.iter().flat_map(|line| line.split_whitespace())).filter_map(pair).collect()
}

/// The folded form of one character.
pub fn fold_char(c: char) -> char {
    let folded = table().get(c as usize).copied().unwrap_or(0);
    if folded <= BLANK { c } else { char::from_u32(u32::from(folded)).unwrap_or(c) }
}

/// Every character that folds to the same as `c`, `c` itself among them, in order: 国 and 國; 1 and １.
pub fn forms(c: char) -> Vec<char> {
    static FORMS: OnceLock<HashMap<char, Vec<char>>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let mut forms: HashMap<char, Vec<char>> = HashMap::new();
        for (code, &to) in table().iter().enumerate().filter(|(_, to)| **to != 0) {
            if let (Some(from), Some(to)) =
                (u32::try_from(code).ok().and_then(char::from_u32), char::from_u32(u32::from(to)))
            {
                forms.entry(to).or_insert_with(|| vec![to]).push(from);
            }
        }
        forms
    });
    let mut found = forms.get(&fold_char(c)).cloned().unwrap_or_else(|| vec![c]);
    if !found.contains(&c) {
        found.push(c);
    }
    found.sort_unstable();
    found
}

/// `text` folded, with the way back; `None` where nothing changes, which is most text.
pub fn fold(text: &str) -> Option<Clean> {
    let changing = changing();
    let mut next = changing.find(text, 0);
    next?;
    let mut builder = CleanBuilder::with_capacity(text.len());
    let mut kept_from = 0;
    while let Some(at) = next {
        let c = text.get(at..)?.chars().next()?;
        builder.push(text.get(kept_from..at)?, kept_from);
        kept_from = at + c.len_utf8();
        next = changing.find(text, kept_from);
        if c.is_whitespace() {
            if !is_set_blank(text, at, c) {
                builder.push_replaced(" ", at, c.len_utf8());
            }
        } else {
            builder.push_replaced(fold_char(c).encode_utf8(&mut [0; 4]), at, c.len_utf8());
        }
    }
    builder.push(text.get(kept_from..)?, kept_from);
    Some(builder.finish())
}

/// The first byte of `text` where a character stands that [`fold_char`] changes.
pub fn first_folded(text: &str) -> Option<usize> {
    folding().find(text, 0)
}

/// A single blank with a Chinese character on one side and a Chinese character or digit on the other.
fn is_set_blank(text: &str, at: usize, c: char) -> bool {
    if c == '\t' {
        return false;
    }
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + c.len_utf8()..).and_then(|after| after.chars().next());
    let (Some(before), Some(after)) = (before, after) else { return true };
    let (before, after) = (fold_char(before), fold_char(after));
    let joins = |c: char| is_han(c) || c.is_ascii_digit() || "—-~:.,、，()（）".contains(c);
    (is_han(before) && joins(after)) || (is_han(after) && joins(before))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '〇' | '○')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[track_caller]
    fn check(text: &str, folded: &str) {
        assert_eq!(fold(text).map_or_else(|| text.to_owned(), |clean| clean.text().to_owned()), folded);
    }

    #[test]
    fn forms_become_one() {
        check("１９９８年", "1998年");
        check("8個週末", "8个周末");
        check("2024 年 9 月", "2024年9月");
        check("⼀⽉", "一月");
        check("a b 3 4", "a b 3 4");
        check("不变", "不变");
    }

    #[test]
    fn places_map_back() {
        let text = "于１９９８ 年底";
        let clean = fold(text).unwrap();
        let at = clean.text().find("1998年").unwrap();
        let span = clean.source_span(Span::new(at, at + "1998年".len()));
        assert_eq!(span.slice(text), "１９９８ 年");
    }
}
