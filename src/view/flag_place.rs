//! Finds places for the flags of a timeline: rows above the axis, text beside the leader.
//!
//! In a segment whose events crowd to the right, flags point left and rise to the right; else they point right and
//! rise to the left. A flag's words cover no other words, and no leader crosses them.

use super::{figure_frame::Bounds, text_lines::lines};

/// On which side of its leader a flag's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The text ends at the leader.
    Left,
    /// The text begins at the leader.
    Right,
}

impl Side {
    const fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
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
    /// How many changes are tried where titles are lost.
    pub n_tries: usize,
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
    /// The ways to set its title, the best first.
    ways: Vec<Way>,
}

/// A title on one line or two, in full or shortened.
#[derive(Debug, Clone)]
struct Way {
    lines: Vec<String>,
    /// Of the widest line.
    width: f32,
    /// How many characters of the longest title it lacks.
    n_cut: usize,
}

impl Flag {
    /// Works out how `titles` (the longest first, then shortened ones) can be set, on one line or two.
    pub fn new(x: f32, segment: usize, date_width: f32, titles: &[String], title_width: &dyn Fn(&str) -> f32) -> Self {
        let n_chars = |text: &String| text.chars().count();
        let longest = titles.first().map_or(0, n_chars);
        let mut ways = Vec::new();
        for title in titles {
            // A clause by itself is no torn title.
            let n_gone = longest.saturating_sub(n_chars(title));
            let n_cut = if title.ends_with('…') { n_gone } else { n_gone.min(1) };
            for lines in [1, 2].into_iter().filter_map(|n_lines| title_lines(title, n_lines, title_width)) {
                let width = lines.iter().map(|line| title_width(line)).fold(0.0, f32::max);
                ways.push(Way { lines, width, n_cut });
            }
        }
        Self { x, segment, date_width, ways }
    }

    fn placed(&self, way: &Way, side: Side, title_baseline: f32) -> Placed {
        Placed { x: self.x, title_baseline, side, title: way.lines.clone(), n_cut: way.n_cut }
    }
}

/// A flag in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Where its leader stands.
    pub x: f32,
    /// Baseline of its title's last line.
    pub title_baseline: f32,
    /// Where the text is.
    pub side: Side,
    /// The title in one line or two, perhaps elided.
    pub title: Vec<String>,
    /// How many characters of the longest title are not shown.
    pub n_cut: usize,
}

/// From one line of a title to the next, as a share of its size.
pub const TITLE_LEADING: f32 = 1.28;

/// A flag's words and leader while others look for a place.
#[derive(Debug, Clone, Copy)]
struct Taken {
    x: f32,
    words: Bounds,
}

/// Between words and other words or leaders.
const AIR_PX: f32 = 5.0;
/// Titles of fewer characters are not broken.
const FEWEST_IN_TWO: usize = 9;

/// A place for each flag (sorted by `x`), or `None` where there is no room: then it is left out and counted.
pub fn place(flags: &[Flag], staff: &Staff, label_px: f32) -> Vec<Option<Placed>> {
    let mut kept: Vec<usize> = (0..flags.len()).collect();
    let mut best: Option<(usize, Vec<Option<Placed>>)> = None;
    // Flags without a place, or with a title torn apart, must not keep others from theirs.
    for _ in 0..3 {
        let tried: Vec<Flag> = kept.iter().filter_map(|&idx| flags.get(idx).cloned()).collect();
        let mut placed = vec![None; flags.len()];
        for (idx, one) in kept.iter().zip(first_places(&tried, staff, label_px)) {
            placed[*idx] = one;
        }
        let n_kept = kept.len();
        kept.retain(|&idx| placed.get(idx).is_some_and(Option::is_some));
        let n_lost = flags.len() - kept.len();
        let torn = kept.iter().copied().max_by_key(|&idx| placed[idx].as_ref().map_or(0, |one| one.n_cut));
        let is_torn = |idx: &usize| placed[*idx].as_ref().is_some_and(|one| torn_cost(one) > LOST_COST);
        if let Some(torn) = torn.filter(is_torn).filter(|_| n_lost < n_dispensable(flags.len())) {
            kept.retain(|&idx| idx != torn);
        }
        let cost = cost(&placed);
        if best.as_ref().is_none_or(|(lowest, _)| cost < *lowest) {
            best = Some((cost, placed));
        }
        if kept.len() == n_kept || kept.is_empty() {
            break;
        }
    }
    best.map(|(_, placed)| placed).unwrap_or_default()
}

/// What a flag costs that is left out, where few are.
const LOST_COST: usize = 80;

/// How many flags may rather be left out than show torn titles.
const fn n_dispensable(n_flags: usize) -> usize {
    n_flags / 6
}

fn torn_cost(placed: &Placed) -> usize {
    if placed.n_cut > 0 { 40 + placed.n_cut * 10 } else { 0 }
}

