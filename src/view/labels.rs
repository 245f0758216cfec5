//! Where an event's title stands: beside its glyph, never over another title or glyph, never across a tear.
//!
//! In each lane, by time: right of the glyph, left, centred below in the next row, then the same one row further
//! down, up to twelve; long titles are cut, to at least six characters. What finds no place is counted.
//!
//! ```text
//! row 0   ├●┤ 首届峰会        贸易额达948亿 ●
//! row 1   ● 第二行的事件          ▬▬▬▬▬▬
//! row 2                        夏季年会           below its bar
//! ```

/// Rows a lane has at most where others want the room below it, too.
pub const MAX_ROWS: usize = 12;
/// Blank between a glyph and its title, in pixels.
pub const GLYPH_GAP_PX: f32 = 8.0;
/// Blank between titles.
pub const LABEL_GAP_PX: f32 = 6.0;
/// A title is cut to no fewer characters than these.
pub const MIN_CHARS: usize = 6;

/// On which side of its glyph a title stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Behind it.
    Right,
    /// Before it.
    Left,
    /// In the next row.
    Below,
}

/// A glyph that wants a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish<'a> {
    /// What it covers, in pixels.
    pub glyph: (f32, f32),
    /// The dot (or known end) that a title below is centred on.
    pub anchor: f32,
    /// The part in view of its segment: where its title may stand.
    pub room: (f32, f32),
    /// Its whole segment, also out of view: a title that has its place may leave the view, never the segment.
    pub segment: (f32, f32),
    /// Its title.
    pub title: &'a str,
    /// How significant it is: in a crowded lane the highest are seated first.
    pub rank: u8,
    /// Where it stood in the layout before.
    pub before: Option<Before>,
}

impl Wish<'_> {
    /// Whether it lies in view as a whole.
    fn is_steady(&self) -> bool {
        self.room.0 <= self.glyph.0 && self.glyph.1 <= self.room.1
    }
}

/// Where something stood in the layout before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// In this row, its title on this side.
    Seated(usize, Side),
    /// It found no place.
    LeftOver,
}

/// What has happened since the layout before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// The ground was moved: what has a place keeps it.
    Panned,
    /// Distances have changed: titles keep their side where they can.
    Zoomed,
}

/// A title in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The words, cut where they had to be.
    pub text: String,
    /// Left edge in pixels.
    pub left: f32,
    /// Right edge.
    pub right: f32,
    /// Its row; the glyph's own, or the next.
    pub row: usize,
    /// On which side it stands.
    pub side: Side,
}

/// A glyph in its row, with its title.
#[derive(Debug, Clone, PartialEq)]
pub struct Seat {
    /// Index among the wishes.
    pub idx: usize,
    /// Row of the glyph.
    pub row: usize,
    /// Its title.
    pub label: Label,
}

/// The rows of a lane while they fill.
#[derive(Debug, Default)]
pub struct Rows {
    taken: Vec<Vec<(f32, f32)>>,
    max: usize,
}

impl Rows {
    /// How many rows are in use.
    pub fn n_used(&self) -> usize {
        self.taken.len()
    }

    fn is_free(&self, row: usize, left: f32, right: f32) -> bool {
        let Some(taken) = self.taken.get(row) else { return true };
        // What is taken is apart, so only the last that begins before `right` can reach in.
        let next = taken.partition_point(|(from, _)| *from < right);
        next.checked_sub(1).and_then(|at| taken.get(at)).is_none_or(|(_, to)| left >= *to)
    }

    fn take(&mut self, row: usize, left: f32, right: f32) {
        if self.taken.len() <= row {
            self.taken.resize(row + 1, Vec::new());
        }
        if let Some(taken) = self.taken.get_mut(row) {
            let at = taken.partition_point(|(from, _)| *from < left);
            taken.insert(at, (left, right));
        }
    }
}

/// A lane with more wishes than these seats the most significant first, not the earliest.
const CROWDED: usize = 60;

