//! The places of a cardinal: 十, 百, 千 inside a section, 万 and 亿 that close one.

use super::{
    Style,
    builder::{Builder, Vague},
    cursor::Cursor,
};
use crate::extract::quantity::decimal::Decimal;

impl Builder {
    pub(super) fn small(&mut self, cursor: &mut Cursor<'_>, c: char, place: i32) -> bool {
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

    pub(super) fn big(&mut self, cursor: &mut Cursor<'_>, places: i32) -> bool {
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
    pub(super) fn counted_yi(&mut self, cursor: &mut Cursor<'_>) -> bool {
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
}
