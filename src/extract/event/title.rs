//! What a person would write on a timeline: a clause without its date, at most about thirty characters.

use super::{
    brief,
    clause::{self, Telling},
    cues::{self, Cues},
    letters::{GOOD_CHARS, MAX_CHARS, has_digit, is_edge, n_chars},
    place, shorten,
};
use crate::span::Span;

/// A title shorter than this takes the next clause too.
const SHORT_CHARS: usize = 9;
/// With a figure behind it, the clause may grow to this.
const WITH_FIGURE_CHARS: usize = 26;

/// What the title may draw on besides its own words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Background<'a> {
    /// Whom 他 and 她 mean.
    pub person: Option<&'a str>,
    /// What the first figure in the words measures.
    pub measure: Option<&'a str>,
}

/// The title of `telling`; `None` where the words tell nothing.
pub fn title(text: &str, telling: &Telling, background: Background<'_>, cues: &Cues) -> Option<String> {
    let clauses: Vec<String> = clause::segments(text, telling.region)
        .into_iter()
        .map(|segment| tidy(&without_time(text, segment, telling.time_at, cues)))
        .map(|clause| {
            if clause == "生" {
                "出生".to_owned()
            } else if clause == "在位" {
                clause
            } else {
                without_participle(clause, cues)
            }
        })
        .filter(|clause| {
            clause.chars().count() >= 2 && cues::opener_len(clause, &cues.time_openers) != Some(clause.len())
        })
        .collect();
    // 顺治帝，1643年至1661年在位: so does how long one reigned.
    let is_birth = clauses.first().is_some_and(|clause| clause == "出生" || clause == "在位");
    let main = if is_birth { Some(0) } else { main_clause(&clauses, cues) };
    // 统计局22日公布，…: what was made known stands behind, with a time of its own.
    let goes_on = text.get(telling.region.end..).is_some_and(|rest| rest.starts_with(['，', '：', ',', ':']));
    // …发布数据显示，初步核算，2023年…: so is how it was reckoned.
    let only_opens = |clause: &String| speaks(clause, cues) || cues.reckonings.iter().any(|word| word == clause);
    if goes_on && clauses.iter().all(only_opens) {
        return None;
    }
    // 在节日来临之际，…: where nothing else is told, what follows has a time of its own.
    let main = main.or_else(|| (!goes_on && !clauses.is_empty()).then_some(0))?;
    let clauses = with_names_joined(clauses, main);
    let (main, clause) = told(&clauses, main, cues)?;
    let mut title = without_speech(with_subject(&clause, background.person, cues));
    if is_birth {
        let of_life = || opening_person(text, cues).or(background.person).filter(|_| title.starts_with("出生"));
        let subject = subject_before(text, telling.region.start).or_else(of_life)?;
        title.insert_str(0, subject);
    }
    let mut next = main + 1;
    if is_setting(&title, cues)
        && let Some(what) = clauses.get(next)
    {
        title.push_str(&with_subject(what, None, cues));
        next += 1;
    }
    if let Some(what) = clauses.get(next)
        && let Some(joined) = with_deed(&title, what)
            .or_else(|| with_occasion(&title, what, cues))
            .or_else(|| with_role(&title, what, cues))
    {
        title = joined;
        next += 1;
    }
    title = balanced(&with_measure(title, background.measure, cues));
    if n_chars(&title) > GOOD_CHARS {
        title = brief::without_trimmings(&title, cues);
    }
    if n_chars(&title) > GOOD_CHARS {
        title = shorten::shortened(&title, cues);
    }
    // 在县长陪同下: how it was done is not what was done next.
    let is_manner = |clause: &&String| cues::closer_len(clause, &cues.company).is_some();
    for next in clauses.iter().skip(next).filter(|clause| !is_manner(clause)) {
        let joined = n_chars(&title) + 1 + n_chars(next);
        let is_figure = cues::opener_len(next, &cues.figure_openers).is_some() && has_digit(next);
        let is_needed = n_chars(&title) < SHORT_CHARS;
        let room = if has_digit(&title) { WITH_FIGURE_CHARS } else { MAX_CHARS };
        if joined > MAX_CHARS || !(is_needed || is_figure && joined <= room) {
            break;
        }
        title.push('，');
        title.push_str(next);
    }
    let title = tidy(&balanced(&title));
    let title = ["特别是", "尤其是"].iter().find_map(|word| title.strip_prefix(word)).map_or(title.clone(), tidy);
    let title = title.strip_prefix('是').filter(|rest| n_chars(rest) >= 6).map_or(title.clone(), str::to_owned);
    // 即“五星卡”正式启用, but not 即将, 即日.
    let named = title
        .strip_prefix('即')
        .filter(|rest| n_chars(rest) >= 6 && !rest.starts_with(|c| "将便使可刻时日".contains(c)));
    let title = named.map_or(title.clone(), str::to_owned);
    let before = text.get(..telling.region.start).unwrap_or_default();
    let title = with_gathering(with_label(title, before), before, cues);
    // 目标是, 中国队曾: what was to be told stands behind, or was torn off.
    let title = title.strip_suffix('曾').or_else(|| title.strip_suffix("曾经")).map_or(title.clone(), str::to_owned);
    let is_torn = title.ends_with(['是', '为'])
        && ["目标是", "指标是", "时间为", "期限为", "目标为", "内容是"].iter().any(|end| title.ends_with(end));
    let title = without_after(&title);
    // 丧父, 升神父: of two or three characters the person is needed to tell anything.
    let is_short = (2..=3).contains(&n_chars(&title)) && !has_digit(&title);
    let person = if is_short { opening_person(text, cues).or(background.person) } else { None };
    let title = person.map_or(title.clone(), |person| format!("{person}{title}"));
    let is_telling = n_chars(&title) >= 4 && !title.is_ascii() && !is_torn;
    is_telling.then(|| half_width(without_rubric(&title)))
}

