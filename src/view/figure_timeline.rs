//! The figure of a timeline: one axis with its tears, and a flag for each event.
//!
//! ```text
//!                     2024年9月 │            flags rise towards where events crowd,
//!             警务部长首次会晤 │ │            so that no leader crosses a title
//!   约1992年                2023年│ │
//! │ 建交之初         首届峰会 │ │ │
//! ┴───────/ /────────────────┴─┴─┴───      a tear is two slashes
//! 前150        1990   2000   2010           ticks, each segment its own
//!   一格 50 年  略 2066年   一格 1 年        and its scale in words
//! ```
//!
//! Upright figures (squares) are laid out by [`super::figure_rail`].

use super::{
    figure_frame::{Bounds, Face, Figure, FigureStyle, Ink, Item, Measure, Part, frame},
    figure_input::TimelineInput,
    figure_rail,
    figure_series::{alt_of, on_one_line},
    figure_told::{Told, date_px, key_glyphs, length},
    flag_place::{Flag, Placed, Side, Staff, TITLE_LEADING, cost, is_whole, place},
    fold,
    segment_ticks::{SegmentTicks, one_year, segment_ticks},
    time_glyph::TimeGlyph,
    time_scale::{Axis, Piece, TEAR_PX, TimeScale},
    timeline_words::{Dated, TimelineWords, shortened},
};
use crate::{
    desk::{Captions, Locale},
    edtf::Moment,
};
use chrono::Datelike as _;

/// Lays out the figure of a timeline. `captions` that are empty are written from the data.
pub fn timeline_figure(
    input: &TimelineInput<'_>,
    style: &FigureStyle,
    captions: &Captions,
    measure: &Measure<'_>,
) -> Figure {
    let mut said = chosen(input, style, measure);
    let axis = axis(&said.chosen, style);
    if !style.upright {
        said.chosen.iter_mut().for_each(|event| say_year(event, &axis));
    }
    let dated = said.chosen.clone();
    // An upright figure has no scales to speak of.
    said.n_segments = if style.upright { 1 } else { axis.segments().len() };
    // How many events find a place decides what the captions say, and the captions decide the room: two rounds.
    let mut parts = Vec::new();
    for _ in 0..2 {
        let full = said.captions(captions);
        let (frame_part, body) = frame(style, &full, measure);
        let told = if style.upright {
            figure_rail::rail(&dated, &axis, style, body, input.words, measure)
        } else {
            along(&dated, &axis, style, body, input.words, measure)
        };
        parts = std::iter::once(frame_part).chain(told.parts).collect();
        let settled = said.shown == told.shown && said.has_merged == told.has_merged;
        (said.shown, said.has_merged) = (told.shown, told.has_merged);
        if settled {
            break;
        }
    }
    let full = said.captions(captions);
    let other = |captions: &Captions| said.in_second().map(|other| other.alt_text(captions));
    let alt_text = alt_of(&full, &|captions| said.alt_text(captions), &other);
    Figure { size: style.size, parts, title: on_one_line(&full.title), captions: full, alt_text }
}

/// The events that are told. An upright figure has two columns where all their words are short enough.
fn chosen<'a>(input: &TimelineInput<'a>, style: &FigureStyle, measure: &Measure<'_>) -> TimelineWords<'a> {
    if style.upright {
        let more = TimelineWords::new(input, style.max_events * 2, false);
        if more.chosen.len() > style.max_events * 3 / 4 && figure_rail::fit_two_columns(&more.chosen, style, measure) {
            return more;
        }
    }
    TimelineWords::new(input, style.max_events, false)
}

/// The axis, folded where that leaves less of it empty.
fn axis(dated: &[Dated], style: &FigureStyle) -> Axis {
    let whens: Vec<_> = dated.iter().map(|event| event.when).collect();
    let width = f64::from(style.size[0] - 2.0 * style.margin);
    fold::axis(&whens, fold::cuts(&whens), width)
}

