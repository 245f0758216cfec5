//! Traditional text is read as if it were written in simplified characters, and told in its own.
//!
//! Rules, units and words of measure are written once, in simplified characters. A character of Chinese is three bytes
//! in either form, so that every place in the simplified article is the same place in the one that was printed, and
//! what was cut out of it can be put back into the characters that the text has there.

use super::{Findings, fold};
use crate::{
    span::Span,
    text::{Article, Block, charset::CharSet},
};
use std::{collections::HashMap, sync::LazyLock};

/// `article` in simplified characters, byte for byte at the same places; `None` where it is so already.
///
/// ```
/// use nianbiao::{extract::script, text, warn::Reporter};
/// let articles = text::segment("進出口總額達3億元。", &mut Reporter::new());
/// let simplified = script::simplified(&articles[0]).unwrap();
/// assert_eq!(simplified.blocks[0].text.text(), "进出口总额达3亿元。");
/// ```
pub fn simplified(article: &Article) -> Option<Article> {
    let is_plain = |block: &Block| first_variant(block.text.text()).is_none();
    if article.blocks.iter().all(is_plain) {
        return None;
    }
    let mut simplified = article.clone();
    for block in &mut simplified.blocks {
        let changed = first_variant(block.text.text()).map(|at| folded(block.text.text(), at));
        if let Some(text) = changed.and_then(|text| block.text.with_text(text)) {
            block.text = text;
        }
    }
    Some(simplified)
}

/// Whether an article is printed in traditional characters throughout, rather than with one here and there.
pub fn is_traditional(article: &Article) -> bool {
    let text = || article.blocks.iter().flat_map(|block| block.text.text().chars()).take(2000);
    let n_traditional = text().filter(|&c| simplified_char(c).is_some()).count();
    n_traditional * 10 > text().filter(|&c| is_han(c)).count()
}

/// The simplified form of `c`, where it is another character of the same length.
fn simplified_char(c: char) -> Option<char> {
    let to = fold::fold_char(c);
    (to != c && is_han(to) && to.len_utf8() == c.len_utf8()).then_some(to)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// The first byte where a character stands that has a simplified form.
fn first_variant(text: &str) -> Option<usize> {
    static VARIANTS: LazyLock<CharSet> = LazyLock::new(|| CharSet::of_those(|c| simplified_char(c).is_some()));
    VARIANTS.find(text, 0)
}

fn folded(text: &str, from: usize) -> String {
    let (same, rest) = text.split_at(from);
    let mut out = String::with_capacity(text.len());
    out.push_str(same);
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        // 參佰萬元 is three million, 參加 is to take part.
        let is_three = c == '參'
            && (chars.peek().is_some_and(|&next| is_formal(next) || "萬億".contains(next)) || out.ends_with(is_formal));
        out.push(if is_three { '叁' } else { simplified_char(c).unwrap_or(c) });
    }
    out
}

/// Figures and units as cheques have them.
fn is_formal(c: char) -> bool {
    "零壹贰貳叁肆伍陆陸柒捌玖拾佰仟".contains(c)
}

/// Puts what was found in `simplified` into the characters of `printed`, the article it was made of.
///
/// Words that were cut out of the text get the very characters that stand there; those that were put together (a measure and
/// its 同比增速) the form that the article has most often.
pub fn restore(findings: &mut Findings, printed: &Article, simplified: &Article) {
    let script = Script::of(printed, simplified);
    for time in &mut findings.times {
        script.cut(&mut time.item.text, time.block, time.at);
    }
    for quantity in &mut findings.quantities {
        let (block, at, item) = (quantity.block, quantity.at, &mut quantity.item);
        script.cut(&mut item.text, block, at);
        script.cut(&mut item.printed.number, block, at);
        script.cut(&mut item.printed.unit, block, at);
        item.measure.iter_mut().for_each(|measure| script.composed(measure));
    }
    for event in &mut findings.events {
        script.cut(&mut event.item.title, event.block, event.at);
        event.item.place.iter_mut().for_each(|place| script.cut(place, event.block, event.at));
    }
    for series in &mut findings.series {
        script.composed(&mut series.name);
    }
    for claim in &mut findings.claims {
        script.composed(&mut claim.text);
    }
}