/// 软件、信息服务业，金融业增加值分别增长17.2%和4.8%: names between commas are one clause with what is told of them.
fn with_names_joined(clauses: Vec<String>, main: usize) -> Vec<String> {
    let is_name = |clause: &String| clause.contains('、') && n_chars(clause) <= 24 && !has_digit(clause);
    let each = clauses.iter().skip(main + 1).take(3).position(|clause| clause.contains("分别")).map(|n| main + 1 + n);
    let Some(each) = each.filter(|&each| clauses.get(main..each).is_some_and(|names| names.iter().all(is_name))) else {
        return clauses;
    };
    let mut joined = clauses.get(..main).unwrap_or_default().to_vec();
    joined.push(clauses.get(main..=each).unwrap_or_default().join("、"));
    joined.extend(clauses.into_iter().skip(each + 1));
    joined
}

/// The clause that makes the title, and where it stands: a clause without a subject gets the one who says it, and
/// for what is only asked for stands the occasion on which it was. `None` for judgements and bare requests.
fn told(clauses: &[String], main: usize, cues: &Cues) -> Option<(usize, String)> {
    let clause = clauses.get(main)?;
    if cues::opener_len(clause, &cues.judgements).is_some() {
        return None;
    }
    let speech = main.checked_sub(1).and_then(|idx| clauses.get(idx)).filter(|speech| speaks(speech, cues));
    let is_request = cues::opener_len(clause, &cues.exhortations).is_some()
        && cues::opener_len(clause, &cues.no_exhortations).is_none();
    if is_request {
        let occasion = speech.map(|speech| speaker(speech, cues)).filter(|occasion| n_chars(occasion) >= 10)?;
        return Some((main, occasion));
    }
    // 我国出口在过去三年增长的基础上，又有较大增长: who, the clause before says.
    let goes_on = ["又", "仍", "还", "再", "更", "继续", "依然", "保持"].iter().any(|word| clause.starts_with(word));
    if goes_on
        && let Some(before) = main.checked_sub(1).and_then(|idx| clauses.get(idx))
        && let Some((subject, setting)) = before.split_once('在')
        && ["基础上", "背景下", "情况下", "形势下", "条件下", "同时"].iter().any(|end| setting.ends_with(end))
        && (2..=16).contains(&n_chars(subject))
    {
        return Some((main, format!("{subject}{clause}")));
    }
    let speaker = speech.map(|speech| speaker(speech, cues));
    match speaker.filter(|speaker| (2..=14).contains(&n_chars(speaker)) && !speaker.contains(char::is_whitespace)) {
        Some(speaker) if cues::opener_len(clause, &cues.stances).is_some() => {
            Some((main, format!("{speaker}{clause}")))
        }
        Some(speaker) if cues::opener_len(clause, &cues.predicates).is_some() => {
            Some((main, format!("{speaker}称{clause}")))
        }
        _ => Some((main, clause.clone())),
    }
}

