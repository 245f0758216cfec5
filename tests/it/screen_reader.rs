//! What a screen reader meets beside single events: clusters, density, points and highlights, each with a name and
//! something that can be pressed.

use crate::driver::{Window, command, fixture, program, scratch, sized_window, window};
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use nianbiao::{
    desk::{Command, Correction, FoldChoice, Grouping, Lang, Locale, Mark, TimelineMode},
    model::TimeType,
    view::words,
};

/// The names of all nodes of a role.
fn names(harness: &Window, role: Role) -> Vec<String> {
    let nodes = harness.root().children_recursive();
    nodes.map(|node| node.accesskit_node()).filter(|node| node.role() == role).filter_map(|node| node.label()).collect()
}

#[test]
fn a_cluster_says_how_many_it_holds_and_opens() {
    // Twenty events of one week on an axis of two centuries.
    let mut text = "1820年3月，商号在海湾市开张。\n\n".to_owned();
    for day in 1..=20 {
        text.push_str(&format!("2024年8月{day}日，第{day}座泵站在海湾市试车成功并交付使用。\n\n"));
    }
    let path = scratch("cluster").join("泵站.txt");
    std::fs::write(&path, text).unwrap();
    let mut harness = window(vec![path], None);
    command(&mut harness, Command::SetGrouping(Grouping::None));
    command(&mut harness, Command::SetFold(FoldChoice::Continuous));
    let clusters: Vec<String> =
        names(&harness, Role::Button).into_iter().filter(|name| name.contains("个事件，2024年8月")).collect();
    let [cluster] = clusters.as_slice() else { panic!("not one cluster: {clusters:?}") };
    harness.get_by_label(cluster).click_accesskit();
    harness.run_steps(6);
    let opened = program(&harness).desk().timeline.window.expect("it opens");
    assert!(opened.end - opened.start < 90.0 * 86_400.0, "{opened:?}");
}

#[test]
fn density_is_told_by_columns_and_a_column_opens() {
    let mut text = String::new();
    for nth in 0..400 {
        let (year, month, day) = (2020 + nth / 100, nth % 12 + 1, nth % 28 + 1);
        text.push_str(&format!("{year}年{month}月{day}日，第{nth}号堤段完工。\n\n"));
    }
    let path = scratch("density").join("堤段.txt");
    std::fs::write(&path, text).unwrap();
    let mut harness = window(vec![path], None);
    command(&mut harness, Command::SetGrouping(Grouping::None));
    let columns: Vec<String> =
        names(&harness, Role::Button).into_iter().filter(|name| name.contains("・ 全部事件：")).collect();
    assert!(columns.len() > 20, "{columns:?}");
    let first = columns.first().unwrap();
    harness.get_all_by_label(first).next().unwrap().click_accesskit();
    harness.run_steps(6);
    assert!(program(&harness).desk().timeline.window.is_some(), "{first} opens");
}

#[test]
fn an_event_of_a_folded_lane_can_be_pressed() {
    let mut harness = window(vec![fixture()], None);
    command(&mut harness, Command::FoldLanes);
    harness.get_by_label("2025年6月4日，鲁班工坊水电课，鲁班工坊（图片）").click_accesskit();
    harness.run_steps(4);
    assert!(matches!(program(&harness).desk().selection, Some(Mark::Event { .. })));
    let selected = names(&harness, Role::RowHeader);
    assert!(selected.iter().all(|name| name.ends_with("已折叠")), "{selected:?}");
}

#[test]
fn a_tagged_event_says_its_lane_and_the_list_its_date() {
    let mut harness = window(vec![fixture()], None);
    let marks = vec![Mark::Event { doc: 0, event: 4 }];
    let tag = nianbiao::desk::Correction::Tag { marks, tag: "贸易".to_owned() };
    command(&mut harness, Command::Correct(tag));
    command(&mut harness, Command::SetGrouping(Grouping::Tag));
    harness.get_by_label("2024年，贸易额达 948亿美元，贸易");
    command(&mut harness, Command::SetTimelineMode(TimelineMode::List));
    harness.get_by_label_contains("2024年，贸易额达 948亿美元，");
}

