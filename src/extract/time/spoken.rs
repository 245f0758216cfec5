//! Whether a place of a text stands in someone's words: behind 他说, behind an open quotation mark.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

/// Words behind which someone speaks, or speaks of what is to come.
const VERBS: [&str; 13] =
    ["说", "表示", "称", "预计", "预测", "认为", "今后", "今天", "现在", "目前", "将在", "计划", "力争"];

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::Standard)
        .prefilter(false)
        .build(VERBS)
        .ok()
});

/// Answers for one place after the other, reading each sentence once.
#[derive(Debug)]
pub struct Spoken<'t> {
    text: &'t str,
    /// Where the sentence begins that was asked about last.
    start: usize,
    /// As far as its quotation marks are counted.
    counted_to: usize,
    /// Opening marks less closing ones.
    n_open: isize,
    /// Where the first verb of the sentence ends, once looked for.
    verb_end: Option<Option<usize>>,
}

impl<'t> Spoken<'t> {
    /// Of `text`.
    pub const fn of(text: &'t str) -> Self {
        Self { text, start: 0, counted_to: 0, n_open: 0, verb_end: None }
    }

    /// Whether byte `at`, in the sentence from `start` to `end`, stands in someone's words. Places of one sentence
    /// are best asked for in order.
    pub fn at(&mut self, start: usize, end: usize, at: usize) -> bool {
        if start != self.start || at < self.counted_to {
            *self = Self { text: self.text, start, counted_to: start, n_open: 0, verb_end: None };
        }
        self.n_open += balance(self.text.get(self.counted_to..at).unwrap_or_default());
        self.counted_to = at;
        if self.n_open > 0 {
            return true;
        }
        let verb_end = *self.verb_end.get_or_insert_with(|| {
            let sentence = self.text.get(start..end)?;
            FINDER.as_ref()?.find(sentence).map(|found| start + found.end())
        });
        verb_end.is_some_and(|verb_end| verb_end <= at)
    }
}

/// Opening quotation marks less closing ones.
fn balance(text: &str) -> isize {
    let bytes = text.as_bytes();
    let mut n = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            0xE4..=0xE9 => at += 3,
            0xE2 => {
                n += match bytes.get(at..at + 3) {
                    Some([_, 0x80, 0x9C]) => 1,
                    Some([_, 0x80, 0x9D]) => -1,
                    _ => 0,
                };
                at += 3;
            }
            _ => at += 1,
        }
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        let at = text.find('｜').unwrap();
        assert_eq!(Spoken::of(text).at(0, text.len(), at), expected, "{text}");
    }

    #[test]
    fn quotation_marks_and_verbs_open_speech() {
        check("他说，｜三年后通车", true);
        check("“｜三年后通车”，他说", true);
        check("“明天”是片名，｜三年后上映", false);
        check("｜三年后，他说", false);
        check("公司计｜划", false);
    }
}