/// Seats the wishes of one lane, which must be in order of time, in at most `max_rows`. Returns the seats, the indices of those that
/// found no place for a title, and the rows.
pub fn seat(
    wishes: &[Wish<'_>],
    motion: Motion,
    max_rows: usize,
    width: &dyn Fn(&str) -> f32,
) -> (Vec<Seat>, Vec<usize>, Rows) {
    let mut rows = Rows { max: max_rows, ..Rows::default() };
    let mut seats: Vec<Seat> = Vec::with_capacity(wishes.len());
    let mut left_over = Vec::new();
    let mut waiting: Vec<usize> = Vec::with_capacity(wishes.len());
    // What reaches over the edge shows its dot in view, so it moves against the ground: it gives way to the others.
    let (steady, sliding): (Vec<_>, Vec<_>) = wishes.iter().enumerate().partition(|(_, wish)| wish.is_steady());
    for (idx, wish) in steady.into_iter().chain(sliding) {
        match (motion, wish.before) {
            (Motion::Panned, Some(Before::LeftOver)) => left_over.push(idx),
            (Motion::Panned, Some(Before::Seated(row, side))) => match stay(wish, &rows, row, side, width) {
                Some(label) => {
                    rows.take(row, wish.glyph.0, wish.glyph.1);
                    rows.take(label.row, label.left, label.right);
                    seats.push(Seat { idx, row, label });
                }
                None => waiting.push(idx),
            },
            _ => waiting.push(idx),
        }
    }
    waiting.sort_unstable();
    if wishes.len() > CROWDED {
        waiting.sort_by_key(|idx| (std::cmp::Reverse(wishes.get(*idx).map_or(0, |wish| wish.rank)), *idx));
    }
    for idx in waiting {
        let Some(wish) = wishes.get(idx) else { continue };
        let full = width(wish.title);
        let found = (0..max_rows).find_map(|row| {
            let glyph_is_free = rows.is_free(row, wish.glyph.0 - LABEL_GAP_PX, wish.glyph.1 + LABEL_GAP_PX);
            let label = glyph_is_free.then(|| place(wish, &rows, row, full, width))??;
            Some((row, label))
        });
        match found {
            Some((row, label)) => {
                rows.take(row, wish.glyph.0, wish.glyph.1);
                rows.take(label.row, label.left, label.right);
                seats.push(Seat { idx, row, label });
            }
            None => left_over.push(idx),
        }
    }
    seats.sort_by_key(|seat| seat.idx);
    left_over.sort_unstable();
    (seats, left_over, rows)
}

/// The place it had, where that is still free; only the ends of the segment hold it back, not those of the view, but for
/// what goes on through it.
fn stay(wish: &Wish<'_>, rows: &Rows, row: usize, side: Side, width: &dyn Fn(&str) -> f32) -> Option<Label> {
    if !rows.is_free(row, wish.glyph.0 - LABEL_GAP_PX, wish.glyph.1 + LABEL_GAP_PX) {
        return None;
    }
    let full = width(wish.title);
    // Below a bar that goes on out of view the title stays in view, for the bar does.
    let in_view = wish.glyph.1.min(wish.room.1) - wish.glyph.0.max(wish.room.0);
    let stays_below = side == Side::Below && !wish.is_steady() && in_view >= full;
    let roomy = if stays_below { *wish } else { Wish { room: wish.segment, ..*wish } };
    let room = match side {
        Side::Right => wish.segment.1 - wish.glyph.1 - GLYPH_GAP_PX,
        Side::Left => wish.glyph.0 - GLYPH_GAP_PX - wish.segment.0,
        Side::Below => wish.segment.1 - wish.segment.0,
    };
    let text = elide(wish.title, room.min(full), width)?;
    let width = if text.len() == wish.title.len() { full } else { width(&text) };
    let (label_row, left) = put(&roomy, rows, row, side, width)?;
    Some(Label { text, left, right: left + width, row: label_row, side })
}

/// A place for the title of a glyph that stands in `row`.
fn place(wish: &Wish<'_>, rows: &Rows, row: usize, full: f32, width: &dyn Fn(&str) -> f32) -> Option<Label> {
    let sides = match wish.before {
        Some(Before::Seated(_, Side::Left)) => [Side::Left, Side::Right, Side::Below],
        Some(Before::Seated(_, Side::Below)) => [Side::Below, Side::Right, Side::Left],
        _ => [Side::Right, Side::Left, Side::Below],
    };
    let whole = sides.into_iter().find_map(|side| put(wish, rows, row, side, full).map(|at| (at, side)));
    if let Some(((label_row, left), side)) = whole {
        return Some(Label { text: wish.title.to_owned(), left, right: left + full, row: label_row, side });
    }
    // Only a title that its segment can hardly hold is cut; others go to the next row.
    let room = wish.room.1 - wish.room.0;
    let right_room = wish.room.1 - wish.glyph.1 - GLYPH_GAP_PX;
    let left_room = wish.glyph.0 - GLYPH_GAP_PX - wish.room.0;
    if full <= right_room.max(left_room) && row + 1 < rows.max {
        return None;
    }
    let mut choices = [(Side::Right, right_room), (Side::Left, left_room), (Side::Below, room)];
    if choices[1].1 > choices[0].1 {
        choices.swap(0, 1);
    }
    let is_roomy = |side: Side, room: f32| side == Side::Below || room >= full * 0.6;
    choices.into_iter().filter(|(side, room)| is_roomy(*side, *room) || row + 1 == rows.max).find_map(|(side, room)| {
        let text = elide(wish.title, room.min(full), width)?;
        let cut = width(&text);
        let (label_row, left) = put(wish, rows, row, side, cut)?;
        Some(Label { text, left, right: left + cut, row: label_row, side })
    })
}

/// Row and left edge of a title of `width` on one side; `None` where that is taken or leaves the segment.
fn put(wish: &Wish<'_>, rows: &Rows, row: usize, side: Side, width: f32) -> Option<(usize, f32)> {
    let (row, left) = match side {
        Side::Right => (row, wish.glyph.1 + GLYPH_GAP_PX),
        Side::Left => (row, wish.glyph.0 - GLYPH_GAP_PX - width),
        Side::Below => {
            let centred = wish.anchor - width / 2.0;
            (row + 1, centred.clamp(wish.room.0, (wish.room.1 - width).max(wish.room.0)))
        }
    };
    let is_inside = left >= wish.room.0 - 0.01 && left + width <= wish.room.1 + 0.01;
    let is_free = rows.is_free(row, left - LABEL_GAP_PX, left + width + LABEL_GAP_PX);
    (row < rows.max && is_inside && is_free).then_some((row, left))
}

/// `text` cut to `room_px` with … behind; `None` where fewer than [`MIN_CHARS`] would be left.
pub fn elide(text: &str, room_px: f32, width: &dyn Fn(&str) -> f32) -> Option<String> {
    if width(text) <= room_px {
        return Some(text.to_owned());
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let cut = |n: usize| format!("{}…", text.get(..ends.get(n).copied().unwrap_or(text.len())).unwrap_or_default());
    let (mut low, mut high) = (0, ends.len());
    while low < high {
        let mid = (low + high).div_ceil(2);
        if width(&cut(mid)) <= room_px { low = mid } else { high = mid - 1 }
    }
    (low >= MIN_CHARS).then(|| cut(low))
}

/// Over how much the words of a title fade that goes on out of view.
const FADE_PX: f32 = 30.0;

/// Where a title from `left` to `right` goes over the edges of the view: from the edge, where nothing is left of it, to
/// where it is whole.
pub fn faded_ends((left, right): (f32, f32), view: (f32, f32)) -> impl Iterator<Item = (f32, f32)> {
    let at_left = (left < view.0 - 1.0 && right > view.0).then_some((view.0, view.0 + FADE_PX));
    let at_right = (right > view.1 + 1.0 && left < view.1).then_some((view.1, view.1 - FADE_PX));
    at_left.into_iter().chain(at_right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn measure(text: &str) -> f32 {
        text.chars().map(|c| if c.is_ascii() { 6.5 } else { 12.0 }).sum()
    }

    fn wish(x: f32, title: &str) -> Wish<'_> {
        Wish {
            glyph: (x - 4.0, x + 4.0),
            anchor: x,
            room: (0.0, 300.0),
            segment: (0.0, 300.0),
            title,
            rank: 0,
            before: None,
        }
    }

    #[test]
    fn sides_are_tried_in_order() {
        let (seats, left, _) = seat(
            &[wish(20.0, "首届峰会"), wish(290.0, "第二届峰会"), wish(290.0, "同一天的会")],
            Motion::Zoomed,
            MAX_ROWS,
            &measure,
        );
        assert!(left.is_empty());
        let said: Vec<(Side, usize)> = seats.iter().map(|seat| (seat.label.side, seat.row)).collect();
        assert_eq!(said, [(Side::Right, 0), (Side::Left, 0), (Side::Left, 1)]);
    }

    #[test]
    fn more_rows_seat_more() {
        let wishes = vec![wish(150.0, "同一天的事"); 20];
        for (max_rows, n_left) in [(MAX_ROWS, 8), (16, 4), (20, 0)] {
            assert_eq!(seat(&wishes, Motion::Zoomed, max_rows, &measure).1.len(), n_left, "in {max_rows} rows");
        }
    }

    #[test]
    fn long_titles_go_below_and_are_cut_last() {
        let long = "一段很长很长的标题放不到左边也放不到右边只好放在下面";
        let narrow = Wish { room: (0.0, 200.0), ..wish(100.0, long) };
        let (seats, ..) = seat(&[narrow], Motion::Zoomed, MAX_ROWS, &measure);
        assert_eq!(seats[0].label.side, Side::Below);
        assert!(seats[0].label.text.ends_with('…') && seats[0].label.text.chars().count() > MIN_CHARS);
        assert_eq!(elide("八个字的标题在这里", 40.0, &measure), None);
    }

    #[test]
    fn the_title_of_what_goes_on_out_of_view_stays_in_view() {
        let bar = |shift: f32| Wish {
            glyph: (-400.0 + shift, 300.0 + shift),
            anchor: 300.0 + shift,
            room: (0.0, 300.0),
            segment: (-2000.0, 2000.0),
            title: "自那时以来一直有人在此居住",
            rank: 1,
            before: Some(Before::Seated(0, Side::Below)),
        };
        for step in 0..30_u8 {
            let (seats, ..) = seat(&[bar(f32::from(step) * 13.0)], Motion::Panned, MAX_ROWS, &|text| {
                text.chars().count() as f32 * 12.0
            });
            let label = &seats[0].label;
            assert!(label.left >= 0.0 && label.right <= 300.0, "{step}: {label:?}");
        }
        // A title beside its glyph goes out of view with it.
        let dot =
            Wish { glyph: (290.0, 298.0), anchor: 294.0, before: Some(Before::Seated(0, Side::Right)), ..bar(0.0) };
        let (seats, ..) = seat(&[dot], Motion::Panned, MAX_ROWS, &|text| text.chars().count() as f32 * 12.0);
        assert!(seats[0].label.right > 300.0);
    }

    #[test]
    fn a_title_that_goes_out_of_view_fades_at_the_edge() {
        let ends = |left, right| faded_ends((left, right), (100.0, 500.0)).collect::<Vec<_>>();
        assert_eq!(ends(120.0, 300.0), []);
        assert_eq!(ends(60.0, 180.0), [(100.0, 130.0)]);
        assert_eq!(ends(450.0, 540.0), [(500.0, 470.0)]);
        assert_eq!(ends(10.0, 90.0), []);
    }

    proptest! {
        #[test]
        fn nothing_overlaps(
            events in prop::collection::vec((0.0..800.0_f32, 0.0..60.0_f32, 1_usize..30), 1..120),
        ) {
            let titles: Vec<String> = events.iter().map(|(_, _, n)| "事".repeat(*n)).collect();
            let mut wishes: Vec<Wish<'_>> = events.iter().zip(&titles).map(|((x, length, _), title)| {
                let room = if *x < 380.0 { (0.0, 390.0) } else { (440.0_f32.min(x - 5.0), 860.0) };
                Wish { glyph: (x - 4.0, (x + 4.0 + length).min(room.1)), anchor: *x, room, segment: room, title, rank: (title.len() % 7) as u8, before: None }
            }).collect();
            wishes.sort_by(|a, b| a.anchor.total_cmp(&b.anchor));
            let (seats, left, _) = seat(&wishes, Motion::Zoomed, MAX_ROWS, &measure);
            prop_assert_eq!(seats.len() + left.len(), wishes.len());
            let mut boxes: Vec<(usize, f32, f32, f32)> = Vec::new();
            for seat in &seats {
                let glyph = wishes[seat.idx].glyph;
                prop_assert!(seat.row < MAX_ROWS && seat.label.row < MAX_ROWS);
                boxes.push((seat.row, glyph.0, glyph.1, 0.0));
                boxes.push((seat.label.row, seat.label.left, seat.label.right, LABEL_GAP_PX));
                let room = wishes[seat.idx].room;
                prop_assert!(seat.label.left >= room.0 - 0.1 && seat.label.right <= room.1 + 0.1);
            }
            for (idx, a) in boxes.iter().enumerate() {
                for b in boxes.iter().skip(idx + 1) {
                    let apart = a.0 != b.0 || a.1 >= b.2 - 0.01 || b.1 >= a.2 - 0.01;
                    prop_assert!(apart, "{a:?} over {b:?}");
                }
            }
            // A pixel to the right, everything stands where it stood (but for what meets the edge of its room, which
            // is why that moves along).
            let moved: Vec<Wish<'_>> = wishes.iter().enumerate().map(|(idx, wish)| {
                let before = seats.iter().find(|seat| seat.idx == idx);
                let before = before.map_or(Before::LeftOver, |seat| Before::Seated(seat.row, seat.label.side));
                let segment = (wish.segment.0 + 1.0, wish.segment.1 + 1.0);
                let room = (wish.room.0 + 1.0, wish.room.1 + 1.0);
                Wish { glyph: (wish.glyph.0 + 1.0, wish.glyph.1 + 1.0), anchor: wish.anchor + 1.0, segment, room,
                       before: Some(before), ..*wish }
            }).collect();
            let (after, left_after, _) = seat(&moved, Motion::Panned, MAX_ROWS, &measure);
            prop_assert_eq!(left, left_after);
            let places = |seats: &[Seat]| -> Vec<(usize, usize, Side)> {
                seats.iter().map(|seat| (seat.idx, seat.row, seat.label.side)).collect()
            };
            prop_assert_eq!(places(&seats), places(&after));
        }
    }
}
