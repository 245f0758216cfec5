//! The words that decide what is an event: `assets/rules/event/cues.toml`.

use crate::{
    extract::{
        fold::{first_folded, fold_char, forms},
        trie::Trie,
    },
    text::charset::CharSet,
};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use serde::Deserialize;
use std::{
    borrow::Cow,
    sync::{LazyLock, OnceLock},
};

/// Words that are looked up at the beginning or the end of a text, or searched for in it.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordList {
    words: Vec<String>,
    forwards: Trie<()>,
    backwards: Trie<()>,
    /// The characters that a word begins and ends with, in all their forms: nearly all lookups fail there.
    firsts: CharSet,
    lasts: CharSet,
    finder: OnceLock<Option<AhoCorasick>>,
}

impl From<Vec<String>> for WordList {
    fn from(words: Vec<String>) -> Self {
        let mut list = Self::default();
        for word in &words {
            list.forwards.insert(word.bytes(), ());
            list.backwards.insert(word.bytes().rev(), ());
        }
        let forms_of = |c: Option<char>| c.map(forms).unwrap_or_default();
        list.firsts = CharSet::of(&words.iter().flat_map(|word| forms_of(word.chars().next())).collect::<String>());
        list.lasts = CharSet::of(&words.iter().flat_map(|word| forms_of(word.chars().next_back())).collect::<String>());
        list.words = words;
        list
    }
}

impl WordList {
    /// The words, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = &String> {
        self.words.iter()
    }

    /// Whether `text`, as it is, begins with one of the words.
    pub fn begins(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|c| may_stand(&self.firsts, c)) && self.forwards.longest(text).is_some()
    }

    /// The bytes of `text` where a word may begin, by the character there.
    pub fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = self.firsts.find(text, from)?;
            from = text.ceil_char_boundary(at + 1);
            Some(at)
        })
    }

    /// Whether `text`, as it is, holds one of the words.
    pub fn is_in(&self, text: &str) -> bool {
        self.finder().is_some_and(|finder| finder.is_match(text))
    }

    /// Where in `text`, as it is, the first of the words begins.
    pub fn find(&self, text: &str) -> Option<usize> {
        self.places(text).find(|&at| text.get(at..).is_some_and(|rest| self.begins(rest)))
    }

    /// Whether `text`, as it is, ends with one of the words.
    pub fn ends(&self, text: &str) -> bool {
        text.chars().next_back().is_some_and(|c| may_stand(&self.lasts, c))
            && self.backwards.longest_suffix(text).is_some()
    }

    fn finder(&self) -> Option<&AhoCorasick> {
        let build = || AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).prefilter(false).build(&self.words).ok();
        self.finder.get_or_init(build).as_ref()
    }
}

/// Whether `set` has `c`, or knows nothing of it.
fn may_stand(set: &CharSet, c: char) -> bool {
    c > '\u{FFFF}' || set.contains(c)
}

/// Longer words are not looked for, in characters.
const MAX_WORD: usize = 12;

/// Up to [`MAX_WORD`] characters, folded, and how many bytes each had before.
struct Window {
    bytes: [u8; 4 * MAX_WORD],
    n_bytes: usize,
}

impl Window {
    const fn new() -> Self {
        Self { bytes: [0; 4 * MAX_WORD], n_bytes: 0 }
    }

    fn push(&mut self, c: char, is_reversed: bool) {
        let mut buffer = [0; 4];
        let encoded = fold_char(c).encode_utf8(&mut buffer).len();
        let Some(new) = buffer.get_mut(..encoded) else { return };
        if is_reversed {
            new.reverse();
        }
        if let Some(room) = self.bytes.get_mut(self.n_bytes..self.n_bytes + encoded) {
            room.copy_from_slice(new);
            self.n_bytes += encoded;
        }
    }

    fn iter(&self) -> impl Iterator<Item = u8> + Clone {
        self.bytes.get(..self.n_bytes).unwrap_or_default().iter().copied()
    }

    /// How many characters the first `n_bytes` bytes are.
    fn n_chars(&self, n_bytes: usize) -> usize {
        let within = self.bytes.get(..n_bytes).unwrap_or_default();
        within.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
    }
}

