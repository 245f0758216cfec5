//! Chinese and Arabic numerals, mixed and vague: 3万5千, 1.26万亿, 两万五, 二〇二四, 廿三, 百余, 十几, 七八.
//!
//! [`at`] reads the longest numeral at the beginning of a text and says how long it was, so that rules can match
//! with a coarse pattern and leave the value to this one place. Simplified, traditional, full-width and formal
//! (壹贰叁) forms all count. What stands *around* a numeral (约, 超过, 近, 左右) is for the caller's rules; what is
//! part of it (多, 余, 几, 数, 上百) is told by [`Vague`].

/// How a numeral is inexact by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Vague {
    /// It is exact: 948, 三百.
    #[default]
    No,
    /// 多, 余: more than the value, less than [`Numeral::upper`]: 一千多 is 1000 to 2000, 2100多 2100 to 2200.
    More,
    /// 几, 数: 十几 is 10 to 20, 数十 and 几十 20 to 100 (`value` is the least).
    Several,
    /// 上百, 成千: the value at least.
    AtLeast,
    /// Two neighbours named: 七八, 三五百; `upper` is the second.
    Between,
}

/// A numeral as read.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Numeral {
    /// The value, multipliers such as 万 and 亿 included; the least where it is vague.
    pub value: f64,
    /// The greatest value where it is vague and bounded; exclusive for 多 and 几, inclusive for 七八.
    pub upper: Option<f64>,
    /// In which way it is inexact.
    pub vague: Vague,
    /// How many bytes it takes.
    pub len: usize,
    /// Bytes before the multipliers that Arabic digits carry: 3 in 948亿, 4 in 1.26万亿; `len` where there are none
    /// and for numerals in Chinese characters. What stands behind belongs to the printed unit (亿美元).
    pub digits_len: usize,
    /// Digits behind the decimal point.
    pub n_decimals: u32,
    /// Whether digits stand one by one (二〇二四, 一一〇), as in years and telephone numbers.
    pub is_positional: bool,
}

/// What a character means in a numeral.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    /// A Chinese digit (零 included).
    Digit(u8),
    /// 十, 百, 千 as 10, 100, 1000.
    Unit(f64),
    /// 万, 亿, 兆.
    Big(f64),
    /// 廿, 卅, 卌: twenty, thirty, forty in one character.
    Tens(f64),
    /// 多, 余.
    More,
    /// 几, 数.
    Several,
}

fn token(c: char) -> Option<Token> {
    use Token::{Big, Digit, More, Several, Tens, Unit};
    Some(match c {
        '零' | '〇' | '○' | 'Ｏ' => Digit(0),
        '一' | '壹' | '弌' => Digit(1),
        '二' | '两' | '兩' | '贰' | '貳' | '俩' => Digit(2),
        '三' | '叁' | '參' | '叄' | '仨' => Digit(3),
        '四' | '肆' => Digit(4),
        '五' | '伍' => Digit(5),
        '六' | '陆' | '陸' => Digit(6),
        '七' | '柒' => Digit(7),
        '八' | '捌' => Digit(8),
        '九' | '玖' => Digit(9),
        '十' | '拾' => Unit(10.0),
        '百' | '佰' => Unit(100.0),
        '千' | '仟' => Unit(1000.0),
        '万' | '萬' => Big(1e4),
        '亿' | '億' => Big(1e8),
        '兆' => Big(1e12),
        '廿' => Tens(20.0),
        '卅' => Tens(30.0),
        '卌' => Tens(40.0),
        '多' | '余' | '餘' => More,
        '几' | '幾' | '数' | '數' => Several,
        _ => return None,
    })
}

/// An Arabic digit, half- or full-width.
fn arabic(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - 0xFF10 + 0x30),
        _ => None,
    }
}

/// The numeral that is all of `text`; `None` where something is left over.
///
/// ```
/// use nianbiao::extract::numeral::parse;
/// assert_eq!(parse("1.26万亿").unwrap().value, 1.26e12);
/// assert_eq!(parse("两万五").unwrap().value, 25_000.0);
/// assert!(parse("三人").is_none());
/// ```
pub fn parse(text: &str) -> Option<Numeral> {
    at(text).filter(|numeral| numeral.len == text.len())
}

/// The longest numeral at the beginning of `text`. 万 or 余 alone is none; a lone 几 or 数 neither (it needs a unit:
/// 几十, 数百).
pub fn at(text: &str) -> Option<Numeral> {
    let mut reader = Reader::default();
    let mut at = 0;
    if let Some(rest) = text.strip_prefix(['上', '成', '过', '過'])
        && rest.starts_with(['百', '千', '万', '萬', '亿', '億'])
    {
        reader.at_least = true;
        at = text.len() - rest.len();
    }
    reader.read(text, at)
}

