//! The small facts of an event in four bytes.

use crate::{corpus::when::Exactness, model::ArticleKind};

/// The kinds of articles by their number in files; new ones come behind the others.
const KINDS: [ArticleKind; 5] =
    [ArticleKind::News, ArticleKind::Photo, ArticleKind::Brief, ArticleKind::Section, ArticleKind::Other];

/// The small facts of a row in four bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traits {
    /// How exactly its time is known.
    pub exactness: Exactness,
    /// Its grain, from the coarsest, as the digest numbers them.
    pub grain: u8,
    /// The kind of its article.
    pub kind: ArticleKind,
    /// How significant it is: the higher, the sooner it is named.
    pub rank: u8,
}

impl Traits {
    /// For files.
    pub fn bytes(self) -> [u8; 4] {
        let kind = KINDS.iter().position(|one| *one == self.kind).unwrap_or(KINDS.len() - 1);
        [self.exactness.number(), self.grain, kind as u8, self.rank]
    }

    /// As [`Self::bytes`] has it.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let [exactness, grain, kind, rank] = *<&[u8; 4]>::try_from(bytes).ok()?;
        let (exactness, kind) = (Exactness::numbered(exactness)?, *KINDS.get(usize::from(kind))?);
        Some(Self { exactness, grain, kind, rank })
    }
}