/// Whether a clause only says that something is said or made known.
fn speaks(clause: &str, cues: &Cues) -> bool {
    cues::closer_len(clause, &cues.speech_closers).is_some() || cues::closer_len(clause, &cues.announcements).is_some()
}

/// Who says it: the clause without its verb of saying. 据甲社报道 → 甲社.
fn speaker(clause: &str, cues: &Cues) -> String {
    let clause = clause.strip_prefix('据').unwrap_or(clause);
    // 发表声明称 says it twice.
    let said = |head: &str| {
        cues::closer_len(head, &cues.announcements).or_else(|| cues::closer_len(head, &cues.speech_closers))
    };
    let mut head = clause;
    while let Some(len) = said(head) {
        head = head.get(..head.len() - len).unwrap_or_default();
    }
    let head = head.strip_suffix('时').unwrap_or(head);
    tidy(&brief::without_manner(head, cues))
}

/// 出版的日报 → 日报, where it opens the clause.
fn without_participle(clause: String, cues: &Cues) -> String {
    let rest = cues::opener_len(&clause, &cues.participles).and_then(|len| clause.get(len..));
    rest.filter(|rest| n_chars(rest) >= 6).map_or_else(|| clause.clone(), str::to_owned)
}

/// 二、春节：1月28日至2月4日放假 → 春节放假: a short title takes the label before its time.
fn with_label(title: String, before: &str) -> String {
    let Some(label) = before.trim_end().strip_suffix(['：', ':']) else { return title };
    let label = label.rsplit(['。', '；', '，', '\n', '、', '.', '）']).next().unwrap_or_default().trim();
    let is_short = n_chars(&title) <= SHORT_CHARS && (2..=6).contains(&n_chars(label));
    if is_short && !title.contains(label) && label.chars().all(char::is_alphabetic) {
        format!("{label}{title}")
    } else {
        title
    }
}

/// 首届河港论坛由市政府主办，8日[在北京开幕] → 首届河港论坛在北京开幕: what opens stands in a clause before.
fn with_gathering(title: String, before: &str, cues: &Cues) -> String {
    if !title.starts_with(['在', '于']) || n_chars(&title) > 16 {
        return title;
    }
    let sentence = before.rsplit(['。', '\n', '！', '；']).next().unwrap_or_default();
    let clauses: Vec<&str> = sentence.trim_end_matches(is_edge).split('，').collect();
    // The clause right before, where it ends with the name; else the one that opens the sentence.
    let named = clauses.last().into_iter().chain(clauses.first()).find_map(|clause| {
        let head = ["主题为", "主题是", "以“", "由", "为期"].iter().filter_map(|word| clause.find(word)).min();
        let name = clause.get(..head.unwrap_or(clause.len()))?.trim();
        cues::closer_len(name, &cues.gatherings)?;
        // 某国某部共同举办的首届大会: its name stands behind the last 的.
        let name = name.rsplit('的').next()?.trim_start_matches(['（', '）', '：', '“', '”']);
        (4..=24).contains(&n_chars(name)).then_some(name)
    });
    match named.filter(|name| n_chars(name) + n_chars(&title) <= MAX_CHARS) {
        Some(name) => balanced(&format!("{name}{title}")),
        None => title,
    }
}

/// 我国在某地使用某型火箭，成功将某星送入轨道 → 我国成功将某星送入轨道: what was done, not with what.
fn with_deed(clause: &str, what: &str) -> Option<String> {
    let subject = clause.get(..clause.find(['在', '使', '采'])?)?;
    let is_means = ["使用", "采用"].iter().any(|word| clause.contains(word));
    let is_deed = ["成功将", "成功发射", "将", "把", "成功"].iter().any(|word| what.starts_with(word));
    (is_means && is_deed && n_chars(subject) <= 8).then(|| format!("{subject}{what}"))
}

/// 民族团体趁革命之机，宣布独立 → 民族团体宣布独立: what was done, not when it was handy.
fn with_occasion(clause: &str, what: &str, cues: &Cues) -> Option<String> {
    // 趁守军松懈 is an occasion whatever it ends with.
    let is_short = |at: usize| clause.get(..at).is_some_and(|subject| n_chars(subject) <= 6);
    if !clause.find('趁').is_some_and(is_short) {
        cues::closer_len(clause, &cues.occasions)?;
    }
    let (subject, _) = clause.split_once(['趁', '借', '乘', '值', '逢'])?;
    Some(done_by(subject.trim_end_matches(['正', '恰', '适', '欣', '喜']), what))
}

