//! Clones are written as a whole or not at all.

use super::*;
use crate::files::disk::Disk;
use paas_tosca::{
    Limits, Options,
    clone::{Mapping, clone_template},
    csar::Csar,
    resolve::InMemory,
};
use std::{cell::Cell, fs, sync::Arc};

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

/// What it was made of.
fn template() -> Template {
    Template {
        source: Source::new("bank/shop.yaml", SHOP),
        resolver: Arc::new(InMemory::default()),
        folder: "bank".into(),
        archive: None,
    }
}

/// A template that imports nothing, and its clone, in a folder.
fn alone(home: &Path) -> (Cloned, Template) {
    let source = Source::new(name(&home.join("shop.yaml")), TYPES);
    let cloned = clone_template(&source, &Mapping::default(), &Options::default());
    (cloned, Template { source, folder: home.to_owned(), ..template() })
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
        write_clone_folder(&dir, &cloned(), &template()).expect("written"),
        ["shop.yaml", "types/web.yaml"]
    );
    assert_eq!(fs::read_to_string(dir.join("shop.yaml")).expect("text"), SHOP);
    assert_eq!(fs::read_to_string(dir.join("types/web.yaml")).expect("text"), TYPES);
    assert_eq!(names(home.path()), ["b"]);
    let again = write_clone_folder(&dir, &cloned(), &template()).expect_err("in the way");
    assert_eq!(again.iter().next().expect("one").code, Code::FileNotOurs);
    fs::create_dir(home.path().join("empty")).expect("a folder");
    write_clone_folder(home.path().join("empty/"), &cloned(), &template()).expect("written");
}

