//! Makes corpora of any size, the same ones for the same seed: news of a lifetime, as a parsed corpus has it.
//!
//! Document `n` depends on the seed and `n` alone, so a corpus of ten million events needs no memory for its documents:
//! they are made when somebody looks at them ([`Bodies`]), and the index is made from the same facts. Days are
//! denser towards the end, places follow Zipf's law, one event in ten is known to the month or year only, a few last,
//! a few are of long ago.

use nianbiao::{
    corpus::{
        Bodies, Body, Corpus, Counts, Entry,
        index::{Digest, DigestRow, EventIndex, IndexDraft, Traits},
        when::Exactness,
    },
    edtf::{Edtf, Moment},
    model::{Anchor, AnchorKind, Article, ArticleKind, DctFrom, Document, Event, SourceInfo, Time, TimeType},
    span::Span,
};
use rayon::prelude::*;
use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
};

/// Events of a document on average.
const EVENTS_PER_DOC: u64 = 8;
/// The first and the last day, counted from 1970.
const DAYS: (i64, i64) = (-7_400, 20_600);

const PLACES: [&str; 24] = [
    "北京", "上海", "天津", "重庆", "西安", "香港", "新疆", "浙江", "广州", "武汉", "成都", "昆明", "兰州", "南京",
    "青岛", "大连", "厦门", "海口", "拉萨", "贵阳", "沈阳", "长春", "郑州", "太原",
];
const WHATS: [&str; 20] = [
    "大桥通车",
    "年会开幕",
    "新线动工",
    "展览闭幕",
    "学校迁入新址",
    "码头扩建完成",
    "图书馆开馆",
    "医院启用新楼",
    "赛事开赛",
    "协议签署",
    "船队返航",
    "地铁试运行",
    "灌区放水",
    "水库蓄水",
    "论坛举行",
    "剧院首演",
    "电站并网",
    "隧道贯通",
    "果园丰收",
    "集市重开",
];

/// A source of numbers that are always the same (SplitMix64).
#[derive(Clone, Copy)]
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A made corpus: which documents there are.
#[derive(Debug, Clone, Copy)]
pub struct Made {
    seed: u64,
    n_events: u64,
}

impl Made {
    /// One of about so many events.
    pub const fn new(seed: u64, n_events: u64) -> Self {
        Self { seed, n_events }
    }

    /// How many documents that is.
    pub const fn n_docs(&self) -> u64 {
        let n = self.n_events / EVENTS_PER_DOC;
        if n == 0 { 1 } else { n }
    }

    /// The corpus: an index in memory, the documents made on demand.
    pub fn corpus(self) -> Corpus {
        const PORTION: u64 = 4_096;
        let bodies: Arc<dyn Bodies> = Arc::new(self);
        let mut entries: Vec<Entry> = Vec::with_capacity(self.n_docs() as usize);
        let mut draft = IndexDraft::default();
        for first in (0..self.n_docs()).step_by(PORTION as usize) {
            let portion: Vec<Digest> = (first..(first + PORTION).min(self.n_docs()))
                .into_par_iter()
                .map(|number| self.digest(number))
                .collect();
            for digest in portion {
                entries.push(Entry::fetched(Arc::clone(&bodies), entries.len() as u64, digest.counts));
                draft.put(entries.len() - 1, digest);
            }
        }
        Corpus::indexed(entries, Arc::new(EventIndex::from(draft)))
    }
}

impl Made {
    /// The day a document is of and how many events it tells, and what decides the rest.
    fn begin(&self, number: u64) -> (Dice, i64, u64) {
        let mut dice = Dice(self.seed.wrapping_mul(0xD134_2543_DE82_EF95) ^ number);
        // Later years are told of more.
        let share = (number as f64 + dice.share()) / self.n_docs() as f64;
        let day = DAYS.0 + ((DAYS.1 - DAYS.0) as f64 * share.powf(0.45)) as i64;
        let n_events = (EVENTS_PER_DOC / 2 + dice.below(EVENTS_PER_DOC + 1)).min(self.n_events);
        (dice, day, n_events)
    }

