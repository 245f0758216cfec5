//! How exact a time is, in a byte: the nearest of the usual grains.

use crate::{corpus::when::DAY_SECS, edtf::Grain};

/// The grains with their usual lengths in days; a row keeps the place in this list.
const GRAIN_DAYS: [(Grain, f64); 9] = [
    (Grain::Day, 1.0),
    (Grain::Week, 7.0),
    (Grain::Month, 30.4),
    (Grain::Quarter, 91.3),
    (Grain::Half, 182.6),
    (Grain::Year, 365.25),
    (Grain::Decade, 3_652.5),
    (Grain::Century, 36_525.0),
    (Grain::Millennium, 365_250.0),
];

/// The nearest grain of a length.
pub(super) fn grain_of(secs: f64) -> u8 {
    let days = secs / DAY_SECS;
    GRAIN_DAYS.iter().rposition(|(_, length)| *length <= days * 1.001).unwrap_or(0) as u8
}

/// The length that stands for a row's grain.
pub(super) fn precision_secs(grain: u8) -> f64 {
    GRAIN_DAYS.get(usize::from(grain)).map_or(DAY_SECS, |(_, days)| days * DAY_SECS)
}
