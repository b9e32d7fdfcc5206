//! Rule 16: what is no snapshot is refused, however near it comes. What says of itself that it is whole may be anything
//! all the same: then it is refused too, or it is an engine.

use super::{
    config,
    happening::Transition,
    machine::{Bench, Model},
    service::at,
    world::{NAMES, World},
};
use paas_scaling::Engine;
use proptest::{
    prelude::*,
    sample::{Index, select},
};
use proptest_state_machine::ReferenceStateMachine as _;

/// The check sum stands at the end.
const CHECK: usize = 4;
/// The magic and the format stand at the beginning.
const HEAD: usize = 12;

#[derive(Debug, Clone)]
enum Damage {
    Set(Index, u8),
    Flip(Index, u8),
    Cut(Index, usize),
    Insert(Index, Vec<u8>),
    Swap(Index, Index),
}

fn nudges() -> impl Strategy<Value = Damage> {
    let byte = prop_oneof![2 => 0..6_u8, 1 => any::<u8>(), 1 => select(vec![0x7f, 0x80, 0xff])];
    prop_oneof![
        (any::<Index>(), byte).prop_map(|(place, byte)| Damage::Set(place, byte)),
        (any::<Index>(), 0..8_u8).prop_map(|(place, bit)| Damage::Flip(place, bit)),
    ]
}

fn damages() -> impl Strategy<Value = Damage> {
    prop_oneof![
        2 => nudges(),
        1 => (any::<Index>(), 1..20_usize).prop_map(|(place, length)| Damage::Cut(place, length)),
        1 => (any::<Index>(), prop::collection::vec(any::<u8>(), 1..12))
            .prop_map(|(place, bytes)| Damage::Insert(place, bytes)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Damage::Swap(one, other)),
    ]
}

impl Damage {
    fn done_to(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let length = bytes.len();
        match self {
            Self::Set(place, byte) => bytes[place.index(length)] = *byte,
            Self::Flip(place, bit) => bytes[place.index(length)] ^= 1 << bit,
            Self::Cut(place, many) => {
                let place = place.index(length);
                bytes.drain(place..(place + many).min(length));
            }
            Self::Insert(place, more) => {
                let place = place.index(length);
                bytes.splice(place..place, more.iter().copied());
            }
            Self::Swap(one, other) => bytes.swap(one.index(length), other.index(length)),
        }
    }
}

fn snapshot(mut world: World, transitions: &[Transition]) -> (Vec<u8>, u32) {
    let mut bench = Bench::new(&world);
    let mut ask = |world: &World| {
        for step in &world.last {
            bench.ask(step);
        }
    };
    ask(&world);
    for transition in transitions {
        world = world.happen(transition);
        ask(&world);
    }
    (bench.engine.snapshot(), world.now)
}

/// Whatever it is, it works.
fn used(mut engine: Engine, now: u32) {
    for name in NAMES {
        if let Some(explanation) = engine.explain(name, at(now)) {
            assert!(!explanation.to_string().is_empty());
        }
    }
    for later in [0, 60, 3_600, 86_400] {
        let _ = engine.next_deadline();
        let _ = engine.advance(at(now + later), 16);
    }
    let snapshot = engine.snapshot();
    assert!(Engine::load(&snapshot).is_ok(), "what it writes it reads");
    let _ = Engine::restore(&snapshot, &[(NAMES[0], 7)], at(now + 90_000));
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_no_snapshot_is_refused(
        (world, transitions, _) in Model::sequential_strategy(1..20),
        damages in prop::collection::vec(damages(), 1..6),
        nudges in prop::collection::vec(nudges(), 1..3),
        noise in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let (whole, now) = snapshot(world, &transitions);
        prop_assert!(Engine::load(&whole).is_ok());
        prop_assert!(Engine::load(&noise).is_err());
        let mut headed = whole[..HEAD].to_vec();
        headed.extend(&noise);
        prop_assert!(Engine::load(&headed).is_err());

        let mut damaged = whole.clone();
        for damage in &damages {
            damage.done_to(&mut damaged);
        }
        if damaged != whole {
            prop_assert!(Engine::load(&damaged).is_err());
        }

        // The same with a check sum that is right; and only a little, in what stands behind the policies.
        let end = whole.len() - CHECK;
        prop_assert_eq!(&whole[end..], &crc32fast::hash(&whole[..end]).to_le_bytes()[..], "the check sum");
        let mut anything = whole[HEAD..end].to_vec();
        for damage in &damages {
            damage.done_to(&mut anything);
        }
        anything.splice(..0, whole[..HEAD].iter().copied());
        let behind = whole[..end].iter().rposition(|byte| *byte == b'}').unwrap_or(HEAD) + 1;
        let mut states = whole[behind..end].to_vec();
        for nudge in &nudges {
            nudge.done_to(&mut states);
        }
        states.splice(..0, whole[..behind].iter().copied());
        for mut sealed in [anything, states] {
            sealed.extend(crc32fast::hash(&sealed).to_le_bytes());
            if let Ok(engine) = Engine::load(&sealed) {
                used(engine, now);
            }
        }
    }
}
