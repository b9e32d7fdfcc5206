//! What values may look like: why one cannot be used, or nothing if it can.

use paas_core::diagnostic::shown;
use std::net::IpAddr;

/// Names go into keys of the store and names of files.
const LONGEST_NAME: usize = 63;
/// What Rancher's database holds of an environment's name.
const LONGEST_ENVIRONMENT: usize = 255;
/// All of a name in DNS (RFC 1035, without the root).
const LONGEST_HOST: usize = 253;
/// What the mount protocol of NFS takes as a path (RFC 1813, `MNTPATHLEN`), which is enough for options too.
const LONGEST_PATH: usize = 1_024;

/// 1 to 63 letters, digits, dots, dashes, underscores; a letter or digit first.
pub(super) fn name(name: &str) -> Option<String> {
    let is_allowed = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if let Some(wrong) = name.chars().find(|c| !is_allowed(c)) {
        return Some(format!(
            "{} is no letter from a to z, digit, dot, dash or underscore",
            character(wrong)
        ));
    }
    if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Some("it does not begin with a letter or digit".to_owned());
    }
    too_long(name, LONGEST_NAME)
}

/// Any name that a person can tell from another; Rancher decides whether there is one.
pub(super) fn environment(name: &str) -> Option<String> {
    if let Some(control) = name.chars().find(|c| c.is_control()) {
        return Some(format!("it holds the control character {}", character(control)));
    }
    if name.trim() != name {
        return Some("white space stands around it".to_owned());
    }
    too_long(name, LONGEST_ENVIRONMENT)
}

/// One of the words that networks of templates have.
pub(super) fn security_level(level: &str) -> Option<String> {
    let is_known = ["low", "medium", "high"].contains(&level);
    (!is_known).then(|| "no template can ask for it".to_owned())
}

/// A host name or an IP address, and nothing more.
pub(super) fn host(host: &str) -> Option<String> {
    if host.parse::<IpAddr>().is_ok() {
        return None;
    }
    if host.contains("://") {
        return Some("it has a scheme".to_owned());
    }
    if let Some(c) = host.chars().find(|c| c.is_control() || c.is_whitespace()) {
        return Some(format!("it holds {}", character(c)));
    }
    if host.contains('/') {
        return Some("it has a path".to_owned());
    }
    if host.starts_with('[') {
        return Some("an address is written without brackets and port".to_owned());
    }
    if host.split_once(':').is_some_and(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit())) {
        return Some("it has a port".to_owned());
    }
    (!is_host_name(host)).then(|| "it is neither".to_owned())
}

