//! The window: which panes stand where at which size, and one call of each.

use super::{
    Theme, chart_ui, empty_ui, fonts, overlay_ui, sidebar_ui, source_ui, status_ui, timeline_ui, toolbar_ui,
    type_scale::Type,
    widgets::{self, Split, SplitterAction},
};
use crate::{
    corpus::Corpus,
    desk::{Command, Desk, Locale, Pane, Sight},
};
use egui::{CornerRadius, Rect, Ui, UiBuilder, pos2, vec2};

/// A short notice, with at most one thing to do about it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Toast {
    /// What happened.
    pub text: String,
    /// What can be done: the words of the button and what it does.
    pub action: Option<(String, Command)>,
}

impl From<String> for Toast {
    fn from(text: String) -> Self {
        Self { text, action: None }
    }
}

/// What the shell tells the window about the outer world.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    /// The name of the project that is open.
    pub project: Option<String>,
    /// Recently opened files: path and a short line about it.
    pub recent: Vec<(String, String)>,
    /// Reading under way: documents read, documents in all.
    pub progress: Option<(usize, usize)>,
    /// How many bytes a second are read; `None` as long as that cannot be told.
    pub bytes_a_sec: Option<f64>,
    /// How long the reading may still take, in seconds; `None` as long as that cannot be told.
    pub secs_left: Option<f64>,
    /// How long the last reading took, in seconds.
    pub read_secs: Option<f64>,
    /// Whether the last reading was stopped before its end.
    pub is_stopped: bool,
    /// Files that could not be read: path and reason.
    pub failures: Vec<(String, String)>,
    /// A banner across the centre: something failed as a whole.
    pub banner: Option<String>,
    /// Short notices at the foot of the centre, oldest first.
    pub toasts: Vec<Toast>,
    /// Files dragged over the window right now.
    pub n_dragged: usize,
    /// Counts up whenever the corpus changes; what is worked out from the corpus can be kept as long as it stays.
    pub generation: u64,
    /// Figures on the way to files or to the clipboard: how many are done, and of how many; of 0, one alone.
    pub drawing: Option<(usize, usize)>,
    /// The figure of the export sheet, while that is open.
    pub preview: Option<super::FigurePreview>,
    /// Whether the document in the source pane came from a PDF, so that its pages can be looked at.
    pub is_pdf: bool,
    /// The page last drawn of those that the window asked for ([`crate::desk::Seen::page`]).
    pub page: Option<super::PagePane>,
    /// The table that the document on the desk came from, while the card on its columns is open.
    pub table: Option<super::TableView>,
    /// Whether there is a choice to take back.
    pub can_undo: bool,
    /// Whether there is a choice to make again.
    pub can_redo: bool,
    /// What undo says it will do, where it takes back a correction.
    pub undo_words: Option<String>,
    /// What redo says it will do.
    pub redo_words: Option<String>,
    /// Whether hints may be shown: in the window, not in pictures of it.
    pub shows_hints: bool,
    /// Whether the window is drawn dark, whatever the desk leaves to the system.
    pub is_dark: bool,
}

/// Gives a new context the bundled faces and the theme; called once before anything is drawn, and again when the
/// theme changes.
pub fn prepare(ctx: &egui::Context, theme: &Theme) {
    ctx.set_fonts(fonts::definitions());
    ctx.all_styles_mut(|style| {
        for (text_style, kind) in [
            (egui::TextStyle::Body, Type::Body),
            (egui::TextStyle::Button, Type::Body),
            (egui::TextStyle::Small, Type::Small),
            (egui::TextStyle::Heading, Type::PaneTitle),
            (egui::TextStyle::Monospace, Type::Body),
        ] {
            style.text_styles.insert(text_style, kind.font());
        }
        style.spacing.item_spacing = vec2(8.0, 4.0);
        style.interaction.tooltip_delay = 0.4;
    });
    theme.apply(ctx);
}

/// What every panel gets: the data, the desk, the looks, and where to put what the user does.
pub struct Cx<'a> {
    /// All documents.
    pub corpus: &'a Corpus,
    /// What is shown and how.
    pub desk: &'a Desk,
    /// The outer world.
    pub shell: &'a Shell,
    /// Colours.
    pub theme: &'a Theme,
    /// Words.
    pub words: &'a Locale,
    /// What the user did.
    pub commands: &'a mut Vec<Command>,
}

impl Cx<'_> {
    /// What became of a choice that was left to the window; told when it is new.
    pub fn see(&mut self, sight: Sight) {
        if self.desk.seen.with(sight) != self.desk.seen {
            self.push(Command::See(sight));
        }
    }

    /// The user did this.
    pub fn push(&mut self, command: Command) {
        self.commands.push(command);
    }
}

/// Heights of the frame, in logical pixels.
pub const TOOLBAR_PX: f32 = 48.0;
/// Height of a pane's header.
#[allow(dead_code, reason = "the panes use it")]
pub const HEADER_PX: f32 = 40.0;
/// Height of the status bar.
pub const STATUS_PX: f32 = 26.0;

