//! Units, currencies, classifiers and the words around numbers, as loaded from `assets`.

use super::decimal::Decimal;
use crate::{
    extract::{event::place, fold, load, trie::Trie},
    model::{Direction, QuantityKind, QuantityMod},
    text::charset::CharSet,
};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::LazyLock,
};

/// What sort of word a unit is; it decides which numbers it may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// 公里, %, 倍.
    Unit,
    /// 美元.
    Currency,
    /// 名, 家, 人次.
    Classifier,
    /// 个月, 天: a length of time, which is no quantity here.
    Time,
}

/// One unit.
#[derive(Debug, Clone)]
pub struct Unit {
    /// ISO 4217, UCUM, or the classifier itself.
    pub code: String,
    /// Its kind of quantity.
    pub kind: QuantityKind,
    /// Its class.
    pub class: Class,
    /// One printed unit in `code`.
    pub factor: Decimal,
    /// Characters that make it another word when they follow.
    pub not_before: String,
    /// Smaller units that may follow, with their share of this one.
    pub sub: Vec<(String, Decimal)>,
    /// 半 may follow (三斤半).
    pub half: bool,
    /// A figure may follow as tenths (三块五, 七成六).
    pub digits: bool,
    /// Counts only behind figures that cannot be a word (23点, not 三点).
    pub weak: bool,
}

impl Unit {
    /// Whether it is 折, tenths of a price.
    pub fn names_discount(&self) -> bool {
        self.kind == QuantityKind::Percent && self.factor == Decimal::new(1, 1) && !self.half
    }
}

/// A word before or behind a number that bounds it.
#[derive(Debug, Clone)]
pub struct Modifier {
    /// What it says.
    pub modifier: QuantityMod,
    /// Whether it belongs to the quantity's words (约1800名).
    pub inside: bool,
    /// Characters before it that make it another word.
    pub not_after: String,
    /// Words that it only ends: 买超, unless one of `unless` stands before them (购买超过).
    pub not_in: Vec<String>,
    /// Characters before a word of `not_in` that part it again.
    pub unless: String,
}

impl Modifier {
    /// Whether `head` ends in another word, of which this is the end: 外资买超.
    pub fn ends_a_word(&self, head: &str) -> bool {
        let before = self.not_in.iter().find_map(|word| head.strip_suffix(word.as_str()));
        before.is_some_and(|before| !before.ends_with(|c| self.unless.contains(c)))
    }
}

/// A word of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// 增长, 下降.
    Verb(Direction),
    /// 增幅, 增长率: 为 behind it is no level.
    Noun(Direction),
    /// 高, 少: only with 比 or 较 before it.
    Compared(Direction),
}

/// All of it.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// By index.
    pub units: Vec<Unit>,
    /// Name → index in `units` and whether it is in Latin letters.
    pub names: Trie<(usize, bool)>,
    /// Currency names before the number, backwards → index in `units`.
    pub prefixes: Trie<usize>,
    /// Words that begin with a number and count nothing.
    pub traps: Trie<()>,
    /// What makes a name of the number before it: 公斤级, 米自由泳.
    pub classes: Trie<()>,
    /// What a number behind it is the name of, backwards: 热线, 邮编.
    pub numbered: Trie<()>,
    /// Characters before a lone Chinese figure that make it part of a word.
    pub not_after: String,
    /// Modifiers before the number, backwards.
    pub before: Trie<Modifier>,
    /// Modifiers behind the unit.
    pub after: Trie<Modifier>,
    /// Words of change, backwards.
    pub changes: Trie<Change>,
    /// What may stand between a word of change and the number, backwards.
    pub fill: Trie<()>,
    /// 到, 至, 为 behind a verb of change, backwards.
    pub level: Trie<()>,
    /// Measures whose official rates are in constant prices.
    pub constant_prices: Vec<String>,
    /// 每天 → day, anywhere before the number.
    pub per_before: Trie<String>,
    /// /吨 → t, right behind the unit.
    pub per_after: Trie<String>,
}

/// The bundled vocabulary.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(load);
    &LEXICON
}

