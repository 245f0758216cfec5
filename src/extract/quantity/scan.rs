//! One walk over a text: every number with its unit, as a [`Draft`].

use super::{
    decimal::Decimal,
    lexicon::{Class, Lexicon, Unit},
    number::{self, Form, Number, Style, folded},
};
use crate::{
    model::{QuantityKind, QuantityMod},
    span::Span,
};

/// A number with its unit and place, before its surroundings are read.
#[derive(Debug, Clone)]
pub struct Draft {
    /// From the currency's name or 约 to the unit.
    pub at: Span,
    /// Figures as printed.
    pub figures: Span,
    /// 万/亿 and unit as printed.
    pub unit_at: Span,
    /// Value in `code`, or the lower end.
    pub low: Decimal,
    /// The upper end.
    pub high: Option<Decimal>,
    /// The unit's code.
    pub code: String,
    /// What sort of quantity.
    pub kind: QuantityKind,
    /// What the number's own words say (多, 几, 上).
    pub modifier: Option<QuantityMod>,
    /// Whether it was a range of two numbers.
    pub is_range: bool,
    /// The rule that found it.
    pub rule: &'static str,
}

/// What stands before a place in a ranking.
const RANKS: [&str; 8] = ["排名前", "位列前", "位居前", "名列前", "跻身前", "进入前", "排在前", "居前"];

/// What says that figures are told in turn.
const IN_TURN: [&str; 12] = [
    "依次为",
    "依次是",
    "分别为",
    "分别是",
    "分别达",
    "分别达到",
    "各为",
    "先后为",
    "分别增长",
    "分别下降",
    "分别有",
    "依次达",
];

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

/// Figures told in turn whose last one tells the unit of all.
#[derive(Debug, Clone, Copy)]
struct List {
    /// Figures that end before this byte take the list's unit.
    end: usize,
    /// Index of the unit; `None` where the figures have none.
    unit: Option<usize>,
    /// Powers of ten in the 万/亿 of the last figure.
    magnitude: i32,
}

