//! What went wrong, for code and for people.

use crate::{operations::OperationId, store::StoreError};
use paas_core::diagnostic::Diagnostics;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

/// The result of a call of the platform.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Writes the kinds, their codes and what to do from one table.
macro_rules! kinds {
    ($($(#[$doc:meta])+ $kind:ident $code:literal $help:literal;)+) => {
        /// What kind of failure it is; code decides by it.
        ///
        /// ```
        /// use paas_platform::ErrorKind;
        /// assert_eq!(ErrorKind::Busy.code(), "platform.application_busy");
        /// assert!(ErrorKind::ALL.iter().all(|kind| kind.code().starts_with("platform.")));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[$doc])+ $kind,)+
        }

        impl ErrorKind {
            /// All kinds, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The code, which stays the same over versions.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => concat!("platform.", $code),)+
                }
            }

            /// What to do about it.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self {
                    $(Self::$kind => $help,)+
                }
            }
        }
    };
}

kinds! {
    /// The platform cannot be set up like this.
    Configuration "configuration" "see how the builder of the platform is to be used";
    /// The store failed; [`Error::store`] tells how.
    Store "store" "nothing that was written before is lost: mend the store, then ask again";
    /// Rancher failed or refused; [`Error::client`] tells how.
    Rancher "rancher" "nothing was changed by this call: see to the server, then ask again";
    /// A name cannot be one.
    InvalidName "invalid_name" "names have 1 to 63 letters, digits, dots, dashes and underscores, and begin with a letter or digit";
    /// There is no such tenant.
    UnknownTenant "unknown_tenant" "record the tenant first";
    /// Two tenants would share an environment or a folder.
    TenantConflict "tenant_conflict" "give each tenant environments and folders of its own";
    /// The tenant has no such application.
    UnknownApplication "unknown_application" "see which applications the tenant has";
    /// The application has no such service.
    UnknownService "unknown_service" "see which services the application has";
    /// There is no such operation.
    UnknownOperation "unknown_operation" "see which operations there are";
    /// The template, or what it needs, has errors; [`Error::diagnostics`] tells which.
    Rejected "rejected" "mend the template, or give the tenant what it needs";
    /// The application is deployed already.
    Deployed "application_deployed" "remove it first";
    /// An operation of the application has not ended.
    Busy "application_busy" "wait for that operation, resume it, or abandon it";
    /// Things have changed since the plan was made.
    StalePlan "stale_plan" "make a new plan";
    /// The operation's state does not allow that.
    OperationState "operation_state" "see the state of the operation";
    /// The operation stopped before its end.
    Stopped "operation_stopped" "mend what it tells of, then resume it; or abandon it";
    /// The operation was abandoned.
    Abandoned "operation_abandoned" "remove the application to clean up what is left";
    /// The service has no count that could be changed.
    NotScalable "not_scalable" "services that run once or on every host, and external ones, have no count";
    /// Another process took the operation over.
    TakenOver "taken_over" "ask that process, or look at the operation by its id";
}

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
        }))
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
        self.0.kind.help()
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
        self.0.store.as_ref().is_some_and(|error| error.is_retryable())
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
        let mut this = Self::new(ErrorKind::Rancher, error.to_string());
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

/// Why a step did not reach its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StepFailure {
    /// The step's key.
    pub step: String,
    /// What it was to do, in words.
    pub title: String,
    /// What kind of failure it is.
    #[serde(flatten)]
    pub failure: Failure,
}

impl fmt::Display for StepFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.title, self.failure.message)
    }
}

/// What went wrong in a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Failure {
    /// What is done about it.
    pub class: Class,
    /// A stable code.
    pub code: String,
    /// What went wrong and where.
    pub message: String,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl Failure {
    pub(crate) fn new(class: Class, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { class, code: code.into(), message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The class of a failure: what is done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Class {
    /// It may pass: tried again after a pause.
    Transient,
    /// The world is not as it was thought: looked at again, then decided anew.
    Conflict,
    /// It may have been done: looked for before anything is repeated.
    Unknown,
    /// The step's time is over.
    Deadline,
    /// Trying again would not help: the operation stops.
    Permanent,
}

impl Class {
    /// Whether the step is tried again.
    #[must_use]
    pub const fn is_tried_again(self) -> bool {
        matches!(self, Self::Transient | Self::Conflict | Self::Unknown)
    }
}
