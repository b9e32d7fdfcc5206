//! Putting manifests.

use super::{Run, Trust, list::subject};
use crate::{Side, error::Result};
use paas_client::{
    BoxFuture,
    registry::{Manifest, Pushed, Reference},
};

impl Run {
    /// Puts a manifest whose content has been brought. If the destination lacks some of it all the same, what is known of the
    /// destination was wrong: the content is brought once more, and nothing is believed.
    pub(super) fn put<'a>(
        &'a self,
        reference: &'a Reference,
        manifest: &'a Manifest,
        depth: usize,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let pushed = match self.put_once(reference, manifest).await {
                Err(error) if error.says_content_is_missing() => {
                    tracing::debug!(
                        code = error.code(),
                        "the destination lacks content, which is brought again"
                    );
                    self.tally.retries.add(1);
                    self.content(manifest, depth, Trust::Nothing).await?;
                    self.put_once(reference, manifest).await
                }
                other => other,
            }?;
            let content = self.read(manifest)?;
            match subject(&content) {
                // The registry keeps no list by itself.
                Some(subject) if pushed.subject.is_none() => self.list(&subject.digest, manifest).await,
                _ => Ok(()),
            }
        })
    }

    pub(super) async fn put_once(&self, reference: &Reference, manifest: &Manifest) -> Result<Pushed> {
        let place = self.destination();
        let put = place.client.put_manifest(&place.repository, reference, manifest);
        let pushed = self.ask(Side::Destination, put).await.map_err(|error| error.of(manifest.digest()))?;
        self.tally.manifests.add(1);
        Ok(pushed)
    }
}
