//! The status bar.

use super::{
    cx::Cx,
    hint_ui, icons,
    toolbar_ui::grouped,
    type_scale::Type,
    widgets::{self, text_at, text_width},
};
use crate::{
    desk::{Command, Lang, Mark, Overlay, ThemeChoice},
    view::names,
};
use egui::{Align2, Color32, CornerRadius, FontId, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

/// Draws it into the whole of `ui`.
pub fn status_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let bar = ui.max_rect();
    ui.painter().rect_filled(bar, CornerRadius::ZERO, cx.theme.panel);
    ui.painter().hline(bar.x_range(), bar.top() + 0.5, Stroke::new(1.0, cx.theme.hair));
    let mut left = Cursor { x: bar.left() + 12.0, y: bar.center().y + 0.5 };
    if let Some(progress) = cx.shell.progress {
        progress_ui(ui, cx, &mut left, progress);
    } else if cx.corpus.entries.is_empty() {
        left.words(ui, cx.words.get("status.ready"), cx.theme.ink_2);
    } else {
        state_ui(ui, cx, &mut left);
    }
    right_ui(ui, cx, bar, left.x);
}

/// Where the next piece goes.
struct Cursor {
    x: f32,
    y: f32,
}

impl Cursor {
    fn words(&mut self, ui: &Ui, text: &str, ink: Color32) {
        let rect = text_at(ui, pos2(self.x, self.y), Align2::LEFT_CENTER, text, Type::Label, ink);
        self.x = rect.right() + 8.0;
    }

    fn sign(&mut self, ui: &Ui, icon: &str, font: FontId, ink: Color32) {
        let at = pos2(self.x + 7.0, self.y);
        ui.painter().text(at, Align2::CENTER_CENTER, icons::glyph(icon), font, ink);
        self.x += 20.0;
    }
}

fn small_fill() -> FontId {
    FontId { size: 14.0, ..Type::icon_fill() }
}

fn state_ui(ui: &mut Ui, cx: &mut Cx<'_>, left: &mut Cursor) {
    let (theme, words) = (cx.theme, cx.words);
    left.sign(ui, "check-circle", small_fill(), if cx.shell.is_stopped { theme.ink_3 } else { theme.ok });
    let state = match cx.shell.read_secs {
        _ if cx.shell.is_stopped => words.get("status.stopped").to_owned(),
        Some(secs) => words.fill("status.read-in", &[&secs_text(secs)]),
        None => words.get("status.read").to_owned(),
    };
    left.words(ui, &state, theme.ink_2);
    let total = cx.corpus.index().total();
    for (key, count) in [("status.events", total.events), ("status.quantities", total.quantities)] {
        left.words(ui, "・", theme.ink_3);
        left.words(ui, &words.fill(key, &[&grouped(count)]), theme.ink_2);
    }
    edits_ui(ui, cx, left);
    let n_warnings = total.warnings;
    let n_troubles = n_warnings + cx.shell.failures.len();
    if n_troubles > 0 {
        left.x += 8.0;
        let has_failures = !cx.shell.failures.is_empty();
        let (icon, ink) = if has_failures { ("x-circle", theme.error) } else { ("warning", theme.warn) };
        let text = if has_failures {
            words.fill("status.failures", &[&grouped(cx.shell.failures.len()), &grouped(n_warnings)])
        } else {
            words.fill("status.warnings", &[&grouped(n_warnings)])
        };
        let start = left.x;
        left.sign(ui, icon, small_fill(), ink);
        left.words(ui, &text, ink);
        let rect = Rect::from_min_max(pos2(start - 4.0, left.y - 12.0), pos2(left.x, left.y + 12.0));
        if clickable(ui, cx, rect, &text).clicked() {
            cx.push(Command::Open(Overlay::Warnings));
        }
    }
}

