//! The only integration-test binary; each file here is a module of it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[cfg(feature = "gui")]
mod again;
#[cfg(feature = "gui")]
mod chart_pane;
mod cli;
#[cfg(feature = "gui")]
mod collection;
#[cfg(feature = "gui")]
mod contrast;
#[cfg(feature = "gui")]
mod corrections;
#[cfg(feature = "gui")]
mod cpu_renderer;
#[cfg(feature = "gui")]
mod driver;
#[cfg(feature = "gui")]
mod export_sheet;
#[cfg(feature = "gui")]
mod figure;
#[cfg(feature = "gui")]
mod figure_cli;
mod figure_layout;
mod fonts;
#[cfg(feature = "gui")]
mod gui;
#[cfg(feature = "gui")]
mod hints;
#[cfg(feature = "gui")]
mod keyboard;
#[cfg(feature = "gui")]
mod lanes;
mod layers;
#[cfg(feature = "gui")]
mod opening_list;
#[cfg(feature = "gui")]
mod pdf_pages;
mod pictures;
#[cfg(feature = "gui")]
mod pointer;
mod project;
mod reading;
mod rules;
#[cfg(feature = "gui")]
mod screen_reader;
#[cfg(feature = "gui")]
mod selecting;
mod sources_pane;
#[cfg(feature = "gui")]
mod tags;
mod text;
#[cfg(feature = "gui")]
mod timeline;
#[cfg(feature = "gui")]
mod window;
