//! A hundred images from one registry to another: our copier beside `skopeo sync`, in turns, each into a fresh registry.
//!
//! `images` prints a line of JSON for each copy, and needs `docker-registry` and `skopeo`. `images copy FROM TO COUNT` is one
//! of our copies: a process of its own, as skopeo is.

#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

#[path = "images/copy.rs"]
mod copy;
#[path = "images/log.rs"]
mod log;
#[path = "images/server.rs"]
mod server;
#[path = "images/set.rs"]
mod set;
#[path = "images/skopeo.rs"]
mod skopeo;

use serde_json::json;
use server::Server;
use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::{self, Command},
    time::{Duration, Instant},
};

type Failure = Box<dyn Error + Send + Sync>;

/// Images that are copied.
const IMAGES: usize = 100;

/// Turns of each tool.
const TURNS: usize = 3;

/// The lines of a registry's log are there after so long.
const LOGGED: Duration = Duration::from_millis(500);

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => in_folder(measure),
        ["copy", from, to, count] => copy::run(from, to, count.parse()?),
        _ => Err("`images`, or `images copy FROM TO COUNT`".into()),
    }
}

/// In a folder of its own, which is gone afterwards.
fn in_folder(work: fn(&Path) -> Result<(), Failure>) -> Result<(), Failure> {
    let folder = env::temp_dir().join(format!("paas-bench-images-{}", process::id()));
    fs::create_dir_all(&folder)?;
    let done = work(&folder);
    fs::remove_dir_all(&folder)?;
    done
}

fn measure(folder: &Path) -> Result<(), Failure> {
    let source = Server::start(&folder.join("source"))?;
    let bytes = set::push(&source, IMAGES)?;
    println!("{}", json!({ "images": IMAGES, "content": bytes }));
    for turn in 0..TURNS {
        // Neither is always the first.
        let tools = if turn % 2 == 0 { [Tool::Skopeo, Tool::Ours] } else { [Tool::Ours, Tool::Skopeo] };
        for tool in tools {
            let place = folder.join(format!("destination-{turn}-{}", tool.name()));
            let destination = Server::start(&place)?;
            for what in ["fresh", "again"] {
                println!("{}", copied(tool, turn, what, &source, &destination, folder)?);
            }
            set::is_equal(&source, &destination, IMAGES)?;
            drop(destination);
            fs::remove_dir_all(&place)?;
        }
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Tool {
    Skopeo,
    Ours,
}

impl Tool {
    fn name(self) -> &'static str {
        match self {
            Self::Skopeo => "skopeo",
            Self::Ours => "ours",
        }
    }

    fn command(self, from: &Server, to: &Server, folder: &Path) -> Result<Command, Failure> {
        match self {
            Self::Skopeo => skopeo::sync(from, to, IMAGES, folder),
            Self::Ours => {
                let mut command = Command::new(own_path()?);
                command.args(["copy", &from.url(), &to.url(), &IMAGES.to_string()]);
                Ok(command)
            }
        }
    }
}

fn own_path() -> Result<PathBuf, Failure> {
    Ok(env::current_exe()?)
}

/// One copy of all images.
fn copied(
    tool: Tool,
    turn: usize,
    what: &str,
    source: &Server,
    destination: &Server,
    folder: &Path,
) -> Result<serde_json::Value, Failure> {
    std::thread::sleep(LOGGED);
    let (at_source, at_destination) = (source.log()?, destination.log()?);
    let mut command = tool.command(source, destination, folder)?;
    let begun = Instant::now();
    let output = command.output()?;
    let seconds = begun.elapsed().as_secs_f64();
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("{} failed: {told}", tool.name()).into());
    }
    std::thread::sleep(LOGGED);
    let (from, to) = (source.log()?.since(&at_source), destination.log()?.since(&at_destination));
    let peak = serde_json::from_slice::<serde_json::Value>(&output.stdout).ok();
    Ok(json!({
        "tool": tool.name(), "turn": turn, "what": what, "seconds": seconds,
        "source_requests": from.requests, "destination_requests": to.requests, "source_bytes": from.bytes,
        "peak_kb": peak.and_then(|told| told.get("peak_kb").cloned()),
    }))
}