/// Labels of letters, digits, dashes and underscores, joined by dots, not all of them numbers.
fn is_host_name(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    host.len() <= LONGEST_HOST
        && host.split('.').all(label)
        && !host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// An absolute path in its one spelling, without what separates options and words.
pub(super) fn export_base(path: &str) -> Option<String> {
    let Some(rest) = path.strip_prefix('/') else {
        return Some("it does not begin with `/`".to_owned());
    };
    if let Some(c) = path.chars().find(|&c| c == ',' || c.is_control() || c.is_whitespace()) {
        return Some(format!("it holds {}", character(c)));
    }
    for part in rest.split('/').filter(|_| !rest.is_empty()) {
        if let "." | ".." = part {
            return Some(format!("it has a part `{part}`"));
        }
        if part.is_empty() {
            let at_end = rest.ends_with('/') && !rest.contains("//") && !rest.starts_with('/');
            return Some(if at_end { "it ends with `/`" } else { "it holds `//`" }.to_owned());
        }
    }
    too_long(path, LONGEST_PATH)
}

/// One word.
pub(super) fn mount_options(options: &str) -> Option<String> {
    if let Some(c) = options.chars().find(|c| c.is_control() || c.is_whitespace()) {
        return Some(format!("they hold {}", character(c)));
    }
    too_long(options, LONGEST_PATH)
}

fn too_long(text: &str, most: usize) -> Option<String> {
    (text.len() > most).then(|| format!("{} bytes are more than the {most} that are allowed", text.len()))
}

fn character(c: char) -> String {
    match c {
        ' ' => "a space".to_owned(),
        ',' => "a comma".to_owned(),
        _ if c.is_whitespace() => format!("`{}`", c.escape_debug()),
        _ => shown(c.encode_utf8(&mut [0; 4])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(check: fn(&str) -> Option<String>, good: &[&str], bad: &[(&str, &str)]) {
        for text in good {
            assert_eq!(check(text), None, "{text}");
        }
        for (text, fault) in bad {
            assert_eq!(check(text).as_deref(), Some(*fault), "{text}");
        }
    }

    #[test]
    fn names() {
        let (longest, longer) = ("a".repeat(63), "a".repeat(64));
        let wrong = "is no letter from a to z, digit, dot, dash or underscore";
        all(
            name,
            &["a", "7", "meridian", "core.eu-1_b", &longest],
            &[
                ("a b", &format!("a space {wrong}")),
                ("../x", &format!("`/` {wrong}")),
                ("zürich", &format!("`ü` {wrong}")),
                ("a\n", &format!("`\\n` {wrong}")),
                ("-a", "it does not begin with a letter or digit"),
                ("..", "it does not begin with a letter or digit"),
                (&longer, "64 bytes are more than the 63 that are allowed"),
            ],
        );
    }

    #[test]
    fn environments() {
        let longer = "ü".repeat(128);
        all(
            environment,
            &["1a7", "Meridian DMZ", "银行", "a/b"],
            &[
                ("a\tb", "it holds the control character `\\t`"),
                (" a", "white space stands around it"),
                ("a\u{a0}", "white space stands around it"),
                (&longer, "256 bytes are more than the 255 that are allowed"),
            ],
        );
    }

    #[test]
    fn security_levels() {
        let fault = "no template can ask for it";
        all(security_level, &["low", "medium", "high"], &[("High", fault), ("3", fault), ("", fault)]);
    }

    #[test]
    fn hosts() {
        let (longest, longer) = (["a"; 127].join("."), ["a"; 128].join("."));
        all(
            host,
            &["10.0.0.5", "fd00::5", "::1", "filer", "filer-1.bank.test", "filer_1.bank.test.", &longest],
            &[
                ("nfs://filer", "it has a scheme"),
                ("10.0.0.5:/exports", "it has a path"),
                ("filer:2049", "it has a port"),
                ("filer:", "it has a port"),
                ("[fd00::5]:2049", "an address is written without brackets and port"),
                ("fil er", "it holds a space"),
                ("filer\n", "it holds `\\n`"),
                ("10.0.0", "it is neither"),
                ("10.0.0.256", "it is neither"),
                ("-filer", "it is neither"),
                ("a..b", "it is neither"),
                (".", "it is neither"),
                ("user@filer", "it is neither"),
                ("fe80::1%eth0", "it is neither"),
                ("filér", "it is neither"),
                (&longer, "it is neither"),
            ],
        );
    }

    #[test]
    fn export_bases() {
        let longer = "/a".repeat(513);
        all(
            export_base,
            &["/", "/exports", "/exports/meridian", "/a..b/...", "/数据"],
            &[
                ("exports", "it does not begin with `/`"),
                ("~/exports", "it does not begin with `/`"),
                ("/exports/", "it ends with `/`"),
                ("//exports", "it holds `//`"),
                ("//", "it holds `//`"),
                ("/a//b", "it holds `//`"),
                ("/a/../b", "it has a part `..`"),
                ("/.", "it has a part `.`"),
                ("/a,b", "it holds a comma"),
                ("/a b", "it holds a space"),
                ("/a\u{2028}", "it holds `\\u{2028}`"),
                ("/a\0", "it holds `\\0`"),
                (&longer, "1026 bytes are more than the 1024 that are allowed"),
            ],
        );
    }

    #[test]
    fn options_of_mounts() {
        all(
            mount_options,
            &["nfsvers=4", "nfsvers=4.1,sec=krb5p"],
            &[("nfsvers=4, hard", "they hold a space"), ("a\u{7f}", "they hold `\\u{7f}`")],
        );
    }
}
