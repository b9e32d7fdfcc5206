//! Templates of paths: `/v1/tenants/{tenant}/applications/{rest..}`.

use super::path::is_plain;
use std::cmp::Ordering;

/// A template, in parts: one for each segment, and at the end perhaps one for all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    pub(super) parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// This very segment.
    Literal(String),
    /// Any segment, by this name.
    Parameter(String),
    /// One segment or more, at the end.
    Rest,
}

impl Part {
    /// The more it leaves open, the higher.
    fn openness(&self) -> u8 {
        match self {
            Self::Literal(_) => 0,
            Self::Parameter(_) => 1,
            Self::Rest => 2,
        }
    }
}

/// How two templates are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overlap {
    /// No path is of both.
    Apart,
    /// They are of the same paths.
    Same,
    /// Each path of one that is of the other too has the one that says more of it.
    Ordered,
    /// Some path is of both, and neither says more of it.
    Ambiguous,
}

impl Template {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let Some(rest) = text.strip_prefix('/') else {
            return Err("a path begins with `/`".to_owned());
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let mut parts = Vec::new();
        if rest.is_empty() {
            return if text == "//" { Err(empty()) } else { Ok(Self { parts }) };
        }
        let mut segments = rest.split('/').peekable();
        while let Some(segment) = segments.next() {
            let part = part(segment)?;
            if part == Part::Rest && segments.peek().is_some() {
                return Err(format!("`{segment}` stands for the rest of the path; write nothing after it"));
            }
            if matches!(&part, Part::Parameter(_)) && parts.contains(&part) {
                return Err(format!("`{segment}` is there twice; give the second another name"));
            }
            parts.push(part);
        }
        Ok(Self { parts })
    }

    /// Which segment a parameter is.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.parts.iter().position(|part| matches!(part, Part::Parameter(known) if known == name))
    }

    /// The names of its parameters.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.parts
            .iter()
            .filter_map(|part| if let Part::Parameter(name) = part { Some(name.as_str()) } else { None })
    }

    pub(super) fn overlap(&self, other: &Self) -> Overlap {
        let (mut mine_is_narrower, mut other_is_narrower) = (false, false);
        for index in 0.. {
            let (mine, other) = match (self.parts.get(index), other.parts.get(index)) {
                (None, None) => break,
                (None, Some(_)) | (Some(_), None) => return Overlap::Apart,
                (Some(mine), Some(other)) => (mine, other),
            };
            if let (Part::Literal(mine), Part::Literal(other)) = (mine, other) {
                if mine != other {
                    return Overlap::Apart;
                }
                continue;
            }
            match mine.openness().cmp(&other.openness()) {
                Ordering::Less => mine_is_narrower = true,
                Ordering::Greater => other_is_narrower = true,
                Ordering::Equal => {}
            }
            if *mine == Part::Rest || *other == Part::Rest {
                break;
            }
        }
        match (mine_is_narrower, other_is_narrower) {
            (false, false) => Overlap::Same,
            (true, true) => Overlap::Ambiguous,
            _ => Overlap::Ordered,
        }
    }
}

fn empty() -> String {
    "a segment is empty; write one `/` only".to_owned()
}

fn part(segment: &str) -> Result<Part, String> {
    if segment.is_empty() {
        return Err(empty());
    }
    if matches!(segment, "." | "..") {
        return Err(format!("no request with the segment `{segment}` is let through"));
    }
    let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        return if segment.bytes().all(is_plain) {
            Ok(Part::Literal(segment.to_owned()))
        } else {
            Err(format!(
                "`{segment}` is neither a text of letters, digits and `-._~!$&'()*+,=:@` nor `{{name}}`"
            ))
        };
    };
    let (name, is_rest) = name.strip_suffix("..").map_or((name, false), |name| (name, true));
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Err(format!("`{segment}` has no name of letters, digits and `_`"));
    }
    Ok(if is_rest { Part::Rest } else { Part::Parameter(name.to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::{Overlap, Template};

    #[test]
    fn templates_that_say_nothing_clear_are_refused() {
        for text in [
            "", "a", "//", "/a//b", "/..", "/a;b", "/{a", "/a}", "/{}", "/{..}", "/{a-b}", "/{a}/{a}",
            "/{a..}/b", "/a%20b", "/x{a}",
        ] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn two_templates_are_apart_ordered_or_ambiguous() {
        for (one, other, expected) in [
            ("/a", "/b", Overlap::Apart),
            ("/a", "/a/b", Overlap::Apart),
            ("/a", "/a/", Overlap::Same),
            ("/{x}", "/{y}", Overlap::Same),
            ("/{x..}", "/{y..}", Overlap::Same),
            ("/{x}", "/a", Overlap::Ordered),
            ("/a/{x..}", "/a/{y}", Overlap::Ordered),
            ("/a/{x..}", "/a/b/c/{d}", Overlap::Ordered),
            ("/a/{x..}", "/a", Overlap::Apart),
            ("/a/{x}", "/{y}/b", Overlap::Ambiguous),
            ("/a/{x..}", "/{y}/b", Overlap::Ambiguous),
            ("/{x}/a", "/{y}/b", Overlap::Apart),
        ] {
            let [left, right] = [one, other].map(|text| Template::parse(text).unwrap());
            assert_eq!(left.overlap(&right), expected, "{one} {other}");
            assert_eq!(right.overlap(&left), expected, "{other} {one}");
        }
    }
}
