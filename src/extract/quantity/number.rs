//! Printed numbers: 1.26万亿, 三千四百二十一亿, 3万5千, 两万五, 十几, 百余, 一千多万, 百分之三, 三分之一.
//!
//! [`read`] reads one number at a place of the text, without its unit. It walks forward once and never looks
//! back, so a text is read in linear time.

pub use super::figure::{digit, folded, is_formal, latin_magnitude, may_begin, next_beginner};
use super::{
    decimal::Decimal,
    figure::{big_unit, small_unit},
};
use crate::{model::QuantityMod, span::Span};

/// How the figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// 1.26, 12,345, 3万5千.
    Arabic,
    /// 三千四百.
    Chinese,
}

/// What the number is as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A number that takes a unit.
    Plain,
    /// 百分之三, 千分之二, 过半: a share, in per cent.
    Percent,
    /// 三分之一, 1/2, 一又二分之一.
    Fraction,
}

/// A number as printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Its place: sign, figures and 万/亿.
    pub span: Span,
    /// Its value, or the lower end where it is vague (十几: 10).
    pub low: Decimal,
    /// The upper end where it is vague (十几: 19; 90多: 99).
    pub high: Option<Decimal>,
    /// 多/余 say MORE_THAN, 几/数/七八 say APPROX.
    pub modifier: Option<QuantityMod>,
    /// Where 万/亿 begin behind Arabic figures (948|亿); the span's end else.
    pub figures_end: usize,
    /// Powers of ten in the 万/亿 behind the figures: 8 for 948亿.
    pub magnitude: i32,
    /// Arabic or Chinese figures.
    pub style: Style,
    /// How many characters of figures it has (一: 1, 二十: 2, 948: 3).
    pub n_figures: usize,
    /// Plain, share or fraction.
    pub form: Form,
    /// Whether figures stood side by side without 十/百/千 (二〇二四, 三五).
    pub is_positional: bool,
}

impl Number {
    /// Whether it is written with a decimal point, 万 or 亿, or in vague words: no mere label or page number.
    pub fn is_weighty(&self) -> bool {
        self.magnitude > 0 || self.low.printed_place() < 0 || self.high.is_some()
    }
}

/// A position that moves forward.
#[derive(Debug, Clone, Copy)]
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn peek(self) -> Option<char> {
        self.text.get(self.at..)?.chars().next().map(folded)
    }

    fn raw(self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn second(self) -> Option<char> {
        self.text.get(self.at..)?.chars().nth(1).map(folded)
    }

    fn bump(&mut self) {
        self.at += self.raw().map_or(0, char::len_utf8);
    }

    fn eat(&mut self, c: char) -> bool {
        let is = self.peek() == Some(c);
        if is {
            self.bump();
        }
        is
    }

    /// Eats `word` where it stands here, blanks allowed between its characters.
    fn eat_word(&mut self, word: &str) -> bool {
        let mut ahead = *self;
        for (idx, c) in word.chars().enumerate() {
            if idx > 0 {
                ahead.blanks();
            }
            if !ahead.eat(c) {
                return false;
            }
        }
        *self = ahead;
        true
    }

    fn blanks(&mut self) {
        while self.peek() == Some(' ') {
            self.bump();
        }
    }

    /// Steps over blanks where a Chinese numeral goes on behind them (三千 八百).
    fn blanks_inside(&mut self) {
        let mut ahead = *self;
        ahead.blanks();
        let is_part =
            ahead.peek().is_some_and(|c| c.is_ascii_digit()) && ahead.second().is_some_and(|c| small_unit(c).is_some());
        let goes_on = is_part
            || ahead.peek().is_some_and(|c| {
                digit(c).is_some()
                    || small_unit(c).is_some()
                    || big_unit(c).is_some()
                    || matches!(c, '点' | '點' | '余' | '餘' | '多' | '几' | '幾')
            });
        if goes_on {
            *self = ahead;
        }
    }
}

/// A value that may be vague: from `low` to `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Vague {
    low: Decimal,
    high: Decimal,
}

impl Vague {
    const ZERO: Self = Self { low: Decimal::ZERO, high: Decimal::ZERO };

