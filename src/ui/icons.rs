//! Phosphor icons by name.

use std::{collections::HashMap, sync::LazyLock};

static GLYPHS: LazyLock<HashMap<String, char>> = LazyLock::new(|| {
    let table: toml::Table = include_str!("../../fonts/icons.toml").parse().unwrap_or_default();
    table
        .into_iter()
        .filter_map(|(name, code)| Some((name, char::from_u32(u32::try_from(code.as_integer()?).ok()?)?)))
        .collect()
});

/// The character that draws icon `name` in the icon faces; a question mark where there is none (a test sees to
/// it that there is).
pub fn glyph(name: &str) -> char {
    debug_assert!(GLYPHS.contains_key(name), "no icon `{name}` in fonts/icons.toml");
    GLYPHS.get(name).copied().unwrap_or('?')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Command;

    #[test]
    fn every_command_has_an_icon() {
        for listed in Command::listed() {
            assert!(GLYPHS.contains_key(listed.icon), "no icon `{}` for `{}`", listed.icon, listed.id);
        }
    }
}
