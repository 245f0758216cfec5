//! The figures of a cardinal, of both kinds, on both sides of the point: 3 of 3万, 四七九．七 of 四七九．七亿.

use super::{
    Style,
    arabic::arabic,
    builder::{Builder, Vague},
    cursor::Cursor,
};
use crate::extract::quantity::{
    decimal::Decimal,
    figure::{big_unit, digit, small_unit},
};

impl Builder {
    pub(super) fn figures(&mut self, cursor: &mut Cursor<'_>) -> bool {
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

    pub(super) fn chinese_figures(&mut self, cursor: &mut Cursor<'_>) -> bool {
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

    /// Whether `mark` is the decimal point in Chinese figures as newspapers used to set them: 四七九．七亿,
    /// 二十二．三％, 一百二十·五亿. It also numbers headings (二．三农工作) and dates (九·一八).
    pub(super) fn takes_mark(&self, mark: char, cursor: Cursor<'_>) -> bool {
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
    pub(super) fn point(&mut self, cursor: &mut Cursor<'_>) -> bool {
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
}