#[test]
fn every_point_says_when_and_how_much() {
    let mut harness = window(vec![fixture()], None);
    for lang in [Lang::Zh, Lang::En] {
        command(&mut harness, Command::SetLang(lang));
        let rows = names(&harness, Role::Row);
        let series = &program(&harness).corpus().entries[0].document.series[0];
        for point in &series.points {
            let year = point.edtf.as_ref().unwrap().start().and_then(|date| date.year()).unwrap().to_string();
            let is_told = rows.iter().any(|name| name.contains(&year));
            assert!(is_told, "{lang:?}: no row tells {year} among {rows:?}");
        }
        assert!(rows.len() >= series.points.len());
    }
}

#[test]
fn every_highlight_is_a_link_that_says_what_it_is() {
    // So high that whole articles are in view.
    let mut harness = sized_window([1440.0, 4000.0], vec![fixture()], None);
    let n_articles = program(&harness).corpus().entries[0].document.articles.len();
    for article in 0..n_articles {
        command(&mut harness, Command::ShowArticle { doc: 0, article });
        harness.run_steps(6);
        let links = names(&harness, Role::Link);
        let document = &program(&harness).corpus().entries[0].document;
        let times = document.times.iter().filter(|time| time.article == article);
        for time in times {
            let dated = time.edtf.is_some() && matches!(time.kind, TimeType::Date | TimeType::Time);
            let date = time.edtf.as_ref().map(|edtf| words::date(edtf, Locale::of(Lang::Zh))).unwrap_or_default();
            let is_told = links.iter().any(|name| {
                name.contains(&time.text) && name.contains(&date) && (!dated || name.starts_with("时间，"))
            });
            assert!(is_told, "no link tells {} of article {article}: {links:?}", time.text);
        }
        for quantity in document.quantities.iter().filter(|quantity| quantity.article == article) {
            // What is a length of time as well (10秒) is named as such.
            let kinds = ["数量，", "时长或重复，"];
            let is_told = links.iter().any(|name| {
                kinds.iter().any(|kind| name.strip_prefix(kind).is_some_and(|words| words.contains(&quantity.text)))
            });
            assert!(is_told, "no link tells {} of article {article}: {links:?}", quantity.text);
        }
    }
}

#[test]
fn a_highlight_says_what_was_read_from_its_words() {
    let path = scratch("highlight-meaning").join("a.txt");
    let text = "新华社海湾2025年6月22日电　大桥昨天通车，2024年9月曾试车。工期两年，投资三千二百五十万元，比上年增长三成，近年来用户有90多个。\n";
    std::fs::write(&path, text).unwrap();
    let mut harness = sized_window([1440.0, 900.0], vec![path], None);
    let links = names(&harness, Role::Link);
    let is_said = |links: &[String], name: &str| assert!(links.iter().any(|link| link == name), "{name}: {links:?}");
    is_said(&links, "时间，昨天，即2025年6月21日");
    is_said(&links, "时间，上年，即2023年");
    // What says it itself is not said twice.
    is_said(&links, "时间，2024年9月");
    is_said(&links, "数量，三千二百五十万元，即3250万元");
    is_said(&links, "数量，三成，即30%");
    is_said(&links, "数量，90多个，即90个与99个之间");
    // What has no date has none to say.
    is_said(&links, "未定的时间，近年来");
    command(&mut harness, Command::Select(Mark::Time { doc: 0, time: 1 }));
    let links = names(&harness, Role::Link);
    is_said(&links, "时间，昨天，即2025年6月21日，已选中");
    command(&mut harness, Command::SetLang(Lang::En));
    is_said(&names(&harness, Role::Link), "Time, 昨天, that is 21 June 2025, selected");
    // A correction is what is said from then on.
    let date = Correction::Date {
        mark: Mark::Time { doc: 0, time: 1 },
        edtf: "2025-06-20".parse().unwrap(),
        scope: Default::default(),
    };
    command(&mut harness, Command::Correct(date));
    is_said(&names(&harness, Role::Link), "Time, 昨天, that is 20 June 2025, selected");
}
