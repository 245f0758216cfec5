//! Sentences with series, derived values and claims.
//!
//! Times come from a finder of plain years below, so that these tests hold whatever the reader of times does.

use super::series;
use crate::{
    extract::{Context, Found, quantity},
    model::{Anchor, ArticleKind, Claim, Series, Time, TimeType, Verdict},
    span::Span,
    text::{Article, Block, Clean, Role},
};
use std::fmt::Write as _;

fn article(text: &str) -> Article {
    let block = Block { role: Role::Body, text: Clean::verbatim(text, 0) };
    let span = Span::new(0, text.len());
    Article { kind: ArticleKind::News, blocks: vec![block], byline: Vec::new(), dateline: None, spans: vec![span] }
}

/// Every 1999年, 1999年度, 1999、(2000年) and 1999—2000年, and `建校初期` as about 1950; 上年 is the year before.
fn years(text: &str) -> Vec<Found<Time>> {
    let pattern = regex::Regex::new(r"([12]\d{3})(?:[—-]([12]\d{3}))?(?:年度?|、[12]\d{3})|建校初期|上年").unwrap();
    let mut times: Vec<Found<Time>> = Vec::new();
    let mut at = 0;
    while let Some(found) = pattern.captures_at(text, at) {
        let whole = found.get(0).unwrap();
        let list = found.get(1).filter(|_| whole.as_str().contains('、'));
        let end = list.map_or(whole.end(), |year| year.end());
        let edtf = match (found.get(1), found.get(2), whole.as_str()) {
            (Some(from), Some(to), _) => format!("{}/{}", from.as_str(), to.as_str()),
            (Some(year), ..) => year.as_str().to_owned(),
            (None, _, "上年") => {
                let last = times.iter().rev().find_map(|time| time.item.edtf.clone()).unwrap();
                (last.as_str().parse::<i32>().unwrap() - 1).to_string()
            }
            _ => "1950~".to_owned(),
        };
        let edtf: crate::edtf::Edtf = edtf.parse().unwrap();
        times.push(Found {
            block: 0,
            at: Span::new(whole.start(), end),
            item: Time {
                span: Span::new(whole.start(), end),
                text: text[whole.start()..end].to_owned(),
                article: 0,
                kind: TimeType::Date,
                value: edtf.to_string(),
                interval: edtf.interval(),
                edtf: Some(edtf),
                modifier: None,
                anchor: Anchor::default(),
                rule: String::new(),
            },
        });
        at = end;
    }
    times
}

fn read(text: &str) -> (Vec<Series>, Vec<Claim>) {
    let (article, times) = (article(text), years(text));
    let quantities = quantity::quantities(&article, &Context::default(), &times);
    series(&article, &times, &quantities)
}

fn shown(series: &[Series]) -> String {
    let mut out = String::new();
    for one in series {
        let _ = write!(out, "{} [{}]:", one.name, one.unit);
        for point in &one.points {
            let edtf = point.edtf.as_ref().map_or("?", |edtf| edtf.as_str());
            let _ = write!(out, " {edtf}={}", point.value);
            if let Some(derived) = &point.derived {
                let _ = write!(out, " ({})", derived.formula);
            }
        }
        out.push('\n');
    }
    out
}

#[track_caller]
fn check(text: &str, wanted: &str) {
    let found = shown(&read(text).0);
    assert!(found.lines().any(|line| line == wanted), "{text}\nwanted {wanted}\nfound\n{found}");
}

#[test]
fn lists_of_years_and_values_are_one_series() {
    check(
        "全校藏书量2001年为12万册，2002年为15万册，2003年达到19.5万册。",
        "全校藏书量 [册]: 2001=120000 2002=150000 2003=195000",
    );
    check(
        "全县失业率由2010、2011年的5.6%、4.9%，逐步下降到2012、2013年的4.1%、3.8%。",
        "全县失业率 [%]: 2010=5.6 2011=4.9 2012=4.1 2013=3.8",
    );
    check(
        "职工年人均收入已由2005年的1.2万元提高到2015年的6.3万元，2016年达到6.8万元。",
        "职工年人均收入 [CNY/person]: 2005=12000 2015=63000 2016=68000",
    );
    check(
        "外销在总销量中的份额持续上升，2001年占10.2%，2002年占11.4%。",
        "外销在总销量中的份额 [%]: 2001=10.2 2002=11.4",
    );
}

