//! What the lists of a policy hold unless a policy file says otherwise.

/// What Docker gives to every container anyway: to add one of them after `ALL` were dropped is careful, not dangerous.
pub(super) const CAPABILITIES: &[&str] = &[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "NET_RAW",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// What the host is made of, what it keeps secret, and where its containers are.
pub(super) const FORBIDDEN_PATHS: &[&str] = &[
    "/",
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/lib",
    "/lib64",
    "/proc",
    "/root",
    "/run",
    "/sbin",
    "/sys",
    "/usr",
    "/var/lib/containerd",
    "/var/lib/docker",
    "/var/lib/rancher",
    "/var/run",
];

/// Labels that Rancher and Docker read.
pub(super) const LABEL_PREFIXES: &[&str] =
    &["com.docker.", "io.docker.", "io.rancher.", "org.dockerproject."];

/// Tags that are moved on from build to build.
pub(super) const MUTABLE_TAGS: &[&str] = &[
    "*-latest",
    "*-snapshot",
    "dev",
    "develop",
    "edge",
    "latest",
    "main",
    "master",
    "nightly",
    "snapshot",
    "stable",
];

/// Images whose containers keep data.
pub(super) const STATEFUL_IMAGES: &[&str] = &[
    "cassandra",
    "clickhouse",
    "clickhouse-server",
    "cockroach",
    "consul",
    "couchdb",
    "elasticsearch",
    "etcd",
    "influxdb",
    "kafka",
    "mariadb",
    "minio",
    "mongo",
    "mongodb",
    "mysql",
    "nats-streaming",
    "neo4j",
    "opensearch",
    "oracle",
    "percona",
    "postgres",
    "postgresql",
    "prometheus",
    "rabbitmq",
    "redis",
    "solr",
    "vault",
    "zookeeper",
];