    const fn sure(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    fn between(low: u32, high: u32) -> Self {
        Self { low: Decimal::new(low.into(), 0), high: Decimal::new(high.into(), 0) }
    }

    const fn shifted(self, places: i32) -> Self {
        Self { low: self.low.shifted(places), high: self.high.shifted(places) }
    }

    fn plus(self, other: Self) -> Self {
        Self { low: self.low.plus(other.low), high: self.high.plus(other.high) }
    }

    const fn is_zero(self) -> bool {
        self.low.is_zero() && self.high.is_zero()
    }
}

/// Reads the number that begins at byte `at`; a sign or 百分之 is part of it. `None` where there is none.
pub fn read(text: &str, at: usize) -> Option<Number> {
    let mut cursor = Cursor { text, at };
    let negative = eat_sign(&mut cursor);
    if let Some(half) = half(text, at, cursor) {
        return Some(half);
    }
    if let Some(places) = percent_head(&mut cursor) {
        cursor.blanks();
        let inner_negative = eat_sign(&mut cursor);
        let part = cardinal_of(&mut cursor, true)?;
        return Some(part.number(Span::new(at, cursor.at), Form::Percent, places, negative != inner_negative));
    }
    let first = cardinal(&mut cursor)?;
    if let Some(fraction) = fraction(&mut cursor, &first) {
        let low = if negative { fraction.negated() } else { fraction };
        return Some(Number {
            span: Span::new(at, cursor.at),
            low,
            high: None,
            modifier: None,
            figures_end: cursor.at,
            magnitude: 0,
            style: first.style,
            n_figures: first.n_figures + 2,
            form: Form::Fraction,
            is_positional: false,
        });
    }
    Some(first.number(Span::new(at, cursor.at), Form::Plain, 0, negative))
}

/// 负, 負, 零下, − and the hyphens where nothing that they could join stands before (the caller checks).
fn eat_sign(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let negative;
    if ahead.eat_word("零下") || ahead.eat('负') || ahead.eat('負') {
        ahead.eat('的');
        negative = true;
    } else if ahead.peek().is_some_and(|c| "-−".contains(c)) {
        ahead.bump();
        negative = true;
    } else if ahead.eat('+') {
        negative = false;
    } else {
        return false;
    }
    ahead.blanks();
    *cursor = ahead;
    negative
}

/// 百分之: 0; 千分之: −1; 万分之: −2.
fn percent_head(cursor: &mut Cursor<'_>) -> Option<i32> {
    const HEADS: &[(&str, i32)] = &[
        ("百分之", 0),
        ("佰分之", 0),
        ("千分之", -1),
        ("仟分之", -1),
        ("万分之", -2),
        ("萬分之", -2),
        ("百万分之", -4),
        ("千万分之", -5),
        ("百万万分之", -8),
    ];
    let mut ahead = *cursor;
    if !matches!(ahead.peek(), Some('百' | '佰' | '千' | '仟' | '万' | '萬')) {
        return None;
    }
    let (_, places) = HEADS.iter().rev().find(|(word, _)| ahead.eat_word(word))?;
    *cursor = ahead;
    Some(*places)
}

/// 一半, 半数, 半百, and 半 before a unit.
fn half(text: &str, at: usize, cursor: Cursor<'_>) -> Option<Number> {
    let mut cursor = cursor;
    let (low, form) = if cursor.eat_word("一半") || cursor.eat_word("半数") || cursor.eat_word("半數") {
        (Decimal::new(50, 0), Form::Percent)
    } else if cursor.eat_word("百分百") {
        (Decimal::new(100, 0), Form::Percent)
    } else if cursor.eat_word("半百") {
        (Decimal::new(50, 0), Form::Plain)
    } else if cursor.eat('半') {
        let over = text.get(..at).is_some_and(|before| before.ends_with(['过', '過', '近', '超']));
        if over { (Decimal::new(50, 0), Form::Percent) } else { (Decimal::new(5, -1), Form::Plain) }
    } else {
        return None;
    };
    Some(Number {
        span: Span::new(at, cursor.at),
        low,
        high: None,
        modifier: None,
        figures_end: cursor.at,
        magnitude: 0,
        style: Style::Chinese,
        n_figures: if cursor.at - at > '半'.len_utf8() { 2 } else { 1 },
        form,
        is_positional: false,
    })
}

/// 三分之一 and 3/4 behind the denominator or numerator that was read; 一又二分之一 behind its whole.
fn fraction(cursor: &mut Cursor<'_>, first: &Cardinal) -> Option<Decimal> {
    let mut ahead = *cursor;
    ahead.blanks();
    let value = if ahead.eat_word("分之") {
        ahead.blanks();
        let negative = eat_sign(&mut ahead);
        let part = cardinal(&mut ahead)?;
        let share = divided(part.value.low, first.value.low)?;
        if negative { share.negated() } else { share }
    } else if ahead.eat('又') {
        ahead.blanks();
        let second = cardinal(&mut ahead)?;
        let share = fraction(&mut ahead, &second)?;
        first.value.low.plus(share)
    } else if first.style == Style::Arabic && cursor.peek() == Some('/') {
        ahead = *cursor;
        ahead.bump();
        let denominator = arabic(&mut ahead)?;
        // 2024/12/31 and a/b/c are no fractions.
        if ahead.peek().is_some_and(|c| c == '/' || c.is_ascii_alphanumeric()) {
            return None;
        }
        divided(first.value.low, denominator.value.low)?
    } else if first.style == Style::Arabic && cursor.peek() == Some(' ') {
        // 1 4/3
        let second = arabic(&mut ahead)?;
        if ahead.peek() != Some('/') {
            return None;
        }
        first.value.low.plus(fraction(&mut ahead, &second)?)
    } else {
        return None;
    };
    *cursor = ahead;
    Some(value)
}

fn divided(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (!whole.is_zero()).then(|| Decimal::from_f64(part.to_f64() / whole.to_f64()))
}

/// A cardinal with what was seen on the way.
#[derive(Debug, Clone)]
struct Cardinal {
    value: Vague,
    more: bool,
    vague: bool,
    style: Style,
    figures_end: Option<usize>,
    magnitude: i32,
    n_figures: usize,
    is_positional: bool,
    end: usize,
}

impl Cardinal {
    fn number(&self, span: Span, form: Form, places: i32, negative: bool) -> Number {
        let value = self.value.shifted(places);
        let (low, high) = if negative { (value.high.negated(), value.low.negated()) } else { (value.low, value.high) };
        Number {
            span,
            low,
            high: (low != high).then_some(high),
            modifier: match (self.more, self.vague) {
                (true, _) => Some(QuantityMod::MoreThan),
                (false, true) => Some(QuantityMod::Approx),
                (false, false) => None,
            },
            figures_end: self.figures_end.unwrap_or(self.end),
            magnitude: self.magnitude,
            style: self.style,
            n_figures: self.n_figures,
            form,
            is_positional: self.is_positional,
        }
    }
}

/// Arabic figures with thousands commas, a decimal point, an exponent: 12,345.6, 2e5, 2^5.
fn arabic(cursor: &mut Cursor<'_>) -> Option<Cardinal> {
    let start = cursor.at;
    let mut value = Decimal::ZERO;
    let mut n_figures = 0;
    while let Some(c) = cursor.peek() {
        if let Some(figure) = c.to_digit(10) {
            value = value.with_digit(figure);
            n_figures += 1;
            cursor.bump();
        } else if c == ','
            && (1..=3).contains(&lead(n_figures))
            && next_is_thousand(*cursor)
            && comma_fits(*cursor, start)
            || c == ' ' && is_torn(*cursor, start, n_figures)
        {
            cursor.bump();
        } else {
            break;
        }
    }
    if cursor.peek().is_some_and(|c| c == '.' || (c == '·' && n_figures > 0))
        && cursor.second().is_some_and(|c| c.is_ascii_digit())
    {
        cursor.bump();
        while let Some(figure) = cursor.peek().and_then(|c| c.to_digit(10)) {
            value = value.with_digit(figure).shifted(-1);
            n_figures += 1;
            cursor.bump();
        }
    }
    if n_figures == 0 {
        cursor.at = start;
        return None;
    }
    let value = exponent(cursor, value);
    Some(Cardinal {
        value: Vague::sure(value),
        more: false,
        vague: false,
        style: Style::Arabic,
        figures_end: None,
        magnitude: 0,
        n_figures,
        is_positional: false,
        end: cursor.at,
    })
}

/// Whether the blank at the cursor, behind `n_figures` figures that begin at `start`, stands inside one number of running
/// text: 增加9 300人 (groups of three), 达1 1.2万人 (a scanner's blank). Figures of a table have no Chinese around them.
fn is_torn(cursor: Cursor<'_>, start: usize, n_figures: usize) -> bool {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) && !"第图表附年月日号".contains(c);
    let before = cursor.text.get(..start).map(|text| text.strip_suffix(' ').unwrap_or(text)).unwrap_or_default();
    if !before.chars().next_back().is_some_and(is_han) {
        return false;
    }
    let Some(rest) = cursor.text.get(cursor.at..).and_then(|rest| rest.strip_prefix(' ')) else { return false };
    let n_behind = rest.chars().take_while(char::is_ascii_digit).count();
    let tail = rest.get(n_behind..).unwrap_or_default();
    let (is_point, tail) = match tail.strip_prefix('.') {
        Some(decimals) => (true, decimals.trim_start_matches(|c: char| c.is_ascii_digit())),
        None => (false, tail),
    };
    let goes_on = tail.chars().next().is_some_and(|c| is_han(c) || c == '%');
    let is_group = n_behind == 3 && (1..=3).contains(&n_figures);
    let is_split = n_figures == 1 && (1..=2).contains(&n_behind) && (is_point || tail.starts_with(['万', '亿']));
    goes_on && (is_group || is_split)
}

/// Figures since the last comma are not counted apart: 1,234,567 has its commas checked by [`next_is_thousand`].
const fn lead(n_figures: usize) -> usize {
    if n_figures > 3 { (n_figures - 1) % 3 + 1 } else { n_figures }
}

/// A full-width comma groups figures too (4，565家); but $20，300美元 are two sums.
fn comma_fits(cursor: Cursor<'_>, start: usize) -> bool {
    let before = cursor.text.get(..start).and_then(|text| text.chars().next_back());
    cursor.raw() == Some(',') || !before.is_some_and(|c| "$￥¥€£".contains(c))
}

/// Whether exactly three figures follow the comma.
fn next_is_thousand(cursor: Cursor<'_>) -> bool {
    let Some(rest) = cursor.text.get(cursor.at..) else { return false };
    let mut chars = rest.chars().skip(1).map(folded);
    let three = (0..3).all(|_| chars.next().is_some_and(|c| c.is_ascii_digit()));
    three && !chars.next().is_some_and(|c| c.is_ascii_digit())
}

/// 2e5, 2^5, 2.5^-1.
fn exponent(cursor: &mut Cursor<'_>, value: Decimal) -> Decimal {
    let mut ahead = *cursor;
    let is_power = ahead.eat('^');
    if !is_power && !ahead.eat('e') && !ahead.eat('E') {
        return value;
    }
    let mut negative = false;
    while let Some(c @ ('-' | '+')) = ahead.peek() {
        negative ^= c == '-';
        ahead.bump();
    }
    let mut power = 0i32;
    let mut n_figures = 0;
    while let Some(figure) = ahead.peek().and_then(|c| c.to_digit(10)) {
        power = power.saturating_mul(10).saturating_add(i32::try_from(figure).unwrap_or(0));
        n_figures += 1;
        ahead.bump();
    }
    if n_figures == 0 || n_figures > 3 || ahead.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
        return value;
    }
    *cursor = ahead;
    let power = if negative { -power } else { power };
    if is_power { Decimal::from_f64(value.to_f64().powi(power)) } else { value.shifted(power) }
}