/// What was done, with who did it where that is said.
fn done_by(subject: &str, what: &str) -> String {
    if n_chars(subject) < 2 { what.to_owned() } else { format!("{subject}{what}") }
}

/// 甲曾以总领队的身份，参加典礼 → 甲曾参加典礼; 以某号航班编号，飞往东京 → 飞往东京.
fn with_role(clause: &str, what: &str, cues: &Cues) -> Option<String> {
    cues::closer_len(clause, &cues.roles)?;
    let (subject, _) = clause.split_once('以')?;
    Some(done_by(subject, what))
}

/// 会见代表团时说 → 会见代表团: on what occasion it was said is what happened.
fn without_speech(clause: String) -> String {
    let verbs = ["说", "表示", "指出", "强调", "称", "认为", "介绍", "告诉记者", "宣布"];
    let head = verbs.iter().find_map(|verb| clause.strip_suffix(verb)?.strip_suffix(['时', '后']));
    head.filter(|head| n_chars(head) >= 6).map_or_else(|| clause.clone(), str::to_owned)
}

/// 白军被全部消灭后 → 白军被全部消灭: where what came after it has a time of its own.
fn without_after(title: &str) -> String {
    let head = ["之后", "以后", "之际", "后", "时"].iter().find_map(|end| title.strip_suffix(end));
    let inside =
        |head: &str| head.ends_with(|c: char| "幕影皇太落前背其今此最王先随然日同临及到何当暂小定准平利历".contains(c));
    head.filter(|head| n_chars(head) >= 6 && !inside(head)).unwrap_or(title).to_owned()
}

/// Whether a clause only says where: （主语）在……会议上.
fn is_setting(clause: &str, cues: &Cues) -> bool {
    let has_opener = clause
        .char_indices()
        .take(5)
        .any(|(at, _)| cues::opener_len(clause.get(at..).unwrap_or_default(), &cues.setting_openers).is_some());
    has_opener
        && (cues::closer_len(clause, &cues.setting_closers).is_some()
            || cues::closer_len(clause, &cues.place_closers).is_some()
            || is_bare_place(clause))
}

/// Whether a clause is nothing but the name of a place: 比什凯克，……
fn is_only_a_place(clause: &str) -> bool {
    let place = || {
        let folded = cues::folded(clause);
        place::last_place(&folded).is_some_and(|range| range.end == folded.len() && range.start <= 6)
    };
    n_chars(clause) <= 8 && place()
}

/// Whether a clause only names where: 在吉林省长春市.
fn is_bare_place(clause: &str) -> bool {
    let opener = clause.find(['在', '于']);
    let place = opener.and_then(|at| clause.get(at..)).unwrap_or_default();
    let ends_in_place = || {
        let folded = cues::folded(clause);
        place::last_place(&folded).is_some_and(|range| range.end == folded.len())
    };
    (2..=16).contains(&n_chars(place)) && n_chars(clause) <= 20 && ends_in_place()
}

/// 增长3.9% → 工业增加值增长3.9%: a figure without its subject, or with only the end of it, gets what it measures.
fn with_measure(title: String, measure: Option<&str>, cues: &Cues) -> String {
    let shares_words = |measure: &str| {
        measure.char_indices().nth(2).is_some_and(|(at, _)| title.contains(measure.get(..at).unwrap_or(measure)))
    };
    let Some(measure) = measure.filter(|measure| !title.contains(*measure)) else { return title };
    // 两国贸易额同比增长 and 同比增长15.8% tell the change once.
    let overlap = measure
        .char_indices()
        .skip(1)
        .filter_map(|(at, _)| measure.get(at..))
        .find(|end| n_chars(end) >= 2 && title.starts_with(end));
    let is_rise = title.strip_prefix(['由', '从']).is_some_and(|rest| {
        let then = ["当时的", "最初的", "原来的", "过去的", "当初的", "之前的", "此前的"];
        let rest = then.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        rest.starts_with(|c: char| c.is_ascii_digit())
    });
    let is_bare = is_rise
        || title.starts_with(|c: char| c.is_ascii_digit()) && !begins_with_year(&title)
        || ["共", "约", "平均每", "累计", "总计"]
            .iter()
            .any(|word| title.strip_prefix(word).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())));
    let is_figure = is_bare && !shares_words(measure) || cues::opener_len(&title, &cues.figure_openers).is_some();
    if overlap.is_none() && is_figure && has_digit(&title) {
        // 国内生产总值增长 and 增长4.9% tell the change once.
        let opener =
            cues::opener_len(&title, &cues.figure_openers).and_then(|len| title.get(..len)).unwrap_or_default();
        let bare = measure.strip_suffix(opener).unwrap_or(measure);
        return format!("{bare}{title}");
    }
    match overlap {
        Some(end) => format!("{measure}{}", title.get(end.len()..).unwrap_or_default()),
        None => title,
    }
}