/// How much was corrected and hidden, where anything was; a click lists it, or shows what is hidden.
fn edits_ui(ui: &Ui, cx: &mut Cx<'_>, left: &mut Cursor) {
    let edits = cx.corpus.edits();
    let n_changes: usize = edits.docs().map(|doc| edits.changes(doc).len()).sum();
    let pieces = [
        (n_changes, "edit.changes-count", Command::Open(Overlay::Changes)),
        (edits.n_hidden(), "edit.hidden-count", Command::ToggleHidden),
    ];
    for (count, key, command) in pieces.into_iter().filter(|(count, ..)| *count > 0) {
        left.words(ui, "・", cx.theme.ink_3);
        let start = left.x;
        let text = cx.words.fill(key, &[&grouped(count)]);
        let is_on = command == Command::ToggleHidden && cx.desk.shows_hidden;
        left.words(ui, &text, if is_on { cx.theme.ink } else { cx.theme.ink_2 });
        let rect = Rect::from_min_max(pos2(start - 4.0, left.y - 12.0), pos2(left.x - 4.0, left.y + 12.0));
        if clickable(ui, cx, rect, &text).clicked() {
            cx.push(command);
        }
    }
}

/// 0.02, 1.4, 26: two digits that mean something.
fn secs_text(secs: f64) -> String {
    match secs {
        secs if secs < 0.01 => "0.01".to_owned(),
        secs if secs < 1.0 => format!("{secs:.2}"),
        secs if secs < 10.0 => format!("{secs:.1}"),
        secs => format!("{secs:.0}"),
    }
}

fn clickable(ui: &Ui, cx: &Cx<'_>, rect: Rect, name: &str) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(name), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if response.hovered() {
        ui.painter().hline(
            rect.shrink2(vec2(4.0, 0.0)).x_range(),
            rect.bottom() - 3.5,
            Stroke::new(1.0, cx.theme.ink_3),
        );
    }
    widgets::focus_ring(ui, cx.theme, &response, 2);
    response
}

/// A bar, how far, and the way to stop.
fn progress_ui(ui: &mut Ui, cx: &mut Cx<'_>, left: &mut Cursor, (done, all): (usize, usize)) {
    let (theme, words) = (cx.theme, cx.words);
    let bar = Rect::from_min_size(pos2(left.x, left.y - 3.0), vec2(220.0, 6.0));
    ui.painter().rect_filled(bar, CornerRadius::same(3), theme.hair);
    let share = done as f32 / all.max(1) as f32;
    let filled = Rect::from_min_size(bar.min, vec2((bar.width() * share).max(2.0), 6.0));
    ui.painter().rect_filled(filled, CornerRadius::same(3), theme.time);
    left.x = bar.right() + 10.0;
    left.words(ui, &words.fill("status.progress", &[&grouped(done), &grouped(all)]), theme.ink_2);
    if let Some(bytes_a_sec) = cx.shell.bytes_a_sec {
        let speed = format!("{:.1}", bytes_a_sec / 1e6);
        left.words(ui, &words.fill("status.speed", &[&speed]), theme.ink_3);
    }
    if let Some(secs) = cx.shell.secs_left {
        let (key, amount) = if secs < 90.0 {
            ("status.left-secs", (secs / 5.0).ceil() * 5.0)
        } else {
            ("status.left-mins", secs / 60.0)
        };
        let amount = words.fill(key, &[&format!("{amount:.0}")]);
        left.words(ui, &words.fill("status.left", &[&amount]), theme.ink_3);
    }
    let stop = words.get("command.stop-reading");
    let start = left.x;
    left.words(ui, stop, theme.ink);
    let rect = Rect::from_min_max(pos2(start - 4.0, left.y - 12.0), pos2(left.x - 4.0, left.y + 12.0));
    if clickable(ui, cx, rect, stop).clicked() {
        cx.push(Command::StopReading);
    }
}

