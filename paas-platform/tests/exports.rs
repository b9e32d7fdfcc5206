//! Exports: their text, and texts that are none.

use crate::{clock, wait};
use paas_platform::store::{Batch, LeaseRequest, MemoryStore, Store, export, import, kinds, topics};
use std::{io::Cursor, time::Duration};

const TEXT: &str = r#"{"paas_store_export":1}
{"counters":{"version":2,"message":1}}
{"record":{"kind":"application","key":"acme/bank","version":2,"epoch":1,"hex":"00ff"}}
{"record":{"kind":"tenant","key":"acme","version":1,"epoch":0,"text":"zone \"z1\""}}
{"entry":{"stream":"op-1","number":1,"epoch":1,"at":1800000000000,"text":"intent"}}
{"message":{"topic":"audit","id":1,"epoch":1,"at":1800000000000,"text":"told"}}
{"lease":{"name":"application acme/bank","epoch":1}}
{"end":{"lines":7,"sum":"SUM"}}
"#;

/// The sum is that of Python's `zlib.crc32` over the lines before the last.
fn whole() -> String {
    TEXT.replace("SUM", "c1ef3dc0")
}

async fn filled() -> MemoryStore {
    let store = MemoryStore::new(clock());
    store.commit(Batch::new().create(kinds::TENANT, "acme", r#"zone "z1""#)).await.unwrap();
    let asked = LeaseRequest::new("application acme/bank", "node-1", Duration::from_secs(30));
    let lease = store.acquire(asked).await.unwrap();
    let batch = Batch::new().create(kinds::APPLICATION, "acme/bank", [0, 255]).append("op-1", 1, b"intent");
    store.commit(batch.enqueue(topics::AUDIT, b"told").fenced_by(lease.fence())).await.unwrap();
    store
}

#[test]
fn an_export_is_lines_of_json() {
    let (bytes, _) = wait(async { export(&filled().await, Vec::new()).await }).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), whole());
}

#[test]
fn what_is_no_export_is_refused_with_its_line() {
    let line = |number: usize, new: &str| {
        let lines: Vec<String> = whole().lines().map(str::to_owned).collect();
        let mut lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        lines[number - 1] = new;
        lines.join("\n") + "\n"
    };
    for (text, code, why) in [
        (String::new(), "store.bad_export", "line 1 of the export does not begin"),
        ("<html>".to_owned(), "store.bad_export", "line 1 of the export has no end"),
        ("<html>\n".to_owned(), "store.bad_export", "line 1 of the export does not begin"),
        (line(1, r#"{"paas_store_export":2}"#), "store.newer_format", "the export has format 2"),
        (line(2, "{}"), "store.bad_export", "line 2 of the export cannot be read"),
        (
            line(3, r#"{"surprise":1}"#),
            "store.bad_export",
            "line 3 of the export cannot be read: unknown variant",
        ),
        (line(3, &whole().lines().nth(2).unwrap().replace("00ff", "0f0")), "store.bad_export", "line 3"),
        (line(3, &whole().lines().nth(2).unwrap().replace("00ff", "00fg")), "store.bad_export", "line 3"),
        (whole().replace("z1", "z2"), "store.bad_export", "line 8 of the export has another check sum"),
        (whole().replace(r#""lines":7"#, r#""lines":8"#), "store.bad_export", "counts 8 lines"),
        (whole() + "more\n", "store.bad_export", "line 9 of the export comes after the end"),
        (whole().trim_end().to_owned(), "store.bad_export", "line 8 of the export has no end"),
    ] {
        let error = wait(import(&MemoryStore::new(clock()), Cursor::new(text))).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }
    wait(import(&MemoryStore::new(clock()), Cursor::new(whole()))).unwrap();
}

/// A disk that is full after some bytes.
struct Small(usize);

impl std::io::Write for Small {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(taken) }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_export_that_cannot_be_written_is_said() {
    for room in [0, 10, 100, whole().len() - 1] {
        let outcome = wait(async { export(&filled().await, Small(room)).await });
        let error = outcome.err().unwrap();
        assert_eq!(error.code(), "store.io");
        assert!(error.to_string().contains("writing the export"), "{error}");
    }
    assert!(wait(async { export(&filled().await, Small(whole().len())).await }).is_ok());
}
