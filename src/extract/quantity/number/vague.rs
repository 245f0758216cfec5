//! Words inside a cardinal that leave it open: 十几, 二十多, 百余, 数十, 几百.

use super::{
    Style,
    builder::{Builder, Vague},
    cursor::Cursor,
};
use crate::extract::quantity::{
    decimal::Decimal,
    figure::{big_unit, small_unit},
};

impl Builder {
    /// 十几, 二十多, 百余, 数十, 几百.
    pub(super) fn vague_word(&mut self, cursor: &mut Cursor<'_>, c: char) -> bool {
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
}
