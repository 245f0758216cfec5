//! Pictures without a window: the same drawing code run in a context of its own, then PNG or SVG.
//!
//! [`shoot`] runs any `ui` code and gives its shapes and pixels; [`rasterize`] draws triangles with the CPU;
//! [`Pixels`] becomes a PNG. [`draw`] does all of it for a figure that `view` laid out.

mod draw;
mod headless;
mod outlines;
mod paint;
mod pdf;
mod pixels;
mod png_file;
mod raster;
mod svg;

pub use draw::{DrawOptions, Drawn, MAX_FIGURE_SIDE_PX, TooLarge, WriteError, draw, draw_figure};
pub use headless::{Frame, MAX_SIDE_PX, Shapes, Shot, shapes, shoot};
pub use pixels::Pixels;
pub use png_file::PngInfo;
pub use raster::{Scene, Textures, rasterize};
