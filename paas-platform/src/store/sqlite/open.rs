//! Opening a file.

use super::super::{Result, StoreError};
use super::{
    SqliteOptions,
    fault::{Fault, Outcome, file_fault},
    lock::{ProcessLock, private},
    schema,
};
use rusqlite::{Connection, OpenFlags};
use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

/// How far the write-ahead log may stay grown after it was emptied into the file.
const MAX_IDLE_LOG: i64 = 16 * 1024 * 1024;

/// An open file. The connection is closed before the lock ends.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    pub(super) lock: ProcessLock,
}

pub(super) fn open(path: &Path, options: &SqliteOptions) -> Result<Opened> {
    let path = real_path(path)?;
    let lock = ProcessLock::take(&path)?;
    make(&path)?;
    let connection = connect(&path, options).map_err(|fault| fault.explain(&path, options.busy_timeout))?;
    keep_private(&path);
    tracing::debug!(path = %path.display(), "the store is open");
    Ok(Opened { connection, path, lock })
}

fn connect(path: &Path, options: &SqliteOptions) -> Outcome<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(options.busy_timeout)?;
    // Before anything is trusted: what the file says of itself must not make us run something.
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    // Before anything is written: whether it is ours.
    schema::must_be_a_database(&connection, path)?;
    if options.check {
        quick_check(&connection)?;
    }
    durable(&connection, path)?;
    if let Some(quota) = options.quota {
        limit(&connection, quota)?;
    }
    schema::migrate(&mut connection, path, schema::MIGRATIONS)?;
    write_ahead(&connection)?;
    Ok(connection)
}

/// A second connection, which only reads.
pub(super) fn reader(path: &Path, busy_timeout: Duration) -> Outcome<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(busy_timeout)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

/// What is committed is on the disk, also after a power cut.
fn durable(connection: &Connection, path: &Path) -> Outcome<()> {
    connection.pragma_update(None, "synchronous", "FULL")?;
    // For systems where syncing a file leaves it in the drive's cache; without effect elsewhere.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    let synchronous: i64 = connection.pragma_query_value(None, "synchronous", |row| row.get(0))?;
    if synchronous != 2 {
        let what = format!("making writes to `{}` durable", path.display());
        return Err(StoreError::Io { what, source: "it is not possible here".into() }.into());
    }
    Ok(())
}

fn write_ahead(connection: &Connection) -> Outcome<()> {
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        let source = format!("the file system allows `{mode}` only, such as one over a network").into();
        return Err(StoreError::Io { what: "turning on the write-ahead log".into(), source }.into());
    }
    connection.pragma_update_and_check(None, "journal_size_limit", MAX_IDLE_LOG, |_| Ok(()))?;
    Ok(())
}

fn limit(connection: &Connection, quota: u64) -> Outcome<()> {
    let page: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let pages = i64::try_from(quota).unwrap_or(i64::MAX).checked_div(page).unwrap_or(1).max(1);
    connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
    Ok(())
}

fn quick_check(connection: &Connection) -> Outcome<()> {
    first_problem(connection, "PRAGMA quick_check(1)")
}

/// As [`quick_check`], and that tables and their indices agree.
pub(super) fn integrity(connection: &Connection) -> Outcome<()> {
    first_problem(connection, "PRAGMA integrity_check(1)")
}

fn first_problem(connection: &Connection, pragma: &str) -> Outcome<()> {
    let problem: String = connection.query_row(pragma, [], |row| row.get(0))?;
    if problem == "ok" {
        return Ok(());
    }
    let path = connection.path().unwrap_or_default();
    Err(Fault::Ours(StoreError::corrupt(format!("`{path}`"), problem.replace('\n', " "))))
}

/// Without links, so that two names of one file lead to one lock.
fn real_path(path: &Path) -> Result<PathBuf> {
    let not_a_file = |why: &str| StoreError::NotAStore { path: path.to_path_buf(), why: why.into() };
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {
            return fs::canonicalize(path).map_err(|error| file_fault(path, "opening", error));
        }
        Ok(_) => return Err(not_a_file("it is no file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(file_fault(path, "opening", error)),
    }
    let name = path.file_name().ok_or_else(|| not_a_file("it is no name of a file"))?;
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    match fs::canonicalize(folder) {
        Ok(folder) => Ok(folder.join(name)),
        Err(error) => Err(file_fault(folder, "opening the folder", error)),
    }
}

/// Makes the file if it is not there, for its owner only. SQLite gives its other files the same mode.
fn make(path: &Path) -> Result<()> {
    match private(OpenOptions::new().write(true).create_new(true)).open(path) {
        Ok(_) => sync_folder(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(file_fault(path, "making", error)),
    }
}

/// So that after a power cut not only the content is there but also the name.
fn sync_folder(path: &Path) -> Result<()> {
    let Some(folder) = path.parent().filter(|_| cfg!(unix)) else { return Ok(()) };
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| file_fault(folder, "writing the folder", error))
}

/// For a file that was copied here.
#[cfg(unix)]
fn keep_private(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let Ok(metadata) = fs::metadata(path) else { return };
    if metadata.permissions().mode() & 0o077 != 0
        && let Err(error) = fs::set_permissions(path, PermissionsExt::from_mode(0o600))
    {
        tracing::warn!(path = %path.display(), %error, "others than its owner may open the store");
    }
}

#[cfg(not(unix))]
const fn keep_private(_: &Path) {}
