//! A database and keys for Keystone, made once.

use super::{CONFIGURATION, PASSWORD, REQUIREMENTS, SERVER};
use crate::{Result, files, shell::Shell};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Where the bootstrap believes Keystone to be. It stands in the catalogue only.
const PLACE: &str = "http://127.0.0.1:5000/v3/";

/// A folder with a database and keys; made anew when versions or configuration are others than those it was made with.
pub(super) fn ensure(shell: &Shell, python: &Path) -> Result<PathBuf> {
    let folder = shell.workshop().join("keystone").join("prepared");
    let stamp = folder.join("made-from.txt");
    let read = |path: &str| files::read(&shell.root.join(path));
    let wanted = [&read(REQUIREMENTS)?, &read(CONFIGURATION)?, PASSWORD].join("\n");
    if files::read(&stamp).is_ok_and(|made_from| made_from == wanted) {
        return Ok(folder);
    }
    files::fresh_folder(&folder)?;
    configure(shell, &folder)?;
    let owner = |what: &str| shell.read(shell.command("id").arg(what)).map(|name| name.trim().to_owned());
    let (user, group) = (owner("-un")?, owner("-gn")?);
    let keys = ["--keystone-user", user.as_str(), "--keystone-group", group.as_str()];
    let addresses = [
        ["--bootstrap-admin-url", PLACE],
        ["--bootstrap-public-url", PLACE],
        ["--bootstrap-internal-url", PLACE],
        ["--bootstrap-region-id", "RegionOne"],
        ["--bootstrap-password", PASSWORD],
    ];
    manage(shell, python, &folder, &["db_sync"])?;
    manage(shell, python, &folder, &[&["fernet_setup"], &keys[..]].concat())?;
    manage(shell, python, &folder, &[&["credential_setup"], &keys[..]].concat())?;
    manage(shell, python, &folder, &[&["bootstrap"], &addresses.concat()[..]].concat())?;
    files::write(&stamp, wanted)?;
    Ok(folder)
}

/// Writes the configuration for this folder, and that of the server.
pub(super) fn configure(shell: &Shell, folder: &Path) -> Result<()> {
    let text = files::read(&shell.root.join(CONFIGURATION))?;
    let place = folder.to_str().ok_or("the path of the project is no text")?;
    files::write(&folder.join("keystone.conf"), text.replace("DIR", place))?;
    files::copy(&shell.root.join(SERVER), &folder.join("gunicorn.conf.py"))
}

/// Takes the keys from others: Keystone warns of them else.
pub(super) fn close_to_others(shell: &Shell, folder: &Path) -> Result<()> {
    let mut chmod = shell.command("chmod");
    chmod.args(["-R", "go-rwx"]).arg(folder);
    shell.read(&mut chmod).map(drop)
}

/// The Python with Keystone, in this folder, as a home too: gunicorn keeps a socket there.
pub(super) fn in_folder(shell: &Shell, python: &Path, folder: &Path) -> Command {
    let mut command = shell.command(python);
    command.current_dir(folder).env("HOME", folder).env("PYTHONWARNINGS", "ignore");
    command.env("OS_KEYSTONE_CONFIG_FILES", folder.join("keystone.conf"));
    command
}

fn manage(shell: &Shell, python: &Path, folder: &Path, arguments: &[&str]) -> Result<()> {
    let mut command = in_folder(shell, python, folder);
    command.arg(python.with_file_name("keystone-manage"));
    command.arg("--config-file").arg(folder.join("keystone.conf")).args(arguments);
    shell.run("keystone-manage", &mut command).map(drop)
}
