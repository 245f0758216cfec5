//! What a find in the text means, in words: 昨天 is 2025年6月21日, 三成 is 30%. For those who hear the text.

use super::{value_text::value_with_unit, words};
use crate::{
    desk::{Locale, Mark},
    model::{Document, Quantity, Time},
};

/// The date or value that was read from the words a mark stands on; `None` where nothing was resolved, or where the words
/// say just that themselves.
pub fn meaning(mark: Mark, document: &Document, locale: &Locale) -> Option<String> {
    let (said, text) = match mark {
        Mark::Time { time, .. } => {
            let time = document.times.get(time)?;
            (time_meaning(time, locale)?, time.text.as_str())
        }
        Mark::Quantity { quantity, .. } => {
            let quantity = document.quantities.get(quantity)?;
            (quantity_meaning(quantity, locale), quantity.text.as_str())
        }
        Mark::Event { .. } | Mark::Point { .. } => return None,
    };
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    (bare(&said) != bare(text)).then_some(said)
}

fn time_meaning(time: &Time, locale: &Locale) -> Option<String> {
    match (&time.edtf, time.interval) {
        (Some(edtf), _) => Some(words::date(edtf, locale)),
        (None, Some(interval)) => Some(words::interval_words(interval, locale)),
        (None, None) => None,
    }
}

fn quantity_meaning(quantity: &Quantity, locale: &Locale) -> String {
    let value = |value: f64| value_with_unit(value, &quantity.unit, locale);
    match quantity.upper {
        Some(upper) => locale.fill("figure.between", &[&value(quantity.value), &value(upper)]),
        None => value(quantity.value),
    }
}
