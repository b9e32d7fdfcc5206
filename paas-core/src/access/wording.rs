//! Lists and suggestions in messages.

use std::fmt;

/// Writes things with commas between them.
pub(super) fn listed<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    items: impl Iterator<Item = T>,
) -> fmt::Result {
    for (index, item) in items.enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{item}")?;
    }
    Ok(())
}

/// Says that a word is none of those known, and which it may have meant.
pub(super) fn unknown(
    f: &mut fmt::Formatter<'_>,
    what: &str,
    word: &str,
    known: impl Iterator<Item = &'static str> + Clone,
) -> fmt::Result {
    write!(f, "there is no {what} `{}`", word.escape_debug())?;
    let near = known
        .clone()
        .map(|candidate| (strsim::jaro_winkler(candidate, word), candidate))
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|(one, _), (other, _)| one.total_cmp(other));
    match near {
        Some((_, candidate)) => write!(f, "; did you mean `{candidate}`?"),
        None => {
            f.write_str("; there are ")?;
            listed(f, known)
        }
    }
}
