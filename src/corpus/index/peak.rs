//! The most significant of a stretch of a list, without walking it: a tree of maxima.

/// How many members one node of the tree stands for.
const FAN: usize = 32;

/// For a list of ranks: the ordinal of the highest in each block, block of blocks, and so on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeakIndex {
    /// `levels[k][n]` is the ordinal of the highest among `FAN^(k+1)` members from `n · FAN^(k+1)` on.
    levels: Vec<Vec<u32>>,
    len: usize,
}

impl PeakIndex {
    /// Of `len` members, `rank` the one of an ordinal.
    pub fn new(len: usize, rank: impl Fn(usize) -> u8) -> Self {
        let best = |ordinals: &mut dyn Iterator<Item = u32>| {
            ordinals.reduce(|best, next| if rank(next as usize) > rank(best as usize) { next } else { best })
        };
        let mut levels: Vec<Vec<u32>> = Vec::new();
        let mut width = len;
        while width > FAN {
            let n_nodes = width.div_ceil(FAN);
            let below = levels.last();
            let nodes: Vec<u32> = (0..n_nodes)
                .filter_map(|node| {
                    let members = node * FAN..((node + 1) * FAN).min(width);
                    match below {
                        Some(below) => best(&mut below.get(members)?.iter().copied()),
                        None => best(&mut members.map(|at| at as u32)),
                    }
                })
                .collect();
            width = nodes.len();
            levels.push(nodes);
        }
        Self { levels, len }
    }

    /// The ordinal of the highest rank in `from..to`, the first of equals; `None` where that is empty.
    pub fn highest(&self, from: usize, to: usize, rank: impl Fn(usize) -> u8) -> Option<usize> {
        let mut best: Option<(u8, usize)> = None;
        let mut offer = |ordinal: usize| {
            let rank = rank(ordinal);
            // Blocks are offered out of order, so equals are told apart by their place.
            if best.is_none_or(|(high, at)| rank > high || rank == high && ordinal < at) {
                best = Some((rank, ordinal));
            }
        };
        let (mut from, mut to) = (from.min(self.len), to.min(self.len));
        let mut level: Option<&Vec<u32>> = None;
        let mut above = self.levels.iter();
        while from < to {
            let offer_node = |at: usize, offer: &mut dyn FnMut(usize)| match level {
                Some(nodes) => nodes.get(at).into_iter().for_each(|ordinal| offer(*ordinal as usize)),
                None => offer(at),
            };
            let Some(next) = above.next() else {
                (from..to).for_each(|at| offer_node(at, &mut offer));
                break;
            };
            while from < to && !from.is_multiple_of(FAN) {
                offer_node(from, &mut offer);
                from += 1;
            }
            while to > from && !to.is_multiple_of(FAN) {
                to -= 1;
                offer_node(to, &mut offer);
            }
            (from, to) = (from / FAN, to / FAN);
            level = Some(next);
        }
        best.map(|(_, ordinal)| ordinal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_finds_what_a_scan_finds(ranks in prop::collection::vec(0_u8..9, 0..5000), a: u16, b: u16) {
            let index = PeakIndex::new(ranks.len(), |at| ranks[at]);
            let (from, to) = (usize::from(a.min(b)).min(ranks.len()), usize::from(a.max(b)).min(ranks.len()));
            let scanned = (from..to).rev().max_by_key(|at| ranks[*at]);
            prop_assert_eq!(index.highest(from, to, |at| ranks[at]), scanned);
        }
    }
}
