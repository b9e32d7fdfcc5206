//! Host names.

/// Labels of letters, digits, dashes and underscores, joined by dots, not all of them numbers.
pub(super) fn is_host_name(name: &str) -> bool {
    let label = |label: &str| {
        let dash = |c: char| c == '-';
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            && !label.starts_with(dash)
            && !label.ends_with(dash)
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    name.len() <= 253
        && name.split('.').all(label)
        && !name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// A host name, or `*.` and one.
pub(super) fn is_host_pattern(name: &str) -> bool {
    is_host_name(name.strip_prefix("*.").unwrap_or(name))
}