#[test]
fn values_told_in_turn_belong_to_the_years_of_a_range() {
    check("2019—2021年，全县粮食产量依次为3、4、5.5万吨。", "全县粮食产量 [t]: 2019=30000 2020=40000 2021=55000");
    check("全县失业率2019—2021年分别为4.1%、3.9%和3.8%。", "全县失业率 [%]: 2019=4.1 2020=3.9 2021=3.8");
    check("全县空气质量综合指数2019—2021年依次为3、4、5.5。", "全县空气质量综合指数 []: 2019=3 2020=4 2021=5.5");
    check("2019—2021年，全县累计植树3万亩。", "全县累计植树 [亩]: 2019/2021=30000");
}

#[test]
fn parts_take_over_what_their_whole_is_measured_by() {
    let text = "2021年，机电产品出口5.8万亿元，同比增长7.9%，其中，汽车、船舶分别增长26.3%、100.1%。";
    check(text, "船舶出口同比增速 [%]: 2021=100.1");
    check("2021年，外贸进出口总值5亿元，增长6%，其中，广东增长7%。", "广东外贸进出口总值增速 [%]: 2021=7");
    check("2021年，对甲国、乙国和丙国出口分别增长1%、2%和3%。", "对乙国出口增速 [%]: 2021=2");
    check("2021年，我国对甲国、乙国分别进出口3亿元和4亿元。", "我国对乙国进出口 [CNY]: 2021=400000000");
    check("2021年，外贸进出口总值5亿元，同比增长6%；货物出口3亿元，增长7%。", "货物出口同比增速 [%]: 2021=7");
}

#[test]
fn a_change_by_an_amount_gives_the_year_before() {
    check(
        "2020年，全校科研经费达36亿元，较上年增加4亿元，较建校初期的0.2亿元增长上百倍。",
        "全校科研经费 [CNY]: 1950~=20000000 2019=3200000000 (36亿 − 4亿) 2020=3600000000",
    );
    check(
        "2020年港口贸易逆差为13亿美元，比上年减少2.4亿美元。",
        "港口贸易逆差 [USD]: 2019=1500000000 (13亿 + 2.4亿) 2020=1300000000",
    );
}

#[test]
fn a_change_by_a_rate_gives_its_base_no_more_exact_than_the_rate() {
    check(
        "2020年全县出口100亿元，比上年增长25%。",
        "全县出口 [CNY]: 2019=8000000000 (100亿 ÷ (1 + 25%)) 2020=10000000000",
    );
    check(
        "2020年全县粮食产量6.95万吨，同比下降1.3%。",
        "全县粮食产量 [t]: 2019=70400 (6.95万 ÷ (1 − 1.3%)) 2020=69500",
    );
    // The rate is known to a thousandth, so the base is.
    check(
        "2020年全县粮食产量13731.4吨，比上年增长1.3%。",
        "全县粮食产量 [t]: 2019=13560 (13731.4 ÷ (1 + 1.3%)) 2020=13731.4",
    );
    check("2020年全县出口100亿元，比2015年增长3倍。", "全县出口 [CNY]: 2020=10000000000");
    check(
        "2020年全县出口100亿元，比2015年增长1.5倍。",
        "全县出口 [CNY]: 2015=4000000000 (100亿 ÷ (1 + 1.5)) 2020=10000000000",
    );
    check("2020年全县出口约100亿元，比上年增长25%。", "全县出口 [CNY]: 2020=10000000000");
    check("2020年全县出口100亿元，比上年增长约25%。", "全县出口 [CNY]: 2020=10000000000");
    check("2020年全县工业增加值100亿元，比上年增长25%。", "全县工业增加值 [CNY]: 2020=10000000000");
}

