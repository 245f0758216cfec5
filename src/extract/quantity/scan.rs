//! One walk over a text: every number with its unit, as a [`Draft`].
//!
//! ```text
//! start     一带一路, G20, 3.15.2: no number begins there
//! unit      948亿[美元], [US$]20
//! list      依次为3、4、5.5[万吨]
//! range     3%至5%, 两到三千
//! accept    whether they make a quantity; [零下]20度, [上]千人
//! compound  三块[五], 五元[六角]
//! bare      14亿多, but no label or year
//! ```

mod accept;
mod bare;
mod compound;
mod draft;
mod list;
mod range;
mod start;
mod unit;
mod words;

pub use draft::Draft;

use super::{
    lexicon::Lexicon,
    number::{self, Number, Style, folded},
};
use crate::{model::QuantityKind, span::Span};
use list::List;
use start::{digits_only, dotted_chain, glued, is_figures, skip_ascii};

/// Every quantity of `text`, by place.
pub fn scan(text: &str, lexicon: &Lexicon) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut resume = 0;
    let mut scanner = Scanner { text, lexicon, floor: 0, is_figures: is_figures(text), list: None };
    while let Some((at, c)) = number::next_beginner(text, resume) {
        resume = at + c.len_utf8();
        if c.is_ascii_digit() && scanner.list.is_none_or(|list| list.end <= at) {
            scanner.list = scanner.list_at(at);
        }
        match scanner.at(at, c) {
            Outcome::Found(draft) => {
                resume = resume.max(draft.at.end);
                scanner.floor = draft.at.end;
                drafts.push(*draft);
            }
            Outcome::Skip(to) => resume = resume.max(to),
        }
    }
    drafts
}

enum Outcome {
    Found(Box<Draft>),
    /// Nothing here; go on at this byte.
    Skip(usize),
}

struct Scanner<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    /// The end of the last quantity: nothing before it may be taken as a prefix.
    floor: usize,
    /// Whether the text is nothing but figures and marks.
    is_figures: bool,
    /// The list that was begun: 依次为3、4、5.5万吨.
    list: Option<List>,
}

impl<'a> Scanner<'a> {
    fn at(&self, at: usize, c: char) -> Outcome {
        let after_c = at + c.len_utf8();
        if let Some(length) = self.trap(at) {
            return Outcome::Skip(if digits_only(self.text, at, length) {
                at + length
            } else {
                after_c.max(at + length)
            });
        }
        let before = self.before(at);
        let previous = before.chars().next_back().map(folded);
        // 统一六国: the figure belongs to the word before it.
        if c == '一' && previous.is_some_and(|p| "统划".contains(p)) {
            return Outcome::Skip(after_c);
        }
        let c = folded(c);
        if (c.is_ascii_digit() || c == '.') && previous.is_some_and(|p| glued(p, before)) {
            return Outcome::Skip(skip_ascii(self.text, at));
        }
        if c.is_ascii_digit()
            && !self.is_figures
            && let Some(length) = dotted_chain(self.rest(at))
        {
            return Outcome::Skip(at + length);
        }
        let start = self.sign_start(at, before);
        let Some(number) = number::read(self.text, start).filter(|number| number.span.end > at) else {
            return Outcome::Skip(after_c);
        };
        if c == '.' && number.style == Style::Arabic && previous.is_some_and(|p| p == '.') {
            return Outcome::Skip(after_c);
        }
        self.measured(number, at).map_or_else(Outcome::Skip, |draft| Outcome::Found(Box::new(draft)))
    }

    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The text between the last quantity and `at`.
    fn before(&self, at: usize) -> &'a str {
        self.text.get(self.floor..at).unwrap_or_default()
    }

    /// Whether `start..end` is all that the text says, apart from blanks and marks.
    fn is_whole(&self, start: usize, end: usize) -> bool {
        let mark = |c: char| !c.is_alphanumeric();
        let before = self.text.get(..start).unwrap_or_default();
        let rest = self.rest(end);
        before.len() < 32 && rest.len() < 32 && before.chars().rev().take(8).all(mark) && rest.chars().all(mark)
    }

    /// Reads the unit behind `number` and what else belongs to it. `Err`: where to go on.
    fn measured(&self, number: Number, at: usize) -> Result<Draft, usize> {
        let skip = number.span.end.max(at + 1);
        if let Some(listed) = self.listed(&number) {
            return Ok(listed);
        }
        let before = self.before(number.span.start);
        if before.ends_with('第') {
            // 第二产业 is a name.
            let name = self.lexicon.traps.longest(self.rest(number.span.start - '第'.len_utf8()));
            // 第三十八条 is a place in a law.
            let in_law = self.rest(number.span.end).starts_with(['条', '款', '章', '编'])
                && !self.rest(number.span.end).chars().nth(1).is_some_and(|c| "路线街道腿船河".contains(c));
            return match name {
                _ if in_law => Err(skip),
                Some((length, ())) => Err(skip.max(number.span.start - '第'.len_utf8() + length)),
                None => Ok(self.ordinal(number)),
            };
        }
        // （亿元） heads a column; 上亿 and 过万 count.
        let is_bare_big = matches!(number.span.slice(self.text), "亿" | "万" | "万亿");
        let is_torn = before.ends_with(|c: char| c.is_ascii_digit());
        if is_bare_big && (is_torn || before.ends_with(['（', '(', '：', ':', '/'])) {
            return Err(skip);
        }
        let measured = self.with_unit(number);
        let measured = match self.range(&measured) {
            Some((second, from)) => {
                return self.accept(&second, Some(&from)).ok_or(second.end.max(skip));
            }
            None => measured,
        };
        self.accept(&measured, None).ok_or(skip)
    }

    fn ordinal(&self, number: Number) -> Draft {
        let start = number.span.start - '第'.len_utf8();
        // 倒数第二 is counted from the end.
        let from_the_end = self.before(start).ends_with("倒数") || self.before(start).ends_with("倒數");
        let start = if from_the_end { start - "倒数".len() } else { start };
        Draft {
            at: Span::new(start, number.span.end),
            figures: Span::new(start, number.span.end),
            unit_at: Span::new(number.span.end, number.span.end),
            low: number.low,
            high: number.high,
            code: String::new(),
            kind: QuantityKind::Ordinal,
            modifier: None,
            is_range: false,
            rule: "number/ordinal",
        }
    }
}