/// A number with the unit that follows, if any.
struct Measured<'a> {
    number: Number,
    unit: Option<&'a Unit>,
    end: usize,
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

    /// The length of the trap word at `at`; 一点 is none in 一点四.
    fn trap(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let (length, ()) = self.lexicon.traps.longest(rest)?;
        let next = rest.get(length..).and_then(|tail| tail.chars().next());
        let is_point = rest.get(..length).is_some_and(|word| word.ends_with('点'))
            && next.is_some_and(|c| number::digit(c).is_some());
        (!is_point).then_some(length)
    }

    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The text between the last quantity and `at`.
    fn before(&self, at: usize) -> &'a str {
        self.text.get(self.floor..at).unwrap_or_default()
    }

    /// Where a sign before `at` begins; `at` where there is none.
    fn sign_start(&self, at: usize, before: &str) -> usize {
        let trimmed = before.trim_end_matches(' ');
        if self.floor > 0 && trimmed.chars().count() == 1 {
            return at;
        }
        let Some(sign) = trimmed.chars().next_back() else { return at };
        let start = self.floor + trimmed.len() - sign.len_utf8();
        let ahead = trimmed.get(..trimmed.len() - sign.len_utf8()).unwrap_or_default();
        match folded(sign) {
            '负' => start,
            '的' if ahead.ends_with('负') => start - '负'.len_utf8(),
            '-' | '−' if trimmed.len() == before.len() || self.floor == 0 && ahead.is_empty() => {
                let joins =
                    ahead.chars().next_back().map(folded).is_some_and(|c| c.is_alphanumeric() || "-)）".contains(c));
                let verb = ["和", "与", "及", "由", "从", "长", "降", "为", "是", "约", "率", "至", "到", "达", "速"]
                    .iter()
                    .any(|word| ahead.ends_with(word));
                if joins && !verb { at } else { start }
            }
            _ => at,
        }
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

    /// The list of figures at `at`, behind a word that says they are told in turn.
    fn list_at(&self, at: usize) -> Option<List> {
        // Most numbers open no list.
        let figures = self.rest(at);
        let behind = figures
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '万' | '亿' | '千' | '百'));
        if !behind.starts_with(['、', '和', '及']) {
            return None;
        }
        let before = self.before(at).trim_end_matches(['了', '约']);
        // 分别高出甲产业13.9、16.5和1.4个百分点
        let clause = before.rsplit(['，', '。', '；', ',', '、']).next().unwrap_or_default();
        let in_clause = || clause.contains("分别") && !clause.ends_with(|c: char| c.is_ascii_digit());
        let is_said = IN_TURN.iter().any(|word| before.ends_with(word)) || in_clause();
        let mut are_decimals = true;
        let mut next = at;
        for n in 0..24 {
            let number = number::read(self.text, next).filter(|number| number.style == Style::Arabic)?;
            // 比上年提高2.3、0.6和1.4个百分点: decimals side by side share the unit, though 分别 is not said.
            are_decimals &= number.magnitude == 0 && number.span.slice(self.text).contains('.');
            if !is_said && !are_decimals {
                return None;
            }
            let tail = self.rest(number.span.end);
            if let Some(mark) = tail.chars().next().filter(|c| matches!(c, '、' | '和' | '及')) {
                next = number.span.end + mark.len_utf8();
                continue;
            }
            let list = |unit, end| List { end, unit, magnitude: number.magnitude };
            if !is_said && !self.lexicon.unit(tail).is_some_and(|(_, unit)| matches!(unit.code.as_str(), "pp" | "%")) {
                return None;
            }
            let Some((_, unit)) = self.lexicon.unit(tail) else {
                // 指数依次为3、4、5.5。 has no unit at all.
                let closes = tail.chars().next().is_none_or(|c| "。，；,;）)".contains(c));
                return (n > 0 && closes && number.magnitude == 0).then(|| list(None, number.span.end + 1));
            };
            let idx = self.lexicon.units.iter().position(|other| std::ptr::eq(other, unit))?;
            return (n > 0 && unit.class != Class::Time).then(|| list(Some(idx), number.span.start));
        }
        None
    }

    /// A figure of such a list, with the unit told at its end.
    fn listed(&self, number: &Number) -> Option<Draft> {
        let list = self.list.filter(|list| number.span.end < list.end)?;
        let places = if number.magnitude == 0 { list.magnitude } else { 0 };
        let mut draft = Draft {
            at: number.span,
            figures: Span::new(number.span.start, number.figures_end),
            unit_at: Span::new(number.span.end, number.span.end),
            low: number.low.shifted(places),
            high: number.high.map(|high| high.shifted(places)),
            code: String::new(),
            kind: QuantityKind::Number,
            modifier: number.modifier,
            is_range: false,
            rule: "number/listed",
        };
        if let Some(unit) = list.unit.and_then(|idx| self.lexicon.units.get(idx)) {
            draft.set_unit(unit);
        }
        Some(draft)
    }

    fn with_unit(&self, mut number: Number) -> Measured<'a> {
        self.latin_magnitude(&mut number);
        let mut end = number.span.end;
        let mut unit = None;
        if number.form != Form::Percent {
            let rest = self.rest(end);
            let n_blank: usize = rest.chars().take_while(|&c| folded(c) == ' ').take(4).map(char::len_utf8).sum();
            let found = self.unit(rest.get(n_blank..).unwrap_or_default());
            // 7.65亿 出入境人次超…: behind a blank a headline goes on.
            let goes_on = |length: usize| {
                let behind = rest.get(n_blank + length..).and_then(|tail| tail.chars().next());
                n_blank > 0 && behind.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
            };
            let is_classifier = |unit: &Unit| unit.class == Class::Classifier && unit.code.chars().count() == 1;
            if let Some((length, found)) = found.filter(|&(length, unit)| !(is_classifier(unit) && goes_on(length)))
                && (found.code != "番" || self.before(number.span.start).trim_end_matches('了').ends_with('翻'))
                && let unit_end = end + n_blank + length
                && fits(
                    self.text,
                    &number,
                    found,
                    self.rest(unit_end).chars().next(),
                    self.is_whole(number.span.start, unit_end),
                )
            {
                unit = Some(found);
                end += n_blank + length;
            }
        }
        Measured { number, unit, end }
    }

    /// The unit that `rest` begins with; blanks may stand between its characters (个 百 分 点).
    fn unit(&self, rest: &'a str) -> Option<(usize, &'a Unit)> {
        let found = self.lexicon.unit(rest);
        let near = rest.get(..rest.char_indices().nth(8).map_or(rest.len(), |(at, _)| at))?;
        if !near.contains(' ') || near.is_ascii() {
            return found;
        }
        let compact: String = near.chars().filter(|&c| c != ' ').collect();
        let (length, unit) = self.lexicon.unit(&compact)?;
        if found.is_some_and(|(shorter, _)| shorter >= length) {
            return found;
        }
        let n_chars = compact.get(..length)?.chars().count();
        let last = near.char_indices().filter(|&(_, c)| c != ' ').nth(n_chars.checked_sub(1)?)?;
        Some((last.0 + last.1.len_utf8(), unit))
    }

    /// 40k, 12k个百分点; 3M and 2G only where they are all of the text.
    fn latin_magnitude(&self, number: &mut Number) {
        let rest = self.rest(number.span.end);
        let trimmed = rest.trim_start_matches(' ');
        let Some(letter) = trimmed.chars().next() else { return };
        let end = number.span.end + rest.len() - trimmed.len() + letter.len_utf8();
        let next = self.rest(end).chars().next().map(folded);
        let Some(places) =
            number::latin_magnitude(letter).filter(|_| number.style == Style::Arabic && number.magnitude == 0)
        else {
            return;
        };
        if next.is_some_and(|c| c.is_ascii_alphanumeric()) || places > 3 && !self.is_whole(number.span.start, end) {
            return;
        }
        number.low = number.low.shifted(places);
        number.high = number.high.map(|high| high.shifted(places));
        number.magnitude = places;
        number.span.end = end;
    }

    /// 3%至5%, 3—5倍, 二到三公升: the second number with the first's value carried over.
    fn range(&self, first: &Measured<'a>) -> Option<(Measured<'a>, Number)> {
        let rest = self.rest(first.end);
        let trimmed = without_inclusion(rest).trim_start_matches(' ');
        let mut length = rest.len() - trimmed.len();
        let mut chars = trimmed.chars();
        let separator = chars.next()?;
        let is_word = matches!(separator, '至' | '到');
        if !is_word && !"-—–−－~～〜".contains(separator) {
            return None;
        }
        length += separator.len_utf8();
        if separator == '—' && chars.next() == Some('—') {
            length += separator.len_utf8();
        }
        let rest = self.rest(first.end + length);
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let start = first.end + length + blanks;
        if !self.rest(start).chars().next().is_some_and(|c| number::may_begin(c) || c == '负') {
            return None;
        }
        let number = number::read(self.text, start)?;
        let second = self.with_unit(number);
        self.joined(first, second, is_word)
    }

    /// Whether two numbers with their units make one range.
    fn joined(&self, first: &Measured<'a>, second: Measured<'a>, is_word: bool) -> Option<(Measured<'a>, Number)> {
        let same_unit = match (first.unit, second.unit) {
            (None, Some(_)) => first.number.form == Form::Plain,
            (Some(a), Some(b)) => a.code == b.code,
            (None, None) if first.number.form == Form::Percent => second.number.form == Form::Percent,
            (None, None) => {
                is_word
                    && (first.number.is_weighty() || first.number.style == Style::Chinese && first.number.n_figures > 1)
                    || self.is_whole(first.number.span.start, second.end)
            }
            (Some(_), None) => false,
        };
        let before = self.before(first.number.span.start);
        // 由149元到1508元 and 增加50元至800元 are changes, not ranges.
        let is_change = is_word && first.unit.is_some() && {
            let tail = before.trim_end_matches(' ');
            // 减少约8600人至366万人
            let bare = tail.trim_end_matches(['约', '近', '逾', '了']);
            tail.ends_with(['由', '从', '自']) || self.is_change(tail) || self.is_change(bare)
        };
        if !same_unit || is_change {
            return None;
        }
        let mut from = first.number.clone();
        let figure = second.number.low.shifted(-second.number.magnitude);
        if from.magnitude == 0 && from.form == Form::Plain && second.number.magnitude > 0 && from.low < figure {
            from.low = from.low.shifted(second.number.magnitude);
        } else if let Some(places) = round_places(&second.number)
            && from.n_figures == 1
            && from.low < second.number.low.shifted(-places)
        {
            // 两到三千: the 千 is said once.
            from.low = from.low.shifted(places);
        }
        (second.number.high.unwrap_or(second.number.low) > from.low).then_some((second, from))
    }

    fn is_change(&self, before: &str) -> bool {
        self.lexicon.changes.longest_suffix(before).is_some()
    }

    /// Whether `start..end` is all that the text says, apart from blanks and marks.
    fn is_whole(&self, start: usize, end: usize) -> bool {
        let mark = |c: char| !c.is_alphanumeric();
        let before = self.text.get(..start).unwrap_or_default();
        let rest = self.rest(end);
        before.len() < 32 && rest.len() < 32 && before.chars().rev().take(8).all(mark) && rest.chars().all(mark)
    }

    /// The finished draft, where number and unit make a quantity. `from` is the first number of a range.
    /// “两个结合”, “三个务必”: what quotation marks hold and a figure begins is the name of an idea.
    fn is_a_watchword(&self, start: usize, end: usize) -> bool {
        let opens = self.before(start).ends_with(['“', '「', '『', '"']);
        let inside: String = self.rest(end).chars().take(7).take_while(|c| !"”」』\"".contains(*c)).collect();
        let n = inside.chars().count();
        let is_name = (1..=6).contains(&n) && inside.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        opens && is_name && self.rest(end + inside.len()).starts_with(['”', '」', '』', '"'])
    }

    fn accept(&self, measured: &Measured<'a>, from: Option<&Number>) -> Option<Draft> {
        let Measured { number, unit, end } = measured;
        let first = from.unwrap_or(number);
        let start = first.span.start;
        let mut draft = Draft {
            at: Span::new(start, *end),
            figures: Span::new(start, number.figures_end),
            unit_at: Span::new(number.figures_end, *end),
            low: first.low,
            high: if from.is_some() { Some(number.high.unwrap_or(number.low)) } else { number.high },
            code: String::new(),
            kind: QuantityKind::Number,
            modifier: if from.is_some() { None } else { number.modifier },
            is_range: from.is_some(),
            rule: "number/plain",
        };
        let rest = self.rest(number.figures_end);
        if unit.is_some_and(|unit| unit.class == Class::Time) || self.lexicon.classes.longest(rest).is_some() {
            return None;
        }
        let counts = unit.is_none_or(|unit| unit.class == Class::Classifier);
        if counts && number.style == Style::Chinese && self.is_a_watchword(start, *end) {
            return None;
        }
        // 下降1.1个和1.3个百分点: points, both of them.
        let unit = match *unit {
            Some(found) if found.code == "个" => &self.points_ahead(*end).or(*unit),
            _ => unit,
        };
        let currency = self.currency_before(start);
        match (number.form, *unit, currency) {
            (Form::Percent, ..) => {
                draft.set_plain("%", QuantityKind::Percent, "number/percent");
                // 过半, 近半 are one word.
                let ahead = self.before(start).chars().next_back();
                if number.n_figures == 1
                    && number.style == Style::Chinese
                    && ahead.is_some_and(|c| "过近超".contains(c))
                {
                    draft.at.start -= ahead.map_or(0, char::len_utf8);
                    draft.modifier =
                        Some(if ahead == Some('近') { QuantityMod::Approx } else { QuantityMod::MoreThan });
                }
            }
            (_, Some(unit), Some((prefix, length)))
                if unit.class == Class::Currency && prefix.code != unit.code && unit.code == "CNY" =>
            {
                draft.set_unit(prefix);
                draft.at.start -= length;
            }
            (_, Some(unit), prefix) => {
                draft.set_unit(unit);
                self.behind_unit(&mut draft, unit);
                if let Some((_, length)) = prefix.filter(|(prefix, _)| prefix.code == unit.code) {
                    draft.at.start -= length;
                }
            }
            (_, None, Some((prefix, length))) => {
                draft.set_unit(prefix);
                draft.at.start -= length;
            }
            // 01/02 are labels.
            (Form::Fraction, None, None) if self.rest(start).starts_with('0') => return None,
            (Form::Fraction, None, None) => draft.set_plain("1", QuantityKind::Ratio, "number/fraction"),
            (Form::Plain, None, None) => {
                if !self.bare_stands(first, number, *end) {
                    return None;
                }
            }
        }
        if draft.kind == QuantityKind::Temperature || draft.code == "deg" {
            self.temperature(&mut draft);
        }
        self.at_least(&mut draft, first);
        Some(draft)
    }

    /// 人民币, US$, £ right before the number: the currency and how many bytes back it begins.
    fn currency_before(&self, start: usize) -> Option<(&'a Unit, usize)> {
        let before = self.before(start);
        let trimmed = before.trim_end_matches([' ', '\u{A0}', '\u{3000}']);
        let (length, &idx) = self.lexicon.prefixes.longest_suffix(trimmed)?;
        let unit = self.lexicon.units.get(idx)?;
        let name = trimmed.get(trimmed.len() - length..)?;
        let ahead = trimmed.get(..trimmed.len() - length)?.chars().next_back();
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) && ahead.is_some_and(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        Some((unit, before.len() - trimmed.len() + length))
    }

    /// The unit of 1.3个百分点, where a list goes on with it behind 个: 1.1个[和1.3个百分点].
    fn points_ahead(&self, at: usize) -> Option<&'a Unit> {
        let rest = self.rest(at).strip_prefix(['和', '、', '与', '及'])?;
        let start = self.text.len() - rest.len();
        let next = number::read(self.text, start)?;
        let (_, unit) = self.lexicon.unit(self.rest(next.span.end))?;
        (unit.code == "pp").then_some(unit)
    }

    /// 元角分, 三斤半, 三块五, 七成六.
    fn behind_unit(&self, draft: &mut Draft, unit: &Unit) {
        if draft.is_range {
            // 三到五岁半
            if unit.half && self.rest(draft.at.end).starts_with('半') && self.is_whole(draft.at.start, draft.at.end + 3)
            {
                draft.high = draft.high.map(|high| high.plus(Decimal::new(5, -1).times(unit.factor)));
                draft.extend_to(draft.at.end + '半'.len_utf8());
            }
            return;
        }
        let mut has_sub = false;
        while let Some((value, end)) = self.sub_unit(draft.at.end, unit) {
            draft.low = draft.low.plus(value.times(unit.factor));
            draft.extend_to(end);
            has_sub = true;
        }
        let rest = self.rest(draft.at.end);
        let mut chars = rest.chars();
        let (first, second) = (chars.next(), chars.next());
        if unit.half && first == Some('半') && !second.is_some_and(|c| "数年个径小天月夜岛".contains(c)) {
            draft.low = draft.low.plus(Decimal::new(5, -1).times(unit.factor));
            draft.extend_to(draft.at.end + '半'.len_utf8());
        } else if unit.digits
            && let Some(figure) = self.trailing_figure(draft.at.end, unit)
        {
            let (figure, end) = figure;
            let places = if has_sub { -2 } else { -1 };
            draft.low = draft.low.plus(Decimal::new(figure.into(), places).times(unit.factor));
            draft.extend_to(end);
            // 两块九毛九RMB
            if let Some((length, other)) = self.lexicon.unit(self.rest(end))
                && other.code == unit.code
            {
                draft.extend_to(end + length);
            }
        }
    }

    /// A smaller unit of `unit` behind it: 五角, 八两.
    fn sub_unit(&self, at: usize, unit: &Unit) -> Option<(Decimal, usize)> {
        if unit.sub.is_empty() {
            return None;
        }
        let rest = self.rest(at);
        let head = rest.strip_prefix(['又', '零']).unwrap_or(rest);
        let start = at + rest.len() - head.len();
        let number = number::read(self.text, start).filter(|number| number.form == Form::Plain)?;
        let tail = self.rest(number.span.end);
        let (name, share) =
            unit.sub.iter().filter(|(name, _)| tail.starts_with(name.as_str())).max_by_key(|(name, _)| name.len())?;
        let next = tail.get(name.len()..)?.chars().next();
        if name == "分" && next.is_some_and(|c| "之钟布别成析".contains(c))
            || name == "两" && next.is_some_and(|c| "个种次位国".contains(c))
        {
            return None;
        }
        Some((number.low.times(*share), number.span.end + name.len()))
    }

    /// 三块五, 七成六: one figure that nothing else claims.
    fn trailing_figure(&self, at: usize, unit: &Unit) -> Option<(u32, usize)> {
        let rest = self.rest(at);
        let trimmed = rest.trim_start_matches(' ');
        let c = trimmed.chars().next()?;
        let figure = number::digit(c).filter(|&figure| figure > 0)?;
        let end = at + rest.len() - trimmed.len() + c.len_utf8();
        let tail = self.rest(end);
        let next = tail.chars().next();
        let goes_on =
            next.is_some_and(|c| number::may_begin(c) || c == '、' || c == '是' || c == '定' || c == '起' || c == '直');
        (!goes_on
            && self
                .lexicon
                .unit(tail)
                .is_none_or(|(_, other)| other.code == unit.code && next.is_some_and(|c| c.is_ascii()))
            && self.lexicon.traps.longest(self.rest(end - c.len_utf8())).is_none())
        .then_some((figure, end))
    }

    /// 零下20度, 华氏98度, 摄氏37度.
    fn temperature(&self, draft: &mut Draft) {
        let mut before = self.before(draft.at.start).trim_end_matches(' ');
        let mut length = draft.at.start - self.floor - before.len();
        for word in ["温度", "零下", "摄氏", "攝氏", "华氏", "華氏", "零下"] {
            let Some(rest) = before.strip_suffix(word) else { continue };
            length += word.len();
            before = rest;
            match word {
                "零下" if !draft.low.is_negative() => draft.low = draft.low.negated(),
                "摄氏" | "攝氏" => "Cel".clone_into(&mut draft.code),
                "华氏" | "華氏" => "[degF]".clone_into(&mut draft.code),
                _ => continue,
            }
            draft.kind = QuantityKind::Temperature;
            draft.at.start -= length;
            length = 0;
        }
        if draft.code == "deg" && (before.ends_with("气温") || before.ends_with("高温") || draft.low.is_negative())
        {
            draft.kind = QuantityKind::Temperature;
            "Cel".clone_into(&mut draft.code);
        }
    }

    /// 上百倍, 上千人: 上 belongs to the quantity and says that it is at least as much.
    fn at_least(&self, draft: &mut Draft, first: &Number) {
        let before = self.before(draft.at.start);
        let Some(ahead) = before.strip_suffix('上') else { return };
        let round = self.rest(first.span.start).starts_with(['百', '千', '万', '亿', '十']);
        if round && !ahead.ends_with(['以', '之', '网', '线', '路', '身', '早', '晚', '年']) {
            draft.at.start -= '上'.len_utf8();
            draft.modifier = Some(QuantityMod::EqualOrMore);
        }
    }

    /// Whether a number without a unit is worth keeping: 14亿多中国人民, 指数为50.2; not labels, codes, years.
    fn bare_stands(&self, first: &Number, last: &Number, end: usize) -> bool {
        if self.is_figures {
            return true;
        }
        if self.is_whole(first.span.start, end) {
            return first.n_figures > 1 || self.text.trim().chars().count() == 1 || first.style == Style::Arabic;
        }
        let rest = self.rest(end);
        let next = rest.chars().next().map(folded);
        let before = self.before(first.span.start);
        let previous = before.chars().next_back().map(folded);
        if matches!((previous, next), (Some('“' | '"'), Some('”' | '"'))) {
            return first.style == Style::Chinese && first.n_figures == 1;
        }
        if first.style == Style::Chinese
            && next.is_none_or(|c| !c.is_alphanumeric() || "不却而这那".contains(c))
            && before.ends_with(['是', '于', '为'])
        {
            return true;
        }
        // iPhone 15, Mate 60 Pro: a model, not how many. Names in capitals alone (PMI 50) may be measures.
        let brand = before.strip_suffix(' ').unwrap_or_default();
        let is_model = brand.ends_with(|c: char| c.is_ascii_lowercase()) && last.low.printed_place() >= 0;
        if is_model || self.lexicon.numbered.longest_suffix(before.trim_end_matches([' ', ':', '：', '为'])).is_some()
        {
            return false;
        }
        // 123比109: two scores, each as the other's.
        let is_digit = |c: char| c.is_ascii_digit();
        let is_score = rest.strip_prefix('比').is_some_and(|other| other.starts_with(is_digit))
            || before.strip_suffix('比').is_some_and(|other| other.ends_with(is_digit));
        if is_score {
            return false;
        }
        if next.is_some_and(|c| {
            c.is_ascii_alphanumeric() || ":/%&=_·.-年月日号时点分秒周届期型系".contains(c) && !ends_clause(rest)
        }) || previous.is_some_and(|c| ":/-.#第图表附编码纬经".contains(c))
        {
            return false;
        }
        match last.style {
            Style::Arabic if last.is_weighty() => true,
            Style::Arabic => {
                let value = last.low.to_f64();
                let like_year = (1000.0..2100.0).contains(&value) && last.n_figures == 4;
                (2..=6).contains(&last.n_figures) && !like_year && !is_label(before, rest)
            }
            Style::Chinese => {
                let ends = next.is_none_or(|c| !c.is_alphanumeric() || c == '的');
                // 排名前三, and 九点九 at the end of what is said.
                let is_rank = RANKS.iter().any(|word| before.ends_with(word));
                ends && (is_rank || last.low.printed_place() < 0) && last.form == Form::Plain
                    || last.magnitude >= 4 && last.n_figures > 1 && !is_round_word(self.text, last)
                    || last.n_figures > 2 && !last.is_positional
            }
        }
    }
}

