//! The document creation time: when the text was written.
//!
//! A dispatch says it in its dateline (新华社香港6月22日电), mostly without the year; a page in a line of its own
//! (2025年6月23日); a transcript with 今天（4月18日）. The year comes from the document's other full dates, then from
//! the file name, then from the caller.

use super::{Context, fold, time};
use crate::{
    edtf::{Date, Edtf, Grain},
    model::{DctFrom, TimeType},
    text::{self, Article, Role},
    warn::Reporter,
};
use chrono::{Datelike as _, NaiveDate};
use regex::{Captures, Regex};
use std::{
    borrow::Cow,
    cell::{Cell, OnceCell},
    sync::OnceLock,
};

/// A field with a date is no longer than this.
const MAX_DATE_CHARS: usize = 200;

/// What is known from outside the text.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// `--dct`, or a record's `dct`.
    pub given: Option<Edtf>,
    /// The file's name without folders, which may hold a date (`page-2025-06-23.txt`).
    pub file_name: String,
    /// What is taken for it where nothing else tells, not even the year of a dateline.
    pub assumed: Option<Edtf>,
}

/// What an article says about the day it was written on.
#[derive(Debug, Clone, PartialEq)]
enum Own {
    /// This day.
    Day(Edtf),
    /// A day of a year that nothing tells.
    Unknown,
    /// Nothing.
    None,
}

/// When a document and each of its articles were written.
#[derive(Debug, Clone)]
pub struct Dcts {
    /// The document's own.
    pub document: Option<Edtf>,
    /// How it was found.
    pub from: DctFrom,
    /// One an article, the year filled in; `true` where it is the article's own dateline.
    pub articles: Vec<(Option<Edtf>, bool)>,
}

/// A day of which the year or even the month may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Partial {
    year: Option<i32>,
    month: Option<u32>,
    day: u32,
}

/// The writing date that a field beside a text gives in words, as the times of a text are read: the first that says its
/// year, of an interval its begin.
///
/// ```
/// use nianbiao::extract::dct;
/// let day = |words| dct::of_words(words).map(|day| day.as_str().to_owned());
/// assert_eq!(day("民国113年10月8日").as_deref(), Some("2024-10-08"));
/// assert_eq!(day("二〇二四年十月").as_deref(), Some("2024-10"));
/// assert_eq!(day("昨天"), None);
/// ```
pub fn of_words(words: &str) -> Option<Edtf> {
    let words: String = words.chars().take(MAX_DATE_CHARS).collect();
    let articles = text::segment(&words, &mut Reporter::new());
    let times = articles.iter().flat_map(|article| time::times(article, &Context::default()));
    times.filter(|found| matches!(found.item.kind, TimeType::Date | TimeType::Time)).find_map(|found| {
        let said = found.item.edtf?;
        let said = if said.is_range() { said.start()?.to_string().parse().ok()? } else { said };
        let start = said.start()?;
        (start.year().is_some() && start.grain() <= Grain::Year && said.interval().is_some()).then_some(said)
    })
}

/// Finds when each article was written: its dateline before the page's own date; a missing year from the
/// document's other full dates, then from the file name, then from what the caller gave.
pub fn find(articles: &[Article], hints: &Hints) -> Dcts {
    let texts: Vec<Vec<Cow<'_, str>>> = articles.iter().map(blocks).collect();
    let heading_by =
        |sure: bool| articles.iter().zip(&texts).find_map(|(article, blocks)| heading_date(article, blocks, sure));
    let sure_heading = heading_by(true);
    let heading_is_sure = sure_heading.is_some();
    let heading = sure_heading.or_else(|| heading_by(false));
    let from_name = date_in_name(&hints.file_name);
    let known = Known {
        texts: &texts,
        full: OnceCell::new(),
        heading,
        from_name: from_name.clone(),
        given: hints.given.clone(),
        assumed: hints.assumed.clone(),
        is_assumed: Cell::new(false),
    };
    let own: Vec<Own> =
        articles.iter().zip(&texts).map(|(article, blocks)| own_date(article, blocks, &known)).collect();
    let first_own = own.iter().find_map(|own| match own {
        Own::Day(day) => Some(day.clone()),
        Own::Unknown | Own::None => None,
    });
    let (document, from) = if let Some(own) = first_own {
        (Some(own), if known.is_assumed.get() { DctFrom::Assumed } else { DctFrom::Dateline })
    } else if let Some(day) = heading.filter(|_| heading_is_sure) {
        (Some(Edtf::from_day(day)), DctFrom::Heading)
    } else if let Some(given) = &hints.given {
        (Some(given.clone()), DctFrom::Given)
    } else if let Some(day) = heading {
        (Some(Edtf::from_day(day)), DctFrom::Heading)
    } else if let Some(name) = from_name {
        (Some(name), DctFrom::Filename)
    } else if let Some(assumed) = &hints.assumed {
        (Some(assumed.clone()), DctFrom::Assumed)
    } else {
        (None, DctFrom::None)
    };
    let articles = own
        .into_iter()
        .map(|own| match own {
            Own::Day(own) => (Some(own), true),
            // Written on some other day than the rest of the document, and the year is not known.
            Own::Unknown => (None, false),
            Own::None => (document.clone(), false),
        })
        .collect();
    Dcts { document, from, articles }
}

