//! Glyphs that stand too close become one pill with their number.

use super::bins::Step;
use crate::desk::WeekStart;

/// Glyphs drawn as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Members, by time.
    pub members: Vec<u32>,
    /// First place it covers.
    pub left: f32,
    /// Last place it covers.
    pub right: f32,
    /// Where the pill stands.
    pub middle: f32,
}

/// One that may have to be drawn together with others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crowded {
    /// Its row in the index.
    pub row: u32,
    /// When, in seconds from 1970.
    pub time: f64,
    /// Where, in pixels.
    pub x: f32,
}

/// Puts together what shares a stretch of the calendar that is at least `pill_px` wide: pills never touch, and stay
/// as they are while the ground is moved. `crowded` must be in order of time.
pub fn clusters(crowded: &[Crowded], pill_px: f32, px_per_sec: f64, week: WeekStart) -> Vec<Cluster> {
    let step = Step::at_least(f64::from(pill_px) + 2.0, px_per_sec, week);
    let number = |one: &Crowded| step.number(one.time);
    crowded
        .chunk_by(|a, b| number(a) == number(b))
        .filter_map(|group| {
            let (first, last) = (group.first()?, group.last()?);
            let half = pill_px / 2.0 + 1.0;
            let start = first.x - ((first.time - step.start(number(first))) * px_per_sec) as f32;
            let end = first.x + ((step.start(number(first) + 1) - first.time) * px_per_sec) as f32;
            let middle = f32::midpoint(first.x, last.x).min(end - half).max(start + half);
            let members = group.iter().map(|one| one.row).collect();
            Some(Cluster { members, left: first.x, right: last.x, middle })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::when::DAY_SECS;

    fn found(from_px: f32) -> Vec<Cluster> {
        let days = [0.0, 0.2, 1.4, 30.0, 31.0, 90.0];
        let crowded: Vec<Crowded> = (0..)
            .zip(days)
            .map(|(row, day)| Crowded { row, time: day * DAY_SECS, x: (day * 5.0) as f32 + from_px })
            .collect();
        clusters(&crowded, 26.0, 5.0 / DAY_SECS, WeekStart::Monday)
    }

    #[test]
    fn close_ones_merge_pills_never_touch_and_panning_changes_nothing() {
        let here = found(0.0);
        let sizes: Vec<usize> = here.iter().map(|cluster| cluster.members.len()).collect();
        assert_eq!(sizes, [3, 2, 1]);
        assert!(here.windows(2).all(|pair| pair[1].middle - pair[0].middle >= 26.0), "{here:?}");
        let there = found(-40.0);
        assert!(here.iter().zip(&there).all(|(a, b)| a.members == b.members && a.middle - b.middle == 40.0));
        assert!(clusters(&[], 26.0, 1.0, WeekStart::Monday).is_empty());
    }
}