/// A narrower window shows the sidebar over the panes, on request.
pub const SIDEBAR_FROM_PX: f32 = 1060.0;

/// Where the panes stand, as rectangles of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrangement {
    /// Documents, series, places; `None` where hidden.
    pub sidebar: Option<Rect>,
    /// The timeline; `None` where closed or behind another tab.
    pub timeline: Option<Rect>,
    /// The chart.
    pub chart: Option<Rect>,
    /// The text.
    pub source: Option<Rect>,
    /// Whether chart and source share the right-hand place as tabs.
    pub has_right_tabs: bool,
    /// Whether all three share one place as tabs.
    pub has_one_pane: bool,
}

/// Works out where the panes stand in `area` (the window without toolbar and status bar).
pub fn arrange(area: Rect, desk: &Desk) -> Arrangement {
    let panes = &desk.panes;
    let (width, height) = (area.width(), area.height() + TOOLBAR_PX + STATUS_PX);
    let has_sidebar = panes.sidebar.unwrap_or(true) && width >= SIDEBAR_FROM_PX;
    let default_sidebar = if width >= 2000.0 {
        260.0
    } else if width >= 1400.0 {
        228.0
    } else {
        200.0
    };
    let sidebar_width = panes.sidebar_width_px.unwrap_or(default_sidebar).clamp(160.0, 420.0);
    let left = if has_sidebar { area.left() + sidebar_width } else { area.left() };
    let sidebar = has_sidebar.then(|| Rect::from_min_max(area.min, pos2(left, area.bottom())));
    let rest = Rect::from_min_max(pos2(left, area.top()), area.max);

    let has_one_pane = width < 760.0;
    let has_right_tabs = !has_one_pane && (width < 980.0 || height < 640.0);
    let default_source = if width >= 2000.0 && desk.seen.shows_sources {
        // Three passages side by side.
        960.0
    } else if width >= 2000.0 {
        580.0
    } else if width >= 1400.0 {
        404.0
    } else {
        364.0
    };
    let source_width = panes.source_width_px.unwrap_or(default_source).clamp(280.0, (rest.width() - 320.0).max(280.0));
    let has_right = panes.source || (has_right_tabs && panes.chart);
    let has_centre = panes.timeline || (panes.chart && !has_right_tabs);
    if has_one_pane {
        let only = |pane| (panes.tab == pane).then_some(rest);
        return Arrangement {
            sidebar,
            timeline: only(Pane::Timeline),
            chart: only(Pane::Chart),
            source: only(Pane::Source),
            has_right_tabs: false,
            has_one_pane,
        };
    }
    let split_x = match (has_centre, has_right) {
        (true, true) => rest.right() - source_width,
        (true, false) => rest.right(),
        (false, _) => rest.left(),
    };
    let centre = Rect::from_min_max(rest.min, pos2(split_x, rest.bottom()));
    let right = Rect::from_min_max(pos2(split_x, rest.top()), rest.max);
    if has_right_tabs {
        let front = if panes.tab == Pane::Chart && panes.chart { Pane::Chart } else { Pane::Source };
        return Arrangement {
            sidebar,
            timeline: panes.timeline.then_some(centre),
            chart: (has_right && front == Pane::Chart).then_some(right),
            source: (has_right && front == Pane::Source).then_some(right),
            has_right_tabs,
            has_one_pane,
        };
    }
    let default_chart = if width >= 2000.0 {
        centre.height() * 0.38
    } else if height >= 880.0 {
        288.0
    } else {
        240.0
    };
    let chart_height =
        panes.chart_height_px.unwrap_or(default_chart).clamp(140.0, (centre.height() - 180.0).max(140.0));
    let split_y = match (panes.timeline, panes.chart) {
        (true, true) => centre.bottom() - chart_height,
        (true, false) => centre.bottom(),
        (false, _) => centre.top(),
    };
    Arrangement {
        sidebar,
        timeline: panes.timeline.then(|| Rect::from_min_max(centre.min, pos2(centre.right(), split_y))),
        chart: panes.chart.then(|| Rect::from_min_max(pos2(centre.left(), split_y), centre.max)),
        source: has_right.then_some(right),
        has_right_tabs,
        has_one_pane,
    }
}

/// Draws the whole window into `ui` and pushes what the user did.
pub fn window_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, CornerRadius::ZERO, cx.theme.paper);
    let toolbar = Rect::from_min_size(whole.min, vec2(whole.width(), TOOLBAR_PX));
    let status = Rect::from_min_max(pos2(whole.left(), whole.bottom() - STATUS_PX), whole.max);
    let area = Rect::from_min_max(toolbar.left_bottom(), status.right_top());

    part(ui, cx.words, "toolbar", toolbar, |ui| toolbar_ui::toolbar_ui(ui, cx));
    if cx.corpus.entries.is_empty() {
        part(ui, cx.words, "empty", area, |ui| empty_ui::empty_ui(ui, cx));
    } else {
        let arrangement = arrange(area, cx.desk);
        cx.see(Sight::Narrow(area.width() < SIDEBAR_FROM_PX));
        panes_ui(ui, cx, &arrangement);
        splitters_ui(ui, cx, area, &arrangement);
    }
    part(ui, cx.words, "status", status, |ui| status_ui::status_ui(ui, cx));
    overlay_ui::overlay_ui(ui, cx);
}

