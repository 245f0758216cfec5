//! The calendar vocabulary: dates that know how exact they are. No text, no screen.
//!
//! 「2024年」 is a year, not 1 January 2024. A date here keeps its [`Grain`], is written in EDTF (ISO 8601-2:
//! `2024`, `2024-09`, `1992~`, `-0174/-0075`), and stands for an [`Interval`] of moments: `2024` is
//! `[2024-01-01T00:00:00, 2025-01-01T00:00:00)`.
//!
//! Years are astronomical: year 0 exists and is 1 BCE, −174 is 175 BCE. Only the screen says 公元前175年.

mod date;
mod figures;
mod grain;
mod interval;
mod lunar;
mod notation;
mod zone;

pub use date::Date;
pub use grain::Grain;
pub use interval::{Interval, Moment};
pub use lunar::LunarDay;
pub use notation::{Edtf, EdtfError};
pub use zone::Zone;
