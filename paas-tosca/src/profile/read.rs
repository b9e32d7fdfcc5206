//! Values of properties as the application's types, with the rules that hold for all of them.

use super::reached;
use crate::tosca::{Attribute, Data, Report, Value};
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
    /// The service whose address an attribute is.
    pub(super) service_at: &'c dyn Fn(&Attribute<'_>) -> Option<String>,
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
                self.push_secret(value);
                None
            }
            _ => None,
        }
    }

    /// A string that may hold host names, but no secret.
    pub(super) fn open_text(&self, value: &Value<'_>) -> Option<Text> {
        if !matches!(value.data, Data::Deferred(_)) {
            return self.string(Some(value)).map(Text::from);
        }
        let text = self.text(value)?;
        if text.secrets().next().is_some() {
            self.push_secret(value);
            return None;
        }
        Some(text)
    }

    fn push_secret(&self, value: &Value<'_>) {
        self.report.help(
            Code::SecretPlace,
            value.at,
            "a secret cannot be used here, where it would be seen",
            "use it in `environment`, `command` or `entrypoint`".to_owned(),
        );
    }

    /// A string that was read, and so diagnosed, elsewhere.
    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    pub(super) fn quietly(&self, value: Option<&Value<'_>>) -> Option<String> {
        value.and_then(Value::as_str).map(str::to_owned)
    }

    /// A string that may hold secrets and host names. What else is known only when the application runs is diagnosed
    /// with all such values.
    pub(super) fn text(&self, value: &Value<'_>) -> Option<Text> {
        let text = match &value.data {
            Data::String(text) => Text::from(text.as_ref()),
            Data::Secret(segments) => Text::from_segments(segments.iter().cloned()),
            Data::Deferred(deferred) => {
                Text::from_segments(reached::segments(deferred, self.service_at, &value.at.place())?)
            }
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
