//! Finds a place for a point's label where it covers nothing.

use super::figure_frame::Bounds;

/// What labels must not cover, and the room they must stay in.
#[derive(Debug, Clone)]
pub struct Obstacles {
    room: Bounds,
    blocks: Vec<Bounds>,
    lines: Vec<[[f32; 2]; 2]>,
    faint_lines: Vec<[[f32; 2]; 2]>,
}

impl Obstacles {
    /// Nothing but the edges of the room.
    pub const fn new(room: Bounds) -> Self {
        Self { room, blocks: Vec::new(), lines: Vec::new(), faint_lines: Vec::new() }
    }

    /// Something that must not be covered.
    pub fn add(&mut self, block: Bounds) {
        self.blocks.push(block);
    }

    /// A line that must not be covered.
    pub fn add_line(&mut self, from: [f32; 2], to: [f32; 2]) {
        self.lines.push([from, to]);
    }

    /// A line that had better not be covered: a grid line.
    pub fn add_faint_line(&mut self, from: [f32; 2], to: [f32; 2]) {
        self.faint_lines.push([from, to]);
    }

    /// What it costs to put something there; `None` where it would cover something or leave the room.
    pub fn cost(&self, bounds: Bounds) -> Option<f32> {
        let free = self.room.holds(bounds)
            && !self.blocks.iter().any(|block| block.meets(bounds))
            && !self.lines.iter().any(|[from, to]| bounds.meets_line(*from, *to));
        let crossed = self.faint_lines.iter().filter(|[from, to]| bounds.meets_line(*from, *to)).count();
        free.then_some(crossed as f32 * 6.0)
    }
}

/// A label in its place: the value in bold and the time beside it (or below).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Left end of the value's baseline.
    pub value_at: [f32; 2],
    /// Left end of the time's baseline.
    pub time_at: [f32; 2],
    /// Around both.
    pub bounds: Bounds,
    /// A line from the point to the label, where it stands far off.
    pub leader: Option<[[f32; 2]; 2]>,
}

/// The cheapest free place for a label of the given widths (value, time) near the point at `at`; `None` where
/// there is none: then the label is left out rather than squeezed.
pub fn place(
    at: [f32; 2],
    [value_width, time_width]: [f32; 2],
    value_px: f32,
    time_px: f32,
    obstacles: &Obstacles,
) -> Option<Placed> {
    let gap = value_px * 0.55;
    let total = value_width + gap + time_width;
    let middle = value_px * 0.36;
    // (left end of the label, baseline, whether the time comes first, cost)
    let mut candidates: Vec<(f32, f32, bool, f32)> = vec![
        (at[0] - total - value_px, at[1] + middle * 0.5, true, 0.0),
        (at[0] + value_px, at[1] + middle, false, 1.0),
        (at[0] - total + value_px * 0.5, at[1] - value_px * 0.95, true, 2.0),
        (at[0] - value_px * 0.5, at[1] - value_px * 0.95, false, 3.0),
        (at[0] - total / 2.0, at[1] - value_px * 0.95, true, 3.0),
        (at[0] - total / 2.0, at[1] + value_px * 1.7, true, 4.0),
        (at[0] - total + value_px * 0.5, at[1] + value_px * 1.7, true, 5.0),
        (at[0] - value_px * 0.5, at[1] + value_px * 1.7, false, 5.0),
    ];
    for step in 1..=30u8 {
        let away = f32::from(step) * value_px * 0.35;
        let cost = 6.0 + f32::from(step) * 0.5;
        for lift in [0.0, 0.55, 1.1] {
            let up = at[1] + middle - value_px * lift;
            candidates.push((at[0] + value_px + away, up, false, cost + lift));
            candidates.push((at[0] - total - value_px - away, up, true, cost + lift));
        }
        if step <= 12 {
            let rise = value_px * 0.95 + away;
            candidates.push((at[0] - total / 2.0, at[1] - rise, true, cost + 7.0));
            candidates.push((at[0] - total / 2.0, at[1] + rise + value_px * 0.75, true, cost + 8.0));
            candidates.push((at[0] - value_px * 0.5, at[1] - rise, false, cost + 5.0));
            candidates.push((at[0] - total + value_px * 0.5, at[1] - rise, true, cost + 5.0));
        }
    }
    let mut best: Option<(f32, Placed)> = None;
    for (left, baseline, time_first, cost) in candidates {
        let bounds = Bounds::of_text([left, baseline], total, value_px);
        let Some(cost) = obstacles.cost(bounds.grown(1.0)).map(|crossed| crossed + cost) else { continue };
        if best.as_ref().is_none_or(|(lowest, _)| cost < *lowest) {
            let leader = leader(at, bounds, time_px).or_else(|| aside(at, bounds, time_px, obstacles));
            // Nobody would know whose label it is.
            if leader.is_none() && distance(at, bounds) > time_px * FARTHEST {
                continue;
            }
            let (value_left, time_left) =
                if time_first { (left + time_width + gap, left) } else { (left, left + value_width + gap) };
            let placed = Placed { value_at: [value_left, baseline], time_at: [time_left, baseline], bounds, leader };
            best = Some((cost, placed));
        }
    }
    best.map(|(_, placed)| placed)
}

/// A label without a leader stands no farther from its point than this, in sizes of its words.
const FARTHEST: f32 = 7.5;

fn distance(at: [f32; 2], bounds: Bounds) -> f32 {
    let x = (bounds.left - at[0]).max(at[0] - bounds.right).max(0.0);
    let y = (bounds.top - at[1]).max(at[1] - bounds.bottom).max(0.0);
    x.hypot(y)
}

/// A level line to a label that stands so far beside its point that one would not find the point; none where it would
/// run through something.
fn aside(at: [f32; 2], bounds: Bounds, time_px: f32, obstacles: &Obstacles) -> Option<[[f32; 2]; 2]> {
    let y = f32::midpoint(bounds.top, bounds.bottom);
    let (from, to) = if bounds.right < at[0] {
        ([at[0] - time_px * 0.9, at[1]], [bounds.right + time_px * 0.4, y])
    } else {
        ([at[0] + time_px * 0.9, at[1]], [bounds.left - time_px * 0.4, y])
    };
    let is_far = (to[0] - from[0]).abs() > time_px * 2.2 && (bounds.right < at[0] || bounds.left > at[0]);
    let is_free = !obstacles.lines.iter().any(|line| crosses([from, to], *line));
    let meets = |block: &Bounds| block.meets_line(from, to);
    (is_far && is_free && !obstacles.blocks.iter().any(meets)).then_some([from, to])
}

/// Whether two stretches of lines cross.
fn crosses([a, b]: [[f32; 2]; 2], [c, d]: [[f32; 2]; 2]) -> bool {
    let side = |p: [f32; 2], q: [f32; 2], r: [f32; 2]| (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// A line to a label that stands so far above or below its point that one would not find the point.
fn leader(at: [f32; 2], bounds: Bounds, time_px: f32) -> Option<[[f32; 2]; 2]> {
    let x = at[0].clamp(bounds.left, bounds.right);
    let (near, edge) = if bounds.bottom < at[1] { (-7.0, bounds.bottom + 2.0) } else { (7.0, bounds.top - 2.0) };
    let distance = (edge - at[1]).abs();
    (x == at[0] && distance > time_px * 2.2).then_some([[at[0], at[1] + near], [x, edge]])
}
