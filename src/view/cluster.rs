//! Glyphs that stand too close become one pill with their number.

/// Glyphs nearer than this merge, in pixels.
pub const MERGE_PX: f32 = 3.0;

/// Glyphs drawn as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Members, by time.
    pub members: Vec<u32>,
    /// First place it covers.
    pub left: f32,
    /// Last place it covers.
    pub right: f32,
}

impl Cluster {
    /// Its middle, where the pill stands.
    pub fn middle(&self) -> f32 {
        f32::midpoint(self.left, self.right)
    }
}

/// Merges what stands nearer than [`MERGE_PX`], and then whatever pills of `pill_px` width would touch. `places`
/// must be in order.
pub fn clusters(places: &[(u32, f32)], pill_px: f32) -> Vec<Cluster> {
    let mut out: Vec<Cluster> = Vec::new();
    for &(member, x) in places {
        match out.last_mut() {
            Some(last) if x - last.right < MERGE_PX || x - last.middle() < pill_px + 4.0 => {
                last.members.push(member);
                last.right = x;
            }
            _ => out.push(Cluster { members: vec![member], left: x, right: x }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_ones_merge_and_pills_never_touch() {
        let places: Vec<(u32, f32)> =
            [10.0, 11.0, 12.5, 60.0, 200.0, 210.0].into_iter().enumerate().map(|(n, x)| (n as u32, x)).collect();
        let found = clusters(&places, 24.0);
        let sizes: Vec<usize> = found.iter().map(|cluster| cluster.members.len()).collect();
        assert_eq!(sizes, [3, 1, 2]);
        assert!(clusters(&[], 24.0).is_empty());
    }
}