/// The cue words; what each list is for stands in the file.
#[derive(Debug, Default, Deserialize)]
pub struct Cues {
    pub comparison_openers: WordList,
    pub comparison_pair_openers: WordList,
    pub comparison_closers: WordList,
    pub rise_openers: WordList,
    pub rise_closers: WordList,
    pub reckonings: WordList,
    pub publication_links: WordList,
    pub hearsay: WordList,
    pub reach_back_closers: WordList,
    /// What a period is the measure of rather than the time of: 全年[目标].
    pub goals: WordList,
    /// How a clause ends that says what was spoken about: 介绍一季度运行[情况].
    pub topics: WordList,
    /// What a period holds the record of: 2014年以来一季度[最高点].
    pub records: WordList,
    pub time_openers: WordList,
    pub time_closers: WordList,
    /// Words that only begin like one of them: 初步, 底层.
    pub no_time_closers: WordList,
    /// What one does 就 a matter: 就某事作出回应.
    pub matters: Vec<String>,
    /// How a clause ends that says what was taken as an occasion: 趁革命之机.
    pub occasions: WordList,
    /// How a clause ends that says as what or under which number somebody acted: 以领队的身份.
    pub roles: WordList,
    /// Who was there when it was done: 在县长陪同下.
    pub company: WordList,
    /// What joins those who act: 甲联合乙、丙. Two characters each.
    pub partnerships: WordList,
    /// Classifiers of things that are told with what they are like: 一列满载集装箱的班列.
    pub counters: WordList,
    /// What is said of a person whose life is told: 字农山, 生于.
    pub life_marks: WordList,
    /// How a time begins that goes back to one told: 当年6月.
    pub told_years: WordList,
    /// What several do together: behind 甲联合乙、丙 the verb begins with one of these.
    pub joint_deeds: WordList,
    /// Prepositions: a title that is cut before one of them needs one of `deeds`.
    pub adverbials: WordList,
    /// Verbs that tell what happened.
    pub deeds: WordList,
    /// What is passed rather than passed through: 通过独立法.
    pub enactments: WordList,
    pub subordinate_openers: WordList,
    pub speech_closers: WordList,
    /// How a clause ends that only says that something was made known.
    pub announcements: WordList,
    pub figure_openers: WordList,
    pub pronouns: WordList,
    pub setting_closers: WordList,
    pub setting_openers: WordList,
    pub place_closers: WordList,
    pub normative: WordList,
    pub dateline_closers: WordList,
    pub generic_nouns: WordList,
    pub unbreakable: WordList,
    pub cut_before: WordList,
    /// Words that only begin like one of them.
    pub no_connectives: WordList,
    /// What begins like a family name and names nobody: 王朝, 方面.
    pub no_names: WordList,
    pub manners: WordList,
    pub offices: WordList,
    pub acts: WordList,
    /// What tells of a later time than the one before it: between two times of a clause they keep both.
    pub outlooks: WordList,
    /// How a clause goes on that leaves its subject out.
    pub predicates: WordList,
    /// Those of them that read well right behind who says it.
    pub stances: WordList,
    /// 出版的 in 今天出版的日报: what a title needs not say of its subject.
    pub participles: WordList,
    /// What is asked for rather than told, and words that only begin like it.
    pub exhortations: WordList,
    pub no_exhortations: WordList,
    /// A judgement on what was told before.
    pub judgements: WordList,
    /// Verbs and particles whose object a feast or a year may be: 喜迎[新春], 充满希望的[2024年].
    pub time_governors: WordList,
    /// 来华进行国事访问的: what visitors come for.
    pub visits: WordList,
    /// What opens, takes place and closes: 论坛, 博览会.
    pub gatherings: WordList,
    /// How a clause ends that gives the reason with 应: 应邀请, 应甲国要求.
    pub requests: WordList,
    /// Read by the tests alone.
    #[serde(default, rename = "example")]
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    pub examples: Vec<Example>,
    /// Read by the tests alone.
    #[serde(default, rename = "not")]
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    pub counter_examples: Vec<Example>,
}

/// A text and what must be found in it.
#[derive(Debug, Deserialize)]
#[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
pub struct Example {
    pub text: String,
    pub dct: String,
    /// EDTF and title.
    #[serde(default)]
    pub events: Vec<(String, String)>,
}

static CUES: LazyLock<Cues> =
    LazyLock::new(|| toml::from_str(include_str!("../../../assets/rules/event/cues.toml")).unwrap_or_default());

/// The bundled cues.
pub fn cues() -> &'static Cues {
    &CUES
}

/// `text` with traditional and full-width characters folded, one character for one.
pub fn folded(text: &str) -> Cow<'_, str> {
    match first_folded(text) {
        None => Cow::Borrowed(text),
        Some(first) => {
            let (same, rest) = text.split_at(first);
            let mut out = String::with_capacity(text.len());
            out.push_str(same);
            out.extend(rest.chars().map(fold_char));
            Cow::Owned(out)
        }
    }
}

/// The bytes of `text` that the longest word of `list` covers at its beginning.
pub fn opener_len(text: &str, list: &WordList) -> Option<usize> {
    opener_len_of(text.chars(), list)
}

/// As [`opener_len`], of a text that comes character by character.
pub fn opener_len_of(chars: impl Iterator<Item = char> + Clone, list: &WordList) -> Option<usize> {
    let first = chars.clone().next().filter(|&c| may_stand(&list.firsts, c))?;
    let mut window = Window::new();
    window.push(first, false);
    list.forwards.goes_on(window.iter()).then_some(())?;
    chars.clone().take(MAX_WORD).skip(1).for_each(|c| window.push(c, false));
    let (n_bytes, ()) = list.forwards.longest_of(window.iter())?;
    Some(chars.take(window.n_chars(n_bytes)).map(char::len_utf8).sum())
}

/// The bytes of `text` that the longest word of `list` covers at its end.
pub fn closer_len(text: &str, list: &WordList) -> Option<usize> {
    let last = text.chars().next_back().filter(|&c| may_stand(&list.lasts, c))?;
    let mut window = Window::new();
    window.push(last, true);
    list.backwards.goes_on(window.iter()).then_some(())?;
    text.chars().rev().take(MAX_WORD).skip(1).for_each(|c| window.push(c, true));
    let (n_bytes, ()) = list.backwards.longest_of(window.iter())?;
    Some(text.chars().rev().take(window.n_chars(n_bytes)).map(char::len_utf8).sum())
}

/// Whether `text` holds a word of `list`.
pub fn holds(text: &str, list: &WordList) -> bool {
    list.finder().is_some_and(|finder| finder.is_match(folded(text).as_ref()))
}
