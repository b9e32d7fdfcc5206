//! What went wrong, for code and for people.

mod kind;
mod step;

pub use kind::ErrorKind;
pub use step::{Class, Failure, StepFailure, StepFailureKind};

use crate::{operations::OperationId, store::StoreError};
use paas_client::System;
use paas_core::diagnostic::Diagnostics;
use std::{fmt, sync::Arc};

/// The result of a call of the platform.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure, with all that is known of it and nothing that is secret.
///
/// ```
/// use paas_platform::{Platform, store::MemoryStore, seam::SystemClock};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let platform = Platform::builder().store(MemoryStore::new(SystemClock::new())).connect().await?;
/// let error = platform.acting_as("anna".parse().unwrap()).tenants().read("acme").await.unwrap_err();
/// assert_eq!(error.code(), "platform.unknown_tenant");
/// assert_eq!(error.to_string(), "there is no tenant `acme`");
/// # Ok::<(), paas_platform::Error>(())
/// # }).unwrap();
/// ```
pub struct Error(Box<Details>);

struct Details {
    kind: ErrorKind,
    message: String,
    operation: Option<OperationId>,
    failures: Vec<StepFailure>,
    diagnostics: Option<Diagnostics>,
    store: Option<Arc<StoreError>>,
    client: Option<paas_client::Error>,
    help: Option<&'static str>,
    /// Whether it may pass by itself, where neither the store nor a client says so.
    may_pass: bool,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            message: message.into(),
            operation: None,
            failures: Vec::new(),
            diagnostics: None,
            store: None,
            client: None,
            help: None,
            may_pass: kind == ErrorKind::ImageBusy,
        }))
    }

    /// With whether it may pass by itself.
    pub(crate) fn that_may_pass(mut self, may_pass: bool) -> Self {
        self.0.may_pass = may_pass;
        self
    }

    /// With what to do in this very case.
    pub(crate) fn with_help(mut self, help: &'static str) -> Self {
        self.0.help = Some(help);
        self
    }

    pub(crate) fn of(mut self, operation: &OperationId) -> Self {
        self.0.operation = Some(operation.clone());
        self
    }

    pub(crate) fn with_failures(mut self, failures: Vec<StepFailure>) -> Self {
        self.0.failures = failures;
        self
    }

    pub(crate) fn rejected(diagnostics: Diagnostics) -> Self {
        let first = diagnostics.iter().find(|diagnostic| diagnostic.is_error()).map(ToString::to_string);
        let more = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count().saturating_sub(1);
        let mut message = first.unwrap_or_else(|| "there is nothing to deploy".to_owned());
        if more > 0 {
            message = format!("{message} (and {more} more)");
        }
        let mut this = Self::new(ErrorKind::Rejected, message);
        this.0.diagnostics = Some(diagnostics);
        this
    }

    pub(crate) fn with_store(mut self, error: Arc<StoreError>) -> Self {
        self.0.store = Some(error);
        self
    }

    pub(crate) fn with_client(mut self, error: paas_client::Error) -> Self {
        self.0.client = Some(error);
        self
    }

    /// Whether another process carries out what was to be carried out here.
    pub(crate) fn is_held_elsewhere(&self) -> bool {
        matches!(self.store(), Some(StoreError::LeaseHeld { .. }))
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The stable code: of the store or of the client if it came from there, else of the kind.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match (&self.0.store, &self.0.client) {
            (Some(error), _) => error.code(),
            (_, Some(error)) => error.code(),
            _ => self.0.kind.code(),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        self.0.help.unwrap_or_else(|| self.0.kind.help())
    }

    /// The operation that it is about.
    #[must_use]
    pub fn operation(&self) -> Option<&OperationId> {
        self.0.operation.as_ref()
    }

    /// What kept an operation from its end: one for each step that failed.
    #[must_use]
    pub fn failures(&self) -> &[StepFailure] {
        &self.0.failures
    }

    /// All problems of a template that was rejected.
    #[must_use]
    pub fn diagnostics(&self) -> Option<&Diagnostics> {
        self.0.diagnostics.as_ref()
    }

    /// The failure of the store, if it was one.
    #[must_use]
    pub fn store(&self) -> Option<&StoreError> {
        self.0.store.as_deref()
    }

    /// The failure of the client, if it was one.
    #[must_use]
    pub fn client(&self) -> Option<&paas_client::Error> {
        self.0.client.as_ref()
    }

    /// Whether asking again later may help without anybody doing something about it.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.may_pass
            || self.0.store.as_ref().is_some_and(|error| error.is_retryable())
            || self.0.client.as_ref().is_some_and(paas_client::Error::is_retryable)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let mut this = Self::new(ErrorKind::Store, error.to_string());
        this.0.store = Some(Arc::new(error));
        this
    }
}

impl From<paas_client::Error> for Error {
    fn from(error: paas_client::Error) -> Self {
        let kind = match error.system() {
            System::Keystone => ErrorKind::Keystone,
            System::Harbor => ErrorKind::Harbor,
            System::Registry => ErrorKind::Registry,
            _ => ErrorKind::Rancher,
        };
        let mut this = Self::new(kind, error.to_string());
        this.0.client = Some(error);
        this
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        for failure in &self.0.failures {
            write!(f, "; {failure}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("code", &self.code())
            .field("message", &self.0.message)
            .field("operation", &self.0.operation)
            .field("failures", &self.0.failures)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match (&self.0.store, &self.0.client) {
            (Some(error), _) => Some(&**error),
            (_, Some(error)) => Some(error),
            _ => None,
        }
    }
}