impl Draft {
    fn set_plain(&mut self, code: &str, kind: QuantityKind, rule: &'static str) {
        code.clone_into(&mut self.code);
        self.kind = kind;
        self.rule = rule;
    }

    fn set_unit(&mut self, unit: &Unit) {
        // 75折 and 九九折 are 7.5 and 9.9 tenths.
        let tenths =
            unit.kind == QuantityKind::Percent && unit.factor == Decimal::new(1, 1) && self.low.to_f64() > 10.0;
        // 半折 is half the price.
        let is_half_price = unit.names_discount() && self.low.to_f64() < 1.0;
        let factor = if is_half_price {
            Decimal::new(100, 0)
        } else if tenths {
            Decimal::ONE
        } else {
            unit.factor
        };
        if unit.code == "番" {
            // 翻两番 is four times as much.
            let power = self.low.to_f64().clamp(0.0, 64.0);
            self.low = Decimal::from_f64(power.exp2());
            self.set_plain("times", QuantityKind::Ratio, "number/doubling");
            return;
        }
        self.low = self.low.times(factor);
        self.high = self.high.map(|high| high.times(factor));
        unit.code.clone_into(&mut self.code);
        self.kind = unit.kind;
        self.rule = match unit.class {
            Class::Unit => "number/unit",
            Class::Currency => "number/currency",
            Class::Classifier | Class::Time => "number/classifier",
        };
    }

