//! The stretch that the glyph of a date is drawn over.

use crate::edtf::{Edtf, Interval, Moment};

/// The shapes of time are the classes of exactness.
pub use super::when::Exactness as TimeGlyph;

/// The stretch that an approximate date is drawn over: one year, month or day (its grain) more on either side.
/// 「约1992年」 is drawn from the beginning of 1991 to the end of 1993. A range is drawn as it is: it has said how far.
pub fn drawn_interval(edtf: &Edtf) -> Option<Interval> {
    let interval = edtf.interval()?;
    if !edtf.is_approximate() || edtf.is_range() {
        return Some(interval);
    }
    let (start, end) = (interval.start?, interval.end?);
    let length_secs = end.seconds() - start.seconds();
    let widened = |moment: Moment, by: i64| Moment::from_seconds(moment.seconds() + by);
    Some(Interval::new(widened(start, -length_secs), widened(end, length_secs)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approximate_year_is_drawn_wider() {
        let interval = drawn_interval(&"1992~".parse().unwrap()).unwrap();
        assert_eq!(interval.start, Moment::from_ymd(1990, 12, 31), "1992 has a day more than 1991");
    }
}
