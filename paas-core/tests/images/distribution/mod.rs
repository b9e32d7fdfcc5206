//! The same images in several zones.

mod cases;
mod properties;

use paas_core::{
    access::Action,
    images::{
        Digest, ImageName,
        distribution::{DistributionRule, ZoneName},
        promotion::Right,
    },
    scaling::Timestamp,
};

const ZONES: [&str; 3] = ["east", "north", "south"];

fn at(seconds: u32) -> Timestamp {
    Timestamp::from_seconds(1_795_392_000).plus(seconds)
}

fn digest(number: u8) -> Digest {
    format!("sha256:{number:064x}").parse().unwrap()
}

fn zone(name: &str) -> ZoneName {
    name.parse().unwrap()
}

fn web() -> ImageName {
    "retail-shop/web:1.4".parse().unwrap()
}

fn rule() -> DistributionRule {
    DistributionRule::new(ZONES.map(zone)).unwrap()
}

fn right(action: Action) -> Right {
    Right::trusted("anna".parse().unwrap(), action, "retail-shop")
}
