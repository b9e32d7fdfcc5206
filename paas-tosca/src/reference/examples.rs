//! Examples of the profile's types: whole templates, which a test checks.

/// A template that shows some types.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Example {
    /// The types; its text stands with the first.
    pub types: &'static [&'static str],
    /// The template.
    pub text: &'static str,
}

/// All examples.
pub fn examples() -> impl Iterator<Item = &'static Example> {
    EXAMPLES.iter()
}

const EXAMPLES: &[Example] = &[
    Example {
        types: &[
            "paas.nodes.Service",
            "paas.nodes.Network",
            "paas.datatypes.Port",
            "paas.datatypes.HealthCheck",
            "paas.datatypes.LogFiles",
            "paas.datatypes.Resources",
            "paas.datatypes.UpdateStrategy",
            "paas.datatypes.ConfigurationFile",
            "paas.datatypes.Secret",
            "paas.datatypes.Affinity",
        ],
        text: include_str!("../../types/examples/service.yaml"),
    },
    Example {
        types: &["paas.nodes.LoadBalancer", "paas.datatypes.Route", "paas.datatypes.Stickiness"],
        text: include_str!("../../types/examples/load-balancer.yaml"),
    },
    Example {
        types: &["paas.nodes.Volume", "paas.relationships.Mounts", "paas.capabilities.Volume"],
        text: include_str!("../../types/examples/volume.yaml"),
    },
    Example {
        types: &["paas.nodes.ExternalService", "paas.relationships.PlacedIn"],
        text: include_str!("../../types/examples/external-service.yaml"),
    },
    Example {
        types: &["paas.relationships.SidekickOf", "paas.relationships.ConnectsTo"],
        text: include_str!("../../types/examples/relationships.yaml"),
    },
    Example {
        types: &[
            "paas.policies.Scaling.Cpu",
            "paas.policies.Scaling",
            "paas.policies.Scaling.Metric",
            "paas.policies.Scaling.Memory",
            "paas.policies.Scaling.Fixed",
        ],
        text: include_str!("../../types/examples/scaling.yaml"),
    },
    Example {
        types: &["paas.datatypes.Security", "paas.datatypes.HostMount"],
        text: include_str!("../../types/examples/security.yaml"),
    },
    Example {
        types: &["paas.policies.Placement"],
        text: include_str!("../../types/examples/placement.yaml"),
    },
];