/// The segment's words without the time, its prepositions and what closes it.
fn without_time(text: &str, segment: Span, time: Span, cues: &Cues) -> String {
    if !segment.overlaps(time) {
        return clause::trimmed(text, segment).slice(text).to_owned();
    }
    let mut before = Span::new(segment.start, time.start.max(segment.start)).slice(text);
    let mut after = Span::new(time.end.min(segment.end), segment.end).slice(text);
    // 「把2012年以来的变化」: the time describes a noun inside the clause, and the clause needs it.
    // 从[115年度]预算中抽出: so does what is taken out of it.
    let is_source = before.ends_with(['从', '自'])
        && before.chars().filter(|c| !is_edge(*c)).count() > 1
        && after.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && cues::opener_len(after, &cues.time_closers).is_none()
        && after.chars().skip(2).take(8).any(|c| matches!(c, '中' | '里' | '内'));
    if is_source
        || after.starts_with('的') && before.chars().filter(|c| !is_edge(*c)).count() > 1
        || cues::closer_len(before, &cues.time_governors).is_some()
            && n_chars(before) >= 2
            && cues::opener_len(before.trim_start(), &cues.time_openers) != Some(before.trim_start().len())
    {
        return without_number(clause::trimmed(text, segment).slice(text)).to_owned();
    }
    while let Some(len) = cues::closer_len(before, &cues.time_openers) {
        before = before.get(..before.len() - len).unwrap_or_default();
    }
    loop {
        let len = cues::opener_len(after, &cues.time_closers).unwrap_or(0).max(note_len(after));
        // 22日就某事作出回应, 16世纪初步形成: these only begin like what belongs to a time.
        let goes_on = cues::opener_len(after, &cues.no_time_closers).is_some() || is_about(after, cues);
        if len == 0 || goes_on {
            break;
        }
        after = after.get(len..).unwrap_or_default();
    }
    let before = without_number(before.trim_start()).trim_matches(is_edge);
    let before = without_zone(before);
    // 考试定于6月24日举行, but not 决定于.
    let is_set = before.ends_with('定')
        && ![
            "决定", "确定", "规定", "商定", "约定", "固定", "稳定", "一定", "认定", "指定", "制定", "预定", "既定",
            "审定", "选定", "協定", "协定",
        ]
        .iter()
        .any(|word| before.ends_with(word));
    let before = if is_set { before.trim_end_matches('定') } else { before };
    // 解放前的一九三六年: what is said of the year goes with it.
    let before = if before.ends_with('的') && n_chars(before) <= 5 { "" } else { before };
    // 出席18日举行的会议: without its day it is the meeting that is attended.
    let is_attended = ["出席", "参加", "主持", "列席"].iter().any(|verb| before.ends_with(verb));
    let held = ["举行的", "召开的", "举办的", "举行", "召开"].iter().find_map(|word| after.strip_prefix(word));
    let after = held.filter(|_| is_attended).unwrap_or(after);
    // 「举办以来」 behind the time closes the clause, not the time.
    let after = after.trim_end_matches(is_edge);
    let after = after.strip_suffix("以来").unwrap_or(after);
    // 第二次出使是在公元前119年, 至12日全线撤离止: what only led to the time, or closed it.
    let before = if after.is_empty() { before.strip_suffix('是').unwrap_or(before) } else { before };
    let closed = after.strip_suffix('止').filter(|rest| !rest.ends_with(|c| "为停终废禁防阻制截中休静举".contains(c)));
    let after = closed.unwrap_or(after);
    // “五一”档票房 without its time.
    format!("{before}{after}").replace("“”", "")
}

