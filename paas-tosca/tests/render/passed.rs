//! What has no word but Rancher's, and the words that stacks of Rancher use besides.

use super::{
    reading::both,
    releases::{add_secret, connection_as, release, service},
};
use paas_core::application::{
    Affinity, AffinityRule, AffinityTo, Container, HostMount, Mount, Propagation, Segment, Sidekick, Text,
    Value as Shown,
};
use serde_json::{Value, json};

fn container() -> Container {
    Container::new("image:1")
}

/// A value of which no text holds a reference.
fn shown(value: Value) -> Shown {
    serde_json::from_value(value).unwrap()
}

fn passing(keys: Value) -> Container {
    let mut it = container();
    let Shown::Map(keys) = shown(keys) else { panic!("a map") };
    it.rancher = keys;
    it
}

/// What both files say, without what every container has.
fn said(container: Container) -> (Value, Value) {
    let (mut docker, mut rancher) = both(&release([("n", vec![service("s", "n", container, [])])]), "s");
    docker.as_object_mut().unwrap().remove("image");
    // A sidekick has none.
    match rancher.as_object_mut() {
        Some(keys) => drop(keys.remove("scale")),
        None => rancher = json!({}),
    }
    (docker, rancher)
}

#[test]
fn how_the_program_begins() {
    let mut it = container();
    (it.hostname, it.working_dir) = (Some("books".to_owned()), Some("/srv/$x".to_owned()));
    (it.tty, it.stdin_open) = (true, true);
    let docker = json!({ "hostname": "books", "working_dir": "/srv/$$x", "tty": true, "stdin_open": true });
    assert_eq!(said(it), (docker, json!({})));
}

#[test]
fn volumes_of_all_kinds() {
    let mut it = container();
    it.mounts.push(Mount::new("books", "/books"));
    for (path, read_only, propagation) in [
        ("/a", false, None),
        ("/b", true, None),
        ("/c", false, Some(Propagation::Shared)),
        ("/d", true, Some(Propagation::Rslave)),
    ] {
        let mut mount = HostMount::new(path, path);
        (mount.read_only, mount.propagation) = (read_only, propagation);
        it.security.host_mounts.push(mount);
    }
    it.anonymous_volumes = ["/tmp/x", "/tmp/y", "/tmp/x"].map(str::to_owned).into();
    let volumes =
        json!(["books:/books", "/a:/a", "/b:/b:ro", "/c:/c:shared", "/d:/d:ro,rslave", "/tmp/x", "/tmp/y"]);
    assert_eq!(said(it), (json!({ "volumes": volumes }), json!({})));
}

#[test]
fn volumes_of_others_are_named_once() {
    let mut it = container();
    it.volumes_from = ["data", "main", "data"].map(str::to_owned).into();
    let mut sidekick = Sidekick::new("main");
    sidekick.volumes_from = true;
    it.sidekick = Some(sidekick);
    let (docker, _) = said(it);
    assert_eq!(docker, json!({ "volumes_from": ["main", "data"] }));
}

#[test]
fn keys_stand_in_their_files_with_their_types() {
    let metadata = json!({ "a": [1, 1.5, 100.0, -0.0, 1e300, true, null, "1", "$x"], "b": {}, "c": [] });
    let it = passing(json!({
        "metadata": metadata, "retain_ip": true, "scale_policy": { "min": 1, "max": "3" },
        "ulimits": { "nofile": { "soft": 1, "hard": 2 } }, "mem_swappiness": 0, "stop_signal": "SIGTERM",
        "dns": ["192.0.2.1"],
    }));
    let (docker, rancher) = said(it);
    assert_eq!(
        docker,
        json!({
            "ulimits": { "nofile": { "soft": 1, "hard": 2 } }, "mem_swappiness": 0, "stop_signal": "SIGTERM",
            "dns": ["192.0.2.1"],
        })
    );
    let metadata = json!({ "a": [1, 1.5, 100.0, -0.0, 1e300, true, null, "1", "$$x"], "b": {}, "c": [] });
    assert_eq!(
        rancher,
        json!({ "metadata": metadata, "retain_ip": true, "scale_policy": { "min": 1, "max": "3" } })
    );
}

#[test]
fn keys_that_have_words_are_never_written() {
    let it = passing(json!({ "privileged": true, "image": "other", "scale": 7, "no_such_key": 1 }));
    assert_eq!(said(it), (json!({}), json!({})));
}

#[test]
fn secrets_in_keys_are_answers() {
    let mut it = container();
    let password = Text::from_segments([
        Segment::Literal("$".to_owned()),
        Segment::Secret { secret: "pass word".to_owned() },
    ]);
    it.rancher.insert("metadata".to_owned(), Shown::Map([("p".to_owned(), Shown::Text(password))].into()));
    let mut release = release([("n", vec![service("s", "n", it, [])])]);
    add_secret(&mut release, "pass word", "pass_word");
    assert_eq!(both(&release, "s").1["metadata"], json!({ "p": "$$${pass_word}" }));
}

#[test]
fn the_words_of_the_model_count() {
    let keys = json!({ "network_mode": "none", "restart": "always" });
    assert_eq!(said(passing(keys.clone())).0, keys);
    let mut it = passing(keys.clone());
    it.security.host_network = true;
    it.restart_on_failure = true;
    let (docker, _) = said(it);
    assert_eq!((&docker["network_mode"], &docker["restart"]), (&json!("host"), &json!("on-failure")));
    let mut it = passing(keys);
    let mut sidekick = Sidekick::new("main");
    sidekick.share_network = true;
    it.sidekick = Some(sidekick);
    assert_eq!(said(it).0["network_mode"], "container:main");
}

#[test]
fn labels_and_links_stand_beside_our_own() {
    let mut it = passing(json!({
        "labels": {
            "io.rancher.container.create_agent": "true", "team": "b", "io.rancher.container.start_once": "no",
            "io.rancher.scheduler.affinity:host_label": "a=b",
        },
        "external_links": ["other/db", "far/stack/t:t"],
    }));
    it.labels.insert("team".to_owned(), "a".into());
    it.run_once = true;
    let to = AffinityTo::Host { label: "disk".to_owned(), value: "ssd".to_owned() };
    it.affinities.push(Affinity::new(AffinityRule::Must, to));
    let mut beside = passing(json!({ "external_links": ["other/queue"] }));
    beside.sidekick = Some(Sidekick::new("s"));
    let mut release = release([
        ("n", vec![service("s", "n", it, [connection_as("t", "t")]), service("beside", "n", beside, [])]),
        ("far", vec![service("t", "far", container(), [])]),
    ]);
    release.stack = "stack".to_owned();
    let (docker, _) = both(&release, "s");
    assert_eq!(
        docker["labels"],
        json!({
            "team": "a", "io.rancher.container.create_agent": "true",
            "io.rancher.container.start_once": "true", "io.rancher.sidekicks": "beside",
            "io.rancher.scheduler.affinity:host_label": "disk=ssd",
        })
    );
    assert_eq!(docker["external_links"], json!(["far/stack/t:t", "other/db", "other/queue"]));
    assert_eq!(both(&release, "beside").0, json!({ "image": "image:1" }));
}