/// The state while a mixed or Chinese cardinal is read.
#[derive(Debug)]
struct Builder {
    /// What the finished 万/亿 sections add up to.
    total: Vague,
    /// The section since the last 万/亿.
    section: Vague,
    /// Figures not yet multiplied.
    current: Option<Vague>,
    /// The place of the last 十/百/千/万/亿.
    last_place: Option<i32>,
    /// The last 十/百/千 of this section; they must fall.
    small_place: i32,
    /// The last 万/亿.
    big_place: Option<i32>,
    /// 零 was seen since the last unit: 一百零五 is 105, 一百五 is 150.
    zero: bool,
    /// The last token was 万/亿.
    after_big: bool,
    /// 点 was read: only 万/亿 may follow.
    closed: bool,
    /// Whether the last figures were one Chinese figure.
    single: bool,
    more: bool,
    vague: bool,
    style: Option<Style>,
    n_figures: usize,
    is_positional: bool,
    /// The end of the Arabic figures, where 万/亿 follow at once.
    figures_end: Option<usize>,
    magnitude: i32,
    n_tokens: usize,
    /// Whether 百分之 stands before.
    is_share: bool,
}

/// A cardinal in any mixture of figures and units.
fn cardinal(cursor: &mut Cursor<'_>) -> Option<Cardinal> {
    cardinal_of(cursor, false)
}

