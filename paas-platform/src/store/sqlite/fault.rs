//! What SQLite says, in our words.

use super::super::StoreError;
use rusqlite::ErrorCode;
use std::{io, path::Path, time::Duration};

/// What goes wrong on the store's thread: ours already, or SQLite's.
#[derive(Debug)]
pub(super) enum Fault {
    Ours(StoreError),
    Sql(rusqlite::Error),
}

pub(super) type Outcome<T> = Result<T, Fault>;

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Ours(error)
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl Fault {
    pub(super) fn explain(self, path: &Path, waited: Duration) -> StoreError {
        match self {
            Self::Ours(error) => error,
            Self::Sql(error) => explain(error, path, waited),
        }
    }
}

fn explain(error: rusqlite::Error, path: &Path, waited: Duration) -> StoreError {
    let owned = path.to_path_buf();
    if let rusqlite::Error::SqliteFailure(failure, _) = &error {
        return match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy {
                path: owned,
                waited_ms: u64::try_from(waited.as_millis()).unwrap_or(u64::MAX),
            },
            ErrorCode::DiskFull => StoreError::Full { path: owned },
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
                StoreError::ReadOnly { path: owned, why: error.to_string() }
            }
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => damaged(path, &error),
            // Our statements are always the same, so the tables are not.
            ErrorCode::Unknown if failure.extended_code == rusqlite::ffi::SQLITE_ERROR => {
                damaged(path, &error)
            }
            _ => StoreError::Io { what: format!("`{}`: a call", path.display()), source: error.into() },
        };
    }
    match error {
        // A table or a row that is not as we make them.
        rusqlite::Error::SqlInputError { .. }
        | rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::Utf8Error(..) => damaged(path, &error),
        _ => StoreError::Io { what: format!("`{}`: a call", path.display()), source: error.into() },
    }
}

fn damaged(path: &Path, error: &rusqlite::Error) -> StoreError {
    StoreError::corrupt(format!("`{}`", path.display()), error.to_string())
}

/// What the system says about a file.
pub(super) fn file_fault(path: &Path, doing: &str, error: io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly { path: path.to_path_buf(), why: error.to_string() }
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            StoreError::Full { path: path.to_path_buf() }
        }
        _ => StoreError::Io { what: format!("{doing} `{}`", path.display()), source: error.into() },
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, file_fault};
    use rusqlite::ffi;
    use std::{io, path::Path, time::Duration};

    #[test]
    fn each_answer_of_sqlite_has_a_code_of_ours() {
        for (answer, code) in [
            (ffi::SQLITE_BUSY, "store.busy"),
            (ffi::SQLITE_BUSY_RECOVERY, "store.busy"),
            (ffi::SQLITE_FULL, "store.full"),
            (ffi::SQLITE_READONLY, "store.read_only"),
            (ffi::SQLITE_PERM, "store.read_only"),
            (ffi::SQLITE_CORRUPT, "store.corrupt"),
            (ffi::SQLITE_NOTADB, "store.corrupt"),
            (ffi::SQLITE_ERROR, "store.corrupt"),
            (ffi::SQLITE_IOERR_FSYNC, "store.io"),
            (ffi::SQLITE_CANTOPEN, "store.io"),
        ] {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(answer), None);
            let ours = Fault::from(error).explain(Path::new("paas.db"), Duration::from_secs(5));
            assert_eq!(ours.code(), code, "{answer}");
            assert!(ours.to_string().contains("`paas.db`"), "{ours}");
        }
    }

    #[test]
    fn each_answer_of_the_system_has_a_code_of_ours() {
        for (kind, code) in [
            (io::ErrorKind::PermissionDenied, "store.read_only"),
            (io::ErrorKind::ReadOnlyFilesystem, "store.read_only"),
            (io::ErrorKind::StorageFull, "store.full"),
            (io::ErrorKind::QuotaExceeded, "store.full"),
            (io::ErrorKind::NotFound, "store.io"),
        ] {
            assert_eq!(file_fault(Path::new("paas.db"), "opening", kind.into()).code(), code);
        }
    }
}
