//! What the classes of Python have in another form than as methods of the functions' names.

use crate::{Result, generate::interface::Interface};

/// How a function is there for users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As a method of its name.
    Method,
    /// As a property, which never changes.
    Property,
    /// As a method of this name.
    Called(&'static str),
    /// As a method that is written by hand.
    ByHand,
}

const FORMS: [(&str, &str, Form); 19] = [
    ("Release", "files", Form::Property),
    ("Release", "document", Form::Called("to_dict")),
    ("Release", "diagnostics", Form::Property),
    ("Timeline", "document", Form::Called("to_dict")),
    ("Timeline", "summary", Form::Property),
    ("Timeline", "decisions", Form::Property),
    ("Timeline", "compare", Form::ByHand),
    ("Platform", "actor", Form::Property),
    ("Plan", "document", Form::Called("to_dict")),
    ("Operation", "id", Form::Property),
    ("Operation", "wait", Form::ByHand),
    ("Events", "next", Form::ByHand),
    ("ImageCopy", "id", Form::Property),
    ("ImageCopy", "image", Form::Property),
    ("ImageCopy", "wait", Form::ByHand),
    ("ZoneCopy", "image", Form::Property),
    ("ZoneCopy", "source", Form::Property),
    ("ZoneCopy", "destination", Form::Property),
    ("ZoneCopy", "wait", Form::ByHand),
];

/// Handles whose class derives from one that is written by hand and called `NAMEExtras`.
pub(super) const WITH_EXTRAS: [&str; 12] = [
    "Release",
    "Timeline",
    "ScalingEngine",
    "Platform",
    "Plan",
    "Operation",
    "Events",
    "ImageCopy",
    "KeepingImages",
    "ZoneCopy",
    "KeepingZones",
    "Sandbox",
];

/// The form of a handle's function.
pub(super) fn of(handle: &str, function: &str) -> Form {
    let found = FORMS.iter().find(|(of, name, _)| *of == handle && *name == function);
    found.map_or(Form::Method, |(_, _, form)| *form)
}

/// Makes sure that the tables name what there is.
///
/// # Errors
/// If the interface has no such handle or function.
pub(super) fn check(interface: &Interface) -> Result<()> {
    let handle = |name: &str| interface.handles.iter().find(|handle| handle.name == name);
    for name in WITH_EXTRAS {
        handle(name).ok_or_else(|| format!("there is no handle `{name}`; mend the table of extras"))?;
    }
    for (of, name, _) in FORMS {
        let is_there = handle(of).is_some_and(|handle| handle.functions.iter().any(|one| one.name == name));
        if !is_there {
            return Err(format!("`{of}` has no function `{name}`; mend the table of forms").into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{super::sample, check};

    #[test]
    fn what_is_not_there_is_told() {
        let error = check(&sample::interface()).unwrap_err().to_string();
        assert_eq!(error, "there is no handle `Release`; mend the table of extras");
    }
}
