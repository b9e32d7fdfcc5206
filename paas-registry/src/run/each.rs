//! Several things at once.

use crate::error::Result;
use futures_util::stream::{FuturesUnordered, StreamExt};

/// Does all, so many at once. After the first failure the others are dropped.
pub(super) async fn each<F>(at_once: usize, work: impl IntoIterator<Item = F>) -> Result<()>
where
    F: Future<Output = Result<()>>,
{
    let mut work = work.into_iter();
    let mut under_way: FuturesUnordered<F> = work.by_ref().take(at_once.max(1)).collect();
    while let Some(result) = under_way.next().await {
        result?;
        under_way.extend(work.next());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::each;
    use crate::{CopyError, CopyErrorKind};
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn all_are_done_but_not_too_many_at_once() {
        let (at_once, most, done) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
        let (at_once, most, done) = (&at_once, &most, &done);
        let one = |_| async move {
            most.fetch_max(at_once.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            at_once.fetch_sub(1, Ordering::Relaxed);
            done.fetch_add(1, Ordering::Relaxed);
            Ok(())
        };
        each(3, (0..20).map(one)).await.unwrap();
        assert_eq!((most.load(Ordering::Relaxed), done.load(Ordering::Relaxed)), (3, 20));
        let fails = |number| async move {
            if number == 2 { Err(CopyError::new(CopyErrorKind::Cancelled, "")) } else { one(number).await }
        };
        assert!(each(1, (0..20).map(fails)).await.is_err());
        assert_eq!(done.load(Ordering::Relaxed), 22);
    }
}
