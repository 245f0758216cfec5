//! The user's desk: what is open, shown, selected and filtered, as plain data, and every action that changes it.
//!
//! A panel never changes anything: it reads a [`Desk`] and returns [`Command`]s, and [`apply`] makes the next
//! desk of them. What needs the outer world (dialogs, files, the clipboard) is handed back to the
//! shell. No egui here: the same desk drives the window, the picture of the window and the tests.

mod apply;
mod chart;
mod command;
mod correction;
mod figure_spec;
mod find_command;
mod hint;
mod history;
mod landmark;
mod lang;
mod mark;
mod page_desk;
pub mod reading_order;
mod sieve;
mod sources;
mod state;

pub use apply::apply;
pub use chart::{
    AxisScale, ChartDesk, ChartMeasure, ChartMode, MAX_SERIES_TOGETHER, PointOrder, QuantityOrder, SeriesChoice,
};
pub use command::{Command, Listed, Shortcut};
pub use correction::{Correction, Passage, Plan, event_of, n_worded_the_same, picked_events, quantity_of, time_of};
pub use figure_spec::{
    Annotation, Captions, FigureBatch, FigureFormat, FigureKind, FigureSize, FigureSpec, Look, Preset,
};
pub use find_command::find_commands;
pub use hint::{Hint, Hints};
pub use history::{Done, History};
pub use lang::{CalendarStyle, Lang, Locale, NumberStyle, TimeStyle, WeekStart, WordStyle, YearStyle, grouped};
pub use mark::Mark;
pub use page_desk::{PageDesk, PageWish, PageZoom, n_pages, page_of};
pub use sieve::Sieve;
pub use sources::sources_of;
pub use state::{
    COLLECTION_FROM, Desk, Facets, FoldChoice, Grouping, Nudge, Overlay, Pane, Panes, Seen, Settings, Sight,
    SourceDesk, SummaryOrder, ThemeChoice, TimeWindow, TimelineDesk, TimelineMode,
};
