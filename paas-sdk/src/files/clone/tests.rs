//! Clones are written as a whole or not at all.

use super::*;
use paas_tosca::{
    Options,
    clone::{Mapping, clone_template},
    resolve::InMemory,
};
use std::{cell::Cell, sync::Arc};

const TYPES: &str = "tosca_definitions_version: tosca_simple_yaml_1_3\n";
const SHOP: &str = "tosca_definitions_version: tosca_simple_yaml_1_3\nimports: [ types/web.yaml ]\n";

/// A clone of two files.
fn cloned() -> Cloned {
    let mut options = Options::default();
    options.resolver = Arc::new(InMemory::from_iter([("bank/types/web.yaml", TYPES)]));
    let cloned = clone_template(&Source::new("bank/shop.yaml", SHOP), &Mapping::default(), &options);
    assert_eq!(cloned.sources.iter().len(), 2, "{:?}", cloned.diagnostics);
    cloned
}

/// Fails at one of its steps.
struct Faulty {
    left: Cell<usize>,
}

impl Faulty {
    fn step(&self) -> io::Result<()> {
        let left = self.left.get();
        self.left.set(left.wrapping_sub(1));
        if left == 0 { Err(io::Error::other("No space left on device")) } else { Ok(()) }
    }
}

impl Disk for Faulty {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        RealDisk.create_folder(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step().inspect_err(|_| RealDisk.write_new(path, b"half").expect("half"))?;
        RealDisk.write_new(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        RealDisk.rename(from, to)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        RealDisk.remove_folder(path)
    }

    fn remove_tree(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove_tree(path)
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries.map(|entry| entry.file_name().into_string().expect("UTF-8")).collect()
}

#[test]
fn a_folder_has_all_files_as_they_lay() {
    let home = tempfile::tempdir().expect("a folder");
    let dir = home.path().join("b");
    assert_eq!(
        write_clone_folder(&dir, &cloned(), "bank").expect("written"),
        ["shop.yaml", "types/web.yaml"]
    );
    assert_eq!(fs::read_to_string(dir.join("shop.yaml")).expect("text"), SHOP);
    assert_eq!(fs::read_to_string(dir.join("types/web.yaml")).expect("text"), TYPES);
    assert_eq!(names(home.path()), ["b"]);
    let again = write_clone_folder(&dir, &cloned(), "bank").expect_err("in the way");
    assert_eq!(again.iter().next().expect("one").code, Code::FileNotOurs);
    fs::create_dir(home.path().join("empty")).expect("a folder");
    write_clone_folder(home.path().join("empty/"), &cloned(), "bank").expect("written");
}

#[test]
fn a_full_disk_leaves_no_folder() {
    let mut failed = 0;
    for left in 0.. {
        let home = tempfile::tempdir().expect("a folder");
        let dir = home.path().join("b");
        let disk = Faulty { left: Cell::new(left) };
        if write_folder(&disk, &dir, &cloned(), Path::new("bank")).is_ok() {
            assert_eq!(names(home.path()), ["b"]);
            break;
        }
        failed += 1;
        assert_eq!(names(home.path()), [""; 0], "{left}");
    }
    assert!(failed >= 4, "{failed}");
}

#[test]
fn a_full_disk_leaves_a_file_as_it_was() {
    for (before, overwrite) in [(None, Overwrite::OwnOnly), (Some("before"), Overwrite::Any)] {
        let mut failed = 0;
        for left in 0.. {
            let home = tempfile::tempdir().expect("a folder");
            let path = home.path().join("b.yaml");
            if let Some(before) = before {
                fs::write(&path, before).expect("written");
            }
            let disk = Faulty { left: Cell::new(left) };
            let written = write_file(&disk, &path, &cloned(), overwrite).is_ok();
            let found = fs::read_to_string(&path).ok();
            assert!(!home.path().join(".b.yaml.paas-new").exists());
            if written {
                assert_eq!(found.as_deref(), Some(SHOP));
                break;
            }
            failed += 1;
            assert_eq!(found.as_deref(), before, "{left}");
        }
        assert!(failed >= 1);
    }
}

#[test]
fn what_is_there_stays() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("b.yaml");
    fs::write(&path, "theirs").expect("written");
    let problem = write_clone(&path, &cloned(), Overwrite::OwnOnly).expect_err("in the way");
    assert_eq!(problem.iter().next().expect("one").code, Code::FileNotOurs);
    assert_eq!(fs::read_to_string(&path).expect("text"), "theirs");
    assert_eq!(names(home.path()), ["b.yaml"]);
}
