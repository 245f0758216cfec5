//! Dates in figures without the formatting machinery: every time in a text is written several times over.

/// A short text on the stack.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Figures {
    bytes: [u8; 24],
    len: usize,
}

impl Figures {
    /// Appends an ASCII character.
    pub fn mark(&mut self, mark: u8) {
        if let Some(slot) = self.bytes.get_mut(self.len) {
            *slot = mark;
            self.len += 1;
        }
    }

    /// Appends the last two figures of `number`.
    pub fn two(&mut self, number: u32) {
        // A remainder of a division by ten is one figure.
        self.mark(b'0' + (number / 10 % 10) as u8);
        self.mark(b'0' + (number % 10) as u8);
    }

    /// Appends `mark` and the last two figures of `number`.
    pub fn behind(&mut self, mark: u8, number: u32) {
        self.mark(mark);
        self.two(number);
    }

    /// Appends a year of at most four figures, a minus before it where it is negative.
    pub fn year(&mut self, year: i32) {
        if year < 0 {
            self.mark(b'-');
        }
        let number = year.unsigned_abs();
        self.two(number / 100);
        self.two(number);
    }

    /// What was written.
    pub fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}
