//! Makes inputs of seeds: cut, overwritten, doubled, pieced together, with words that matter put in.

/// Damages seeds; with the same number it makes the same inputs.
pub struct Damager {
    state: u64,
    tokens: Vec<Vec<u8>>,
}

/// No input grows beyond this.
const MAX_BYTES: usize = 1 << 17;

/// A line of `tokens.txt`: `\0`, `\t`, `\n` and `\f` stand for what they usually do.
pub fn token(line: &str) -> Vec<u8> {
    match line {
        "\\0" => vec![0],
        "\\t" => vec![9],
        "\\n" => vec![10],
        "\\f" => vec![12],
        line => line.as_bytes().to_vec(),
    }
}

impl Damager {
    pub fn new(state: u64, tokens: Vec<Vec<u8>>) -> Self {
        Self { state: state | 1, tokens }
    }

    fn below(&mut self, n: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 11).unwrap_or(0) % n.max(1)
    }

    /// A piece of `bytes`, mostly a short one.
    fn piece<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let start = self.below(bytes.len());
        let longest = if self.below(8) == 0 { bytes.len() } else { 64 };
        let len = 1 + self.below(longest);
        &bytes[start..(start + len).min(bytes.len())]
    }

    /// A new input.
    pub fn made_of(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let which = self.below(seeds.len());
        let mut bytes = seeds[which].clone();
        for _ in 0..1 + self.below(6) {
            let at = self.below(bytes.len() + 1);
            match self.below(9) {
                0 => bytes.truncate(at),
                1 | 2 => {
                    let value = u8::try_from(self.below(256)).unwrap_or(0);
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = value;
                    }
                }
                3 => {
                    let bit = self.below(8);
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte ^= 1 << bit;
                    }
                }
                4 => {
                    let n = self.piece(&bytes).len();
                    bytes.drain(at..(at + n).min(bytes.len()));
                }
                5 => {
                    let piece = self.piece(&bytes).to_vec();
                    let times = 1 + self.below(40);
                    bytes.splice(at..at, piece.repeat(times));
                }
                6 => {
                    let other = self.below(seeds.len());
                    let piece = self.piece(&seeds[other]).to_vec();
                    bytes.splice(at..at, piece);
                }
                _ => {
                    let which = self.below(self.tokens.len());
                    let token = self.tokens[which].clone();
                    let end = if self.below(2) == 0 { at } else { (at + token.len()).min(bytes.len()) };
                    bytes.splice(at..end, token);
                }
            }
            bytes.truncate(MAX_BYTES);
        }
        bytes
    }
}