    /// What the index keeps of a document, without making it: the same as `index::digest` takes from it.
    pub fn digest(&self, number: u64) -> Digest {
        let (mut dice, today, n_events) = self.begin(number);
        let mut digest = Digest {
            written: i32::try_from(today).ok(),
            counts: Counts { articles: 1, events: n_events as u32, ..Counts::default() },
            ..Digest::default()
        };
        for event in 0..n_events as u32 {
            let told = Told::new(&mut dice, today);
            let (start, end, exactness, grain) = told.stretch();
            let place = told.is_placed.then(|| {
                let known = digest.places.iter().position(|place| place == told.place);
                known.unwrap_or_else(|| {
                    digest.places.push(told.place.to_owned());
                    digest.places.len() - 1
                }) as u32
            });
            let exact = match exactness {
                Exactness::Moment => 16,
                Exactness::Within => 8,
                _ => 2,
            };
            let readable = if (7..=18).contains(&told.title().chars().count()) { 14 } else { 0 };
            let rank = exact + readable + if event == 0 { 20 } else { 0 } + 4 + if place.is_some() { 6 } else { 0 };
            let mut hasher = DefaultHasher::new();
            told.title().hash(&mut hasher);
            digest.rows.push(DigestRow {
                event,
                article: 0,
                place,
                start: start * DAY_SECS,
                end: end * DAY_SECS,
                traits: Traits { exactness, grain, kind: kind_of(number), rank },
                title_hash: (hasher.finish() as u32).max(1),
            });
        }
        digest
    }
}

impl Bodies for Made {
    fn body(&self, number: u64) -> Body {
        let (mut dice, day, n_events) = self.begin(number);
        let mut draft = Draft::new(number, day);
        for _ in 0..n_events {
            draft.tell(&mut dice, day);
        }
        draft.finish()
    }
}

fn date(day: i64) -> (i32, u32, u32) {
    use chrono_parts::parts;
    parts(day)
}

const DAY_SECS: i64 = 86_400;

/// Calendar arithmetic without a crate: days from 1970 to year, month, day (Howard Hinnant's algorithm).
mod chrono_parts {
    pub fn day(year: i32, month: u32, day: u32) -> i64 {
        let year = i64::from(year) - i64::from(month <= 2);
        let (era, yoe) = (year.div_euclid(400), year.rem_euclid(400));
        let doy = (153 * i64::from(if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + i64::from(day) - 1;
        era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
    }

    pub fn parts(day: i64) -> (i32, u32, u32) {
        let z = day + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = (doy - (153 * mp + 2) / 5 + 1) as u32;
        let month = if mp < 10 { mp + 3 } else { mp - 9 } as u32;
        ((yoe + era * 400 + i64::from(month <= 2)) as i32, month, day)
    }
}

/// How an event's time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grain {
    Day,
    Month,
    Year,
    Since,
    About,
}

/// One event.
struct Told {
    place: &'static str,
    what: &'static str,
    is_placed: bool,
    day: i64,
    grain: Grain,
}

impl Told {
    fn new(dice: &mut Dice, today: i64) -> Self {
        let rank = (dice.share().powf(2.2) * PLACES.len() as f64) as usize;
        let place = PLACES[rank.min(PLACES.len() - 1)];
        let what = WHATS[dice.below(WHATS.len() as u64) as usize];
        let day = match dice.below(100) {
            0..=69 => today - dice.below(2) as i64,
            70..=89 => today - dice.below(400) as i64,
            90..=98 => today - dice.below(9_000) as i64,
            _ => -(dice.below(700_000) as i64),
        };
        let grain = match dice.below(100) {
            0..=84 => Grain::Day,
            85..=92 => Grain::Month,
            93..=97 => Grain::Year,
            98 => Grain::Since,
            _ => Grain::About,
        };
        Self { place, what, is_placed: dice.below(5) > 0, day, grain }
    }

    fn title(&self) -> String {
        format!("{}{}", self.place, self.what)
    }

    /// As it is said, and in EDTF.
    fn words(&self) -> (String, String) {
        let (year, month, day) = date(self.day);
        match self.grain {
            Grain::Day => (format!("{year}年{month}月{day}日"), format!("{year:04}-{month:02}-{day:02}")),
            Grain::Month => (format!("{year}年{month}月"), format!("{year:04}-{month:02}")),
            Grain::Year => (format!("{year}年"), format!("{year:04}")),
            Grain::Since => (format!("{year}年以来"), format!("{year:04}/..")),
            Grain::About => (format!("约{year}年"), format!("{year:04}~")),
        }
    }

