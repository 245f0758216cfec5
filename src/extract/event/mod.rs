//! Which dated clauses belong on a timeline, and what a person would call them.

use super::{Context, Found};
use crate::{
    model::{Event, Quantity, Time},
    text::Article,
};

/// Finds the events of `article`, by place. `Event::time` indexes into `times`.
pub fn events(
    article: &Article,
    context: &Context,
    times: &[Found<Time>],
    quantities: &[Found<Quantity>],
) -> Vec<Found<Event>> {
    let _ = (article, context, times, quantities);
    Vec::new()
}
