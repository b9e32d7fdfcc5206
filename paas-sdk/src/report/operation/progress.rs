//! How far an operation is.

use super::{super::printable, table, words};
use paas_core::plan::Plan;
use paas_platform::{Event, EventKind};
use std::fmt::Write as _;

/// How many rows are shown; of a larger plan those that are not done.
const MOST_ROWS: usize = 20;

/// How many signs a bar has.
const BAR: usize = 16;

/// How far an operation is: a bar for each stage and network, which follow from its events.
#[derive(Debug, Clone)]
pub struct Progress {
    plan: Plan,
    rows: Vec<Row>,
    /// How many lines stand on the terminal.
    drawn: usize,
}

#[derive(Debug, Clone)]
struct Row {
    stage: String,
    network: String,
    steps: usize,
    ended: usize,
    said: String,
    has_failed: bool,
}

impl Progress {
    /// Of a plan of which nothing has happened yet.
    pub fn new(plan: &Plan) -> Self {
        let mut rows: Vec<Row> = Vec::new();
        for step in &plan.steps {
            let stage = words::stage(plan, step);
            let network = &step.action.environment().network;
            match rows.iter_mut().find(|row| row.stage == stage && row.network == *network) {
                Some(row) => row.steps += 1,
                None => rows.push(Row {
                    stage,
                    network: network.clone(),
                    steps: 1,
                    ended: 0,
                    said: String::new(),
                    has_failed: false,
                }),
            }
        }
        Self { plan: plan.clone(), rows, drawn: 0 }
    }

    /// Takes an event of the operation; each is to be taken once.
    pub fn take(&mut self, event: &Event) {
        if event.kind == EventKind::Resumed {
            for row in &mut self.rows {
                row.has_failed = false;
                row.said.clear();
            }
        }
        let Some(step) = event.step.as_deref().and_then(|key| self.plan.step(key)) else { return };
        let (stage, network) = (words::stage(&self.plan, step), &step.action.environment().network);
        let row = self.rows.iter_mut().find(|row| row.stage == stage && row.network == *network);
        let Some(row) = row else { return };
        let title = format!("{step}: ");
        let said = event.message.strip_prefix(&title).unwrap_or(&event.message);
        match event.kind {
            EventKind::Ended => {
                row.ended += 1;
                if row.ended == row.steps {
                    row.said = "done".to_owned();
                }
            }
            EventKind::Failed => {
                row.has_failed = true;
                row.said = said.to_owned();
            }
            _ if row.has_failed => {}
            EventKind::Doing => row.said = words::doing(step),
            _ => row.said = said.to_owned(),
        }
    }

    /// A line for each stage and network: how many steps have ended, and what is said of them.
    pub fn lines(&self) -> Vec<String> {
        let rows: Vec<&Row> = self.rows.iter().collect();
        let hidden = rows.len().saturating_sub(MOST_ROWS);
        let mut left = hidden;
        let mut shown: Vec<Vec<String>> = Vec::new();
        let mut before = "";
        for row in rows {
            // The first ones that are done make room; where too few are, the last ones.
            let is_hidden = left > 0 && (row.ended == row.steps || shown.len() == MOST_ROWS);
            if is_hidden {
                left -= 1;
            } else if shown.len() < MOST_ROWS {
                let counts = format!("{}/{}", row.ended, row.steps);
                let sign = if row.has_failed { "✗ " } else { "" };
                let said = format!("{sign}{}", row.said);
                let stage = if row.stage == before { "" } else { &row.stage };
                before = &row.stage;
                shown.push(vec![stage.to_owned(), row.network.clone(), bar(row), counts, said]);
            }
        }
        let mut lines: Vec<String> = table(&shown).lines().map(str::to_owned).collect();
        if hidden > 0 {
            lines.push(format!("  … and {hidden} more"));
        }
        lines
    }

    /// The lines, to be written to a terminal over those that this gave before.
    pub fn redraw(&mut self) -> String {
        let lines = self.lines();
        let mut text = String::new();
        if self.drawn > 0 {
            let _ = write!(text, "\x1b[{}A", self.drawn);
        }
        // Lines that are longer than the terminal is wide are cut, not broken.
        text.push_str("\x1b[?7l");
        for line in &lines {
            let _ = writeln!(text, "\x1b[2K{line}");
        }
        text.push_str("\x1b[?7h");
        self.drawn = lines.len();
        text
    }

    /// One line for an event, where nothing can be drawn over.
    pub fn line(event: &Event) -> String {
        printable(&event.to_string()).into_owned()
    }
}

fn bar(row: &Row) -> String {
    let full = (row.ended * BAR).checked_div(row.steps).unwrap_or(BAR).min(BAR);
    format!("{}{}", "█".repeat(full), "░".repeat(BAR - full))
}
