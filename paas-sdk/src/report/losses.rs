//! What an import could not keep, as a table.

use super::printable;
use paas_core::loss::{Kept, Loss};
use std::fmt::Write as _;

/// What is not the same after an import, one line each, and a sum. What is kept in full is counted only, unless `all`.
///
/// ```
/// use paas_sdk::{
///     core::{diagnostic::Place, loss::{Kept, Loss}},
///     report,
/// };
///
/// let place = Place::start_of("docker-compose.yml");
/// let losses = [
///     Loss::new(Kept::Full, "restart", place.clone(), "Rancher starts what ended again").of_service("web"),
///     Loss::new(Kept::None, "build", place, "name the image").of_service("web"),
/// ];
/// assert_eq!(
///     report::losses(&losses, false),
///     "\
/// none     docker-compose.yml:1  web.build  name the image
///
/// written in other words: 1; kept in part: 0; lost: 1
/// "
/// );
/// ```
pub fn losses(losses: &[Loss], all: bool) -> String {
    let rows: Vec<[String; 4]> = losses
        .iter()
        .filter(|loss| all || loss.kept != Kept::Full)
        .map(|loss| {
            let file = loss.place.file.rsplit(['/', '\\']).next().unwrap_or_default();
            let key = match &loss.service {
                Some(service) => format!("{service}.{}", loss.key),
                None => loss.key.clone(),
            };
            let place = format!("{file}:{}", loss.place.start.line);
            [loss.kept.as_str().to_owned(), place, key, loss.why.clone()]
                .map(|text| printable(&text).into_owned())
        })
        .collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        // A very long name does not push all others away.
        cells.map(|cell| cell.chars().count().min(48)).max().unwrap_or_default()
    };
    let (place, key) = (width(1), width(2));
    let mut text = String::new();
    for [kept, at, what, why] in &rows {
        let _ = writeln!(text, "{kept:<7}  {at:<place$}  {what:<key$}  {why}");
    }
    if !rows.is_empty() {
        text.push('\n');
    }
    let count = |kept| losses.iter().filter(|loss| loss.kept == kept).count();
    let _ = writeln!(
        text,
        "written in other words: {}; kept in part: {}; lost: {}",
        count(Kept::Full),
        count(Kept::Partial),
        count(Kept::None)
    );
    text
}
