//! The only integration-test binary; each file here is a module of it.

mod fonts;
mod layers;
