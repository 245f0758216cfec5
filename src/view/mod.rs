//! From found things to geometry: no egui, no painting.
