//! Eight-bit encodings told apart by statistics.

use crate::text::charset::CharSet;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};
use std::{borrow::Cow, sync::LazyLock};

/// As many bytes are looked at.
const SAMPLE: usize = 65_536;
/// Fewer bytes beyond ASCII tell too little.
const MIN_WIDE: usize = 400;

/// The commonest characters of Chinese text, simplified and traditional: near half of any text is made of them.
const COMMON: &str = "的一是了不在有人这上大来和我个中地为到国以说时要就出会也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运們這來個說時會對發過經種學動現當還進點業兩間問應戰頭體產話機關開見員論處義條係氣題爾別變總電數報結計務場區隊資統則聽達權難設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運國為與長無實於後裡麼從將";

/// The commonest Korean syllables; Chinese text read as Korean has few of them.
const COMMON_HANGUL: &str = "이다는을의에를가고한지로서기은하도사대해시자어인있그나일아수정리보부국전장제년것들게상";

static COMMON_SET: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(COMMON));
static COMMON_HANGUL_SET: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(COMMON_HANGUL));

/// Whether `c` is one of the commonest characters of Chinese text.
pub(super) fn is_common(c: char) -> bool {
    COMMON_SET.contains(c)
}

/// What is looked at: the beginning, or where that is plain ASCII the lines that are not.
fn sample(bytes: &[u8]) -> Cow<'_, [u8]> {
    let head = bytes.get(..SAMPLE).unwrap_or(bytes);
    if head.len() == bytes.len() || head.iter().filter(|b| !b.is_ascii()).count() >= MIN_WIDE {
        return Cow::Borrowed(head);
    }
    let mut lines = Vec::new();
    for line in bytes.split_inclusive(|b| *b == b'\n').filter(|line| !line.is_ascii()) {
        // Of a line without an end the part that is not ASCII.
        let first = line.iter().position(|b| !b.is_ascii()).unwrap_or(0);
        lines.extend(line.iter().skip(first).take(SAMPLE - lines.len()));
        if lines.len() >= SAMPLE {
            break;
        }
    }
    Cow::Owned(lines)
}

/// The likeliest encoding of `bytes`, which are not UTF-8.
pub(super) fn encoding(bytes: &[u8]) -> &'static Encoding {
    let sample = &*sample(bytes);
    let n_wide = sample.iter().filter(|b| !b.is_ascii()).count();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Half a character at the end, where a file was cut, must not speak against an encoding.
    detector.feed(sample, false);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let korean = measure(EUC_KR, sample);
    if korean.hangul > 0.3 && korean.faults < 0.02 {
        return EUC_KR;
    }
    for japanese in [SHIFT_JIS, EUC_JP] {
        let found = measure(japanese, sample);
        if found.kana > 0.2 && found.faults < 0.02 && (guess == japanese || measure(GB18030, sample).kana < 0.1) {
            return japanese;
        }
    }
    let (mainland, taiwan) = (measure(GB18030, sample), measure(BIG5, sample));
    let best = if mainland.score() >= taiwan.score() { (GB18030, mainland) } else { (BIG5, taiwan) };
    let is_chinese = best.1.score() > 0.12 || guess == GB18030 || guess == BIG5 || guess.name() == "GBK";
    if is_chinese && n_wide >= 2 { best.0 } else { guess }
}

/// Of the characters of a Chinese text at least one in so many is a common one; of those of a misread text hardly one
/// in twenty is.
const ONE_IN: usize = 5;

/// A text that was read as Latin and saved so, as it was before; `None` where it is anything else. Bytes read as Latin are
/// all there still, so nothing is lost.
pub(super) fn ungarbled(text: &str) -> Option<String> {
    if text.is_ascii() || text.chars().take(SAMPLE).any(|c| c >= '\u{2e80}') {
        return None;
    }
    let latin = || text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect::<Option<Vec<u8>>>();
    // What Windows has no character for is written as the control character with its number.
    let windows = || {
        let mut bytes = Vec::with_capacity(text.len());
        for c in text.chars() {
            match (u8::try_from(u32::from(c)), WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4]))) {
                (_, (byte, _, false)) => bytes.extend_from_slice(&byte),
                (Ok(byte), _) => bytes.push(byte),
                _ => return None,
            }
        }
        Some(bytes)
    };
    [latin(), windows()].into_iter().flatten().find_map(|bytes| {
        let wide = |text: &str| text.chars().filter(|c| *c >= '\u{2e80}').count();
        let n_high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
        if let Ok(found) = String::from_utf8(bytes.clone()) {
            return (wide(&found) * 6 > n_high).then_some(found);
        }
        let chinese = [GB18030, BIG5].into_iter().find(|encoding| measure(encoding, &bytes).score() > 0.2)?;
        let (found, has_faults) = chinese.decode_without_bom_handling(&bytes);
        (!has_faults && wide(&found) * 4 > n_high).then(|| found.into_owned())
    })
}

/// The encoding by which a text was misread before it was saved: 鎴戝浗 is 我国 in UTF-8, read as GBK.
pub(super) fn garbled(text: &str) -> Option<&'static str> {
    let sample = || text.chars().filter(|c| !c.is_ascii() && *c != char::REPLACEMENT_CHARACTER).take(600);
    let (n, n_common) =
        sample().fold((0, 0), |(n, n_common), c| (n + 1, n_common + usize::from(COMMON_SET.contains(c))));
    if n < 40 || n_common * ONE_IN >= n {
        return None;
    }
    let sample: String = sample().collect();
    let is_utf8 = |bytes: &[u8]| {
        let chars = bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars());
        chars.filter(|c| *c >= '\u{2e80}').count() * 4 > n
    };
    if let (bytes, _, false) = WINDOWS_1252.encode(&sample)
        && is_utf8(&bytes)
    {
        return Some("Latin-1");
    }
    if sample.chars().all(|c| c <= '\u{ff}') {
        let bytes: Vec<u8> = sample.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
        return (is_utf8(&bytes) || measure(GB18030, &bytes).score() > 0.2).then_some("Latin-1");
    }
    let (bytes, _, _) = GB18030.encode(&sample);
    let n_wide: usize = bytes.utf8_chunks().map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count()).sum();
    (n_wide * 2 > n).then_some("GBK")
}

#[derive(Debug, Clone, Copy)]
struct Measure {
    /// Share of the characters beyond ASCII that could not be decoded.
    faults: f32,
    /// … that are common in Chinese.
    common: f32,
    /// … that are among the commonest Korean syllables.
    hangul: f32,
    /// … that are kana.
    kana: f32,
}

impl Measure {
    fn score(self) -> f32 {
        self.common - 2.0 * self.faults
    }
}

fn measure(encoding: &'static Encoding, sample: &[u8]) -> Measure {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let text = text.strip_suffix(char::REPLACEMENT_CHARACTER).unwrap_or(&text);
    let (mut n, mut faults, mut common, mut hangul, mut kana) = (0_f32, 0_f32, 0_f32, 0_f32, 0_f32);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        n += 1.0;
        match c {
            char::REPLACEMENT_CHARACTER => faults += 1.0,
            '\u{e000}'..='\u{f8ff}' => faults += 0.5,
            '\u{3041}'..='\u{30ff}' => kana += 1.0,
            _ if COMMON_HANGUL_SET.contains(c) => hangul += 1.0,
            _ if COMMON_SET.contains(c) => common += 1.0,
            _ => {}
        }
    }
    let n = n.max(1.0);
    Measure { faults: faults / n, common: common / n, hangul: hangul / n, kana: kana / n }
}
