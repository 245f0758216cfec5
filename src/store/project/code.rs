//! Digests as bytes: what the overview needs of a document, in some ten bytes an event.
//!
//! Numbers are written in groups of seven bits, the lowest first; signed ones zigzag; moments as the difference to the
//! one before. What does not fit is no digest: the document is then read whole.

use crate::{
    corpus::{
        Counts,
        index::{Digest, DigestRow, PointDigest, SeriesDigest, Traits},
        when::Exactness,
    },
    edtf::{Interval, Moment},
    model::ArticleKind,
};

/// Another number after every change of what is written; digests of another version are made anew.
const VERSION: u8 = 2;

/// The kinds of articles by their number; new ones come behind the others.
const KINDS: [ArticleKind; 5] =
    [ArticleKind::News, ArticleKind::Photo, ArticleKind::Brief, ArticleKind::Section, ArticleKind::Other];

/// Which of a point's parts follow.
const HAS_START: u8 = 1;
const HAS_END: u8 = 2;
const HAS_UPPER: u8 = 4;
const HAS_AREA: u8 = 8;
const IS_DERIVED: u8 = 16;

/// Digest → bytes.
pub(super) fn encoded(digest: &Digest) -> Vec<u8> {
    let Digest { rows, places, written, counts, series, n_other_quantities, tags } = digest;
    let mut out = Vec::with_capacity(16 + rows.len() * 16);
    out.push(VERSION);
    put_signed(&mut out, written.map_or(i64::MIN, i64::from));
    for n in [counts.articles, counts.events, counts.quantities, counts.series, counts.warnings, *n_other_quantities] {
        put(&mut out, u64::from(n));
    }
    put(&mut out, places.len() as u64);
    places.iter().for_each(|place| put_text(&mut out, place));
    put(&mut out, rows.len() as u64);
    let mut last = 0_i64;
    for row in rows {
        let Traits { exactness, grain, kind, rank } = row.traits;
        put(&mut out, u64::from(row.event));
        put(&mut out, u64::from(row.article));
        put(&mut out, row.place.map_or(0, |place| u64::from(place) + 1));
        put_signed(&mut out, row.start.wrapping_sub(last));
        put_signed(&mut out, row.end.wrapping_sub(row.start));
        last = row.start;
        let exactness = Exactness::ALL.iter().position(|one| *one == exactness).unwrap_or(0);
        let kind = KINDS.iter().position(|one| *one == kind).unwrap_or(KINDS.len() - 1);
        out.extend([exactness as u8, grain, kind as u8, rank]);
        out.extend(row.title_hash.to_le_bytes());
    }
    put(&mut out, series.len() as u64);
    for (number, one) in series {
        put(&mut out, u64::from(*number));
        put_text(&mut out, &one.name);
        put_text(&mut out, &one.unit);
        put(&mut out, one.points.len() as u64);
        one.points.iter().for_each(|point| put_point(&mut out, point));
    }
    // Few documents carry tags; without any, nothing is written, as before there were any.
    if !tags.is_empty() {
        put(&mut out, tags.len() as u64);
        for (event, tag) in tags {
            put(&mut out, u64::from(*event));
            put_text(&mut out, tag);
        }
    }
    out
}

fn put_point(out: &mut Vec<u8>, point: &PointDigest) {
    let ends = point.interval.map_or([None, None], |interval| [interval.start, interval.end]);
    let has = |there: bool, flag: u8| if there { flag } else { 0 };
    let [start, end] = ends.map(|moment| moment.map(Moment::seconds));
    out.push(
        has(start.is_some(), HAS_START)
            | has(end.is_some(), HAS_END)
            | has(point.upper.is_some(), HAS_UPPER)
            | has(point.area.is_some(), HAS_AREA)
            | has(point.is_derived, IS_DERIVED),
    );
    start.iter().chain(&end).for_each(|secs| put_signed(out, *secs));
    out.extend(point.value.to_le_bytes());
    point.upper.iter().for_each(|upper| out.extend(upper.to_le_bytes()));
    put(out, u64::from(point.article));
    point.area.iter().for_each(|area| put_text(out, area));
}

fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn put_signed(out: &mut Vec<u8>, n: i64) {
    put(out, ((n << 1) ^ (n >> 63)) as u64);
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put(out, text.len() as u64);
    out.extend(text.as_bytes());
}

