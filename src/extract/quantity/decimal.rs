//! Exact decimal arithmetic for printed numbers: 948亿 − 54亿 is 894亿, with no binary dust.

use std::{cmp::Ordering, fmt};

/// `mantissa × 10^exponent`. Printed figures have few digits, so an `i128` holds them and their sums; digits
/// beyond its range are dropped.
///
/// ```
/// use nianbiao::extract::quantity::Decimal;
/// let (total, more) = (Decimal::new(948, 8), Decimal::new(54, 8));
/// assert_eq!(total.minus(more).to_f64(), 8.94e10);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decimal {
    mantissa: i128,
    exponent: i32,
}

/// Mantissas above this are no longer extended, so that sums cannot overflow.
const LIMIT: i128 = i128::MAX / 1_000_000;

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self { mantissa: 0, exponent: 0 };
    /// One.
    pub const ONE: Self = Self { mantissa: 1, exponent: 0 };

    /// `mantissa × 10^exponent`.
    pub const fn new(mantissa: i128, exponent: i32) -> Self {
        Self { mantissa, exponent }
    }

    /// The decimal that is written shortest for `value`: 0.1 is one tenth. Zero where `value` is not finite.
    pub fn from_f64(value: f64) -> Self {
        let mut decimal = Self::ZERO;
        if !value.is_finite() {
            return decimal;
        }
        let text = format!("{value:e}");
        let (figures, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        for c in figures.chars() {
            decimal = c.to_digit(10).map_or(decimal, |digit| decimal.with_digit(digit));
        }
        let n_places = figures.split_once('.').map_or(0, |(_, places)| places.len());
        decimal.exponent += exponent.parse::<i32>().unwrap_or(0) - i32::try_from(n_places).unwrap_or(0);
        if value < 0.0 { decimal.negated() } else { decimal }
    }

    /// Appends one figure: 94 and 8 give 948.
    #[must_use]
    pub fn with_digit(self, digit: u32) -> Self {
        if self.mantissa > LIMIT {
            return Self { mantissa: self.mantissa, exponent: self.exponent + 1 };
        }
        Self { mantissa: self.mantissa * 10 + i128::from(digit), exponent: self.exponent }
    }

    /// Times `10^places`.
    #[must_use]
    pub const fn shifted(self, places: i32) -> Self {
        Self { mantissa: self.mantissa, exponent: self.exponent + places }
    }

    /// With the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { mantissa: -self.mantissa, exponent: self.exponent }
    }

    /// Sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        if self.mantissa == 0 {
            return other;
        }
        if other.mantissa == 0 {
            return self;
        }
        let exponent = self.exponent.min(other.exponent);
        match (self.at_exponent(exponent), other.at_exponent(exponent)) {
            (Some(a), Some(b)) => Self { mantissa: a.saturating_add(b), exponent },
            _ => Self::from_f64(self.to_f64() + other.to_f64()),
        }
    }

    /// Difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(other.negated())
    }

    /// Product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        self.mantissa.checked_mul(other.mantissa).map_or_else(
            || Self::from_f64(self.to_f64() * other.to_f64()),
            |mantissa| Self { mantissa, exponent: self.exponent + other.exponent },
        )
    }

    /// The nearest `f64`.
    pub fn to_f64(self) -> f64 {
        let Self { mantissa, exponent } = self.reduced();
        // Powers of ten up to 22 are exact in binary, so one operation rounds once.
        if mantissa.unsigned_abs() < (1 << 53) && (-22..=22).contains(&exponent) {
            let figures = mantissa as f64;
            return if exponent < 0 { figures / 10f64.powi(-exponent) } else { figures * 10f64.powi(exponent) };
        }
        // What no number holds is the greatest that one does: JSON knows no infinity.
        let value: f64 = format!("{mantissa}e{exponent}").parse().unwrap_or(0.0);
        value.clamp(-f64::MAX, f64::MAX)
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// The place of its last figure that is not zero: 2 for 1800, −1 for 4.6.
    pub fn last_place(self) -> i32 {
        self.reduced().exponent
    }

    /// The place it is printed to: 0 for 1800, −1 for 3.0.
    pub const fn printed_place(self) -> i32 {
        self.exponent
    }

    /// Rounded half away from zero at `place`: 1.25 at −1 is 1.3.
    #[must_use]
    pub fn rounded(self, place: i32) -> Self {
        if place <= self.exponent {
            return self;
        }
        let n_dropped = u32::try_from(place - self.exponent).unwrap_or(0);
        let Some(power) = 10i128.checked_pow(n_dropped) else { return Self::ZERO };
        let half = if self.mantissa < 0 { -power / 2 } else { power / 2 };
        Self { mantissa: self.mantissa.saturating_add(half) / power, exponent: place }
    }

    /// Trailing zeros moved into the exponent.
    fn reduced(self) -> Self {
        let mut it = self;
        if it.mantissa == 0 {
            return Self::ZERO;
        }
        while it.mantissa % 10 == 0 {
            it.mantissa /= 10;
            it.exponent += 1;
        }
        it
    }

    fn at_exponent(self, exponent: i32) -> Option<i128> {
        let places = u32::try_from(self.exponent - exponent).ok()?;
        self.mantissa.checked_mul(10i128.checked_pow(places)?)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.minus(*other).mantissa.cmp(&0))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_have_no_binary_dust() {
        assert_eq!(Decimal::new(32506, -1).shifted(8).to_f64(), 325_060_000_000.0);
        assert_eq!(Decimal::new(1, 309).to_f64(), f64::MAX);
        assert_eq!(Decimal::new(3, -1).minus(Decimal::new(1, -1)).to_f64(), 0.2);
        assert_eq!(Decimal::from_f64(0.1).plus(Decimal::from_f64(0.2)).to_f64(), 0.3);
        assert_eq!(Decimal::from_f64(-4.6e8).to_f64(), -4.6e8);
        assert_eq!(Decimal::from_f64(9.48e10).last_place(), 8);
    }

    #[test]
    fn rounding_keeps_the_place() {
        assert_eq!(Decimal::new(125, -2).rounded(-1).to_f64(), 1.3);
        assert_eq!(Decimal::new(-125, -2).rounded(-1).to_f64(), -1.3);
        assert_eq!(Decimal::new(948, 0).rounded(-3).to_f64(), 948.0);
    }
}
