//! Names of images that registries have told of, until they have been looked at.

use crate::seam::Timestamp;
use paas_core::images::ImageName;
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Names of images that are to be looked at, each once however often it was told. One is forgotten only when it was looked
/// at. Kept in memory: what a process forgets when it ends, the next sweep finds.
#[derive(Debug, Default)]
pub(crate) struct Notices(Mutex<Told>);

#[derive(Debug, Default)]
struct Told {
    names: BTreeMap<ImageName, Name>,
    /// Whether there were more than are kept.
    too_many: bool,
}

/// What is known of a name.
#[derive(Debug, Default)]
struct Name {
    /// How often it was told: what is told during a look is not answered by it.
    told: u64,
    /// How often a look has failed since it was told.
    failed: u32,
    /// It is not looked at before.
    until: Timestamp,
}

/// A name that is to be looked at, as it was told.
#[derive(Debug, Clone)]
pub(super) struct Noticed {
    pub(super) image: ImageName,
    told: u64,
}

/// So many names are kept: those of a registry that was filled anew. More than that is a sweep.
const MOST: usize = 50_000;

/// After a look that failed. Twice as long after each further one, up to the longest: with it, a registry that was down
/// for a weekend is known to be back within minutes.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// How long after it was told a name is looked at. Docker's registry tells of a push before the tag is there: whoever looks at
/// once may see what was there before, and nobody tells again. 2 seconds: it writes one small file in between, perhaps to a
/// storage that is far away.
const SETTLES: Duration = Duration::from_secs(2);

impl Notices {
    fn told(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Told anew, it is looked at soon, however often looks have failed: a registry that tells is there.
    pub(super) fn add(&self, name: ImageName, now: Timestamp) {
        let mut told = self.told();
        let is_kept = told.names.contains_key(&name);
        if !is_kept && told.names.len() >= MOST {
            told.too_many = true;
            return;
        }
        let name = told.names.entry(name).or_default();
        *name = Name { told: name.told + 1, failed: 0, until: now.plus(SETTLES) };
    }

    /// Those that are to be looked at by now; they stay until [`done`](Self::done).
    pub(super) fn due(&self, now: Timestamp) -> Vec<Noticed> {
        let told = self.told();
        // A clock that was set back puts nothing off for long.
        let is_due = |name: &Name| name.until <= now || name.until > now.plus(LONGEST_PAUSE);
        let due = told.names.iter().filter(|(_, name)| is_due(name));
        due.map(|(image, name)| Noticed { image: image.clone(), told: name.told }).collect()
    }

    /// It was looked at; it is forgotten unless it was told again since.
    pub(super) fn done(&self, noticed: &Noticed) {
        let mut told = self.told();
        if told.names.get(&noticed.image).is_some_and(|name| name.told == noticed.told) {
            told.names.remove(&noticed.image);
        }
    }

    /// A look has failed; it is looked at again, later each time.
    pub(super) fn failed(&self, noticed: &Noticed, now: Timestamp) {
        if let Some(name) = self.told().names.get_mut(&noticed.image)
            && name.told == noticed.told
        {
            let pause = FIRST_PAUSE.saturating_mul(1 << name.failed.min(6)).min(LONGEST_PAUSE);
            *name = Name { failed: name.failed.saturating_add(1), until: now.plus(pause), told: name.told };
        }
    }

    /// Whether there were more than are kept; that is forgotten.
    pub(super) fn take_too_many(&self) -> bool {
        std::mem::take(&mut self.told().too_many)
    }

    /// There were more than are kept, and nobody has compared all since.
    pub(super) fn set_too_many(&self) {
        self.told().too_many = true;
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_PAUSE, MOST, Notices, SETTLES};
    use crate::seam::Timestamp;
    use std::time::Duration;

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    #[test]
    fn a_name_stays_until_it_was_looked_at_and_later_each_time() {
        let notices = Notices::default();
        let add = |now| notices.add("retail-shop/web:1".parse().unwrap(), at(now));
        add(1_000);
        assert!(notices.due(at(1_000)).is_empty());
        let mut now = 1_000 + SETTLES.as_secs();
        let mut pauses = Vec::new();
        for _ in 0..9 {
            let noticed = notices.due(at(now)).pop().unwrap();
            notices.failed(&noticed, at(now));
            let back = (1..).find(|pause| !notices.due(at(now + pause)).is_empty()).unwrap();
            pauses.push(back);
            now += back;
        }
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 300, 300, 300]);
        // Told anew, it does not wait so long; told during a look, it stays.
        let noticed = notices.due(at(now)).pop().unwrap();
        notices.failed(&noticed, at(now));
        add(now);
        now += SETTLES.as_secs();
        let noticed = notices.due(at(now)).pop().unwrap();
        add(now);
        notices.done(&noticed);
        notices.failed(&noticed, at(now));
        now += SETTLES.as_secs();
        let noticed = notices.due(at(now)).pop().unwrap();
        notices.failed(&noticed, at(now));
        assert!(notices.due(at(now)).is_empty());
        // The clock was set back by a day.
        assert_eq!(notices.due(at(now).plus(Duration::ZERO)).len(), 0);
        assert_eq!(notices.due(at(0)).len(), usize::from(now > LONGEST_PAUSE.as_secs()));
        notices.done(&noticed);
        assert!(notices.due(at(now + 10_000)).is_empty());
    }

    #[test]
    fn more_than_are_kept_is_a_sweep() {
        let notices = Notices::default();
        for number in 0..=MOST {
            notices.add(format!("retail-shop/web:{number}").parse().unwrap(), at(0));
            assert_eq!(notices.told().too_many, number == MOST);
        }
        notices.add("retail-shop/web:7".parse().unwrap(), at(0));
        assert_eq!(notices.due(at(0).plus(SETTLES)).len(), MOST);
        assert!(notices.take_too_many() && !notices.take_too_many());
        notices.set_too_many();
        assert!(notices.take_too_many());
    }
}
