use super::*;
use paas_tosca::resolve::Reason;
use std::fs;
use tempfile::TempDir;

/// A folder with a file outside of it, which nothing may show.
fn scratch() -> (TempDir, std::path::PathBuf) {
    let scratch = tempfile::tempdir().expect("folder");
    let folder = scratch.path().join("shop");
    fs::create_dir_all(folder.join("types")).expect("folder");
    fs::write(scratch.path().join("secret.yaml"), "secret: yes").expect("written");
    for (path, text) in [("shop.yaml", "shop"), ("types/web.yaml", "web"), ("types/net.yaml", "net")] {
        fs::write(folder.join(path), text).expect("written");
    }
    (scratch, folder)
}

struct Asked {
    folder: Folder,
    template: String,
}

impl Asked {
    fn of(folder: &Path, limits: &Limits) -> Self {
        let template = folder.join("shop.yaml");
        let folder = Folder::of_template(&template, limits).expect("opened");
        Self { folder, template: name(&template) }
    }

    fn text(&self, path: &str) -> Result<String, (Reason, String)> {
        let found = self.folder.resolve(&Import::new(path, &self.template));
        found
            .map(|source| source.text().to_owned())
            .map_err(|refusal| (refusal.reason(), refusal.to_string()))
    }
}

#[test]
fn reads_below_the_folder_and_nothing_else() {
    let (scratch, folder) = scratch();
    let asked = Asked::of(&folder, &Limits::default());
    assert_eq!(asked.text("types/web.yaml").as_deref(), Ok("web"));
    assert_eq!(asked.text("./types/../types/net.yaml").as_deref(), Ok("net"));
    let secret = scratch.path().join("secret.yaml");
    for path in ["../secret.yaml", "types/../../secret.yaml", "../../etc/passwd", &name(&secret)] {
        assert_eq!(asked.text(path).expect_err(path).0, Reason::NotAllowed, "{path}");
    }
    for path in ["types/wab.yaml", "shop.yaml/x", "typos/web.yaml"] {
        assert_eq!(asked.text(path).expect_err(path).0, Reason::NotFound, "{path}");
    }
    assert_eq!(asked.text("types"), Err((Reason::Unreadable, "it is a folder".to_owned())));
}

#[test]
fn names_begin_as_that_of_the_template() {
    let (_scratch, folder) = scratch();
    let asked = Asked::of(&folder, &Limits::default());
    let web = asked.folder.resolve(&Import::new("types/web.yaml", &asked.template)).expect("read");
    assert_eq!(**web.name(), *name(&folder.join("types/web.yaml")));
    let net = asked.folder.resolve(&Import::new("net.yaml", web.name())).expect("read");
    assert_eq!(**net.name(), *name(&folder.join("types/net.yaml")));
    // The template itself is the same file, so that a circle through it is one.
    let shop = asked.folder.resolve(&Import::new("../shop.yaml", web.name())).expect("read");
    assert_eq!(**shop.name(), *asked.template);
    let elsewhere = asked.folder.resolve(&Import::new("net.yaml", "elsewhere.yaml"));
    assert_eq!(elsewhere.expect_err("refused").reason(), Reason::Unknown);
}

#[test]
fn a_wider_folder_can_be_given() {
    let (scratch, folder) = scratch();
    let template = folder.join("types/web.yaml");
    let wider = Folder::with_template(&folder, &template, &Limits::default()).expect("opened");
    let from = name(&template);
    assert_eq!(wider.resolve(&Import::new("../shop.yaml", &from)).expect("read").text(), "shop");
    assert!(wider.resolve(&Import::new("../../secret.yaml", &from)).is_err());
    // Of a template that is not in it, imports begin at the folder.
    let outside = Folder::with_template(&folder, scratch.path().join("secret.yaml"), &Limits::default());
    let from = name(&scratch.path().join("secret.yaml"));
    let outside = outside.expect("opened");
    assert_eq!(outside.resolve(&Import::new("types/net.yaml", &from)).expect("read").text(), "net");
    assert!(outside.resolve(&Import::new("../secret.yaml", &from)).is_err());
}