/// A date says its year where its segment is of several years, so that the axis does not say it.
fn say_year(event: &mut Dated, axis: &Axis) {
    let at = event.when.middle();
    let segment = axis.segments().iter().find(|segment| (segment.start..=segment.end).contains(&at));
    let own = Moment::from_seconds(at as i64).map(|moment| moment.0.year());
    if segment.is_none_or(|segment| own != one_year(segment.start, segment.end)) {
        event.words.date.clone_from(&event.words.year_date);
    }
}

/// Everything along a horizontal axis.
fn along(
    dated: &[Dated],
    axis: &Axis,
    style: &FigureStyle,
    body: Bounds,
    locale: &Locale,
    measure: &Measure<'_>,
) -> Told {
    let zoom = style.zoom();
    let (left, right) = (body.left + 8.0 * zoom, body.right - 4.0 * zoom);
    let scale = TimeScale::new(axis, None, f64::from(left), f64::from(right));
    // Below the axis: ticks, scales, and air.
    let axis_y = (body.bottom - (style.tick_px * 2.0 + 32.0 * zoom)).round() + 0.5;
    let axis_part = axis_part(dated, &scale, axis_y, style, locale, measure);
    let mut told = flags_along(dated, &scale, (axis_y, 51.0), style, body, locale, measure);
    told.parts.insert(0, axis_part);
    told
}

/// Key, flags, bars and glyphs above an axis. `lift` is how far above the axis the lowest title stands.
pub fn flags_along(
    dated: &[Dated],
    scale: &TimeScale,
    (axis_y, lift): (f32, f32),
    style: &FigureStyle,
    body: Bounds,
    locale: &Locale,
    measure: &Measure<'_>,
) -> Told {
    let zoom = style.zoom();
    let mut parts = Vec::new();
    let key_of = |is_shown: &dyn Fn(usize) -> bool| {
        key(dated, is_shown, style, body, locale, measure).filter(|(_, bounds)| bounds.bottom < axis_y - 20.0 * zoom)
    };
    let key_bounds = key_of(&|_| true).map(|(_, bounds)| bounds);
    let stands: Vec<Stand> = dated.iter().map(|event| Stand::new(event, scale)).collect();
    let (bar_part, is_bar) = labelled_bars(dated, &stands, axis_y, style, body, measure);
    let mut flagged: Vec<usize> = (0..dated.len()).filter(|&idx| is_bar.get(idx) == Some(&false)).collect();
    let anchor_x = |idx: usize| stands.get(idx).map_or(0.0, |stand| stand.anchor_x);
    flagged.sort_by(|a, b| anchor_x(*a).total_cmp(&anchor_x(*b)));
    let title_width = |text: &str| measure(text, Face::Sans, style.label_px);
    let flag = |&idx: &usize| {
        let (event, stand) = (dated.get(idx)?, stands.get(idx)?);
        let mut titles: Vec<String> = TITLE_CHARS.map(|n_max| shortened(&event.words.full_title, n_max)).into();
        titles.dedup();
        let segment = scale.piece_of(scale.time_from_px(f64::from(stand.anchor_x)));
        let date_width = measure(&event.words.date, Face::Bold, date_px(style));
        Some(Flag::new(stand.anchor_x, segment, date_width, &titles, &title_width))
    };
    let mut flags: Vec<Flag> = flagged.iter().filter_map(flag).collect();
    // Leaders a pixel or two apart would be one thick line.
    for idx in 1..flags.len() {
        if let Some([before, flag]) = flags.get_mut(idx - 1..=idx)
            && flag.x - before.x < CLOSEST_LEADERS_PX * zoom
        {
            flag.x = before.x;
        }
    }
    // Rows as far apart as the room allows; closer, and nearer to title and axis, where not all flags find one.
    let mut found: (usize, Vec<Option<Placed>>) = (usize::MAX, vec![None; flagged.len()]);
    for (closer, airy) in [(1.25, 1.0), (1.1, 1.0), (1.0, 1.0), (1.0, 0.55), (0.9, 0.55), (0.82, 0.4)] {
        let lift = (lift * airy).max(26.0) + if is_bar.contains(&true) { 8.0 } else { 0.0 };
        let lowest = axis_y - lift * zoom;
        let top = body.top + 18.0 * zoom * airy;
        let room = Bounds { left: style.margin, top, right: body.right, bottom: axis_y };
        // Half rows, so that titles of two lines waste no room.
        let row_px = (33.0 * zoom * closer / 2.0).round();
        let n_rows = ((lowest - top) / row_px).floor().max(0.0) as usize + 1;
        let staff = Staff {
            room,
            blocked: key_bounds.into_iter().collect(),
            lowest,
            row_px,
            n_rows,
            n_tries: if airy < 0.6 && closer != 0.9 { N_TRIES } else { 0 },
        };
        let tried = place(&flags, &staff, style.label_px);
        let cost = cost(&tried);
        if cost < found.0 {
            found = (cost, tried);
        }
        if is_whole(&found.1) {
            break;
        }
    }
    let mut placed: Vec<Option<Placed>> = vec![None; dated.len()];
    for (idx, flag) in flagged.iter().copied().zip(found.1) {
        if let Some(slot) = placed.get_mut(idx) {
            *slot = flag;
        }
    }
    // What found no place has no glyph either, so the key need not explain it.
    let is_shown = |idx: usize| is_bar.get(idx) == Some(&true) || placed.get(idx).is_some_and(Option::is_some);
    parts.extend(key_bounds.and_then(|_| key_of(&is_shown)).map(|(part, _)| part));
    parts.extend(flag_parts(dated, &placed, axis_y, style, &title_width, measure));
    let (glyphs, has_merged) = glyph_part(dated, &stands, &placed, axis_y, style);
    parts.push(glyphs);
    parts.extend(bar_part);
    Told { parts, shown: (0..dated.len()).filter(|idx| is_shown(*idx)).collect(), has_merged }
}

