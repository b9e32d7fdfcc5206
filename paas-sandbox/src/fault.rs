use serde::{Deserialize, Serialize};

/// Something that goes wrong on purpose, with what it happens to and how often.
///
/// A fault of a request hits the next request that fits, once unless [`times`](Self::times) says otherwise. A fault of a
/// service holds until [`Sandbox::clear_faults`](crate::Sandbox::clear_faults).
///
/// ```
/// use paas_sandbox::{Fault, Trouble};
///
/// let busy = Fault::new(Trouble::Conflict).method("PUT").path("/services/").times(3);
/// let same = r#"{"fault": "conflict", "method": "PUT", "path": "/services/", "times": 3}"#;
/// assert_eq!(busy, serde_json::from_str(same)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fault {
    #[serde(flatten)]
    pub(crate) trouble: Trouble,
    /// Only requests of this method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) method: Option<String>,
    /// Only requests whose path and query contain this text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    /// Only the services of this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) service: Option<String>,
    /// How many fitting requests pass first.
    #[serde(default)]
    pub(crate) skip: u32,
    /// How many requests it hits.
    #[serde(default = "once")]
    pub(crate) times: u32,
}

/// What goes wrong.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "fault", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Trouble {
    /// 409: the resource is busy. Nothing is done.
    Conflict,
    /// 503, with `Retry-After` if it is given. Nothing is done.
    Unavailable {
        /// Seconds.
        #[serde(default)]
        retry_after: Option<u32>,
    },
    /// An answer of your own: HTML of a proxy, garbage, another status. Nothing is done.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The body, as it is.
        #[serde(default)]
        body: String,
        /// Its content type.
        #[serde(default = "html")]
        content_type: String,
    },
    /// An answer as large as you like, of blanks within valid JSON. Nothing is done.
    HugeAnswer {
        /// The size of its body.
        bytes: usize,
    },
    /// The request is done at once, its answer comes late. The time is real, even where the clock is virtual.
    Slow {
        /// How late.
        millis: u64,
    },
    /// Done, but half of the answer's body arrives before the connection is cut.
    CutBody,
    /// Done, but the connection is cut before any answer.
    LostAnswer,
    /// The connection is cut before anything is done.
    LostRequest,
    /// Done twice, as by a proxy that repeats a request; the answer is the second one.
    DoneTwice,
    /// Done once, but the answer's bytes are sent twice on the connection, which is then closed.
    AnsweredTwice,
    /// The service's containers do not start, so it stays `activating`.
    StaysActivating {
        /// What its `transitioningMessage` says.
        #[serde(default = "stays_activating")]
        message: String,
    },
    /// The service's health check never passes: `initializing`, then `unhealthy`. A service that runs once never ends.
    NeverHealthy,
}

impl Fault {
    /// A fault of any request or service, once.
    #[must_use]
    pub fn new(trouble: Trouble) -> Self {
        Self { trouble, method: None, path: None, service: None, skip: 0, times: once() }
    }

    /// Only requests of this method.
    #[must_use]
    pub fn method(self, method: &str) -> Self {
        Self { method: Some(method.to_owned()), ..self }
    }

    /// Only requests whose path and query contain this text.
    #[must_use]
    pub fn path(self, part: &str) -> Self {
        Self { path: Some(part.to_owned()), ..self }
    }

    /// Only the services of this name.
    #[must_use]
    pub fn service(self, name: &str) -> Self {
        Self { service: Some(name.to_owned()), ..self }
    }

    /// Lets this many fitting requests pass first.
    #[must_use]
    pub fn skip(self, requests: u32) -> Self {
        Self { skip: requests, ..self }
    }

    /// Hits this many requests, not only one.
    #[must_use]
    pub fn times(self, requests: u32) -> Self {
        Self { times: requests, ..self }
    }
}

impl Trouble {
    /// The name by which the API and the log know it.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Unavailable { .. } => "unavailable",
            Self::Answer { .. } => "answer",
            Self::HugeAnswer { .. } => "huge_answer",
            Self::Slow { .. } => "slow",
            Self::CutBody => "cut_body",
            Self::LostAnswer => "lost_answer",
            Self::LostRequest => "lost_request",
            Self::DoneTwice => "done_twice",
            Self::AnsweredTwice => "answered_twice",
            Self::StaysActivating { .. } => "stays_activating",
            Self::NeverHealthy => "never_healthy",
        }
    }

    fn is_of_service(&self) -> bool {
        matches!(self, Self::StaysActivating { .. } | Self::NeverHealthy)
    }
}

/// The faults that are still to come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    list: Vec<Fault>,
}

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.list.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.list.clear();
    }

    pub(crate) fn list(&self) -> &[Fault] {
        &self.list
    }

    /// The fault that hits a request, which counts as one time.
    pub(crate) fn hit(&mut self, method: &str, path_and_query: &str) -> Option<Trouble> {
        let fits = |fault: &Fault| {
            !fault.trouble.is_of_service()
                && fault.times > 0
                && fault.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
                && fault.path.as_deref().is_none_or(|part| path_and_query.contains(part))
        };
        let mut hit = None;
        for fault in self.list.iter_mut().filter(|fault| fits(fault)) {
            if fault.skip > 0 {
                fault.skip -= 1;
            } else if hit.is_none() {
                fault.times -= 1;
                hit = Some(fault.trouble.clone());
            }
        }
        self.list.retain(|fault| fault.trouble.is_of_service() || fault.times > 0);
        hit
    }

    /// Why a service's containers do not start, if they do not.
    pub(crate) fn stays_activating(&self, service: &str) -> Option<String> {
        self.of_service(service).find_map(|trouble| match trouble {
            Trouble::StaysActivating { message } => Some(message.clone()),
            _ => None,
        })
    }

    pub(crate) fn never_healthy(&self, service: &str) -> bool {
        self.of_service(service).any(|trouble| *trouble == Trouble::NeverHealthy)
    }

    fn of_service<'a>(&'a self, service: &'a str) -> impl Iterator<Item = &'a Trouble> {
        let fits = move |fault: &&Fault| fault.service.as_deref().is_none_or(|name| name == service);
        self.list.iter().filter(fits).map(|fault| &fault.trouble)
    }
}

fn once() -> u32 {
    1
}

fn html() -> String {
    "text/html".to_owned()
}

fn stays_activating() -> String {
    "Waiting for instances of the service to start".to_owned()
}
