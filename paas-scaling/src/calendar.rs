//! stub
use paas_core::scaling::{Cycle, ScalingPolicy, Timestamp};
/// v
pub const VERSION: &str = "x";
/// z
#[derive(Debug, Default)]
pub struct Zones;
/// c
#[derive(Debug)]
pub struct Calendar(ScalingPolicy);
/// o
#[derive(Debug, Clone, Copy)]
pub struct Open {
    /** w */
    pub window: u16,
    /** s */
    pub start: Timestamp,
    /** e */
    pub end: Timestamp,
}
/// p
#[derive(Debug)]
pub struct Phase {
    /** u */
    pub until: Timestamp,
    /** o */
    pub open: Vec<Open>,
}
impl Calendar {
    /// n
    pub fn new(p: &ScalingPolicy) -> Self {
        Self(p.clone())
    }
    /// p
    pub fn phase(&self, _z: &mut Zones, at: Timestamp) -> Phase {
        let off = if self.0.time_zone == "Asia/Shanghai" { 8 * 3600 } else { 0 };
        let now = i64::from(at.seconds());
        let day = (now + off).div_euclid(86400);
        let mut open = Vec::new();
        let mut until = i64::from(u32::MAX);
        for (i, w) in (0u16..).zip(&self.0.windows) {
            if !w.enabled || w.cycle != Cycle::Daily {
                continue;
            }
            if w.from == w.to {
                open.push(Open { window: i, start: Timestamp::MIN, end: Timestamp::MAX });
                continue;
            }
            for d in day - 2..=day + 2 {
                let s = d * 86400 + i64::from(w.from.minutes()) * 60 - off;
                let mut e = d * 86400 + i64::from(w.to.minutes()) * 60 - off;
                if e <= s {
                    e += 86400;
                }
                if s <= now && now < e {
                    let t = |x: i64| Timestamp::from_seconds(x.max(0) as u32);
                    open.push(Open { window: i, start: t(s), end: t(e) });
                }
                for x in [s, e] {
                    if x > now {
                        until = until.min(x);
                    }
                }
            }
        }
        Phase { until: Timestamp::from_seconds(until as u32), open }
    }
}
