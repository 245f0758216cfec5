//! Paints what `view` laid out and returns what the user did as commands.
//!
//! Immediate mode: [`window_ui`] gets the corpus and the desk, builds what is to be seen, paints it, and pushes
//! [`crate::desk::Command`]s. Nothing here changes either. The same function draws the window, the picture of the
//! window (`nianbiao window`) and what the tests look at; so it uses shapes and meshes only, no paint callbacks.

pub mod fonts;
pub mod glyphs;
mod gutter_ui;
pub mod hint_ui;
mod icons;
pub mod marks;
pub mod squeeze;
pub mod theme;
pub mod type_scale;
mod undated_ui;
pub mod widgets;

mod about_ui;
mod arrangement;
mod as_printed_ui;
mod banner_ui;
mod changes_ui;
mod chart_ui;
mod columns_ui;
mod composition;
mod correct_ui;
mod cx;
mod density_ui;
mod drawn;
mod empty_ui;
mod encoding_ui;
mod event_menu;
mod export_ui;
mod highlight;
mod kept;
mod lanes_nudge;
mod lanes_pointer;
mod lanes_ui;
mod list_ui;
mod minimap_ui;
mod name_ui;
mod nodes_ui;
mod overlay_ui;
mod overview_ui;
mod page_ui;
mod palette_ui;
mod paragraph_ui;
mod passage_ui;
mod plot_axis;
mod plot_pointer;
mod plot_ui;
mod points_ui;
mod popover;
mod quantities_ui;
mod reader;
mod rows;
mod rubber_band;
mod ruler_ui;
mod scene;
mod search_ui;
mod series_menu;
mod settings_ui;
mod shortcuts_ui;
mod shown;
mod sidebar_ui;
mod source_ui;
mod sources_ui;
mod status_ui;
mod summary_ui;
mod table;
mod tabs;
mod tag_ui;
mod timeline_kept;
mod timeline_ui;
mod toolbar_ui;
mod tooltip;
mod typeset;
mod warnings_ui;
mod why_ui;
mod window;
mod writing_date_ui;

pub use columns_ui::TableView;
pub use cx::{Cx, Shell, Toast};
pub use export_ui::{FigurePreview, preview_room};
pub use page_ui::{PagePane, PagePicture, PageTrouble};
pub use theme::{Theme, Tokens};
pub use window::{pane_focus_ids, prepare, window_ui};
