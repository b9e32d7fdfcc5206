//! A process is killed while it writes; what it was told is written, is there.

use crate::{
    rounds, wait,
    work::{self, COUNT, KEPT, LOAD, STREAM, TOPIC},
};
use paas_platform::{
    seam::{Random, SeededRandom, SystemClock},
    store::{Item, SqliteStore},
};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

/// The process that writes.
pub(crate) fn writer(path: &Path, count: Option<u64>) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_store-writer"));
    command.arg(path).args(count.map(|count| count.to_string()));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap()
}

/// Ends it as `kill -9` does, some time after it has acknowledged so many batches; the last that it acknowledged.
fn kill(mut child: Child, batches: u64, later: Duration) -> Option<u64> {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let waited_for = lines.by_ref().take(usize::try_from(batches).unwrap()).last();
    thread::sleep(later);
    child.kill().unwrap();
    let status = child.wait().unwrap();
    let last = lines.last().or(waited_for);
    assert!(status.code().is_none(), "it ended by itself: {last:?}");
    last.map(|line| line.parse().unwrap())
}

/// How many batches are there, all of them as wholes.
pub(crate) async fn whole_batches(store: &SqliteStore) -> u64 {
    store.verify().await.unwrap();
    let items = crate::items(store).await.unwrap();
    let mut count = 0;
    let (mut loads, mut entries, mut messages) = (Vec::new(), Vec::new(), Vec::new());
    for item in items {
        match item {
            Item::Record(record) if record.kind == COUNT => count = work::number(&record.bytes),
            Item::Record(record) if record.kind == LOAD => loads.push((record.key, record.bytes)),
            Item::Entry(entry) if entry.stream == STREAM => entries.push((entry.number, entry.bytes)),
            Item::Message(message) if message.topic == TOPIC => messages.push((message.id, message.bytes)),
            Item::Counters { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    let kept = count.saturating_sub(KEPT) + 1..=count;
    assert_eq!(loads, kept.map(|number| (work::key(number), work::load(number))).collect::<Vec<_>>());
    let all: Vec<_> = (1..=count).map(|number| (number, work::entry(number))).collect();
    assert_eq!(entries, all);
    assert_eq!(messages, all);
    count
}

#[test]
fn what_was_acknowledged_is_there_and_what_was_not_is_whole_or_absent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paas.db");
    let random = SeededRandom::new(20_261_122);
    let (rounds, mut before, mut in_flight, mut while_opening) = (rounds(40), 0, 0, 0);
    for round in 0..rounds {
        // Each fourth while it opens the file, the others between two batches or in one.
        let batches = if round % 4 == 0 { 0 } else { 1 + random.below(30) };
        let later = Duration::from_micros(random.below(20_000));
        let acknowledged = kill(writer(&path, None), batches, later).unwrap_or(before);

        let count = wait(async {
            let store = SqliteStore::open(&path, SystemClock::new()).await.unwrap();
            whole_batches(&store).await
        });
        assert!(
            count == acknowledged || count == acknowledged + 1,
            "round {round}: {acknowledged} were acknowledged, {count} are there"
        );
        in_flight += count - acknowledged;
        while_opening += u64::from(count == before);
        before = count;
    }
    println!(
        "{rounds} kills, {before} batches; {in_flight} were in flight and whole, {while_opening} kills came before the first batch"
    );
    assert!(before > rounds, "hardly anything was written, so nothing was tested");
}

#[test]
fn a_log_that_is_torn_anywhere_leaves_whole_batches() {
    const BATCHES: u64 = 12;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paas.db");
    // An empty store, closed; so all that follows is in the log alone.
    drop(wait(SqliteStore::open(&path, SystemClock::new())).unwrap());
    let mut child = writer(&path, Some(BATCHES));
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let last = lines.by_ref().map(Result::unwrap).find(|line| *line == BATCHES.to_string());
    assert!(last.is_some());
    child.kill().unwrap();
    child.wait().unwrap();
    let (file, log) = (fs::read(&path).unwrap(), fs::read(folder.path().join("paas.db-wal")).unwrap());
    assert!(log.len() > 100_000, "the log holds {} bytes", log.len());

    let random = SeededRandom::new(7);
    let mut seen = [0_u64; 2];
    let mut all = [false; BATCHES as usize + 1];
    for round in 0..rounds(60) {
        let at = usize::try_from(random.below(log.len() as u64 + 1)).unwrap();
        let mut torn = log.clone();
        let cut = round % 2 == 0;
        if cut {
            torn.truncate(at);
        } else {
            // A sector that never reached the disk, with what was there before.
            torn.iter_mut().skip(at / 512 * 512).take(512).for_each(|byte| *byte = 0xa5);
        }
        let copy = tempfile::tempdir().unwrap();
        let path = copy.path().join("paas.db");
        fs::write(&path, &file).unwrap();
        fs::write(copy.path().join("paas.db-wal"), torn).unwrap();
        let count = wait(async {
            let store = SqliteStore::open(&path, SystemClock::new()).await.unwrap();
            let count = whole_batches(&store).await;
            // And it goes on from there.
            let written = work::written(&store).await.unwrap();
            assert_eq!(work::write(&store, written).await.unwrap().number, count + 1);
            count
        });
        assert!(count <= BATCHES);
        seen[usize::from(cut)] += 1;
        all[usize::try_from(count).unwrap()] = true;
    }
    let distinct = all.iter().filter(|seen| **seen).count();
    println!(
        "{} logs cut, {} with a bad sector; {distinct} different counts of whole batches",
        seen[1], seen[0]
    );
    assert!(distinct > 3, "{all:?}");
}