/// How many changes of the flags' places are tried where titles are lost.
const N_TRIES: usize = 200;

/// Leaders nearer than this are one.
const CLOSEST_LEADERS_PX: f32 = 3.0;

/// Titles on flags, in characters: the longest that is tried, and what it may be shortened to.
const TITLE_CHARS: [usize; 4] = [30, 22, 16, 12];

/// Bars above the axis are this much of a glyph's height: long as they are, they would outweigh the rest.
const BAR_SHARE: f32 = 0.6;

/// Where an event's glyph is drawn.
#[derive(Debug, Clone, Copy)]
struct Stand {
    x: [f32; 2],
    anchor_x: f32,
}

impl Stand {
    fn new(event: &Dated, scale: &TimeScale) -> Self {
        let edge = |secs: f64| {
            let inside = secs.clamp(scale.window().start, scale.window().end);
            scale.px_from_time(inside) as f32
        };
        let x = event.drawn_secs.map(edge);
        let anchor_x = match event.glyph {
            TimeGlyph::Ongoing | TimeGlyph::After => x[0],
            TimeGlyph::Until | TimeGlyph::Before => x[1],
            // What lasted is flagged where it began: its middle may lie in another segment.
            TimeGlyph::Lasting if x[1] - x[0] > 24.0 => x[0],
            _ => scale.px_from_time(event.when.middle()) as f32,
        };
        // What is open ends with its segment; what is drawn wider than its segment would run over the tear.
        let piece = scale.pieces().get(scale.piece_of(event.when.middle()));
        let x = match (event.glyph, piece) {
            (TimeGlyph::Lasting, _) | (_, None) => x,
            (TimeGlyph::Moment, _) => [anchor_x, anchor_x],
            (_, Some(piece)) => {
                let reach = 14.0;
                [x[0].max(piece.left_px as f32 - reach), x[1].min(piece.right_px as f32 + reach)]
            }
        };
        Self { x, anchor_x }
    }
}

