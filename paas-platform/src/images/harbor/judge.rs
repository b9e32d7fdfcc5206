//! What a task of Harbor's that failed has written down, by kind.

use paas_core::images::promotion::FailureKind;

/// Harbor's workers tell in words only. What is first in the table counts; all words are in small letters.
const WORDS: &[(FailureKind, &[&str])] = &[
    (FailureKind::TagImmutable, &["immutable"]),
    (FailureKind::StorageFull, &["no space left", "disk quota exceeded", "status code: 507"]),
    (FailureKind::QuotaExceeded, &["exceed the configured upper limit", "quota"]),
    (FailureKind::Denied, &["unauthorized", "denied", "forbidden", "status code: 401", "status code: 403"]),
    (
        FailureKind::Unavailable,
        &["too many requests", "unavailable", "status code: 429", "status code: 50", "bad gateway"],
    ),
    (
        FailureKind::Unreachable,
        &[
            "connection refused",
            "connection reset",
            "no such host",
            "dial tcp",
            "timeout",
            "deadline exceeded",
            "certificate",
            "unexpected eof",
            "broken pipe",
        ],
    ),
    (FailureKind::ContentDamaged, &["digest mismatch", "digest did not match", "digest_invalid"]),
    (FailureKind::SourceMissing, &["not found", "manifest unknown", "status code: 404"]),
];

/// What kind of failure a line tells of.
pub(super) fn kind(line: &str) -> FailureKind {
    let line = line.to_ascii_lowercase();
    let found = WORDS.iter().find(|(_, words)| words.iter().any(|word| line.contains(word)));
    found.map_or(FailureKind::Unexpected, |(kind, _)| *kind)
}

/// The line of a log that says why: the last one that calls itself an error; else the last one.
pub(super) fn reason(log: &str) -> Option<&str> {
    let lines = || log.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut errors = lines().filter(|line| line.contains("[ERROR]") || line.contains("[FATAL]"));
    errors.next_back().or_else(|| lines().next_back())
}

#[cfg(test)]
mod tests {
    use super::{kind, reason};
    use paas_core::images::promotion::FailureKind;

    #[test]
    fn lines_are_told_apart() {
        for (line, expected) in [
            (
                r#"http status code: 412, body: {"errors":[{"code":"PRECONDITION","message":"Failed to process request due to 'web:1.0' configured as immutable."}]}"#,
                FailureKind::TagImmutable,
            ),
            (
                "http status code: 403, body: DENIED: adding 10.0 MiB of storage resource, which when updated to current usage of 5.0 GiB will exceed the configured upper limit of 5.0 GiB.",
                FailureKind::QuotaExceeded,
            ),
            ("[ERROR] unauthorized to push", FailureKind::Denied),
            ("http status code: 503, body: ", FailureKind::Unavailable),
            ("dial tcp 192.0.2.1:443: i/o timeout", FailureKind::Unreachable),
            ("MANIFEST_UNKNOWN: manifest unknown", FailureKind::SourceMissing),
            ("write /storage/x: no space left on device", FailureKind::StorageFull),
            ("http status code: 500, body: write /storage/x: disk quota exceeded", FailureKind::StorageFull),
            ("something else", FailureKind::Unexpected),
        ] {
            assert_eq!(kind(line), expected, "{line}");
        }
    }

    #[test]
    fn the_last_error_is_the_reason() {
        assert_eq!(reason("[INFO] a\n[ERROR] b\n[ERROR] c\n[INFO] d\n\n"), Some("[ERROR] c"));
        assert_eq!(reason("a\nb\n"), Some("b"));
        assert_eq!(reason("\n"), None);
    }
}
