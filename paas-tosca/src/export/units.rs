//! Amounts with the unit in which they are said shortest.

use crate::yaml::write::Yaml;

const BYTES: [(u64, &str); 9] = [
    (1 << 40, "TiB"),
    (1_000_000_000_000, "TB"),
    (1 << 30, "GiB"),
    (1_000_000_000, "GB"),
    (1 << 20, "MiB"),
    (1_000_000, "MB"),
    (1 << 10, "KiB"),
    (1_000, "kB"),
    (1, "B"),
];
/// Minutes are not among them: `300 s` says it as well.
const MILLISECONDS: [(u64, &str); 4] = [(86_400_000, "d"), (3_600_000, "h"), (1_000, "s"), (1, "ms")];

/// A size, such as `512 MiB`.
pub(super) fn size(bytes: u64) -> Yaml {
    if bytes == 0 { Yaml::plain("0 B") } else { exact(bytes, &BYTES) }
}

/// A time, such as `10 s`.
pub(super) fn time(milliseconds: u64) -> Yaml {
    if milliseconds == 0 { Yaml::plain("0 s") } else { exact(milliseconds, &MILLISECONDS) }
}

/// In the unit of which there are fewest; the last unit always fits.
fn exact(amount: u64, units: &[(u64, &str)]) -> Yaml {
    let fitting = units.iter().filter(|(unit, _)| amount.is_multiple_of(*unit));
    let counts = fitting.map(|(unit, name)| (amount / unit, name));
    let least = counts.min_by_key(|(count, _)| *count);
    Yaml::Plain(least.map_or_else(|| amount.to_string(), |(count, name)| format!("{count} {name}")))
}

/// Cores, from thousandths of them, such as `0.5`.
pub(super) fn cores(millis: u64) -> Yaml {
    let (whole, rest) = (millis / 1000, format!("{:03}", millis % 1000));
    let rest = rest.trim_end_matches('0');
    Yaml::Plain(format!("{whole}.{}", if rest.is_empty() { "0" } else { rest }))
}

/// A number with a point, which readers of YAML 1.1 and 1.2 take for the same one.
pub(super) fn float(value: f64) -> Yaml {
    let text = value.to_string();
    Yaml::Plain(if text.contains('.') { text } else { format!("{text}.0") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(yaml: Yaml) -> String {
        let Yaml::Plain(text) = yaml else { return String::new() };
        text
    }

    #[test]
    fn amounts_are_said_shortest() {
        for (bytes, text) in [
            (0, "0 B"),
            (1, "1 B"),
            (1000, "1 kB"),
            (1024, "1 KiB"),
            (1536, "1536 B"),
            (512 << 20, "512 MiB"),
            (20_000_000_000, "20 GB"),
            (1 << 40, "1 TiB"),
            (1500 << 20, "1500 MiB"),
        ] {
            assert_eq!(shown(size(bytes)), text);
        }
        for (milliseconds, text) in [
            (0, "0 s"),
            (1, "1 ms"),
            (1500, "1500 ms"),
            (10_000, "10 s"),
            (300_000, "300 s"),
            (7_200_000, "2 h"),
            (86_400_000, "1 d"),
        ] {
            assert_eq!(shown(time(milliseconds)), text);
        }
        for (millis, text) in [(1, "0.001"), (500, "0.5"), (1250, "1.25"), (2000, "2.0")] {
            assert_eq!(shown(cores(millis)), text);
        }
        for (value, text) in [(0.7, "0.7"), (1.0, "1.0"), (-0.0, "-0.0"), (1e21, "1000000000000000000000.0")]
        {
            assert_eq!(shown(float(value)), text);
        }
    }
}