/// From the right: shortcuts, encoding (or theme and language without documents), the selection.
fn right_ui(ui: &mut Ui, cx: &mut Cx<'_>, bar: Rect, left_end: f32) {
    let (theme, words) = (cx.theme, cx.words);
    let mut x = bar.right() - 12.0;
    let y = bar.center().y + 0.5;
    let mut links = vec![("question", words.get("command.shortcuts"), Command::Open(Overlay::Shortcuts))];
    if cx.corpus.entries.is_empty() {
        let (icon, name) =
            if cx.shell.is_dark { ("sun", words.get("settings.light")) } else { ("moon", words.get("settings.dark")) };
        let choice = if cx.shell.is_dark { ThemeChoice::Light } else { ThemeChoice::Dark };
        links.push((icon, name, Command::SetTheme(choice)));
        let other = if words.lang == Lang::Zh { Lang::En } else { Lang::Zh };
        links.push(("translate", words.get("command.toggle-lang"), Command::SetLang(other)));
    }
    for (icon, name, command) in links {
        let width = text_width(ui, name, Type::Label) + 20.0;
        let rect = Rect::from_min_max(pos2(x - width - 4.0, y - 12.0), pos2(x + 4.0, y + 12.0));
        let glyph = icons::glyph(icon).to_string();
        text_at(ui, pos2(x - width + 7.0, y), Align2::CENTER_CENTER, &glyph, Type::IconSmall, theme.ink_2);
        text_at(ui, pos2(x, y), Align2::RIGHT_CENTER, name, Type::Label, theme.ink_2);
        if clickable(ui, cx, rect, name).clicked() {
            cx.push(command);
        }
        x -= width + 14.0;
    }
    let Some(entry) = cx.corpus.entries.get(cx.desk.source.doc) else { return };
    let encoding = &entry.document.source.encoding;
    if x - text_width(ui, encoding, Type::Label) > left_end + 20.0 {
        text_at(ui, pos2(x, y), Align2::RIGHT_CENTER, encoding, Type::Label, theme.ink_2);
        let width = text_width(ui, encoding, Type::Label);
        let rect = Rect::from_min_max(pos2(x - width - 4.0, y - 12.0), pos2(x + 4.0, y + 12.0));
        if clickable(ui, cx, rect, words.get("command.encoding")).clicked() {
            cx.push(Command::Open(Overlay::Encoding));
        }
    }
    x -= text_width(ui, encoding, Type::Label) + 14.0;
    // A record of a table: what the table's columns are taken for.
    let columns = words.get("status.columns");
    if entry.document.source.path.contains('#') && x - text_width(ui, columns, Type::Label) > left_end + 20.0 {
        let width = text_width(ui, columns, Type::Label);
        text_at(ui, pos2(x, y), Align2::RIGHT_CENTER, columns, Type::Label, theme.ink_2);
        let rect = Rect::from_min_max(pos2(x - width - 4.0, y - 12.0), pos2(x + 4.0, y + 12.0));
        if clickable(ui, cx, rect, words.get("command.columns")).clicked() {
            cx.push(Command::Open(Overlay::Columns));
        }
        x -= width + 14.0;
    }
    let left_end = hint_ui::hint_ui(ui, cx, (left_end, x), y);
    if let Some(selected) = selection_text(cx) {
        let text = words.fill("status.selected", &[&selected]);
        let room = x - left_end - 24.0;
        if room > 60.0 {
            let text = widgets::elided(ui, &text, Type::Label, room);
            text_at(ui, pos2(x, y), Align2::RIGHT_CENTER, &text, Type::Label, theme.ink_3);
        }
    }
}

/// The selection in words.
fn selection_text(cx: &Cx<'_>) -> Option<String> {
    let mark = cx.desk.selection?;
    let entry = cx.corpus.entries.get(mark.doc())?;
    let document = &entry.document;
    Some(match mark {
        Mark::Event { event, .. } => document.events.get(event)?.title.clone(),
        Mark::Time { time, .. } => document.times.get(time)?.text.clone(),
        Mark::Quantity { quantity, .. } => document.quantities.get(quantity)?.text.clone(),
        Mark::Point { series, point, .. } => {
            let series = document.series.get(series)?;
            let when = series.points.get(point)?.edtf.as_ref().map_or("", |edtf| edtf.as_str());
            format!("{} {when}", series.name)
        }
    })
    .filter(|text| !text.is_empty())
    .or_else(|| Some(names::document_name(entry)))
}