/// 就某事作出回应, 就合作交换意见: of what one speaks, rather than how soon (22日就通车).
fn is_about(after: &str, cues: &Cues) -> bool {
    let Some(rest) = after.strip_prefix('就') else { return false };
    let clause = rest.split(['，', '。', '；', ',']).next().unwrap_or_default();
    let acts = cues.matters.iter().filter_map(|act| clause.find(act.as_str())).min();
    acts.is_some_and(|at| at >= "某事".len())
}

/// 【明報專訊】恒生指數高開 → 恒生指數高開: a rubric is no part of what happened.
fn without_rubric(title: &str) -> &str {
    let rest = title.strip_prefix('【').and_then(|inside| inside.split_once('】'));
    rest.filter(|(rubric, rest)| n_chars(rubric) <= 12 && n_chars(rest) >= 4).map_or(title, |(_, rest)| rest)
}

/// Without whose clock a time is by: 阿斯塔纳时间, 美国东部时间.
fn without_zone(before: &str) -> &str {
    let Some(zone) = before.strip_suffix("时间") else { return before };
    let start = zone.rfind(['，', '。', '（']).map_or(0, |at| at + '，'.len_utf8());
    let name = zone.get(start..).unwrap_or_default();
    let bare = ["东部", "西部", "中部", "夏令", "标准"].iter().find_map(|part| name.strip_suffix(part)).unwrap_or(name);
    let is_zone = name == "当地" || place::at_start(bare).is_some_and(|place| place == bare);
    if is_zone { before.get(..start).unwrap_or_default().trim_end_matches(is_edge) } else { before }
}

/// Who opens the sentence: [林大川]，男，1931年2月生.
fn subject_before(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?;
    let sentence = before.rsplit(['。', '\n']).next()?.trim();
    let name = sentence.split(['，', '（', '(', ',']).next()?.trim();
    ((2..=8).contains(&n_chars(name)) && name.chars().all(|c| c.is_alphabetic() || c == '·')).then_some(name)
}

/// Whom a paragraph of a biography opens with: [陈望舒]，字农山，河口县人.
fn opening_person<'t>(text: &'t str, cues: &Cues) -> Option<&'t str> {
    let sentence = text.trim_start().split(['。', '\n']).next()?;
    let (name, rest) = sentence.split_at(sentence.find(['，', '（', '(', ','])?);
    let is_name = (2..=4).contains(&n_chars(name)) && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let is_life = cues.life_marks.is_in(rest) || rest.ends_with(['人', '家']);
    (is_name && is_life).then_some(name)
}

/// Without the number of an item in a list: 13.外长访问… , （2）大桥合龙.
fn without_number(text: &str) -> &str {
    let inner = text.strip_prefix(['（', '(']).unwrap_or(text);
    let is_han_digit = |c: char| "一二三四五六七八九十".contains(c);
    let counted = inner.trim_start_matches(is_han_digit);
    // 五、本规定施行
    if inner.len() == text.len()
        && let Some(rest) =
            counted.strip_prefix('、').filter(|rest| counted.len() < inner.len() && !rest.starts_with(is_han_digit))
    {
        return rest.trim_start();
    }
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let n = inner.len() - rest.len();
    let marks: &[char] = if inner.len() < text.len() { &['）', ')'] } else { &['.', '、', '．'] };
    let bare = rest.strip_prefix(marks).filter(|rest| {
        let goes_on = rest.starts_with(|c: char| c.is_ascii_digit()) && marks.contains(&'.') && !begins_with_year(rest);
        (1..=2).contains(&n) && !goes_on
    });
    bare.map_or(text, str::trim_start)
}

/// Whether the words begin with the figures of a year: 2024年论坛, 2023上海车展.
fn begins_with_year(text: &str) -> bool {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    digits == 4 && (text.starts_with("19") || text.starts_with("20"))
}

/// The length of a note in brackets that says the same day otherwise: （农历八月初六）, （1555年）.
fn note_len(after: &str) -> usize {
    let Some(inside) = after.strip_prefix(['（', '(']) else { return 0 };
    let Some(end) = inside.find(['）', ')']) else { return 0 };
    let note = inside.get(..end).unwrap_or_default();
    // （前126）, （1555）
    let bare = note.trim_start_matches(['约', '公', '元', '前']);
    let is_year = (2..=4).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit());
    let dates = is_year
        || ["年", "月", "日", "周", "星期", "礼拜", "除夕", "初", "廿", "时间", "時間"]
            .iter()
            .any(|word| note.contains(word));
    let close = inside.get(end..).and_then(|tail| tail.chars().next()).map_or(0, char::len_utf8);
    if dates && n_chars(note) <= 16 { after.len() - inside.len() + end + close } else { 0 }
}

