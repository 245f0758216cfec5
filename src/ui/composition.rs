//! What an input method composes (`nihao` on the way to 你好) stands in its field and is searched nowhere before it is
//! committed.

use egui::{Event, Id, ImeEvent, Ui};

/// Whether a composition is open in `field` after this frame's events. Asked once a frame by each field that has the text
/// searched; a composition in another field is none in this one.
pub(super) fn is_composing(ui: &Ui, field: Id, has_focus: bool) -> bool {
    let id = field.with("composes");
    let was = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or_default();
    let now = has_focus
        && ui.input(|input| {
            input.events.iter().fold(was, |is_open, event| match event {
                Event::Ime(ImeEvent::Preedit { text, .. }) => !text.is_empty(),
                Event::Ime(ImeEvent::Commit(_)) => false,
                _ => is_open,
            })
        });
    ui.data_mut(|data| data.insert_temp(id, now));
    now
}

/// The text of a field that shows what is composed on top of `committed`, and what became of it; see [`Composed::end`].
pub(super) struct Composed {
    id: Id,
    before: Option<String>,
}

impl Composed {
    /// Of the field with this id; the text that it is to show.
    pub fn begin(ui: &Ui, field: Id, committed: &str) -> (Self, String) {
        let id = field.with("composition");
        let before: Option<String> = ui.data(|data| data.get_temp(id));
        let text = before.clone().unwrap_or_else(|| committed.to_owned());
        (Self { id, before }, text)
    }

    /// After the field was drawn with `text`: the text, where it is committed and may have changed.
    pub fn end(self, ui: &Ui, field: Id, text: String, (has_focus, is_changed): (bool, bool)) -> Option<String> {
        if is_composing(ui, field, has_focus) {
            ui.data_mut(|data| data.insert_temp(self.id, text));
            return None;
        }
        ui.data_mut(|data| data.remove::<String>(self.id));
        // Without the focus what was composed is given up.
        (is_changed || self.before.is_some() && has_focus).then_some(text)
    }
}
