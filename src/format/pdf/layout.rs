//! Characters on a page → blocks of lines in reading order.
//!
//! ```text
//! characters --segments--> stretches of one line without a gap
//!            --rows-->     stretches beside each other
//!            --bands-->    rows with the same gaps between columns
//!            --cut-->      columns, each laid out the same way
//! ```

use super::{
    Block, Line,
    glyphs::{Drawn, Glyph, UNKNOWN},
};
use crate::model::Area;

/// A wider gap than this, in em, ends a segment, and may part columns.
const GAP_EM: f32 = 0.75;
/// Baselines that differ by no more than this, in em, are one line.
const BASELINE_EM: f32 = 0.3;
/// A column whose lines fill it to this share is one of text, not of a table.
const FULL_SHARE: f32 = 0.7;
/// Columns in columns go no deeper.
const MAX_DEPTH: usize = 12;
/// A column has at least so many lines on one of its sides.
const MIN_COLUMN_LINES: usize = 3;

/// A stretch of one line without a gap.
#[derive(Debug, Clone)]
struct Segment {
    text: String,
    /// Where each of its characters stands.
    areas: Vec<Area>,
    /// The codes of its characters, as long as each may be a byte of an old encoding.
    bytes: Option<Vec<u8>>,
    x0: f32,
    x1: f32,
    y: f32,
    size: f32,
}

impl Segment {
    fn top(&self) -> f32 {
        self.y - self.size * 0.7
    }

    fn bottom(&self) -> f32 {
        self.y + self.size * 0.1
    }
}

/// The blocks of a page, in reading order, and how many characters have no meaning; text that runs up or down the
/// page stands behind the rest.
pub(super) fn blocks(drawn: Drawn) -> (Vec<Block>, usize) {
    let Drawn { glyphs, upright, turned, .. } = drawn;
    let (mut blocks, mut n_unknown) = (Vec::new(), 0);
    for glyphs in [upright, glyphs, turned] {
        let mut segments = segments(glyphs);
        for segment in &mut segments {
            mend_gbk(segment);
            n_unknown += segment.text.chars().filter(|c| *c == UNKNOWN).count();
            drop_unknown(segment);
        }
        segments.retain(|segment| !segment.text.trim().is_empty());
        let segments = touching(segments);
        if !segments.is_empty() {
            cut(segments, 0, &mut blocks);
        }
    }
    (blocks, n_unknown)
}

/// Takes out the characters without a meaning.
fn drop_unknown(segment: &mut Segment) {
    if segment.text.contains(UNKNOWN) {
        let mut known = segment.text.chars().map(|c| c != UNKNOWN);
        segment.areas.retain(|_| known.next().unwrap_or(true));
        segment.text.retain(|c| c != UNKNOWN);
    }
}

/// Fonts without a map give GBK text byte by byte, as letters with accents: two of them are one han character.
fn mend_gbk(segment: &mut Segment) {
    let Some(bytes) = &segment.bytes else { return };
    let n_high = bytes.iter().filter(|b| **b >= 0x80).count();
    let (text, _, has_errors) = encoding_rs::GBK.decode(bytes);
    let n_wide = text.chars().filter(|c| !c.is_ascii()).count();
    let has_han =
        text.contains(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}'));
    // In GB 2312 both bytes are high; accents in a European text stand by themselves.
    if n_high >= 2 && has_han && !has_errors && n_wide * 20 >= n_high * 9 && n_wide * 5 <= n_high * 3 {
        let mut from = std::mem::take(&mut segment.areas).into_iter();
        let mut next = |n: usize| from.by_ref().take(n).reduce(Area::union).unwrap_or_default();
        // One code to the letter, two to the han character.
        segment.areas = text.chars().map(|c| next(if c.is_ascii() { 1 } else { 2 })).collect();
        segment.text = text.into_owned();
    }
}