/// The axis line with tears, ticks, and the words below.
fn axis_part(
    dated: &[Dated],
    scale: &TimeScale,
    y: f32,
    style: &FigureStyle,
    locale: &Locale,
    measure: &Measure<'_>,
) -> Part {
    let zoom = style.zoom();
    let mut items = Vec::new();
    let line = |points: Vec<[f32; 2]>, ink: Ink| Item::Line { points, width_px: style.hair_px(), ink };
    // The torn strip is mostly axis: only a narrow gap is left for the slashes.
    let overlap = (TEAR_PX as f32 - 12.0 * zoom).max(0.0) / 2.0;
    let n_pieces = scale.pieces().len();
    for (idx, piece) in scale.pieces().iter().enumerate() {
        let left = piece.left_px as f32 - if idx > 0 { overlap } else { 6.0 * zoom };
        let right = piece.right_px as f32 + if idx + 1 < n_pieces { overlap } else { 6.0 * zoom };
        items.push(line(vec![[left, y], [right, y]], Ink::Ink2));
    }
    let scale_y = y + 8.0 * zoom + style.tick_px * 2.5;
    let tick_width = |text: &str| measure(text, Face::Sans, style.tick_px);
    let text = |text: String, middle: f32, baseline: f32, ink: Ink| {
        let width = tick_width(&text);
        let left = (middle - width / 2.0).clamp(style.margin * 0.6, style.size[0] - style.margin * 0.6 - width);
        let bounds = Bounds::of_text([left, baseline], width, style.tick_px);
        (Item::Text { at: [left, baseline], text, face: Face::Sans, size_px: style.tick_px, ink }, bounds)
    };
    let mut taken: Vec<Bounds> = Vec::new();
    for tear in scale.tears() {
        let middle = (tear.left_px + tear.right_px) as f32 / 2.0;
        let half = (TEAR_PX as f32 / 2.0 - overlap).max(2.0);
        for x in [middle - half, middle + half] {
            items.push(Item::Line {
                points: vec![[x - 3.5 * zoom, y + 8.0 * zoom], [x + 3.5 * zoom, y - 8.0 * zoom]],
                width_px: 1.2 * zoom,
                ink: Ink::Ink2,
            });
        }
        let skipped = locale.fill("figure.skipped", &[&length(tear.end - tear.start, locale)]);
        let (item, bounds) = text(skipped, middle, scale_y, Ink::Ink3);
        taken.push(bounds.grown(6.0));
        items.push(item);
    }
    let mut last_right = f32::NEG_INFINITY;
    for piece in scale.pieces() {
        let SegmentTicks { minor, labels, step, year } =
            segment_ticks(piece, finest(dated, piece), style.tick_px, locale, &tick_width);
        for x in minor {
            items.push(line(vec![[x.round() + 0.5, y], [x.round() + 0.5, y + 4.0 * zoom]], Ink::Control));
        }
        let n_labels = labels.len();
        let mut has_label = false;
        for (idx, (x, label)) in labels.into_iter().enumerate() {
            items.push(line(vec![[x.round() + 0.5, y], [x.round() + 0.5, y + 6.0 * zoom]], Ink::Control));
            let baseline = y + 8.0 * zoom + style.tick_px;
            let (mut item, mut bounds) = text(label.clone(), x, baseline, Ink::Ink3);
            // A segment's only label moves aside rather than fall away.
            if bounds.left < last_right && !has_label && idx + 1 == n_labels {
                (item, bounds) = text(label, x + last_right - bounds.left, baseline, Ink::Ink3);
            }
            // Labels of one segment stand apart; across a tear the first of the next may reach over to it.
            if bounds.left >= last_right - 0.01 {
                has_label = true;
                last_right = bounds.right + 2.0 * zoom;
                items.push(item);
            }
        }
        let middle = (piece.left_px + piece.right_px) as f32 / 2.0;
        let said = std::iter::once(step).chain(year).map(|words| text(words, middle, scale_y, Ink::Ink3));
        let free = said.filter(|_| n_pieces > 1).find(|(_, bounds)| !taken.iter().any(|other| other.meets(*bounds)));
        if let Some((item, bounds)) = free {
            taken.push(bounds.grown(6.0));
            items.push(item);
        }
    }
    Part { id: "axis".to_owned(), title: String::new(), items }
}

