//! A model of what runs, on which the steps of an update are done.

use paas_core::{
    application::{Access, External, LinkKind, Protocol, Service, ServiceKind},
    release::{
        Release,
        difference::{UpgradeAction, UpgradeStep},
    },
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Does all steps: nothing collides, nothing is missing, and the new release is what there is at the end.
pub(super) fn carry_out(old: &Release, new: &Release, steps: &[UpgradeStep]) -> Result<(), String> {
    let mut world = World {
        places: [places(old), places(new)],
        stacks: places(old).into_values().collect(),
        units: wanted(old),
        wanted: wanted(new),
        upgraded: BTreeSet::new(),
        made: 0,
    };
    let before: Vec<Key> = world.units.keys().cloned().collect();
    for key in before {
        let leads_to = world.leads_to(&key, &world.units[&key]);
        let unit = world.units.get_mut(&key).unwrap();
        (unit.leads_to, unit.set) = (leads_to, unit.connections.clone());
    }
    for step in steps {
        world.step(step).map_err(|why| format!("{step}: {why}"))?;
    }
    world.is_as_wanted()
}

/// An environment and a stack.
type Place = (String, String);

/// What is in a stack, by its name.
type Key = (Place, String);

struct World {
    /// The places of the networks, before and after.
    places: [BTreeMap<String, Place>; 2],
    stacks: BTreeSet<Place>,
    units: BTreeMap<Key, Unit>,
    wanted: BTreeMap<Key, Unit>,
    upgraded: BTreeSet<Key>,
    /// How many services were made.
    made: usize,
}

#[derive(Debug, Clone)]
struct Unit {
    /// All names that it has in its stack.
    names: BTreeSet<String>,
    ports: BTreeSet<(u16, Protocol)>,
    writes: BTreeSet<String>,
    /// Those of them that are for one writer.
    alone: BTreeSet<String>,
    /// What it is made of, but for what is set without new containers.
    containers: Vec<Value>,
    scale: Option<Value>,
    connections: BTreeSet<(String, String)>,
    routes: BTreeSet<String>,
    is_service: bool,
    start_first: bool,
    keeps_address: bool,
    is_new: bool,
    is_running: bool,
    /// Which of all services of its name it is.
    made: usize,
    /// What its links and routes lead to.
    leads_to: BTreeMap<String, Option<usize>>,
    /// Which connections were set.
    set: BTreeSet<(String, String)>,
}

fn places(release: &Release) -> BTreeMap<String, Place> {
    let place = |environment: &str| (environment.to_owned(), release.stack.clone());
    release.parts.iter().map(|part| (part.network.name.clone(), place(&part.environment))).collect()
}

/// All that a release has.
fn wanted(release: &Release) -> BTreeMap<Key, Unit> {
    let mut units = BTreeMap::new();
    for part in &release.parts {
        let place = (part.environment.clone(), release.stack.clone());
        for service in part.services.iter().filter(|service| service.sidekick().is_none()) {
            let beside = part
                .services
                .iter()
                .filter(|other| other.sidekick().is_some_and(|sidekick| sidekick.of == service.name));
            let all: Vec<&Service> = std::iter::once(service).chain(beside).collect();
            units.insert((place.clone(), service.name.clone()), Unit::new(release, &all));
        }
        for stand_in in &part.stand_ins {
            let mut unit = Unit::new(release, &[]);
            unit.names.insert(stand_in.service.clone());
            unit.containers.push(serde_json::to_value(stand_in).unwrap());
            units.insert((place.clone(), stand_in.service.clone()), unit);
        }
    }
    units
}

impl Unit {
    /// A service with all that runs beside it.
    fn new(release: &Release, all: &[&Service]) -> Self {
        let mut unit = Self {
            names: all.iter().map(|service| service.name.clone()).collect(),
            ports: BTreeSet::new(),
            writes: BTreeSet::new(),
            alone: BTreeSet::new(),
            containers: Vec::new(),
            scale: None,
            connections: BTreeSet::new(),
            routes: BTreeSet::new(),
            is_service: !all.is_empty(),
            start_first: false,
            keeps_address: false,
            is_new: false,
            is_running: true,
            made: 0,
            leads_to: BTreeMap::new(),
            set: BTreeSet::new(),
        };
        for (index, service) in all.iter().enumerate() {
            let mut json = serde_json::to_value(service).unwrap();
            let fields = json.as_object_mut().unwrap();
            fields.remove("links");
            fields.remove("update");
            let scale = fields.remove("scale");
            unit.containers.push(json);
            match &service.kind {
                ServiceKind::Container(container) => {
                    for port in &container.ports {
                        let on_host = container.security.host_network.then_some(port.container);
                        let number = match port.external {
                            External::Given(number) => Some(number),
                            _ => on_host,
                        };
                        unit.ports.extend(number.map(|number| (number, port.protocol)));
                    }
                    let written = container.mounts.iter().filter(|mount| !mount.read_only);
                    unit.writes.extend(written.map(|mount| mount.volume.clone()));
                    let connections = service.links.iter().filter(|link| link.kind == LinkKind::Connection);
                    unit.connections
                        .extend(connections.map(|link| (link.to.clone(), link.name().to_owned())));
                    if index == 0 {
                        unit.scale = scale.filter(|_| !container.everywhere);
                        unit.start_first = container.update.as_ref().is_some_and(|update| update.start_first);
                        unit.keeps_address = container.rancher.contains_key("retain_ip");
                    }
                }
                ServiceKind::LoadBalancer(balancer) => {
                    unit.scale = scale;
                    unit.ports.extend(balancer.routes.iter().map(|route| (route.listen, Protocol::Tcp)));
                    unit.routes.extend(balancer.routes.iter().map(|route| route.service.clone()));
                }
                _ => {}
            }
        }
        let is_shared = |name: &String| {
            let volume = release.volumes.iter().find(|volume| volume.name == *name);
            volume.is_some_and(|volume| volume.access == Some(Access::ManyWriters))
        };
        unit.alone = unit.writes.iter().filter(|name| !is_shared(name)).cloned().collect();
        unit
    }
}

impl World {
    fn key(&self, step: &UpgradeStep, place: usize) -> Result<Key, String> {
        let network = step.network.as_ref().ok_or("no network")?;
        let place = self.places[place].get(network).ok_or("a network that is not there")?;
        Ok((place.clone(), step.name.clone()))
    }

    /// Something of the old release, as it was.
    fn before(&mut self, step: &UpgradeStep) -> Result<(Key, &mut Unit), String> {
        let key = self.key(step, 0)?;
        let unit = self.units.get_mut(&key).ok_or("it is not there")?;
        if unit.is_new { Err("it is new already".to_owned()) } else { Ok((key, unit)) }
    }

    /// Something that runs where it is in the new release.
    fn now(&mut self, step: &UpgradeStep) -> Result<(Key, &mut Unit), String> {
        let key = self.key(step, 1)?;
        let unit = self.units.get_mut(&key).ok_or("it is not there")?;
        if unit.is_running { Ok((key, unit)) } else { Err("it does not run".to_owned()) }
    }

    fn step(&mut self, step: &UpgradeStep) -> Result<(), String> {
        match step.action {
            UpgradeAction::CreateStack => {
                let (place, _) = self.key(step, 1)?;
                if !self.stacks.insert(place.clone()) {
                    return Err("it is there".to_owned());
                }
                let stand_ins = self.wanted.iter().filter(|((at, _), unit)| *at == place && !unit.is_service);
                self.units.extend(stand_ins.map(|(key, unit)| (key.clone(), unit.clone())));
            }
            UpgradeAction::RemoveStack => {
                let (place, _) = self.key(step, 0)?;
                if !self.stacks.remove(&place) {
                    return Err("it is not there".to_owned());
                }
                if self.units.iter().any(|((at, _), unit)| *at == place && unit.is_new) {
                    return Err("it holds what is new".to_owned());
                }
                self.units.retain(|(at, _), _| *at != place);
            }
            UpgradeAction::CreateService => {
                let key = self.key(step, 1)?;
                let mut unit = self.wanted.get(&key).ok_or("it is not wanted")?.clone();
                if !self.stacks.contains(&key.0) {
                    return Err("its stack is not there".to_owned());
                }
                self.collides(&key, &unit, false)?;
                self.made += 1;
                (unit.is_new, unit.made, unit.set) = (true, self.made, unit.connections.clone());
                self.units.insert(key.clone(), unit);
                self.link(&key);
            }
            UpgradeAction::RemoveService => {
                let (key, _) = self.before(step)?;
                self.units.remove(&key);
            }
            UpgradeAction::StopService => {
                let (_, unit) = self.before(step)?;
                if !unit.is_service || !std::mem::take(&mut unit.is_running) {
                    return Err("it does not run".to_owned());
                }
            }
            UpgradeAction::UpgradeService => self.upgrade(step)?,
            UpgradeAction::RelinkService => {
                let (key, unit) = self.now(step)?;
                if !unit.is_service {
                    return Err("it has no links".to_owned());
                }
                self.link(&key);
            }
            UpgradeAction::RerouteService => {
                let (key, _) = self.now(step)?;
                self.link(&key);
            }
            UpgradeAction::ScaleService => {
                let (key, _) = self.now(step)?;
                let scale = self.wanted[&key].scale.clone();
                self.units.get_mut(&key).unwrap().scale = scale;
            }
            UpgradeAction::FinishUpgrade => {
                let (key, _) = self.now(step)?;
                if !self.upgraded.remove(&key) {
                    return Err("it was not upgraded".to_owned());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn upgrade(&mut self, step: &UpgradeStep) -> Result<(), String> {
        let (key, before) = self.before(step)?;
        let before = before.clone();
        if self.key(step, 1)? != key {
            return Err("it is elsewhere now".to_owned());
        }
        let mut unit = self.wanted.get(&key).ok_or("it is not wanted")?.clone();
        if unit.start_first && unit.keeps_address {
            return Err("it keeps its address".to_owned());
        }
        let is_together = !unit.ports.is_disjoint(&before.ports) || !unit.alone.is_disjoint(&before.writes);
        if unit.start_first && is_together != step.why.contains("the old containers stop first") {
            return Err("its old containers stop first, or do not".to_owned());
        }
        self.collides(&key, &unit, true)?;
        (unit.is_new, unit.made) = (true, before.made);
        (unit.scale, unit.set, unit.leads_to) = (before.scale, before.set, before.leads_to);
        let is_balancer = !unit.routes.is_empty();
        self.units.insert(key.clone(), unit);
        if is_balancer {
            self.link(&key);
        }
        self.upgraded.insert(key);
        Ok(())
    }

    /// Whether what comes needs what others have.
    fn collides(&self, key: &Key, unit: &Unit, is_upgrade: bool) -> Result<(), String> {
        for (other_key, other) in self.units.iter().filter(|(other, _)| !is_upgrade || *other != key) {
            let name = &other_key.1;
            if other_key.0 == key.0 && !other.names.is_disjoint(&unit.names) {
                return Err(format!("{name} has its name"));
            }
            if other_key.0.0 == key.0.0 && other.is_running && !other.ports.is_disjoint(&unit.ports) {
                return Err(format!("{name} has its port"));
            }
            let after = self.wanted.iter().find(|((_, after), unit)| after == name && unit.is_service);
            let may_write = |volume: &String| {
                *name != key.1 && after.is_some_and(|(_, after)| after.writes.contains(volume))
            };
            let both = other.writes.intersection(&unit.alone).find(|volume| !may_write(volume));
            if let Some(volume) = both
                && other.is_running
                && !other.is_new
            {
                return Err(format!("{name} writes to {volume}"));
            }
        }
        Ok(())
    }

    /// Sets the links of a unit, or its routes.
    fn link(&mut self, key: &Key) {
        let wanted = self.wanted[key].connections.clone();
        let leads_to = self.leads_to(key, &self.wanted[key]);
        let unit = self.units.get_mut(key).unwrap();
        (unit.set, unit.leads_to) = (wanted, leads_to);
    }

    /// What links and routes lead to in the same stack, as it is now.
    fn leads_to(&self, (place, _): &Key, unit: &Unit) -> BTreeMap<String, Option<usize>> {
        let targets = unit.connections.iter().map(|(to, _)| to).chain(&unit.routes);
        let made = |to: &String| self.units.get(&(place.clone(), to.clone())).map(|target| target.made);
        targets.map(|to| (to.clone(), made(to))).collect()
    }

    fn is_as_wanted(&self) -> Result<(), String> {
        let there = |units: &BTreeMap<Key, Unit>| -> Vec<Key> { units.keys().cloned().collect() };
        if there(&self.units) != there(&self.wanted) {
            return Err(format!("{:?} instead of {:?}", there(&self.units), there(&self.wanted)));
        }
        if !self.upgraded.is_empty() {
            return Err(format!("not finished: {:?}", self.upgraded));
        }
        if self.stacks != self.places[1].values().cloned().collect() {
            return Err(format!("stacks: {:?}", self.stacks));
        }
        for (key, wanted) in &self.wanted {
            let unit = &self.units[key];
            let is_right = unit.is_running
                && unit.containers == wanted.containers
                && unit.scale == wanted.scale
                && unit.set == wanted.connections;
            if !is_right {
                return Err(format!("{key:?} is {unit:#?} instead of {wanted:#?}"));
            }
            for (to, made) in &unit.leads_to {
                let now = self.units.get(&(key.0.clone(), to.clone())).map(|target| target.made);
                // Without one in its stack a link is by the name of another.
                if made.is_some() && now.is_some() && *made != now {
                    return Err(format!("{key:?} leads to a {to} of before"));
                }
            }
        }
        Ok(())
    }
}