/// Puts characters side by side on the same baseline together.
fn segments(mut glyphs: Vec<Glyph>) -> Vec<Segment> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    // First lines across the whole page, by baseline …
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut() {
            Some(line)
                if line.last().is_some_and(|last| (glyph.y - last.y).abs() <= last.size.min(glyph.size) * 0.1) =>
            {
                line.push(glyph);
            }
            _ => lines.push(vec![glyph]),
        }
    }
    // … then cut where there is a gap; pieces on nearly the same baseline that touch are joined again.
    let mut found: Vec<Segment> = Vec::new();
    for mut line in lines {
        line.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let mut last_x1 = f32::NEG_INFINITY;
        let mut is_new = true;
        for glyph in line {
            let gap = glyph.x0 - last_x1;
            last_x1 = glyph.x1;
            match found.last_mut() {
                Some(segment) if !is_new && gap <= GAP_EM * segment.size.max(glyph.size) => join(segment, &glyph, gap),
                _ => found.push(Segment {
                    areas: areas_of(&glyph).collect(),
                    bytes: glyph.byte.map(|byte| vec![byte]),
                    text: glyph.text,
                    x0: glyph.x0,
                    x1: glyph.x1,
                    y: glyph.y,
                    size: glyph.size,
                }),
            }
            is_new = false;
        }
    }
    found
}

/// Where the characters of a glyph stand: several share its room.
fn areas_of(glyph: &Glyph) -> impl Iterator<Item = Area> {
    let (n, whole) = (glyph.text.chars().count(), glyph.area);
    let at = move |idx: usize| whole.left + (whole.right - whole.left) * idx as f32 / n.max(1) as f32;
    (0..n).map(move |idx| Area { left: at(idx), right: at(idx + 1), ..whole })
}

fn join(segment: &mut Segment, glyph: &Glyph, gap: f32) {
    let (before, after) = (segment.text.chars().next_back(), glyph.text.chars().next());
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
    if gap > 0.16 * segment.size.min(glyph.size) && (is_letter(before) && is_letter(after)) {
        segment.text.push(' ');
        segment.areas.push(Area::default());
    }
    segment.text.push_str(&glyph.text);
    segment.areas.extend(areas_of(glyph));
    match (&mut segment.bytes, glyph.byte) {
        (Some(bytes), Some(byte)) => bytes.push(byte),
        (bytes, _) => *bytes = None,
    }
    segment.x1 = segment.x1.max(glyph.x1);
    segment.size = segment.size.max(glyph.size);
}

/// Joins segments that touch on nearly the same baseline: digits set a little lower than the text.
fn touching(mut segments: Vec<Segment>) -> Vec<Segment> {
    segments.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut order: Vec<usize> = (0..segments.len()).collect();
    let y_of = |segments: &[Segment], idx: usize| segments.get(idx).map_or(0.0, |s| s.y);
    order.sort_by(|a, b| y_of(&segments, *a).total_cmp(&y_of(&segments, *b)).then(a.cmp(b)));
    let mut out: Vec<Segment> = Vec::with_capacity(segments.len());
    // Only the last few segments can touch the next one, for they come by baseline.
    for idx in order {
        let Some(segment) = segments.get(idx).cloned() else { continue };
        let touches = |other: &&mut Segment| {
            let size = other.size.max(segment.size);
            let near = (other.y - segment.y).abs() <= BASELINE_EM * other.size.min(segment.size);
            let gap = (segment.x0 - other.x1).max(other.x0 - segment.x1);
            near && gap <= GAP_EM * 0.6 * size && gap >= -0.5 * size
        };
        let Some(other) = out.iter_mut().rev().take(64).find(touches) else {
            out.push(segment);
            continue;
        };
        let is_after = segment.x0 >= other.x0;
        let text = if is_after { [&other.text, &segment.text] } else { [&segment.text, &other.text] };
        other.text = text.map(String::as_str).concat();
        let at = if is_after { other.areas.len() } else { 0 };
        other.areas.splice(at..at, segment.areas);
        if segment.size > other.size {
            (other.y, other.size) = (segment.y, segment.size);
        }
        other.x0 = other.x0.min(segment.x0);
        other.x1 = other.x1.max(segment.x1);
    }
    out
}

/// Segments side by side.
type Row = Vec<Segment>;