/// The finest grain of the events within a piece, in seconds. What is open on one side is no reason for fine ticks:
/// it is told as a stretch.
fn finest(dated: &[Dated], piece: &Piece) -> f64 {
    let inside = dated.iter().filter(|event| (piece.start..=piece.end).contains(&event.when.middle()));
    let grain = |event: &Dated| match event.glyph {
        TimeGlyph::Ongoing | TimeGlyph::Until => event.when.precision_secs.max(365.0 * 86_400.0),
        _ => event.when.precision_secs,
    };
    inside.map(grain).fold(f64::INFINITY, f64::min)
}

/// What the glyphs mean, at the top left.
fn key(
    dated: &[Dated],
    is_shown: &dyn Fn(usize) -> bool,
    style: &FigureStyle,
    body: Bounds,
    locale: &Locale,
    measure: &Measure<'_>,
) -> Option<(Part, Bounds)> {
    let glyphs = key_glyphs(dated, is_shown);
    let zoom = style.zoom();
    let size_px = style.label_px * 0.94;
    let mut items = Vec::new();
    let mut bounds: Option<Bounds> = None;
    for (idx, glyph) in glyphs.into_iter().enumerate() {
        let y = body.top + (42.0 + 20.0 * idx as f32) * zoom;
        let (left, right) = (body.left + 2.0 * zoom, body.left + 23.0 * zoom);
        let x = if glyph == TimeGlyph::Moment { [f32::midpoint(left, right); 2] } else { [left, right] };
        items.push(Item::Glyph { glyph, x, y, zoom });
        let text = locale.get(glyph.key()).to_owned();
        let at = [body.left + 32.0 * zoom, y + size_px * 0.36];
        let width = measure(&text, Face::Sans, size_px);
        let row = Bounds { left: body.left, ..Bounds::of_text(at, width, size_px) };
        bounds = Some(bounds.map_or(row, |bounds| bounds.joined(row)));
        items.push(Item::Text { at, text, face: Face::Sans, size_px, ink: Ink::Ink2 });
    }
    Some((Part { id: "key".to_owned(), title: String::new(), items }, bounds?.grown(8.0 * zoom)))
}

