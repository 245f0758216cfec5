//! Which glyph a time has: what is known about when, as a shape.

use crate::edtf::{Edtf, Grain, Interval, Moment};

/// The shapes of time; each says how exact its date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeGlyph {
    /// A day or a moment: a dot.
    Moment,
    /// Once, somewhere within the year or month: a dot on a whisker over the interval.
    Within,
    /// Lasted from … to: a bar.
    Lasting,
    /// From …, not ended: a stop and a bar that fades.
    From,
    /// Until …, beginning unknown: mirrored.
    Until,
    /// Approximate: a hollow dot on a cloud over the interval.
    Approximate,
}

impl TimeGlyph {
    /// All, in the order of a key.
    pub const ALL: [Self; 6] = [Self::Moment, Self::Within, Self::Approximate, Self::Lasting, Self::From, Self::Until];

    /// The glyph of a date.
    pub fn of(edtf: &Edtf) -> Self {
        match (edtf.is_range(), edtf.start().is_some(), edtf.end().is_some()) {
            (true, true, false) => Self::From,
            (true, false, _) => Self::Until,
            _ if edtf.is_approximate() => Self::Approximate,
            (true, ..) => Self::Lasting,
            _ if edtf.grain() <= Grain::Day => Self::Moment,
            _ => Self::Within,
        }
    }

    /// Its key in the locale, below `glyph.`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Moment => "glyph.moment",
            Self::Within => "glyph.within",
            Self::Lasting => "glyph.lasting",
            Self::From => "glyph.from",
            Self::Until => "glyph.until",
            Self::Approximate => "glyph.approximate",
        }
    }
}

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
    fn each_kind_of_knowledge_has_its_shape() {
        let glyph = |text: &str| TimeGlyph::of(&text.parse().unwrap());
        assert_eq!(glyph("2025-06-22"), TimeGlyph::Moment);
        assert_eq!(glyph("2025-06-22T18"), TimeGlyph::Moment);
        assert_eq!(glyph("2024-09"), TimeGlyph::Within);
        assert_eq!(glyph("2025-06-24/2025-06-26"), TimeGlyph::Lasting);
        assert_eq!(glyph("2012-11-08/.."), TimeGlyph::From);
        assert_eq!(glyph("../1949"), TimeGlyph::Until);
        assert_eq!(glyph("1992~"), TimeGlyph::Approximate);
        assert_eq!(glyph("-0174~/-0075~"), TimeGlyph::Approximate);
    }

    #[test]
    fn an_approximate_year_is_drawn_wider() {
        let interval = drawn_interval(&"1992~".parse().unwrap()).unwrap();
        assert_eq!(interval.start, Moment::from_ymd(1990, 12, 31), "1992 has a day more than 1991");
    }
}
