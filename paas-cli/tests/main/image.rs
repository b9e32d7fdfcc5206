//! `paas image` and `paas namespace`, with two real registries: the environment tells by which program, and
//! `cargo xtask test` has it.

use crate::scratch::{Ran, Scratch};
use paas_client::{
    RegistryClient,
    registry::{Digest, Manifest, Reference, RepositoryName, UploadBody},
};
use std::{
    env, fs,
    net::{Ipv4Addr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};
use tempfile::TempDir;

/// A registry that asks nobody who he is; it ends with this value.
pub(crate) struct Registry {
    process: Child,
    _folder: TempDir,
    pub(crate) url: String,
}

impl Registry {
    /// Nothing, where there is none.
    #[allow(clippy::print_stderr, reason = "a test says what it skips")]
    pub(crate) fn start() -> Option<Self> {
        let Some(program) = env::var_os("PAAS_DOCKER_REGISTRY") else {
            eprintln!("skipped: there is no `PAAS_DOCKER_REGISTRY`; `cargo xtask test` has it");
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|port| port.local_addr());
        let port = free.expect("a port").port();
        // JSON is YAML.
        let configuration = serde_json::json!({
            "version": "0.1",
            "log": { "level": "error", "accesslog": { "disabled": true } },
            "storage": { "filesystem": { "rootdirectory": folder.path().join("data") } },
            "http": { "addr": format!("127.0.0.1:{port}") },
        });
        let path = folder.path().join("configuration.yml");
        fs::write(&path, configuration.to_string()).expect("written");
        let mut command = Command::new(program);
        command.arg("serve").arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().expect("the registry starts");
        let mut this = Self { process, _folder: folder, url: format!("http://127.0.0.1:{port}") };
        for _ in 0..600 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return Some(this);
            }
            assert!(this.process.try_wait().expect("a child").is_none(), "the registry ended");
            thread::sleep(Duration::from_millis(50));
        }
        panic!("the registry does not answer");
    }

    /// Puts an image of one layer under a name; gives its digest.
    pub(crate) async fn push(&self, image: &str, layer: &str) -> Digest {
        let client = RegistryClient::builder().url(&self.url).build().expect("a client");
        let (repository, tag) = image.rsplit_once(':').expect("a tag");
        let repository: RepositoryName = repository.parse().expect("a repository");
        let mut described = Vec::new();
        for content in ["{}", layer] {
            let digest = Digest::of(content);
            let body = UploadBody::whole(content.to_owned());
            client.upload_whole(&repository, &digest, body).await.expect("uploaded");
            described.push(serde_json::json!({
                "mediaType": "application/octet-stream", "digest": digest.to_string(), "size": content.len(),
            }));
        }
        let media_type = "application/vnd.oci.image.manifest.v1+json";
        let manifest = serde_json::json!({
            "schemaVersion": 2, "mediaType": media_type, "config": described.first(), "layers": described.get(1..),
        });
        let manifest = Manifest::new(media_type, manifest.to_string()).expect("a manifest");
        let reference: Reference = tag.parse().expect("a tag");
        client.put_manifest(&repository, &reference, &manifest).await.expect("put");
        manifest.digest().clone()
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn run(scratch: &Scratch, words: &[&str]) -> Ran {
    scratch.run(&[words, &["--as", "anna"]].concat())
}

#[test]
fn images_go_to_production_by_the_command() {
    let (Some(test), Some(production)) = (Registry::start(), Registry::start()) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let scratch = Scratch::new();
    scratch.put("tenant.yaml", "tenant: retail\nproject: 8a3f\nnetworks: []\n");
    let with_registries = |words: &[&str]| -> Ran {
        let words = [words, &["--as", "anna"]].concat();
        let mut command = scratch.command(&words);
        command.env("REGISTRY_TEST_URL", &test.url).env("REGISTRY_PRODUCTION_URL", &production.url);
        scratch.finished(command, &words)
    };
    let namespace = |words: &[&str]| -> String {
        run(&scratch, &[&["namespace"], words, &["--tenant", "retail"]].concat()).ended(0).out
    };
    let made = run(&scratch, &["namespace", "create", "retail-shop", "--tenant", "./tenant.yaml"]).ended(0);
    assert_eq!(made.out, "retail-shop: not opened in production; no rule: nothing is copied\n");
    namespace(&["open", "retail-shop"]);
    namespace(&["rule", "retail-shop", "--automatic", "1h 30m"]);
    namespace(&["rule", "retail-shop", "--manual"]);
    assert_eq!(namespace(&["list"]), "retail-shop: open in production; manual\n");
    run(&scratch, &["namespace", "rule", "retail-shop", "--tenant", "retail"]).ended(2);

    let web = "retail-shop/web:1.4";
    let digest = runtime.block_on(test.push(web, "a layer")).to_string();
    let none = run(&scratch, &["image", "list", "--tenant", "retail"]).ended(0);
    assert_eq!(none.out, "there are no such images\n");
    let missing = run(&scratch, &["image", "show", web]).ended(1);
    assert!(missing.err.contains("platform.unknown_image"), "{missing:?}");
    let sweep = with_registries(&["image", "sweep"]).ended(0);
    assert!(sweep.out.contains("1 image in 1 namespace\n") && sweep.out.contains("was pushed"), "{sweep:?}");
    let one = ["image", "sweep", "--namespace", "retail-shop", "--accept-deletions"];
    assert!(with_registries(&one).ended(0).out.contains("all as recorded"));
    let other = with_registries(&["image", "sweep", "--namespace", "elsewhere"]).ended(1);
    assert!(other.err.contains("platform.unknown_namespace"), "{other:?}");
    let list = run(&scratch, &["image", "list", "--tenant", "retail"]).ended(0).out;
    let expected = format!("  {web}  {}  in development", digest.get(..19).expect("a digest"));
    assert_eq!(list.lines().nth(1), Some(expected.as_str()), "{list}");

    // Without registries nothing can be looked at, and it says how to tell them.
    let blind = run(&scratch, &["image", "release", web, "--digest", &digest]).ended(1);
    assert!(blind.err.contains("set REGISTRY_TEST_URL"), "{blind:?}");
    // Nobody releases what he has not seen.
    with_registries(&["image", "release", web]).ended(2);
    let other = format!("sha256:{}", "0f".repeat(32));
    let refused = with_registries(&["image", "release", web, "--digest", &other]).ended(1);
    assert!(refused.err.contains("platform.image_state") && refused.err.contains("by now"), "{refused:?}");
    let released = with_registries(&["image", "release", web, "--digest", &digest]).ended(0).out;
    assert!(released.contains("waits for   somebody who has it copied"), "{released}");
    run(&scratch, &["image", "withdraw", web]).ended(0);
    with_registries(&["image", "release", web, "--digest", &digest]).ended(0);
    let due = with_registries(&["image", "due"]).ended(0);
    assert!(due.out.contains("all as recorded"), "{due:?}");

    let synced = with_registries(&["image", "sync", web, "--format", "json"]).ended(0);
    let synced: serde_json::Value = serde_json::from_str(&synced.out).expect("JSON");
    assert_eq!(
        (synced["status"].as_str(), synced["digest"].as_str()),
        (Some("synced"), Some(digest.as_str()))
    );
    let again = with_registries(&["image", "sync", web]).ended(1);
    assert!(again.err.contains("production holds what was released"), "{again:?}");
    let shown = run(&scratch, &["image", "show", web]).ended(0).out;
    for words in ["state       in production", "anna released", "is in production", &digest] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let there = runtime.block_on(async {
        let client = RegistryClient::builder().url(&production.url).build().expect("a client");
        let (repository, tag) = ("retail-shop/web".parse().expect("a name"), "1.4".parse().expect("a tag"));
        client.manifest_descriptor(&repository, &tag).await.expect("an answer").expect("the image")
    });
    assert_eq!(there.digest.to_string(), digest);

    // What is due by its period goes by itself, when somebody runs it.
    let deleted = run(&scratch, &["namespace", "delete", "retail-shop", "--tenant", "retail"]).ended(1);
    assert!(deleted.err.contains("is in production"), "{deleted:?}");
}

/// Nothing is asked for: what is wrong with the variables is told before.
#[test]
fn how_images_are_copied_and_shown_is_told_by_variables() {
    let scratch = Scratch::new();
    for (variable, value, said) in [
        ("PAAS_IMAGE_COPIES", "replication", "set HARBOR_TEST_URL and HARBOR_PRODUCTION_URL"),
        ("PAAS_IMAGE_COPIES", "pigeon", "`PAAS_IMAGE_COPIES` is neither `registry` nor `replication`"),
        ("PAAS_IMAGE_LABELS", "yes", "set HARBOR_TEST_URL"),
        ("PAAS_IMAGE_LABELS", "1", "`PAAS_IMAGE_LABELS` is neither `yes` nor `no`"),
    ] {
        let words = ["image", "sweep", "--as", "anna"];
        let mut command = scratch.command(&words);
        let (test, production) = ("http://127.0.0.1:9", "http://127.0.0.1:19");
        command.env("REGISTRY_TEST_URL", test).env("REGISTRY_PRODUCTION_URL", production);
        command.env(variable, value);
        let ran = scratch.finished(command, &words).ended(1);
        assert!(ran.err.contains(said), "{variable}={value}: {ran:?}");
    }
    // How images are copied says nothing without whence and whither.
    let words = ["image", "sweep", "--as", "anna"];
    let mut command = scratch.command(&words);
    command.env("PAAS_IMAGE_COPIES", "replication").env_remove("REGISTRY_TEST_URL");
    let ran = scratch.finished(command, &words).ended(1);
    assert!(ran.err.contains("`REGISTRY_TEST_URL` is not set"), "{ran:?}");
}
