//! Which repositories of a registry hold a blob.

use paas_client::registry::{Digest, RepositoryName};
use quick_cache::unsync::Cache;
use std::time::Duration;

/// So many repositories are kept for a blob: one to take it from, and some if that one has lost it.
const KEPT: usize = 4;

/// For so long what was seen or put in a repository counts as being there, without a look. Registries collect their garbage
/// in hours or days, not in minutes; and a manifest is refused that points at what is not there, which mends it.
const SURE: Duration = Duration::from_secs(10 * 60);

/// Which repositories hold which blobs, as far as is known: the blobs that were of use last, no more than so many.
#[derive(Debug)]
pub(crate) struct Homes(Cache<Digest, Vec<Home>>);

#[derive(Clone, Debug)]
struct Home {
    repository: RepositoryName,
    seen: Duration,
}

impl Homes {
    pub(crate) fn new(most: usize) -> Self {
        Self(Cache::new(most))
    }

    /// It is there now.
    pub(crate) fn learn(&mut self, digest: &Digest, repository: &RepositoryName, now: Duration) {
        let home = Home { repository: repository.clone(), seen: now };
        let Some(mut homes) = self.0.get_mut(digest) else {
            return self.0.insert(digest.clone(), vec![home]);
        };
        homes.retain(|other| other.repository != home.repository);
        homes.insert(0, home);
        homes.truncate(KEPT);
    }

    /// It is not there.
    pub(crate) fn forget(&mut self, digest: &Digest, repository: &RepositoryName) {
        if let Some(mut homes) = self.0.get_mut(digest) {
            homes.retain(|other| other.repository != *repository);
        }
    }

    /// Whether it is surely in this repository.
    pub(crate) fn holds(&self, digest: &Digest, repository: &RepositoryName, now: Duration) -> bool {
        self.0.get(digest).is_some_and(|homes| {
            let is_sure = |home: &Home| now.saturating_sub(home.seen) <= SURE;
            homes.iter().any(|home| home.repository == *repository && is_sure(home))
        })
    }

    /// Other repositories that should hold it, the latest first.
    pub(crate) fn others(&self, digest: &Digest, repository: &RepositoryName) -> Vec<RepositoryName> {
        let homes = self.0.get(digest).into_iter().flatten();
        homes.map(|home| &home.repository).filter(|other| *other != repository).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Homes, KEPT, SURE};
    use paas_client::registry::{Digest, RepositoryName};
    use std::time::Duration;

    fn name(number: usize) -> RepositoryName {
        format!("team/{number}").parse().unwrap()
    }

    #[test]
    fn the_latest_repositories_are_kept() {
        let (mut homes, blob) = (Homes::new(10), Digest::of("a"));
        for number in 0..KEPT + 3 {
            homes.learn(&blob, &name(number), Duration::ZERO);
        }
        assert_eq!(homes.others(&blob, &name(99)), [name(6), name(5), name(4), name(3)]);
        assert_eq!(homes.others(&blob, &name(6)), [name(5), name(4), name(3)]);
        homes.forget(&blob, &name(5));
        homes.learn(&blob, &name(3), Duration::ZERO);
        assert_eq!(homes.others(&blob, &name(99)), [name(3), name(6), name(4)]);
        assert!(homes.others(&Digest::of("b"), &name(1)).is_empty());
    }

    #[test]
    fn what_was_seen_long_ago_is_looked_at_again() {
        let (mut homes, blob, later) = (Homes::new(10), Digest::of("a"), SURE + Duration::from_secs(2));
        homes.learn(&blob, &name(1), Duration::from_secs(1));
        assert!(homes.holds(&blob, &name(1), later - Duration::from_secs(1)));
        assert!(!homes.holds(&blob, &name(1), later) && !homes.holds(&blob, &name(2), Duration::ZERO));
        // To take it from there is worth a try, still.
        assert_eq!(homes.others(&blob, &name(2)), [name(1)]);
    }

    #[test]
    fn only_so_many_blobs_are_known() {
        let mut homes = Homes::new(50);
        for number in 0..1_000_u32 {
            homes.learn(&Digest::of(number.to_string()), &name(1), Duration::ZERO);
        }
        let known = (0..1_000_u32)
            .filter(|number| homes.holds(&Digest::of(number.to_string()), &name(1), Duration::ZERO))
            .count();
        assert!((1..=50).contains(&known), "{known}");
    }
}
