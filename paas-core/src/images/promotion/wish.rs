//! What those ask for who may not command it.

use super::{Change, Happening, Image, Refusal, Right, State, Transition, failure::one_line};
use crate::scaling::Timestamp;

/// What somebody asks for who may not command it: a restricted member, of those who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Wish {
    /// Please release it.
    Release,
    /// Please have it synced.
    SyncNow,
}

impl Image {
    /// What those are told who may command: somebody asks them to, with a note, of which one line of at most 500 characters is
    /// kept. The image does not change by it; that somebody asked is to be written down.
    ///
    /// ```
    /// use paas_core::{
    ///     access::{Role, Subject},
    ///     images::promotion::{Image, Right, Wish},
    ///     scaling::Timestamp,
    /// };
    ///
    /// # let digest = format!("sha256:{}", "0f".repeat(32)).parse::<paas_core::images::Digest>()?;
    /// let now = Timestamp::from_seconds(1_795_392_000);
    /// let image = Image::pushed("retail-shop/web:1.4".parse()?, digest, now);
    ///
    /// let ben = Subject::new("77").with_tenant("retail", Role::RestrictedMember).with_namespace("retail-shop");
    /// let right = Right::to_wish(&ben, "ben".parse()?, "retail", "retail-shop").unwrap();
    /// let asked = image.wish(Wish::Release, &right, "for the fair", now)?;
    /// let told = asked.change.unwrap();
    /// assert_eq!(
    ///     told.to_string(),
    ///     "ben asks to have `retail-shop/web:1.4` released (sha256:0f0f0f0f0f0f): for the fair"
    /// );
    /// assert!(image.wish(Wish::SyncNow, &right, "", now).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A [`Refusal`], if nobody could do now what is asked for, or if the right is not one to ask.
    pub fn wish(&self, wish: Wish, right: &Right, note: &str, now: Timestamp) -> Result<Transition, Refusal> {
        let (what, command) = match wish {
            Wish::Release => (Happening::ReleaseWished, super::CommandName::Release),
            Wish::SyncNow => (Happening::SyncWished, super::CommandName::SyncNow),
        };
        if !right.is_to_wish(self.name.namespace()) {
            return Err(Refusal::WrongRight { image: self.name.clone(), command });
        }
        let from = self.state.name();
        match (wish, &self.state) {
            (Wish::Release, State::InDevelopment) | (Wish::SyncNow, State::PendingSync(_)) => {}
            _ => return Err(Refusal::WrongState { image: self.name.clone(), command, state: from }),
        }
        let mut change = Change::new(what, self.name.clone(), from, now);
        change.to = Some(from);
        change.digest = Some(self.digest.clone());
        change.by = Some(right.by().clone());
        change.message = Some(one_line(note)).filter(|note| !note.is_empty());
        let (image, orders) = (Some(self.clone()), Vec::new());
        Ok(Transition { image, writes: true, change: Some(change), orders })
    }
}
