//! Who comes next: copies are shared among tenants.

use paas_core::{images::ImageName, scaling::Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Images that wait to be copied: next is one of the tenant that has the fewest copies under way, of these the one that
/// has been due for longest. So a tenant with a thousand does not keep another's only one waiting, and has all that
/// nobody else wants.
#[derive(Debug)]
pub(super) struct Share {
    under_way: BTreeMap<String, usize>,
    waiting: BTreeMap<String, BTreeSet<(Timestamp, ImageName)>>,
}

impl Share {
    /// Beside the copies that each tenant has under way.
    pub(super) const fn beside(under_way: BTreeMap<String, usize>) -> Self {
        Self { under_way, waiting: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, tenant: &str, due: Timestamp, image: ImageName) {
        self.waiting.entry(tenant.to_owned()).or_default().insert((due, image));
    }

    /// A copy of the tenant began.
    pub(super) fn began(&mut self, tenant: &str) {
        *self.under_way.entry(tenant.to_owned()).or_default() += 1;
    }

    pub(super) fn next(&mut self) -> Option<ImageName> {
        let under_way = |tenant| self.under_way.get(tenant).copied().unwrap_or_default();
        let first = |(tenant, images): (_, &BTreeSet<(Timestamp, ImageName)>)| {
            images.first().map(|(due, _)| (under_way(tenant), *due, tenant))
        };
        let tenant = self.waiting.iter().filter_map(first).min()?.2.clone();
        let images = self.waiting.get_mut(&tenant)?;
        let (_, image) = images.pop_first()?;
        Some(image)
    }
}

#[cfg(test)]
mod tests {
    use super::Share;
    use paas_core::{images::ImageName, scaling::Timestamp};

    #[test]
    fn who_has_least_comes_first_and_who_waits_longest() {
        let mut share = Share::beside([("a".to_owned(), 2)].into());
        let image = |text: &str| -> ImageName { text.parse().unwrap() };
        for (tenant, due, name) in
            [("a", 1, "a/x:1"), ("a", 2, "a/x:0"), ("b", 9, "b/x:1"), ("b", 8, "b/x:2"), ("c", 8, "c/x:1")]
        {
            share.add(tenant, Timestamp::from_seconds(due), image(name));
        }
        let mut order = Vec::new();
        while let Some(next) = share.next() {
            share.began(next.namespace().unwrap());
            order.push(next.to_string());
        }
        assert_eq!(order, ["b/x:2", "c/x:1", "b/x:1", "a/x:1", "a/x:0"]);
    }
}
