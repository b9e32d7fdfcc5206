//! Everything that can stand in the way, and every step that can fail.

use super::*;
use crate::files::transaction::STAGING;
use std::{cell::Cell, collections::BTreeMap, fs, io};
use tempfile::{TempDir, tempdir};

fn folder() -> TempDir {
    tempdir().expect("a folder for the test")
}

/// A translation with these networks; `edition` goes into every file.
fn translation(networks: &[&str], edition: u32) -> Vec<NewFile> {
    let mut files = vec![NewFile::new("release.json", format!("{{\"edition\": {edition}}}\n"))];
    for network in networks {
        for name in ["docker-compose.yml", "rancher-compose.yml"] {
            files.push(NewFile::new(format!("{network}/{name}"), format!("{network} {edition}\n")));
        }
    }
    files
}

fn own(dir: &Path, files: &[NewFile]) -> Result<Written, Diagnostics> {
    write(&RealDisk, dir, files, Overwrite::OwnOnly)
}

fn any(dir: &Path, files: &[NewFile]) -> Result<Written, Diagnostics> {
    write(&RealDisk, dir, files, Overwrite::Any)
}

/// All that is below a folder: files with content, folders, links with target.
fn tree(dir: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            let metadata = fs::symlink_metadata(&path).expect("metadata");
            let content = if metadata.is_symlink() {
                format!("-> {}", fs::read_link(&path).expect("a link").display())
            } else if metadata.is_dir() {
                folders.push(path.clone());
                "folder".to_owned()
            } else {
                fs::read_to_string(&path).expect("a file")
            };
            found.insert(path.strip_prefix(dir).expect("below").to_owned(), content);
        }
    }
    found
}

fn put(path: impl AsRef<Path>, text: &str) {
    let path = path.as_ref();
    fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
    fs::write(path, text).expect("written");
}

/// The messages, with the folder of the test left out.
fn messages(dir: &Path, problems: &Diagnostics) -> Vec<String> {
    let prefix = format!("{}/", dir.display());
    problems.iter().map(|problem| problem.message.replace(&prefix, "")).collect()
}

/// Says that a translation is refused, with what messages, and that it changes nothing.
fn assert_refused(dir: &Path, files: &[NewFile], expected: &[&str]) {
    let before = tree(dir);
    let problems = own(dir, files).expect_err("refused");
    assert_eq!(messages(dir, &problems), expected);
    assert!(problems.iter().all(|problem| problem.code == Code::FileNotOurs));
    assert_eq!(tree(dir), before);
}

#[test]
fn writes_replaces_keeps_and_removes() {
    let folder = folder();
    let dir = folder.path().join("new/out");

    let written = own(&dir, &translation(&["dmz", "core"], 1)).expect("written");
    assert_eq!(written.created.len(), 5);
    assert_eq!(written.folder, dir);
    let first = tree(&dir);
    assert_eq!(first[Path::new("dmz/rancher-compose.yml")], "dmz 1\n");
    assert_eq!(first.len(), 5 + 2 + 1, "files, folders, manifest, and nothing else: {first:?}");

    let again = own(&dir, &translation(&["dmz", "core"], 1)).expect("written");
    assert_eq!((again.unchanged.len(), again.created.len(), again.replaced.len()), (5, 0, 0));
    assert_eq!(tree(&dir), first);

    let mut second = translation(&["dmz", "app"], 2);
    second.retain(|file| file.path != "dmz/docker-compose.yml");
    second.push(NewFile::new("dmz/docker-compose.yml", "dmz 1\n"));
    let written = own(&dir, &second).expect("written");
    assert_eq!(written.created, ["app/docker-compose.yml", "app/rancher-compose.yml"]);
    assert_eq!(written.replaced, ["release.json", "dmz/rancher-compose.yml"]);
    assert_eq!(written.unchanged, ["dmz/docker-compose.yml"]);
    assert_eq!(written.removed, ["core/docker-compose.yml", "core/rancher-compose.yml"]);
    assert!(!dir.join("core").exists(), "a folder that is empty goes with its files");
    assert!(!dir.join(STAGING).exists());

    // Nothing of the first translation is remembered: its files would not be taken for ours.
    let manifest = Manifest::parse(&fs::read(dir.join(Manifest::NAME)).expect("read")).expect("a manifest");
    let mut expected: Vec<_> = second.iter().map(|file| file.path.as_str()).collect();
    expected.sort_unstable();
    assert_eq!(manifest.paths().collect::<Vec<_>>(), expected);
    assert!(!manifest.has("release.json", &translation(&[], 1)[0].sum));
}

