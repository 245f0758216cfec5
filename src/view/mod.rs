//! From found things to geometry: no egui, no painting.
//!
//! Words first ([`words`], [`date_text`], [`value_text`], [`text_lines`]), then time on an axis ([`when`],
//! [`time_scale`], [`fold`], [`ticks`]), the timeline ([`timeline`], [`lanes`], [`labels`], [`cluster`],
//! [`overview`], [`list`]), then whole figures ([`figure`] chooses, [`figure_frame`],
//! [`figure_series`], [`figure_timeline`], [`figure_both`] lay out).

pub mod beside;
pub mod bins;
pub mod brush;
pub mod chart;
pub mod chart_measure;
pub mod cite;
pub mod claim_bracket;
pub mod cluster;
pub mod correction_words;
pub mod date_text;
pub mod end_labels;
pub mod figure;
pub mod figure_batch;
pub mod figure_both;
pub mod figure_data;
pub mod figure_frame;
pub mod figure_input;
pub mod figure_notes;
pub mod figure_plot;
pub mod figure_rail;
pub mod figure_series;
pub mod figure_source;
pub mod figure_timeline;
mod figure_told;
pub mod filter_words;
pub mod find_words;
pub mod flag_place;
pub mod fold;
pub mod grouping;
pub mod label_place;
pub mod labels;
pub mod lanes;
pub mod lanes_layout;
pub mod linebreak;
pub mod list;
pub mod minimap;
pub mod names;
pub mod no_events;
pub mod number;
pub mod overview;
pub mod page_marks;
pub mod peaks;
pub mod point_labels;
pub mod query;
pub mod reading;
pub mod search;
pub mod segment_ticks;
pub mod series_axis;
pub mod series_group_words;
pub mod series_words;
pub mod sidebar;
pub mod source_counts;
pub mod sources;
pub mod stats;
pub mod summary;
pub mod sums;
pub mod text_lines;
pub mod ticks;
pub mod time_glyph;
pub mod time_scale;
pub mod timeline;
pub mod timeline_words;
pub mod value_text;
pub mod why;
pub mod words;

pub use crate::corpus::when;