/// An article in both forms.
struct Script<'a> {
    printed: &'a Article,
    simplified: &'a Article,
    /// For each simplified character what the article prints for it, where that is another one more often than not.
    usual: HashMap<char, char>,
}

impl<'a> Script<'a> {
    fn of(printed: &'a Article, simplified: &'a Article) -> Self {
        let mut counts: HashMap<(char, char), usize> = HashMap::new();
        let blocks = printed.blocks.iter().zip(&simplified.blocks);
        for (from, to) in blocks.flat_map(|(from, to)| from.text.text().chars().zip(to.text.text().chars())) {
            if is_han(to) {
                *counts.entry((to, from)).or_default() += 1;
            }
        }
        let mut best: HashMap<char, (usize, char)> = HashMap::new();
        for ((to, from), n) in counts {
            let best = best.entry(to).or_insert((0, from));
            *best = (*best).max((n, from));
        }
        let usual = best.into_iter().filter(|(to, (_, from))| to != from).map(|(to, (_, from))| (to, from)).collect();
        Self { printed, simplified, usual }
    }

    /// A word of which each character stands in `at` in turn, but for what was left out; others get their usual form.
    fn cut(&self, word: &mut String, block: usize, at: Span) {
        fn slice(article: &Article, block: usize, at: Span) -> Option<&str> {
            article.blocks.get(block)?.text.text().get(at.start..at.end)
        }
        let (Some(printed), Some(simplified)) = (slice(self.printed, block, at), slice(self.simplified, block, at))
        else {
            return self.composed(word);
        };
        if printed == simplified {
            return;
        }
        let mut from = 0;
        let put = |c: char| {
            let Some(offset) = simplified.get(from..).and_then(|rest| rest.find(c)) else { return self.usual(c) };
            let here = from + offset;
            from = here + c.len_utf8();
            printed.get(here..).and_then(|rest| rest.chars().next()).unwrap_or(c)
        };
        *word = word.chars().map(put).collect();
    }

    fn composed(&self, word: &mut String) {
        if word.chars().any(|c| self.usual.contains_key(&c)) {
            *word = word.chars().map(|c| self.usual(c)).collect();
        }
    }

    fn usual(&self, c: char) -> char {
        self.usual.get(&c).copied().unwrap_or(c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{text, warn::Reporter};

    fn read_simply(text: &str) -> String {
        let articles = text::segment(text, &mut Reporter::new());
        simplified(&articles[0]).map_or_else(|| text.to_owned(), |article| article.blocks[0].text.text().to_owned())
    }

    #[test]
    fn words_of_one_character_more_or_less_stay_apart() {
        assert_eq!(read_simply("三萬參加者捐款參佰參萬元"), "三万参加者捐款叁佰叁万元");
        assert_eq!(read_simply("乾隆年間著書"), "乾隆年间著书");
        assert_eq!(read_simply("２０２４年進口"), "2024年进口");
    }

    #[test]
    fn what_is_told_keeps_its_characters() {
        let printed = text::segment("皇后大道以後的發展，頭髮出口總額達3億元。", &mut Reporter::new()).remove(0);
        let simplified = simplified(&printed).unwrap();
        let script = Script::of(&printed, &simplified);
        let whole = Span::new(0, printed.blocks[0].text.text().len());
        let mut word = "皇后大道以后发展，头发出口总额".to_owned();
        script.cut(&mut word, 0, whole);
        assert_eq!(word, "皇后大道以後發展，頭髮出口總額");
        let mut word = "出口总额同比增速".to_owned();
        script.composed(&mut word);
        assert_eq!(word, "出口總額同比增速");
    }
}
