//! The most significant of a stretch of a list, without walking it: a tree of maxima.

use super::bytes::{Input, put};

/// How many members one node of the tree stands for.
const FAN: usize = 32;

/// The highest of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Node {
    ordinal: u32,
    rank: u8,
}

/// For a list of ranks: the ordinal of the highest in each block, block of blocks, and so on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeakIndex {
    /// `levels[k][n]` is the highest among `FAN^(k+1)` members from `n · FAN^(k+1)` on, with its rank, so that nobody
    /// need look it up far away.
    levels: Vec<Vec<Node>>,
    len: usize,
}

impl PeakIndex {
    /// Of members with these ranks.
    pub fn new(ranks: impl Iterator<Item = u8>) -> Self {
        let mut len = 0_usize;
        let mut first: Vec<Node> = Vec::new();
        for rank in ranks {
            let node = Node { ordinal: len as u32, rank };
            match first.last_mut() {
                Some(best) if !len.is_multiple_of(FAN) => {
                    if rank > best.rank {
                        *best = node;
                    }
                }
                _ => first.push(node),
            }
            len += 1;
        }
        Self::above(first, len)
    }

    /// From the lowest level.
    fn above(first: Vec<Node>, len: usize) -> Self {
        let mut levels: Vec<Vec<Node>> = Vec::new();
        let mut width = len;
        let mut next = first;
        while width > FAN {
            width = next.len();
            let best = |nodes: &[Node]| nodes.iter().copied().reduce(|a, b| if b.rank > a.rank { b } else { a });
            let above = next.chunks(FAN).filter_map(best).collect();
            levels.push(std::mem::replace(&mut next, above));
        }
        Self { levels, len }
    }

    /// Appends it to bytes.
    pub fn put(&self, out: &mut Vec<u8>) {
        put(out, self.len as u64);
        let Some(first) = self.levels.first() else { return };
        for (block, node) in first.iter().enumerate() {
            out.extend([(node.ordinal as usize - block * FAN) as u8, node.rank]);
        }
    }

    /// As [`Self::put`] wrote it.
    pub fn take(input: &mut Input<'_>) -> Option<Self> {
        let len = usize::try_from(input.number()?).ok()?;
        if len <= FAN {
            return Some(Self { levels: Vec::new(), len });
        }
        let nodes = input.bytes(len.div_ceil(FAN) * 2)?.as_chunks::<2>().0.iter().enumerate();
        let node = |(block, [within, rank]): (usize, &[u8; 2])| Node {
            ordinal: (block * FAN + usize::from(*within)) as u32,
            rank: *rank,
        };
        Some(Self::above(nodes.map(node).collect(), len))
    }

    /// The ordinal of the highest rank in `from..to`, the first of equals; `None` where that is empty.
    pub fn highest(&self, from: usize, to: usize, rank: impl Fn(usize) -> u8) -> Option<usize> {
        let mut best: Option<(u8, usize)> = None;
        let mut offer = |ordinal: usize, rank: u8| {
            // Blocks are offered out of order, so equals are told apart by their place.
            if best.is_none_or(|(high, at)| rank > high || rank == high && ordinal < at) {
                best = Some((rank, ordinal));
            }
        };
        let (mut from, mut to) = (from.min(self.len), to.min(self.len));
        let mut level: Option<&Vec<Node>> = None;
        let mut above = self.levels.iter();
        while from < to {
            let offer_node = |at: usize, offer: &mut dyn FnMut(usize, u8)| match level {
                Some(nodes) => nodes.get(at).into_iter().for_each(|node| offer(node.ordinal as usize, node.rank)),
                None => offer(at, rank(at)),
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
            let index = PeakIndex::new(ranks.iter().copied());
            let (from, to) = (usize::from(a.min(b)).min(ranks.len()), usize::from(a.max(b)).min(ranks.len()));
            let scanned = (from..to).rev().max_by_key(|at| ranks[*at]);
            prop_assert_eq!(index.highest(from, to, |at| ranks[at]), scanned);
            let mut bytes = Vec::new();
            index.put(&mut bytes);
            prop_assert_eq!(PeakIndex::take(&mut Input(&bytes)), Some(index));
        }
    }
}