/// Rows: no horizontal line can be drawn between the segments of one.
fn rows(mut segments: Vec<Segment>) -> Vec<Row> {
    segments.sort_by(|a, b| a.top().total_cmp(&b.top()).then(a.x0.total_cmp(&b.x0)));
    let mut rows: Vec<(f32, Row)> = Vec::new();
    for segment in segments {
        match rows.last_mut() {
            // Lines that overlap by a hair are still two.
            Some((bottom, row)) if segment.top() < *bottom - 0.25 * segment.size => {
                *bottom = bottom.max(segment.bottom());
                row.push(segment);
            }
            _ => rows.push((segment.bottom(), vec![segment])),
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A stretch of x without text.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Gap {
    from: f32,
    to: f32,
}

/// The stretches that none of `segments` covers, the outermost without end.
fn gaps<'a>(segments: impl Iterator<Item = &'a Segment>) -> Vec<Gap> {
    let mut covered: Vec<(f32, f32)> = segments.map(|segment| (segment.x0, segment.x1)).collect();
    covered.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut found = Vec::new();
    let mut at = f32::NEG_INFINITY;
    for (x0, x1) in covered {
        if x0 > at {
            found.push(Gap { from: at, to: x0 });
        }
        at = at.max(x1);
    }
    found.push(Gap { from: at, to: f32::INFINITY });
    found
}

fn both(a: &[Gap], b: &[Gap]) -> Vec<Gap> {
    let mut found = Vec::new();
    for one in a {
        for other in b {
            let gap = Gap { from: one.from.max(other.from), to: one.to.min(other.to) };
            if gap.to > gap.from {
                found.push(gap);
            }
        }
    }
    found
}

/// Gaps wide enough to part columns, with text on both sides.
fn inner(gaps: &[Gap], min_width: f32) -> Vec<Gap> {
    gaps.iter()
        .copied()
        .filter(|gap| gap.from.is_finite() && gap.to.is_finite() && gap.to - gap.from >= min_width)
        .collect()
}

/// Rows that follow each other and share their gaps.
#[derive(Debug)]
struct Band {
    rows: Vec<Row>,
    gaps: Vec<Gap>,
    n_columns: usize,
}

fn bands(rows: Vec<Row>, min_width: f32) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for row in rows {
        let own = gaps(row.iter());
        let n_own = inner(&own, min_width).len() + 1;
        if let Some(band) = bands.last_mut() {
            let shared = both(&band.gaps, &own);
            let n_shared = inner(&shared, min_width).len() + 1;
            let is_of_columns = band.n_columns > 1 || n_own > 1;
            // A band of columns keeps at least one gap; one without columns takes no row with some.
            let fits = if is_of_columns { n_shared > 1 } else { n_shared == 1 };
            if fits {
                (band.gaps, band.n_columns) = (shared, n_shared);
                band.rows.push(row);
                continue;
            }
        }
        bands.push(Band { rows: vec![row], gaps: own, n_columns: n_own });
    }
    bands
}

/// The size that most of the text has.
fn usual_size(segments: &[Segment]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = segments.iter().map(|s| (s.size, s.text.chars().count())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, n)| n).sum::<usize>() / 2;
    let mut n_before = 0;
    for (size, n) in &sizes {
        n_before += n;
        if n_before > half {
            return *size;
        }
    }
    sizes.last().map_or(1.0, |(size, _)| *size)
}

/// Lays out some segments: cut into bands, bands into columns.
fn cut(segments: Vec<Segment>, depth: usize, out: &mut Vec<Block>) {
    let min_width = usual_size(&segments) * GAP_EM;
    let mut plain: Vec<Row> = Vec::new();
    for band in bands(rows(segments), min_width) {
        let parting: Vec<Gap> = inner(&band.gaps, min_width);
        if depth >= MAX_DEPTH || parting.is_empty() || !has_columns(&band, &parting) {
            if is_table(&band, &parting) {
                flush(&mut plain, out);
                out.push(band.rows.iter().map(|row| line(row, "\t")).collect());
            } else {
                plain.extend(band.rows);
            }
            continue;
        }
        flush(&mut plain, out);
        for column in columns(band.rows, &parting) {
            cut(column, depth + 1, out);
        }
    }
    flush(&mut plain, out);
}

