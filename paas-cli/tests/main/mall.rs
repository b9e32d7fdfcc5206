//! `paas mall`, with a real registry where the environment tells by which program.

use crate::{
    image::Registry,
    scratch::{Ran, Scratch},
};

#[test]
fn images_are_published_by_the_command() {
    let (Some(test), Some(production)) = (Registry::start(), Registry::start()) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let scratch = Scratch::new();
    scratch.put("retail.yaml", "tenant: retail\nproject: 8a3f\nnetworks: []\n");
    scratch.put("treasury.yaml", "tenant: treasury\nproject: 9c41\nnetworks: []\n");
    let run = |words: &[&str], actor: &str| -> Ran {
        let words = [words, &["--as", actor]].concat();
        let mut command = scratch.command(&words);
        command.env("REGISTRY_TEST_URL", &test.url).env("REGISTRY_PRODUCTION_URL", &production.url);
        scratch.finished(command, &words)
    };
    let mall = |words: &[&str], actor: &str| run(&[&["mall"], words].concat(), actor);
    for tenant in ["retail", "treasury"] {
        let file = format!("./{tenant}.yaml");
        run(&["namespace", "create", &format!("{tenant}-shop"), "--tenant", &file], "anna").ended(0);
    }
    assert_eq!(mall(&["list"], "anna").ended(0).out, "there are no such images\n");
    let web = "retail-shop/web:1.4";
    let digest = runtime.block_on(test.push(web, "a layer")).to_string();
    let short = digest.get(..19).expect("a digest");
    run(&["image", "sweep"], "anna").ended(0);
    let list = mall(&["list"], "anna").ended(0).out;
    assert!(list.contains(web) && list.contains("its tenant"), "{list}");
    let foreign = &["list", "--tenant", "treasury"];
    assert_eq!(mall(foreign, "anna").ended(0).out, "there are no such images\n");

    let asked = mall(&["publish", web, "--digest", &digest, "--note", "a front for all"], "anna").ended(0);
    assert!(asked.out.contains("requested  anna: a front for all"), "{asked:?}");
    let open = mall(&["publications", "--state", "requested"], "carl").ended(0).out;
    assert!(open.contains(&digest), "{open}");
    let own = mall(&["approve", web, "--digest", &digest], "anna").ended(1);
    assert!(
        own.err.contains("platform.publication_refused") && own.err.contains("another auditor"),
        "{own:?}"
    );
    mall(&["approve", web, "--digest", &digest], "carl").ended(0);
    let list = mall(foreign, "anna").ended(0).out;
    assert!(list.contains(short) && list.contains("all"), "{list}");
    assert_eq!(mall(&["list", "--official"], "anna").ended(0).out, list);
    // A no has a reason.
    mall(&["reject", web, "--digest", &digest], "carl").ended(2);
    mall(&["publications", "--state", "gone"], "carl").ended(2);
    mall(&["reject", web, "--digest", &digest, "--reason", "too old"], "carl").ended(0);
    assert_eq!(mall(foreign, "anna").ended(0).out, "there are no such images\n");
    let shown = mall(&["show", web, "--digest", &digest], "anna").ended(0).out;
    let said: Vec<&str> =
        shown.lines().filter_map(|line| line.split_once("  ").map(|(_, said)| said)).collect();
    assert_eq!(said, ["requested: anna: a front for all", "approved: carl", "rejected: carl: too old"]);
    let again = mall(&["publish", web, "--digest", &digest, "--format", "json"], "anna").ended(0).out;
    let again: serde_json::Value = serde_json::from_str(&again).expect("JSON");
    assert_eq!(again.pointer("/status"), Some(&"requested".into()), "{again}");
    mall(&["withdraw", web, "--digest", &digest], "anna").ended(0);

    // What is personal is nobody else's.
    let personal = ["namespace", "personal", "retail-shop", "--tenant", "retail"];
    run(&personal, "anna").ended(2);
    let made = run(&[&personal[..], &["--user", "5f3c"]].concat(), "anna").ended(0).out;
    assert!(made.ends_with("; personal to 5f3c\n"), "{made}");
    let list = mall(&["list", "--search", "web"], "anna").ended(0).out;
    assert!(list.contains("the user 5f3c"), "{list}");
    let made = run(&[&personal[..], &["--none"]].concat(), "anna").ended(0).out;
    assert!(!made.contains("personal"), "{made}");
}
