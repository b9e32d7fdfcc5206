//! YAML: a tree with places, made from events; and an emitter that quotes everything.

pub mod emit;

pub use emit::Emitter;
