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
mod keyboard;
mod layers;
#[cfg(feature = "gui")]
mod pointer;
mod project;
mod reading;
mod rules;
mod text;
#[cfg(feature = "gui")]
mod timeline;
#[cfg(feature = "gui")]
mod window;
