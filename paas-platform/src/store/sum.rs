//! Check sums, so that a flipped bit is seen and not believed.

/// The CRC-32 of Ethernet and zip files, over several parts. Each part counts with its length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sum(u32);

impl Sum {
    pub(super) const fn new() -> Self {
        Self(u32::MAX)
    }

    #[must_use]
    pub(super) fn number(self, number: u64) -> Self {
        self.raw(&number.to_le_bytes())
    }

    #[must_use]
    pub(super) fn part(self, bytes: &[u8]) -> Self {
        self.number(u64::try_from(bytes.len()).unwrap_or(u64::MAX)).raw(bytes)
    }

    #[must_use]
    pub(super) fn raw(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |sum, byte| {
            let index = usize::from(*byte ^ sum.to_le_bytes()[0]);
            TABLE.get(index).copied().unwrap_or_default() ^ (sum >> 8)
        }))
    }

    pub(super) const fn finish(self) -> u32 {
        !self.0
    }
}

const TABLE: [u32; 256] = table();

#[expect(clippy::indexing_slicing, reason = "runs while compiling, and stays below 256")]
const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut sum = index as u32;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
            bit += 1;
        }
        table[index] = sum;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::Sum;

    #[test]
    fn the_sum_is_the_published_one() {
        assert_eq!(Sum::new().raw(b"123456789").finish(), 0xcbf4_3926);
        assert_eq!(Sum::new().raw(b"").finish(), 0);
    }

    #[test]
    fn where_a_part_ends_matters() {
        let sum = |parts: &[&[u8]]| parts.iter().fold(Sum::new(), |sum, part| sum.part(part)).finish();
        assert_ne!(sum(&[b"ab", b"c"]), sum(&[b"a", b"bc"]));
    }
}
