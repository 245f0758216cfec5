//! Keys → commands, by the shortcuts that the commands list.

use crate::desk::{Command, Shortcut};
use egui::{Context, Event, Id, ImeEvent, Key, Modifiers};

/// Keys that stand on a shifted place of many keyboards: whether Shift is held says nothing.
const SHIFT_IS_PART: &[Key] = &[Key::Plus, Key::Questionmark, Key::Colon];
/// Keys that move within or act on a control that has the focus.
const OF_CONTROLS: &[Key] = &[
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Home,
    Key::End,
    Key::Space,
    Key::Enter,
    Key::Tab,
];

/// What has the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    /// Nothing, or a pane as a whole.
    Free,
    /// A button, a row, a mark.
    Control,
    /// A text field, or a composition is open.
    Text,
}

/// The commands of the keys pressed in this frame; their events are taken out, so that no widget acts on them too.
pub fn commands(ctx: &Context) -> Vec<Command> {
    let focus = focus(ctx);
    let mut commands = Vec::new();
    let composed = ctx.data(|data| data.get_temp::<bool>(composing_id())).unwrap_or_default();
    let mut composes = composed;
    let has_field = ctx.text_edit_focused();
    ctx.input_mut(|input| {
        // Its keys may come in a frame of their own, between two looks at what is composed.
        for event in &input.events {
            composes = match event {
                Event::Ime(ImeEvent::Preedit { text, .. }) => !text.is_empty(),
                Event::Ime(_) => false,
                // Whoever clicks elsewhere has left it.
                Event::PointerButton { pressed: true, .. } => false,
                _ => composes,
            };
        }
        let is_words = |event: &Event| match event {
            Event::Ime(ImeEvent::Preedit { text, .. } | ImeEvent::Commit(text)) => !text.is_empty(),
            _ => false,
        };
        if has_field && (composed || input.events.iter().any(is_words)) {
            // The key that commits or chooses a candidate is the input method's: a field would take Enter for its own and
            // what is half composed for its text.
            input.events.retain(|event| !matches!(event, Event::Key { .. }));
        }
        let has_ime = input.events.iter().any(|event| matches!(event, Event::Ime(_)));
        let focus = if composed || has_ime { Focus::Text } else { focus };
        input.events.retain(|event| match event {
            Event::Key { key, pressed: true, modifiers, .. } => match command_for(*key, *modifiers, focus) {
                Some(command) => {
                    commands.push(command);
                    false
                }
                None => true,
            },
            Event::Paste(text) if focus != Focus::Text => {
                commands.push(Command::OpenText(text.clone()));
                false
            }
            _ => true,
        });
    });
    if composes != composed {
        ctx.data_mut(|data| data.insert_temp(composing_id(), composes));
    }
    commands
}

/// Where it is kept between frames whether a composition is open.
fn composing_id() -> Id {
    Id::unique("composition is open")
}

fn focus(ctx: &Context) -> Focus {
    if ctx.text_edit_focused() {
        return Focus::Text;
    }
    match ctx.memory(|memory| memory.focused()) {
        Some(id) if !crate::ui::pane_focus_ids().contains(&id) => Focus::Control,
        _ => Focus::Free,
    }
}

/// The command of a key, as it would be without any focus; for help and tests.
pub fn command_for_key(key: Key, modifiers: Modifiers) -> Option<Command> {
    command_for(key, modifiers, Focus::Free)
}

fn command_for(key: Key, modifiers: Modifiers, focus: Focus) -> Option<Command> {
    if let Some(recent) = recent_number(key, modifiers) {
        return Some(Command::OpenRecent(recent));
    }
    let is_plain = !modifiers.command && !modifiers.ctrl && !modifiers.alt;
    let acts_always = matches!(key, Key::Escape | Key::F1 | Key::F11) || !is_plain;
    let is_kept_back = match focus {
        Focus::Free => false,
        Focus::Control => is_plain && OF_CONTROLS.contains(&key),
        Focus::Text => !acts_always || is_editing(key, modifiers),
    };
    if is_kept_back {
        return None;
    }
    let listed = Command::listed();
    let found =
        listed.into_iter().find(|listed| listed.shortcuts.iter().any(|shortcut| is_pressed(*shortcut, key, modifiers)));
    found.map(|listed| listed.command)
}

