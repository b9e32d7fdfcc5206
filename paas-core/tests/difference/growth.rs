//! Many networks cost as much as many services do.

use crate::plan::{With, container, release};
use paas_core::{
    application::{Application, Network},
    release::{Release, difference::Difference},
};
use std::time::{Duration, Instant};

/// So many networks, each with a service of this image.
fn networks(count: usize, image: &str) -> Release {
    let mut bank = Application::new("bank");
    let names: Vec<String> = (0..count).map(|number| format!("network-{number:05}")).collect();
    bank.networks = names.iter().map(Network::new).collect();
    let service = |name: &String| {
        container(&name.replace("network", "service"), name).runs(|web| web.image = image.to_owned())
    };
    bank.services = names.iter().map(service).collect();
    release(bank)
}

/// The fastest of several runs: what else the machine does only makes a run slower.
fn fastest(mut run: impl FnMut()) -> Duration {
    let time = |()| {
        let begun = Instant::now();
        run();
        begun.elapsed()
    };
    [(); 3].map(time).into_iter().min().unwrap()
}

#[test]
fn a_picture_costs_no_square_of_its_networks() {
    let time = |count| {
        let (old, new) = (networks(count, "a"), networks(count, "b"));
        let difference = Difference::between(&old, &new);
        assert_eq!(difference.services.len(), count);
        fastest(|| assert!(difference.to_mermaid(&old, &new).lines().count() > 3 * count))
    };
    // About 32 times as long if each network is looked at once; about 1,024 times if all are looked at for each.
    let (few, many) = (time(200), time(6_400));
    assert!(many < few * 256, "{few:?}, {many:?}");
}
