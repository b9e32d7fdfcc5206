//! Whether the destination has a blob, and the upload that begins if not.

use super::{Transfer, bytes::is_resumable};
use crate::{CopyErrorKind, Side, UploadRecord, UploadRecords, destination::Answer, error::Result, run::Run};
use paas_client::registry::{Mount, Upload};

impl<'a> Transfer<'a> {
    /// Looks whether the destination has the blob; if not, where it is to be sent to.
    ///
    /// To ask a registry to mount a blob from the very repository that is to have it does both in one request, where the
    /// registry does what it is asked: it is there then, or an upload has begun. Whether it does so is found out once. That it
    /// is there says nothing of its size, for which is asked then.
    pub(super) async fn look(&mut self) -> Result<Option<Upload>> {
        if let Some(upload) = self.recorded().await? {
            return Ok(Some(upload));
        }
        let upload = if self.run.at_destination.own_mounts() == Answer::Does {
            match self.mounts_itself().await? {
                Mount::Upload(upload) => upload,
                _ if self.is_there().await? => return Ok(None),
                _ => self.begins().await?,
            }
        } else {
            if self.is_there().await? {
                self.finds_out().await;
                return Ok(None);
            }
            self.begins().await?
        };
        self.record(&upload).await;
        Ok(Some(upload))
    }

    async fn begins(&self) -> Result<Upload> {
        let place = self.run.destination();
        self.run.ask(Side::Destination, place.client.start_upload(&place.repository)).await
    }

    /// Whether the destination has the blob, with the size that it should have. A registry whose disk was full, or whose
    /// machine went down, may have less of it, and says all the same that it is there.
    pub(super) async fn is_there(&mut self) -> Result<bool> {
        let place = self.run.destination();
        let size = place.client.blob_size(&place.repository, &self.blob.digest);
        let size = self.run.ask(Side::Destination, size).await?;
        self.cut = match size {
            // Heads alone come from proxies too. If it cannot be opened, the head counts.
            Some(size) if size != self.blob.size => match self.opened_size().await {
                Ok(opened) => opened.filter(|opened| *opened != self.blob.size),
                Err(_) => Some(size),
            },
            _ => None,
        };
        Ok(size.is_some() && self.cut.is_none())
    }

    /// The bytes of the blob, as is told when it is opened.
    async fn opened_size(&self) -> Result<Option<u64>> {
        let place = self.run.destination();
        let opened = place.client.blob(&place.repository, &self.blob.digest, 0);
        Ok(self.run.ask(Side::Destination, opened).await?.size())
    }

    /// What was sent in place of a blob of another size has arrived: whether the destination has taken it.
    pub(super) async fn is_mended(&mut self) -> Result<()> {
        let Some(size) = self.cut else { return Ok(()) };
        if self.is_there().await? {
            return Ok(());
        }
        self.keeps_cut = true;
        self.forget_record().await;
        let message = format!(
            "the destination has {size} bytes of a blob of {}, and keeps them though it was sent the whole blob",
            self.blob.size
        );
        Err(self.run.fails(Side::Destination, CopyErrorKind::ContentDamaged, message))
    }

    /// The blob is there: now it can be found out what the registry says to such a mount.
    pub(super) async fn finds_out(&self) {
        let Some(question) = self.run.at_destination.ask_own_mounts() else { return };
        match self.mounts_itself().await {
            Ok(Mount::Mounted) => question.answers(Answer::Does),
            Ok(Mount::Upload(upload)) => {
                question.answers(Answer::DoesNot);
                self.run.abandon(Some(upload)).await;
            }
            Ok(_) => question.answers(Answer::DoesNot),
            // Nothing is known.
            Err(_) => {}
        }
    }

    async fn mounts_itself(&self) -> Result<Mount> {
        let place = self.run.destination();
        let mount = place.client.mount_blob(&place.repository, &self.blob.digest, &place.repository);
        self.run.ask(Side::Destination, mount).await
    }

    /// The blob has arrived.
    pub(super) async fn has_arrived(&self) {
        self.forget_record().await;
        self.finds_out().await;
    }

    /// The upload that another process began, as far as it can be gone on with.
    async fn recorded(&mut self) -> Result<Option<Upload>> {
        let Some((records, key)) = self.records() else { return Ok(None) };
        let Some(record) = records.find(&key).await else { return Ok(None) };
        let repository = &self.run.destination().repository;
        let mut upload = Upload::found_again(repository.clone(), record.into_location());
        if self.status(&mut upload).await? {
            return Ok(Some(upload));
        }
        records.forget(&key).await;
        Ok(None)
    }

    pub(super) async fn record(&self, upload: &Upload) {
        if let Some((records, key)) = self.records() {
            records.keep(&key, UploadRecord::new(upload.location().clone())).await;
        }
    }

    pub(super) async fn forget_record(&self) {
        if let Some((records, key)) = self.records() {
            records.forget(&key).await;
        }
    }

    pub(super) fn is_recorded(&self) -> bool {
        self.records().is_some()
    }

    fn records(&self) -> Option<(&'a dyn UploadRecords, String)> {
        let run: &'a Run = self.run;
        let records = run.shared.records.as_deref().filter(|_| is_resumable(self.blob, &self.run.shared))?;
        let place = run.destination();
        let key = format!("{}/{}@{}", place.client.address(), place.repository, self.blob.digest);
        Some((records, key))
    }
}
