//! What the programs measured, and what follows from it.

use crate::Result;
use serde::Deserialize;
use std::path::PathBuf;

/// The template that the limits are about.
pub(super) const LIMITED_CASE: &str = "services_1000";

/// Our processor time, at most so many times that of the bare events.
pub(super) const MOST_TIMES_EVENTS: f64 = 2.5;

/// tosca-parser's processor time, at least so many times ours.
pub(super) const LEAST_TIMES_FASTER: f64 = 40.0;

/// The peak of our heap, at most so many times the text.
pub(super) const MOST_HEAP_PER_BYTE: f64 = 15.0;

/// A line of the program `translate`.
#[derive(Debug, Deserialize)]
pub(super) struct Times {
    case: String,
    work: String,
    bytes: f64,
    events_ms: f64,
    pub(super) ours_ms: f64,
}

/// A line of the program `heap`.
#[derive(Debug, Deserialize)]
pub(super) struct Heap {
    case: String,
    peak: f64,
}

/// A line of `time_tosca_parser.py`.
#[derive(Debug, Deserialize)]
pub(super) struct Peer {
    file: PathBuf,
    minimum_ms: f64,
    median_ms: f64,
}

/// All figures of a template.
#[derive(Debug)]
pub(super) struct Figures {
    pub(super) case: String,
    pub(super) work: String,
    pub(super) bytes: f64,
    pub(super) events_ms: f64,
    pub(super) ours_ms: f64,
    pub(super) heap_bytes: f64,
    pub(super) peer_minimum_ms: f64,
    pub(super) peer_median_ms: f64,
}

/// Puts together what belongs to the same template.
pub(super) fn join(times: Vec<Times>, heaps: &[Heap], peers: &[Peer]) -> Result<Vec<Figures>> {
    times
        .into_iter()
        .map(|times| {
            let heap = heaps.iter().find(|heap| heap.case == times.case);
            let peer = peers
                .iter()
                .find(|peer| peer.file.file_stem().is_some_and(|stem| stem == times.case.as_str()));
            let (Some(heap), Some(peer)) = (heap, peer) else {
                return Err(format!("not everything was measured of {}", times.case).into());
            };
            Ok(Figures {
                case: times.case,
                work: times.work,
                bytes: times.bytes,
                events_ms: times.events_ms,
                ours_ms: times.ours_ms,
                heap_bytes: heap.peak,
                peer_minimum_ms: peer.minimum_ms,
                peer_median_ms: peer.median_ms,
            })
        })
        .collect()
}

impl Figures {
    /// Our time in times of the bare events.
    pub(super) fn times_events(&self) -> f64 {
        self.ours_ms / self.events_ms
    }

    /// The peer's best time in times of ours.
    pub(super) fn times_faster(&self) -> f64 {
        self.peer_minimum_ms / self.ours_ms
    }

    /// Heap for each byte of text.
    pub(super) fn heap_per_byte(&self) -> f64 {
        self.heap_bytes / self.bytes
    }

    /// What is beyond its limit.
    pub(super) fn broken_limits(&self) -> Vec<String> {
        let mut broken = Vec::new();
        let case = &self.case;
        if self.times_events() > MOST_TIMES_EVENTS {
            broken.push(format!(
                "{case}: {:.2} times the bare events, more than {MOST_TIMES_EVENTS}",
                self.times_events()
            ));
        }
        if self.times_faster() < LEAST_TIMES_FASTER {
            broken.push(format!(
                "{case}: {:.0} times faster than tosca-parser, less than {LEAST_TIMES_FASTER}",
                self.times_faster()
            ));
        }
        if self.heap_per_byte() > MOST_HEAP_PER_BYTE {
            broken.push(format!(
                "{case}: {:.1} times the text in heap, more than {MOST_HEAP_PER_BYTE}",
                self.heap_per_byte()
            ));
        }
        broken
    }
}

#[cfg(test)]
mod tests {
    use super::{Figures, Heap, Peer, Times, join};

    fn figures(ours_ms: f64, heap_bytes: f64) -> Figures {
        let times = Times { case: "a".into(), work: "check".into(), bytes: 100.0, events_ms: 2.0, ours_ms };
        let heap = Heap { case: "a".into(), peak: heap_bytes };
        let peer = Peer { file: "x/a.yaml".into(), minimum_ms: 200.0, median_ms: 220.0 };
        join(vec![times], &[heap], &[peer]).unwrap().remove(0)
    }

    #[test]
    fn limits_are_held() {
        assert_eq!(figures(5.0, 1500.0).broken_limits(), [""; 0]);
        assert_eq!(figures(5.02, 1500.0).broken_limits().len(), 2);
        assert_eq!(figures(4.0, 1510.0).broken_limits(), ["a: 15.1 times the text in heap, more than 15"]);
    }

    #[test]
    fn what_was_not_measured_is_told() {
        let times =
            Times { case: "a".into(), work: "check".into(), bytes: 1.0, events_ms: 1.0, ours_ms: 1.0 };
        assert!(join(vec![times], &[], &[]).is_err());
    }
}
