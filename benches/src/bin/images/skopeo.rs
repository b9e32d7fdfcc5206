//! The peer.

use crate::{Failure, server::Server, set};
use std::{fmt::Write as _, fs, path::Path, process::Command};

/// `skopeo sync` of all images.
pub(crate) fn sync(from: &Server, to: &Server, count: usize, folder: &Path) -> Result<Command, Failure> {
    let mut list = format!("{}:\n  tls-verify: false\n  images:\n", from.host());
    for number in 0..count {
        writeln!(list, "    {}: ['{}']", set::repository(number), set::TAG)?;
    }
    let path = folder.join("sync.yml");
    fs::write(&path, list)?;
    let mut command = Command::new("skopeo");
    command.args([
        "--insecure-policy",
        "sync",
        "--src",
        "yaml",
        "--dest",
        "docker",
        "--dest-tls-verify=false",
    ]);
    command.arg(&path).arg(format!("{}/{}", to.host(), set::NAMESPACE));
    Ok(command)
}
