//! Text to measure with: news of no place and no day, made by a seeded generator, as dense in dates and figures as a
//! news transcript (about 3 times and 3 quantities a kilobyte).

use std::fmt::Write as _;

/// A small generator of numbers (SplitMix64): the same seed gives the same text everywhere.
#[derive(Debug, Clone)]
pub struct Seed(pub u64);

impl Seed {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// A number from `from` up to, not including, `to`.
    fn within(&mut self, from: u64, to: u64) -> u64 {
        from + self.next() % (to - from)
    }

    fn one<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.within(0, words.len() as u64) as usize]
    }
}

const PLACES: &[&str] = &[
    "东岭", "南浦", "临江", "海州", "平川", "青屿", "石门", "云溪", "北河", "长堤", "松原", "河口", "安宁", "新田",
    "广济", "永和",
];
const UNITS_OF: &[&str] = &["市", "县", "省", "自治州", "新区", "港区", "镇"];
const BODIES: &[&str] = &[
    "统计局",
    "水利厅",
    "教育局",
    "交通运输部门",
    "港务集团",
    "农业农村局",
    "气象台",
    "文化馆",
    "卫生健康委",
    "科学院",
    "铁路公司",
    "医院",
    "博物馆",
    "电力公司",
    "消防队",
    "渔业合作社",
];
const MEASURES: &[&str] = &[
    "货物吞吐量",
    "粮食总产量",
    "进出口总值",
    "社会消费品零售总额",
    "固定资产投资",
    "规模以上工业增加值",
    "新能源汽车产量",
    "居民人均可支配收入",
    "用电量",
    "旅客发送量",
    "快递业务量",
    "绿化面积",
    "发电量",
    "水产品产量",
    "高技术产品出口额",
    "新登记企业",
];
const UNITS: &[&str] =
    &["万吨", "亿元", "亿千瓦时", "万人次", "公顷", "家", "万辆", "亿件", "万平方米", "亿美元", "公里", "个"];
const CHANGES: &[&str] = &["增长", "下降", "提高", "减少", "增加", "回升"];
const DEEDS: &[&str] = &[
    "跨江大桥主体工程完工",
    "新一轮防汛演练举行",
    "首座智能变电站投入运行",
    "老城区供水管网改造启动",
    "国际渔业博览会开幕",
    "中小学秋季学期开学",
    "乡村图书角建成开放",
    "沿海高速铁路开始联调联试",
    "湿地保护条例正式施行",
    "非遗展演周落下帷幕",
    "远程会诊系统上线",
    "春季植树活动全面展开",
];
const FILLERS: &[&str] = &[
    "各地因地制宜推进重点项目建设，努力把规划图变成实景图，让更多群众分享发展成果。",
    "与会人员围绕产业协作、人才培养和生态保护等话题展开交流，提出了不少务实的建议。",
    "技术人员深入田间地头，手把手指导农户科学施肥、防治病虫害，为丰收打下基础。",
    "这里山环水绕，古树成荫，石板路两旁的老屋经过修缮，成了书店、茶馆和手工作坊。",
    "他们白天巡线，夜里值守，把一个个隐患排除在萌芽之中，守护着城市的安全运行。",
    "业内人士认为，随着配套政策落地见效，市场信心逐步恢复，消费潜力有望进一步释放。",
];

/// When something happens, in one of the ways of the news.
fn when(seed: &mut Seed) -> String {
    let (year, month, day) = (seed.within(2015, 2026), seed.within(1, 13), seed.within(1, 29));
    match seed.within(0, 12) {
        0 => format!("{year}年{month}月{day}日"),
        1 => format!("{year}年{month}月"),
        2 => format!("{year}年"),
        3 => format!("{month}月{day}日"),
        4 => "今年以来".to_owned(),
        5 => "昨天".to_owned(),
        6 => format!("{year}年前三季度"),
        7 => "今年上半年".to_owned(),
        8 => format!("{month}月{day}日至{}日", day + 1),
        9 => "“十四五”期间".to_owned(),
        10 => "近三年来".to_owned(),
        _ => format!("{}日上午{}时", day, seed.within(7, 12)),
    }
}

fn figure(seed: &mut Seed) -> String {
    let whole = seed.within(2, 9000);
    match seed.within(0, 4) {
        0 => format!("{whole}.{}", seed.within(1, 10)),
        1 => format!("{whole}多"),
        _ => whole.to_string(),
    }
}

fn sentence(seed: &mut Seed, out: &mut String) {
    let place = format!("{}{}", seed.one(PLACES), seed.one(UNITS_OF));
    let (time, measure, change) = (when(seed), seed.one(MEASURES), seed.one(CHANGES));
    let (figure, unit, rate) = (figure(seed), seed.one(UNITS), seed.within(1, 400));
    let rate = format!("{}.{}%", rate / 10, rate % 10);
    // Writing to a string cannot fail.
    let _ = match seed.within(0, 8) {
        0 => write!(out, "{time}，{place}{measure}达{figure}{unit}，同比{change}{rate}。"),
        1 => write!(out, "记者从{place}{}了解到，{time}，{}。", seed.one(BODIES), seed.one(DEEDS)),
        2 => write!(out, "{time}，{place}{}。{}", seed.one(DEEDS), seed.one(FILLERS)),
        3 => write!(out, "{place}{}介绍，{measure}由上年的{figure}{unit}{change}到{rate}。", seed.one(BODIES)),
        4 => write!(out, "截至{time}，全{}共有{figure}名志愿者参加服务。", seed.one(UNITS_OF)),
        _ => write!(out, "{}", seed.one(FILLERS)),
    };
}

/// A headline and its story, between 300 bytes and a few thousand.
pub fn story(seed: &mut Seed) -> String {
    let mut out = format!("{}{}{}\n", seed.one(PLACES), seed.one(UNITS_OF), seed.one(DEEDS));
    if seed.within(0, 3) == 0 {
        let _ = write!(
            out,
            "本报{}{}月{}日电（记者 {}）",
            seed.one(PLACES),
            seed.within(1, 13),
            seed.within(1, 29),
            seed.one(&["赵一", "钱二", "孙三"])
        );
    }
    for _ in 0..seed.within(1, 6) {
        for _ in 0..seed.within(1, 6) {
            sentence(seed, &mut out);
        }
        out.push('\n');
    }
    out.push('\n');
    out
}

/// Stories up to `n_bytes` bytes.
pub fn stories(seed: u64, n_bytes: usize) -> Vec<String> {
    let mut seed = Seed(seed);
    let (mut all, mut n) = (Vec::new(), 0);
    while n < n_bytes {
        let story = story(&mut seed);
        n += story.len();
        all.push(story);
    }
    all
}