/// The same; behind 百分之 a mark between Chinese figures can only be the decimal point.
fn cardinal_of(cursor: &mut Cursor<'_>, is_share: bool) -> Option<Cardinal> {
    let mut builder = Builder {
        is_share,
        total: Vague::ZERO,
        section: Vague::ZERO,
        current: None,
        last_place: None,
        small_place: 4,
        big_place: None,
        zero: false,
        after_big: false,
        closed: false,
        single: false,
        more: false,
        vague: false,
        style: None,
        n_figures: 0,
        is_positional: false,
        figures_end: None,
        magnitude: 0,
        n_tokens: 0,
    };
    loop {
        let mut ahead = *cursor;
        if builder.n_tokens > 0 {
            ahead.blanks_inside();
        }
        if !builder.step(&mut ahead) {
            break;
        }
        builder.n_tokens += 1;
        *cursor = ahead;
    }
    builder.finish(cursor.at)
}

impl Builder {
    /// Reads one token; `false` where the number ends.
    fn step(&mut self, cursor: &mut Cursor<'_>) -> bool {
        let Some(c) = cursor.peek() else { return false };
        if let Some(places) = big_unit(c) {
            return self.big(cursor, places);
        }
        if let Some(place) = small_unit(c) {
            return self.small(cursor, c, place);
        }
        if matches!(c, '多' | '余' | '餘' | '来' | '來' | '几' | '幾' | '数' | '數') {
            return self.vague_word(cursor, c);
        }
        if matches!(c, '个' | '個') {
            return self.counted_yi(cursor);
        }
        if self.closed {
            return false;
        }
        if c.is_ascii_digit() || (c == '.' && self.n_tokens == 0) {
            return self.figures(cursor);
        }
        if digit(c).is_some() {
            return self.chinese_figures(cursor);
        }
        if matches!(c, '点' | '點') || matches!(c, '.' | '．' | '·' | '・' | '‧') && self.takes_mark(c, *cursor)
        {
            return self.point(cursor);
        }
        false
    }