/// The folded text of each block.
fn blocks(article: &Article) -> Vec<Cow<'_, str>> {
    let texts = article.blocks.iter().map(|block| block.text.text());
    texts.map(|text| fold::fold(text).map_or(Cow::Borrowed(text), |clean| Cow::Owned(clean.into_text()))).collect()
}

/// Where a missing year may come from.
struct Known<'t> {
    texts: &'t [Vec<Cow<'t, str>>],
    /// The full dates of `texts`, once somebody asks for them.
    full: OnceCell<Vec<NaiveDate>>,
    heading: Option<NaiveDate>,
    from_name: Option<Edtf>,
    given: Option<Edtf>,
    assumed: Option<Edtf>,
    /// Whether a year had to be taken from `assumed`.
    is_assumed: Cell<bool>,
}

/// A dateline this near to the day in the file's name is of the same year.
const MAX_DAYS_FROM_NAME: i64 = 40;

impl Known<'_> {
    /// The day, completed. A year must put it near the date that the year is taken from.
    fn complete(&self, partial: Partial, blocks: &[Cow<'_, str>]) -> Option<Edtf> {
        let near = |anchor: NaiveDate| {
            let candidates = [0, -1, 1].into_iter().filter_map(|by| {
                let month = partial.month.unwrap_or_else(|| anchor.month());
                NaiveDate::from_ymd_opt(partial.year.unwrap_or(anchor.year() + by), month, partial.day)
            });
            candidates.min_by_key(|day| (*day - anchor).num_days().abs())
        };
        if partial.year.is_some() && partial.month.is_some() {
            return near(NaiveDate::default()).map(Edtf::from_day);
        }
        let outside = self.from_name.iter().chain(&self.given).find_map(Edtf::start);
        let outside_day = |date: Date| date.interval().and_then(|interval| interval.start).map(|start| start.0.date());
        if let Some(day) = self.heading {
            return near(day).map(Edtf::from_day);
        }
        // A file that is named by its day was written about then, whatever later dates the text looks forward to.
        let named_day = outside.filter(|date| date.grain() == Grain::Day).and_then(outside_day);
        if let Some(day) = named_day
            .and_then(near)
            .filter(|day| named_day.is_some_and(|named| (named - *day).num_days().abs() <= MAX_DAYS_FROM_NAME))
        {
            return Some(Edtf::from_day(day));
        }
        // The latest full date of the text, unless what is known from outside contradicts it.
        let contradicted = |day: &NaiveDate| {
            outside.and_then(outside_day).is_some_and(|outside| (outside - *day).num_days().abs() > 400)
        };
        if let Some(day) = self.full().iter().filter(|day| !contradicted(day)).max() {
            return near(*day).map(Edtf::from_day);
        }
        let by = |outside: Date| {
            if outside.grain() >= Grain::Year {
                return NaiveDate::from_ymd_opt(outside.year()?, partial.month?, partial.day).map(Edtf::from_day);
            }
            near(outside_day(outside)?).map(Edtf::from_day)
        };
        match outside {
            Some(outside) => by(outside),
            None => self.guess(partial, blocks).or_else(|| {
                let day = by(self.assumed.as_ref()?.start()?)?;
                self.is_assumed.set(true);
                Some(day)
            }),
        }
    }

    fn full(&self) -> &[NaiveDate] {
        self.full.get_or_init(|| full_dates(self.texts.iter().flatten()))
    }

    /// The year that a comparison gives away, uncertain: 比2022年四季度环比 was written in 2023, 与2019年同期相比 with a
    /// 两年平均 in 2021. A year merely spoken of, or a base alone, says nothing.
    fn guess(&self, partial: Partial, blocks: &[Cow<'_, str>]) -> Option<Edtf> {
        let bases =
            || blocks.iter().flat_map(|text| base_regex().into_iter().flat_map(|regex| regex.captures_iter(text)));
        let year_of = |captures: &Captures<'_>| i32::try_from(number(captures, "year")?).ok();
        let averaged = blocks.iter().find_map(|text| number(&average_regex()?.captures(text)?, "n"));
        let next = bases()
            .filter(|captures| captures.name("next").is_some())
            .filter_map(|captures| Some(year_of(&captures)? + 1))
            .max();
        let base = || bases().filter_map(|captures| year_of(&captures)).max();
        let year = next.or_else(|| Some(base()? + i32::try_from(averaged?).ok()?))?;
        let day = NaiveDate::from_ymd_opt(year, partial.month?, partial.day)?;
        format!("{day}?").parse().ok()
    }
}

/// The article's own dateline, or a day it calls today.
fn own_date(article: &Article, blocks: &[Cow<'_, str>], known: &Known<'_>) -> Own {
    let complete = |partial| known.complete(partial, blocks).map_or(Own::Unknown, Own::Day);
    if let Some(date) = article.dateline.as_ref().and_then(|dateline| dateline.date.clone())
        && let Some(date) = date.start()
    {
        if let (Some(month), Some(day)) = (date.month(), date.day()) {
            return complete(Partial { year: date.year(), month: Some(month), day });
        }
        return Own::Day(date.into());
    }
    let dateline =
        blocks.iter().filter(|text| may_have_dateline(text)).find_map(|text| partial(dateline_regex(), text));
    let today = || blocks.iter().find_map(|text| partial(today_regex(), text));
    dateline.or_else(today).map_or(Own::None, complete)
}

/// Whether 日 stands in `text` with 电, 讯 or 消息 near behind it, as in every dateline; most text is told from one so.
fn may_have_dateline(text: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), "日").any(|at| {
        let behind = text.get(at + '日'.len_utf8()..).unwrap_or_default();
        behind.chars().take(3).any(|c| matches!(c, '电' | '讯' | '消' | '专'))
    })
}