/// The clause that tells what happened: the first that is neither subordinate nor the words of a speaker; `None` where
/// all are.
fn main_clause(clauses: &[String], cues: &Cues) -> Option<usize> {
    let is_last = |idx: usize| idx + 1 >= clauses.len();
    let tells = |idx: usize, clause: &String| {
        let is_cause = ["因病", "因公", "因伤", "因故", "因车祸"].iter().any(|cause| clause.starts_with(cause));
        let is_passed = clause.starts_with("通过") && cues::closer_len(clause, &cues.enactments).is_some();
        let is_subordinate = cues::opener_len(clause, &cues.subordinate_openers).is_some() && !is_cause && !is_passed
            || cues::closer_len(clause, &cues.setting_closers).is_some() && !is_last(idx) && !is_setting(clause, cues)
            || clause.starts_with(['在', '于']) && is_setting(clause, cues) && !is_last(idx)
            || is_only_a_place(clause) && !is_last(idx)
            || is_view(clause) && !is_last(idx)
            || clause.starts_with('应') && cues::closer_len(clause, &cues.requests).is_some();
        let is_speech = speaks(clause, cues) && !is_last(idx);
        !is_subordinate && !is_speech && n_chars(clause) >= 3
    };
    clauses.iter().enumerate().find(|(idx, clause)| tells(*idx, clause)).map(|(idx, _)| idx)
}

/// 从二季度的业绩来看, 就全国而言: from where one looks is not what is seen.
fn is_view(clause: &str) -> bool {
    let is_short = n_chars(clause) <= 8 && clause.ends_with("来看");
    is_short
        || clause.starts_with(['从', '就', '按', '分', '拿', '依'])
            && ["来看", "看", "来说", "而言", "来讲"].iter().any(|end| clause.ends_with(end))
}

/// 他 → the person the article is about; 其, 该 and the like go.
fn with_subject(clause: &str, person: Option<&str>, cues: &Cues) -> String {
    let Some(len) = cues::opener_len(clause, &cues.pronouns) else { return clause.to_owned() };
    let (pronoun, rest) = clause.split_at(len);
    match (pronoun, person) {
        ("他" | "她", Some(person)) => format!("{person}{rest}"),
        ("他" | "她" | "其" | "它", _) => rest.to_owned(),
        _ => clause.to_owned(),
    }
}

/// Without marks, conjunctions and blanks at either end.
fn tidy(text: &str) -> String {
    let mut text = text.trim_matches(|c: char| is_edge(c) && c != '…' || c.is_whitespace());
    for conjunction in ["并且", "而且", "因此", "于是", "并", "而", "但", "也", "且"] {
        // 并购 and 而立 begin words; only in front of a longer clause is it a conjunction.
        if let Some(rest) = text.strip_prefix(conjunction)
            && n_chars(rest) >= 6
            && !rest.starts_with(['购', '立', '入', '列', '轨', '网', '行'])
        {
            text = rest;
            break;
        }
    }
    let text = text.strip_prefix('的').unwrap_or(text);
    text.trim_matches(|c: char| is_edge(c) && c != '…').to_owned()
}

/// Without quotes and brackets that have lost their other half.
fn balanced(text: &str) -> String {
    let pairs = [('“', '”'), ('‘', '’'), ('（', '）'), ('(', ')'), ('《', '》'), ('「', '」')];
    let mut n_open = [0_i32; 6];
    for c in text.chars().filter(|c| !('\u{4e00}'..='\u{9fff}').contains(c)) {
        for ((open, close), n) in pairs.iter().zip(&mut n_open) {
            *n += i32::from(c == *open) - i32::from(c == *close);
        }
    }
    let mut out = text.to_owned();
    for ((open, close), _) in pairs.iter().zip(n_open).filter(|(_, n)| *n != 0) {
        out.retain(|c| c != *open && c != *close);
    }
    out
}

/// Full-width digits and letters, the percent sign and the point as half-width.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '．' => {
                char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
            }
            c => c,
        })
        .collect()
}
