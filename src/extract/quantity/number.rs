//! Printed numbers: 1.26万亿, 三千四百二十一亿, 3万5千, 两万五, 十几, 百余, 一千多万, 百分之三, 三分之一.
//!
//! [`read`] reads one number at a place of the text, without its unit. It walks forward once and never looks
//! back, so a text is read in linear time.
//!
//! ```text
//! 负三千四百余万                百分之3.5    三分之一
//! │└figures, units, vague: one  └share      └share
//! │ token after the other
//! └cursor
//! ```

mod arabic;
mod builder;
mod cardinal;
mod cursor;
mod figures;
mod share;
mod units;
mod vague;

use super::decimal::Decimal;
pub use super::figure::{digit, folded, is_formal, latin_magnitude, may_begin, next_beginner};
use crate::{model::QuantityMod, span::Span};
use cardinal::{cardinal, cardinal_of};
use cursor::{Cursor, eat_sign};
use share::{fraction, half, percent_head};

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
    /// One number without bounds, told in full by `span`: 一半, 三分之一.
    fn exact(span: Span, low: Decimal, style: Style, n_figures: usize, form: Form) -> Self {
        Self {
            span,
            low,
            high: None,
            modifier: None,
            figures_end: span.end,
            magnitude: 0,
            style,
            n_figures,
            form,
            is_positional: false,
        }
    }

    /// Whether it is written with a decimal point, 万 or 亿, or in vague words: no mere label or page number.
    pub fn is_weighty(&self) -> bool {
        self.magnitude > 0 || self.low.printed_place() < 0 || self.high.is_some()
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
        let span = Span::new(at, cursor.at);
        return Some(Number::exact(span, low, first.style, first.n_figures + 2, Form::Fraction));
    }
    Some(first.number(Span::new(at, cursor.at), Form::Plain, 0, negative))
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
