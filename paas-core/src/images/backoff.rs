//! How long is waited after failures.

/// The first wait after a failure, in seconds; each further one is twice as long.
const FIRST_WAIT: u32 = 30;
/// What waits double up to, in seconds: what is over is noticed within an hour or so.
const CEILING: u32 = 3_600;
/// Waits are longer by up to so much of a hundred, each image by its own part, so that what failed together is not tried
/// again together.
const SPREAD: u32 = 25;
/// The longest wait, in seconds.
pub(super) const LONGEST_WAIT: u32 = CEILING + CEILING * SPREAD / 100;

/// How long is waited after so many failures, in seconds.
pub(super) fn wait(attempts: u32, name: &str) -> u32 {
    let doubled = 1u32.checked_shl(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
    let wait = FIRST_WAIT.saturating_mul(doubled).min(CEILING);
    wait + wait * part(attempts, name) / 100
}

/// From 0 to [`SPREAD`], by what the name and the number come to (FNV-1a): the same each time, and on each machine.
fn part(attempts: u32, name: &str) -> u32 {
    let bytes = name.bytes().chain(attempts.to_le_bytes());
    let sum = bytes.fold(0x811c_9dc5u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (sum >> 8) % (SPREAD + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour_and_are_spread() {
        let waits: Vec<u32> = (1..=9).map(|attempts| wait(attempts, "shop/web:1")).collect();
        for (index, wait) in waits.iter().enumerate() {
            let plain = (FIRST_WAIT << index).min(CEILING);
            assert!((plain..=plain + plain * SPREAD / 100).contains(wait), "{waits:?}");
        }
        for attempts in [0, 1, 31, 32, 33, u32::MAX] {
            assert!(wait(attempts, "shop/web:1") <= LONGEST_WAIT);
        }
        let parts: std::collections::BTreeSet<u32> =
            (0..200).map(|index| part(1, &format!("shop/web:{index}"))).collect();
        assert!(parts.len() > 20, "{parts:?}");
    }
}