    fn extend_to(&mut self, end: usize) {
        self.at.end = end;
        self.unit_at.end = end;
    }
}

/// Whether this unit may follow this number: 一家 is an article, 三点 a time of day, 陆个 no number.
fn fits(text: &str, number: &Number, unit: &Unit, next: Option<char>, is_whole: bool) -> bool {
    let is_one_figure = number.style == Style::Chinese && number.n_figures == 1;
    let figure = number.span.slice(text).chars().next().unwrap_or(' ');
    if unit.class == Class::Time {
        return true;
    }
    // 一家 is an article; 二套住房 is the second one, two would be 两套.
    let is_article = matches!(figure, '一' | '二' | '几' | '数' | '半') && unit.class == Class::Classifier;
    if is_one_figure
        && !is_whole
        && (unit.weak || is_article || number::is_formal(figure) || figure == '百' || figure == '千')
    {
        return matches!(figure, '百' | '千') && !unit.weak
            || number::is_formal(figure) && unit.class == Class::Currency;
    }
    // 千万千瓦级基地 is a class of bases.
    if unit.class != Class::Currency && next == Some('级') && unit.code != "级" {
        return false;
    }
    if number.style == Style::Chinese && number.is_positional && unit.class == Class::Classifier && number.n_figures > 2
    {
        return false;
    }
    true
}