/// The words that cut a measure's name out of its sentence.
#[derive(Debug, Default)]
pub struct MeasureWords {
    /// Before the number, backwards: 达, 为.
    pub link: Trie<()>,
    /// 同比, 年均, backwards.
    pub basis: Trie<()>,
    /// At the beginning: 其中.
    pub lead: Trie<()>,
    /// Behind a noun that is counted: 的, 参加.
    pub stop: Trie<()>,
    /// 目标, 任务: behind a period, what is aimed at in it.
    pub goal: Trie<()>,
    /// 合计: a number behind it sums up those before.
    pub total: Vec<String>,
    /// How names end that look as if a link ended them: 设计.
    pub kept_ends: Vec<String>,
    /// 罚款: what one has to pay, behind the bounds of how much.
    pub fine: Vec<String>,
    /// 中国, 能源: they begin like a stop and go on.
    pub through: Trie<()>,
    /// 增速, 占比: they go on with the name before.
    pub generic: Vec<String>,
    /// 死亡, 受伤 behind the people counted.
    pub fate: Trie<String>,
    /// 进出口总额, longest first.
    pub wholes: Vec<String>,
    /// What of a whole's name goes into its parts' (货物 of 货物进出口总额).
    pub keep: Vec<String>,
    /// 出口, 进口.
    pub parts: Vec<String>,
    /// Name → the name used for it.
    pub same: BTreeMap<String, String>,
    /// 我国, 全国.
    pub national: Vec<String>,
    /// 实现, 完成 inside a name.
    pub filler: Vec<String>,
    /// Names that need a subject: 总投资.
    pub bare: BTreeSet<String>,
    /// How names of amounts at a moment end: 余额.
    pub stock: Vec<String>,
    /// Unit → its family and one of it in the family's first unit.
    pub convert: BTreeMap<String, (usize, f64)>,
    /// 同, 不, 达: whole names that name nothing.
    pub hollow: HashSet<String>,
    /// How clauses end that name nothing (提供), backwards.
    pub hollow_end: Trie<()>,
    /// Two measures told by one word: 产销 is 产量 and 销量.
    pub pairs: Vec<(String, Vec<String>)>,
    /// What parts have in common: 出口 of 汽车、船舶出口.
    pub tail: Vec<String>,
    /// Single characters that name something: 煤, 油.
    pub short: String,
    /// How words begin that name nothing (不占用), and what makes them other words (不良).
    pub not_noun: Vec<NotNounRow>,
    /// The first characters of those.
    not_noun_firsts: CharSet,
    /// `generic`, backwards.
    generic_ends: Trie<()>,
    /// `wholes`, backwards.
    whole_ends: Trie<()>,
}

impl MeasureWords {
    /// Whether `core` can be a name: no bare preposition, adverb or verb.
    pub fn names(&self, core: &str) -> bool {
        let mut chars = core.chars();
        let is_short = chars.next().is_some_and(|c| chars.next().is_none() && !self.short.contains(c));
        let may_be_verbal = core.chars().next().is_some_and(|c| self.not_noun_firsts.contains(c));
        let is_verbal = may_be_verbal
            && self.not_noun.iter().any(|row| {
                core.strip_prefix(row.word.as_str())
                    .is_some_and(|rest| !row.unless.iter().any(|word| rest.starts_with(word.as_str())))
            });
        let has_word = core.chars().any(|c| c.is_alphabetic() && super::number::digit(c).is_none());
        let is_clause = || self.hollow_end.longest_suffix(core).is_some();
        has_word && !is_short && !is_verbal && !is_clause() && !self.hollow.contains(core)
    }

    /// Whether `core` is a place and no more: 其中，广东增长5%.
    pub fn is_place(&self, core: &str) -> bool {
        const WHOLES: [&str; 12] =
            ["全省", "全市", "全县", "全区", "全球", "世界", "当地", "各地", "国内", "国外", "海外", "境外"];
        self.national.iter().any(|nation| nation == core)
            || WHOLES.contains(&core)
            || core.chars().count() <= 8
                && place::at_start(core).is_some_and(|place| place == core || is_parts_of_place(core, place.len()))
    }

    /// The word that `core` ends in and that its parts share.
    pub fn shared_tail(&self, core: &str) -> Option<&str> {
        self.tail.iter().map(String::as_str).find(|tail| core.ends_with(tail))
    }

    /// Whether `core` ends in a word that goes on with the name before (增速, 占比).
    pub fn ends_generic(&self, core: &str) -> bool {
        self.generic_ends.longest_suffix(core).is_some()
    }

    /// Whether `core` ends in a whole that has parts (进出口总额).
    pub fn ends_whole(&self, core: &str) -> bool {
        self.whole_ends.longest_suffix(core).is_some()
    }
}

