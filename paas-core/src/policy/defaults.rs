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

/// Keys of Rancher's files that change nothing but the container itself. What is not here reaches further:
///
/// | keys | why not |
/// | --- | --- |
/// | `labels` | `create_agent` and its like give a container keys to Rancher |
/// | `network_mode`, `mac_address`, `dns`, `extra_hosts`, `external_links` | past the connections that reviewers see |
/// | `cgroup_parent`, `oom_kill_disable`, `oom_score_adj`, `memswap_limit` | past the limits of `resources` |
/// | `blkio_weight`, `blkio_weight_device`, `cpuset`, `device_read_bps`, `device_read_iops`, `device_write_bps`, `device_write_iops` | name disks and cores of hosts, which others use too |
/// | `group_add`, `isolation`, `sysctls`, `uts` | what confines it, or what it shares with its host |
/// | `logging` | past the collection of logs |
/// | `lb_config` | takes requests of load balancers that others run |
/// | `volume_driver`, `storage_driver`, `network_driver` | what the platform itself is made of |
/// | `type`, `userdata`, `vcpu`, `memory`, `disks` | a virtual machine instead of a container |
pub(super) const RANCHER_KEYS: &[&str] = &[
    // A weight among containers of a host: the limit of each stays.
    "cpu_shares",
    // Words for people.
    "description",
    // How its own names are looked up, by the same servers.
    "dns_opt",
    "dns_search",
    // Its own name.
    "domainname",
    // A first process that cleans up after the others.
    "init",
    // How its own memory is swapped.
    "mem_swappiness",
    // What it finds about itself in Rancher's metadata.
    "metadata",
    // When Docker starts it again.
    "restart",
    // The address that it has anyway.
    "retain_ip",
    // How many there are, within bounds that stand in the template.
    "scale_policy",
    // Memory, which counts against its limit.
    "shm_size",
    // Rancher does not read it.
    "start_on_create",
    // How it is asked to end.
    "stop_signal",
    // Memory, which counts against its limit.
    "tmpfs",
    // How many files and processes its own programs may have.
    "ulimits",
];
