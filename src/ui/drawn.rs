//! A series as a panel of the chart draws it.

use super::marks::MarkState;
use crate::view::chart::{Chart, Dot};

/// A series in its panel.
pub(super) struct Drawn<'a> {
    /// Its place among those shown: its colour and its mark.
    pub number: usize,
    /// Its plot data.
    pub chart: &'a Chart,
    /// Where each point stands; `None` where it is out of view or has no place on the axis.
    pub dots: Vec<Option<Dot>>,
    /// How each point is drawn.
    pub states: Vec<MarkState>,
}
