//! How fine a statement about time is.

use serde::{Deserialize, Serialize};

/// The grain of a date: the smallest unit that was said. Ordered from fine to coarse.
///
/// ```
/// use nianbiao::edtf::Grain;
/// assert!(Grain::Day < Grain::Year);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour (6时).
    Hour,
    /// A calendar day (6月22日).
    Day,
    /// An ISO week, Monday first (上周).
    Week,
    /// A month (9月).
    Month,
    /// A quarter (一季度).
    Quarter,
    /// Half a year (上半年).
    Half,
    /// A year (2024年).
    Year,
    /// Ten years (90年代).
    Decade,
    /// A hundred years (20世纪).
    Century,
    /// A thousand years.
    Millennium,
}