    fn figures(&mut self, cursor: &mut Cursor<'_>) -> bool {
        // 二〇二四 and 3 side by side are two numbers; 3万4000 and 一千零3十 are one.
        if self.current.is_some() {
            return false;
        }
        let Some(read) = arabic(cursor) else { return false };
        if self.n_tokens == 0 {
            self.figures_end = Some(cursor.at);
        } else {
            self.figures_end = None;
            // 3万4000: the rest must be smaller than the unit before it.
            let places = self.last_place.unwrap_or(0);
            if read.value.low.to_f64() >= 10f64.powi(places) {
                return false;
            }
        }
        self.style = Some(Style::Arabic);
        self.n_figures += read.n_figures;
        self.current = Some(read.value);
        self.single = read.n_figures == 1;
        self.after_big = false;
        true
    }

    fn chinese_figures(&mut self, cursor: &mut Cursor<'_>) -> bool {
        if self.current.is_some() {
            return false;
        }
        let mut figures: [u32; 24] = [0; 24];
        let mut n = 0;
        let mut ahead = *cursor;
        while let Some(figure) = ahead.peek().and_then(digit) {
            // 三十两 is a weight, 三千两百 a number.
            let is_liang = matches!(ahead.peek(), Some('两' | '兩'))
                && (n > 0 || self.n_tokens > 0)
                && !ahead.second().is_some_and(|c| small_unit(c).is_some() || big_unit(c).is_some());
            if n == figures.len() || is_liang {
                break;
            }
            figures[n] = figure;
            n += 1;
            ahead.bump();
            *cursor = ahead;
            ahead.blanks_inside();
            if cursor.at != ahead.at && ahead.peek().is_none_or(|c| digit(c).is_none()) {
                break;
            }
        }
        let mut run = figures.get(..n).unwrap_or_default();
        if run.is_empty() {
            return false;
        }
        if self.last_place.is_some() && run.len() > 1 && run.first() == Some(&0) {
            self.zero = true;
            run = run.get(1..).unwrap_or_default();
        } else if self.last_place.is_some() && run == [0] {
            self.zero = true;
            return cursor.peek().is_some_and(|c| {
                digit(c).is_some() || c.is_ascii_digit() || small_unit(c).is_some() || matches!(c, '几' | '幾')
            });
        }
        self.n_figures += run.len();
        self.style = self.style.or(Some(Style::Chinese));
        self.single = run.len() == 1;
        self.current = Some(match run {
            [one] => Vague::sure(Decimal::new((*one).into(), 0)),
            [a, b] if *a > 0 && (*b == a + 1 || (*a, *b) == (3, 5)) => {
                self.vague = true;
                Vague::between(*a, *b)
            }
            _ => {
                self.is_positional = true;
                Vague::sure(run.iter().fold(Decimal::ZERO, |sum, figure| sum.with_digit(*figure)))
            }
        });
        self.after_big = false;
        true
    }

