//! What a quantity measures, and when it holds.

use crate::{
    extract::Found,
    model::{Quantity, Time},
    text::Article,
};

/// Sets `measure` and `time` of every quantity of the article.
pub fn bind(article: &Article, times: &[Found<Time>], found: &mut [Found<Quantity>]) {
    let _ = (article, times, found);
}
