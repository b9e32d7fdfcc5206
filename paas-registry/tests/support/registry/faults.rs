//! What fails, and how.

use paas_client::transport::Request;

/// How a request fails.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// Nobody listens.
    NoConnection,
    /// It is answered with this status and code, and nothing is done.
    Status(u16, &'static str),
    /// After so many bytes of its body the connection breaks.
    LosesBody(u64),
    /// It is done, and the answer gets lost.
    LosesAnswer,
    /// After so many bytes of the answer's body the connection breaks.
    CutsAnswer(u64),
    /// The first byte of the answer's body is another one.
    SpoilsAnswer,
    /// The digest in the answer's head is another one.
    LiesAboutDigest,
    /// The length in the answer's head is none.
    LiesAboutLength,
    /// It is done, and no answer comes, ever.
    Hangs,
}

type Decide = Box<dyn FnMut(usize, &Request) -> Option<Fault> + Send>;

/// Which requests fail.
#[derive(Default)]
pub(crate) struct Faults {
    count: usize,
    decide: Option<Decide>,
}

impl Faults {
    /// By a function of the request and its number, from 0 on.
    pub(crate) fn by(decide: impl FnMut(usize, &Request) -> Option<Fault> + Send + 'static) -> Self {
        Self { count: 0, decide: Some(Box::new(decide)) }
    }

    /// The first so many of those with this method and part of the path.
    pub(crate) fn first(times: usize, method: &'static str, part: &'static str, fault: Fault) -> Self {
        let mut left = times;
        Self::by(move |_, request| {
            let fails = left > 0 && request.method.as_str() == method && request.url.contains(part);
            left -= usize::from(fails);
            fails.then(|| fault.clone())
        })
    }

    pub(super) fn next(&mut self, request: &Request) -> Option<Fault> {
        let number = self.count;
        self.count += 1;
        self.decide.as_mut().and_then(|decide| decide(number, request))
    }
}
