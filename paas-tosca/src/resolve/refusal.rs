//! Why a file cannot be imported.

use super::Repository;
use paas_core::diagnostic::Code;
use std::{error::Error, fmt};

/// Why a file cannot be imported, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    reason: Reason,
    why: String,
    help: Option<String>,
}

/// What kind of refusal it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The resolver knows no such imports; another may.
    Unknown,
    /// The file is not there.
    NotFound,
    /// The file is not to be read, wherever it is.
    NotAllowed,
    /// The file is there, but cannot be read.
    Unreadable,
    /// The file is too large to be read.
    TooLarge,
}

impl Refusal {
    /// The file is not there.
    pub fn not_found() -> Self {
        Self::new(Reason::NotFound, "there is no such file")
    }

    /// The resolver knows no such imports; another may. The reason is the end of a sentence: "`x.yaml` cannot be
    /// imported: …".
    pub fn unknown(why: impl Into<String>) -> Self {
        Self::new(Reason::Unknown, why)
    }

    /// The file is not to be read, wherever it is. The reason is the end of a sentence.
    pub fn not_allowed(why: impl Into<String>) -> Self {
        Self::new(Reason::NotAllowed, why)
    }

    /// The file is there, but cannot be read. The reason is the end of a sentence.
    pub fn unreadable(why: impl Into<String>) -> Self {
        Self::new(Reason::Unreadable, why)
    }

    /// The file is too large. The reason is the end of a sentence.
    pub fn too_large(why: impl Into<String>) -> Self {
        Self::new(Reason::TooLarge, why)
    }

    /// The resolver knows files only, no repositories.
    pub fn no_repository(repository: &Repository<'_>) -> Self {
        Self::unknown(format!("nothing can be imported from the repository `{}` here", repository.name))
            .help("import a file beside the template, or let the caller allow the address of the repository")
    }

    fn new(reason: Reason, why: impl Into<String>) -> Self {
        Self { reason, why: why.into(), help: None }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What kind of refusal it is.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// What to do, if that is known.
    pub fn what_to_do(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// The code of the diagnostic that tells it.
    pub(crate) fn code(&self) -> Code {
        match self.reason {
            Reason::Unknown | Reason::NotAllowed => Code::ImportRefused,
            Reason::NotFound | Reason::Unreadable => Code::ImportUnreadable,
            Reason::TooLarge => Code::ImportLimit,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl Error for Refusal {}
