//! The fuse: a registry that comes up empty, or with what an old backup holds, must not cost the releases of a bank.

use super::record::ImageRecord;

/// So many releases may vanish together without a word of anybody: what people clean up.
const FEW: usize = 3;

/// Of more than those, one in so many.
const SHARE: usize = 4;

/// Where nothing at all is left of what was recorded, so many images make it a fault and no cleaning up.
const ALL: usize = 10;

/// Of images that are recorded, how many would vanish, and with how many of them a release that counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Loss {
    pub(super) images: usize,
    pub(super) released: usize,
    pub(super) missing: usize,
    pub(super) missing_released: usize,
}

impl Loss {
    /// Counts an image; what was deleted already is not recorded any more.
    pub(super) fn count(&mut self, record: &ImageRecord, is_missing: bool) {
        if record.image.is_gone() {
            return;
        }
        let is_released = record.image.approval().is_some();
        self.images += 1;
        self.released += usize::from(is_released);
        self.missing += usize::from(is_missing);
        self.missing_released += usize::from(is_missing && is_released);
    }

    pub(super) fn add(&mut self, other: Self) {
        self.images += other.images;
        self.released += other.released;
        self.missing += other.missing;
        self.missing_released += other.missing_released;
    }

    /// Whether so many releases would be lost that a person is to say that it is right. What nobody released may go:
    /// nothing is lost with it that a push does not bring back.
    pub(super) const fn is_much(self) -> bool {
        self.missing_released > FEW && self.missing_released * SHARE > self.released
    }

    /// The same of all namespaces together; and that nothing is left.
    pub(super) const fn is_much_of_all(self) -> bool {
        self.is_much() || self.missing > ALL && self.missing == self.images
    }
}

#[cfg(test)]
mod tests {
    use super::Loss;

    const fn loss(images: usize, missing: usize, released: usize, missing_released: usize) -> Loss {
        Loss { images, released, missing, missing_released }
    }

    #[test]
    fn releases_are_counted_and_what_nobody_released_may_go() {
        for (loss, is_much, is_much_of_all) in [
            (loss(0, 0, 0, 0), false, false),
            (loss(3, 3, 3, 3), false, false),
            (loss(4, 4, 4, 4), true, true),
            (loss(100, 4, 16, 4), false, false),
            (loss(100, 4, 15, 4), true, true),
            (loss(60, 50, 3, 0), false, false),
            (loss(10, 10, 0, 0), false, false),
            (loss(11, 11, 0, 0), false, true),
            (loss(12, 11, 0, 0), false, false),
        ] {
            assert_eq!((loss.is_much(), loss.is_much_of_all()), (is_much, is_much_of_all), "{loss:?}");
        }
    }
}
