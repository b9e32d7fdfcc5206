//! Writing what is said of publications, and telling it.

use super::{
    Place,
    record::{Note, PublicationRecord, PublicationStatus, stream},
};
use crate::{
    audit::AuditRecord,
    error::{Error, ErrorKind, Result},
    images::{ImageNotice, seconds, tell},
    platform::Inner,
    records::{self, Kept, is_overtaken},
    store::{Batch, Version, encode, kinds},
};
use paas_core::{
    actor::Actor,
    images::{
        Digest, ImageName,
        mall::{Publication, PublicationCommand, PublicationRefusal, PublicationRight},
    },
    scaling::Timestamp,
};

/// What somebody says something about.
pub(super) struct Asked<'a> {
    pub(super) image: &'a ImageName,
    pub(super) digest: &'a Digest,
    pub(super) place: &'a Place,
    pub(super) by: &'a Actor,
}

/// How often it is tried to write a publication while others write it too.
const MOST_TRIES: usize = 20;

impl Inner {
    /// Somebody asks for a publication.
    pub(super) async fn publication_asked(
        &self,
        asked: &Asked<'_>,
        right: &PublicationRight,
        note: &str,
    ) -> Result<PublicationStatus> {
        for _ in 0..MOST_TRIES {
            // What is known of the image may not change until the request is written.
            let guard = self.known_as(asked).await?;
            let written = self.write_publication(asked, Some(guard), |known, now| {
                if let Some(known) = known.filter(|known| known.is_open()) {
                    let (image, state) = (asked.image.clone(), known.state.title());
                    return Err(PublicationRefusal::WrongState { image, command: "requested", state });
                }
                Publication::request(asked.image.clone(), asked.digest.clone(), right, now)
                    .map(|publication| publication.with_note(note))
            });
            if let Some(written) = written.await? {
                return Ok(written);
            }
        }
        Err(busy(asked))
    }

    /// Somebody says what is to become of a publication.
    pub(super) async fn publication_commanded(
        &self,
        asked: &Asked<'_>,
        command: &PublicationCommand,
        right: &PublicationRight,
    ) -> Result<PublicationStatus> {
        let name = super::name_of(asked.image, asked.digest);
        for _ in 0..MOST_TRIES {
            if self.publication(asked).await?.is_none_or(|(_, is_of_now)| !is_of_now) {
                return Err(super::unknown(&name));
            }
            let written = self.write_publication(asked, None, |known, now| {
                // One that went in between is asked for again.
                let known = known.ok_or_else(|| PublicationRefusal::WrongState {
                    image: asked.image.clone(),
                    command: "judged",
                    state: "gone",
                })?;
                // What is to be shown and to be hidden follows from the record.
                known.command(command, right, now).map(|change| change.publication)
            });
            if let Some(written) = written.await? {
                return Ok(written);
            }
        }
        Err(busy(asked))
    }

    /// The record of a publication, and whether it is of the namespace that is there now.
    async fn publication(&self, asked: &Asked<'_>) -> Result<Option<(Kept<PublicationRecord>, bool)>> {
        let key = super::name_of(asked.image, asked.digest);
        let kept: Option<Kept<PublicationRecord>> =
            records::read(&*self.store, kinds::PUBLICATION, &key).await?;
        Ok(kept.map(|kept| {
            let is_of_now = kept.value.namespace == asked.place.namespace.id;
            (kept, is_of_now)
        }))
    }

    /// Writes what becomes of a publication; nothing if somebody else was faster.
    async fn write_publication(
        &self,
        asked: &Asked<'_>,
        guard: Option<Guard>,
        becomes: impl FnOnce(Option<&Publication>, Timestamp) -> Result<Publication, PublicationRefusal>,
    ) -> Result<Option<PublicationStatus>> {
        let Asked { image, digest, place, by } = *asked;
        let now = self.clock.now();
        let found = self.publication(asked).await?;
        let known = found.as_ref().filter(|(_, is_of_now)| *is_of_now).map(|(kept, _)| &kept.value);
        let before = known.map(|known| {
            // The tenant may have another project by now: rights are by that.
            let mut publication = known.publication.clone();
            place.tenant.project_id().clone_into(&mut publication.tenant);
            publication
        });
        let publication =
            becomes(before.as_ref(), seconds(now)).map_err(|refusal| super::refused(&refusal))?;
        let namespace = place.namespace.id.clone();
        let stream = stream(&namespace, image, digest);
        let journal = match known {
            Some(known) => known.journal,
            None => self.last_entry(&stream).await?,
        } + 1;
        let record = PublicationRecord { publication: publication.clone(), journal, namespace };
        let key = super::name_of(image, digest);
        let mut batch = match found {
            Some((kept, _)) => Batch::new().put(kinds::PUBLICATION, &key, kept.version, encode(&record)?),
            None => Batch::new().create(kinds::PUBLICATION, &key, encode(&record)?),
        };
        if let Some(Guard { kind, version }) = guard {
            batch = batch.expect(kind, image.to_string(), Some(version));
        }
        batch = batch.append(stream, journal, encode(&Note(publication.clone()))?);
        let audit = AuditRecord::new(now, by, super::action_of(&publication), &place.tenant.name);
        batch = audit.about(&place.namespace.name).about_image(&key).enqueue(batch)?;
        match self.store.commit(batch).await {
            Err(error) if is_overtaken(&error) => return Ok(None),
            written => written?,
        };
        let status = PublicationStatus::new(publication, &place.tenant.name);
        if let Some(hook) = &self.image_hook {
            tell(&**hook, &ImageNotice::Publication(status.clone()));
        }
        Ok(Some(status))
    }

    /// Whether exactly this is or was put under the name of the image in a registry of the platform, with what guards that.
    async fn known_as(&self, asked: &Asked<'_>) -> Result<Guard> {
        let (image, digest) = (asked.image, asked.digest);
        let promoted = self.image(image).await?;
        let promoted = promoted.filter(|kept| kept.value.namespace == asked.place.namespace.id);
        if let Some(kept) = &promoted {
            let image = &kept.value.image;
            let is_in_test = image.digest == *digest && !image.is_gone();
            if is_in_test || image.production.digest() == Some(digest) {
                return Ok(Guard { kind: kinds::IMAGE, version: kept.version });
            }
        }
        let (is_known, guard) = self.in_zones(image, digest, &asked.place.namespace.id).await?;
        if let Some(version) = guard {
            return Ok(Guard { kind: kinds::ZONED_IMAGE, version });
        }
        if promoted.is_none() && !is_known {
            let message = format!("nothing was seen to be pushed as `{image}`");
            return Err(Error::new(ErrorKind::UnknownImage, message));
        }
        let message = format!("`{image}` is something else than `{digest}` by now");
        let help = "look what it is now, and ask for that";
        Err(Error::new(ErrorKind::PublicationRefused, message).with_help(help))
    }
}

/// The record by which something is known, as it was.
struct Guard {
    kind: crate::store::Kind,
    version: Version,
}

fn busy(asked: &Asked<'_>) -> Error {
    let name = super::name_of(asked.image, asked.digest);
    Error::new(
        ErrorKind::ImageBusy,
        format!("the publication of `{name}` was changed by others again and again"),
    )
}
