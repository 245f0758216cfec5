//! Finds places for the flags of a timeline: rows above the axis, text beside the leader.
//!
//! In a segment whose events crowd to the right, flags point left and rise to the right; else they point right and
//! rise to the left. A flag's words cover no other words, and no leader crosses them.

use super::{figure_frame::Bounds, text_lines::elided};

/// On which side of its leader a flag's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The text ends at the leader.
    Left,
    /// The text begins at the leader.
    Right,
}

/// The rows that flags may take.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Where text may stand.
    pub room: Bounds,
    /// What must not be covered: the key.
    pub blocked: Vec<Bounds>,
    /// Baseline of the titles in the lowest row.
    pub lowest: f32,
    /// From one row to the next.
    pub row_px: f32,
    /// How many rows there are.
    pub n_rows: usize,
}

/// An event that wants a flag.
#[derive(Debug, Clone)]
pub struct Flag {
    /// Where its leader stands.
    pub x: f32,
    /// Which segment of the axis.
    pub segment: usize,
    /// Width of its date.
    pub date_width: f32,
    /// Its title; its width is measured.
    pub title: String,
}

/// A flag in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Where its leader stands.
    pub x: f32,
    /// Baseline of its title.
    pub title_baseline: f32,
    /// Where the text is.
    pub side: Side,
    /// The title, perhaps elided.
    pub title: String,
}

/// A flag's words and leader while others look for a place.
#[derive(Debug, Clone, Copy)]
struct Taken {
    x: f32,
    row: usize,
    words: Bounds,
}

/// Between words and other words or leaders.
const AIR_PX: f32 = 5.0;
/// Titles are not cut below this many characters.
const FEWEST_CHARS: usize = 7;

/// A place for each flag (sorted by `x`), or `None` where there is no room: then it is left out and counted.
pub fn place(flags: &[Flag], staff: &Staff, title_width: &dyn Fn(&str) -> f32, label_px: f32) -> Vec<Option<Placed>> {
    let mut best: Option<(usize, Vec<Option<Placed>>)> = None;
    // Each segment may lean either way; the natural way first, then the ways that differ from it.
    let n_segments = flags.iter().map(|flag| flag.segment + 1).max().unwrap_or(0).min(6);
    let natural: u32 =
        (0..n_segments).filter(|&segment| crowds_right(flags, segment, staff)).map(|segment| 1 << segment).sum();
    let ways = (0..(1_u32 << n_segments)).flat_map(|turned| [staff.n_rows, 2, 1].map(|patience| (turned, patience)));
    for (turned, patience) in ways {
        let placed = place_leaning(flags, staff, (natural ^ turned, patience), title_width, label_px);
        let is_cut = |(placed, flag): &(&Option<Placed>, &Flag)| placed.as_ref().is_some_and(|p| p.title != flag.title);
        let n_cut = placed.iter().zip(flags).filter(is_cut).count();
        let n_lost = placed.iter().filter(|placed| placed.is_none()).count();
        let cost = n_lost * 1000 + n_cut * 10 + turned.count_ones() as usize;
        if best.as_ref().is_none_or(|(lowest, _)| cost < *lowest) {
            best = Some((cost, placed));
        }
        if cost == 0 {
            break;
        }
    }
    let placed = best.map(|(_, placed)| placed).unwrap_or_default();
    // Flags without a place must not keep others from theirs.
    let is_lost = |idx: usize| placed.get(idx).is_none_or(Option::is_none);
    if flags.len() < 2 || !(0..flags.len()).any(is_lost) || (0..flags.len()).all(is_lost) {
        return placed;
    }
    let rest: Vec<Flag> =
        flags.iter().enumerate().filter(|(idx, _)| !is_lost(*idx)).map(|(_, flag)| flag.clone()).collect();
    let mut again = place(&rest, staff, title_width, label_px).into_iter();
    (0..flags.len()).map(|idx| if is_lost(idx) { None } else { again.next().flatten() }).collect()
}

/// Whether the events of a segment stand to the right of the middle between their neighbours' room.
fn crowds_right(flags: &[Flag], segment: usize, staff: &Staff) -> bool {
    let inside: Vec<f32> = flags.iter().filter(|flag| flag.segment == segment).map(|flag| flag.x).collect();
    let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return true };
    let before = flags.iter().filter(|flag| flag.segment < segment).map(|flag| flag.x).fold(staff.room.left, f32::max);
    let after = flags.iter().filter(|flag| flag.segment > segment).map(|flag| flag.x).fold(staff.room.right, f32::min);
    let mean = inside.iter().sum::<f32>() / inside.len() as f32;
    // Room at both sides, and where between its ends the events lean.
    mean - before.min(*first) > after.max(*last) - mean
}

