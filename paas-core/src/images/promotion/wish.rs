//! What those ask for who may not command it.

use super::{Change, Happening, Image, Refusal, Right, State};
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
    /// What those are told who may command: somebody asks them to. Nothing changes by it.
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
    /// let told = image.wish(Wish::Release, &right, now)?;
    /// assert_eq!(told.to_string(), "ben asks to have `retail-shop/web:1.4` released (sha256:0f0f0f0f0f0f)");
    /// assert!(image.wish(Wish::SyncNow, &right, now).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A [`Refusal`], if nobody could do now what is asked for, or if the right is not one to ask.
    pub fn wish(&self, wish: Wish, right: &Right, now: Timestamp) -> Result<Change, Refusal> {
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
        Ok(change)
    }
}
