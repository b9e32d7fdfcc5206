//! Times as messages say them.

use std::fmt;

/// Milliseconds, in the units of templates: `90 s`, `5 m`, `1 h 30 m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Duration(pub(super) u64);

const UNITS: [(u64, &str); 5] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s"), (1, "ms")];

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0 s");
        }
        // Two minutes are usual in seconds: what is less is said in one unit.
        if self.0 < 120_000 && self.0.is_multiple_of(1_000) && !self.0.is_multiple_of(60_000) {
            return write!(f, "{} s", self.0 / 1_000);
        }
        let mut rest = self.0;
        let mut is_first = true;
        for (unit, name) in UNITS {
            let count = rest / unit;
            rest %= unit;
            if count > 0 {
                let space = if is_first { "" } else { " " };
                write!(f, "{space}{count} {name}")?;
                is_first = false;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_shortly() {
        for (ms, said) in [
            (0, "0 s"),
            (1, "1 ms"),
            (1_500, "1 s 500 ms"),
            (60_000, "1 m"),
            (90_000, "90 s"),
            (150_000, "2 m 30 s"),
            (300_000, "5 m"),
            (5_400_000, "1 h 30 m"),
            (400 * 86_400_000, "400 d"),
        ] {
            assert_eq!(Duration(ms).to_string(), said);
        }
    }
}