macro_rules! regex {
    ($name:ident, $pattern:expr) => {
        fn $name() -> Option<&'static Regex> {
            static REGEX: OnceLock<Option<Regex>> = OnceLock::new();
            REGEX.get_or_init(|| Regex::new($pattern).ok()).as_ref()
        }
    };
}

const DIGITS: &str = "[0-9〇一二三四五六七八九十]";

regex!(
    dateline_regex,
    &format!(
        "(?:社|报|网|台|讯员?)[^，。；：“”！？0-9]{{0,14}}?(?:(?<year>[12][0-9]{{3}})年)?(?:(?<month>{DIGITS}{{1,2}})月)?(?<day>{DIGITS}{{1,3}})日(?:[^，。；“”！？]{{0,2}})(?:电|讯|消息|专电)"
    )
);
regex!(
    today_regex,
    &format!("(?:今天|今日)[（(](?:(?<year>[12][0-9]{{3}})年)?(?<month>{DIGITS}{{1,3}})月(?<day>{DIGITS}{{1,3}})日")
);
regex!(
    full_regex,
    "(?<year>(?:1[89]|20)[0-9]{2})(?:年|[-/.])(?<month>[0-9]{1,2})(?:月|[-/.])(?<day>[0-9]{1,2})(?:日|[^0-9]|$)"
);
regex!(compact_regex, "(?<year>(?:19|20)[0-9]{2})(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12][0-9]|3[01])");
regex!(
    base_regex,
    "[比较与同](?<year>(?:19|20)[0-9]{2})年(?:(?<next>(?:第?四季度|12月份?|[0-9]{1,2}[-—~至]12月|下半年)[^，。；]{0,4}环比)|[^，。；]{0,6}同期|[^，。；]{0,8}相比)"
);
regex!(average_regex, "(?<n>[两二三四五2-5])年平均");
regex!(
    name_regex,
    "(?<year>(?:19|20)[0-9]{2})(?:[-_.年]?(?<month>0[1-9]|1[0-2]|[1-9])(?:[-_.月]?(?<day>3[01]|[12][0-9]|0[1-9]|[1-9]))?)?(?:[^0-9]|$)"
);

