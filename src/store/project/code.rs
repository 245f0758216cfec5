//! Digests as bytes: what the overview needs of a document, in some ten bytes an event.
//!
//! Numbers are written in groups of seven bits, the lowest first; signed ones zigzag; moments as the difference to the
//! one before. What does not fit is no digest: the document is then read whole.

use crate::corpus::{
    Counts,
    index::{
        Digest, DigestRow, Traits,
        bytes::{Input, put, put_signed, put_text},
        put_series, take_series,
    },
};

/// Another number after every change of what is written; digests of another version are made anew.
const VERSION: u8 = 2;

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
        put(&mut out, u64::from(row.event));
        put(&mut out, u64::from(row.article));
        put(&mut out, row.place.map_or(0, |place| u64::from(place) + 1));
        put_signed(&mut out, row.start.wrapping_sub(last));
        put_signed(&mut out, row.end.wrapping_sub(row.start));
        last = row.start;
        out.extend(row.traits.bytes());
        out.extend(row.title_hash.to_le_bytes());
    }
    put(&mut out, series.len() as u64);
    for (number, one) in series {
        put(&mut out, u64::from(*number));
        put_series(&mut out, one);
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
    let n_places = input.n_following()?;
    let places = (0..n_places).map(|_| input.text()).collect::<Option<Vec<String>>>()?;
    let n_rows = input.n_following()?;
    let mut rows = Vec::with_capacity(n_rows);
    let mut last = 0_i64;
    for _ in 0..n_rows {
        rows.push(row(&mut input, &mut last)?);
    }
    let n_series = input.n_following()?;
    let series = (0..n_series).map(|_| Some((input.small()?, take_series(&mut input)?))).collect::<Option<Vec<_>>>()?;
    let n_tags = if input.0.is_empty() { 0 } else { input.n_following()? };
    let tags = (0..n_tags).map(|_| Some((input.small()?, input.text()?))).collect::<Option<Vec<_>>>()?;
    Some(Digest { rows, places, written, counts, series, n_other_quantities, tags })
}

fn row(input: &mut Input<'_>, last: &mut i64) -> Option<DigestRow> {
    let (event, article) = (input.small()?, input.small()?);
    let place = input.small()?.checked_sub(1);
    let start = last.wrapping_add(input.signed()?);
    let end = start.wrapping_add(input.signed()?);
    *last = start;
    let traits = Traits::from_bytes(input.bytes(4)?)?;
    let title_hash = u32::from_le_bytes(input.bytes(4)?.try_into().ok()?);
    Some(DigestRow { event, article, place, start, end, traits, title_hash })
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
        let source = Source::of("", text);
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