/// Events that lasted or are open, as bars above the axis with their words at the left, where no leader crosses those;
/// also which events that concerns.
fn labelled_bars(
    dated: &[Dated],
    stands: &[Stand],
    axis_y: f32,
    style: &FigureStyle,
    body: Bounds,
    measure: &Measure<'_>,
) -> (Option<Part>, Vec<bool>) {
    let zoom = style.zoom();
    let size_px = style.label_px * 0.96;
    let width_of = |text: &str| measure(text, Face::Sans, size_px);
    let mut is_bar = vec![false; dated.len()];
    let mut items = Vec::new();
    for (idx, (event, stand)) in dated.iter().zip(stands).enumerate() {
        let is_long = stand.x[1] - stand.x[0] > 24.0 * zoom;
        let is_free = items.is_empty();
        if !(is_long && is_free && matches!(event.glyph, TimeGlyph::Ongoing | TimeGlyph::Lasting)) {
            continue;
        }
        let y = axis_y - 10.0 * zoom;
        let right = stand.x[0] - 7.0 * zoom;
        // Up to the next leader at the left.
        let others = stands.iter().enumerate().filter(|(other, _)| *other != idx).map(|(_, other)| other);
        let reaches = others.flat_map(|other| [other.anchor_x, other.x[1].min(stand.x[0] - 1.0)]);
        let edge = reaches.filter(|x| *x < stand.x[0]).fold(body.left, f32::max) + 6.0 * zoom;
        let title = &event.words.title;
        let head = title.split(['，', '：', '；']).next().unwrap_or(title);
        let Some(text) = [title.as_str(), head].into_iter().find(|text| width_of(text) <= right - edge) else {
            continue;
        };
        is_bar[idx] = true;
        items.push(Item::Glyph { glyph: event.glyph, x: stand.x, y, zoom: zoom * BAR_SHARE });
        let at = [right - width_of(text), y + size_px * 0.3];
        items.push(Item::Text { at, text: text.to_owned(), face: Face::Sans, size_px, ink: Ink::Ink2 });
    }
    let part = (!items.is_empty()).then(|| Part { id: "bars".to_owned(), title: String::new(), items });
    (part, is_bar)
}

/// Leader, date and title of each event that found a place.
fn flag_parts(
    dated: &[Dated],
    placed: &[Option<Placed>],
    axis_y: f32,
    style: &FigureStyle,
    title_width: &dyn Fn(&str) -> f32,
    measure: &Measure<'_>,
) -> Vec<Part> {
    let zoom = style.zoom();
    let parts = dated.iter().zip(placed).enumerate().filter_map(|(idx, (event, placed))| {
        let Placed { x, title_baseline, side, title, .. } = placed.as_ref()?;
        let above = style.label_px * TITLE_LEADING * (title.len() as f32 - 1.0);
        let date_baseline = title_baseline - above - style.label_px * 1.12;
        let top = date_baseline - date_px(style) * 0.9;
        let gap = 6.5 * zoom;
        let left = |width: f32| match side {
            Side::Left => x - gap - width,
            Side::Right => x + gap,
        };
        let date_width = measure(&event.words.date, Face::Bold, date_px(style));
        let leader_x = x.round() + 0.5;
        let mut items = vec![
            Item::Line {
                points: vec![[leader_x, top], [leader_x, axis_y - 5.0 * zoom]],
                width_px: style.hair_px(),
                ink: Ink::Line,
            },
            Item::Text {
                at: [left(date_width), date_baseline],
                text: event.words.date.clone(),
                face: Face::Bold,
                size_px: date_px(style),
                ink: Ink::Time,
            },
        ];
        items.extend(title.iter().enumerate().map(|(row, text)| Item::Text {
            at: [left(title_width(text)), title_baseline - above + style.label_px * TITLE_LEADING * row as f32],
            text: text.clone(),
            face: Face::Sans,
            size_px: style.label_px,
            ink: Ink::Ink,
        }));
        Some(Part {
            id: format!("event-{}", idx + 1),
            title: format!("{} {}", event.words.date, event.words.full_title),
            items,
        })
    });
    parts.collect()
}

/// Dots nearer than this are one.
const MERGE_PX: f32 = 8.0;

