//! `cargo xtask bench images`: a hundred images from registry to registry, beside `skopeo sync`.

use super::{Programs, Verdict, page};
use crate::{Result, machine, shell::Shell, tools};
use serde::Deserialize;
use std::fmt::Write as _;

/// What ours may take of skopeo's time.
const MOST_TIME: f64 = 0.5;

/// What ours may ask of the destination, of what skopeo asks.
const MOST_REQUESTS: f64 = 0.6;

/// What ours may read of the source, of the content with each part counted once.
const MOST_BYTES: f64 = 1.01;

/// What ours may ask of each side if nothing is to be copied.
const MOST_UNCHANGED: f64 = 110.0;

/// The first line of the program `images`.
#[derive(Debug, Deserialize)]
struct Set {
    images: u64,
    content: f64,
}

/// A further line: one copy of all images.
#[derive(Debug, Deserialize)]
struct Line {
    tool: String,
    turn: usize,
    what: String,
    seconds: f64,
    source_requests: f64,
    destination_requests: f64,
    source_bytes: f64,
    peak_kb: Option<f64>,
}

/// Measures and writes the table; tells whether the limits were kept, if that was asked.
pub(crate) fn run(shell: &Shell, verdict: Verdict) -> Result<bool> {
    println!("── set-up: registry, skopeo, release build");
    tools::REGISTRY.ensure(shell)?;
    tools::SKOPEO.ensure(shell)?;
    let programs = Programs::build(shell)?;
    println!("── skopeo and ours, in turns");
    let told = shell.read(&mut shell.command(programs.folder.join("images")))?;
    let figures = Figures::read(&told)?;
    let skopeo = shell.read(shell.command("skopeo").arg("--version"))?;
    let (date, machine, compiler) =
        (machine::today(shell)?, machine::description(shell), machine::compiler(shell)?);
    let setting = format!("{date} · {machine} · {compiler}");
    page::write(shell, "images", &figures.section(&setting, skopeo.trim()))?;
    let broken = figures.broken_limits();
    if verdict == Verdict::HoldLimits {
        broken.iter().for_each(|limit| println!("{limit}"));
    }
    Ok(verdict == Verdict::JustTell || broken.is_empty())
}

/// All that was measured.
struct Figures {
    set: Set,
    lines: Vec<Line>,
}

impl Figures {
    fn read(told: &str) -> Result<Self> {
        let mut lines = told.lines();
        let set = serde_json::from_str(lines.next().ok_or("nothing was measured")?)?;
        let lines = lines.map(serde_json::from_str).collect::<serde_json::Result<_>>()?;
        Ok(Self { set, lines })
    }

    /// The median of the turns of a tool.
    fn of(&self, tool: &str, what: &str, figure: impl Fn(&Line) -> f64) -> f64 {
        let is_meant = |line: &&Line| line.tool == tool && line.what == what;
        median(self.lines.iter().filter(is_meant).map(figure).collect())
    }

    /// The median over the turns of ours to skopeo's in the same turn.
    fn ratio(&self, what: &str, figure: impl Fn(&Line) -> f64) -> f64 {
        let of_skopeo = |turn| self.lines.iter().find(|line| line.is("skopeo", what) && line.turn == turn);
        let ours = self.lines.iter().filter(|line| line.is("ours", what));
        let ratios = ours.filter_map(|line| Some(figure(line) / figure(of_skopeo(line.turn)?)));
        median(ratios.collect())
    }

    /// What ours reads of the source, of the content.
    fn bytes(&self) -> f64 {
        self.of("ours", "fresh", |line| line.source_bytes) / self.set.content
    }

    /// The most that ours asks of a side if nothing is to be copied.
    fn unchanged(&self) -> f64 {
        let of = |figure: fn(&Line) -> f64| self.of("ours", "again", figure);
        of(|line| line.source_requests).max(of(|line| line.destination_requests))
    }

    fn broken_limits(&self) -> Vec<String> {
        [
            ("of skopeo's time", self.ratio("fresh", |line| line.seconds), MOST_TIME),
            (
                "of skopeo's requests to the destination",
                self.ratio("fresh", |line| line.destination_requests),
                MOST_REQUESTS,
            ),
            ("of the content read", self.bytes(), MOST_BYTES),
            ("requests to a side for unchanged images", self.unchanged(), MOST_UNCHANGED),
        ]
        .into_iter()
        .filter(|(_, is, most)| is.is_nan() || is > most)
        .map(|(what, is, most)| format!("{is:.3} {what}, more than {most}"))
        .collect()
    }

