//! The window's drawing without a window: figures as PNG and SVG.