/// Alt 1 is the latest of the recent files.
fn recent_number(key: Key, modifiers: Modifiers) -> Option<usize> {
    const DIGITS: [Key; 9] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    let is_alt = modifiers.alt && !modifiers.command && !modifiers.ctrl && !modifiers.shift;
    if is_alt { DIGITS.iter().position(|digit| *digit == key) } else { None }
}

/// Keys with modifiers that belong to a text field.
fn is_editing(key: Key, modifiers: Modifiers) -> bool {
    let moves = [Key::ArrowLeft, Key::ArrowRight, Key::Home, Key::End].contains(&key);
    let undoes = (modifiers.command || modifiers.ctrl) && [Key::Z, Key::Y, Key::A].contains(&key);
    moves || undoes
}

fn is_pressed(shortcut: Shortcut, key: Key, modifiers: Modifiers) -> bool {
    let shift_agrees = modifiers.shift == shortcut.shift || SHIFT_IS_PART.contains(&key);
    Key::from_name(shortcut.key) == Some(key)
        && (modifiers.command || modifiers.ctrl) == shortcut.ctrl
        && modifiers.alt == shortcut.alt
        && shift_agrees
}

/// F6 and Shift F6: the next or previous pane gets the focus.
pub fn step_panes(ctx: &Context) {
    let step = ctx.input_mut(|input| {
        if input.consume_key(Modifiers::SHIFT, Key::F6) {
            -1
        } else {
            i32::from(input.consume_key(Modifiers::NONE, Key::F6))
        }
    });
    if step == 0 {
        return;
    }
    let panes: Vec<Id> =
        crate::ui::pane_focus_ids().into_iter().filter(|id| ctx.read_response(*id).is_some()).collect();
    let at = ctx.memory(|memory| memory.focused()).and_then(|id| panes.iter().position(|pane| *pane == id));
    let n_panes = panes.len().max(1);
    let next = match at {
        Some(at) if step > 0 => (at + 1) % n_panes,
        Some(at) => (at + n_panes - 1) % n_panes,
        None => 0,
    };
    if let Some(id) = panes.get(next) {
        ctx.memory_mut(|memory| memory.request_focus(*id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Overlay, Pane};

    #[test]
    fn every_shortcut_names_a_key_and_leads_to_its_command() {
        for listed in Command::listed() {
            for shortcut in listed.shortcuts {
                let key = Key::from_name(shortcut.key).unwrap_or_else(|| panic!("no key `{}`", shortcut.key));
                let modifiers = Modifiers {
                    alt: shortcut.alt,
                    ctrl: shortcut.ctrl,
                    shift: shortcut.shift,
                    mac_cmd: false,
                    command: shortcut.ctrl,
                };
                assert_eq!(command_for_key(key, modifiers), Some(listed.command.clone()), "{}", shortcut.text());
            }
        }
    }

    #[test]
    fn letters_are_letters_in_a_text_field() {
        assert_eq!(command_for(Key::N, Modifiers::NONE, Focus::Text), None);
        assert_eq!(command_for(Key::N, Modifiers::NONE, Focus::Control), Some(Command::NextFind));
        assert_eq!(command_for(Key::ArrowRight, Modifiers::NONE, Focus::Control), None);
        assert_eq!(command_for(Key::Z, Modifiers::COMMAND, Focus::Text), None);
        assert_eq!(command_for(Key::B, Modifiers::COMMAND, Focus::Text), Some(Command::TogglePane(Pane::Sidebar)));
        assert_eq!(command_for(Key::Escape, Modifiers::NONE, Focus::Text), Some(Command::Escape));
        assert_eq!(
            command_for(Key::Questionmark, Modifiers::SHIFT, Focus::Free),
            Some(Command::Open(Overlay::Shortcuts))
        );
        assert_eq!(command_for(Key::Num3, Modifiers::ALT, Focus::Free), Some(Command::OpenRecent(2)));
    }
}
