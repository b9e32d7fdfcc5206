//! Finding things by their names.

use rustc_hash::FxHashMap;

/// Up to so many things are looked at one after the other; a map is faster for more.
const FEW: usize = 32;

/// Finds things of a slice by name, quickly even where they are very many.
pub(super) struct Index<'a, T> {
    all: &'a [T],
    name: fn(&'a T) -> &'a str,
    positions: Option<FxHashMap<&'a str, usize>>,
}

impl<'a, T> Index<'a, T> {
    /// An index of things that all have different names; of equal names the first counts.
    pub(super) fn of(all: &'a [T], name: fn(&'a T) -> &'a str) -> Self {
        let positions = (all.len() > FEW)
            .then(|| all.iter().enumerate().rev().map(|(position, item)| (name(item), position)).collect());
        Self { all, name, positions }
    }

    pub(super) fn position(&self, name: &str) -> Option<usize> {
        match &self.positions {
            Some(positions) => positions.get(name).copied(),
            None => self.all.iter().position(|item| (self.name)(item) == name),
        }
    }

    pub(super) fn find(&self, name: &str) -> Option<&'a T> {
        self.all.get(self.position(name)?)
    }
}

/// Puts things over those that are there: equal names are replaced, others added.
pub(super) fn merge<'t, T>(all: &mut Vec<T>, own: Vec<T>, name: fn(&T) -> &'t str) {
    if own.is_empty() {
        return;
    }
    let mut positions: FxHashMap<&'t str, usize> =
        all.iter().enumerate().map(|(position, item)| (name(item), position)).collect();
    for item in own {
        let position = *positions.entry(name(&item)).or_insert(all.len());
        match all.get_mut(position) {
            Some(inherited) => *inherited = item,
            None => all.push(item),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_a_name_is_found_among_few_and_many() {
        let name = |item: &(&'static str, usize)| item.0;
        let names: Vec<&'static str> = ["a", "b", "a"].into_iter().cycle().take(FEW + 2).collect();
        for count in [3, FEW, FEW + 1] {
            let all: Vec<_> = names.iter().copied().take(count).zip(0..).collect();
            let index = Index::of(&all, |item| item.0);
            assert_eq!(
                (index.find("a").map(|it| it.1), index.position("b"), index.position("c")),
                (Some(0), Some(1), None)
            );
            assert_eq!(index.find("b").map(name), Some("b"));
        }
    }

    #[test]
    fn merged_things_replace_and_follow() {
        let mut all = vec![("a", 1), ("b", 2)];
        merge(&mut all, vec![("c", 3), ("a", 4), ("c", 5)], |item| item.0);
        assert_eq!(all, [("a", 4), ("b", 2), ("c", 5)]);
    }
}
