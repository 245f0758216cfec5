//! What goes on behind a unit and still belongs to the quantity: 五元六角, 三斤半, 三块五, 七成六.

use super::{Draft, Scanner};
use crate::extract::quantity::{
    decimal::Decimal,
    lexicon::Unit,
    number::{self, Form},
};

impl Scanner<'_> {
    /// 元角分, 三斤半, 三块五, 七成六.
    pub(super) fn behind_unit(&self, draft: &mut Draft, unit: &Unit) {
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
}
