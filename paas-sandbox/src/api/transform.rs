use serde_json::{Map, Value, json};

/// What `scripts/transform` makes of a container as Docker describes it: a launch configuration. The executor sends it
/// for each service.
pub(super) fn transform(container: &Map<String, Value>) -> Value {
    let part = |name: &str| container.get(name).cloned().unwrap_or_default();
    let (config, host) = (part("Config"), part("HostConfig"));
    let mut launch = Map::new();
    launch.insert("type".to_owned(), "container".into());
    if let Some(image) = config.get("Image").and_then(Value::as_str) {
        launch.insert("imageUuid".to_owned(), format!("docker:{image}").into());
    }
    for (source, fields) in [(&config, CONFIG), (&host, HOST)] {
        for (from, to) in fields {
            if let Some(value) = source.get(*from).filter(|value| !is_empty(value)) {
                launch.insert((*to).to_owned(), value.clone());
            }
        }
    }
    let pairs = config.get("Env").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let environment: Map<String, Value> = pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (key.to_owned(), value.into()))
        .collect();
    if !environment.is_empty() {
        launch.insert("environment".to_owned(), environment.into());
    }
    let ports: Vec<String> = published(&host);
    if !ports.is_empty() {
        launch.insert("ports".to_owned(), ports.into());
    }
    if let Some(log) = host.get("LogConfig").filter(|log| log.get("Type").is_some_and(|kind| kind != "")) {
        launch
            .insert("logConfig".to_owned(), json!({"driver": log.get("Type"), "config": log.get("Config")}));
    }
    if let Some(policy) =
        host.get("RestartPolicy").filter(|policy| policy.get("Name").is_some_and(|name| name != ""))
    {
        let policy =
            json!({"name": policy.get("Name"), "maximumRetryCount": policy.get("MaximumRetryCount")});
        launch.insert("restartPolicy".to_owned(), policy);
    }
    Value::Object(launch)
}

fn published(host: &Value) -> Vec<String> {
    let mut ports = Vec::new();
    for (port, bindings) in host.get("PortBindings").and_then(Value::as_object).into_iter().flatten() {
        for binding in bindings.as_array().into_iter().flatten() {
            let text =
                |field: &str| binding.get(field).and_then(Value::as_str).filter(|text| !text.is_empty());
            let (ip, host_port) = (text("HostIp"), text("HostPort"));
            let ip = ip.map(|ip| format!("{ip}:")).unwrap_or_default();
            let host_port = host_port.map(|port| format!("{port}:")).unwrap_or_default();
            ports.push(format!("{ip}{host_port}{port}"));
        }
    }
    ports
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
    }
}

const CONFIG: &[(&str, &str)] = &[
    ("Cmd", "command"),
    ("Domainname", "domainName"),
    ("Entrypoint", "entryPoint"),
    ("Hostname", "hostname"),
    ("Labels", "labels"),
    ("OpenStdin", "stdinOpen"),
    ("StopSignal", "stopSignal"),
    ("StopTimeout", "stopTimeout"),
    ("Tty", "tty"),
    ("User", "user"),
    ("WorkingDir", "workingDir"),
];

const HOST: &[(&str, &str)] = &[
    ("Binds", "dataVolumes"),
    ("BlkioWeight", "blkioWeight"),
    ("CapAdd", "capAdd"),
    ("CapDrop", "capDrop"),
    ("CgroupParent", "cgroupParent"),
    ("CpuPeriod", "cpuPeriod"),
    ("CpuQuota", "cpuQuota"),
    ("CpuShares", "cpuShares"),
    ("CpusetCpus", "cpuSet"),
    ("CpusetMems", "cpuSetMems"),
    ("Dns", "dns"),
    ("DnsOptions", "dnsOpt"),
    ("DnsSearch", "dnsSearch"),
    ("ExtraHosts", "extraHosts"),
    ("GroupAdd", "groupAdd"),
    ("Init", "runInit"),
    ("IpcMode", "ipcMode"),
    ("Isolation", "isolation"),
    ("KernelMemory", "kernelMemory"),
    ("Memory", "memory"),
    ("MemoryReservation", "memoryReservation"),
    ("MemorySwap", "memorySwap"),
    ("MemorySwappiness", "memorySwappiness"),
    ("OomKillDisable", "oomKillDisable"),
    ("OomScoreAdj", "oomScoreAdj"),
    ("PidMode", "pidMode"),
    ("PidsLimit", "pidsLimit"),
    ("Privileged", "privileged"),
    ("PublishAllPorts", "publishAllPorts"),
    ("ReadonlyRootfs", "readOnly"),
    ("SecurityOpt", "securityOpt"),
    ("ShmSize", "shmSize"),
    ("Sysctls", "sysctls"),
    ("Tmpfs", "tmpfs"),
    ("UTSMode", "uts"),
    ("UsernsMode", "usernsMode"),
];
