//! Which part of a blob an answer has.

use super::answer::header;
use crate::transport::Response;

/// Where the body of an answer begins in its blob, and how large that is, if it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) start: u64,
    pub(super) size: Option<u64>,
}

impl Part {
    /// What the head of a good answer tells; `None` if it is a part, and does not say of what.
    pub(super) fn of(head: &Response) -> Option<Self> {
        if head.status != 206 {
            let size = header(head, "content-length").and_then(|length| length.parse().ok());
            return Some(Self { start: 0, size });
        }
        let range = header(head, "content-range")?.strip_prefix("bytes")?.trim_start();
        let (range, size) = range.split_once('/')?;
        let (start, end) = range.split_once('-')?;
        let (start, end): (u64, u64) = (start.trim().parse().ok()?, end.trim().parse().ok()?);
        let size = match size.trim() {
            "*" => None,
            size => Some(size.parse().ok()?),
        };
        // Parts are asked for up to the end.
        let is_rest = size.is_none_or(|size: u64| end.checked_add(1) == Some(size));
        (start <= end && is_rest).then_some(Self { start, size })
    }
}

#[cfg(test)]
mod tests {
    use super::Part;
    use crate::transport::Response;

    #[test]
    fn heads_tell_parts() {
        let part = |start, size| Some(Part { start, size });
        for (status, range, length, expected) in [
            (200, "", "7", part(0, Some(7))),
            (200, "bytes 3-6/7", "7", part(0, Some(7))),
            (200, "", "", part(0, None)),
            (200, "", "many", part(0, None)),
            (206, "bytes 3-6/7", "4", part(3, Some(7))),
            (206, "bytes 3-6/*", "4", part(3, None)),
            (206, "bytes=3-6/7", "4", None),
            (206, "bytes 3-5/7", "3", None),
            (206, "bytes 6-3/4", "4", None),
            (206, "bytes */7", "0", None),
            (206, "bytes 3-18446744073709551615/7", "4", None),
            (206, "", "4", None),
        ] {
            let head =
                Response::new(status, "").header("Content-Range", range).header("Content-Length", length);
            assert_eq!(Part::of(&head), expected, "{status} {range} {length}");
        }
    }
}