#[test]
fn a_base_may_be_told_in_many_words() {
    check(
        "2020年，全校科研经费为36亿元，比上年多出4亿元，同建校初期的0.2亿元相比增长上百倍。",
        "全校科研经费 [CNY]: 1950~=20000000 2019=3200000000 (36亿 − 4亿) 2020=3600000000",
    );
    check(
        "2020年全县粮食产量为43万吨，与上年相比少了3万吨。",
        "全县粮食产量 [t]: 2019=460000 (43万 + 3万) 2020=430000",
    );
    check("2020年全县粮食产量比上年净增3万吨，达到43万吨。", "全县粮食产量 [t]: 2019=400000 (43万 − 3万) 2020=430000");
    check(
        "与2015年相比，2020年全县财政收入增加2亿元，达到20亿元。",
        "全县财政收入 [CNY]: 2015=1800000000 (20亿 − 2亿) 2020=2000000000",
    );
    check("2020年订单跟上年的36万件比，减少了4万件，为32万件。", "订单 [件]: 2019=360000 2020=320000");
}

#[test]
fn where_a_change_starts_has_its_own_time_or_none() {
    check("全县果园面积从2010年的3万亩扩大到2020年的9万亩。", "全县果园面积 [亩]: 2010=30000 2020=90000");
    check("2020年全县产量由30万吨增至50万吨。", "全县产量 [t]: 2020=500000");
    check("2018年，两县贸易额由2008年的12亿元升到60亿元。", "两县贸易额 [CNY]: 2008=1200000000 2018=6000000000");
    check("2001年和2002年，全县出口额分别为3亿元和4亿元。", "全县出口额 [CNY]: 2001=300000000 2002=400000000");
    check("2019年工业产值为30亿元。2020年增至45亿元。", "工业产值 [CNY]: 2019=3000000000 2020=4500000000");
}

#[test]
fn counted_things_go_on_too() {
    check("1990年仅有12家企业，2000年增加到45家。", "企业 [家]: 1990=12 2000=45");
    check("2010年全县人口由50万人减至42万人。", "全县人口 [人]: 2010=420000");
    check("2024年，班列开行1.2万列，比2023年多开行1000列。", "班列开行 [列]: 2023=11000 (1.2万 − 1000) 2024=12000");
    check("全市尘埃浓度由2015年的每立方米60微克降到2020年的每立方米35微克。", "全市尘埃浓度 [ug/m3]: 2015=60 2020=35");
}

#[test]
fn names_are_nouns() {
    check(
        "2020年东向的货单约300笔，每笔平均800元；西向约200笔，每笔平均900元。",
        "西向的货单平均每笔金额 [CNY/笔]: 2020=900",
    );
    check("2022年，园区每年能加工20万吨原奶。", "园区每年加工原奶 [t/year]: 2022=200000");
    check("2）2024年全市用水总量6亿吨。", "全市用水总量 [t]: 2024=600000000");
    check("2024年会员年费不超过300元。", "会员年费 [CNY]: 2024=300");
    let series = read("2020年，不占用300元。2021年，用新法施工300米。2022年每笔300元。").0;
    assert!(series.is_empty(), "{}", shown(&series));
}

#[track_caller]
fn check_claim(text: &str, claim: &str, verdict: Verdict) {
    let claims = read(text).1;
    let shown: Vec<String> =
        claims.iter().map(|c| format!("{} {:?} {:?} {:?}", c.text, c.computed, c.verdict, c.formula)).collect();
    assert!(claims.iter().any(|c| c.text == claim && c.verdict == verdict), "{text}\n{shown:#?}");
}

#[test]
fn claims_are_checked_within_their_rounding() {
    check_claim("2020年，全校科研经费达36亿元，较建校初期的0.2亿元增长上百倍。", "增长上百倍", Verdict::Consistent);
    check_claim("2020年，全校科研经费达36亿元，较建校初期的2亿元增长上百倍。", "增长上百倍", Verdict::Inconsistent);
    check_claim("2020年产值达110亿元，比上年增加10亿元，增长10%。", "增长10%", Verdict::Consistent);
    check_claim("2020年产值达110亿元，比上年增加10亿元，增长15%。", "增长15%", Verdict::Inconsistent);
    check_claim("2020年口岸进出口总额90亿元，其中出口50亿元，进口40亿元。", "90亿元", Verdict::Consistent);
    check_claim("2015年产值30亿元。2020年增至60亿元，比2015年翻了一番。", "翻了一番", Verdict::Consistent);
    check_claim("2022年全省用电量为3000亿千瓦时，是2012年1000亿千瓦时的3倍。", "3倍", Verdict::Consistent);
    check_claim("2022年全省用电量为3000亿千瓦时，是2012年1000亿千瓦时的5倍。", "5倍", Verdict::Inconsistent);
    check_claim("2020年用户数量增长3倍。", "增长3倍", Verdict::Unverifiable);
}