    fn section(&self, setting: &str, skopeo: &str) -> String {
        let Set { images, content } = &self.set;
        let mut text = format!(
            "## Copies of images\n\n\
             `cargo xtask bench images` · {setting}\n\n\
             {images} images from one `docker-registry` to another that is empty, both on this machine: each image has one of \
             two bases of 4 MiB, three layers of 64 KiB of its own, and a configuration; {:.1} MB with each part counted once. \
             *skopeo*: `skopeo sync`, {skopeo}. Ours is the copier as it comes, in a process of its own too; it also looks for \
             signatures. They take turns, each with a fresh destination; figures are medians. *Unchanged*: the same once more. \
             Requests and bytes are those of the registries' logs.\n\n\
             | | time, s | requests to source | to destination | MB from source | unchanged, s | requests to source | to destination |\n\
             | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
            content / 1e6,
        );
        for (tool, title) in [("skopeo", "skopeo"), ("ours", "ours")] {
            let fresh = |figure: fn(&Line) -> f64| self.of(tool, "fresh", figure);
            let again = |figure: fn(&Line) -> f64| self.of(tool, "again", figure);
            let _ = writeln!(
                text,
                "| {title} | {:.1} | {:.0} | {:.0} | {:.2} | {:.2} | {:.0} | {:.0} |",
                fresh(|line| line.seconds),
                fresh(|line| line.source_requests),
                fresh(|line| line.destination_requests),
                fresh(|line| line.source_bytes) / 1e6,
                again(|line| line.seconds),
                again(|line| line.source_requests),
                again(|line| line.destination_requests),
            );
        }
        let _ = writeln!(
            text,
            "\nOf skopeo in the same turn, ours takes {:.2} of the time and {:.2} of the requests to the destination; of the \
             content it reads {:.3}. Its process has {:.0} MB of memory at most.\n\n\
             Limits, held by `cargo xtask bench images --check`: at most {MOST_TIME} of skopeo's time, {MOST_REQUESTS} of its \
             requests to the destination, {MOST_BYTES} of the content, and {MOST_UNCHANGED} requests to each side for unchanged \
             images.",
            self.ratio("fresh", |line| line.seconds),
            self.ratio("fresh", |line| line.destination_requests),
            self.bytes(),
            self.of("ours", "fresh", |line| line.peak_kb.unwrap_or(f64::NAN)) / 1e3,
        );
        text
    }
}

impl Line {
    fn is(&self, tool: &str, what: &str) -> bool {
        self.tool == tool && self.what == what
    }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::Figures;

    /// Two turns in which ours takes these parts of skopeo's time, and asks for so much if nothing is to be copied.
    fn figures(parts: [f64; 2], unchanged: u32) -> Figures {
        let mut told = String::from("{\"images\":100,\"content\":1000.0}\n");
        for (turn, part) in parts.into_iter().enumerate() {
            for (tool, part) in [("skopeo", 1.0), ("ours", part)] {
                for what in ["fresh", "again"] {
                    let seconds = part * f64::from(u32::try_from(turn).unwrap() + 1);
                    let line = format!(
                        "{{\"tool\":\"{tool}\",\"turn\":{turn},\"what\":\"{what}\",\"seconds\":{seconds},\
                         \"source_requests\":{unchanged},\"destination_requests\":{},\"source_bytes\":1005,\"peak_kb\":null}}\n",
                        if tool == "ours" { unchanged } else { 10 * unchanged },
                    );
                    told.push_str(&line);
                }
            }
        }
        Figures::read(&told).unwrap()
    }

    #[test]
    fn limits_are_held_by_ratios_within_a_turn() {
        assert!(figures([0.4, 0.5], 101).broken_limits().is_empty());
        let broken = figures([0.6, 0.7], 111).broken_limits();
        assert_eq!(broken.len(), 2, "{broken:?}");
        assert!(broken[0].contains("time") && broken[1].contains("unchanged"));
        assert!((figures([0.4, 0.4], 1).bytes() - 1.005).abs() < 1e-9);
    }

    #[test]
    fn what_was_not_measured_breaks_its_limit() {
        let nothing = Figures::read("{\"images\":0,\"content\":0.0}").unwrap();
        assert_eq!(nothing.broken_limits().len(), 4);
    }
}
