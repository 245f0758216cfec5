//! Hands libFuzzer's inputs to the target that `NIANBIAO_TARGET` names.

#![no_main]

#[path = "../targets.rs"]
mod targets;

use std::sync::LazyLock;

static RUN: LazyLock<targets::Run> = LazyLock::new(|| {
    let name = std::env::var("NIANBIAO_TARGET").unwrap_or_default();
    let found = targets::TARGETS.iter().find(|(known, _)| *known == name);
    found.expect("NIANBIAO_TARGET names one of the targets in tests/fuzz/targets.rs").1
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| RUN(data));