/// Whether a Latin letter, figure or joining mark before the figures makes them part of a name or code.
fn glued(previous: char, before: &str) -> bool {
    // 12.3亿元/15.6亿元: behind a unit the slash only stands between two.
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    if previous == '/' && before.chars().rev().nth(1).is_some_and(is_han) {
        return false;
    }
    if previous.is_ascii_digit() || "%=&_/\\#@.".contains(previous) {
        return !before.is_empty();
    }
    if previous == '-' {
        let mut ahead = before.chars().rev().skip(1);
        return ahead.next().is_some_and(|c| c.is_ascii_alphanumeric());
    }
    // US$20, RMB800: the currency is asked first by its own letters.
    previous.is_ascii_alphabetic()
        && !["USD", "RMB", "CNY", "HKD", "EUR", "GBP", "JPY", "RM"].iter().any(|name| before.ends_with(name))
}

/// 万, 千万, 亿 without a figure are words more often than numbers.
fn is_round_word(text: &str, number: &Number) -> bool {
    let words = number.span.slice(text);
    number.style == Style::Chinese && words.chars().all(|c| number::digit(c).is_none() && !c.is_ascii())
}

/// （1）, 1. and 1、 at the head of a line or item are labels.
fn is_label(before: &str, rest: &str) -> bool {
    let opens = before.is_empty() || before.ends_with(['（', '(', '[', '【', '、', '《', '“']);
    opens && rest.starts_with(['）', ')', ']', '】', '、', '.', '．', '》', '”'])
}