#[test]
fn a_full_disk_leaves_no_folder() {
    let mut failed = 0;
    for left in 0.. {
        let home = tempfile::tempdir().expect("a folder");
        let dir = home.path().join("b");
        let disk = Faulty { left: Cell::new(left) };
        if folder::write(&disk, &dir, &cloned(), &template()).is_ok() {
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
            let (cloned, template) = alone(home.path());
            if let Some(before) = before {
                fs::write(&path, before).expect("written");
            }
            let disk = Faulty { left: Cell::new(left) };
            let written = one::write(&disk, &path, (&cloned, &template), overwrite).is_ok();
            let found = fs::read_to_string(&path).ok();
            assert!(!home.path().join(".b.yaml.paas-new").exists());
            if written {
                assert_eq!(found.as_deref(), Some(TYPES));
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
    let (cloned, template) = alone(home.path());
    let problem = write_clone(&path, &cloned, &template, Overwrite::OwnOnly).expect_err("in the way");
    assert_eq!(problem.iter().next().expect("one").code, Code::FileNotOurs);
    assert_eq!(fs::read_to_string(&path).expect("text"), "theirs");
    assert_eq!(names(home.path()), ["b.yaml"]);
}

/// The message and the help of the only problem.
fn told(problems: &Diagnostics) -> (String, String) {
    let problem = problems.iter().next().expect("one");
    (problem.message.clone(), problem.help.clone().unwrap_or_default())
}

#[test]
fn what_a_crash_left_is_named() {
    let home = tempfile::tempdir().expect("a folder");
    let (cloned, template) = alone(home.path());
    let left = home.path().join(".b.paas-new");
    for is_folder in [false, true] {
        let to = home.path().join("b");
        let problems = if is_folder {
            fs::create_dir(&left).expect("a folder");
            write_clone_folder(&to, &cloned, &template).expect_err("in the way")
        } else {
            fs::write(&left, "half").expect("written");
            write_clone(&to, &cloned, &template, Overwrite::OwnOnly).expect_err("in the way")
        };
        let left_there = format!("`{}`", left.display());
        let (message, help) = told(&problems);
        assert!(message.contains(&left_there) && help.contains(&left_there), "{message} {help}");
        if is_folder { fs::remove_dir(&left) } else { fs::remove_file(&left) }.expect("it is still there");
    }
}

#[test]
fn imports_must_be_where_the_clone_looks_for_them() {
    let home = tempfile::tempdir().expect("a folder");
    let (inside, outside) = (home.path().join("bank"), home.path().join("other"));
    for folder in [&inside, &outside] {
        fs::create_dir(folder).expect("a folder");
    }
    let from = inside.join("shop.yaml");
    fs::write(&from, SHOP).expect("written");
    fs::create_dir(inside.join("types")).expect("a folder");
    fs::write(inside.join("types/web.yaml"), TYPES).expect("written");
    let template = crate::files::open_template(&from, None, &Limits::default()).expect("a template");
    let mut options = Options::default();
    options.resolver = template.resolver.clone();
    let cloned = clone_template(&template.source, &Mapping::default(), &options);
    assert_eq!(cloned.sources.iter().len(), 2, "{:?}", cloned.diagnostics);
    let write = |path: &Path| write_clone(path, &cloned, &template, Overwrite::OwnOnly);
    write(&inside.join("../bank/b.yaml")).expect("beside its imports");
    let (message, help) = told(&write(&outside.join("b.yaml")).expect_err("in another folder"));
    assert!(message.contains("web.yaml`, which would not be where"), "{message}");
    assert!(help.contains("`--out-dir`"), "{help}");
    assert_eq!(names(&outside), [""; 0]);
}

/// An archive of files that are not compressed.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (path, text) in files {
        let sum = text.bytes().fold(!0_u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1)))
        });
        let at = u32::try_from(bytes.len()).expect("small");
        let (length, size) =
            (u16::try_from(path.len()).expect("small"), u32::try_from(text.len()).expect("small"));
        let mut fields = vec![20, 0, 0, 0, 0, 0, 0, 0, 33, 0];
        for number in [!sum, size, size] {
            fields.extend(number.to_le_bytes());
        }
        fields.extend(length.to_le_bytes());
        fields.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&fields);
        bytes.extend(path.bytes().chain(text.bytes()));
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(path.bytes());
    }
    let (count, at) =
        (u16::try_from(files.len()).expect("small"), u32::try_from(bytes.len()).expect("small"));
    let size = u32::try_from(directory.len()).expect("small");
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    bytes.extend([size.to_le_bytes(), at.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}

#[test]
fn all_of_an_archive_goes_along() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("shop.csar");
    let meta =
        "TOSCA-Meta-File-Version: 1.1\nCSAR-Version: 1.1\nCreated-By: a\nEntry-Definitions: shop.yaml\n";
    let all = [
        ("TOSCA-Metadata/TOSCA.meta", meta),
        ("scripts/create.sh", "echo \u{e9}\n"),
        ("shop.yaml", SHOP),
        ("types/web.yaml", TYPES),
    ];
    let clone = |files: &[(&str, &str)]| {
        fs::write(&path, archive(files)).expect("written");
        let template = crate::files::open_template(&path, None, &Limits::default()).expect("an archive");
        let mut options = Options::default();
        options.resolver = template.resolver.clone();
        let mut mapping = Mapping::default();
        mapping.name = Some("shop-b".to_owned());
        (clone_template(&template.source, &mapping, &options), template)
    };
    let (cloned, template) = clone(&all);
    let written = write_clone_folder(home.path().join("b"), &cloned, &template).expect("written");
    assert_eq!(written, all.map(|(path, _)| path));
    for (path, text) in all {
        let found = fs::read_to_string(home.path().join("b").join(path)).expect("text");
        if path == "shop.yaml" {
            assert!(found.contains("shop-b"), "{found}");
        } else {
            assert_eq!(found, text);
        }
    }
    let one =
        |cloned, template| write_clone(home.path().join("b.yaml"), cloned, template, Overwrite::OwnOnly);
    let (message, help) = told(&one(&cloned, &template).expect_err("not alone"));
    assert!(message.ends_with("`scripts/create.sh` of the archive would not be beside it"), "{message}");
    assert!(help.contains("`--out-dir`"), "{help}");
    let (cloned, template) = clone(&[("TOSCA-Metadata/TOSCA.meta", meta), ("shop.yaml", TYPES)]);
    one(&cloned, &template).expect("a template alone");
    assert!(Csar::is_archive(&fs::read(&path).expect("bytes")));
}

#[cfg(unix)]
#[test]
fn what_is_written_over_keeps_its_permissions_and_where_a_link_leads_is_written() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let home = tempfile::tempdir().expect("a folder");
    let (cloned, template) = alone(home.path());
    fs::create_dir(home.path().join("real")).expect("a folder");
    let (real, link) = (home.path().join("real/b.yaml"), home.path().join("b.yaml"));
    fs::write(&real, "before").expect("written");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
    symlink(&real, &link).expect("a link");
    write_clone(&link, &cloned, &template, Overwrite::Any).expect("written");
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    assert_eq!(fs::read_to_string(&real).expect("text"), TYPES);
    assert_eq!(fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o640);
    assert_eq!(names(&home.path().join("real")), ["b.yaml"]);

    fs::remove_file(&real).expect("removed");
    for (path, why) in [(&link, "a link that leads nowhere"), (&home.path().join("real"), "no regular file")]
    {
        let problems = write_clone(path, &cloned, &template, Overwrite::Any).expect_err("not to be written");
        assert!(told(&problems).0.contains(why), "{problems:?}");
    }
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
}