/// How many bytes at the beginning of `rest`, what follows a place's name, say how many of its parts: [九市]经济总量.
pub fn parts_of_place_len(rest: &str) -> usize {
    let is_number = |c: char| super::number::digit(c).is_some() || c == '十';
    let unit = rest.trim_start_matches(is_number);
    let parts = ['市', '省', '县', '区', '州'].into_iter().find(|&part| unit.starts_with(part));
    parts.filter(|_| unit.len() < rest.len()).map_or(0, |part| rest.len() - unit.len() + part.len_utf8())
}

/// Whether `core` is a place whose name is `place_len` bytes long and how many of its parts: 广东九市, 东北三省.
fn is_parts_of_place(core: &str, place_len: usize) -> bool {
    let rest = core.get(place_len..).unwrap_or_default();
    !rest.is_empty() && parts_of_place_len(rest) == rest.len()
}

/// The bundled words for measures.
pub fn measure_words() -> &'static MeasureWords {
    static WORDS: LazyLock<MeasureWords> = LazyLock::new(load_measure_words);
    &WORDS
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MeasureFile {
    link: Vec<String>,
    basis: Vec<String>,
    lead: Vec<String>,
    stop: Vec<String>,
    goal: Vec<String>,
    total: Vec<String>,
    fine: Vec<String>,
    kept_ends: Vec<String>,
    through: Vec<String>,
    generic: Vec<String>,
    fate: Vec<String>,
    part: Vec<PartRow>,
    pair: Vec<PairRow>,
    same: Vec<SameRow>,
    hollow: Vec<String>,
    hollow_end: Vec<String>,
    tail: Vec<String>,
    short: String,
    not_noun: Vec<NotNounRow>,
    national: Vec<String>,
    filler: Vec<String>,
    bare: Vec<String>,
    stock: Vec<String>,
    convert: Vec<ConvertRow>,
}

#[derive(Debug, Deserialize)]
struct ConvertRow {
    units: Vec<(String, f64)>,
}

/// How words begin that name nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NotNounRow {
    word: String,
    unless: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PartRow {
    whole: Vec<String>,
    keep: Vec<String>,
    parts: Vec<String>,
}

