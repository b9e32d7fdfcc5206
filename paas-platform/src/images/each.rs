//! Something done for many, some at once.

use std::{collections::VecDeque, ops::ControlFlow, panic::resume_unwind};
use tokio::task::JoinSet;

/// So many requests are made of a registry at once by one sweep, and so many by the looks at what was noticed. 8: ten
/// thousand images at 20 ms are swept in half a minute, and hardly any registry feels it.
pub(super) const AT_ONCE: usize = 8;

/// Does something for each, so many at once, each as a task of its own; what comes of each is taken as it comes, until that
/// says that it is enough: then what is under way is broken off, as it is when this is dropped.
pub(super) async fn each<T, F>(
    items: impl IntoIterator<Item = T>,
    at_once: usize,
    job: impl Fn(T) -> F,
    mut taken: impl FnMut(F::Output) -> ControlFlow<()>,
) where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    let mut waiting: VecDeque<T> = items.into_iter().collect();
    let mut jobs = JoinSet::new();
    loop {
        while jobs.len() < at_once.max(1)
            && let Some(item) = waiting.pop_front()
        {
            jobs.spawn(job(item));
        }
        match jobs.join_next().await {
            None => return,
            Some(Ok(output)) => {
                if taken(output).is_break() {
                    return;
                }
            }
            Some(Err(error)) => match error.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                // The runtime ends.
                Err(_) => return,
            },
        }
    }
}
