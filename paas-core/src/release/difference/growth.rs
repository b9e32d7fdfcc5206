//! Each network is looked at once, however many there are.

use super::{Difference, index::Index, reordered, touched};
use crate::release::Release;
use serde_json::json;
use std::time::{Duration, Instant};

/// A release of so many networks, each with a service.
fn networks(count: usize, stack: &str) -> Release {
    let part = |number| {
        let (network, service) = (format!("network-{number:05}"), format!("service-{number:05}"));
        let service =
            json!({ "name": service, "network": network, "kind": "container", "image": "a", "scale": 1 });
        json!({ "network": { "name": network }, "environment": network, "services": [service] })
    };
    let release = json!({
        "format": 1, "application": "bank", "stack": stack, "stages": [],
        "backend": { "kind": "rancher", "version": "1.6.30", "load_balancer_image": "lb" },
        "parts": (0..count).map(part).collect::<Vec<_>>(),
    });
    serde_json::from_value(release).expect("a release")
}

/// How long the fastest of several runs takes: what else the machine does only makes a run slower.
fn fastest(mut run: impl FnMut()) -> Duration {
    let time = |()| {
        let begun = Instant::now();
        run();
        begun.elapsed()
    };
    [(); 5].map(time).into_iter().min().unwrap_or_default()
}

/// For 64 times as many networks, what looks at each once takes about 64 times as long, and what looks at all for each
/// about 4,096 times: a busy machine is not taken for either.
fn grows_with(run: impl Fn(&Index<'_>, &Index<'_>)) {
    let time = |count| {
        let (old, new) = (networks(count, "a"), networks(count, "b"));
        let (old, new) = (Index::new(&old), Index::new(&new));
        fastest(|| run(&old, &new))
    };
    let (few, many) = (time(400), time(25_600));
    assert!(many < few * 640, "{few:?}, {many:?}");
}

#[test]
fn what_stands_elsewhere() {
    grows_with(|old, new| assert!(reordered(old, new).is_empty()));
}

#[test]
fn what_is_touched() {
    let nothing = networks(0, "a");
    let nothing = Difference::between(&nothing, &nothing);
    grows_with(|old, new| {
        assert_eq!(touched::services(old, new, &nothing).len(), new.services.len());
    });
}
