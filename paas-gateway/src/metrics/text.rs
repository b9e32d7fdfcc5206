//! Metrics in the text format of Prometheus, version 0.0.4.

use super::{HistogramSnapshot, Snapshot};
use std::fmt::{self, Write};

const HELP: &[(&str, &str)] = &[
    ("paas_gateway_requests_total", "Requests, by what became of them."),
    ("paas_gateway_token_lookups_total", "Questions about tokens, by what was known."),
    ("paas_gateway_validations_total", "Validations by Keystone, by their results."),
];

/// The metrics in the text format of Prometheus. All names and labels are fixed: none comes from a request.
impl fmt::Display for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts();
        for (family, help) in HELP {
            writeln!(f, "# HELP {family} {help}\n# TYPE {family} counter")?;
            for (_, label, value, count) in counts.iter().filter(|(name, ..)| name == family) {
                writeln!(f, "{family}{{{label}=\"{value}\"}} {count}")?;
            }
        }
        let seconds = [
            ("paas_gateway_decision_seconds", "Time until a request was decided on.", &self.decision_seconds),
            (
                "paas_gateway_validation_seconds",
                "Time that Keystone took for a validation.",
                &self.keystone_seconds,
            ),
        ];
        for (name, help, histogram) in seconds {
            writeln!(f, "# HELP {name} {help}\n# TYPE {name} histogram")?;
            write_histogram(f, name, histogram)?;
        }
        let gauges = [
            ("paas_gateway_valid_tokens", "Valid tokens that are kept.", self.kept_valid),
            ("paas_gateway_invalid_tokens", "Tokens that are not valid and are kept.", self.kept_invalid),
            ("paas_gateway_tokens_in_flight", "Tokens that Keystone is asked about.", self.in_flight),
        ];
        for (name, help, value) in gauges {
            writeln!(f, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}")?;
        }
        Ok(())
    }
}

fn write_histogram(f: &mut impl Write, name: &str, histogram: &HistogramSnapshot) -> fmt::Result {
    for (end, count) in &histogram.buckets {
        writeln!(f, "{name}_bucket{{le=\"{}\"}} {count}", end.as_secs_f64())?;
    }
    let (count, sum) = (histogram.count, histogram.sum.as_secs_f64());
    writeln!(f, "{name}_bucket{{le=\"+Inf\"}} {count}\n{name}_sum {sum}\n{name}_count {count}")
}