#[test]
fn a_folder_that_holds_more_than_our_files_stays() {
    let folder = folder();
    let dir = folder.path();
    own(dir, &translation(&["dmz", "core"], 1)).expect("written");
    put(dir.join("core/notes.txt"), "mine");
    put(dir.join("README"), "mine");
    own(dir, &translation(&["dmz"], 1)).expect("written");
    assert_eq!(tree(&dir.join("core")), BTreeMap::from([("notes.txt".into(), "mine".into())]));
    assert!(dir.join("README").exists());
}

#[test]
fn names_all_foreign_files_at_once() {
    let folder = folder();
    let dir = folder.path();
    put(dir.join("release.json"), "mine");
    put(dir.join("dmz/docker-compose.yml"), "mine");
    put(dir.join("core"), "mine");
    assert_refused(
        dir,
        &translation(&["dmz", "core"], 1),
        &[
            "`core` is a file",
            "`release.json` was not written by a translation",
            "`dmz/docker-compose.yml` was not written by a translation",
        ],
    );
    let written = any(dir, &translation(&["dmz", "core"], 1)).expect("written");
    assert_eq!(written.replaced, ["release.json", "dmz/docker-compose.yml"]);
    assert_eq!(tree(dir)[Path::new("core/rancher-compose.yml")], "core 1\n");
    assert!(!dir.join(STAGING).exists());
}

#[test]
fn a_file_with_the_very_bytes_is_taken_for_ours() {
    let folder = folder();
    let dir = folder.path();
    put(dir.join("release.json"), "{\"edition\": 1}\n");
    let written = own(dir, &translation(&[], 1)).expect("written");
    assert_eq!(written.unchanged, ["release.json"]);
    assert_eq!(own(dir, &translation(&[], 2)).expect("written").replaced, ["release.json"]);
}

#[test]
fn changed_files_are_not_ours_any_more() {
    let folder = folder();
    let dir = folder.path();
    own(dir, &translation(&["dmz", "core"], 1)).expect("written");
    put(dir.join("core/docker-compose.yml"), "tuned by hand");
    let changed = &["`core/docker-compose.yml` was changed since it was written"];
    assert_refused(dir, &translation(&["dmz", "core"], 2), changed);
    assert_refused(dir, &translation(&["dmz"], 2), changed);
    let written = any(dir, &translation(&["dmz"], 2)).expect("written");
    assert_eq!(written.removed.len(), 2);
    assert!(!dir.join("core").exists());
}

#[test]
fn a_file_that_was_deleted_comes_back() {
    let folder = folder();
    let dir = folder.path();
    own(dir, &translation(&["dmz"], 1)).expect("written");
    fs::remove_dir_all(dir.join("dmz")).expect("removed");
    assert_eq!(own(dir, &translation(&["dmz"], 1)).expect("written").created.len(), 2);
    fs::remove_dir_all(dir.join("dmz")).expect("removed");
    let written = own(dir, &translation(&[], 1)).expect("written");
    assert!(written.removed.is_empty());
}

#[test]
fn whole_folders_are_never_removed() {
    let folder = folder();
    let dir = folder.path();
    put(dir.join("release.json/precious"), "mine");
    put(dir.join("dmz/docker-compose.yml/precious"), "mine");
    let expected = ["`release.json` is a folder", "`dmz/docker-compose.yml` is a folder"];
    assert_refused(dir, &translation(&["dmz"], 1), &expected);
    let before = tree(dir);
    let problems = any(dir, &translation(&["dmz"], 1)).expect_err("refused");
    assert_eq!(messages(dir, &problems), expected);
    assert_eq!(tree(dir), before);
}

