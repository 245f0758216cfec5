//! Where the list of the timeline opens: with what the axis shows, not with what is farthest back.

use crate::driver::{command, painted, scratch, settle, sized_window};
use nianbiao::desk::{Command, TimelineMode};

#[test]
fn the_list_opens_where_the_axis_does() {
    let folder = scratch("opening-list");
    let path = folder.join("桥.txt");
    let mut text = String::from("2024年12月31日\n\n");
    for year in 501..529 {
        text += &format!("公元前{year}年，东河古城建成。\n");
    }
    for year in 2022..=2024 {
        for month in 1..=12 {
            for day in 1..=28 {
                text += &format!(
                    "{year}年{month}月{day}日，东河第{day}号桥通车。{year}年{month}月{day}日，西河第{day}号路动工。\n"
                );
            }
        }
    }
    std::fs::write(&path, text).unwrap();
    let mut window = sized_window([1280.0, 800.0], vec![path], None);
    settle(&mut window);
    command(&mut window, Command::SetTimelineMode(TimelineMode::List));
    settle(&mut window);
    let words = painted(&window);
    assert!(words.iter().any(|word| word == "2022年1月"), "{words:?}");
    assert!(!words.iter().any(|word| word == "东河古城建成"), "{words:?}");
}
