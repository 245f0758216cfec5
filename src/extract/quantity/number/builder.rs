//! A cardinal while it is read, token by token, and when it was read.
//!
//! ```text
//! 三千四百二十一亿五      token   total      section  current
//!                      三                        3
//!                      千                 3000
//!                      …                  3421
//!                      亿      3421e8
//!                      五      3421e8               5      one figure stands one place lower: 5e7
//! ```

use super::{Form, Number, Style};
use crate::{extract::quantity::decimal::Decimal, model::QuantityMod, span::Span};

/// A value that may be vague: from `low` to `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Vague {
    pub(super) low: Decimal,
    pub(super) high: Decimal,
}

impl Vague {
    pub(super) const ZERO: Self = Self { low: Decimal::ZERO, high: Decimal::ZERO };

    pub(super) const fn sure(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    pub(super) fn between(low: u32, high: u32) -> Self {
        Self { low: Decimal::new(low.into(), 0), high: Decimal::new(high.into(), 0) }
    }

    pub(super) const fn shifted(self, places: i32) -> Self {
        Self { low: self.low.shifted(places), high: self.high.shifted(places) }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self { low: self.low.plus(other.low), high: self.high.plus(other.high) }
    }

    pub(super) const fn is_zero(self) -> bool {
        self.low.is_zero() && self.high.is_zero()
    }
}

/// A cardinal with what was seen on the way.
#[derive(Debug, Clone)]
pub(super) struct Cardinal {
    pub(super) value: Vague,
    pub(super) more: bool,
    pub(super) vague: bool,
    pub(super) style: Style,
    pub(super) figures_end: Option<usize>,
    pub(super) magnitude: i32,
    pub(super) n_figures: usize,
    pub(super) is_positional: bool,
    pub(super) end: usize,
}

impl Cardinal {
    pub(super) fn number(&self, span: Span, form: Form, places: i32, negative: bool) -> Number {
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

/// The state while a mixed or Chinese cardinal is read.
#[derive(Debug)]
pub(super) struct Builder {
    /// What the finished 万/亿 sections add up to.
    pub(super) total: Vague,
    /// The section since the last 万/亿.
    pub(super) section: Vague,
    /// Figures not yet multiplied.
    pub(super) current: Option<Vague>,
    /// The place of the last 十/百/千/万/亿.
    pub(super) last_place: Option<i32>,
    /// The last 十/百/千 of this section; they must fall.
    pub(super) small_place: i32,
    /// The last 万/亿.
    pub(super) big_place: Option<i32>,
    /// 零 was seen since the last unit: 一百零五 is 105, 一百五 is 150.
    pub(super) zero: bool,
    /// The last token was 万/亿.
    pub(super) after_big: bool,
    /// 点 was read: only 万/亿 may follow.
    pub(super) closed: bool,
    /// Whether the last figures were one Chinese figure.
    pub(super) single: bool,
    pub(super) more: bool,
    pub(super) vague: bool,
    pub(super) style: Option<Style>,
    pub(super) n_figures: usize,
    pub(super) is_positional: bool,
    /// The end of the Arabic figures, where 万/亿 follow at once.
    pub(super) figures_end: Option<usize>,
    pub(super) magnitude: i32,
    pub(super) n_tokens: usize,
    /// Whether 百分之 stands before.
    pub(super) is_share: bool,
}

impl Builder {
    /// Nothing read yet.
    pub(super) const fn new(is_share: bool) -> Self {
        Self {
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
        }
    }

    /// The value so far; a single figure behind a unit stands one place lower (四百五: 450).
    pub(super) fn sum(&self) -> Vague {
        let current = self.current.unwrap_or(Vague::ZERO);
        let implied = match self.last_place {
            Some(place) if place >= 2 && self.single && !self.zero && self.current.is_some() => {
                current.shifted(place - 1)
            }
            _ => current,
        };
        self.total.plus(self.section).plus(implied)
    }

    pub(super) fn finish(self, end: usize) -> Option<Cardinal> {
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
