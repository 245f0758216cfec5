//! Own files of every kind, damaged at random: whatever comes, it is text or one sentence, never a panic.

use super::tests::{all, samples};
use proptest::prelude::*;

/// What is done to a file.
#[derive(Debug, Clone)]
enum Damage {
    Cut(usize),
    Set(usize, u8),
    Insert(usize, Vec<u8>),
    Repeat(usize, usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        any::<usize>().prop_map(Damage::Cut),
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        (any::<usize>(), proptest::collection::vec(any::<u8>(), 1..40))
            .prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (any::<usize>(), 1..200_usize, 1..50_usize).prop_map(|(at, len, times)| Damage::Repeat(at, len, times)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        let len = bytes.len().max(1);
        match damage {
            Damage::Cut(at) => bytes.truncate(at % len),
            Damage::Set(at, byte) => {
                if let Some(place) = bytes.get_mut(at % len) {
                    *place = *byte;
                }
            }
            Damage::Insert(at, new) => {
                let at = (at % len).min(bytes.len());
                bytes.splice(at..at, new.iter().copied());
            }
            Damage::Repeat(at, n, times) => {
                let at = (at % len).min(bytes.len());
                let piece: Vec<u8> = bytes.iter().skip(at).take(*n).copied().collect();
                bytes.splice(at..at, piece.repeat(*times));
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_are_text_or_a_sentence(which in 0..100_usize, damages in proptest::collection::vec(damage(), 1..6)) {
        let samples = samples();
        let sample = samples[which % samples.len()].clone();
        for (path, result) in all(&damaged(sample, &damages)) {
            prop_assert!(path.starts_with('a'));
            if let Err(message) = result {
                prop_assert!(!message.is_empty() && !message.contains('\n'), "{message}");
            }
        }
    }
}