    /// The days it spans, how exactly that is known, and the number of its grain in the index.
    fn stretch(&self) -> (i64, i64, Exactness, u8) {
        let (year, month, _) = date(self.day);
        let first_of = |year, month| chrono_parts::day(year, month, 1);
        let (this, next) = (first_of(year, 1), first_of(year + 1, 1));
        match self.grain {
            Grain::Day => (self.day, self.day + 1, Exactness::Moment, 0),
            Grain::Month => {
                let next = if month == 12 { next } else { first_of(year, month + 1) };
                (first_of(year, month), next, Exactness::Within, 2)
            }
            Grain::Year => (this, next, Exactness::Within, 5),
            Grain::Since => (this, this, Exactness::Ongoing, 5),
            Grain::About => (this, next, Exactness::Approximate, 5),
        }
    }
}

fn kind_of(number: u64) -> ArticleKind {
    [ArticleKind::News, ArticleKind::News, ArticleKind::Brief, ArticleKind::Photo][number as usize % 4]
}

/// A document while it is written.
struct Draft {
    document: Document,
    text: String,
}

impl Draft {
    fn new(number: u64, day: i64) -> Self {
        let (year, month, day_of_month) = date(day);
        let id = format!("{year:04}{month:02}{day_of_month:02}-{number}");
        let dct = format!("{year:04}-{month:02}-{day_of_month:02}").parse().ok();
        let headline = format!("{year}年{month}月{day_of_month}日要闻");
        let source = SourceInfo { path: format!("{id}.txt"), encoding: "UTF-8".to_owned(), ..SourceInfo::default() };
        let document = Document { id, source, dct, dct_from: DctFrom::Dateline, ..Document::default() };
        let mut draft = Self { document, text: format!("{headline}\n\n") };
        draft.document.articles.push(Article {
            kind: kind_of(number),
            headline: Some(headline),
            deck: None,
            subheads: Vec::new(),
            byline: Vec::new(),
            dateline: None,
            dct: draft.document.dct.clone(),
            spans: Vec::new(),
        });
        draft
    }

    /// One sentence with a date, and what it tells.
    fn tell(&mut self, dice: &mut Dice, today: i64) {
        let told = Told::new(dice, today);
        let (words, edtf) = told.words();
        let edtf: Option<Edtf> = edtf.parse().ok();
        let interval = edtf.as_ref().and_then(Edtf::interval);
        let start = self.text.len();
        self.text.push_str(&words);
        let said = Span::new(start, self.text.len());
        self.text.push('，');
        let title = told.title();
        self.text.push_str(&title);
        let span = Span::new(start, self.text.len());
        self.text.push_str("。\n\n");
        let time = self.document.times.len();
        self.document.times.push(Time {
            span: said,
            text: words,
            article: 0,
            kind: TimeType::Date,
            value: edtf.as_ref().map(|edtf| edtf.as_str().to_owned()).unwrap_or_default(),
            edtf: edtf.clone(),
            interval,
            modifier: None,
            anchor: Anchor { kind: AnchorKind::None, time: None, note: None },
            rule: "made/date".to_owned(),
        });
        self.document.events.push(Event {
            span,
            title,
            article: 0,
            time: Some(time),
            edtf,
            interval,
            place: told.is_placed.then(|| told.place.to_owned()),
            same_as: Vec::new(),
            rule: "made/event".to_owned(),
            hand: Default::default(),
        });
    }

    fn finish(mut self) -> Body {
        if let Some(article) = self.document.articles.first_mut() {
            article.spans = vec![Span::new(0, self.text.len())];
        }
        self.document.source.chars = self.text.chars().count();
        let articles = nianbiao::text::segment(&self.text, &mut nianbiao::warn::Reporter::new());
        Body { document: self.document, text: self.text, articles }
    }
}

/// The moment of a day, for windows.
pub fn moment(text: &str) -> f64 {
    text.parse::<Moment>().map_or(0.0, |moment| moment.seconds() as f64)
}

/// What is counted of a made corpus without its documents.
pub fn n_events(corpus: &Corpus) -> usize {
    let counts: Vec<Counts> = corpus.entries.iter().map(Entry::counts).collect();
    counts.iter().map(|counts| counts.events as usize).sum()
}
