//! Runs the examples of the data files, and sentences of our own.

use super::*;
use crate::{
    model::{ArticleKind, Direction, QuantityMod},
    text::{Clean, Role},
};
use serde::Deserialize;

fn article(text: &str) -> Article {
    let block = Block { role: Role::Body, text: Clean::verbatim(text, 0) };
    let span = Span::new(0, text.len());
    Article { kind: ArticleKind::News, blocks: vec![block], byline: Vec::new(), dateline: None, spans: vec![span] }
}

fn read(text: &str) -> Vec<Quantity> {
    quantities(&article(text), &Context::default(), &[]).into_iter().map(|found| found.item).collect()
}

fn shown(quantity: &Quantity) -> String {
    let mut out = format!("{} {}", Decimal::from_f64(quantity.value), quantity.unit);
    if let Some(modifier) = quantity.modifier {
        out += match modifier {
            QuantityMod::Approx => " APPROX",
            QuantityMod::MoreThan => " MORE_THAN",
            QuantityMod::LessThan => " LESS_THAN",
            QuantityMod::EqualOrMore => " EQUAL_OR_MORE",
            QuantityMod::EqualOrLess => " EQUAL_OR_LESS",
        };
    }
    if let Some(per) = &quantity.per {
        out += " ";
        out += &per.0;
    }
    match quantity.direction {
        Some(Direction::Up) => out += " up",
        Some(Direction::Down) => out += " down",
        None => {}
    }
    out
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Examples {
    id: String,
    code: String,
    per: String,
    direction: String,
    #[serde(rename = "mod")]
    modifier: String,
    examples: Vec<String>,
    not: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct File {
    unit: Vec<Examples>,
    currency: Vec<Examples>,
    modifier: Vec<Examples>,
    change: Vec<Examples>,
    per: Vec<Examples>,
    examples: Vec<String>,
    not: Vec<String>,
}

/// Every word of the expectation must be among what was found for one quantity of the sentence.
fn example_fault(file: &str, example: &str) -> Option<String> {
    let Some((sentence, wanted)) = example.split_once(" => ") else {
        return Some(format!("{file}: no ` => ` in {example}"));
    };
    let found: Vec<String> = read(sentence).iter().map(shown).collect();
    let is_there = found.iter().any(|one| {
        let mut words = one.split(' ');
        wanted.split(' ').all(|want| words.any(|word| word == want))
    });
    (!is_there).then(|| format!("{file}: {example}; found {found:?}"))
}

#[test]
fn every_example_in_the_data_holds() {
    let mut faults = Vec::new();
    for (name, text) in lexicon::FILES {
        let file: File = toml::from_str(text).unwrap();
        let is_traps = name.ends_with("traps.toml");
        let rows = [&file.unit, &file.currency, &file.modifier, &file.change, &file.per];
        for row in rows.into_iter().flatten() {
            faults.extend(row.examples.iter().filter_map(|example| example_fault(name, example)));
            for sentence in &row.not {
                for quantity in read(sentence) {
                    let shown = shown(&quantity);
                    let key = [&row.code, &row.per, &row.direction, &row.modifier];
                    if key.iter().any(|key| !key.is_empty() && shown.split(' ').any(|word| word == key.as_str())) {
                        faults.push(format!("{name}: {} must not be found in {sentence}: {shown}", row.id));
                    }
                }
            }
        }
        let none = if is_traps { &file.examples } else { &file.not };
        for sentence in none {
            let found: Vec<String> =
                read(sentence).iter().filter(|q| q.kind != QuantityKind::Ordinal).map(shown).collect();
            if !found.is_empty() {
                faults.push(format!("{name}: nothing counts in {sentence}; found {found:?}"));
            }
        }
        if !is_traps {
            faults.extend(file.examples.iter().filter_map(|example| example_fault(name, example)));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// `[…]` marks the quantities of the sentence.
#[track_caller]
fn check(marked: &str) {
    let text: String = marked.chars().filter(|c| !"[]".contains(*c)).collect();
    let found = quantities(&article(&text), &Context::default(), &[]);
    let mut out = String::new();
    let mut at = 0;
    for quantity in &found {
        out += &text[at..quantity.at.start];
        out += &format!("[{}]", quantity.at.slice(&text));
        at = quantity.at.end;
    }
    out += &text[at..];
    assert_eq!(out, marked);
}

#[test]
fn machines_are_counted_and_storms_are_not() {
    assert_eq!(shown(&read("风电场有60台风机。")[0]), "60 台");
    assert!(read("今年第3号台风登陆。").iter().all(|quantity| quantity.unit != "台"));
    assert_eq!(read("现有10名队员平均年龄30岁。")[0].measure.as_deref(), Some("队员"));
}

#[test]
fn a_verb_before_what_it_changes_gives_the_direction() {
    let found = read("央行下调存款准备金率0.5个百分点。");
    assert_eq!(shown(&found[0]), "0.5 pp down");
    let found = read("今天下调存款准备金率0.5个百分点。");
    assert_eq!(found[0].direction, Some(Direction::Down));
    // The same change told twice, in points and per cent.
    assert_eq!(read("指数跌235点或1.17%。")[1].direction, Some(Direction::Down));
}

#[test]
fn spans_hold_number_unit_and_touching_words() {
    check("来宾[约1200名]，其中外宾[90多名]。");
    check("均价约为[人民币800元]，另收[8万元人民币]。");
    check("损失[上百万元]，近[三成]房屋受损，[40000余人]转移。");
    check("税率为[3%至5%]，价格涨了[3—5倍]，来了[七八个]孩子。");
    check("全乡共[7村][1.3万户][5.2万人]。");
    check("售价由[149元]提高到[1508元]。");
}

#[test]
fn ranges_say_their_magnitude_once() {
    let check = |text: &str, low: f64, high: f64| {
        let found = read(text);
        let ends: Vec<_> = found.iter().map(|q| (q.value, q.upper)).collect();
        assert_eq!(ends, [(low, Some(high))], "{text}");
    };
    check("每户补助两到三万元。", 2e4, 3e4);
    check("预算七百到九百亿元。", 7e10, 9e10);
    check("每班两至三百人。", 200.0, 300.0);
    check("处以10万元（含）至30万元的罚款。", 1e5, 3e5);
    check("价格在五到二十元。", 5.0, 20.0);
}

#[test]
fn a_text_of_one_quantity_is_that_quantity() {
    check("[最多三斤]");
    check("[每小时3千米]");
    check("[不到40万元]");
    check("卖了近[40万元]。");
    check("签下[两个亿元]的订单。");
    check("建成[两个]亿吨级港口。");
}

#[test]
fn codes_scores_and_words_are_no_quantities() {
    for text in [
        "乘坐G20次列车",
        "歼-20战机",
        "主队3:1获胜",
        "联系电话010-88886666",
        "第三方机构",
        "十分重要",
        "5G网络",
        "http://a.cn/x?id=20%2030",
        "见图12",
        "三农问题",
        "百货大楼",
        "双方表示",
        "新冠19型",
        "升级到3.15.2版",
    ] {
        let found: Vec<String> = read(text).iter().filter(|q| q.kind != QuantityKind::Ordinal).map(shown).collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

/// Values and measures of `text`, read as every article is.
fn measured(text: &str) -> Vec<(f64, String, String)> {
    let found = crate::extract::findings(&article(text), &Context::default());
    found.quantities.into_iter().map(|q| (q.item.value, q.item.unit, q.item.measure.unwrap_or_default())).collect()
}

#[test]
fn money_is_of_the_place_that_the_text_is_of() {
    assert_eq!(measured("行政院編列預算3億元。")[0].1, "TWD");
    assert_eq!(measured("港股收報40元。")[0].1, "HKD");
    assert_eq!(measured("政府編列預算3億元。")[0].1, "CNY");
    let told = measured("贸易额1.2亿元（港元，下同），利润300万元。");
    assert_eq!((told[0].1.as_str(), told[1].1.as_str()), ("HKD", "HKD"));
}

#[test]
fn traditional_text_is_measured_in_its_own_characters() {
    let told = measured("進出口總額達3億美元，同比增長5%。");
    assert_eq!(told[0].2, "進出口總額");
    assert_eq!(told[1].2, "進出口總額同比增長");
}

#[test]
fn figures_in_turn_share_the_unit_of_the_last() {
    let told = measured("三省产值分别达到了8.5万亿、9.6万亿和10.2万亿元。");
    assert!(told.iter().all(|(_, unit, _)| unit == "CNY"), "{told:?}");
    let told = measured("各项比重比上年提高2.3、0.6和1.4个百分点。");
    assert!(told.iter().all(|(_, unit, _)| unit == "pp"), "{told:?}");
}

#[test]
fn what_a_law_numbers_and_names_count_nothing() {
    assert!(measured("第三条 本法自公布之日起施行。").is_empty());
    assert!(measured("第一产业和第二产业平稳。").is_empty());
    assert_eq!(measured("第三条路线开通。").len(), 1);
}

#[test]
fn a_watchword_in_quotes_counts_nothing() {
    assert!(measured("坚持“两个结合”，牢记「三个务必」。").is_empty());
    assert_eq!(measured("会议提出“三个方案和五项措施”。").len(), 2);
    assert_eq!(measured("他只说了“三个”。").len(), 1);
}

#[test]
fn names_are_without_records_and_notes() {
    assert_eq!(measured("某港的吞吐量也再创单月全国新纪录，超过146万标箱。")[0].2, "某港的吞吐量");
    assert_eq!(measured("面积一度达到1200万平方公里。")[0].2, "面积");
    assert_eq!(measured("全国人口14亿人，与上次（普查数据，下同）的13亿人相比，增加1亿人。")[1].2, "全国人口");
    assert_eq!(measured("商品种类从服装增加到日用百货、机械等200多种。")[0].2, "商品种类");
}
