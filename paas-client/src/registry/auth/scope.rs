//! What a token is to allow.

use crate::registry::RepositoryName;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// The most resources that one token is asked for. A mount needs two.
const MOST: usize = 16;

/// In the names of actions by which something changes.
const CHANGES: [&str; 5] = ["push", "delete", "write", "admin", "*"];

/// Actions by resource, such as `pull` and `push` by `repository:team-a/shop`. However they were written, the same ones are
/// equal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::registry) struct Scopes(BTreeMap<String, BTreeSet<String>>);

impl Scopes {
    /// To read in a repository.
    pub(in crate::registry) fn pull(repository: &RepositoryName) -> Self {
        Self::default().with(format!("repository:{repository}"), &["pull"])
    }

    /// To write in a repository; clients ask for both.
    pub(in crate::registry) fn push(repository: &RepositoryName) -> Self {
        Self::default().with(format!("repository:{repository}"), &["pull", "push"])
    }

    /// To remove in a repository.
    pub(in crate::registry) fn delete(repository: &RepositoryName) -> Self {
        Self::default().with(format!("repository:{repository}"), &["delete"])
    }

    /// To take a blob over from one repository into another.
    pub(in crate::registry) fn mount(repository: &RepositoryName, from: &RepositoryName) -> Self {
        Self::push(repository).with(format!("repository:{from}"), &["pull"])
    }

    /// To list the repositories.
    pub(in crate::registry) fn catalogue() -> Self {
        Self::default().with("registry:catalog".to_owned(), &["*"])
    }

    fn with(mut self, resource: String, actions: &[&str]) -> Self {
        self.0.entry(resource).or_default().extend(actions.iter().map(|action| (*action).to_owned()));
        self
    }

    /// Adds what a server says that it wants; tells whether that is more.
    ///
    /// What changes something is added only where the call changes something anyway: the endpoint may give tokens for other
    /// registries too, and this one could write there in our name.
    pub(super) fn widen(&mut self, wanted: &str) -> bool {
        let mut is_more = false;
        for scope in wanted.split_ascii_whitespace() {
            // A name may have a colon itself, behind a host.
            let Some((resource, actions)) = scope.rsplit_once(':') else { continue };
            if self.0.len() >= MOST && !self.0.contains_key(resource) {
                continue;
            }
            let known = self.0.entry(resource.to_owned()).or_default();
            let may_change = known.iter().any(|action| changes(action));
            let wanted = actions.split(',').filter(|action| !action.is_empty());
            for action in wanted.filter(|action| may_change || !changes(action)) {
                is_more |= known.insert(action.to_owned());
            }
        }
        self.0.retain(|_, actions| !actions.is_empty());
        is_more
    }

    /// Whether a token for these is one for the others, too.
    pub(super) fn cover(&self, others: &Self) -> bool {
        others
            .0
            .iter()
            .all(|(resource, actions)| self.0.get(resource).is_some_and(|known| known.is_superset(actions)))
    }

    /// Each as it is asked for.
    pub(super) fn each(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(resource, actions)| {
            let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
            format!("{resource}:{}", actions.join(","))
        })
    }
}

/// Whether something can be changed by an action.
fn changes(action: &str) -> bool {
    CHANGES.iter().any(|word| action.contains(word))
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.each().collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::Scopes;

    #[test]
    fn scopes_are_the_same_however_they_are_written() {
        let (shop, other) = ("team-a/shop".parse().unwrap(), "team-b/shop".parse().unwrap());
        let mut read = Scopes::push(&shop);
        assert!(read.widen(
            "repository:team-b/shop:pull  repository:team-a/shop:push,pull repository:team-a/shop:pull"
        ));
        assert_eq!(read, Scopes::mount(&shop, &other));
        assert_eq!(read.to_string(), "repository:team-a/shop:pull,push repository:team-b/shop:pull");
        assert!(!read.widen("repository:team-a/shop:push"));
        assert!(!read.widen("nonsense : :: repository:x:"));
        assert_eq!(read, Scopes::mount(&shop, &other));
        assert!(read.cover(&Scopes::pull(&other)) && read.cover(&Scopes::default()));
        assert!(!read.cover(&Scopes::push(&other)) && !read.cover(&Scopes::catalogue()));
        assert!(Scopes::push(&shop).cover(&Scopes::pull(&shop)));
    }

    #[test]
    fn what_changes_something_is_asked_for_where_the_call_does() {
        let shop = "team-a/shop".parse().unwrap();
        let wanted =
            "repository:team-a/shop:* repository:bank/core:push,delete,content/write repository:x:pull";
        let mut reads = Scopes::pull(&shop);
        assert!(reads.widen(wanted));
        assert_eq!(reads.to_string(), "repository:team-a/shop:pull repository:x:pull");
        assert!(!reads.widen("repository:team-a/shop:push,pull"));
        // Older registries want all rights for a removal.
        let mut removes = Scopes::delete(&shop);
        assert!(removes.widen(wanted));
        assert_eq!(removes.to_string(), "repository:team-a/shop:*,delete repository:x:pull");
    }

    #[test]
    fn a_server_cannot_make_us_ask_for_the_world() {
        let mut scopes = Scopes::default();
        let many: Vec<String> = (0..1_000).map(|number| format!("repository:r{number}:pull")).collect();
        scopes.widen(&many.join(" "));
        assert_eq!(scopes.each().count(), super::MOST);
    }
}
