//! Where the logic of the platform meets the world.
//!
//! What is decided elsewhere is kept and carried out here, so this is the only crate with state. It takes time, chance
//! and storage from outside, which lets a test hold all three in its hand.
//!
//! ```
//! use paas_platform::{
//!     seam::{Timestamp, VirtualClock},
//!     store::{Batch, MemoryStore, Store, kinds},
//! };
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let clock = VirtualClock::at(Timestamp::from_millis(1_800_000_000_000));
//! let store = MemoryStore::new(clock);
//!
//! let made = store.commit(Batch::new().create(kinds::APPLICATION, "acme/bank", b"v1")).await?;
//! let batch = Batch::new().put(kinds::APPLICATION, "acme/bank", made.version, b"v2");
//! store.commit(batch.clone()).await?;
//!
//! // Who still thinks of the first version is told so; nothing is overwritten.
//! let error = store.commit(batch).await.unwrap_err();
//! assert_eq!(error.code(), "store.conflict");
//! # Ok::<(), paas_platform::store::StoreError>(())
//! # }).unwrap();
//! ```
//!
//! | module | what |
//! | --- | --- |
//! | [`Platform`] | what a portal embeds: [`Tenants`], [`Applications`], [`Operations`], [`Members`], [`Namespaces`], [`Images`], [`ImageZones`], for an actor |
//! | [`seam`] | [`Clock`](seam::Clock) and [`Random`](seam::Random): of the system, and for tests |
//! | [`store`] | [`Store`](store::Store): records, journal, outbox and leases; in memory and in SQLite |
//! | [`tenants`] | the tenant file: whose networks and file servers there are |
//!
//! # Features
//!
//! - `schema`: JSON Schemas of the documents (`schema`), from the types themselves.
//! - `testing`: `store::behaviour`, the tests that every store must pass.

#[cfg(feature = "schema")]
pub mod schema;
pub mod seam;
pub mod store;
pub mod tenants;
mod who;

mod applications;
mod audit;
mod engine;
mod error;
mod images;
mod keeping;
mod mall;
mod members;
mod namespaces;
mod operations;
mod platform;
mod records;
mod secrets;
mod table;
mod zones;

pub use applications::{
    ApplicationStatus, Applications, Deploy, NetworkStatus, Planned, Planning, ServiceChange, ServiceStatus,
};
pub use engine::ExecutionPolicy;
pub use error::{Class, Error, ErrorKind, Failure, Result, StepFailure, StepFailureKind};
pub use images::{
    CopyProgress, CopyRequest, HarborCopier, HarborRegistry, ImageCopier, ImageCopy, ImageEntry, ImageHook,
    ImageNotice, ImageQuery, ImageRegistry, ImageStatus, ImageTrouble, Images, ImagesSettings, KeepingImages,
    LabelsReport, Progress, RegistryCopier, StateLabels, SweepFailure, SweepReport, SweepSettings,
};
pub use mall::{Mall, MallImage, MallQuery, PublicationEntry, PublicationQuery, PublicationStatus};
pub use members::{
    KeepingMembers, Members, MembersEntry, MembersFailure, MembersNote, MembersOptions, MembersReport, Place,
};
pub use namespaces::{Namespace, Namespaces};
pub use operations::{
    Event, EventKind, Events, IntentResult, JournalEntry, Note, Operation, OperationId, OperationState,
    OperationStatus, Operations, StepResult,
};
pub use platform::{Acting, Platform, PlatformBuilder};
pub use records::ApplicationState;
pub use secrets::{SecretRequest, SecretSource, Secrets};
pub use tenants::Tenants;
pub use zones::{
    ImageZones, KeepingZones, NamespaceZones, RegistryZoneCopier, ZoneChange, ZoneCopier, ZoneCopy,
    ZoneEntry, ZoneHappening, ZoneRule, ZoneScan, ZoneScanFailure, ZonedImage, ZonesSettings,
};

/// A future that can be given on, without its type being known.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