fn number(captures: &Captures<'_>, name: &str) -> Option<u32> {
    let text = captures.name(name)?.as_str();
    let value = super::numeral::parse(text)?.value;
    (value.fract() == 0.0 && value < 1e5).then_some(value as u32)
}

/// The groups of the first match, for which room is made only where there is one.
fn captures<'t>(regex: &Regex, text: &'t str) -> Option<Captures<'t>> {
    regex.is_match(text).then(|| regex.captures(text))?
}

fn partial(regex: Option<&Regex>, text: &str) -> Option<Partial> {
    let captures = captures(regex?, text)?;
    let partial = Partial {
        year: number(&captures, "year").and_then(|year| i32::try_from(year).ok()),
        month: number(&captures, "month"),
        day: number(&captures, "day")?,
    };
    let fits = partial.month.is_none_or(|month| (1..=12).contains(&month)) && (1..=31).contains(&partial.day);
    fits.then_some(partial)
}

fn day(captures: &Captures<'_>) -> Option<NaiveDate> {
    let year = i32::try_from(number(captures, "year")?).ok()?;
    NaiveDate::from_ymd_opt(year, number(captures, "month")?, number(captures, "day")?)
}

fn full_dates<'t>(texts: impl Iterator<Item = &'t Cow<'t, str>>) -> Vec<NaiveDate> {
    let Some(regex) = full_regex() else { return Vec::new() };
    texts.flat_map(|text| regex.captures_iter(text).filter_map(|captures| day(&captures)).collect::<Vec<_>>()).collect()
}

/// How long a line may be that is only a date with its trimmings (时间：…, 星期日, ——2026年1月27日在…大会上).
const HEADING_CHARS: usize = 40;

/// What may stand behind the date of a heading: a weekday, a time of day, a source, or where a speech was given.
const BEHIND_DATE: &str = "^日?[\\s　]*(?:[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?)?[\\s　]*(?:[0-9]{1,2}[:时][0-9]{2}分?(?::[0-9]{2})?)?[\\s　]*(?:$|[|｜/].*|(?:来源|作者|编辑|记者|责任|第[^，。]{1,3}版|农历|版次|文字|浏览|字号).*|[）)]$|在.{2,24}[上会])";
regex!(behind_date_regex, BEHIND_DATE);

/// A full date in a short line of the head or foot of the article, or in one that stands as heading or credit.
///
/// A `sure` one has nothing else in its line; a line of a chronicle (2019年3月5日 开工) is not sure to be a heading.
fn heading_date(article: &Article, blocks: &[Cow<'_, str>], sure: bool) -> Option<NaiveDate> {
    if blocks.len() < 2 {
        return None;
    }
    let last = blocks.len().saturating_sub(2);
    let regex = full_regex()?;
    article.blocks.iter().zip(blocks).enumerate().find_map(|(idx, (block, text))| {
        let edge = idx < 6 || idx >= last || block.role != Role::Body;
        let short = text.chars().count() <= HEADING_CHARS && !text.ends_with(['。', '，']);
        let captures =
            (edge && short).then(|| captures(regex, text).or_else(|| captures(compact_regex()?, text)))??;
        let start = captures.get(0)?.start();
        // The blank before a time of day (2026-01-31 00:06) stands behind the date, too.
        let behind = text.get(captures.name("day")?.end()..)?;
        if text.get(..start).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphanumeric()))
            || behind.starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let before = text.get(..start)?.chars().count();
        let is_sure = behind_date_regex().is_some_and(|regex| regex.is_match(behind));
        (before <= 12 && (is_sure || !sure)).then(|| day(&captures))?
    })
}