#[test]
fn parts_and_shares_are_summed() {
    check_claim("2020年全市投资100亿元，其中工业投资60亿元，农业投资40亿元。", "100亿元", Verdict::Consistent);
    check_claim("2020年甲县产值3亿元，乙县产值4亿元，合计7亿元。", "7亿元", Verdict::Consistent);
    check_claim("2020年甲县产值3亿元，乙县产值4亿元，合计10亿元。", "10亿元", Verdict::Inconsistent);
    check_claim("2020年工业占40%，农业占35%，服务业占25%。", "40%，农业占35%，服务业占25%", Verdict::Consistent);
    check_claim("2020年工业占60%，农业占35%，服务业占25%。", "60%，农业占35%，服务业占25%", Verdict::Inconsistent);
    for text in ["2020年全市投资100亿元，其中工业投资30亿元，农业投资40亿元。", "2020年工业占40%，农业占35%。"]
    {
        assert!(read(text).1.is_empty(), "{text}: {:?}", read(text).1);
    }
}

#[test]
fn values_told_in_turn_belong_to_the_names_before_them() {
    // Half-width commas, and names between commas that hold 、 themselves.
    let text = "2021年,我国对甲国、乙国、丙国进出口分别为3.2亿元、2.1亿元、1.4亿元,同比分别增长7%、2.9%、1%。";
    check(text, "我国对乙国进出口 [CNY]: 2020=200000000 (2.1亿 ÷ (1 + 2.9%)) 2021=210000000");
    check(text, "我国对丙国进出口同比增速 [%]: 2021=1");
    let text = "2021年，软件、信息服务业，金融业增加值分别增长17.2%和4.8%，两年平均分别增长11.7%和5.3%。";
    check(text, "金融业增加值增速 [%]: 2021=4.8");
    check(text, "金融业增加值两年平均增速 [%]: 2021=5.3");
    check("2021年，甲港、乙港位居全省吞吐量增速前二名，分别为9.3%、8.6%。", "甲港全省吞吐量增速 [%]: 2021=9.3");
    check("2021年，甲市和乙市用电量分别增长2.5%和-8.6%。", "乙市用电量增速 [%]: 2021=-8.6");
}

#[test]
fn names_side_by_side_share_what_the_first_or_last_of_them_says() {
    let text = "2021年，货运班列东、中、西线分别开行620列、210列和980列，同比分别增长8%、12%和15%。";
    check(text, "货运班列中线 [列]: 2020=187 (210 ÷ (1 + 12%)) 2021=210");
    check(text, "货运班列西线同比增速 [%]: 2021=15");
    check("2021年，第一、二、三产业投资分别增长4.1%、5%和6.2%。", "第三产业投资增速 [%]: 2021=6.2");
    check("2021年，铁路、公路分别完成货运量1亿吨、8亿吨。", "公路货运量 [t]: 2021=800000000");
    check(
        "2021年，东部、中部、西部用电量分别为12亿千瓦时、8亿千瓦时、6亿千瓦时。",
        "东部用电量 [kW.h]: 2021=1200000000",
    );
    check(
        "2021年，全省公路、铁路、水路固定资产投资分别为9亿元、5亿元、2亿元。",
        "全省铁路固定资产投资 [CNY]: 2021=500000000",
    );
    check("2021年，进出口、出口和进口分别增长23%、24%和22%。", "出口增速 [%]: 2021=24");
    check("2021年，造船完工量、新接订单量和手持订单量三大指标分别增长3%、4%和2%。", "手持订单量增速 [%]: 2021=2");
    check("2021年，甲市个人贷款余额350亿元。", "甲市个人贷款余额 [CNY]: 2021=35000000000");
}

