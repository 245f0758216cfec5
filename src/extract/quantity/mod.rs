//! Numbers with units, what they measure and when.
//!
//! ```text
//! text --number--> 948亿 --unit--> 948亿美元 --around--> about? per what? up or down? --measure--> of what, when
//! ```
//!
//! A hand-written lexer reads numbers ([`number`]); units, currencies, classifiers and the words around them are
//! data (`assets/lexicon`, `assets/rules/quantity`), looked up where a number ends. Each file carries examples and
//! counter-examples that the tests run.

mod around;
mod compare;
mod decimal;
mod figure;
mod home;
mod lexicon;
pub(crate) mod measure;
mod number;
mod reading;
pub(crate) mod same;
mod scan;
mod table;

pub use decimal::Decimal;
pub(crate) use table::Tables;

use super::{Context, Found};
use crate::{
    model::{Printed, Quantity, QuantityKind, Time, TimeType},
    span::Span,
    text::{Article, Block},
};
use scan::Draft;

/// Finds every quantity of `article`, by place. What `times` covers is no quantity (but for a DURATION that a
/// rule claims); `Quantity::time` indexes into `times`.
pub fn quantities(article: &Article, context: &Context, times: &[Found<Time>]) -> Vec<Found<Quantity>> {
    read(article, context, times).0
}

/// As [`quantities`], with how each one's sentence presents it, which series and claims go by.
pub(crate) fn read(
    article: &Article,
    context: &Context,
    times: &[Found<Time>],
) -> (Vec<Found<Quantity>>, Vec<measure::Reading>) {
    let tables = table::Tables::of(article, times);
    let found = super::of_blocks(article, |block_idx, block| {
        if tables.holds(block_idx) {
            let cells = tables.row(block_idx);
            return cells
                .iter()
                .map(|cell| Found { block: block_idx, at: cell.at, item: cell.quantity.clone() })
                .collect();
        }
        let from = times.partition_point(|time| time.block < block_idx);
        let to = times.partition_point(|time| time.block <= block_idx);
        in_block(block_idx, block, times.get(from..to).unwrap_or_default())
    });
    let mut found: Vec<Found<Quantity>> = found.into_iter().flatten().collect();
    home::settle(article, context, lexicon::lexicon(), &mut found);
    let readings = measure::readings(article, times, &tables, &found);
    measure::bind(&readings, &mut found);
    (found, readings)
}

fn in_block(block_idx: usize, block: &Block, times: &[Found<Time>]) -> Vec<Found<Quantity>> {
    let mut found = Vec::new();
    let text = block.text.text();
    let lexicon = lexicon::lexicon();
    let mut times = times.iter().peekable();
    let mut floor = 0;
    for draft in scan::scan(text, lexicon) {
        while times.next_if(|time| time.at.end <= draft.figures.start).is_some() {}
        let is_time = times.peek().is_some_and(|time| time.at.overlaps(draft.at) && !yields(time, &draft));
        if !is_time {
            let end = draft.at.end;
            let quantity = finished(text, block, floor, draft);
            floor = end;
            found.push(Found { block: block_idx, at: quantity.1, item: quantity.0 });
        }
    }
    share_direction(text, &mut found);
    found
}

/// 跌235点或1.17%, 下跌235点（1.17%）: the same change told twice.
fn share_direction(text: &str, found: &mut [Found<Quantity>]) {
    for idx in 1..found.len() {
        let Some([before, here]) = found.get_mut(idx - 1..=idx) else { continue };
        let gap = text.get(before.at.end..here.at.start).unwrap_or_default();
        let is_twice = matches!(gap, "或" | "，或") || matches!(gap, "（" | "(") && before.item.unit == "点";
        if is_twice && here.item.unit == "%" && before.item.unit != "%" && here.item.direction.is_none() {
            here.item.direction = before.item.direction;
        }
    }
}

/// Whether a time gives way: an age is a quantity, and so is what a time's words only begin (10日 of 10日元, 百分 of
/// 百分之三).
fn yields(time: &Found<Time>, draft: &Draft) -> bool {
    let is_inside = draft.at.contains(time.at) && time.at.end < draft.at.end;
    // 3千米每小时 is a speed.
    let is_per = time.item.kind == TimeType::Set && draft.unit_at.contains(time.at);
    is_inside || is_per || draft.kind == QuantityKind::Age && time.item.kind == TimeType::Duration
}

/// The quantity of a draft, with what the words around it say.
fn finished(text: &str, block: &Block, floor: usize, draft: Draft) -> (Quantity, Span) {
    let around = around::read(text, floor, &draft, lexicon::lexicon());
    let at = Span::new(around.start, around.end);
    let quantity = Quantity {
        span: block.text.source_span(at),
        text: without_blanks(at.slice(text)),
        article: 0,
        value: draft.low.to_f64(),
        upper: draft.high.map(Decimal::to_f64),
        unit: draft.code,
        printed: Printed {
            number: without_blanks(draft.figures.slice(text)),
            unit: without_blanks(draft.unit_at.slice(text)),
        },
        kind: draft.kind,
        modifier: around.modifier.or(draft.modifier),
        per: around.per,
        direction: around.direction,
        measure: None,
        time: None,
        rule: draft.rule.to_owned(),
    };
    (quantity, at)
}

fn without_blanks(text: &str) -> String {
    // All blanks are controls or begin with one of these bytes; figures and units hardly ever have one.
    let may_be_blank = |byte: u8| byte <= b' ' || matches!(byte, 0xC2 | 0xE1..=0xE3);
    if text.bytes().any(may_be_blank) {
        return text.chars().filter(|c| !c.is_whitespace()).collect();
    }
    text.to_owned()
}

/// The value with the place it is printed to: 948亿 is known to the 亿, 3.0% to a tenth.
pub(crate) fn printed_decimal(quantity: &Quantity) -> Decimal {
    let printed = format!("{}{}", quantity.printed.number, quantity.printed.unit);
    let read = number::read(&printed, 0).map(|number| number.low);
    read.filter(|low| low.to_f64() == quantity.value).unwrap_or_else(|| Decimal::from_f64(quantity.value))
}

/// How many bytes of a word of change (增长, 下降) `text` ends in.
pub(crate) fn change_suffix_length(text: &str) -> usize {
    around::change_suffix(text, lexicon::lexicon()).map_or(0, |(length, _)| length)
}

/// Whether official rates of change of this measure are in constant prices, so that no level follows from them.
pub(crate) fn has_constant_prices(measure: &str) -> bool {
    lexicon::lexicon().has_constant_prices(measure)
}

#[cfg(test)]
mod tests;