fn first_places(flags: &[Flag], staff: &Staff, label_px: f32) -> Vec<Option<Placed>> {
    let mut best: Option<(usize, Vec<Option<Placed>>)> = None;
    // Each segment may lean either way; the natural way first, then one segment turned.
    let n_segments = flags.iter().map(|flag| flag.segment + 1).max().unwrap_or(0).min(6);
    let natural: u32 =
        (0..n_segments).filter(|&segment| crowds_right(flags, segment, staff)).map(|segment| 1 << segment).sum();
    let turns = std::iter::once(0).chain((0..n_segments).map(|segment| 1_u32 << segment));
    let ways = turns.flat_map(|turned| [staff.n_rows, 5, 3, 1].map(|patience| (turned, patience)));
    for (turned, patience) in ways {
        let placed = place_leaning(flags, staff, (natural ^ turned, patience), label_px);
        let cost = cost(&placed) + turned.count_ones() as usize * 2;
        if best.as_ref().is_none_or(|(lowest, _)| cost < *lowest) {
            best = Some((cost, placed));
        }
        if cost == 0 {
            break;
        }
    }
    let placed = best.map(|(_, placed)| placed).unwrap_or_default();
    searched(flags, staff, natural, placed, label_px)
}

/// What is lost: flags, words of titles, the calm of titles on one line. A torn title is worse than one of six events
/// left out (they are counted in the note); more than that must not be left out for the sake of titles.
pub fn cost(placed: &[Option<Placed>]) -> usize {
    let n_torn: usize = placed.iter().flatten().map(torn_cost).sum();
    let n_lost = placed.iter().filter(|placed| placed.is_none()).count();
    let n_cheap = n_lost.min(n_dispensable(placed.len()));
    let n_double = placed.iter().flatten().filter(|placed| placed.title.len() > 1).count();
    (n_lost - n_cheap) * 1000 + n_cheap * LOST_COST + n_torn + n_double * 4
}

/// Whether every flag has its place and its whole title.
pub fn is_whole(placed: &[Option<Placed>]) -> bool {
    placed.iter().all(|one| one.as_ref().is_some_and(|one| one.n_cut == 0))
}

/// Looks for places that lose less: one flag is put earlier, or on its other side, and what is no worse is kept. The
/// same flags always give the same places.
fn searched(
    flags: &[Flag],
    staff: &Staff,
    natural: u32,
    placed: Vec<Option<Placed>>,
    label_px: f32,
) -> Vec<Option<Placed>> {
    if flags.len() < 2 || is_whole(&placed) {
        return placed;
    }
    let leans_left = |idx: usize| flags.get(idx).is_some_and(|flag| natural >> flag.segment.min(31) & 1 == 1);
    let natural: Vec<(usize, Side)> =
        (0..flags.len()).map(|idx| (idx, if leans_left(idx) { Side::Left } else { Side::Right })).collect();
    let mut order = natural.clone();
    let mut best = (cost(&placed), placed);
    let mut lowest = usize::MAX;
    // Two stairs that rise to both ends: the flags from one on point left, those before it right. Either may be first.
    let stairs = |at: usize| -> [Vec<(usize, Side)>; 2] {
        let left = (at..flags.len()).map(|idx| (idx, Side::Left));
        let right = (0..at).rev().map(|idx| (idx, Side::Right));
        [left.clone().chain(right.clone()).collect(), right.chain(left).collect()]
    };
    let mut from_stairs = (usize::MAX, natural);
    for stairs in (0..=flags.len()).flat_map(stairs) {
        let placed = place_in_order(flags, staff, &stairs, true, label_px);
        let cost = cost(&placed);
        if cost < from_stairs.0 {
            from_stairs = (cost, stairs);
        }
        if cost < best.0 {
            best = (cost, placed);
        }
    }
    if is_whole(&best.1) {
        return best.1;
    }
    let mut state = 1_u64;
    let mut random = move |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n.max(1)
    };
    for nth in 0..staff.n_tries {
        // First any way to show a title, then whole ones alone.
        let is_strict = nth >= staff.n_tries / 2;
        if nth == staff.n_tries / 2 {
            (order, lowest) = (from_stairs.1.clone(), usize::MAX);
        }
        let mut tried = order.clone();
        let (from, to) = (random(tried.len()), random(tried.len()));
        let mut moved = tried.remove(from);
        if random(3) == 0 {
            moved.1 = moved.1.other();
        }
        tried.insert(to, moved);
        let placed = place_in_order(flags, staff, &tried, is_strict, label_px);
        let cost = cost(&placed);
        if cost <= lowest {
            (order, lowest) = (tried, cost);
        }
        if cost < best.0 {
            best = (cost, placed);
            if is_whole(&best.1) {
                break;
            }
        }
    }
    best.1
}

