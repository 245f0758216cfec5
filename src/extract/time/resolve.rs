//! From what is said to which days that is.
//!
//! 「去年」 needs the day of writing, 「上年」 the year its own sentence speaks of, 「9月」 a year from somewhere. Where
//! each came from is kept in the anchor. What cannot be known stays unresolved: a value with `X`, no interval.
//! It does not read on: only what stands before a time can be its anchor.
//!
//! ```text
//! said                    room      what it asks of the one before
//! 9月3日, 去年春节           place     the coarsest field, narrowed by the finer ones
//!    去年, 上月, 80年代      outer     the field, counted from its base
//!       9月 without a year  infer     the year, month or day that is left out
//!    元旦, 改革开放初期       named     the lexicon
//! 3月至5月, 6月底前          bounds    the places of its sides
//! 三年前, 近五年             `offset`, beside this file
//! ```
//!
//! All of them look into [`Anchors`]: the day of writing, and the times told before.

mod anchors;
mod bounds;
mod infer;
mod named;
mod outer;
mod place;
mod resolved;

pub(super) use anchors::Seen;
pub use anchors::{Anchors, Here};
pub use resolved::Resolved;
pub(super) use resolved::unresolved;

use super::{
    needs::Needs,
    timex::{Length, Timex, What},
};
use crate::model::TimeType;
use resolved::set_value;

impl Anchors {
    /// Resolves one expression. `needs` knows the text in which context words are looked for.
    pub fn resolve(&mut self, timex: &Timex, here: Here, needs: &Needs<'_>) -> Resolved {
        let mut resolved = match &timex.what {
            What::Point(fields) => self.point(fields, here),
            What::Range(from, to) => self.range(from, to, here),
            What::Bounded(fields, bound) => self.bounded(fields, *bound, here),
            What::FromNow(fields) => self.as_of_now(fields, here),
            What::Beside { base, length, direction, all } => self.beside(base, length, *direction, *all, here),
            What::Ending { last, length } => self.ending(last, length, here),
            What::Within { length, direction, fields } => self.within(length, *direction, fields, here),
            What::Nth(length) => length_value(length),
            What::Length(length) => length_value(length),
            What::LengthRange(from, to) => {
                let mut resolved = length_value(from);
                resolved.value = format!("{}/{}", from.value(), to.value());
                resolved
            }
            What::Offset { length, direction, from, .. } => self.offset(length, *direction, *from, here),
            What::Window { length, direction, span } => self.window(length, *direction, *span),
            What::Ref(value) => unresolved(
                if value.starts_with('P') && !value.ends_with("REF") { TimeType::Set } else { TimeType::Date },
                value,
            ),
            What::Set { period, at } => {
                Resolved { kind: TimeType::Set, ..unresolved(TimeType::Set, &set_value(period, at)) }
            }
            What::Period { entry, bound, modifier, last_year } => {
                self.period(*entry, *bound, *modifier, *last_year, needs)
            }
        };
        resolved.modifier = resolved.modifier.or(timex.modifier);
        resolved
    }
}

fn length_value(length: &Length) -> Resolved {
    Resolved { modifier: length.modifier, ..unresolved(TimeType::Duration, &length.value()) }
}
