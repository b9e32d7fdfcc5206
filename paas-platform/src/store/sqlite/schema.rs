//! The tables, and how older ones become new ones.

use super::super::StoreError;
use super::fault::{Fault, Outcome};
use rusqlite::{Connection, TransactionBehavior};
use std::{fs, path::Path};

/// Marks a file as ours: "PaaS".
pub(super) const APPLICATION_ID: i64 = 0x5061_6153;

/// Each brings the tables from one format to the next; the first makes them. The count of them is the format.
///
/// None is ever changed after it was released.
pub(super) const MIGRATIONS: &[&str] = &["
    CREATE TABLE counter (
        name TEXT PRIMARY KEY,
        value INTEGER NOT NULL,
        sum INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE record (
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        version INTEGER NOT NULL,
        epoch INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        sum INTEGER NOT NULL,
        PRIMARY KEY (kind, key)
    ) STRICT;

    CREATE TABLE entry (
        stream TEXT NOT NULL,
        number INTEGER NOT NULL,
        epoch INTEGER NOT NULL,
        at INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        sum INTEGER NOT NULL,
        PRIMARY KEY (stream, number)
    ) STRICT;

    CREATE TABLE message (
        topic TEXT NOT NULL,
        id INTEGER NOT NULL,
        epoch INTEGER NOT NULL,
        at INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        sum INTEGER NOT NULL,
        PRIMARY KEY (topic, id)
    ) STRICT;

    CREATE TABLE lease (
        name TEXT PRIMARY KEY,
        epoch INTEGER NOT NULL,
        holder TEXT,
        until INTEGER,
        sum INTEGER NOT NULL
    ) STRICT;
"];

/// Brings a file to the newest format, all at once; a new file too. Nothing is written if there is nothing to do.
pub(super) fn migrate(connection: &mut Connection, path: &Path, migrations: &[&str]) -> Outcome<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = format(&transaction, path)?;
    let known = migrations.len();
    let newer = || {
        let (found, known) = (u64::try_from(found).unwrap_or_default(), known.try_into().unwrap_or(u64::MAX));
        StoreError::NewerFormat { what: format!("`{}`", path.display()), found, known }
    };
    let done = usize::try_from(found).map_err(|_| not_ours(path, "its format is negative"))?;
    let missing = migrations.get(done..).ok_or_else(newer)?;
    if missing.is_empty() {
        return Ok(());
    }
    for migration in missing {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", i64::try_from(known).unwrap_or(i64::MAX))?;
    transaction.commit()?;
    tracing::info!(path = %path.display(), from = found, to = known, "the store has the newest format");
    Ok(())
}

/// The format of a file of ours; 0 for an empty file.
fn format(connection: &Connection, path: &Path) -> Outcome<i64> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, format) = (number("application_id")?, number("user_version")?);
    if application == APPLICATION_ID {
        return Ok(format);
    }
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == 0 && format == 0 && tables == 0 {
        return Ok(0);
    }
    Err(not_ours(path, "it is a database of another program").into())
}

fn not_ours(path: &Path, why: &str) -> StoreError {
    StoreError::NotAStore { path: path.to_path_buf(), why: why.into() }
}

/// Whether SQLite takes the file for a database at all. An empty one is.
pub(super) fn must_be_a_database(connection: &Connection, path: &Path) -> Outcome<()> {
    let no_database = || not_ours(path, "it does not begin as a database does, or its beginning is damaged");
    // SQLite takes a file of one byte for an empty one.
    if fs::metadata(path).is_ok_and(|metadata| (1..16).contains(&metadata.len())) {
        return Err(no_database().into());
    }
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)) {
        Err(rusqlite::Error::SqliteFailure(failure, _))
            if failure.code == rusqlite::ErrorCode::NotADatabase =>
        {
            Err(no_database().into())
        }
        other => other.map(|_| ()).map_err(Fault::from),
    }
}

#[cfg(test)]
mod tests {
    use super::{APPLICATION_ID, MIGRATIONS, migrate};
    use rusqlite::Connection;
    use std::{path::Path, time::Duration};

    fn run(connection: &mut Connection, migrations: &[&str]) -> Result<(), String> {
        let path = Path::new("paas.db");
        migrate(connection, path, migrations).map_err(|fault| fault.explain(path, Duration::ZERO).to_string())
    }

    fn format(connection: &Connection) -> i64 {
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    }

    #[test]
    fn an_older_file_is_brought_forward_and_keeps_what_it_holds() {
        let mut connection = Connection::open_in_memory().unwrap();
        run(&mut connection, MIGRATIONS).unwrap();
        assert_eq!(format(&connection), 1);
        connection.execute("INSERT INTO record VALUES ('a', 'b', 1, 0, x'00', 0)", []).unwrap();

        let later =
            [MIGRATIONS, &["ALTER TABLE record ADD COLUMN note TEXT", "CREATE TABLE more (x INTEGER)"]];
        run(&mut connection, &later.concat()).unwrap();
        assert_eq!(format(&connection), 3);
        let kept: i64 = connection
            .query_row("SELECT count(*) FROM record WHERE note IS NULL", [], |row| row.get(0))
            .unwrap();
        assert_eq!(kept, 1);

        // And the older program does not touch it.
        let refused = run(&mut connection, MIGRATIONS).unwrap_err();
        assert_eq!(
            refused,
            "`paas.db` has format 3, and this version knows formats up to 1: use the newer version that wrote it"
        );
        assert_eq!(format(&connection), 3);
    }

    #[test]
    fn a_migration_that_fails_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        run(&mut connection, MIGRATIONS).unwrap();
        let bad = [MIGRATIONS, &["CREATE TABLE more (x INTEGER)", "INSERT INTO nowhere VALUES (1)"]].concat();
        assert!(run(&mut connection, &bad).unwrap_err().contains("nowhere"));
        assert_eq!(format(&connection), 1);
        assert!(connection.execute("SELECT * FROM more", []).is_err());
    }

    #[test]
    fn files_of_others_are_left_alone() {
        for theirs in ["CREATE TABLE theirs (x)", "PRAGMA application_id = 7", "PRAGMA user_version = 1"] {
            let mut connection = Connection::open_in_memory().unwrap();
            connection.execute_batch(theirs).unwrap();
            let refused = run(&mut connection, MIGRATIONS).unwrap_err();
            assert!(refused.contains("is not a store"), "{refused}");
        }
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        connection.pragma_update(None, "user_version", -1).unwrap();
        assert!(run(&mut connection, MIGRATIONS).unwrap_err().contains("negative"));
    }
}
