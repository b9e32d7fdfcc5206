//! The kinds of the platform's own records, each with how its keys are made.

use super::Kind;

/// A tenant. Key: its name.
pub const TENANT: Kind = Kind::new("tenant");

/// An application of a tenant. Key: `tenant/application`.
pub const APPLICATION: Kind = Kind::new("application");

/// A release of an application. Key: `tenant/application/number`.
pub const RELEASE: Kind = Kind::new("release");

/// An operation, whose journal is the stream of the same name. Key: its id.
pub const OPERATION: Kind = Kind::new("operation");

/// What an operation is to do, as it was planned. Key: the operation's id.
pub const PLAN: Kind = Kind::new("plan");

/// A volume of a tenant. Key: `tenant/volume`.
pub const VOLUME: Kind = Kind::new("volume");

/// Whom the platform put where as a member, whose journal is the stream `members/TENANT`. Key: the name of the tenant.
pub const MEMBERS: Kind = Kind::new("members");

/// An image namespace. Key: its name.
pub const NAMESPACE: Kind = Kind::new("namespace");

/// An image, whose journal is the stream `image/REPOSITORY:TAG@ID`, with the id of its namespace. Key: `repository:tag`.
pub const IMAGE: Kind = Kind::new("image");

/// That something is to be done about an image. Key: that of the image.
pub const IMAGE_WORK: Kind = Kind::new("image_work");

/// Which zones have the images of a namespace. Key: the name of the namespace.
pub const ZONE_RULE: Kind = Kind::new("zone_rule");

/// An image in its zones, whose journal is the stream `zones/REPOSITORY:TAG@ID`, with the id of its namespace. Key:
/// `repository:tag`.
pub const ZONED_IMAGE: Kind = Kind::new("zoned_image");

/// That something is to be done about an image in its zones, and when. Key: that of the image.
pub const ZONE_WORK: Kind = Kind::new("zone_work");

/// A request to show an image to all tenants, whose journal is the stream `publication/REPOSITORY:TAG@DIGEST@ID`, with the id
/// of its namespace. Key: `repository:tag@digest`.
pub const PUBLICATION: Kind = Kind::new("publication");

/// All of the above.
pub const ALL: &[Kind] = &[
    TENANT,
    APPLICATION,
    RELEASE,
    OPERATION,
    PLAN,
    VOLUME,
    MEMBERS,
    NAMESPACE,
    IMAGE,
    IMAGE_WORK,
    ZONE_RULE,
    ZONED_IMAGE,
    ZONE_WORK,
    PUBLICATION,
];
