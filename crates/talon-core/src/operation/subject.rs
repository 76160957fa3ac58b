//! Sessions and profiles that requests are serialized by.

use crate::{ProfileId, SessionId};

/// A session or a profile that a request changes.
///
/// The service processes requests with a common subject one after another: one runs, two wait, and
/// any further one is refused with 409.
///
/// ```
/// use talon_core::operation::Subject;
/// use talon_core::prelude::*;
///
/// let session = NewCustomerSessionV2::default().profile("anna");
/// let request = UpdateCustomerSessionV2::new("cart-1", session);
///
/// assert_eq!(
///     request.subjects(),
///     [Subject::Session("cart-1".into()), Subject::Profile("anna".into())],
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// This session.
    Session(SessionId),
    /// This profile.
    Profile(ProfileId),
}

/// A field of a request that may identify a subject: the id of a session or a profile, or an
/// optional one.
pub trait AsSubject {
    /// The subject, if there is one.
    fn subject(&self) -> Option<Subject>;
}

impl AsSubject for SessionId {
    fn subject(&self) -> Option<Subject> {
        Some(Subject::Session(self.clone()))
    }
}

impl AsSubject for ProfileId {
    /// An empty id stands for an anonymous customer; requests for these run in parallel.
    fn subject(&self) -> Option<Subject> {
        (!self.is_empty()).then(|| Subject::Profile(self.clone()))
    }
}

impl<T: AsSubject> AsSubject for Option<T> {
    fn subject(&self) -> Option<Subject> {
        self.as_ref().and_then(AsSubject::subject)
    }
}