    fn small(&mut self, cursor: &mut Cursor<'_>, c: char, place: i32) -> bool {
        let names_unit = match cursor.second() {
            Some('瓦' | '米' | '克' | '伏' | '卡' | '赫' | '焦') => place == 3,
            Some('帕') => place >= 2,
            Some('分') => self.current.is_none() && place >= 2 && self.n_tokens > 0,
            _ => false,
        };
        if names_unit && self.n_tokens > 0 || self.closed && self.current.is_none() || place >= self.small_place {
            return false;
        }
        let figures = match (self.current, c) {
            (None, '廿') => Vague::sure(Decimal::new(2, 0)),
            (None, '卅') => Vague::sure(Decimal::new(3, 0)),
            (Some(_), '廿' | '卅') => return false,
            // 零十 is told as ten.
            (Some(current), _) if current.is_zero() && place == 1 => Vague::sure(Decimal::ONE),
            (Some(current), _) => current,
            // 十五; 一万十: 百 and 千 stand alone only at the beginning (百万, 千三).
            (None, _) if place == 1 || self.n_tokens == 0 => Vague::sure(Decimal::ONE),
            (None, _) => return false,
        };
        cursor.bump();
        self.style = self.style.or(Some(Style::Chinese));
        self.n_figures += 1;
        self.section = self.section.plus(figures.shifted(place));
        self.current = None;
        self.last_place = Some(place);
        self.small_place = place;
        self.zero = false;
        self.closed = false;
        self.after_big = false;
        if self.figures_end.is_some() {
            self.magnitude += place;
        }
        true
    }

    fn big(&mut self, cursor: &mut Cursor<'_>, places: i32) -> bool {
        if places == 12 && cursor.second().is_some_and(|c| "瓦赫帕字焦头".contains(c)) {
            return false;
        }
        let value = self.section.plus(self.current.unwrap_or(Vague::ZERO));
        if self.after_big {
            // 万亿, 万万
            self.total = self.total.shifted(places);
        } else if value.is_zero() && self.n_tokens == 0 {
            self.total = Vague::sure(Decimal::ONE.shifted(places));
            self.style = Some(Style::Chinese);
        } else if value.is_zero() && self.current.is_none() {
            return false;
        } else if self.big_place.is_some_and(|big| big < places) {
            // 一万五千亿
            self.total = self.total.plus(value).shifted(places);
        } else {
            self.total = self.total.plus(value.shifted(places));
        }
        cursor.bump();
        self.n_figures += 1;
        self.section = Vague::ZERO;
        self.current = None;
        self.big_place = Some(places);
        self.last_place = Some(places);
        self.small_place = 4;
        self.zero = false;
        self.closed = false;
        self.after_big = true;
        self.magnitude += places;
        true
    }

    /// 两个亿, 5个亿: the speaker counts hundreds of millions; 两个亿吨级港口 counts ports.
    fn counted_yi(&mut self, cursor: &mut Cursor<'_>) -> bool {
        let is_told = cursor.second().is_some_and(|c| "亿億".contains(c)) && self.n_tokens > 0 && !self.after_big;
        let mut ahead = *cursor;
        ahead.bump();
        let mut behind = ahead;
        behind.bump();
        // 亿吨级 and 亿元村 are classes of the thing counted.
        let names_class = match behind.peek() {
            Some('吨' | '千' | '立' | '标' | '级') => true,
            Some('元') => behind.second().is_some_and(|c| "级村县乡镇企园产俱大".contains(c)),
            _ => false,
        };
        if !is_told || names_class {
            return false;
        }
        *cursor = ahead;
        self.big(cursor, 8)
    }

