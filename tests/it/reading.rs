//! Whole sentences through the whole reader: what one rule alone cannot show. The sentences are our own.

use nianbiao::{
    corpus::{ReadOptions, read},
    model::Document,
    text::Source,
    warn::Reporter,
};

fn document(text: &str, dct: &str) -> Document {
    let source = Source::of("a.txt", text);
    let options = ReadOptions { dct: dct.parse().ok(), ..ReadOptions::default() };
    read(source, &options, Reporter::new()).into_body().document
}

/// `expected` lists the times with what they mean, in order.
#[track_caller]
fn check_times(dct: &str, text: &str, expected: &[(&str, &str)]) {
    let document = document(text, dct);
    let value = |time: &nianbiao::model::Time| time.edtf.as_ref().map_or(time.value.clone(), ToString::to_string);
    let found: Vec<(String, String)> = document.times.iter().map(|time| (time.text.clone(), value(time))).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(text, value)| (text.as_str(), value.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

/// `expected` lists measure, printed text, per, and the time each quantity holds for.
#[track_caller]
fn check_quantities(dct: &str, text: &str, expected: &[&str]) {
    let document = document(text, dct);
    let shown = |quantity: &nianbiao::model::Quantity| {
        let time = quantity.time.and_then(|idx| document.times.get(idx)).and_then(|time| time.edtf.as_ref());
        format!(
            "{} | {}{} | {}",
            quantity.measure.as_deref().unwrap_or("-"),
            quantity.text,
            quantity.per.as_ref().map_or(String::new(), |per| format!(" /{}", per.0)),
            time.map_or("-".to_owned(), ToString::to_string)
        )
    };
    let found: Vec<String> = document.quantities.iter().map(shown).collect();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn check_titles(dct: &str, text: &str, expected: &[(&str, &str)]) {
    let document = document(text, dct);
    let found: Vec<(String, &str)> = document
        .events
        .iter()
        .map(|event| (event.edtf.as_ref().map_or(String::new(), ToString::to_string), event.title.as_str()))
        .collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(when, title)| (when.as_str(), *title)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_story_keeps_its_year_though_it_told_the_hour() {
    check_times(
        "2009-05-04",
        "1919年3月8日夜，渡船沉没。到5月下旬，打捞结束。",
        &[("1919年3月8日夜", "1919-03-08"), ("5月下旬", "1919-05-21/1919-05-31")],
    );
}

#[test]
fn what_a_year_is_compared_with_tells_no_year_of_what_follows() {
    check_times(
        "1981-02-10",
        "1980年工资由1977年的520元增加到640元。全年用粮9万斤。",
        &[("1980年", "1980"), ("1977年", "1977"), ("全年", "1980")],
    );
    check_times(
        "2024-07-12",
        "6月份，粮价环比下降0.2%。油价降幅比上月收窄0.1个百分点。",
        &[("6月份", "2024-06"), ("上月", "2024-05")],
    );
}

#[test]
fn taiwan_counts_its_years_from_1912() {
    check_times(
        "2022-08-01",
        "主計總處統計，109年出口成長，111年6月失業率為98年以來最低。",
        &[("109年", "2020"), ("111年6月", "2022-06"), ("98年以來", "2009/2022-08-01")],
    );
}

#[test]
fn figures_of_ages_rates_and_places_keep_their_names() {
    check_quantities(
        "2022-03-01",
        "2021年末，本县60周岁及以上人口3.2万人，占总人口的20%。",
        &["本县 | 60周岁 | 2021", "60周岁及以上人口 | 3.2万人 | 2021", "60周岁及以上人口占总人口比重 | 20% | 2021"],
    );
    check_quantities("2022-03-01", "2021年人均收入增长6%。", &["人均收入增长 | 6% | 2021"]);
    check_quantities("1966-03-01", "棉产一九六五年比一九五五年增长了两成。", &["棉产增长 | 两成 | 1965"]);
    check_quantities(
        "2022-03-01",
        "2021年长三角产值突破3万亿元。其中，江苏五市合计1.2万亿元，上海0.9万亿元。",
        &["长三角产值 | 3万亿元 | 2021", "江苏五市产值 | 1.2万亿元 | 2021", "上海产值 | 0.9万亿元 | 2021"],
    );
    check_quantities(
        "2023-05-08",
        "今天（5月8日）客流量2亿人次。其中，铁路客运量900万人次。",
        &["客流量 | 2亿人次 | 2023-05-08", "铁路客运量 | 900万人次 | 2023-05-08"],
    );
}

#[test]
fn a_rate_told_last_is_the_rate_of_all() {
    check_quantities(
        "2022-03-01",
        "2021年，甲区收入和乙区收入实际增速分别为4%和7%。",
        &["甲区收入实际增速 | 4% | 2021", "乙区收入实际增速 | 7% | 2021"],
    );
    check_quantities("2022-03-01", "2021年毛利3亿元，同比-5%。", &["毛利 | 3亿元 | 2021", "毛利同比下降 | 5% | 2021"]);
    check_quantities("2022-03-01", "主队全场以101比96取胜，后卫得到9助攻。", &[]);
}

#[test]
fn a_scanner_tears_numbers_and_years() {
    check_quantities(
        "2019-03-01",
        "2 0 1 8年全县参考学生为1 2.5万人，比2 0 1 7年增加 3 200人。",
        &["全县参考学生 | 12.5万人 | 2018", "全县参考学生增加 | 3200人 | 2018"],
    );
}

#[test]
fn days_off_are_an_interval_that_the_figures_hold_for() {
    check_quantities(
        "2023-05-04",
        "2023年“五一”假期5天，全市接待游客30万人次。",
        &["全市接待游客 | 30万人次 | 2023-04-29/2023-05-03"],
    );
}

#[test]
fn titles_say_what_happened_and_once() {
    check_titles(
        "2019-07-01",
        "2018年两县贸易额达3亿元，2019年上半年同比增长5%。",
        &[("2018", "两县贸易额达3亿元"), ("2019-40", "两县贸易额同比增长5%")],
    );
    check_titles("2019-07-01", "安卡拉时间6月20日9时，新港码头恢复通航。", &[("2019-06-20T09", "新港码头恢复通航")]);
    check_titles(
        "2019-07-01",
        "省统计局6月20日发布数据显示，初步核算，2018年全省产值31亿元。",
        &[("2018", "全省产值31亿元")],
    );
}

#[test]
fn bylines_may_be_long_and_are_no_phrases() {
    let names = |text: &str| {
        let articles = document(text, "2019-07-01").articles;
        articles.into_iter().next().map(|article| article.byline).unwrap_or_default()
    };
    assert_eq!(names("（中央社記者吳大川台北10日電）港口今天啟用。"), ["吳大川"]);
    assert!(names("本报讯 记者从县里获悉，新桥今天通车。").is_empty());
}
