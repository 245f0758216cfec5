//! Which panes stand where at which size of the window.

use crate::desk::{Desk, Pane};
use egui::{Rect, pos2};

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