    /// 十几, 二十多, 百余, 数十, 几百.
    fn vague_word(&mut self, cursor: &mut Cursor<'_>, c: char) -> bool {
        let next = cursor.second();
        let unit_follows = next.is_some_and(|c| small_unit(c).is_some() || big_unit(c).is_some());
        if matches!(c, '几' | '幾' | '数' | '數') {
            let after_ten = self.last_place == Some(1) || self.zero;
            if self.current.is_some()
                || self.closed
                || !(unit_follows && self.n_tokens == 0 || after_ten && "几幾".contains(c))
            {
                return false;
            }
            cursor.bump();
            self.vague = true;
            self.style = self.style.or(Some(Style::Chinese));
            self.n_figures += 1;
            // 十几 is 10 to 19 as 90多 is 90 to 99.
            self.current = Some(if self.n_tokens == 0 { Vague::between(2, 9) } else { Vague::between(0, 9) });
            self.single = false;
            // 一百零几万: the figure stands in the place of the unit before it, by its wording.
            self.zero = true;
            return true;
        }
        if self.n_tokens == 0 || self.more || !self.more_may_stand(c, next) {
            return false;
        }
        cursor.bump();
        // 6亿9千余万: the 亿 before stays as it is.
        let keeps_big = next.and_then(big_unit).zip(self.big_place).is_some_and(|(next, big)| next < big);
        let value = if keeps_big { self.section.plus(self.current.unwrap_or(Vague::ZERO)) } else { self.sum() };
        let place = self.last_place.filter(|_| self.current.is_none()).unwrap_or_else(|| value.low.last_place().max(0));
        let place = if self.figures_end.is_some() { value.low.last_place() } else { place };
        let step = Decimal::ONE.shifted(place);
        let below = if place > 0 { step.minus(Decimal::ONE) } else { step };
        self.more = true;
        self.current = Some(Vague { low: value.low, high: value.high.plus(below) });
        self.section = Vague::ZERO;
        self.total = if keeps_big { self.total } else { Vague::ZERO };
        self.big_place = self.big_place.filter(|_| keeps_big);
        (self.closed, self.single, self.after_big) = (true, false, false);
        (self.last_place, self.small_place) = (None, 0);
        true
    }

    /// Whether 多/余/来 behind the number belongs to it: behind 十/百/千/万/亿 or round Arabic figures.
    fn more_may_stand(&self, c: char, next: Option<char>) -> bool {
        let round = self.current.is_none_or(|current| {
            self.style == Some(Style::Arabic) && { current.low.printed_place() >= 0 && current.low.last_place() >= 1 }
        });
        let word = match (c, next) {
            ('多', Some('少' | '数' | '边' | '样')) => false,
            ('余' | '餘', Some('额' | '下' | '地' | '热' | '秋' | '姚' | '杭')) => false,
            ('来' | '來', Some(next)) => {
                self.last_place.is_some_and(|place| place <= 4) && "个名位家户人条件岁斤里亩万".contains(next)
            }
            ('来' | '來', None) => false,
            _ => true,
        };
        round && word
    }

    /// Whether `mark` is the decimal point in Chinese figures as newspapers used to set them: 四七九．七亿,
    /// 二十二．三％, 一百二十·五亿. It also numbers headings (二．三农工作) and dates (九·一八).
    fn takes_mark(&self, mark: char, cursor: Cursor<'_>) -> bool {
        if self.style != Some(Style::Chinese) || self.n_tokens == 0 {
            return false;
        }
        let mut ahead = cursor;
        ahead.bump();
        let mut n_places = 0;
        while ahead.peek().is_some_and(|c| digit(c).is_some()) {
            ahead.bump();
            n_places += 1;
        }
        let is_scaled = ahead.peek().is_some_and(|c| big_unit(c).is_some() || matches!(c, '%' | '％'));
        let has_tens = self.last_place.is_some();
        n_places > 0 && (is_scaled || self.is_share || !matches!(mark, '.' | '．') && has_tens)
    }

    /// 三点五, 十点二三三, 三点五亿.
    fn point(&mut self, cursor: &mut Cursor<'_>) -> bool {
        if self.n_tokens == 0 || self.more || self.style == Some(Style::Arabic) && self.magnitude > 0 {
            return false;
        }
        let mut ahead = *cursor;
        ahead.bump();
        ahead.blanks_inside();
        let mut value = self.sum();
        let mut n_places = 0;
        // 两 stands for no decimal place: 两百点两 is no number of its own.
        let place_of = |c: char| digit(c).filter(|_| !"两兩俩倆".contains(c)).or_else(|| c.to_digit(10));
        while let Some(figure) = ahead.peek().and_then(place_of) {
            let add = Decimal::new(figure.into(), -1 - n_places);
            value = value.plus(Vague::sure(add));
            // A trailing zero keeps its place: 零五零 has three places.
            value.low = value.low.plus(Decimal::new(0, -1 - n_places));
            n_places += 1;
            ahead.bump();
        }
        if n_places == 0 {
            return false;
        }
        *cursor = ahead;
        self.n_figures += 1;
        self.current = Some(value);
        self.total = Vague::ZERO;
        self.section = Vague::ZERO;
        self.big_place = None;
        self.last_place = None;
        self.small_place = 4;
        self.single = false;
        self.closed = true;
        self.after_big = false;
        true
    }

