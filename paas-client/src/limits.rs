//! How long and how much a client takes, in one place and with the reasons.

use std::time::Duration;

/// The limits of a client.
///
/// ```
/// use paas_client::Limits;
/// use std::time::Duration;
///
/// let limits = Limits { total: Duration::from_secs(20), ..Limits::default() };
/// assert_eq!(limits.page, 1_000);
/// assert!(limits.total < Limits::default().total);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For a connection, TLS included. 10 s: more than a lost packet costs, less than a person waits.
    pub connect: Duration,
    /// Between two pieces of an answer. 60 s: servers with many containers are slow, and 10 s are known to be too few.
    pub read: Duration,
    /// For one request and its whole answer, waiting for a place included. 120 s.
    pub total: Duration,
    /// The bytes of a good answer. 32 MiB: a page of 1,000 services of some 10 KiB each, three times over.
    pub answer: usize,
    /// The bytes that are read of a bad answer. 64 KiB: an error is a few hundred bytes, the rest is somebody's web page.
    pub error_answer: usize,
    /// Requests under way to one server. 16: what the server's own pool works on at once. As many bodies beside them may be
    /// read piece by piece, and as many sent.
    pub concurrent: usize,
    /// What one page of a list is asked to hold. 1,000: the server's default of 100 costs ten times the requests, its
    /// most of 3,000 makes answers that time out.
    pub page: u32,
    /// The pages that a list may have before it counts as endless. 10,000.
    pub pages: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(60),
            total: Duration::from_secs(120),
            answer: 32 << 20,
            error_answer: 64 << 10,
            concurrent: 16,
            page: 1_000,
            pages: 10_000,
        }
    }
}

/// What is shown of the server's words in an error.
pub(crate) const SHOWN_MESSAGE: usize = 500;

/// What is shown of a page that is no answer of the API.
pub(crate) const SHOWN_EXCERPT: usize = 120;
