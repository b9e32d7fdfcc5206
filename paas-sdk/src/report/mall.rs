//! The mall, as text.

use super::{operation::table, printable};
use paas_core::images::mall::{Publication, PublicationState, Verdict, Visibility};
use paas_platform::{MallImage, PublicationEntry, PublicationStatus};
use std::fmt::Write as _;

/// A table of images: whose each is, and whom it is shown to.
pub fn mall(images: &[MallImage]) -> String {
    let mut rows = vec![["image", "digest", "shown to", "of"].map(str::to_owned).to_vec()];
    for MallImage { entry, owner, .. } in images {
        let shown_to = match &entry.visibility {
            Visibility::Official => "all".to_owned(),
            Visibility::Public { .. } => "its tenant".to_owned(),
            Visibility::Personal { user, .. } => format!("the user {user}"),
            other => format!("{other:?}"),
        };
        let (image, digest) = (entry.image.to_string(), entry.digest.short().to_owned());
        rows.push(
            [image, digest, shown_to, owner.clone()].map(|cell| printable(&cell).into_owned()).to_vec(),
        );
    }
    table(&rows)
}

/// A table of publications, with whole digests: what is asked for, by whom, and what became of it.
pub fn publications(publications: &[PublicationStatus]) -> String {
    let heads = ["image", "digest", "of", "state", "said last"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for publication in publications {
        let last = last(&publication.requested, &publication.state);
        let PublicationStatus { image, digest, tenant, status, .. } = publication;
        let cells = [image.to_string(), digest.to_string(), tenant.clone(), status.to_string(), last];
        rows.push(cells.map(|cell| printable(&cell).into_owned()).to_vec());
    }
    table(&rows)
}

/// The journal of a publication, line by line.
pub fn publication(journal: &[PublicationEntry]) -> String {
    let mut text = String::new();
    for PublicationEntry { publication, .. } in journal {
        let Publication { requested, state, .. } = publication;
        let said = printable(&last(requested, state)).into_owned();
        let _ = writeln!(text, "{}  {}: {said}", publication.decided_at(), state.title());
    }
    text
}

/// Who said the last word, and why.
fn last(requested: &Verdict, state: &PublicationState) -> String {
    let verdict = match state {
        PublicationState::Requested => requested,
        PublicationState::Approved(verdict)
        | PublicationState::Rejected(verdict)
        | PublicationState::Withdrawn(verdict) => verdict,
        _ => return "the image is gone".to_owned(),
    };
    match &verdict.reason {
        Some(reason) => format!("{}: {reason}", verdict.by),
        None => verdict.by.to_string(),
    }
}