/// A date or year in a file name.
fn date_in_name(name: &str) -> Option<Edtf> {
    let captures = name_regex()?.captures(name)?;
    if let Some(day) = day(&captures) {
        return Some(Edtf::from_day(day));
    }
    let year = i32::try_from(number(&captures, "year")?).ok()?;
    number(&captures, "month").and_then(|month| Edtf::from_month(year, month)).or_else(|| Some(Edtf::from_year(year)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{text::segment, warn::Reporter};

    #[track_caller]
    fn check(text: &str, given: &str, file_name: &str, expected: &str) {
        let articles = segment(text, &mut Reporter::default());
        let hints = Hints { given: given.parse().ok(), file_name: file_name.to_owned(), assumed: None };
        let dcts = find(&articles, &hints);
        let document = dcts.document.map_or_else(|| "none".to_owned(), |edtf| edtf.to_string());
        assert_eq!(format!("{document} {:?}", dcts.from), expected, "{text}");
    }

    #[test]
    fn the_line_of_a_web_page_says_day_and_hour() {
        let body = "粮食总产量2432万吨，双双迈上新台阶，成绩单公布。\n1月30日，发布会在河东举行，介绍情况。";
        for line in ["2026-01-31 00:06:47 来源: 河东网", "2026-01-31 00:06", "2026年1月31日 08:20 来源：河东网"]
        {
            check(&format!("解密经济运行亮点\n{line}\n{body}"), "", "河东2025.txt", "2026-01-31 Heading");
        }
    }

    #[test]
    fn the_dateline_comes_first() {
        check("新华社香港6月22日电　记者张三报道，展会开幕。", "2025", "", "2025-06-22 Dateline");
        check("新华社香港6月22日电　展会开幕。\n2025年6月23日　星期一", "", "", "2025-06-22 Dateline");
        check("（新华社阿斯塔纳2024年7月3日电）", "", "", "2024-07-03 Dateline");
        check("本报北京12月30日电　展会开幕。", "2026-01-02", "", "2025-12-30 Dateline");
    }

    #[test]
    fn a_year_needs_evidence() {
        check("某某网9月2日电　1至7月出口比2019年同期增长。", "", "", "none None");
        check("某某网9月2日电　1至7月出口与2019年同期相比增长，两年平均增长2%。", "", "", "2021-09-02? Dateline");
        check("某某网4月18日讯　一季度出口比2021年四季度环比增长。", "", "", "2022-04-18? Dateline");
        check("某某网4月18日讯　到2035年建成。", "", "", "none None");
        check("某某网4月18日讯　会议闭幕。\n2020年4月17日会议开幕。", "", "", "2020-04-18 Dateline");
    }

    #[test]
    fn other_places_follow() {
        check("国家统计局今天（4月18日）公布数据。", "", "20230418.md", "2023-04-18 Dateline");
        check("馆内今天（4月18日）开放，展期到2024年3月30日。", "", "20230418.md", "2023-04-18 Dateline");
        check("没有日期。", "", "page-2025-06-23.txt", "2025-06-23 Filename");
        check("没有日期。", "2024-05", "page-2025-06-23.txt", "2024-05 Given");
        check("关于开放的公告\n2019年3月5日　星期二\n自即日起开放。", "2024-05-01", "", "2019-03-05 Heading");
        check("馆史\n2019年3月5日 新馆开工\n2021年开放。", "2024-05-01", "", "2024-05-01 Given");
        check("2019年3月5日的会议。", "", "", "none None");
        check("关于开放的公告\n2019年3月5日\n自即日起开放。", "", "", "2019-03-05 Heading");
    }

    #[test]
    fn what_is_assumed_comes_last() {
        let check = |text: &str, given: &str, file_name: &str, assumed: &str, expected: &str| {
            let articles = segment(text, &mut Reporter::default());
            let [given, assumed] = [given, assumed].map(|date| date.parse().ok());
            let dcts = find(&articles, &Hints { given, file_name: file_name.to_owned(), assumed });
            let shown = |date: Option<Edtf>| date.map_or_else(|| "none".to_owned(), |date| date.to_string());
            let own = shown(dcts.articles.first().and_then(|(date, _)| date.clone()));
            assert_eq!(format!("{} {:?} {own}", shown(dcts.document), dcts.from), expected, "{text}");
        };
        check("昨天开工。", "", "", "2024-05-06", "2024-05-06 Assumed 2024-05-06");
        check("昨天开工。", "", "", "2024", "2024 Assumed 2024");
        check("昨天开工。", "2023-01-02", "", "2024-05-06", "2023-01-02 Given 2023-01-02");
        check("昨天开工。", "", "20220304.txt", "2024-05-06", "2022-03-04 Filename 2022-03-04");
        check("某某网2021年9月2日电　展会开幕。", "", "", "2024-05-06", "2021-09-02 Dateline 2021-09-02");
        // A dateline without its year has it from there, and the document says so.
        check("某某网9月2日电　展会开幕。", "", "", "2024-05-06", "2024-09-02 Assumed 2024-09-02");
        check("某某网12月30日电　展会开幕。", "", "", "2024-01-02", "2023-12-30 Assumed 2023-12-30");
        check("某某网9月2日电　展会开幕。\n2020年8月30日布展。", "", "", "2024", "2020-09-02 Dateline 2020-09-02");
    }
}
