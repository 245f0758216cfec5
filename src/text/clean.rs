//! Joined text that remembers where each byte came from.

use crate::span::Span;

/// Reading text made from a source by leaving out line breaks and set blanks (and by folding some characters),
/// with the way back.
///
/// `2024⏎年` in the source is `2024年` here, and a span over those five characters maps back to the six of the
/// source, the line break included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clean {
    text: String,
    /// Runs in order: from `clean` on, byte `clean + k` came from `source + k`.
    runs: Vec<Run>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    clean: usize,
    source: usize,
    /// Length in the clean text.
    len: usize,
    /// Length in the source; differs from `len` only for a replaced character.
    source_len: usize,
}

impl Clean {
    /// The whole of `text`, which stands at `offset` of the source, unchanged.
    pub fn verbatim(text: &str, offset: usize) -> Self {
        let mut builder = CleanBuilder::default();
        builder.push(text, offset);
        builder.finish()
    }

    /// The joined text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same way back for another text of the same length, byte for byte; `None` where it is longer or shorter.
    pub fn with_text(&self, text: String) -> Option<Self> {
        (text.len() == self.text.len()).then(|| Self { text, runs: self.runs.clone() })
    }

    /// The joined text alone.
    pub fn into_text(self) -> String {
        self.text
    }

    /// Where the bytes `span` of the joined text stand in the source. What was left out between its first and
    /// last byte is covered; what was left out before or after is not.
    pub fn source_span(&self, span: Span) -> Span {
        let start = self.source_offset(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        let last = self.run_at(span.end - 1);
        let end = last.map_or(start, |run| {
            if run.len == run.source_len { run.source + (span.end - run.clean) } else { run.source + run.source_len }
        });
        Span::new(start, end)
    }

    /// Where byte `at` of the joined text stands in the source.
    pub fn source_offset(&self, at: usize) -> usize {
        self.run_at(at).map_or_else(
            || self.runs.last().map_or(0, |run| run.source + run.source_len),
            |run| if run.len == run.source_len { run.source + (at - run.clean) } else { run.source },
        )
    }

    /// The bytes of the joined text that came from inside `span` of the source; `None` where none did.
    pub fn clean_span(&self, span: Span) -> Option<Span> {
        let mut found: Option<Span> = None;
        for run in &self.runs {
            let source = Span::new(run.source, run.source + run.source_len);
            if !source.overlaps(span) {
                continue;
            }
            let part = if run.len == run.source_len {
                let start = span.start.max(source.start) - source.start;
                let end = span.end.min(source.end) - source.start;
                Span::new(run.clean + start, run.clean + end)
            } else {
                Span::new(run.clean, run.clean + run.len)
            };
            found = Some(found.map_or(part, |sofar| sofar.union(part)));
        }
        found
    }

    /// The stretch of the source it covers, from its first byte to its last.
    pub fn extent(&self) -> Span {
        let start = self.runs.iter().map(|run| run.source).min().unwrap_or(0);
        let end = self.runs.iter().map(|run| run.source + run.source_len).max().unwrap_or(0);
        Span::new(start, end)
    }

    fn run_at(&self, at: usize) -> Option<&Run> {
        let idx = self.runs.partition_point(|run| run.clean <= at).checked_sub(1)?;
        self.runs.get(idx).filter(|run| at < run.clean + run.len)
    }
}

/// Builds a [`Clean`] piece by piece.
#[derive(Debug, Default)]
pub struct CleanBuilder {
    clean: Clean,
}

impl CleanBuilder {
    /// With room for `n_bytes` of joined text.
    pub fn with_capacity(n_bytes: usize) -> Self {
        Self { clean: Clean { text: String::with_capacity(n_bytes), runs: Vec::new() } }
    }

    /// Appends `text`, which stands at `offset` of the source, unchanged.
    pub fn push(&mut self, text: &str, offset: usize) {
        if text.is_empty() {
            return;
        }
        let clean = self.clean.text.len();
        self.clean.text.push_str(text);
        if let Some(last) = self.clean.runs.last_mut()
            && last.len == last.source_len
            && last.source + last.source_len == offset
        {
            last.len += text.len();
            last.source_len += text.len();
            return;
        }
        self.clean.runs.push(Run { clean, source: offset, len: text.len(), source_len: text.len() });
    }

    /// Appends `replacement` for the `source_len` bytes at `offset` of the source (a full-width digit as a
    /// half-width one, a Kangxi radical as the ordinary character).
    pub fn push_replaced(&mut self, replacement: &str, offset: usize, source_len: usize) {
        let clean = self.clean.text.len();
        self.clean.text.push_str(replacement);
        // A run of equal lengths would map inside the character; one byte more or less never does.
        self.clean.runs.push(Run { clean, source: offset, len: replacement.len(), source_len });
    }

    /// The joined text so far.
    pub fn text(&self) -> &str {
        &self.clean.text
    }

    /// Done.
    pub fn finish(self) -> Clean {
        self.clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_expression_maps_back_to_all_of_its_lines() {
        let source = "总额\n2024\n年增";
        let mut builder = CleanBuilder::default();
        builder.push("总额", 0);
        builder.push("2024", 7);
        builder.push("年增", 12);
        let clean = builder.finish();
        let at = clean.text().find("2024年").unwrap();
        let span = clean.source_span(Span::new(at, at + "2024年".len()));
        assert_eq!(span.slice(source), "2024\n年");
        assert_eq!(clean.clean_span(span), Some(Span::new(at, at + "2024年".len())));
    }

    #[test]
    fn a_replaced_character_is_covered_whole() {
        let source = "共２件";
        let mut builder = CleanBuilder::default();
        builder.push("共", 0);
        builder.push_replaced("2", 3, 3);
        builder.push("件", 6);
        let clean = builder.finish();
        assert_eq!(clean.text(), "共2件");
        assert_eq!(clean.source_span(Span::new(3, 7)).slice(source), "２件");
    }
}