fn ends_clause(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('.') && chars.next().is_none_or(|c| !c.is_ascii_digit())
}

/// Behind a refused code (G20, v1.2.3): on to the end of its letters and figures.
fn skip_ascii(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let length: usize = rest
        .chars()
        .take_while(|&c| {
            folded(c).is_ascii_alphanumeric() || matches!(folded(c), '.' | '-' | '/' | '_' | '%' | '&' | '=')
        })
        .map(char::len_utf8)
        .sum();
    at + length.max(rest.chars().next().map_or(1, char::len_utf8))
}

/// The length of a version or address (3.15.2, 10.0.0.1), which is no decimal.
fn dotted_chain(rest: &str) -> Option<usize> {
    let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let parts = rest.get(..length)?.trim_end_matches('.').split('.');
    (parts.clone().count() > 2 && parts.clone().all(|part| !part.is_empty())).then_some(length)
}

/// Whether a short text is nothing but figures and marks: 1, 234, 五点八.
fn is_figures(text: &str) -> bool {
    text.len() < 128 && text.chars().all(|c| number::may_begin(c) || !c.is_alphanumeric() || "点".contains(c))
}

/// 2 and 3 of 三百 and 四千: how many places one figure with 百 or 千 has behind it.
fn round_places(number: &Number) -> Option<i32> {
    let places = number.low.last_place();
    let is_round = number.magnitude == 0 && number.n_figures == 2 && number.high.is_none();
    (is_round && (2..=3).contains(&places)).then_some(places)
}

/// Behind a note whether the end itself belongs to the range: 1000万元（含）至3000万元.
fn without_inclusion(rest: &str) -> &str {
    let notes = ["（含）", "(含)", "（不含）", "(不含)", "（含本数）", "(含本数)", "（不含本数）", "(不含本数)"];
    notes.iter().find_map(|note| rest.strip_prefix(note)).unwrap_or(rest)
}

/// Whether the trap word is figures throughout (千万): the walk goes on behind it either way.
fn digits_only(text: &str, at: usize, length: usize) -> bool {
    text.get(at..at + length).unwrap_or_default().chars().all(number::may_begin)
}
