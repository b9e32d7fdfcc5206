use super::interpolate::Answers;
use serde_json::{Map, Value, json};

/// What the containers of a service are started from.
pub(super) fn launch_config(
    service: &Map<String, Value>,
    answers: &Answers,
    image: &str,
) -> Map<String, Value> {
    let mut config = Map::new();
    config.insert("type".to_owned(), "container".into());
    config.insert("imageUuid".to_owned(), format!("docker:{image}").into());
    for (key, field) in SAME {
        config.extend(service.get(*key).map(|value| ((*field).to_owned(), value.clone())));
    }
    config.extend(network(service));
    config.extend(
        service.get("volumes_from").map(|from| ("dataVolumesFromLaunchConfigs".to_owned(), from.clone())),
    );
    let environment = environment(service, answers);
    if !environment.is_empty() {
        config.insert("environment".to_owned(), environment.into());
    }
    config.entry("labels").or_insert_with(|| json!({}));
    if let Some(logging) = service.get("logging") {
        config.insert(
            "logConfig".to_owned(),
            json!({"driver": logging.get("driver"), "config": logging.get("options")}),
        );
    }
    if let Some(restart) = service.get("restart").and_then(Value::as_str) {
        let (name, count) = restart.split_once(':').unwrap_or((restart, "0"));
        let policy = json!({"name": name, "maximumRetryCount": count.parse::<i64>().unwrap_or_default()});
        config.insert("restartPolicy".to_owned(), policy);
    }
    if let Some(health) = service.get("health_check") {
        config.insert("healthCheck".to_owned(), camel(health));
    }
    if let Some(limits) = service.get("ulimits").and_then(Value::as_object) {
        let limit = |(name, value): (&String, &Value)| {
            let both = |field: &str| value.get(field).unwrap_or(value).clone();
            json!({"name": name, "soft": both("soft"), "hard": both("hard")})
        };
        config.insert("ulimits".to_owned(), limits.iter().map(limit).collect());
    }
    if let Some(tmpfs) = service.get("tmpfs").and_then(Value::as_array) {
        let mount = |text: &str| {
            let (path, options) = text.split_once(':').unwrap_or((text, ""));
            (path.to_owned(), options.into())
        };
        let mounts: Map<String, Value> = tmpfs.iter().filter_map(Value::as_str).map(mount).collect();
        config.insert("tmpfs".to_owned(), mounts.into());
    }
    config
}

/// A value whose keys are written `likeThis` instead of `like_this`, at every depth.
pub(super) fn camel(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (camel_word(key), camel(value))).collect())
        }
        Value::Array(items) => items.iter().map(camel).collect(),
        scalar => scalar.clone(),
    }
}

fn camel_word(key: &str) -> String {
    let mut parts = key.split('_');
    let mut word = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut chars = part.chars();
        word.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        word.push_str(chars.as_str());
    }
    word
}

fn network(service: &Map<String, Value>) -> Vec<(String, Value)> {
    let mode = service.get("network_mode").and_then(Value::as_str).unwrap_or("managed");
    match mode.strip_prefix("container:") {
        Some(other) => {
            vec![
                ("networkMode".to_owned(), "container".into()),
                ("networkLaunchConfig".to_owned(), other.into()),
            ]
        }
        None => vec![("networkMode".to_owned(), mode.into())],
    }
}

/// `K=V` items as a map. An item without `=` takes the answer of that name, if there is one.
fn environment(service: &Map<String, Value>, answers: &Answers) -> Map<String, Value> {
    let items = service.get("environment").and_then(Value::as_array);
    let pair = |item: &str| match item.split_once('=') {
        Some((key, value)) => Some((key.to_owned(), value.into())),
        None => answers.get(item).map(|answer| (item.to_owned(), answer.into())),
    };
    items.into_iter().flatten().filter_map(Value::as_str).filter_map(pair).collect()
}

/// Keys of the file whose values go into a field as they are.
const SAME: &[(&str, &str)] = &[
    ("blkio_weight", "blkioWeight"),
    ("cap_add", "capAdd"),
    ("cap_drop", "capDrop"),
    ("cgroup_parent", "cgroupParent"),
    ("command", "command"),
    ("cpu_period", "cpuPeriod"),
    ("cpu_quota", "cpuQuota"),
    ("cpu_shares", "cpuShares"),
    ("cpuset", "cpuSet"),
    ("description", "description"),
    ("devices", "devices"),
    ("disks", "disks"),
    ("dns", "dns"),
    ("dns_opt", "dnsOpt"),
    ("dns_search", "dnsSearch"),
    ("domainname", "domainName"),
    ("drain_timeout_ms", "drainTimeoutMs"),
    ("entrypoint", "entryPoint"),
    ("expose", "expose"),
    ("extra_hosts", "extraHosts"),
    ("group_add", "groupAdd"),
    ("hostname", "hostname"),
    ("init", "runInit"),
    ("ipc", "ipcMode"),
    ("isolation", "isolation"),
    ("labels", "labels"),
    ("mem_limit", "memory"),
    ("mem_reservation", "memoryReservation"),
    ("mem_swappiness", "memorySwappiness"),
    ("memory", "memoryMb"),
    ("memswap_limit", "memorySwap"),
    ("milli_cpu_reservation", "milliCpuReservation"),
    ("oom_kill_disable", "oomKillDisable"),
    ("oom_score_adj", "oomScoreAdj"),
    ("pid", "pidMode"),
    ("ports", "ports"),
    ("privileged", "privileged"),
    ("read_only", "readOnly"),
    ("security_opt", "securityOpt"),
    ("shm_size", "shmSize"),
    ("stdin_open", "stdinOpen"),
    ("stop_grace_period", "stopTimeout"),
    ("stop_signal", "stopSignal"),
    ("sysctls", "sysctls"),
    ("tty", "tty"),
    ("user", "user"),
    ("userdata", "userdata"),
    ("uts", "uts"),
    ("vcpu", "vcpu"),
    ("volume_driver", "volumeDriver"),
    ("volumes", "dataVolumes"),
    ("working_dir", "workingDir"),
];
