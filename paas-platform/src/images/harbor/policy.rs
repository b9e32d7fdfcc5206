//! Policies of replication: one for each image that is on its way.

use paas_client::harbor::{NewReplicationPolicy, ReplicationDirection, ReplicationFilter};
use paas_core::images::ImageName;

/// So much of an image's name is put into that of its policy: people read it in Harbor.
const SHOWN: usize = 120;

/// What the policy of an image is called: by the platform, by what can be read of the image, and by a number that the whole
/// name gives. It has the letters that Harbor's pages take for the name of a rule.
pub(super) fn name(platform: &str, image: &ImageName) -> String {
    let whole = image.to_string();
    let mut name = words(platform);
    name.push('-');
    name.extend(words(&whole).chars().take(SHOWN));
    let name = name.trim_matches('-');
    format!("{name}-{:016x}", number(&whole))
}

/// The letters and digits of a text, in small letters, with `-` for whatever else is between them.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// FNV-1a: the same in each process and version. That two images of one number do not take each other's policy is
/// looked at.
fn number(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |number, byte| {
        (number ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// What lets this very image through: neither names nor tags can hold what a pattern takes for something else.
pub(super) fn filters(image: &ImageName) -> [ReplicationFilter; 2] {
    [ReplicationFilter::name(image.repository.as_str()), ReplicationFilter::tag(image.tag.as_str())]
}

/// The policy that copies an image under its own name.
pub(super) fn policy(
    name: &str,
    image: &ImageName,
    direction: ReplicationDirection,
    overrides: bool,
) -> NewReplicationPolicy {
    let policy = NewReplicationPolicy::new(name, direction)
        .description(format!(
            "copies {image} to production; made by the platform, and deleted when it is there"
        ))
        .overrides(overrides);
    filters(image).into_iter().fold(policy, NewReplicationPolicy::filter)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_tell_images_and_platforms_apart() {
        let of = |platform: &str, image: &str| name(platform, &image.parse().unwrap());
        let web = of("paas", "retail-shop/team/web:1.4");
        assert!(web.starts_with("paas-retail-shop-team-web-1-4-"), "{web}");
        // What reads the same is told apart by the number.
        let all =
            [web.clone(), of("paas", "retail-shop/team/web:1-4"), of("paas", "retail-shop/team-web:1.4")];
        assert!(all[0] != all[1] && all[0] != all[2] && all[1] != all[2], "{all:?}");
        assert_ne!(web, of("other", "retail-shop/team/web:1.4"));
        assert_eq!(web, of("paas", "retail-shop/team/web:1.4"));
        let long = of("paas", &format!("retail-shop/{}:{}", "a".repeat(200), "B".repeat(128)));
        assert!(long.len() < 200, "{long}");
        assert!(long.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-'), "{long}");
        assert!(!long.contains("--"));
    }
}
