//! Images on their way to production, as text.

use super::{counted, operation::table, printable};
use paas_core::images::promotion::{Pending, State, WaitsFor};
use paas_platform::{CopyProgress, ImageEntry, ImageStatus, SweepReport};
use std::fmt::Write as _;

/// A table of images: what is there, how far it is, and what it waits for.
pub fn images(images: &[ImageStatus]) -> String {
    let heads = ["image", "digest", "state", "waits for"].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = [heads].into_iter().chain(images.iter().map(row)).collect();
    table(&rows)
}

fn row(status: &ImageStatus) -> Vec<String> {
    let image = &status.image;
    let (name, digest) = (image.name.to_string(), image.digest.short().to_owned());
    vec![name, digest, status.status.title().to_owned(), waits(status).unwrap_or_default()]
}

/// What an image waits for, with why.
fn waits(status: &ImageStatus) -> Option<String> {
    let State::PendingSync(Pending { failure, namespace_missing, .. }) = &status.image.state else {
        return None;
    };
    let waits = match status.waits_for {
        Some(WaitsFor::Time { at }) => format!("the copy at {at}"),
        Some(WaitsFor::Person) => "somebody who has it copied".to_owned(),
        Some(WaitsFor::Rule) => "a rule: the namespace has none".to_owned(),
        _ => String::new(),
    };
    let why = match (namespace_missing, failure) {
        (Some(_), _) => "; production has no such namespace".to_owned(),
        (None, Some(failure)) => format!("; the last copy failed ({}): {}", failure.kind, failure.message),
        (None, None) => String::new(),
    };
    Some(waits + &why)
}

/// All that is known of an image, and its journal.
pub fn image(status: &ImageStatus, journal: &[ImageEntry]) -> String {
    let image = &status.image;
    let rule = status.rule.map_or_else(|| "none: nothing is copied".to_owned(), |rule| rule.to_string());
    let production = match &image.production.seen {
        None => "not looked at yet".to_owned(),
        Some(seen) => seen.digest.as_ref().map_or_else(|| "nothing".to_owned(), ToString::to_string),
    };
    let mut lines = vec![
        ("image", image.name.to_string()),
        ("tenant", status.tenant.clone()),
        ("state", status.status.title().to_owned()),
        ("digest", image.digest.to_string()),
        ("pushed", image.pushed_at.to_string()),
        ("production", production),
        ("rule", rule),
    ];
    if let Some(approval) = image.approval() {
        lines.push(("released", format!("{} by {}", approval.at, approval.by)));
    }
    lines.extend(waits(status).map(|waits| ("waits for", waits)));
    let mut text = String::new();
    for (name, value) in lines {
        let _ = writeln!(text, "{name:<10}  {}", printable(&value));
    }
    if !journal.is_empty() {
        text.push('\n');
    }
    for ImageEntry { change, .. } in journal {
        let _ = writeln!(text, "{}  {}", change.at, printable(&change.to_string()));
    }
    text
}

/// What a sweep found.
///
/// ```
/// use paas_sdk::{platform::SweepReport, report};
///
/// let mut found = SweepReport::default();
/// (found.images, found.namespaces) = (12, 1);
/// assert_eq!(report::image_sweep(&found), "12 images in 1 namespace: all as recorded\n");
/// ```
pub fn image_sweep(report: &SweepReport) -> String {
    let mut text =
        format!("{} in {}", counted(report.images, "image"), counted(report.namespaces, "namespace"));
    if report.changes.is_empty() && report.failures.is_empty() {
        text += ": all as recorded";
    }
    text.push('\n');
    for change in &report.changes {
        let _ = writeln!(text, "{}", printable(&change.to_string()));
    }
    for failure in &report.failures {
        let what = failure.what.as_ref().or(failure.namespace.as_ref()).map_or("the sweep", String::as_str);
        let _ =
            writeln!(text, "error[{}]: {}: {}", failure.kind, printable(what), printable(&failure.message));
    }
    text
}

/// A bar for how far a copy is, such as `████████░░░░░░░░░░░░  41 %  3 of 7  12.4 of 30.1 MB`.
pub fn image_copy(progress: CopyProgress) -> String {
    const WIDTH: u64 = 20;
    let CopyProgress { done, contents, bytes_done, bytes, .. } = progress;
    // Empty contents have no bytes.
    let (part, whole) = if bytes > 0 { (bytes_done, bytes) } else { (done, contents) };
    let of = |scale: u64| (u128::from(part) * u128::from(scale)).checked_div(u128::from(whole)).unwrap_or(0);
    let full = usize::try_from(of(WIDTH).min(u128::from(WIDTH))).unwrap_or_default();
    let (full, empty) = ("█".repeat(full), "░".repeat(20usize.saturating_sub(full)));
    let tenths = |bytes: u64| (bytes / 1_000_000, bytes / 100_000 % 10);
    let ((there, there_tenth), (bytes, bytes_tenth)) = (tenths(bytes_done), tenths(bytes));
    let percent = of(100).min(100);
    format!(
        "{full}{empty}  {percent:>3} %  {done} of {contents}  {there}.{there_tenth} of {bytes}.{bytes_tenth} MB"
    )
}

#[cfg(test)]
mod tests {
    use super::image_copy;
    use paas_platform::CopyProgress;

    #[test]
    fn a_bar_grows_with_bytes_and_never_past_its_end() {
        let shown = |contents, bytes| image_copy(CopyProgress::new(contents, bytes, 0));
        assert_eq!(shown((0, 0), (0, 0)), "░░░░░░░░░░░░░░░░░░░░    0 %  0 of 0  0.0 of 0.0 MB");
        assert_eq!(
            shown((3, 7), (12_400_000, 30_100_000)),
            "████████░░░░░░░░░░░░   41 %  3 of 7  12.4 of 30.1 MB"
        );
        assert_eq!(shown((7, 7), (0, 0)), "████████████████████  100 %  7 of 7  0.0 of 0.0 MB");
        assert!(shown((9, 7), (u64::MAX, 1)).starts_with("████████████████████  100 %"));
    }
}