#[test]
fn sizes_are_bounded() {
    let (_scratch, folder) = scratch();
    let mut limits = Limits::default();
    limits.bytes = 3;
    assert_eq!(Asked::of(&folder, &limits).text("types/web.yaml").as_deref(), Ok("web"));
    limits.bytes = 2;
    assert_eq!(
        Asked::of(&folder, &limits).text("types/web.yaml").expect_err("too large").0,
        Reason::TooLarge
    );
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out() {
    use std::os::unix::fs::symlink;
    let (scratch, folder) = scratch();
    symlink("../secret.yaml", folder.join("up.yaml")).expect("linked");
    symlink(scratch.path().join("secret.yaml"), folder.join("absolute.yaml")).expect("linked");
    symlink("..", folder.join("above")).expect("linked");
    symlink("up.yaml", folder.join("twice.yaml")).expect("linked");
    symlink("circle.yaml", folder.join("circle.yaml")).expect("linked");
    symlink("/dev/zero", folder.join("zero.yaml")).expect("linked");
    let asked = Asked::of(&folder, &Limits::default());
    for path in ["up.yaml", "absolute.yaml", "above/secret.yaml", "twice.yaml", "zero.yaml"] {
        let expected = "a link leads out of the folder of the template".to_owned();
        assert_eq!(asked.text(path), Err((Reason::NotAllowed, expected)), "{path}");
    }
    assert!(asked.text("circle.yaml").is_err());
}

#[cfg(unix)]
#[test]
fn a_link_inside_is_the_file_that_it_leads_to() {
    let (_scratch, folder) = scratch();
    std::os::unix::fs::symlink("types", folder.join("kinds")).expect("linked");
    let asked = Asked::of(&folder, &Limits::default());
    let web = asked.folder.resolve(&Import::new("kinds/web.yaml", &asked.template)).expect("read");
    assert_eq!(**web.name(), *name(&folder.join("types/web.yaml")));
}

#[cfg(unix)]
#[test]
fn a_link_that_is_put_in_while_files_are_read_shows_nothing_outside() {
    use std::{
        os::unix::fs::symlink,
        sync::atomic::{AtomicBool, Ordering},
    };
    let (_scratch, folder) = scratch();
    let asked = Asked::of(&folder, &Limits::default());
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_done.load(Ordering::Relaxed) {
                let swapped = folder.join("swapped");
                let _ = fs::remove_file(&swapped);
                let _ = symlink("../secret.yaml", &swapped);
                let _ = fs::rename(&swapped, folder.join("x.yaml"));
                let _ = fs::write(&swapped, "mine");
                let _ = fs::rename(&swapped, folder.join("x.yaml"));
            }
        });
        for _ in 0..2_000 {
            if let Ok(text) = asked.text("x.yaml") {
                assert!(!text.contains("secret"), "{text}");
            }
        }
        is_done.store(true, Ordering::Relaxed);
    });
}

#[cfg(unix)]
#[test]
fn a_socket_is_not_opened() {
    let (_scratch, folder) = scratch();
    let _listener = std::os::unix::net::UnixListener::bind(folder.join("x.yaml")).expect("bound");
    let asked = Asked::of(&folder, &Limits::default());
    assert_eq!(asked.text("x.yaml"), Err((Reason::NotAllowed, "it is not a regular file".to_owned())));
}

#[cfg(unix)]
#[test]
fn a_file_that_became_a_pipe_is_opened_without_waiting() {
    let (_scratch, folder) = scratch();
    let asked = Asked::of(&folder, &Limits::default());
    let made = std::process::Command::new("mkfifo").arg(folder.join("pipe.yaml")).status().expect("mkfifo");
    assert!(made.success());
    // As if it had been a file when it was looked at.
    let opened = asked.folder.open("pipe.yaml").expect("opened");
    let refused = asked.folder.examine(&opened.metadata().expect("metadata")).expect_err("a pipe");
    assert_eq!(refused.reason(), Reason::NotAllowed);
    assert_eq!(asked.text("pipe.yaml").expect_err("a pipe").0, Reason::NotAllowed);
}

/// What is imported by a file at a URL is beside that file, not here.
#[test]
fn files_from_elsewhere_import_nothing_from_the_folder() {
    let (_scratch, folder) = scratch();
    let here = Folder::with_template(&folder, "https://git.bank.test/shop.yaml", &Limits::default());
    let mut here = here.expect("opened");
    for prefix in [here.prefix.clone(), String::new()] {
        here.prefix = prefix;
        let import = Import::new("types/web.yaml", "https://git.bank.test/types/all.yaml");
        assert_eq!(here.resolve(&import).expect_err("elsewhere").reason(), Reason::Unknown);
    }
}
