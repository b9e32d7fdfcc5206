//! Strings that hold references, as functions.

use super::extras::Piece;
use crate::yaml::write::{Map, Yaml};
use paas_core::application::{Segment, Text};

/// A string, or the function that gives it.
pub(super) fn text(text: &Text) -> Yaml {
    match text {
        Text::Plain(text) => Yaml::text(text),
        Text::WithReferences { with_references } => joined(with_references.iter().map(segment)),
    }
}

/// A value that is made of pieces.
pub(super) fn pieces(pieces: &[Piece]) -> Yaml {
    joined(pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => Yaml::text(text),
        Piece::Input(name) => input(name),
    }))
}

/// The value of an attribute.
pub(super) fn attribute(node: &str, path: &[&str]) -> Yaml {
    let path = [node].iter().chain(path).copied().map(Yaml::text).collect();
    Map::of("get_attribute", Yaml::List(path)).into()
}

fn segment(segment: &Segment) -> Yaml {
    match segment {
        Segment::Literal(text) => Yaml::text(text),
        Segment::Secret { secret } => input(secret),
        Segment::Host { host_of, .. } => attribute(host_of, &["host_name"]),
    }
}

fn input(name: &str) -> Yaml {
    Map::of("get_input", Yaml::text(name)).into()
}

fn joined(pieces: impl Iterator<Item = Yaml>) -> Yaml {
    let mut pieces: Vec<Yaml> = pieces.collect();
    match pieces.len() {
        0 => Yaml::text(""),
        1 => pieces.swap_remove(0),
        _ => Map::of("concat", Yaml::List(pieces)).into(),
    }
}
