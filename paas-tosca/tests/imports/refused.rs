//! What is not imported, and what is said of it.

use super::{VERSION, checked_with, messages, shown, told};
use paas_core::diagnostic::Code;
use paas_tosca::{
    Source,
    resolve::{Either, Import, InMemory, Reason, Refusal, Repositories, Repository, Resolver},
};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

#[test]
fn what_leads_out_is_refused_and_named() {
    for (path, why) in [
        ("../../etc/passwd", "it leads out of the folder of the template"),
        ("a/../../x.yaml", "it leads out of the folder of the template"),
        ("/etc/passwd", "it is an absolute path"),
        ("~/x.yaml", "it is an absolute path"),
        ("C:/x.yaml", "it begins with the letter of a drive"),
        ("C:x.yaml", "it begins with the letter of a drive"),
        ("a\\..\\x.yaml", "it has a backslash"),
        ("\\\\server\\x.yaml", "it has a backslash"),
        ("file:///etc/passwd", "no addresses that begin with `file:` are allowed here"),
        ("http://169.254.169.254/x", "no addresses that begin with `http:` are allowed here"),
        ("a/", "it is a folder"),
        (".", "it is a folder"),
    ] {
        let template = format!("imports: [ '{path}' ]");
        assert_eq!(messages(&[("shop.yaml", &template)]), [format!("`{path}` cannot be imported: {why}")]);
    }
}

#[test]
fn a_circle_is_told_with_the_way_around() {
    let files = [
        ("shop.yaml", "imports: [ a.yaml ]"),
        ("a.yaml", "imports: [ b.yaml ]"),
        ("b.yaml", "imports: [ a.yaml ]"),
    ];
    assert_eq!(told(&files), ["b.yaml:2:12 tosca.import_cycle < a.yaml:2 < shop.yaml:2"]);
    assert_eq!(messages(&files), ["`a.yaml` imports itself: `a.yaml` → `b.yaml` → `a.yaml`"]);
    assert_eq!(
        messages(&[("a.yaml", "imports: [ ./a.yaml ]")]),
        ["`a.yaml` imports itself: `a.yaml` → `a.yaml`"]
    );
}

#[test]
fn a_missing_file_is_told_with_the_way_and_what_was_meant() {
    let files = [
        ("shop.yaml", "imports: [ t/a.yaml ]"),
        ("t/a.yaml", "imports: [ tipes.yaml ]"),
        ("t/types.yaml", ""),
    ];
    assert_eq!(told(&files), ["t/a.yaml:2:12 tosca.import_unreadable < shop.yaml:2"]);
    let problem = super::checked(&files).diagnostics.into_iter().next().expect("one");
    assert_eq!(problem.help.as_deref(), Some("did you mean `t/types.yaml`?"));
}

const BANK: Repository<'static> = Repository::new("bank", "https://git.bank.test/types");

/// A resolver that fetches everything it is asked for, and counts.
fn fetching(allowed: &str) -> (Repositories, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let mut repositories = Repositories::new().fetching(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        Ok(VERSION.to_owned())
    });
    repositories.allow(allowed).expect("a URL");
    (repositories, count)
}

#[test]
fn only_allowed_addresses_are_fetched() {
    let (repositories, count) = fetching("https://git.bank.test/types");
    for (file, name) in [
        ("a.yaml", "https://git.bank.test/types/a.yaml"),
        ("b/../a.yaml", "https://git.bank.test/types/a.yaml"),
        ("https://git.bank.test:443/types/c.yaml", "https://git.bank.test/types/c.yaml"),
        ("https://GIT.bank.test/types/c.yaml", "https://git.bank.test/types/c.yaml"),
    ] {
        let source = repositories.resolve(&Import::new(file, "shop.yaml").in_repository(BANK)).expect(file);
        assert_eq!(&**source.name(), name);
    }
    let before = count.load(Ordering::Relaxed);
    for file in [
        "../secrets.yaml",
        "/secrets.yaml",
        "//evil.test/types/a.yaml",
        "https://git.bank.test.evil.test/types/a.yaml",
        "https://git.bank.test@evil.test/types/a.yaml",
        "https://user:word@git.bank.test/types/a.yaml",
        "https://git.bank.test/types/../secrets.yaml",
        "https://git.bank.test/types/%2e%2e/secrets.yaml",
        "https://git.bank.test/types/..%2fsecrets.yaml",
        "https://git.bank.test/typesx/a.yaml",
        "https://git.bank.test/types\\..\\..\\a.yaml",
        "http://git.bank.test/types/a.yaml",
        "https://git.bank.test:8443/types/a.yaml",
        "https://169.254.169.254/types/a.yaml",
        "https://[::ffff:127.0.0.1]/types/a.yaml",
        "https://2130706433/types/a.yaml",
        "https://0x7f.1/types/a.yaml",
        "file:///types/a.yaml",
        "ftp://git.bank.test/types/a.yaml",
        "data:text/plain,a",
    ] {
        let refusal =
            repositories.resolve(&Import::new(file, "shop.yaml").in_repository(BANK)).expect_err(file);
        assert_eq!(refusal.reason(), Reason::NotAllowed, "{file}: {refusal}");
        assert!(!refusal.to_string().contains("word"), "{refusal}");
    }
    assert_eq!(count.load(Ordering::Relaxed), before);
}

