//! The program's icon, for title bars and task switchers where no installed desktop entry brings it.

/// The icon in 128 × 128 pixels; empty where the picture could not be read, and then the system's own is shown.
pub fn icon() -> egui::IconData {
    decoded(include_bytes!("../../assets/icon/nianbiao-128.png")).unwrap_or_default()
}

fn decoded(bytes: &[u8]) -> Option<egui::IconData> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().ok()?;
    let mut rgba = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut rgba).ok()?;
    let is_rgba = (info.color_type, info.bit_depth) == (png::ColorType::Rgba, png::BitDepth::Eight);
    is_rgba.then_some(egui::IconData { rgba, width: info.width, height: info.height })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_icon_is_there() {
        let icon = super::icon();
        assert_eq!((icon.width, icon.height, icon.rgba.len()), (128, 128, 128 * 128 * 4));
    }
}
