//! What went wrong, for code and for people.

mod kind;
mod system;

pub use kind::ErrorKind;
pub use system::System;

use secrecy::SecretString;
use std::{fmt, time::Duration};

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure, with all that is known of it and nothing that is secret.
///
/// What the server says is shown in a bounded length, in one line, with our own keys struck out.
///
/// ```
/// use paas_client::{Credentials, ErrorKind, RancherClient};
///
/// let error = RancherClient::builder().credentials(Credentials::new("access", "secret")).build().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Configuration);
/// assert_eq!(error.code(), "client.rancher.configuration");
/// assert!(!error.is_retryable() && !error.outcome_unknown());
/// ```
#[derive(Clone)]
pub struct Error(Box<Details>);

/// The fields of an [`Error`]; whoever makes one fills in what he knows.
#[derive(Clone, Debug)]
pub(crate) struct Details {
    pub(crate) kind: ErrorKind,
    pub(crate) system: System,
    pub(crate) message: String,
    pub(crate) operation: &'static str,
    pub(crate) resource: String,
    pub(crate) status: Option<u16>,
    pub(crate) server_code: Option<String>,
    pub(crate) server_message: Option<String>,
    pub(crate) field: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) endpoint: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) outcome_unknown: bool,
    pub(crate) attempts: u32,
    pub(crate) available_actions: Vec<String>,
    pub(crate) state: Option<String>,
    pub(crate) told: Told,
}

/// What headers of an answer tell the client itself. Strangers' words, not cleaned: shown to nobody.
#[derive(Clone, Default)]
pub(crate) struct Told {
    /// Where a redirect leads: the whole address.
    pub(crate) location: Option<SecretString>,
    /// How one may log in.
    pub(crate) challenges: Vec<String>,
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            system: System::Rancher,
            message: message.into(),
            operation: "",
            resource: String::new(),
            status: None,
            server_code: None,
            server_message: None,
            field: None,
            request_id: None,
            endpoint: None,
            retry_after: None,
            outcome_unknown: false,
            attempts: 0,
            available_actions: Vec::new(),
            state: None,
            told: Told::default(),
        }))
    }

    /// The same error, with more known of it.
    pub(crate) fn with(mut self, fill: impl FnOnce(&mut Details)) -> Self {
        fill(&mut self.0);
        self
    }

    /// What went wrong, without what was asked for and what the server says.
    pub(crate) fn message(&self) -> &str {
        &self.0.message
    }

    pub(crate) fn told(&self) -> &Told {
        &self.0.told
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The system that was asked, or was to be asked.
    #[must_use]
    pub fn system(&self) -> System {
        self.0.system
    }

    /// The stable code of the kind, such as `client.rancher.conflict`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.kind.code(self.0.system)
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        self.0.kind.help(self.0.system)
    }

    /// The status of the server's answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The server's own code, such as `NotUnique`.
    #[must_use]
    pub fn server_code(&self) -> Option<&str> {
        self.0.server_code.as_deref()
    }

    /// The server's own words: its message and detail.
    #[must_use]
    pub fn server_message(&self) -> Option<&str> {
        self.0.server_message.as_deref()
    }

    /// The field that the server names. For some errors Rancher puts a whole sentence here.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The id that the server gave to this error; its log has it too.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The server that was asked last: scheme, host and port.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        self.0.endpoint.as_deref()
    }

    /// The operation, by the name of its method; empty if none was under way.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The resource that was asked for, as a path; empty if none was.
    #[must_use]
    pub fn resource(&self) -> &str {
        &self.0.resource
    }

    /// How long the server wants us to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How often it was tried.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// For [`ErrorKind::ActionNotAvailable`]: the actions that the resource offers.
    #[must_use]
    pub fn available_actions(&self) -> &[String] {
        &self.0.available_actions
    }

    /// The state of the resource, where it decided.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.0.state.as_deref()
    }

    /// Whether asking again later may help.
    ///
    /// It does not say that asking again is safe: see [`outcome_unknown`](Self::outcome_unknown).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        // A server that cannot do it will not learn to.
        self.0.kind.is_retryable().unwrap_or(!matches!(self.0.status, Some(501 | 505)))
    }

    /// Whether the server may have done what was asked although there is no good answer.
    ///
    /// Look the resource up before you ask again. A create is never repeated while this is so.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        self.0.outcome_unknown
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { operation, resource, message, status, server_code, server_message, field, .. } =
            &*self.0;
        match (operation.is_empty(), resource.is_empty()) {
            (false, false) => write!(f, "{operation} `{resource}`: ")?,
            (false, true) => write!(f, "{operation}: ")?,
            _ => {}
        }
        write!(f, "{message}")?;
        if let Some(status) = status {
            write!(f, " (status {status}")?;
            for said in [server_code, server_message].into_iter().flatten() {
                write!(f, ", `{said}`")?;
            }
            if let Some(field) = field {
                write!(f, ", field `{field}`")?;
            }
            write!(f, ")")?;
        }
        if self.0.attempts > 1 {
            write!(f, "; tried {} times", self.0.attempts)?;
        }
        if self.0.outcome_unknown {
            write!(f, "; it may have been done all the same: look before you ask again")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}
