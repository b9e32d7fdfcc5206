//! A process that is killed in the middle of a copy, and another that goes on.

use super::{
    bed::{Registry, client, is_whole, layers, oci_image, order, repository, tag},
    copier, tag_1,
};
use paas_registry::{Copier, CopyLimits};
use std::{
    env,
    io::{BufRead, BufReader},
    num::NonZeroU64,
    process::{Command, Stdio},
};

/// Tells the process that it is the one that copies and is killed, and from where to where.
const CHILD: &str = "PAAS_COPIES_UNTIL_KILLED";

const NAME: &str = "team/web";
const TAGGED: &str = "team/web:1";

/// Layers, the last ones larger than what comes in the time.
const SIZES: [usize; 8] = [50_000, 60_000, 70_000, 80_000, 90_000, 100_000, 4_000_000, 5_000_000];

#[tokio::test]
async fn after_a_kill_what_had_arrived_is_not_sent_again() {
    if let Ok(where_to) = env::var(CHILD) {
        return until_killed(&where_to).await;
    }
    let Some((test, production)) = Registry::pair().await else { return };
    let (from, to) = (test.client(), production.client());
    let all = layers(&from, NAME, 1, &SIZES).await;
    let manifest = oci_image(&from, NAME, &all).await;
    tag(&from, NAME, "1", &manifest).await;

    let mut command = Command::new(env::current_exe().unwrap());
    command.args([
        "real_registry::crash::after_a_kill_what_had_arrived_is_not_sent_again",
        "--exact",
        "--nocapture",
    ]);
    command.env(CHILD, format!("{} {}", test.url(), production.url()));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let told = lines.map(Result::unwrap).find(|line| line.starts_with("now"));
    // With signal 9: nothing of it runs any more.
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert!(told.is_some() && !status.success(), "it ended by itself: {status}");

    assert_eq!(to.manifest(&repository(NAME), &tag_1()).await.unwrap(), None);
    let mut arrived = 0;
    for layer in &all {
        arrived += u64::from(to.blob_size(&repository(NAME), &layer.digest).await.unwrap().is_some());
    }
    assert!((3..8).contains(&arrived), "{arrived}");
    let copied = copier().copy(order(&from, &to, TAGGED)).await.unwrap();
    assert!(copied.blobs_there >= arrived, "{copied:?}");
    assert_eq!(copied.blobs_there + copied.blobs_sent, 9);
    is_whole(&to, NAME, &tag_1(), &manifest).await;
}

/// Copies slowly, and says when half of the layers have arrived.
async fn until_killed(where_to: &str) {
    let (from, to) = where_to.split_once(' ').unwrap();
    let limits = CopyLimits { bytes_per_second: NonZeroU64::new(1_000_000), ..CopyLimits::default() };
    let copier = Copier::builder().limits(limits).build().unwrap();
    let copying = copier.copy(order(&client(from), &client(to), TAGGED));
    let mut watch = copying.watch();
    let tells = async {
        while let Some(progress) = watch.changed().await {
            if progress.blobs_done >= 4 {
                eprintln!("\nnow");
                return;
            }
        }
    };
    let (result, ()) = tokio::join!(copying, tells);
    result.unwrap();
}
