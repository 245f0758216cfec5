//! The bundled faces, so that no Chinese character depends on what a machine happens to have.

use egui::{FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

/// Family name of the bold face; numbers and titles that carry weight.
pub const BOLD: &str = "bold";
/// Family name of the serif face, for reading.
pub const SERIF: &str = "serif";
/// Family name of the line icons.
pub const ICON: &str = "icon";
/// Family name of the filled icons.
pub const ICON_FILL: &str = "icon-fill";

const SANS: &str = "Noto Sans SC";

/// Noto Sans SC.
pub static SANS_BYTES: &[u8] = include_bytes!("../../fonts/NotoSansSC-Regular.ttf");
/// Noto Sans SC Bold.
pub static BOLD_BYTES: &[u8] = include_bytes!("../../fonts/NotoSansSC-Bold.ttf");

/// The two faces of figures.
pub fn figure_definitions() -> FontDefinitions {
    let mut fonts = definitions();
    let is_used = |name: &str| [SANS, BOLD].contains(&name);
    fonts.font_data.retain(|name, _| is_used(name));
    fonts.families.retain(|family, _| !matches!(family, FontFamily::Name(name) if &**name != BOLD));
    fonts
}

/// The faces and their families. Sans stands behind every other family, for it has the most characters.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let mut add = |name: &str, bytes: &'static [u8]| {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    };
    add(SANS, SANS_BYTES);
    add(BOLD, BOLD_BYTES);
    add(SERIF, include_bytes!("../../fonts/NotoSerifSC-Regular.ttf"));
    add(ICON, include_bytes!("../../fonts/phosphor.ttf"));
    add(ICON_FILL, include_bytes!("../../fonts/phosphor-fill.ttf"));
    let mut family = |family: FontFamily, faces: &[&str]| {
        fonts.families.insert(family, faces.iter().map(|&face| face.to_owned()).collect());
    };
    family(FontFamily::Proportional, &[SANS]);
    family(FontFamily::Monospace, &[SANS]);
    family(FontFamily::Name(BOLD.into()), &[BOLD, SANS]);
    family(FontFamily::Name(SERIF.into()), &[SERIF, SANS]);
    family(FontFamily::Name(ICON.into()), &[ICON, SANS]);
    family(FontFamily::Name(ICON_FILL.into()), &[ICON_FILL, SANS]);
    fonts
}
