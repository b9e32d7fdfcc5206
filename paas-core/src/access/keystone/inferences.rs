//! Which roles imply which.

use std::collections::{BTreeMap, BTreeSet};

/// Which roles imply which, by their ids.
///
/// ```
/// use paas_core::access::keystone::Inferences;
///
/// let inferences: Inferences = [("admin", "member"), ("member", "reader"), ("reader", "admin")].into_iter().collect();
/// assert_eq!(inferences.closure("member").len(), 3, "also of a circle");
/// assert_eq!(inferences.closure("other").len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inferences(BTreeMap<String, BTreeSet<String>>);

impl Inferences {
    /// One more: the first implies the second.
    pub fn add(&mut self, prior: impl Into<String>, implied: impl Into<String>) {
        self.0.entry(prior.into()).or_default().insert(implied.into());
    }

    /// A role with all that it implies, directly or not. Each is looked at once, so that circles end.
    pub fn closure<'a>(&'a self, role: &'a str) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::from([role]);
        let mut open = vec![role];
        while let Some(prior) = open.pop() {
            for implied in self.0.get(prior).into_iter().flatten() {
                if found.insert(implied) {
                    open.push(implied);
                }
            }
        }
        found
    }
}

impl<P: Into<String>, I: Into<String>> FromIterator<(P, I)> for Inferences {
    fn from_iter<T: IntoIterator<Item = (P, I)>>(pairs: T) -> Self {
        let mut this = Self::default();
        for (prior, implied) in pairs {
            this.add(prior, implied);
        }
        this
    }
}
