//! Numbers with units, what they measure and when.

use super::{Context, Found};
use crate::{
    model::{Quantity, Time},
    text::Article,
};

/// Finds every quantity of `article`, by place. What `times` covers is no quantity (but for a DURATION that a
/// rule claims); `Quantity::time` indexes into `times`.
pub fn quantities(article: &Article, context: &Context, times: &[Found<Time>]) -> Vec<Found<Quantity>> {
    let _ = (article, context, times);
    Vec::new()
}