#[test]
fn a_manifest_that_is_not_understood_is_in_the_way() {
    let folder = folder();
    let dir = folder.path();
    own(dir, &translation(&["dmz"], 1)).expect("written");
    put(dir.join(Manifest::NAME), "{\"format\": 9}");
    let why = "`.paas-files.json` is not a list of files that this version understands";
    assert_refused(dir, &translation(&["dmz"], 1), &[why]);
    any(dir, &translation(&["dmz"], 2)).expect("written");
    own(dir, &translation(&["dmz"], 3)).expect("written");
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn are_never_written_through() {
        let folder = folder();
        let elsewhere = folder.path().join("elsewhere");
        put(elsewhere.join("target"), "precious");
        put(elsewhere.join("folder/docker-compose.yml"), "precious");
        let before = tree(&elsewhere);
        let dir = folder.path().join("out");
        fs::create_dir(&dir).expect("made");
        symlink(elsewhere.join("target"), dir.join("release.json")).expect("linked");
        symlink(elsewhere.join("folder"), dir.join("dmz")).expect("linked");
        symlink("nowhere", dir.join(Manifest::NAME)).expect("linked");
        assert_refused(
            &dir,
            &translation(&["dmz"], 1),
            &[
                "`.paas-files.json` is a symbolic link",
                "`dmz` is a symbolic link",
                "`release.json` is a symbolic link",
            ],
        );
        // Insisting replaces the links themselves.
        any(&dir, &translation(&["dmz"], 1)).expect("written");
        assert_eq!(tree(&elsewhere), before);
        assert_eq!(tree(&dir)[Path::new("dmz/docker-compose.yml")], "dmz 1\n");
    }

    #[test]
    fn nor_removed_through() {
        let folder = folder();
        let dir = folder.path().join("out");
        own(&dir, &translation(&["dmz", "core"], 1)).expect("written");
        fs::rename(dir.join("core"), folder.path().join("moved")).expect("moved");
        symlink("../moved", dir.join("core")).expect("linked");
        let before = tree(&folder.path().join("moved"));
        assert_refused(&dir, &translation(&["dmz"], 2), &["`core` is a symbolic link"]);
        any(&dir, &translation(&["dmz"], 2)).expect("written");
        assert_eq!(tree(&folder.path().join("moved")), before);
    }

    #[test]
    fn as_the_folder_itself_is_refused_unless_insisted() {
        let folder = folder();
        fs::create_dir(folder.path().join("real")).expect("made");
        let dir = folder.path().join("link");
        symlink("real", &dir).expect("linked");
        for spelling in [dir.clone(), dir.join("")] {
            let problems = own(&spelling, &translation(&["dmz"], 1)).expect_err("refused");
            assert_eq!(messages(folder.path(), &problems), ["`link` is a symbolic link"]);
        }
        any(&dir, &translation(&["dmz"], 1)).expect("written");
        assert!(folder.path().join("real/dmz/docker-compose.yml").exists());
        assert!(fs::symlink_metadata(&dir).expect("there").is_symlink());
    }
}

#[test]
fn says_what_cannot_be_written() {
    let folder = folder();
    put(folder.path().join("file"), "mine");
    let problems = own(&folder.path().join("file"), &translation(&[], 1)).expect_err("refused");
    assert_eq!(messages(folder.path(), &problems), ["`file` is a file"]);
    let problems = own(&folder.path().join("file/out/deep"), &translation(&[], 1)).expect_err("refused");
    assert_eq!(messages(folder.path(), &problems), ["`file/out` cannot be written: not a directory"]);
    assert_eq!(problems.iter().next().map(|problem| problem.code), Some(Code::FileUnwritable));
    assert_eq!(tree(folder.path()), BTreeMap::from([("file".into(), "mine".into())]));
}

#[test]
fn two_writers_do_not_meet() {
    let folder = folder();
    let dir = folder.path();
    own(dir, &translation(&["dmz"], 1)).expect("written");
    fs::create_dir(dir.join(STAGING)).expect("made");
    let before = tree(dir);
    let problems = own(dir, &translation(&["dmz"], 2)).expect_err("refused");
    assert_eq!(
        messages(dir, &problems),
        ["`.paas-staging` cannot be written: another translation is writing here, or one was cut short"]
    );
    assert_eq!(tree(dir), before);
    any(dir, &translation(&["dmz"], 2)).expect("written");
    assert!(!dir.join(STAGING).exists());
}

#[test]
fn writers_at_once_never_mix_their_files() {
    let folder = folder();
    let dir = folder.path().join("out");
    let networks = [&["dmz", "core"][..], &["dmz", "app"], &["app", "core", "mgmt"], &["dmz"]];
    std::thread::scope(|scope| {
        for (edition, networks) in (1..).zip(networks) {
            let dir = &dir;
            scope.spawn(move || {
                let mut written = 0;
                while written < 5 {
                    match own(dir, &translation(networks, edition)) {
                        Ok(_) => written += 1,
                        Err(problems) => {
                            let busy =
                                |p: &Diagnostic| p.message.contains("another translation is writing here");
                            assert!(problems.iter().all(busy), "{problems:?}");
                        }
                    }
                }
            });
        }
    });
    let files = tree(&dir);
    let last = (1..).zip(networks).find(|(edition, _)| {
        files[Path::new("release.json")].as_bytes() == translation(&[], *edition)[0].bytes
    });
    let (edition, networks) = last.expect("one of them was the last");
    let expected = translation(networks, edition);
    for file in &expected {
        assert_eq!(files[Path::new(&file.path)].as_bytes(), file.bytes, "{}", file.path);
    }
    let count = files.values().filter(|content| *content != "folder").count();
    assert_eq!(count, expected.len() + 1, "the files, the manifest, and nothing of the others: {files:?}");
}

/// A disk that fails at one step, or from it on.
struct Faulty {
    step: Cell<u32>,
    fails_at: u32,
    for_good: bool,
}

impl Faulty {
    fn new(fails_at: u32, for_good: bool) -> Self {
        Self { step: Cell::new(0), fails_at, for_good }
    }

