//! Writes a PNG row by row: sRGB, resolution, title, alt text, and what the figure carries.

use png::text_metadata::ITXtChunk;
use std::io::Write;

/// The keyword of the text that holds a figure's data and sources.
pub const CARRIED: &str = "nianbiao";

/// From this many pixels on, speed counts more than the last tenth of the size.
const LARGE_PX: usize = 3_000_000;

/// What stands in a PNG beside its pixels.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PngInfo {
    /// Short title (`Title`).
    pub title: String,
    /// What the picture shows, for those who do not see it (`Description`).
    pub alt_text: String,
    /// Data and sources as JSON (`nianbiao`, compressed); nothing where it is empty.
    pub carried: String,
    /// Physical pixels for one logical one; 1 stands for 96 pixels an inch, 2 for 192.
    pub scale: f32,
}

/// Takes the next rows of a picture, premultiplied.
pub type TakeRows<'a> = dyn FnMut(&[[u8; 4]]) -> Result<(), png::EncodingError> + Send + 'a;

/// Writes a picture whose rows `give` hands over from the top: RGB if nothing is transparent, else RGBA.
///
/// # Errors
/// What the writer reports.
pub fn write_png(
    out: impl Write + Send,
    [width, height]: [usize; 2],
    is_opaque: bool,
    info: &PngInfo,
    give: impl FnOnce(&mut TakeRows<'_>) -> Result<(), png::EncodingError>,
) -> Result<(), png::EncodingError> {
    let (columns, rows) = (u32::try_from(width).unwrap_or(0), u32::try_from(height).unwrap_or(0));
    let mut encoder = png::Encoder::new(out, columns, rows);
    encoder.set_color(if is_opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(if width * height >= LARGE_PX {
        png::Compression::Fast
    } else {
        png::Compression::Balanced
    });
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    encoder.set_pixel_dims(Some(dots_per_metre(info.scale)));
    encoder.add_text_chunk("Software".to_owned(), concat!("nianbiao ", env!("CARGO_PKG_VERSION")).to_owned())?;
    let mut writer = encoder.write_header()?;
    for (key, text) in [("Title", &info.title), ("Description", &info.alt_text), (CARRIED, &info.carried)] {
        if !text.is_empty() {
            let mut chunk = ITXtChunk::new(key, text.as_str());
            chunk.compressed = key == CARRIED;
            writer.write_text_chunk(&chunk)?;
        }
    }
    let mut stream = writer.stream_writer_with_size(1 << 18)?;
    let mut bytes = Vec::new();
    give(&mut |pixels| {
        bytes.clear();
        if is_opaque {
            bytes.extend(pixels.iter().flat_map(|&[r, g, b, _]| [r, g, b]));
        } else {
            bytes.extend(pixels.iter().flat_map(|pixel| straight(*pixel)));
        }
        Ok(stream.write_all(&bytes)?)
    })?;
    stream.finish()?;
    writer.finish()
}

/// 96 logical pixels are an inch, an inch is 2.54 cm.
fn dots_per_metre(scale: f32) -> png::PixelDimensions {
    let scale = if scale.is_finite() && scale > 0.0 { scale } else { 1.0 };
    let ppm = (f64::from(scale) * 96.0 / 0.0254).round() as u32;
    png::PixelDimensions { xppu: ppm, yppu: ppm, unit: png::Unit::Meter }
}

/// Undoes the multiplication by alpha, rounding to nearest.
pub fn straight([r, g, b, a]: [u8; 4]) -> [u8; 4] {
    if a == 0 || a == u8::MAX {
        return [r, g, b, a];
    }
    let alpha = u32::from(a);
    let divide = |channel: u8| ((u32::from(channel) * 255 + alpha / 2) / alpha).min(255) as u8;
    [divide(r), divide(g), divide(b), a]
}