    /// The value so far; a single figure behind a unit stands one place lower (四百五: 450).
    fn sum(&self) -> Vague {
        let current = self.current.unwrap_or(Vague::ZERO);
        let implied = match self.last_place {
            Some(place) if place >= 2 && self.single && !self.zero && self.current.is_some() => {
                current.shifted(place - 1)
            }
            _ => current,
        };
        self.total.plus(self.section).plus(implied)
    }

    fn finish(self, end: usize) -> Option<Cardinal> {
        if self.n_tokens == 0 {
            return None;
        }
        Some(Cardinal {
            value: self.sum(),
            more: self.more,
            vague: self.vague,
            style: self.style.unwrap_or(Style::Chinese),
            figures_end: self.figures_end,
            magnitude: self.magnitude,
            n_figures: self.n_figures,
            is_positional: self.is_positional,
            end,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, low: f64, high: Option<f64>) {
        let number = read(text, 0).unwrap_or_else(|| panic!("no number in {text}"));
        assert_eq!((number.low.to_f64(), number.high.map(Decimal::to_f64)), (low, high), "{text}");
        assert_eq!(number.span.slice(text), text.trim_end(), "{text}");
    }

    #[test]
    fn figures_of_both_kinds() {
        check("948亿", 9.48e10, None);
        check("1.26万亿", 1.26e12, None);
        check("３２５０．６亿", 3.2506e11, None);
        check("12,345.6", 12345.6, None);
        check("3万5千", 35000.0, None);
        check("3万4000", 34000.0, None);
        check("三千四百二十一亿", 3.421e11, None);
        check("两万五", 25000.0, None);
        check("一万五千亿", 1.5e12, None);
        check("两千四百五", 2450.0, None);
        check("五亿零六", 500_000_006.0, None);
        check("七十八万五佰零六", 780_506.0, None);
        check("三点五亿", 3.5e8, None);
        check("廿三", 23.0, None);
        check("二〇二四", 2024.0, None);
        check("三千 八百 九十六 万 四千", 38_964_000.0, None);
        check("负四百", -400.0, None);
        check("百分之三点五", 3.5, None);
        check("四百七十九．七亿", 4.797e10, None);
        check("四七九．七亿", 4.797e10, None);
        check("一百二十·五", 120.5, None);
        check("百分之三十．八", 30.8, None);
        check("百万", 1e6, None);
        check("1·5", 1.5, None);
        check("10万万", 1e9, None);
        check("2e5", 2e5, None);
    }

    #[test]
    fn marks_between_figures_are_points_only_in_numbers() {
        for (text, low) in [("九·一八", 9.0), ("二．三农", 2.0), ("十．三大", 10.0), ("一二·九", 1.0)] {
            assert_eq!(read(text, 0).map(|number| number.low.to_f64()), Some(low), "{text}");
        }
    }

    #[test]
    fn vague_ones_have_two_ends() {
        check("十几", 10.0, Some(19.0));
        check("百余", 100.0, Some(199.0));
        check("90多", 90.0, Some(99.0));
        check("一千多万", 1e7, Some(1.999e7));
        check("6亿9千余万", 6.9e8, Some(6.9999e8));
        check("40000余", 40000.0, Some(49999.0));
        check("七八", 7.0, Some(8.0));
        check("七八十万", 7e5, Some(8e5));
        check("十七八", 17.0, Some(18.0));
        check("数十亿", 2e9, Some(9e9));
        check("几百", 200.0, Some(900.0));
        check("二十几万", 2e5, Some(2.9e5));
    }

    #[test]
    fn fractions_and_halves() {
        check("二十五分之一百四十四", 5.76, None);
        check("一又二分之一", 1.5, None);
        check("1/2", 0.5, None);
        check("一半", 50.0, None);
    }
}