/// The positional value of digits one by one, Arabic or Chinese: 二〇二四 → 2024, １９９８ → 1998, 97 → 97.
pub fn digits(text: &str) -> Option<i64> {
    let mut value = 0_i64;
    for c in text.chars() {
        let digit = match (arabic(c), token(c)) {
            (Some(digit), _) => i64::from(digit as u32 - '0' as u32),
            (_, Some(Token::Digit(digit))) => i64::from(digit),
            _ => return None,
        };
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    (!text.is_empty()).then_some(value)
}

/// The state between two tokens.
#[derive(Debug, Default)]
struct Reader {
    /// Closed by 亿 or 兆.
    high: f64,
    /// Closed by 万, may yet be multiplied by 亿.
    middle: f64,
    /// Below the last 万: 三千二百 of 五万三千二百.
    low: f64,
    /// A digit or Arabic number waiting for its unit.
    pending: Option<f64>,
    /// Chinese digits standing one by one.
    run: Vec<u8>,
    /// The last unit, for 两万五 and 多.
    last_unit: f64,
    /// The width of the vagueness in units of the last unit, to be multiplied with what follows.
    spread: f64,
    vague: Vague,
    at_least: bool,
    n_decimals: u32,
    saw_zero: bool,
    saw_arabic: bool,
    saw_unit: bool,
    digits_len: Option<usize>,
}

impl Reader {
    fn read(mut self, text: &str, mut at: usize) -> Option<Numeral> {
        let start = at;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if arabic(c).is_some() {
                let Some(len) = self.read_arabic(text, at) else { break };
                at += len;
                continue;
            }
            if c == '点' || c == '點' {
                let Some(len) = self.read_decimals(text.get(at + c.len_utf8()..).unwrap_or_default()) else { break };
                at += c.len_utf8() + len;
                continue;
            }
            let Some(token) = token(c) else { break };
            let next = text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
            if !self.accept(token, next, at == start) {
                break;
            }
            if self.saw_arabic && self.digits_len.is_none() {
                self.digits_len = Some(at);
            }
            at += c.len_utf8();
        }
        self.finish(at, start)
    }

    /// 1,234,567.89 as one number; `None` where it cannot stand here.
    fn read_arabic(&mut self, text: &str, at: usize) -> Option<usize> {
        if self.pending.is_some() || !self.run.is_empty() || (self.vague != Vague::No) {
            return None;
        }
        let rest = text.get(at..)?;
        let mut digits = String::new();
        let mut len = 0;
        let mut n_decimals = None;
        let mut chars = rest.char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            if let Some(digit) = arabic(c) {
                digits.push(digit);
                len = offset + c.len_utf8();
                n_decimals = n_decimals.map(|n: u32| n + 1);
                continue;
            }
            let next_is_digit = chars.peek().is_some_and(|&(_, next)| arabic(next).is_some());
            let is_point = matches!(c, '.' | '．') && n_decimals.is_none() && next_is_digit;
            let is_comma = matches!(c, ',' | '，') && n_decimals.is_none() && digits.len() <= 15;
            if is_point {
                digits.push('.');
                n_decimals = Some(0);
            } else if !(is_comma && groups_of_three(rest.get(offset + c.len_utf8()..).unwrap_or_default(), c)) {
                break;
            }
        }
        let value: f64 = digits.parse().ok()?;
        self.pending = Some(value);
        self.saw_arabic = true;
        self.n_decimals = n_decimals.unwrap_or(0);
        Some(len)
    }

    /// 点五, 点一四: digits behind 点.
    fn read_decimals(&mut self, rest: &str) -> Option<usize> {
        self.settle_run();
        if self.n_decimals > 0 || self.saw_arabic || (self.pending.is_none() && self.low == 0.0) {
            return None;
        }
        let mut fraction = 0.0;
        let mut scale = 0.1;
        let mut len = 0;
        for c in rest.chars() {
            let Some(Token::Digit(digit)) = token(c) else { break };
            fraction += f64::from(digit) * scale;
            scale /= 10.0;
            len += c.len_utf8();
            self.n_decimals += 1;
        }
        if len == 0 {
            return None;
        }
        let factor = 10_f64.powi(i32::try_from(self.n_decimals).unwrap_or(0));
        let value = self.low + self.pending.unwrap_or(0.0) + fraction;
        self.low = 0.0;
        self.pending = Some((value * factor).round() / factor);
        self.last_unit = 0.0;
        Some(len)
    }

    /// Takes one token; `false` where it cannot stand here.
    fn accept(&mut self, token: Token, next: Option<char>, is_first: bool) -> bool {
        let next_is_unit =
            next.and_then(self::token).is_some_and(|token| matches!(token, Token::Unit(_) | Token::Big(_)));
        match token {
            Token::Digit(digit) => {
                if (self.pending.is_some() && self.run.is_empty()) || self.vague == Vague::More {
                    return false;
                }
                if self.vague == Vague::Several {
                    return false;
                }
                self.saw_zero |= digit == 0;
                self.run.push(digit);
                self.pending = Some(f64::from(digit));
                true
            }
            Token::Unit(unit) => self.accept_unit(unit),
            Token::Big(big) => !(is_first && !self.at_least) && self.accept_big(big),
            Token::Tens(tens) => {
                if self.pending.is_some() {
                    return false;
                }
                self.low += tens;
                self.last_unit = 10.0;
                self.saw_unit = true;
                true
            }
            Token::More => self.accept_more(next_is_unit),
            Token::Several => {
                let after_unit = self.pending.is_none() && self.last_unit > 0.0;
                if !self.run.is_empty() || self.vague != Vague::No || !(next_is_unit || after_unit) {
                    return false;
                }
                self.vague = Vague::Several;
                if next_is_unit {
                    self.pending = Some(if after_unit { 1.0 } else { 2.0 });
                    self.spread = if after_unit { 9.0 } else { 8.0 };
                } else {
                    self.spread = self.last_unit;
                }
                true
            }
        }
    }

    fn accept_unit(&mut self, unit: f64) -> bool {
        self.settle_run();
        let smaller_after_larger = self.last_unit == 0.0 || unit < self.last_unit || self.last_unit >= 1e4;
        if !smaller_after_larger && self.pending.is_none() {
            return false;
        }
        let factor = self.pending.take().unwrap_or(1.0);
        self.low += factor * unit;
        if self.vague != Vague::No && self.spread < 10.0 {
            self.spread *= unit;
        }
        self.last_unit = unit;
        self.saw_unit = true;
        true
    }

    fn accept_big(&mut self, big: f64) -> bool {
        self.settle_run();
        let section = self.low + self.pending.take().unwrap_or(0.0);
        self.low = 0.0;
        if big < 1e8 {
            self.middle += if section == 0.0 && self.middle == 0.0 { 1.0 } else { section } * big;
        } else {
            let below = self.middle + section;
            self.high = if below == 0.0 && self.high > 0.0 {
                self.high * big
            } else {
                self.high + if below == 0.0 { 1.0 } else { below } * big
            };
            self.middle = 0.0;
        }
        self.spread *= big;
        self.last_unit = big;
        self.saw_unit = true;
        true
    }

    /// 多, 余: behind a unit, behind Arabic digits, or between the two (120多万, 一千多亿).
    fn accept_more(&mut self, _next_is_unit: bool) -> bool {
        self.settle_run();
        let behind_unit = self.pending.is_none() && self.last_unit > 0.0;
        let behind_digits = self.saw_arabic && self.pending.is_some();
        if self.vague != Vague::No || !(behind_unit || behind_digits) {
            return false;
        }
        self.vague = Vague::More;
        self.spread = if behind_unit { self.last_unit } else { trailing_magnitude(self.pending.unwrap_or(0.0)) };
        true
    }

    /// Chinese digits that stood one by one: a single one stays, two neighbours are a range (七八百), more are a
    /// positional number.
    fn settle_run(&mut self) {
        match self.run.as_slice() {
            [first, second] if self.vague == Vague::No && is_between(*first, *second) => {
                self.pending = Some(f64::from(*first));
                self.spread = f64::from(second - first);
                self.vague = Vague::Between;
            }
            [0, digit] => self.pending = Some(f64::from(*digit)),
            [] | [_] => {}
            digits => self.pending = Some(digits.iter().fold(0.0, |value, digit| value * 10.0 + f64::from(*digit))),
        }
        self.run.clear();
    }

    fn finish(mut self, at: usize, start: usize) -> Option<Numeral> {
        if at == start {
            return None;
        }
        let is_positional = !self.saw_unit
            && self.run.len() > 1
            && !matches!(self.run.as_slice(), [first, second] if is_between(*first, *second));
        let short_form = self.run.len() == 1
            && self.last_unit >= 100.0
            && !self.saw_zero
            && self.pending.is_some_and(|digit| digit > 0.0);
        let arabic_short = self.saw_arabic
            && self.last_unit >= 1e4
            && self.n_decimals == 0
            && self.pending.is_some_and(|digit| (1.0..10.0).contains(&digit));
        self.settle_run();
        let mut tail = self.pending.unwrap_or(0.0);
        if short_form || arabic_short {
            tail *= self.last_unit / 10.0;
        }
        let value = self.high + self.middle + self.low + tail;
        let (vague, upper) = match self.vague {
            Vague::No if self.at_least => (Vague::AtLeast, None),
            Vague::No => (Vague::No, None),
            vague => (vague, Some(value + self.spread)),
        };
        let digits_len = self.digits_len.unwrap_or(at);
        Some(Numeral { value, upper, vague, len: at, digits_len, n_decimals: self.n_decimals, is_positional })
    }
}

