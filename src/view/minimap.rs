//! The narrow map beside the text: where the finds are, where the selection is, what is in view.

use std::collections::BTreeMap;

/// What a tick of the map stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TickKind {
    /// A time: at the left, in blue.
    Time,
    /// A number: at the right, in ochre.
    Number,
    /// A search hit: across.
    Hit,
}

/// A tick, in pixels of the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tick {
    /// What it stands for.
    pub kind: TickKind,
    /// Its upper edge.
    pub y_px: f32,
    /// How many finds it stands for.
    pub n: u32,
}

/// Height of a tick.
pub const TICK_PX: f32 = 2.0;

/// Puts finds on a map `height_px` high, those that fall on the same two pixels together. Each find comes as its
/// distance from the top of the page; the page is `page_px` high.
pub fn ticks(finds: impl Iterator<Item = (TickKind, f64)>, page_px: f64, height_px: f32) -> Vec<Tick> {
    let n_rows = (height_px / TICK_PX).floor().max(1.0);
    let mut rows: BTreeMap<(u32, TickKind), u32> = BTreeMap::new();
    for (kind, y) in finds {
        let row = (y / page_px.max(1.0) * f64::from(n_rows)).clamp(0.0, f64::from(n_rows - 1.0)) as u32;
        *rows.entry((row, kind)).or_default() += 1;
    }
    rows.into_iter().map(|((row, kind), n)| Tick { kind, y_px: row as f32 * TICK_PX, n }).collect()
}

/// The block that stands for what is in view, as (top, bottom) of the map, at least 16 high.
pub fn view_block(offset: f64, view_px: f64, page_px: f64, height_px: f32) -> (f32, f32) {
    let share = |y: f64| (y / page_px.max(1.0)).clamp(0.0, 1.0) as f32 * height_px;
    let (top, bottom) = (share(offset), share(offset + view_px));
    if bottom - top >= 16.0 {
        return (top, bottom);
    }
    let top = ((top + bottom) / 2.0 - 8.0).clamp(0.0, (height_px - 16.0).max(0.0));
    (top, (top + 16.0).min(height_px))
}

/// The scroll offset that brings the place at `y_px` of the map to the middle of the view.
pub fn offset_at(y_px: f32, view_px: f64, page_px: f64, height_px: f32) -> f64 {
    let at = f64::from(y_px / height_px.max(1.0)) * page_px;
    (at - view_px / 2.0).clamp(0.0, (page_px - view_px).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_finds_share_a_tick() {
        let finds = [(TickKind::Time, 0.0), (TickKind::Time, 3.0), (TickKind::Number, 3.0), (TickKind::Time, 999.0)];
        let found = ticks(finds.into_iter(), 1000.0, 100.0);
        let rows: Vec<(TickKind, f32, u32)> = found.iter().map(|tick| (tick.kind, tick.y_px, tick.n)).collect();
        assert_eq!(rows, [(TickKind::Time, 0.0, 2), (TickKind::Number, 0.0, 1), (TickKind::Time, 98.0, 1)]);
    }

    #[test]
    fn the_map_leads_to_the_place_and_back() {
        let offset = offset_at(50.0, 200.0, 1000.0, 100.0);
        assert_eq!(offset, 400.0);
        let (top, bottom) = view_block(offset, 200.0, 1000.0, 100.0);
        assert!((top - 40.0).abs() < 0.01 && (bottom - 60.0).abs() < 0.01);
        assert_eq!(view_block(0.0, 10.0, 100_000.0, 100.0), (0.0, 16.0));
    }
}
