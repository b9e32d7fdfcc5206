//! "did you mean".

/// The candidate nearest to a mistyped name, if one is near enough to be worth naming.
///
/// ```
/// use paas_core::diagnostic::closest;
///
/// assert_eq!(closest("imge", ["image", "command"]), Some("image"));
/// assert_eq!(closest("zebra", ["image", "command"]), None);
/// // Of two letters one may be wrong, of one none.
/// assert_eq!(closest("lp", ["lb", "api"]), Some("lb"));
/// assert_eq!(closest("a", ["b"]), None);
/// ```
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Long names are not compared: the distance costs the product of the lengths.
    const LONGEST: usize = 128;
    if name.len() > LONGEST {
        return None;
    }
    // A third of the letters may be wrong: more, and anything is near to a short name.
    let length = name.chars().count();
    let allowed = (length.max(3) / 3).min(length.saturating_sub(1));
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST && candidate.len().abs_diff(name.len()) <= 4 * allowed)
        .map(|candidate| (strsim::osa_distance(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// [`closest`] as a help line.
///
/// ```
/// use paas_core::diagnostic::did_you_mean;
///
/// assert_eq!(did_you_mean("imge", ["image"]).as_deref(), Some("did you mean `image`?"));
/// ```
pub fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(name, candidates).map(|found| format!("did you mean `{found}`?"))
}
