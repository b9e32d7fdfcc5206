//! The kinds of failures.

use crate::table::codes;

codes! {
    /// What kind of failure it is; code decides by it.
    ///
    /// ```
    /// use paas_platform::ErrorKind;
    /// assert_eq!(ErrorKind::Busy.code(), "platform.application_busy");
    /// assert!(ErrorKind::ALL.iter().all(|kind| kind.code().starts_with("platform.")));
    /// ```
    ErrorKind
    Configuration "platform.configuration" "The platform cannot be set up like this." "see how the builder of the platform is to be used";
    ///
    /// [`Error::store`](crate::Error::store) tells how.
    Store "platform.store" "The store failed." "nothing that was written before is lost: mend the store, then ask again";
    ///
    /// [`Error::client`](crate::Error::client) tells how.
    Rancher "platform.rancher" "Rancher failed or refused." "nothing was changed by this call: see to the server, then ask again";
    ///
    /// [`Error::client`](crate::Error::client) tells how.
    Harbor "platform.harbor" "Harbor failed or refused." "see what it says and to the platform's login there, then ask again";
    ///
    /// [`Error::client`](crate::Error::client) tells how.
    Keystone "platform.keystone" "Keystone failed or refused." "nothing was changed by this call: see to the server and to the platform's login there, then ask again";
    InvalidName "platform.invalid_name" "A name cannot be one." "names have 1 to 63 letters, digits, dots, dashes and underscores, and begin with a letter or digit";
    Denied "platform.denied" "The user may not do that." "somebody who administers the tenant can give it a role that may, in Keystone; `paas matrix` has all rules";
    UnknownTenant "platform.unknown_tenant" "There is no such tenant." "record the tenant first";
    TenantConflict "platform.tenant_conflict" "Two tenants would share an environment or a folder." "give each tenant environments and folders of its own";
    UnknownApplication "platform.unknown_application" "The tenant has no such application." "see which applications the tenant has";
    UnknownService "platform.unknown_service" "The application has no such service." "see which services the application has";
    UnknownOperation "platform.unknown_operation" "There is no such operation." "see which operations there are";
    ///
    /// [`Error::diagnostics`](crate::Error::diagnostics) tells which.
    Rejected "platform.rejected" "The template, or what it needs, has errors." "mend the template, or give the tenant what it needs";
    Deployed "platform.application_deployed" "The application is deployed already." "remove it first";
    Busy "platform.application_busy" "An operation of the application has not ended." "wait for that operation, resume it, or abandon it";
    StalePlan "platform.stale_plan" "Things have changed since the plan was made." "make a new plan";
    OperationState "platform.operation_state" "The operation's state does not allow that." "see the state of the operation";
    Stopped "platform.operation_stopped" "The operation stopped before its end." "mend what it tells of, then resume it; or abandon it";
    Abandoned "platform.operation_abandoned" "The operation was abandoned." "remove the application to clean up what is left";
    NotScalable "platform.not_scalable" "The service has no count that could be changed." "services that run once or on every host, and external ones, have no count";
    UnknownNamespace "platform.unknown_namespace" "The tenant has no such image namespace." "see which namespaces the tenant has";
    NamespaceTaken "platform.namespace_taken" "The image namespace is somebody's, or something is in it." "take another name, or remove first what is there";
    ///
    /// The message tells how.
    Registry "platform.registry" "A registry of images failed or refused." "see what it says and to the platform's login there, then ask again";
    UnknownImage "platform.unknown_image" "Nothing was seen to be pushed under that name." "push it to the test registry; if it is there, look at it again";
    ImageState "platform.image_state" "The image is in no state for that." "see how far the image is on its way to production";
    ImageBusy "platform.image_busy" "Others change the image again and again." "nothing was changed by this call: ask again in a moment";
    UnknownZone "platform.unknown_zone" "The platform has no such zone." "see which zones the platform has";
    UnknownPublication "platform.unknown_publication" "Nobody has asked for that to be published." "see which publications there are";
    PublicationRefused "platform.publication_refused" "A publication cannot be asked for, or judged, so." "see how far the publication is, and who asked for it";
    MembersBusy "platform.members_busy" "Somebody else changes the members already." "ask again when that has ended";
    MembersFuse "platform.members_fuse" "More members would lose rights than may by one plan." "look at the plan; if it is right, carry it out with a higher fuse";
    TakenOver "platform.taken_over" "Another process took the operation over." "ask that process, or look at the operation by its id";
}
