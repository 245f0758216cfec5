//! Time expressions: what is said (TIMEX3) and which days it means (EDTF).

use super::{Context, Found};
use crate::{model::Time, text::Article};

/// Finds every time expression of `article`, by place, resolved against `context`.
pub fn times(article: &Article, context: &Context) -> Vec<Found<Time>> {
    let _ = (article, context);
    Vec::new()
}