/// A word for two measures.
#[derive(Debug, Deserialize)]
struct PairRow {
    whole: String,
    parts: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct SameRow {
    names: Vec<String>,
}

fn load_measure_words() -> MeasureWords {
    let mut words = MeasureWords::default();
    let file: MeasureFile = parse("rules/quantity/measure.toml");
    file.link.iter().for_each(|word| words.link.insert(word.bytes().rev(), ()));
    file.basis.iter().for_each(|word| words.basis.insert(word.bytes().rev(), ()));
    file.lead.iter().for_each(|word| words.lead.insert(word.bytes(), ()));
    file.stop.iter().for_each(|word| words.stop.insert(word.bytes(), ()));
    file.goal.iter().for_each(|word| words.goal.insert(word.bytes(), ()));
    file.through.iter().for_each(|word| words.through.insert(word.bytes(), ()));
    file.generic.iter().for_each(|word| words.generic_ends.insert(word.bytes().rev(), ()));
    words.not_noun_firsts =
        CharSet::of(&file.not_noun.iter().filter_map(|row| row.word.chars().next()).collect::<String>());
    words.generic = file.generic;
    words.hollow = file.hollow.iter().cloned().collect();
    file.hollow_end.iter().for_each(|word| words.hollow_end.insert(word.bytes().rev(), ()));
    words.tail = file.tail;
    words.total = file.total;
    words.kept_ends = file.kept_ends;
    words.fine = file.fine;
    words.short = file.short;
    words.not_noun = file.not_noun;
    file.fate.into_iter().for_each(|word| words.fate.insert(word.clone().bytes(), word));
    for PartRow { whole, keep, parts } in file.part {
        words.wholes.extend(whole);
        words.keep.extend(keep);
        words.parts.extend(parts);
    }
    words.pairs = file.pair.into_iter().map(|PairRow { whole, parts }| (whole, parts)).collect();
    words.wholes.iter().for_each(|word| words.whole_ends.insert(word.bytes().rev(), ()));
    words.wholes.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let measures: MeasureFile = parse("lexicon/measures.toml");
    words.national = measures.national;
    words.filler = measures.filler;
    words.bare = measures.bare.into_iter().collect();
    words.stock = measures.stock;
    for (family, ConvertRow { units }) in measures.convert.into_iter().enumerate() {
        words.convert.extend(units.into_iter().map(|(unit, factor)| (unit, (family, factor))));
    }
    for SameRow { names } in measures.same {
        let Some(first) = names.first().cloned() else { continue };
        words.same.extend(names.into_iter().map(|name| (name, first.clone())));
    }
    words
}

/// The bundled files: path below `assets` and contents.
pub const FILES: &[(&str, &str)] = &[
    ("lexicon/units.toml", include_str!("../../../assets/lexicon/units.toml")),
    ("lexicon/currencies.toml", include_str!("../../../assets/lexicon/currencies.toml")),
    ("lexicon/classifiers.toml", include_str!("../../../assets/lexicon/classifiers.toml")),
    ("rules/quantity/modifiers.toml", include_str!("../../../assets/rules/quantity/modifiers.toml")),
    ("rules/quantity/change.toml", include_str!("../../../assets/rules/quantity/change.toml")),
    ("rules/quantity/per.toml", include_str!("../../../assets/rules/quantity/per.toml")),
    ("rules/quantity/number.toml", include_str!("../../../assets/rules/quantity/number.toml")),
    ("rules/quantity/measure.toml", include_str!("../../../assets/rules/quantity/measure.toml")),
    ("rules/quantity/table.toml", include_str!("../../../assets/rules/quantity/table.toml")),
    ("lexicon/measures.toml", include_str!("../../../assets/lexicon/measures.toml")),
    ("rules/quantity/traps.toml", include_str!("../../../assets/rules/quantity/traps.toml")),
];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct UnitRow {
    code: String,
    kind: Option<QuantityKind>,
    names: Vec<String>,
    latin: Vec<String>,
    prefixes: Vec<String>,
    symbols: Vec<String>,
    factor: Option<f64>,
    not_before: String,
    sub: Vec<(String, f64)>,
    half: bool,
    digits: bool,
    digits_after: bool,
    weak: bool,
    arabic: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ClassifierFile {
    words: Vec<String>,
    noun: Vec<String>,
    arabic: Vec<String>,
    time: Vec<String>,
    not_before: BTreeMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RuleFile {
    unit: Vec<UnitRow>,
    currency: Vec<UnitRow>,
    modifier: Vec<ModifierRow>,
    change: Vec<ChangeRow>,
    fill: Words,
    level: Words,
    constant_prices: Words,
    per: Vec<PerRow>,
    classes: Vec<String>,
    numbered: Vec<String>,
    words: Vec<String>,
    before: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Words {
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct ModifierRow {
    words: Vec<String>,
    side: String,
    #[serde(rename = "mod")]
    modifier: QuantityMod,
    #[serde(default)]
    inside: bool,
    #[serde(default)]
    not_after: String,
    #[serde(default)]
    not_in: Vec<String>,
    #[serde(default)]
    unless: String,
}

#[derive(Debug, Deserialize)]
struct ChangeRow {
    direction: Direction,
    words: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    compared: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PerRow {
    per: String,
    before: Vec<String>,
    after: Vec<String>,
}

/// The words of one of [`FILES`].
pub(super) fn parse<T: Default + for<'de> Deserialize<'de>>(name: &str) -> T {
    let text = FILES.iter().find(|(file, _)| *file == name).map_or("", |(_, text)| text);
    load::words(name, text)
}

fn load() -> Lexicon {
    let mut lexicon = Lexicon::default();
    for row in parse::<RuleFile>("lexicon/units.toml").unit {
        lexicon.add_unit(row, Class::Unit);
    }
    for mut row in parse::<RuleFile>("lexicon/currencies.toml").currency {
        row.kind = Some(QuantityKind::Currency);
        lexicon.add_unit(row, Class::Currency);
    }
    lexicon.add_classifiers(parse("lexicon/classifiers.toml"));
    let traps: RuleFile = parse("rules/quantity/traps.toml");
    for word in &traps.words {
        lexicon.traps.insert(word.bytes(), ());
    }
    traps.classes.iter().for_each(|word| lexicon.classes.insert(word.bytes(), ()));
    traps.numbered.iter().for_each(|word| lexicon.numbered.insert(word.bytes().rev(), ()));
    lexicon.not_after = traps.before;
    for row in parse::<RuleFile>("rules/quantity/modifiers.toml").modifier {
        let ModifierRow { words, side, modifier, inside, not_after, not_in, unless } = row;
        for word in words {
            let (not_after, not_in, unless) = (not_after.clone(), not_in.clone(), unless.clone());
            let entry = Modifier { modifier, inside, not_after, not_in, unless };
            if side == "before" {
                lexicon.before.insert(word.bytes().rev(), entry);
            } else {
                lexicon.after.insert(word.bytes(), entry);
            }
        }
    }
    lexicon.add_changes(parse("rules/quantity/change.toml"));
    for PerRow { per, before, after } in parse::<RuleFile>("rules/quantity/per.toml").per {
        before.iter().for_each(|word| lexicon.per_before.insert(word.bytes(), per.clone()));
        after.iter().for_each(|word| lexicon.per_after.insert(word.bytes(), per.clone()));
    }
    lexicon
}

fn classifier(code: String) -> Unit {
    Unit {
        code,
        kind: QuantityKind::Count,
        class: Class::Classifier,
        factor: Decimal::ONE,
        not_before: String::new(),
        sub: Vec::new(),
        half: false,
        digits: false,
        weak: false,
    }
}

impl Lexicon {
    fn add_unit(&mut self, row: UnitRow, class: Class) {
        let idx = self.units.len();
        row.names
            .iter()
            .for_each(|name| self.names.insert(name.bytes(), (idx, name.is_ascii() && !name.starts_with('%'))));
        row.latin.iter().for_each(|name| self.names.insert(name.bytes(), (idx, true)));
        row.prefixes.iter().chain(&row.symbols).for_each(|name| self.prefixes.insert(name.bytes().rev(), idx));
        self.units.push(Unit {
            code: row.code,
            kind: row.kind.unwrap_or(QuantityKind::Other),
            class,
            factor: row.factor.map_or(Decimal::ONE, Decimal::from_f64),
            not_before: row.not_before,
            sub: row.sub.into_iter().map(|(name, share)| (name, Decimal::from_f64(share))).collect(),
            half: row.half,
            digits: row.digits || row.digits_after,
            weak: row.weak || row.arabic,
        });
    }

    fn add_classifiers(&mut self, file: ClassifierFile) {
        let ClassifierFile { words, noun, arabic, time, not_before } = file;
        for word in time {
            let idx = self.units.len();
            self.names.insert(word.bytes(), (idx, false));
            self.units.push(Unit { class: Class::Time, ..classifier(word) });
        }
        for (words, is_noun) in [(words, false), (noun, true)] {
            for word in words {
                let idx = self.units.len();
                self.names.insert(word.bytes(), (idx, false));
                let not_before = not_before.get(&word).cloned().unwrap_or_default();
                let weak = is_noun || arabic.contains(&word);
                self.units.push(Unit { not_before, weak, ..classifier(word) });
            }
        }
    }

    /// Whether `name` ends with the name of a rate of change: 出口额增幅.
    pub fn names_rate(&self, name: &str) -> bool {
        self.changes.longest_suffix(name).is_some_and(|(_, change)| matches!(change, Change::Noun(_)))
    }

    /// Whether `word` is a verb of change and nothing more: 增长, not 同比增长.
    pub fn is_change(&self, word: &str) -> bool {
        let found = self.changes.longest_suffix(word);
        found.is_some_and(|(len, change)| len == word.len() && matches!(change, Change::Verb(_)))
    }

    fn add_changes(&mut self, file: RuleFile) {
        for ChangeRow { direction, words, nouns, compared } in file.change {
            let kinds = [
                (words, Change::Verb(direction)),
                (nouns, Change::Noun(direction)),
                (compared, Change::Compared(direction)),
            ];
            for (words, change) in kinds {
                words.iter().for_each(|word| self.changes.insert(word.bytes().rev(), change));
            }
        }
        file.fill.words.iter().for_each(|word| self.fill.insert(word.bytes().rev(), ()));
        file.level.words.iter().for_each(|word| self.level.insert(word.bytes().rev(), ()));
        self.constant_prices = file.constant_prices.words;
    }

    /// Whether rates of change of this measure are reckoned in constant prices: 工业增加值, 国内生产总值.
    pub fn has_constant_prices(&self, measure: &str) -> bool {
        let folded: String = measure.chars().map(fold::fold_char).collect();
        self.constant_prices.iter().any(|word| folded.contains(word.as_str()))
    }

    /// The unit that `text` begins with.
    pub fn unit(&self, text: &str) -> Option<(usize, &Unit)> {
        self.names.prefixes(text.bytes()).find_map(|(length, &(idx, is_latin))| {
            let unit = self.units.get(idx)?;
            let next = text.get(length..)?.chars().next();
            let fits = !next.is_some_and(|c| unit.not_before.contains(c) || is_latin && c.is_ascii_alphanumeric());
            fits.then_some((length, unit))
        })
    }
}