fn panes_ui(ui: &mut Ui, cx: &mut Cx<'_>, arrangement: &Arrangement) {
    if let Some(rect) = arrangement.sidebar {
        part(ui, cx.words, "sidebar", rect, |ui| sidebar_ui::sidebar_ui(ui, cx));
    }
    if let Some(rect) = arrangement.timeline {
        part(ui, cx.words, "timeline", rect, |ui| timeline_ui::timeline_ui(ui, cx, arrangement));
    }
    if let Some(rect) = arrangement.chart {
        part(ui, cx.words, "chart", rect, |ui| chart_ui::chart_ui(ui, cx, arrangement));
    }
    if let Some(rect) = arrangement.source {
        part(ui, cx.words, "source", rect, |ui| source_ui::source_ui(ui, cx, arrangement));
    }
}

fn splitters_ui(ui: &mut Ui, cx: &mut Cx<'_>, area: Rect, arrangement: &Arrangement) {
    let column = |x: f32| Rect::from_min_max(pos2(x, area.top()), pos2(x, area.bottom()));
    if let Some(rect) = arrangement.sidebar {
        let name = cx.words.get("splitter.sidebar");
        match widgets::splitter(ui, cx.theme, name, column(rect.right()), Split::Columns) {
            Some(SplitterAction::MoveBy(by)) => cx.push(Command::SetSidebarWidth(Some(rect.width() + by))),
            Some(SplitterAction::Reset) => cx.push(Command::SetSidebarWidth(None)),
            None => {}
        }
    }
    let right = arrangement.source.or(if arrangement.has_right_tabs { arrangement.chart } else { None });
    if let Some(rect) = right.filter(|rect| rect.left() > area.left() && !arrangement.has_one_pane) {
        let name = cx.words.get("splitter.source");
        match widgets::splitter(ui, cx.theme, name, column(rect.left()), Split::Columns) {
            Some(SplitterAction::MoveBy(by)) => cx.push(Command::SetSourceWidth(Some(rect.width() - by))),
            Some(SplitterAction::Reset) => cx.push(Command::SetSourceWidth(None)),
            None => {}
        }
    }
    if let (Some(timeline), Some(chart)) = (arrangement.timeline, arrangement.chart)
        && timeline.bottom() == chart.top()
    {
        let line = Rect::from_min_max(chart.left_top(), chart.right_top());
        let name = cx.words.get("splitter.chart");
        match widgets::splitter(ui, cx.theme, name, line, Split::Rows) {
            Some(SplitterAction::MoveBy(by)) => cx.push(Command::SetChartHeight(Some(chart.height() - by))),
            Some(SplitterAction::Reset) => cx.push(Command::SetChartHeight(None)),
            None => {}
        }
    }
}

/// The parts of the window that F6 goes through, in its order.
const PARTS: [&str; 7] = ["toolbar", "empty", "sidebar", "timeline", "chart", "source", "status"];

/// The ids under which the parts of the window have the keyboard focus as a whole.
pub fn pane_focus_ids() -> Vec<egui::Id> {
    PARTS.iter().map(|name| pane_focus_id(name)).collect()
}

fn pane_focus_id(name: &str) -> egui::Id {
    egui::Id::unique(("pane focus", name))
}

/// Gives a pane its rectangle: clipped to it, with an id of its own, and a place among those that F6 goes through.
fn part(ui: &mut Ui, words: &Locale, name: &str, rect: Rect, add: impl FnOnce(&mut Ui)) {
    let rect = rect.round();
    let anchor = ui.interact(rect, pane_focus_id(name), egui::Sense::focusable_noninteractive());
    anchor.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Pane, true, words.get(&format!("pane.{name}"))));
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(name), |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        add(ui);
        if anchor.has_focus() {
            let ring = egui::Stroke::new(2.0, ui.visuals().selection.stroke.color);
            ui.painter().rect_stroke(rect.shrink(1.0), CornerRadius::ZERO, ring, egui::StrokeKind::Middle);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(width: f32, height: f32) -> Arrangement {
        let area = Rect::from_min_max(pos2(0.0, TOOLBAR_PX), pos2(width, height - STATUS_PX));
        arrange(area, &Desk::default())
    }

    #[test]
    fn panes_collapse_in_the_designed_order() {
        let wide = at(1440.0, 900.0);
        assert_eq!(wide.sidebar.map(|rect| rect.width()), Some(228.0));
        assert_eq!(wide.source.map(|rect| rect.width()), Some(404.0));
        assert_eq!(wide.chart.map(|rect| rect.height()), Some(288.0));
        let small = at(900.0, 600.0);
        assert!(small.sidebar.is_none() && small.chart.is_none() && small.has_right_tabs);
        let least = at(720.0, 480.0);
        assert!(least.has_one_pane && least.timeline.is_none() && least.source.is_some());
    }
}
