//! A real process is killed, as `kill -9` does it, at every point of the bank's deployment; another one goes on.

use super::proof::all_is_well;
use crate::deploying::world::{self, SECRETS};
use paas_platform::{seam::SystemClock, store::SqliteStore};
use paas_sandbox::Sandbox;
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

/// How many processes run at once.
const ABREAST: u64 = 2;

#[test]
fn a_process_killed_at_any_point_loses_nothing_and_does_nothing_twice() {
    let folder = crate::quick_folder();
    let all = {
        let sandbox = world::sandbox();
        let store = folder.path().join("whole.db");
        let done = last_line(deployer(&sandbox, &store, 0));
        check(&sandbox, &store);
        done.strip_prefix("done ").unwrap_or_else(|| panic!("{done}")).parse::<u64>().unwrap()
    };
    // Each write of the journal and each call has one point before it and one after it.
    println!("a process killed at each of {all} points, and gone on with");
    assert!(all > 150, "{all}");
    let next = AtomicU64::new(1);
    thread::scope(|scope| {
        for _ in 0..ABREAST {
            scope.spawn(|| {
                loop {
                    let point = next.fetch_add(1, Ordering::SeqCst);
                    if point > all {
                        return;
                    }
                    killed_at(point, folder.path());
                }
            });
        }
    });
}

fn killed_at(point: u64, folder: &Path) {
    let sandbox = world::sandbox();
    let store = folder.join(format!("{point}.db"));
    let mut child = deployer(&sandbox, &store, point);
    let mut said = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
    assert!(said.starts_with(&format!("point {point} ")), "at {point} of the first run: {said}");
    child.kill().unwrap();
    assert!(child.wait().unwrap().code().is_none(), "it was killed");

    let done = last_line(deployer(&sandbox, &store, 0));
    assert!(done.starts_with("done "), "killed at {said}: then {done}");
    let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&sandbox, &store)));
    assert!(checked.is_ok(), "killed at {said}");
}

fn deployer(sandbox: &Sandbox, store: &Path, point: u64) -> Child {
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/bank/template.yaml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_deployer"));
    command.arg(store).arg(template).arg(point.to_string());
    command.env("RANCHER_URL", sandbox.api_url());
    command.env("RANCHER_ACCESS_KEY", sandbox.access_key()).env("RANCHER_SECRET_KEY", sandbox.secret_key());
    for (name, value) in SECRETS {
        command.env(format!("PAAS_SECRET_{name}"), value);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap()
}

fn last_line(child: Child) -> String {
    let output = child.wait_with_output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().last().unwrap_or_default().to_owned()
}

fn check(sandbox: &Sandbox, path: &Path) {
    world::wait(async {
        let store = SqliteStore::open(path, SystemClock::new()).await.unwrap();
        let anna = world::anna_on(sandbox, store).await;
        all_is_well(sandbox, &anna).await;
    });
}