fn flush(rows: &mut Vec<Row>, out: &mut Vec<Block>) {
    if !rows.is_empty() {
        out.push(rows.drain(..).flat_map(|row| lines_of(&row)).collect());
    }
}

/// A row as one line, or as several where it holds more than one baseline.
fn lines_of(row: &[Segment]) -> Vec<Line> {
    let mut by_line: Vec<Row> = Vec::new();
    let mut sorted = row.to_vec();
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y));
    for segment in sorted {
        match by_line.last_mut() {
            Some(line) if line.last().is_some_and(|last| segment.y - last.y <= 0.5 * last.size.min(segment.size)) => {
                line.push(segment);
            }
            _ => by_line.push(vec![segment]),
        }
    }
    by_line.iter().map(|row| line(row, " ")).collect()
}

fn line(row: &[Segment], between: &str) -> Line {
    let mut row = row.to_vec();
    row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let fold = |f: fn(f32, f32) -> f32, get: fn(&Segment) -> f32| row.iter().map(get).reduce(f).unwrap_or(0.0);
    let mut areas = Vec::new();
    for (idx, segment) in row.iter().enumerate() {
        areas.extend((idx > 0).then(Area::default));
        areas.extend_from_slice(&segment.areas);
    }
    Line {
        areas,
        text: row.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>().join(between),
        x0: fold(f32::min, |s| s.x0),
        x1: fold(f32::max, |s| s.x1),
        y: fold(f32::max, |s| s.y),
        size: fold(f32::max, |s| s.size),
    }
}

/// The segments between the gaps, from left to right.
fn columns(rows: Vec<Row>, parting: &[Gap]) -> Vec<Vec<Segment>> {
    let mut columns: Vec<Vec<Segment>> = vec![Vec::new(); parting.len() + 1];
    for segment in rows.into_iter().flatten() {
        let idx = parting.iter().take_while(|gap| segment.x0 >= gap.to - 0.01).count();
        if let Some(column) = columns.get_mut(idx) {
            column.push(segment);
        }
    }
    columns.retain(|column| !column.is_empty());
    columns
}

/// Whether a band is set in columns: each has lines, and the lines of the larger ones fill them. The cells of a table
/// do not.
fn has_columns(band: &Band, parting: &[Gap]) -> bool {
    let columns = columns(band.rows.clone(), parting);
    let most = columns.iter().map(Vec::len).max().unwrap_or(0);
    if columns.len() < 2 || most < MIN_COLUMN_LINES {
        return false;
    }
    let n_filled = columns.iter().filter(|column| is_filled(column)).count();
    n_filled * 2 > columns.len() || (n_filled > 0 && !is_aligned(band, parting))
}

fn is_filled(column: &[Segment]) -> bool {
    let width =
        column.iter().map(|s| s.x1).fold(f32::MIN, f32::max) - column.iter().map(|s| s.x0).fold(f32::MAX, f32::min);
    let size = usual_size(column);
    let n_full = column.iter().filter(|s| s.x1 - s.x0 >= width * FULL_SHARE).count();
    column.len() >= 2 && width >= size * 6.0 && n_full * 2 > column.len()
}

/// Whether the segments of a band stand on common baselines, as in a table.
fn is_aligned(band: &Band, parting: &[Gap]) -> bool {
    let side = |segment: &Segment| parting.iter().take_while(|gap| segment.x0 >= gap.to - 0.01).count();
    let n_aligned = band
        .rows
        .iter()
        .filter(|row| {
            let Some(first) = row.first() else { return false };
            row.iter().any(|other| side(other) != side(first) && (other.y - first.y).abs() <= 0.3 * first.size)
        })
        .count();
    n_aligned * 10 >= band.rows.len() * 6
}

/// Rows of short cells on common baselines.
fn is_table(band: &Band, parting: &[Gap]) -> bool {
    !parting.is_empty() && band.rows.len() >= 2 && is_aligned(band, parting)
}
