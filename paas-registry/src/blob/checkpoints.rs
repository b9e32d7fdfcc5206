//! The digest of a blob that is read in parts.

use paas_client::registry::{Digest, Digester};

/// So many places of a blob are kept from which its digest can be computed on.
const PLACES: u64 = 256;

/// Places are no closer to each other than this. 256 KiB: of most blobs no more than that is read again and not sent.
const CLOSEST: u64 = 256 << 10;

/// Computes the digest of a blob, also if its transfer breaks and goes on from somewhere before: what was computed is kept at
/// places on the way.
pub(crate) struct Checkpoints {
    digest: Digest,
    spacing: u64,
    /// How far it was read without a gap.
    reached: u64,
    /// In their order; the first is the beginning.
    places: Vec<Digester>,
    /// Where it is now; nothing if what came before is not known.
    now: Option<Digester>,
}

impl Checkpoints {
    pub(crate) fn new(digest: &Digest, size: u64) -> Self {
        let start = Digester::new(digest.algorithm());
        let spacing = (size / PLACES).max(CLOSEST);
        Self { digest: digest.clone(), spacing, reached: 0, places: vec![start.clone()], now: Some(start) }
    }

    /// It goes on at this byte: where to read from, so that all is seen. That is a little before, or just there: if what came
    /// before was never read, it is not read only for this.
    pub(crate) fn go_on_at(&mut self, offset: u64) -> u64 {
        let before = self.places.iter().rev().find(|place| place.bytes() <= offset);
        self.now = before.filter(|_| offset <= self.reached).cloned();
        self.now.as_ref().map_or(offset, Digester::bytes)
    }

    /// The next piece.
    pub(crate) fn update(&mut self, piece: &[u8]) {
        let Some(now) = &mut self.now else { return };
        now.update(piece);
        self.reached = self.reached.max(now.bytes());
        let last = self.places.last().map_or(0, Digester::bytes);
        if now.bytes().saturating_sub(last) >= self.spacing {
            self.places.push(now.clone());
        }
    }

    /// Whether all that was seen is what the digest says; if not all was seen, it may be.
    pub(crate) fn is_right(&self) -> bool {
        self.now.clone().is_none_or(|now| now.finish() == self.digest)
    }

    /// Forgets all: what was read was wrong.
    pub(crate) fn forget(&mut self) {
        self.places.truncate(1);
        self.reached = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::{CLOSEST, Checkpoints, PLACES};
    use paas_client::registry::Digest;
    use proptest::prelude::*;

    fn content(size: usize) -> Vec<u8> {
        (0..size).map(|place| u8::try_from(place * 7 % 251).unwrap()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn the_digest_is_right_wherever_it_broke(
            breaks in prop::collection::vec((0_usize..5 << 20, 0_usize..5 << 20), 0..6),
            wrong in proptest::option::of(0_usize..5 << 20),
        ) {
            let mut blob = content(5 << 20);
            let size = blob.len();
            let mut checkpoints = Checkpoints::new(&Digest::of(&blob), size as u64);
            if let Some(place) = wrong {
                blob[place] ^= 1;
            }
            let mut reached = 0;
            for (end, back) in breaks {
                // It goes on where the destination is: not after what was read.
                let offset = back.min(reached);
                let from = usize::try_from(checkpoints.go_on_at(offset as u64)).unwrap();
                // A place is kept behind the piece in which it lies.
                prop_assert!(from <= offset && offset - from <= usize::try_from(CLOSEST).unwrap() + 100_000);
                let end = end.max(from);
                blob[from..end].chunks(100_000).for_each(|piece| checkpoints.update(piece));
                reached = reached.max(end);
            }
            let from = usize::try_from(checkpoints.go_on_at(reached as u64)).unwrap();
            blob[from..].chunks(70_000).for_each(|piece| checkpoints.update(piece));
            prop_assert_eq!(checkpoints.is_right(), wrong.is_none());
        }
    }

    #[test]
    fn a_large_blob_has_no_more_places_than_a_small_one() {
        let size = 100 << 30;
        let mut checkpoints = Checkpoints::new(&Digest::of(""), size);
        assert_eq!(checkpoints.spacing, size / PLACES);
        // Of an upload that another process began, nothing is known; it is not read for that.
        assert_eq!(checkpoints.go_on_at(50 << 30), 50 << 30);
        assert!(checkpoints.is_right());
        checkpoints.update(b"the rest");
        assert!(checkpoints.is_right());
        assert_eq!(checkpoints.go_on_at(0), 0);
        checkpoints.update(b"wrong");
        assert!(!checkpoints.is_right());
    }
}
