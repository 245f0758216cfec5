//! A finished picture: rows of pixels, and the PNG file they make.

use super::png_file::{PngInfo, straight, write_png};
use std::io::Write;

/// An RGBA picture, 8 bits a channel, gamma space, **premultiplied** alpha, rows from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `width × height` pixels.
    pub data: Vec<[u8; 4]>,
}

impl Pixels {
    /// A picture of one colour.
    pub fn filled(width: usize, height: usize, color: [u8; 4]) -> Self {
        Self { width, height, data: vec![color; width * height] }
    }

    /// The pixel at column `x`, row `y`; `None` outside.
    pub fn get(&self, x: usize, y: usize) -> Option<[u8; 4]> {
        if x < self.width { self.data.get(y * self.width + x).copied() } else { None }
    }

    /// Straight (not premultiplied) RGBA bytes, as image files want them.
    pub fn straight_rgba(&self) -> Vec<u8> {
        self.data.iter().flat_map(|pixel| straight(*pixel)).collect()
    }

    /// Writes a PNG: RGB if nothing is transparent, else RGBA; sRGB, with resolution, title and alt text.
    ///
    /// # Errors
    /// What the writer reports.
    pub fn write_png(&self, out: impl Write + Send, info: &PngInfo) -> Result<(), png::EncodingError> {
        let is_opaque = self.data.iter().all(|pixel| pixel[3] == u8::MAX);
        write_png(out, [self.width, self.height], is_opaque, info, |take| take(&self.data))
    }

    /// The PNG file as bytes.
    ///
    /// # Errors
    /// As [`Pixels::write_png`].
    pub fn png(&self, info: &PngInfo) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        self.write_png(&mut bytes, info)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_carries_its_resolution_and_alt_text() {
        let mut pixels = Pixels::filled(3, 2, [10, 20, 30, 255]);
        pixels.data[4] = [50, 0, 0, 100];
        let info = PngInfo {
            title: "题".to_owned(),
            alt_text: "折线图：两点。".to_owned(),
            carried: String::new(),
            scale: 2.0,
        };
        let bytes = pixels.png(&info).unwrap();
        let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        let mut reader = decoder.read_info().unwrap();
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut buffer).unwrap();
        assert_eq!(reader.info().pixel_dims.map(|dims| dims.xppu), Some(7559));
        assert_eq!(reader.info().utf8_text[1].get_text().unwrap(), info.alt_text);
        assert_eq!(buffer[16..20], [128, 0, 0, 100]);
    }
}
