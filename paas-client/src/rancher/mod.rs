//! Rancher 1.6, API v2-beta.
//!
//! | where | what |
//! | --- | --- |
//! | [`RancherClient`] | environments with their members, regions, account links, settings, the version |
//! | [`EnvironmentClient`] | stacks, services, volumes, waiting for their states |
//! | [`Resource`] | what all resources tell |

mod builder;
mod change;
mod client;
mod credentials;
mod environment;
mod environment_client;
mod id;
mod lenient;
mod member;
mod page;
mod refusal;
mod resource;
mod server;
mod service;
mod stack;
mod state;
mod text;
mod version;
mod volume;

pub use builder::RancherBuilder;
pub use client::RancherClient;
pub use credentials::Credentials;
pub use environment::{Environment, EnvironmentQuery, NewEnvironment, NewMember, PortRange};
pub use environment_client::{EnvironmentClient, InEnvironment};
pub use id::{
    AccountLinkId, ContainerId, EnvironmentId, HostId, ProjectTemplateId, RegionId, ServiceId, SettingId,
    StackId, VolumeId,
};
pub use member::{Identity, Member};
pub use resource::Resource;
pub use server::{AccountLink, Region, Setting};
pub use service::{
    HealthCheck, LaunchConfig, PublicEndpoint, ScalePolicy, Service, ServiceLink, ServiceQuery,
};
pub use stack::{NewStack, Stack, StackQuery};
pub use state::{HealthState, State, Transitioning};
pub use text::{Answers, ComposeText, Json};
pub use version::{Feature, RancherVersion};
pub use volume::{NewVolume, Volume, VolumeQuery};
