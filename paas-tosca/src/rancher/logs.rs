//! Log files, as labels by which whoever collects them finds them.
//!
//! `io.paas.logs.N.directory` is a folder in the container, `io.paas.logs.N.extensions` the endings of its files, joined
//! by commas; without it all files are meant. N counts from 1.

use super::interpolate;
use crate::yaml::emit::Map;
use paas_core::application::Container;

const PREFIX: &str = "io.paas.logs.";

/// Whether a label is written here.
pub(super) fn is_written(key: &str, container: &Container) -> bool {
    let Some((number, word)) = key.strip_prefix(PREFIX).and_then(|rest| rest.split_once('.')) else {
        return false;
    };
    let at = number.parse::<usize>().ok().filter(|at| at.to_string() == number);
    let files = at.and_then(|at| container.log_files.get(at.checked_sub(1)?));
    files.is_some_and(|files| word == "directory" || (word == "extensions" && !files.extensions.is_empty()))
}

/// Writes the labels of a container's log files.
pub(super) fn write(labels: &mut Map<'_>, container: &Container) {
    for (number, files) in (1..).zip(&container.log_files) {
        let key = |word: &str| format!("{PREFIX}{number}.{word}");
        interpolate::literal(labels.entry(&key("directory")), &files.directory);
        if !files.extensions.is_empty() {
            labels.entry(&key("extensions")).quoted(|quoted| {
                for (position, extension) in files.extensions.iter().enumerate() {
                    quoted.push(if position > 0 { "," } else { "" });
                    interpolate::push_literal(quoted, extension);
                }
            });
        }
    }
}
