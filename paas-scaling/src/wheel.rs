//! stub
use std::collections::BTreeSet;
#[derive(Debug, Default)]
/// stub
pub struct TimingWheel {
    set: BTreeSet<(u32, u32)>,
    at: std::collections::BTreeMap<u32, u32>,
}
impl TimingWheel {
    /// stub
    pub fn with_capacity(_now: u32, _n: usize) -> Self {
        Self::default()
    }
    /// stub
    pub fn schedule(&mut self, id: u32, at: u32) {
        self.cancel(id);
        self.at.insert(id, at);
        self.set.insert((at, id));
    }
    /// stub
    pub fn cancel(&mut self, id: u32) -> bool {
        if let Some(at) = self.at.remove(&id) {
            self.set.remove(&(at, id));
            true
        } else {
            false
        }
    }
    /// stub
    pub fn next_deadline(&self) -> Option<u32> {
        self.set.first().map(|x| x.0)
    }
    /// stub
    pub fn pop(&mut self, now: u32) -> Option<(u32, u32)> {
        let (at, id) = *self.set.first()?;
        if at > now {
            return None;
        }
        self.cancel(id);
        Some((at, id))
    }
}