    fn step<T>(&self, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let step = self.step.get();
        self.step.set(step + 1);
        let fails = if self.for_good { step >= self.fails_at } else { step == self.fails_at };
        if fails { Err(io::Error::new(io::ErrorKind::StorageFull, "no space left on device")) } else { act() }
    }
}

impl Disk for Faulty {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step(|| RealDisk.create_folder(path))
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        // Half of the file may have been written before the disk is full.
        self.step(|| Ok(())).inspect_err(|_| {
            let _ = RealDisk.write_new(path, bytes.get(..bytes.len() / 2).unwrap_or_default());
        })?;
        RealDisk.write_new(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| RealDisk.rename(from, to))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step(|| RealDisk.remove_folder(path))
    }

    fn remove_tree(&self, path: &Path) -> io::Result<()> {
        self.step(|| RealDisk.remove_tree(path))
    }
}

/// Runs a second translation over a first with a fault at every step in turn, until one run meets no fault any more.
fn with_each_fault(
    for_good: bool,
    judge: impl Fn(u32, &Path, &BTreeMap<PathBuf, String>, Result<Written, Diagnostics>),
) {
    for fails_at in 0.. {
        let folder = folder();
        let dir = folder.path().join("out");
        own(&dir, &translation(&["dmz", "core"], 1)).expect("written");
        put(dir.join("dmz/notes.txt"), "mine");
        let before = tree(&dir);
        let disk = Faulty::new(fails_at, for_good);
        let result = write(&disk, &dir, &translation(&["dmz", "app"], 2), Overwrite::OwnOnly);
        judge(fails_at, &dir, &before, result);
        if disk.step.get() <= fails_at {
            assert!(fails_at > 20, "there are more steps than {fails_at}");
            return;
        }
    }
}

#[test]
fn a_fault_at_any_step_leaves_everything_as_it_was() {
    with_each_fault(false, |step, dir, before, result| match result {
        Err(problems) => {
            assert_eq!(tree(dir), *before, "step {step}");
            let problem = problems.iter().next().expect("one");
            assert_eq!(problem.code, Code::FileUnwritable);
            assert!(problem.message.ends_with("cannot be written: no space left on device"), "{problem}");
        }
        // Only tidying up failed.
        Ok(_) => {
            assert_eq!(fs::read_to_string(dir.join("dmz/docker-compose.yml")).expect("there"), "dmz 2\n");
            assert!(!dir.join("core/docker-compose.yml").exists());
        }
    });
}

#[test]
fn a_disk_that_dies_loses_no_file() {
    with_each_fault(true, |step, dir, before, result| {
        let kept: Vec<_> = tree(dir).into_values().collect();
        if let Err(problems) = result {
            for content in before.values() {
                assert!(kept.contains(content), "step {step}: `{content}` is lost");
            }
            let said = problems.iter().any(|p| p.help.as_ref().is_some_and(|help| help.contains(STAGING)));
            let whole = before.iter().all(|(path, content)| tree(dir).get(path) == Some(content));
            assert!(whole || said, "step {step}: the help tells where the files are");
        }
    });
}

#[test]
fn a_run_that_was_cut_short_does_not_disown_its_files() {
    with_each_fault(true, |step, dir, _, _| {
        // What a person does after it: look at what is kept, remove it, and translate again.
        let _ = fs::remove_dir_all(dir.join(STAGING));
        let again = own(dir, &translation(&["dmz", "app"], 3));
        assert!(again.is_ok(), "step {step}: {again:?}");
    });
}

#[test]
fn a_fault_in_a_new_folder_leaves_nothing_behind() {
    for fails_at in 0..12 {
        let folder = folder();
        let disk = Faulty::new(fails_at, false);
        let dir = folder.path().join("a/b/out");
        write(&disk, &dir, &translation(&["dmz"], 1), Overwrite::OwnOnly).expect_err("a fault");
        assert_eq!(tree(folder.path()), BTreeMap::new(), "step {fails_at}");
    }
}

#[test]
fn a_network_cannot_lead_files_astray() {
    let release: Release = serde_json::from_value(serde_json::json!({
        "format": 1, "application": "shop", "stack": "shop", "parts": [], "stages": [],
        "backend": { "kind": "rancher", "version": "1.6.30", "load_balancer_image": "lb" },
    }))
    .expect("a release");
    let folder = folder();
    let written = write_translation(folder.path(), &release, &[], Overwrite::OwnOnly).expect("written");
    assert_eq!(written.created, ["release.json"]);
    let stored = fs::read_to_string(folder.path().join("release.json")).expect("there");
    assert!(stored.starts_with("{\n  \"format\": 1,") && stored.ends_with("}\n"), "{stored}");
    assert_eq!(serde_json::from_str::<Release>(&stored).expect("a release"), release);
    for name in ["..", ".", "", "a/b", "/", "a/"] {
        assert!(!crate::files::manifest::is_plain_name(name), "{name}");
    }
}