/// 七八, 三五, 一两: two digits that name a range when a unit follows or nothing does.
const fn is_between(first: u8, second: u8) -> bool {
    first > 0 && (second == first + 1 || (first == 3 && second == 5))
}

/// Whether digits in threes follow a thousands comma.
fn groups_of_three(rest: &str, comma: char) -> bool {
    let n_digits = rest.chars().take_while(|&c| arabic(c).is_some()).count();
    n_digits == 3 && (comma == ',' || rest.chars().next().is_some_and(|c| c > '\u{ff00}'))
}

/// The place of the last digit that is not zero: 2100 → 100, 120 → 10, 7 → 1.
fn trailing_magnitude(value: f64) -> f64 {
    let mut magnitude = 1.0;
    while value > 0.0 && (value / (magnitude * 10.0)).fract() == 0.0 {
        magnitude *= 10.0;
    }
    magnitude
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, value: f64) {
        let numeral = at(text).unwrap_or_else(|| panic!("{text} was not read"));
        assert!((numeral.value - value).abs() <= value.abs() * 1e-12, "{text} is {numeral:?}, not {value}");
        assert_eq!(numeral.len, text.len(), "{text}: {numeral:?}");
    }

    #[track_caller]
    fn check_vague(text: &str, value: f64, upper: Option<f64>, vague: Vague) {
        check(text, value);
        let numeral = at(text).unwrap();
        assert_eq!((numeral.upper, numeral.vague), (upper, vague), "{text}: {numeral:?}");
    }

    #[test]
    fn exact_numerals() {
        check("948", 948.0);
        check("1,234,567.89", 1_234_567.89);
        check("１２０", 120.0);
        check("948亿", 9.48e10);
        check("1.26万亿", 1.26e12);
        check("3万5千", 35_000.0);
        check("3万5", 35_000.0);
        check("3亿2千万", 3.2e8);
        check("两万五", 25_000.0);
        check("两万五千", 25_000.0);
        check("一百二", 120.0);
        check("一千零五", 1005.0);
        check("一万零五", 10_005.0);
        check("十", 10.0);
        check("十二", 12.0);
        check("二十三", 23.0);
        check("一百一十", 110.0);
        check("三千四百二十一亿", 3.421e11);
        check("五万三千亿", 5.3e12);
        check("一万亿", 1e12);
        check("廿三", 23.0);
        check("卅", 30.0);
        check("二〇二四", 2024.0);
        check("一九九八", 1998.0);
        check("三点二四", 3.24);
        check("十二点五万", 125_000.0);
        check("壹佰贰拾叁", 123.0);
        check("兩萬", 20_000.0);
        check("百", 100.0);
    }

    #[test]
    fn vague_numerals() {
        check_vague("百余", 100.0, Some(200.0), Vague::More);
        check_vague("一千多万", 1e7, Some(2e7), Vague::More);
        check_vague("120多万", 1.2e6, Some(1.3e6), Vague::More);
        check_vague("2100多", 2100.0, Some(2200.0), Vague::More);
        check_vague("3亿多", 3e8, Some(4e8), Vague::More);
        check_vague("十几", 10.0, Some(20.0), Vague::Several);
        check_vague("几十", 20.0, Some(100.0), Vague::Several);
        check_vague("数十亿", 2e9, Some(1e10), Vague::Several);
        check_vague("上百", 100.0, None, Vague::AtLeast);
        check_vague("上千万", 1e7, None, Vague::AtLeast);
        check_vague("七八", 7.0, Some(8.0), Vague::Between);
        check_vague("三五百", 300.0, Some(500.0), Vague::Between);
        check_vague("十七八", 17.0, Some(18.0), Vague::Between);
    }

    #[test]
    fn a_numeral_ends_where_it_ends() {
        let len = |text: &str| at(text).map_or(0, |numeral| numeral.len);
        assert_eq!(len("948亿美元"), "948亿".len());
        assert_eq!(len("三人"), 3);
        assert_eq!(len("12,3"), 2);
        assert_eq!(len("5.1."), 3);
        assert_eq!(len("万岁"), 0);
        assert_eq!(len("几个"), 0);
        assert_eq!(len("多少"), 0);
        assert_eq!(len("上海"), 0);
        assert_eq!(at("948亿美元").unwrap().digits_len, 3);
        assert_eq!(at("1.26万亿元").unwrap().digits_len, 4);
        assert!(at("二〇二四").unwrap().is_positional);
        assert_eq!(digits("二〇二四"), Some(2024));
        assert_eq!(digits("９７"), Some(97));
    }
}
