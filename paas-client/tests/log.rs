//! All that is traced, as a text.

use std::{
    fmt::{Debug, Write},
    sync::{Arc, Mutex},
};
use tracing::{
    Dispatch, Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
    subscriber::DefaultGuard,
};
use tracing_core::span::Current;

/// Writes all that is traced.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Written>>);

#[derive(Default)]
struct Written {
    text: String,
    spans: Vec<&'static Metadata<'static>>,
    entered: Vec<Id>,
}

/// While it is there, what this thread traces is written.
pub(crate) struct Listening {
    _here: DefaultGuard,
    _elsewhere: Dispatch,
}

impl Log {
    /// Writes what this thread traces from now on.
    pub(crate) fn listen(&self) -> Listening {
        // As long as there is one listener only, what another thread traces for the first time counts as wanted by nobody,
        // for good. With two, all are asked.
        let elsewhere = Dispatch::new(self.clone());
        Listening { _here: tracing::subscriber::set_default(self.clone()), _elsewhere: elsewhere }
    }

    fn write(&self, line: &str) {
        writeln!(self.0.lock().unwrap().text, "{line}").unwrap();
    }

    pub(crate) fn text(&self) -> String {
        self.0.lock().unwrap().text.clone()
    }
}

/// Writes fields, each with what they belong to.
struct Fields<'a>(&'a Log, &'static str);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.write(&format!("{} {}={value:?}", self.1, field.name()));
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.write(&format!("span {}", span.metadata().name()));
        span.record(&mut Fields(self, "span"));
        let mut written = self.0.lock().unwrap();
        written.spans.push(span.metadata());
        Id::from_u64(u64::try_from(written.spans.len()).unwrap())
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Fields(self, "recorded"));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Fields(self, "event"));
    }
    fn enter(&self, span: &Id) {
        self.0.lock().unwrap().entered.push(span.clone());
    }
    fn exit(&self, _: &Id) {
        self.0.lock().unwrap().entered.pop();
    }
    fn current_span(&self) -> Current {
        let written = self.0.lock().unwrap();
        let Some(id) = written.entered.last() else { return Current::none() };
        let metadata = written.spans[usize::try_from(id.into_u64()).unwrap() - 1];
        Current::new(id.clone(), metadata)
    }
}
