//! Values of properties as the application's types, with the rules that hold for all of them.

use crate::tosca::{Data, Report, Value};
use paas_core::{application::Text, diagnostic::Code};

/// What can be read of the items of a list, with hardly more room than that: collecting leaves room for four, and most
/// lists are shorter.
pub(super) fn each<'v, 't, T>(
    items: &'v [Value<'t>],
    read: impl FnMut(&'v Value<'t>) -> Option<T>,
) -> Vec<T> {
    let mut all = Vec::with_capacity(items.len());
    all.extend(items.iter().filter_map(read));
    all
}

pub(super) struct Read<'c> {
    pub(super) report: &'c Report,
}

impl Read<'_> {
    /// A string in which no secret may be.
    pub(super) fn string(&self, value: Option<&Value<'_>>) -> Option<String> {
        let value = value?;
        match &value.data {
            Data::String(text) => {
                self.printable(value, text);
                Some(text.clone().into_owned())
            }
            Data::Secret(_) => {
                self.report.help(
                    Code::SecretPlace,
                    value.at,
                    "a secret cannot be used here, where it would be seen",
                    "use it in `environment`, `command` or `entrypoint`".to_owned(),
                );
                None
            }
            _ => None,
        }
    }

    /// A string that was read, and so diagnosed, elsewhere.
    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    pub(super) fn quietly(&self, value: Option<&Value<'_>>) -> Option<String> {
        value.and_then(Value::as_str).map(str::to_owned)
    }

    /// A string that may hold secrets.
    pub(super) fn text(&self, value: &Value<'_>) -> Option<Text> {
        let text = match &value.data {
            Data::String(text) => Text::from(text.as_ref()),
            Data::Secret(segments) => Text::from_segments(segments.iter().cloned()),
            _ => return None,
        };
        if text.literals().any(|literal| literal.contains('\0')) {
            self.report.at(Code::ControlCharacter, value.at, "a NUL character cannot be passed on");
        }
        Some(text)
    }

    /// NUL ends strings in what runs below.
    fn printable(&self, value: &Value<'_>, text: &str) {
        if text.contains('\0') {
            self.report.at(Code::ControlCharacter, value.at, "a NUL character cannot be passed on");
        }
    }

    /// A count that fits 32 bits.
    pub(super) fn count(&self, name: &str, value: Option<&Value<'_>>) -> Option<u32> {
        let value = value?;
        let number = value.as_integer()?;
        let count = u32::try_from(number).ok();
        if count.is_none() {
            let message = format!("`{name}` must be from 0 to {}, but is {number}", u32::MAX);
            self.report.at(Code::Constraint, value.at, message);
        }
        count
    }

    /// A port number; the profile's constraints hold it in range.
    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    pub(super) fn port(&self, value: Option<&Value<'_>>) -> Option<u16> {
        value.and_then(Value::as_integer).and_then(|port| u16::try_from(port).ok())
    }

    /// A duration in milliseconds, which others count in 32 bits.
    pub(super) fn milliseconds(&self, name: &str, value: Option<&Value<'_>>) -> Option<u64> {
        const LONGEST_DAYS: u64 = 24;
        let value = value?;
        let time = value.as_quantity()?.milliseconds();
        if time > LONGEST_DAYS * 86_400_000 {
            let message = format!("`{name}` must be at most {LONGEST_DAYS} days");
            self.report.at(Code::Constraint, value.at, message);
            return None;
        }
        Some(time)
    }

    /// A duration in milliseconds that is more than nothing.
    pub(super) fn positive_milliseconds(&self, name: &str, value: Option<&Value<'_>>) -> Option<u64> {
        let time = self.milliseconds(name, value)?;
        if let (0, Some(value)) = (time, value) {
            self.report.at(Code::HealthCheck, value.at, format!("`{name}` must be more than nothing"));
        }
        Some(time)
    }
}