/// The glyphs on the axis, wide ones first; dots that would touch become one, and whether any did.
fn glyph_part(
    dated: &[Dated],
    stands: &[Stand],
    placed: &[Option<Placed>],
    y: f32,
    style: &FigureStyle,
) -> (Part, bool) {
    let zoom = style.zoom();
    let mut order: Vec<(&Dated, &Stand)> =
        dated.iter().zip(stands).zip(placed).filter(|(_, placed)| placed.is_some()).map(|(both, _)| both).collect();
    order.sort_by(|a, b| (b.1.x[1] - b.1.x[0]).total_cmp(&(a.1.x[1] - a.1.x[0])));
    let mut items = Vec::new();
    let mut bars: Vec<([f32; 2], f32)> = Vec::new();
    let mut dots: Vec<f32> = Vec::new();
    for (event, stand) in order {
        let width = stand.x[1] - stand.x[0];
        let is_bar =
            matches!(event.glyph, TimeGlyph::Ongoing | TimeGlyph::Until | TimeGlyph::Lasting) && width > 12.0 * zoom;
        if is_bar {
            // Bars lie above the axis, one over the other where they overlap.
            let overlapping = bars.iter().filter(|(x, _)| x[0] < stand.x[1] && stand.x[0] < x[1]).count();
            let bar_y = y - (10.0 + 8.0 * overlapping.min(3) as f32) * zoom;
            if bars.iter().any(|(x, _)| *x == stand.x) {
                continue;
            }
            bars.push((stand.x, bar_y));
            items.push(Item::Glyph { glyph: event.glyph, x: stand.x, y: bar_y, zoom: zoom * BAR_SHARE });
        } else if event.glyph == TimeGlyph::Moment || (event.glyph == TimeGlyph::Within && width < 12.0 * zoom) {
            dots.push(stand.anchor_x);
        } else {
            items.push(Item::Glyph { glyph: event.glyph, x: stand.x, y, zoom });
        }
    }
    let mut has_merged = false;
    for [first, last] in merged(dots, zoom) {
        if last - first < 0.5 {
            items.push(Item::Glyph { glyph: TimeGlyph::Moment, x: [first; 2], y, zoom });
        } else {
            let r = 4.0 * zoom;
            let bounds = Bounds { left: first - r, top: y - r, right: last + r, bottom: y + r };
            items.push(Item::Pill { bounds, ink: Ink::Time });
            has_merged = true;
        }
    }
    (Part { id: "glyphs".to_owned(), title: String::new(), items }, has_merged)
}

/// First and last of each group of dots that would touch; a group never grows so long that it reads as a stretch.
fn merged(mut dots: Vec<f32>, zoom: f32) -> Vec<[f32; 2]> {
    dots.sort_by(f32::total_cmp);
    let mut out: Vec<[f32; 2]> = Vec::new();
    for x in dots {
        match out.last_mut() {
            Some([first, last]) if x - *last < MERGE_PX * zoom && x - *first <= 2.0 * MERGE_PX * zoom => *last = x,
            _ => out.push([x, x]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, read},
        text::Source,
        warn::Reporter,
    };

    /// The dates on the flags of a text.
    fn flags(text: &str) -> Vec<String> {
        let entry = read(Source::of("a", text), &ReadOptions::default(), Reporter::new());
        let events = entry.document.events.iter().map(|event| (&entry.document, event)).collect();
        let words = Locale::of(crate::desk::Lang::Zh);
        let input = TimelineInput { events, words, second: None, filter: Vec::new() };
        let measure = |text: &str, _: Face, px: f32| text.chars().count() as f32 * px;
        let figure = timeline_figure(&input, &FigureStyle::of_size(1600.0, 900.0), &Captions::default(), &measure);
        let texts = figure.parts.iter().flat_map(|part| &part.items).filter_map(|item| match item {
            Item::Text { text, face: Face::Bold, ink: Ink::Time, .. } => Some(text.clone()),
            _ => None,
        });
        texts.collect()
    }

    #[test]
    fn a_flag_leaves_its_year_to_the_axis_only_where_that_says_it() {
        let one_year = "本报2024年9月1日讯 2024年3月5日，大桥开工。2024年5月11日，大桥试车。2024年8月2日，新线通车。";
        assert_eq!(flags(one_year), ["3月5日", "5月11日", "8月2日"]);
        let years = "本报2024年9月1日讯 2022年3月5日，大桥开工。2023年5月11日，大桥试车。2024年8月2日，新线通车。";
        assert_eq!(flags(years), ["2022年3月5日", "2023年5月11日", "2024年8月2日"]);
    }
}