/// One try: each flag in turn takes the lowest row that is free on its side or the other. Leaders of flags still to
/// come are no hindrance: they find a row below what stands over them.
fn place_in_order(
    flags: &[Flag],
    staff: &Staff,
    order: &[(usize, Side)],
    is_strict: bool,
    label_px: f32,
) -> Vec<Option<Placed>> {
    let mut out: Vec<Option<Placed>> = vec![None; flags.len()];
    let mut taken: Vec<Taken> = Vec::new();
    for (nth, &(idx, side)) in order.iter().enumerate() {
        let Some(flag) = flags.get(idx) else { continue };
        let spot_of = |way: &Way, side: Side| {
            let size = (way.width.max(flag.date_width), way.lines.len());
            spot(flag.x, size, [side, side], (staff, staff.n_rows), &taken, &[], label_px)
        };
        // Words over a leader that is still to come leave it only the rows below.
        let n_crossed = |words: &Bounds| {
            let waiting = order.iter().skip(nth + 1).filter_map(|(idx, _)| flags.get(*idx));
            waiting.filter(|flag| (words.left - AIR_PX..words.right + AIR_PX).contains(&flag.x)).count()
        };
        // Two lines low down rather than one far up.
        let whole = flag.ways.iter().filter(|way| way.n_cut == 0);
        let whole = whole.flat_map(|way| [side, side.other()].map(|side| (way, side)));
        let whole = whole.filter_map(|(way, side)| Some((way, spot_of(way, side)?)));
        let worth = |(way, (to, row, words)): &(&Way, (Side, usize, Bounds))| {
            row + 2 * way.lines.len() + usize::from(*to != side) + 6 * n_crossed(words)
        };
        let found = whole.min_by_key(worth).or_else(|| {
            let mut torn = flag.ways.iter().filter(|way| !is_strict && way.n_cut > 0);
            torn.find_map(|way| Some((way, spot_of(way, side).or_else(|| spot_of(way, side.other()))?)))
        });
        let Some((way, (side, row, words))) = found else { continue };
        taken.push(Taken { x: flag.x, words });
        out[idx] = Some(flag.placed(way, side, staff.lowest - staff.row_px * row as f32));
    }
    out
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
            // As much of the title as fits near, on one line or on two; else anywhere.
            let near = flag.ways.iter().map(|way| (way, patience));
            let anywhere = flag.ways.iter().map(|way| (way, staff.n_rows));
            let found = near.chain(anywhere).find_map(|(way, n_rows)| {
                let size = (way.width.max(flag.date_width), way.lines.len());
                Some((way, spot(flag.x, size, sides, (staff, n_rows), &taken, &others, label_px)?))
            });
            let Some((way, (side, row, words))) = found else { continue };
            taken.push(Taken { x: flag.x, words });
            out[idx] = Some(flag.placed(way, side, staff.lowest - staff.row_px * row as f32));
        }
    }
    out
}

/// The title on so many lines, the longer of two as short as it can be; `None` where that is no way to show it.
fn title_lines(title: &str, n_lines: usize, title_width: &dyn Fn(&str) -> f32) -> Option<Vec<String>> {
    if n_lines == 1 {
        return Some(vec![title.to_owned()]);
    }
    if title.chars().count() < FEWEST_IN_TWO {
        return None;
    }
    let full = title_width(title);
    let ways = [0.52, 0.56, 0.6, 0.66, 0.72];
    ways.into_iter().map(|share| lines(title, full * share, title_width)).find(|rows| rows.len() == 2)
}

/// The lowest free row, of the first `n_rows`, for words of a width at a leader. `others` are the leaders still to come, which will rise
/// from the axis through every row below theirs.
fn spot(
    x: f32,
    (width, n_lines): (f32, usize),
    sides: [Side; 2],
    (staff, n_rows): (&Staff, usize),
    taken: &[Taken],
    others: &[f32],
    label_px: f32,
) -> Option<(Side, usize, Bounds)> {
    let gap = label_px * 0.52;
    let span = |side: Side| match side {
        Side::Left => (x - gap - width, x - gap),
        Side::Right => (x + gap, x + gap + width),
    };
    let sides: Vec<Side> = sides
        .into_iter()
        .filter(|side| span(*side).0 >= staff.room.left && span(*side).1 <= staff.room.right)
        .collect();
    for row in 0..n_rows.min(staff.n_rows) {
        let baseline = staff.lowest - staff.row_px * row as f32;
        for &side in &sides {
            let (left, right) = span(side);
            let words = Bounds {
                left,
                top: baseline - label_px * (1.95 + TITLE_LEADING * (n_lines as f32 - 1.0)),
                right,
                bottom: baseline + label_px * 0.2,
            };
            let aired = words.grown(AIR_PX);
            let own_leader = Bounds { left: x - 1.0, top: words.top, right: x + 1.0, bottom: staff.room.bottom };
            let is_free = staff.room.holds(words)
                && !staff.blocked.iter().any(|block| block.meets(aired) || block.meets(own_leader))
                && !others.iter().any(|other| (aired.left..aired.right).contains(other))
                && !taken.iter().any(|other| {
                    let leader = Bounds {
                        left: other.x - 1.0,
                        top: other.words.top,
                        right: other.x + 1.0,
                        bottom: staff.room.bottom,
                    };
                    other.words.meets(aired) || leader.meets(aired) || other.words.grown(AIR_PX).meets(own_leader)
                });
            if is_free {
                return Some((side, row, words));
            }
        }
    }
    None
}