/// Bytes → digest; `None` where they are none.
pub(super) fn decoded(bytes: &[u8]) -> Option<Digest> {
    let mut input = Input(bytes);
    if input.byte()? != VERSION {
        return None;
    }
    let written = i32::try_from(input.signed()?).ok();
    let mut counts = [0_u32; 6];
    for n in &mut counts {
        *n = input.small()?;
    }
    let [articles, events, quantities, n_series, warnings, n_other_quantities] = counts;
    let counts = Counts { articles, events, quantities, series: n_series, warnings };
    let n_places = input.len()?;
    let places = (0..n_places).map(|_| input.text()).collect::<Option<Vec<String>>>()?;
    let n_rows = input.len()?;
    let mut rows = Vec::with_capacity(n_rows);
    let mut last = 0_i64;
    for _ in 0..n_rows {
        rows.push(input.row(&mut last)?);
    }
    let n_series = input.len()?;
    let series = (0..n_series).map(|_| input.series()).collect::<Option<Vec<_>>>()?;
    let n_tags = if input.0.is_empty() { 0 } else { input.len()? };
    let tags = (0..n_tags).map(|_| Some((input.small()?, input.text()?))).collect::<Option<Vec<_>>>()?;
    Some(Digest { rows, places, written, counts, series, n_other_quantities, tags })
}

struct Input<'a>(&'a [u8]);

impl Input<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut n = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            n |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(n);
            }
        }
        None
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn signed(&mut self) -> Option<i64> {
        let n = self.number()?;
        Some((n >> 1) as i64 ^ -((n & 1) as i64))
    }

    /// How many of something follow; never more than there are bytes left.
    fn len(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|n| *n <= self.0.len())
    }

    fn text(&mut self) -> Option<String> {
        let n = self.len()?;
        let (text, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn row(&mut self, last: &mut i64) -> Option<DigestRow> {
        let (event, article) = (self.small()?, self.small()?);
        let place = self.small()?.checked_sub(1);
        let start = last.wrapping_add(self.signed()?);
        let end = start.wrapping_add(self.signed()?);
        *last = start;
        let exactness = *Exactness::ALL.get(usize::from(self.byte()?))?;
        let grain = self.byte()?;
        let kind = *KINDS.get(usize::from(self.byte()?))?;
        let rank = self.byte()?;
        let hash = [self.byte()?, self.byte()?, self.byte()?, self.byte()?];
        let traits = Traits { exactness, grain, kind, rank };
        Some(DigestRow { event, article, place, start, end, traits, title_hash: u32::from_le_bytes(hash) })
    }

    fn series(&mut self) -> Option<(u32, SeriesDigest)> {
        let number = self.small()?;
        let (name, unit) = (self.text()?, self.text()?);
        let n_points = self.len()?;
        let points = (0..n_points).map(|_| self.point()).collect::<Option<Vec<_>>>()?;
        Some((number, SeriesDigest { name, unit, points }))
    }

    fn point(&mut self) -> Option<PointDigest> {
        let flags = self.byte()?;
        let has = |flag: u8| flags & flag != 0;
        let start = if has(HAS_START) { Some(Moment::from_seconds(self.signed()?)?) } else { None };
        let end = if has(HAS_END) { Some(Moment::from_seconds(self.signed()?)?) } else { None };
        let value = self.real()?;
        let upper = if has(HAS_UPPER) { Some(self.real()?) } else { None };
        let article = self.small()?;
        let area = if has(HAS_AREA) { Some(self.text()?.into_boxed_str()) } else { None };
        let interval = (start.is_some() || end.is_some()).then_some(Interval { start, end });
        Some(PointDigest { interval, value, upper, is_derived: has(IS_DERIVED), article, area })
    }

    fn real(&mut self) -> Option<f64> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(f64::from_le_bytes(*bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, index::digest, read},
        text::Source,
        warn::Reporter,
    };

    #[test]
    fn a_digest_comes_back_as_it_was() {
        let text = "2023年大桥投资12亿元，2024年9月2日在海湾市通车，投资15亿元。公元前221年，秦统一六国。";
        let source = Source { path: String::new(), text: text.into(), encoding: "UTF-8".into(), sha256: String::new() };
        let entry = read(source, &ReadOptions::default(), Reporter::new());
        let mut before = digest(&entry.document, &entry.text);
        assert_eq!(decoded(&encoded(&before)), Some(before.clone()));
        before.tags = vec![(0, "工程".to_owned()), (1, "投资".to_owned())];
        let bytes = encoded(&before);
        let after = decoded(&bytes).unwrap();
        assert_eq!(after, before);
        // What is cut off or changed is no digest, or another one, but never a panic.
        for len in 0..bytes.len() {
            assert_ne!(decoded(&bytes[..len]), Some(before.clone()));
            let mut changed = bytes.clone();
            changed[len] ^= 0xff;
            let _ = decoded(&changed);
        }
    }
}
