//! What a user types into a field, read as the text itself is read.

use super::dense;
use crate::{
    edtf::Edtf,
    extract::{self, Context},
    model::Quantity,
    text::{self, Article},
    warn::Reporter,
};

/// A date in EDTF or in words (2024年9月, 前138年, 去年), the latter as if written at `dct`; `None` where it is none,
/// or where something stands beside it.
///
/// ```
/// use nianbiao::corpus::edits::typed_date;
/// assert_eq!(typed_date("2024年9月", None).unwrap().as_str(), "2024-09");
/// assert_eq!(typed_date("1992~", None).unwrap().as_str(), "1992~");
/// assert!(typed_date("开工", None).is_none());
/// ```
pub fn typed_date(words: &str, dct: Option<&Edtf>) -> Option<Edtf> {
    let words = words.trim();
    if let Ok(edtf) = words.parse::<Edtf>() {
        return edtf.interval().is_some().then_some(edtf);
    }
    // 前138年 by itself is the year, as on the axis; in a text it may be the 138 years before.
    let is_before_era = words.strip_prefix('前').is_some_and(|rest| rest.starts_with(|c: char| c.is_numeric()));
    let named = if is_before_era { format!("公元{words}") } else { words.to_owned() };
    let words = named.as_str();
    let context = Context { dct: dct.cloned(), dct_is_own: true, ..Context::default() };
    let whole = dense(words);
    let times = articles(words).iter().flat_map(|article| extract::time::times(article, &context)).collect::<Vec<_>>();
    let [found] = times.as_slice() else { return None };
    let edtf = found.item.edtf.clone().filter(|_| dense(&found.item.text) == whole)?;
    edtf.interval().is_some().then_some(edtf)
}

/// A number with its unit (948亿美元, 3.5%, 12家); `None` where it is none. Its places and indices mean nothing.
pub fn typed_quantity(words: &str) -> Option<Quantity> {
    let context = Context::default();
    let articles = articles(words.trim());
    let found = articles.iter().flat_map(|article| extract::findings(article, &context).quantities);
    let mut found: Vec<Quantity> = found.map(|found| found.item).collect();
    if found.len() == 1 { found.pop() } else { None }
}

fn articles(words: &str) -> Vec<Article> {
    text::segment(words, &mut Reporter::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_typed_in_words_or_in_edtf() {
        let read = |words: &str| {
            let dct = "2025-06-22".parse().ok();
            typed_date(words, dct.as_ref()).map(|edtf| edtf.to_string()).unwrap_or_default()
        };
        for (words, edtf) in [
            ("2024年9月", "2024-09"),
            (" 2024-09 ", "2024-09"),
            ("前138年", "-0137"),
            ("公元前138年", "-0137"),
            ("1992~", "1992~"),
            ("2012-11-08/..", "2012-11-08/.."),
            ("去年", "2024"),
            ("6月20日", "2025-06-20"),
            ("二〇二四年九月", "2024-09"),
            ("2024年9月开工", ""),
            ("XXXX-06-22", ""),
            ("", ""),
        ] {
            assert_eq!(read(words), edtf, "{words}");
        }
    }

    #[test]
    fn numbers_are_typed_with_their_units() {
        for (words, value, unit) in [("948亿美元", 9.48e10, "USD"), ("3.5%", 3.5, "%"), ("1,200吨", 1200.0, "t")] {
            let read = typed_quantity(words).unwrap();
            assert_eq!((read.value, read.unit.as_str()), (value, unit), "{words}");
        }
        assert!(typed_quantity("不知道").is_none());
    }
}
