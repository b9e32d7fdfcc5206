//! The log of a registry: a line for each request.

/// What a registry was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Log {
    /// Requests.
    pub(crate) requests: u64,
    /// Bytes of the bodies that it answered.
    pub(crate) bytes: u64,
}

impl Log {
    /// Reads lines of the combined format: `… "GET /v2/ HTTP/1.1" 200 2 "" "agent"`.
    pub(crate) fn read(text: &str) -> Self {
        let mut log = Self::default();
        for line in text.lines() {
            let Some((_, rest)) = line.split_once("\" ") else { continue };
            let mut words = rest.split(' ');
            let (Some(_), Some(bytes)) = (words.next().filter(|status| status.len() == 3), words.next())
            else {
                continue;
            };
            log.requests += 1;
            log.bytes += bytes.parse::<u64>().unwrap_or(0);
        }
        log
    }

    /// What came after another.
    pub(crate) fn since(self, before: &Self) -> Self {
        Self { requests: self.requests - before.requests, bytes: self.bytes - before.bytes }
    }
}
