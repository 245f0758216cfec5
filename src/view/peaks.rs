//! Which events of a lane of density are named: in each stretch of the calendar the most significant one.

use super::{
    bins::Step,
    lanes_layout::{LaneLayout, LanesLayout, Peak, Request},
    timeline::Item,
};

/// So many events are named at most, in all lanes together.
const MAX_PEAKS: usize = 60;
/// A stretch of which one event is named is at least so wide.
const SLOT_PX: f64 = 96.0;
/// A title is cut to this width, so that many find room …
const MAX_LABEL_PX: f32 = 134.0;
/// … and may be so wide in the end, where its neighbours leave it.
const WIDEST_LABEL_PX: f32 = 300.0;
/// From the dot to the title.
const GAP_PX: f32 = 7.0;
/// A lower lane names nothing.
const MIN_LANE_PX: f32 = 40.0;

/// Chooses and places the names of all lanes of density.
pub fn name_peaks(request: &Request<'_>, layout: &mut LanesLayout) {
    let n_dense = layout.lanes.iter().filter(|lane| lane.is_dense && lane.height_px > MIN_LANE_PX).count();
    let Some(each) = MAX_PEAKS.checked_div(n_dense) else { return };
    for lane in layout.lanes.iter_mut().filter(|lane| lane.is_dense && lane.height_px > MIN_LANE_PX) {
        lane.peaks = peaks(request, lane, each.max(2));
    }
}

fn peaks(request: &Request<'_>, layout: &LaneLayout, max: usize) -> Vec<Peak> {
    let timeline = request.timeline;
    let Some(lane) = timeline.lanes.get(layout.lane) else { return Vec::new() };
    let mut candidates: Vec<(Item, f32, (f32, f32))> = Vec::new();
    for piece in request.scale.pieces() {
        let step = Step::at_least(SLOT_PX, piece.px_per_sec(), request.week);
        for pair in step.edges(piece.start, piece.end).windows(2) {
            let [start, end] = *pair else { continue };
            let Some(item) = timeline.most_significant(lane, start, end) else { continue };
            let middle = item.when.middle();
            if piece.start <= middle && middle <= piece.end {
                let room = (piece.left_px as f32, piece.right_px as f32);
                candidates.push((item, piece.px_from_time(middle) as f32, room));
            }
        }
    }
    candidates.sort_by_key(|(item, ..)| (std::cmp::Reverse(item.rank), item.row));
    let mut found: Vec<Peak> = Vec::new();
    let mut rooms: Vec<(f32, (f32, f32))> = Vec::new();
    let is_free = |found: &[Peak], left: f32, right: f32| {
        found.iter().all(|peak| right < peak.left.min(peak.x - 4.0) - 8.0 || left > peak.right.max(peak.x + 4.0) + 8.0)
    };
    for (item, x, room) in candidates {
        if found.len() >= max {
            break;
        }
        let title = (request.title)(&item);
        let Some(text) = super::labels::elide(&title, MAX_LABEL_PX, request.width) else { continue };
        let width = (request.width)(&text);
        let sides = [(x + GAP_PX, x + GAP_PX + width), (x - GAP_PX - width, x - GAP_PX)];
        let fits = |(left, right): &(f32, f32)| {
            *left >= room.0 && *right <= room.1 && is_free(&found, left.min(x - 4.0), right.max(x + 4.0))
        };
        if let Some((left, right)) = sides.into_iter().find(fits) {
            found.push(Peak { item, x, left, right, text });
            rooms.push((x, room));
        }
    }
    found.sort_by(|a, b| a.x.total_cmp(&b.x));
    rooms.sort_by(|a, b| a.0.total_cmp(&b.0));
    widen(request, &mut found, &rooms);
    found
}

/// Titles that were cut get the room that is left up to the next one. `rooms` holds the stretch each must stay in.
fn widen(request: &Request<'_>, peaks: &mut [Peak], rooms: &[(f32, (f32, f32))]) {
    for idx in 0..peaks.len() {
        let before = idx.checked_sub(1).and_then(|before| peaks.get(before)).map(|peak| peak.right.max(peak.x + 4.0));
        let after = peaks.get(idx + 1).map(|peak| peak.left.min(peak.x - 4.0));
        let (Some(&(_, room)), Some(peak)) = (rooms.get(idx), peaks.get_mut(idx)) else { continue };
        let is_right = peak.left > peak.x;
        let widest = if is_right {
            after.map_or(room.1, |after| room.1.min(after - 8.0)) - peak.left
        } else {
            peak.right - before.map_or(room.0, |before| room.0.max(before + 8.0))
        };
        let title = (request.title)(&peak.item);
        let Some(text) = super::labels::elide(&title, widest.min(WIDEST_LABEL_PX), request.width) else { continue };
        let width = (request.width)(&text);
        if width > peak.right - peak.left {
            if is_right {
                peak.right = peak.left + width;
            } else {
                peak.left = peak.right - width;
            }
            peak.text = text;
        }
    }
}
