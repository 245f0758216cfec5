//! Series and claims of one article: the same measure at several times, derived values, and statements that
//! can be checked.
//!
//! ```text
//! 2024年总额达948亿元，较上年增加54亿元  →  2024: 948亿, 2023: 894亿 = 948亿 − 54亿
//! ```

mod claims;
mod derive;
mod points;
mod sums;
mod value;
mod verdict;

use super::{
    Found,
    quantity::{Tables, measure},
};
use crate::{
    model::{Claim, Quantity, Series, Time},
    text::Article,
};
pub(crate) use derive::{base, figure, year_before};

/// What the stages here share.
pub(crate) struct Facts<'a> {
    pub times: &'a [Found<Time>],
    pub quantities: &'a [Found<Quantity>],
    pub readings: Vec<measure::Reading>,
}

/// Puts quantities with the same measure and unit into series, adds the values that arithmetic gives
/// (948亿 − 54亿 for the year before), and checks growth claims.
pub fn series(article: &Article, times: &[Found<Time>], quantities: &[Found<Quantity>]) -> (Vec<Series>, Vec<Claim>) {
    let tables = Tables::of(article, times);
    told(article, times, quantities, measure::readings(article, times, &tables, quantities))
}

/// As [`series`], where the quantities' readings are at hand.
pub(crate) fn told(
    article: &Article,
    times: &[Found<Time>],
    quantities: &[Found<Quantity>],
    readings: Vec<measure::Reading>,
) -> (Vec<Series>, Vec<Claim>) {
    if quantities.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let facts = Facts { times, quantities, readings };
    (points::series(&facts), claims::claims(article, &facts))
}

#[cfg(test)]
mod tests;