#[test]
fn a_fetched_file_imports_beside_itself() {
    let (repositories, _) = fetching("https://git.bank.test/types");
    let from = "https://git.bank.test/types/a/b.yaml";
    let source = repositories.resolve(&Import::new("../c.yaml", from)).expect("allowed");
    assert_eq!(&**source.name(), "https://git.bank.test/types/c.yaml");
    assert!(repositories.resolve(&Import::new("../../c.yaml", from)).is_err());
}

#[test]
fn this_machine_is_reached_only_if_that_very_host_is_allowed() {
    let (repositories, count) = fetching("http://localhost:3000/");
    assert!(repositories.resolve(&Import::new("http://localhost:3000/a.yaml", "shop.yaml")).is_ok());
    let refusal =
        repositories.resolve(&Import::new("http://127.0.0.1:3000/a.yaml", "shop.yaml")).unwrap_err();
    assert_eq!(refusal.to_string(), "`127.0.0.1` is this machine itself");
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[test]
fn a_link_local_address_is_named_at_its_place() {
    let (repositories, count) = fetching("https://git.bank.test/");
    let template = format!("{VERSION}imports:\n  - http://169.254.169.254/latest/meta-data\n");
    let checked = checked_with(&Source::new("shop.yaml", template), Arc::new(repositories));
    assert_eq!(shown(&checked), ["shop.yaml:3:5 tosca.import_refused"]);
    let message = &checked.diagnostics.iter().next().expect("one").message;
    assert!(message.contains("`169.254.169.254` is a link-local address"), "{message}");
    assert_eq!(count.load(Ordering::Relaxed), 0);
}

#[test]
fn either_asks_the_second_for_what_the_first_does_not_know() {
    let (repositories, _) = fetching("https://git.bank.test/");
    let files = InMemory::from_iter([("a.yaml", "")]);
    let either = Either::new(Arc::new(files), Arc::new(repositories));
    let name = |import: &Import<'_>| either.resolve(import).map(|source| source.name().to_string());
    assert_eq!(name(&Import::new("a.yaml", "shop.yaml")).as_deref(), Ok("a.yaml"));
    let fetched = name(&Import::new("a.yaml", "shop.yaml").in_repository(BANK));
    assert_eq!(fetched.as_deref(), Ok("https://git.bank.test/types/a.yaml"));
    assert_eq!(
        name(&Import::new("b.yaml", "shop.yaml")).unwrap_err(),
        Refusal::not_found().help("did you mean `a.yaml`?")
    );
    assert_eq!(name(&Import::new("../a.yaml", "shop.yaml")).unwrap_err().reason(), Reason::NotAllowed);
}

/// What a file from elsewhere imports is beside it there: it sees nothing of this place, and nothing here takes its place.
#[test]
fn a_file_at_a_url_imports_from_there() {
    let (repositories, _) = fetching("https://git.bank.test/");
    let files = InMemory::from_iter([("a.yaml", "")]);
    let either = Either::new(Arc::new(files.clone()), Arc::new(repositories));
    let import = Import::new("a.yaml", "https://git.bank.test/types/all.yaml");
    let found = either.resolve(&import).map(|source| source.name().to_string());
    assert_eq!(found.as_deref(), Ok("https://git.bank.test/types/a.yaml"));
    assert_eq!(files.resolve(&import).unwrap_err().reason(), Reason::Unknown);
}

#[test]
fn by_default_nothing_is_imported() {
    let template = format!("{VERSION}imports: [ a.yaml, paas-profile-1.0.yaml ]\n");
    let checked = paas_tosca::check(&Source::new("shop.yaml", template), &paas_tosca::Options::default());
    let codes: Vec<_> = checked.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, [Code::ImportRefused]);
}
