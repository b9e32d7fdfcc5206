//! What registries of zones tell of.

use super::ImageZones;
use crate::{images::told, seam::Timestamp};
use paas_client::notification::{HeaderSecret, NotificationError};
use paas_core::images::{ImageName, distribution::ZoneName};
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

impl ImageZones {
    /// Says that images were pushed or deleted in a zone: each is looked at soon by the loop of [`keep`](Self::keep), two
    /// seconds later at the earliest, since Docker's registry tells of a push before the tag is there; once however often it
    /// was said. It costs nothing but memory, so a burst of notifications may be given as it comes; what is lost with the
    /// process is found by the next scan.
    /// Of a zone that the platform does not have, nothing is noticed.
    pub fn notice(&self, zone: &ZoneName, images: impl IntoIterator<Item = ImageName>) {
        self.notice_all(zone, images);
    }

    /// Takes what the registry of a zone posted, a plain one, with this header `Authorization`: each image that was pushed
    /// or whose tag was removed is [noticed](Self::notice). Gives how many names it told of. The body is nothing but a
    /// hint: the registries themselves are looked at. What copies of the platform raise leads to nothing.
    ///
    /// # Errors
    ///
    /// What [`NotificationError::status`] says is to be answered: to somebody else, and to what is no list of events.
    pub fn take_notifications(
        &self,
        zone: &ZoneName,
        body: &[u8],
        authorization: Option<&str>,
        expected: &HeaderSecret,
    ) -> Result<usize, NotificationError> {
        Ok(self.notice_all(zone, told::by_registry(body, authorization, expected)?))
    }

    /// The same of the Harbor of a zone. Where an artifact is deleted, Harbor names one of its tags; the others are found
    /// by the next scan.
    ///
    /// # Errors
    ///
    /// As [`take_notifications`](Self::take_notifications).
    pub fn take_harbor_webhook(
        &self,
        zone: &ZoneName,
        body: &[u8],
        authorization: Option<&str>,
        expected: &HeaderSecret,
    ) -> Result<usize, NotificationError> {
        Ok(self.notice_all(zone, told::by_harbor(body, authorization, expected)?))
    }

    fn notice_all(&self, zone: &ZoneName, names: impl IntoIterator<Item = ImageName>) -> usize {
        if !self.inner.zones().is_ok_and(|zones| zones.known(zone).is_ok()) {
            tracing::warn!("what the zone `{zone}` tells of is passed over: the platform has no such zone");
            return 0;
        }
        // What is about an image goes where its image goes: the copy brings it along.
        let names = names.into_iter().filter(|image| !image.tag.is_attachment());
        let now = self.inner.clock.now();
        names.map(|image| self.inner.zones.notices.add(image, zone, now)).count()
    }
}

/// Names of images that are to be looked at, each once however often it was told, with the zone that told it first.
#[derive(Debug, Default)]
pub(super) struct ZoneNotices(Mutex<Told>);

#[derive(Debug, Default)]
struct Told {
    names: BTreeMap<ImageName, Name>,
    /// Whether there were more than are kept.
    too_many: bool,
}

#[derive(Debug)]
struct Name {
    zone: ZoneName,
    /// When it was told first, and last.
    first: Timestamp,
    last: Timestamp,
}

/// So many names are kept: those of a registry that was filled anew. More than that is a scan.
const MOST: usize = 50_000;
/// How long after it was told a name is looked at. Docker's registry tells of a push before the tag is there: whoever looks at
/// once may see what was there before, and nobody tells again.
const SETTLES: Duration = Duration::from_secs(2);
/// What is told again and again is looked at in between, after so long.
const LONGEST: Duration = Duration::from_secs(10);

impl ZoneNotices {
    pub(super) fn add(&self, name: ImageName, zone: &ZoneName, now: Timestamp) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = told.names.get_mut(&name) {
            known.last = now;
        } else if told.names.len() < MOST {
            told.names.insert(name, Name { zone: zone.clone(), first: now, last: now });
        } else {
            told.too_many = true;
        }
    }

    /// Those that are to be looked at by now, which are forgotten unless they may be told of too early still; and whether
    /// there were more than are kept.
    pub(super) fn take(&self, now: Timestamp) -> (BTreeMap<ImageName, ZoneName>, bool) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut due = BTreeMap::new();
        // A clock that was set back keeps nothing.
        let has_passed = |since: Timestamp, time| now >= since.plus(time) || now < since;
        told.names.retain(|image, name| {
            let has_settled = has_passed(name.last, SETTLES);
            if has_settled || has_passed(name.first, LONGEST) {
                due.insert(image.clone(), name.zone.clone());
                name.first = now;
            }
            !has_settled
        });
        (due, std::mem::take(&mut told.too_many))
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, ZoneNotices};
    use crate::seam::Timestamp;

    fn at(second: u64) -> Timestamp {
        Timestamp::from_millis(second * 1_000)
    }

    #[test]
    fn names_settle_and_what_is_told_without_end_is_looked_at_in_between() {
        let notices = ZoneNotices::default();
        let (north, south) = ("north".parse().unwrap(), "south".parse().unwrap());
        let tell = |zone, now| notices.add("retail-shop/web:1".parse().unwrap(), zone, at(now));
        let take = |now| notices.take(at(now)).0.into_values().next();
        tell(&north, 100);
        tell(&south, 101);
        assert_eq!(take(102), None);
        assert_eq!(take(103), Some(north.clone()));
        assert_eq!(take(104), None);
        for second in 200..210 {
            tell(&south, second);
            assert_eq!(take(second), None);
        }
        tell(&north, 210);
        assert_eq!(take(210), Some(south.clone()));
        // It was told of just now: it is looked at once more.
        assert_eq!(take(211), None);
        assert_eq!(take(212), Some(south.clone()));
        // The clock is set back.
        tell(&north, 300);
        assert_eq!(take(50), Some(north));
    }

    #[test]
    fn more_than_are_kept_is_a_scan() {
        let notices = ZoneNotices::default();
        let north = "north".parse().unwrap();
        for number in 0..=MOST {
            notices.add(format!("retail-shop/web:{number}").parse().unwrap(), &north, at(0));
        }
        let (names, too_many) = notices.take(at(2));
        assert!(names.len() == MOST && too_many && !notices.take(at(2)).1);
    }
}