/// One try: `leans_right` has a bit for each segment; `patience` is in how many rows a whole title is tried before a
/// shorter one is taken lower down.
fn place_leaning(
    flags: &[Flag],
    staff: &Staff,
    (leans_right, patience): (u32, usize),
    title_width: &dyn Fn(&str) -> f32,
    label_px: f32,
) -> Vec<Option<Placed>> {
    let mut out: Vec<Option<Placed>> = vec![None; flags.len()];
    let mut taken: Vec<Taken> = Vec::new();
    let n_segments = flags.iter().map(|flag| flag.segment + 1).max().unwrap_or(0);
    let mut waiting: Vec<usize> = (0..flags.len()).collect();
    for segment in 0..n_segments {
        let leans = leans_right >> segment.min(31) & 1 == 1;
        let mut order: Vec<usize> = waiting.iter().copied().filter(|&idx| flags[idx].segment == segment).collect();
        if !leans {
            order.reverse();
        }
        let sides = if leans { [Side::Left, Side::Right] } else { [Side::Right, Side::Left] };
        for idx in order {
            waiting.retain(|&other| other != idx);
            let Some(flag) = flags.get(idx) else { continue };
            let others: Vec<f32> = waiting.iter().filter_map(|&other| Some(flags.get(other)?.x)).collect();
            let full = title_width(&flag.title);
            // In full if it fits anywhere near, else cut a little, then more, then anywhere.
            let all = staff.n_rows;
            let tries = [(1.0, patience), (0.8, patience), (0.6, patience), (1.0, all), (0.8, all), (0.6, all)];
            let found = tries.into_iter().find_map(|(share, n_rows): (f32, usize)| {
                let title =
                    if share < 1.0 { elided(&flag.title, full * share, title_width) } else { flag.title.clone() };
                if title.chars().count() < FEWEST_CHARS.min(flag.title.chars().count()) {
                    return None;
                }
                let width = title_width(&title).max(flag.date_width);
                let spot = spot(flag.x, width, sides, (staff, n_rows), &taken, &others, label_px)?;
                Some((title, spot))
            });
            let Some((title, (side, row, words))) = found else { continue };
            taken.push(Taken { x: flag.x, row, words });
            let title_baseline = staff.lowest - staff.row_px * row as f32;
            out[idx] = Some(Placed { x: flag.x, title_baseline, side, title });
        }
    }
    out
}

/// The lowest free row, of the first `n_rows`, for words of a width at a leader. `others` are the leaders still to come, which will rise
/// from the axis through every row below theirs.
fn spot(
    x: f32,
    width: f32,
    sides: [Side; 2],
    (staff, n_rows): (&Staff, usize),
    taken: &[Taken],
    others: &[f32],
    label_px: f32,
) -> Option<(Side, usize, Bounds)> {
    let gap = label_px * 0.52;
    for row in 0..n_rows.min(staff.n_rows) {
        let baseline = staff.lowest - staff.row_px * row as f32;
        for side in sides {
            let (left, right) = match side {
                Side::Left => (x - gap - width, x - gap),
                Side::Right => (x + gap, x + gap + width),
            };
            let words = Bounds { left, top: baseline - label_px * 1.95, right, bottom: baseline + label_px * 0.2 };
            let aired = words.grown(AIR_PX);
            let own_leader = Bounds { left: x - 1.0, top: words.top, right: x + 1.0, bottom: staff.room.bottom };
            let is_free = staff.room.holds(words)
                && !staff.blocked.iter().any(|block| block.meets(aired) || block.meets(own_leader))
                && !others.iter().any(|other| (aired.left..aired.right).contains(other))
                && !taken.iter().any(|other| {
                    let leader_in_words = other.row >= row && (aired.left..aired.right).contains(&other.x);
                    let words_on_leader = other.row < row && other.words.grown(AIR_PX).meets(own_leader);
                    other.words.meets(aired) || leader_in_words || words_on_leader
                });
            if is_free {
                return Some((side, row, words));
            }
        }
    }
    None
}