#[test]
fn where_changes_told_in_turn_start_has_the_time_of_the_change_before() {
    let text = "粮食产量由1978年的30万吨增加到1997年的49万吨；棉花、油料产量分别由2万吨、5万吨增加到4万吨、21万吨。";
    check(text, "棉花产量 [t]: 1978=20000 1997=40000");
    check(text, "油料产量 [t]: 1978=50000 1997=210000");
}

#[test]
fn what_befell_people_and_what_is_fined_are_measures() {
    check("2021年，受灾面积3亿亩，死亡34人，倒塌房屋4万间。", "死亡 [人]: 2021=34");
    check("2021年，外贸年均增速达26.4%，达3573亿元。", "外贸 [CNY]: 2021=357300000000");
}

#[test]
fn a_verb_may_stand_before_what_it_changes_and_an_interest_has_its_kind() {
    let text = "2021年，下调存款准备金率0.5个百分点，7天期逆回购利率由1.7%调整为1.5%。";
    check(text, "7天期逆回购利率 [%]: 2021=1.5");
    check("2021年，外资买超98亿元。", "外资买超 [CNY]: 2021=9800000000");
}

#[test]
fn what_looks_like_a_link_or_a_change_may_end_a_name() {
    check("2021年，授权发明专利79万件、外观设计48万件。", "外观设计 [件]: 2021=480000");
    check("2021年，费用减缴比例最高85%。", "费用减缴比例 [%]: 2021=85");
    check("2021年，径流量较多年平均偏小7%。", "径流量增速 [%]: 2021=-7");
    check("2021年，全国有9万人。", "全国 [人]: 2021=90000");
    let text = "2021年前三季度报告发布。受理国际申请5万件，同比增长2.1%。";
    check(text, "受理国际申请 [件]: 2021=50000");
}

#[test]
fn a_sum_and_old_counts_have_names_of_their_own() {
    let text = "2021年，煤炭产量3万吨，石油产量2万吨，合计5万吨。";
    check(text, "石油产量 [t]: 2021=20000");
    check(text, "合计 [t]: 2021=50000");
    check("1393年，全府户43万，口260万，田地6万顷。", "口 []: 1393=2600000");
}

#[test]
fn the_base_of_a_share_or_multiple_is_no_time_of_a_value() {
    let text = "2021年，甲市接待游客300万人次，恢复至2019年同期的75.0%。旅游收入80亿元。";
    check(text, "甲市接待游客 [人次]: 2019=4000000 (300万 ÷ 75.0%) 2021=3000000");
    check(text, "甲市接待游客相当于2019年 [%]: 2021=75");
    check(text, "旅游收入 [CNY]: 2021=8000000000");
    let text = "2021年，甲市税收是2001年的12倍，支出60亿元。";
    check(text, "支出 [CNY]: 2021=6000000000");
}

#[test]
fn a_share_and_a_contribution_say_of_what() {
    let text = "民企进出口占外贸总值的比重逐年提升，由2013年的25%升至2017年的26.5%。";
    check(text, "民企进出口占外贸总值比重 [%]: 2013=25 2017=26.5");
    let text = "2021年，服务业增加值6万亿元，对经济增长的贡献率为54.9%。";
    check(text, "服务业增加值对经济增长的贡献率 [%]: 2021=54.9");
    let text = "2021年，河东地区生产总值100亿元，其中：第一产业增加值10亿元。";
    assert!(read(text).0.iter().all(|series| !series.name.starts_with("二")), "第一产业 counts nothing");
    check("2021年，全县劳动生产率12000元，比上年提高6.9%。", "全县劳动生产率增速 [%]: 2021=6.9");
}

#[test]
fn a_base_far_below_its_level_keeps_a_figure() {
    let text = "2021年，该厂利润1亿元，同比增长1072.33%。";
    check(text, "该厂利润 [CNY]: 2020=9000000 (1亿 ÷ (1 + 1072.33%)) 2021=100000000");
}
