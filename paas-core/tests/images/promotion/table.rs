//! Every combination of state, event, case and role, against the table.

use super::bed::*;
use paas_core::{
    access::{Action, Role},
    images::promotion::{
        Command, CommandName, Context, Event, FailureClass, FailureKind, Image, Observation, Order,
        ProductionNamespace, Refusal, Right, StateName, SyncRule, Transition, WaitsFor, step,
        table::{Case, Happens, ROWS, Sort, To, row},
    },
    scaling::Timestamp,
};
use std::collections::BTreeSet;

/// One way in which a case of something happens to an image.
struct Scenario {
    image: Image,
    event: Event,
    context: Context,
    now: Timestamp,
}

fn seen(image: Image, seen: Observation) -> Scenario {
    Scenario { image, event: Event::Observed(seen), context: context(hourly(), "new"), now: at(40) }
}

/// All ways in which a case of something happens to an image in a state; none: it cannot. With this right, if it is a
/// command.
fn scenarios(state: StateName, happens: Happens, case: Case, right: Option<&Right>) -> Vec<Scenario> {
    let image = image_in(state);
    let copies = image.state.copy().is_some();
    let released = matches!(
        state,
        StateName::PendingSync
            | StateName::Syncing
            | StateName::Superseded
            | StateName::Synced
            | StateName::Gone
    );
    let same = image.digest.clone();
    let one = |observation| vec![seen(image.clone(), observation)];
    match (happens, case) {
        (Happens::Pushed, Case::SameDigest) => one(Observation::Pushed { digest: same }),
        (Happens::Pushed, Case::OtherDigest) => {
            let mut all = one(Observation::Pushed { digest: digest(9) });
            if state == StateName::Superseded {
                // Back to what is being copied: it is new all the same.
                all.extend(one(Observation::Pushed { digest: digest(1) }));
            }
            all
        }
        (Happens::Deleted, Case::Always) => one(Observation::Deleted),
        (Happens::CopyRenewed, Case::Current) if copies => {
            one(Observation::CopyRenewed { copy: copy("c-1") })
        }
        (Happens::CopyRenewed, Case::Older) => one(Observation::CopyRenewed { copy: copy("c-0") }),
        (Happens::CopySucceeded, Case::Equal) if copies => {
            one(Observation::CopySucceeded { copy: copy("c-1"), production: digest(1) })
        }
        (Happens::CopySucceeded, Case::Differs) if copies => [digest(2), digest(7)]
            .map(|production| {
                seen(image.clone(), Observation::CopySucceeded { copy: copy("c-1"), production })
            })
            .into(),
        (Happens::CopySucceeded, Case::Older) => [digest(1), digest(7)]
            .map(|production| {
                seen(image.clone(), Observation::CopySucceeded { copy: copy("c-0"), production })
            })
            .into(),
        (Happens::CopyFailed, Case::Equal) if copies => FailureKind::ALL
            .iter()
            .map(|kind| seen(image.clone(), failed("c-1", *kind, Some(Some(digest(1))))))
            .collect(),
        (Happens::CopyFailed, Case::Older) => {
            FailureKind::ALL.iter().map(|kind| seen(image.clone(), failed("c-0", *kind, None))).collect()
        }
        (Happens::CopyFailed, Case::Transient | Case::Terminal | Case::NamespaceMissing) if copies => {
            let class = match case {
                Case::Transient => FailureClass::Transient,
                Case::Terminal => FailureClass::Terminal,
                _ => FailureClass::NamespaceMissing,
            };
            let kinds = FailureKind::ALL.iter().filter(|kind| kind.class() == class);
            kinds
                .flat_map(|kind| {
                    [None, Some(None), Some(Some(digest(7)))].map(|read| failed("c-1", *kind, read))
                })
                .map(|observation| seen(image.clone(), observation))
                .collect()
        }
        (Happens::ProductionSeen, Case::Equal) if released => {
            one(Observation::ProductionSeen { digest: Some(digest(1)) })
        }
        (Happens::ProductionSeen, Case::Differs) => [None, Some(digest(7))]
            .map(|digest| seen(image.clone(), Observation::ProductionSeen { digest }))
            .into(),
        (Happens::NamespaceSeen, Case::NamespaceExists) => one(Observation::NamespaceSeen { exists: true }),
        (Happens::NamespaceSeen, Case::NamespaceMissing) => one(Observation::NamespaceSeen { exists: false }),
        (Happens::TimePassed, _) => times(&image, state, case),
        (Happens::Release | Happens::Withdraw | Happens::SyncNow, _) => {
            commands(&image, happens, case, right)
        }
        _ => Vec::new(),
    }
}

const NAMESPACES: [(Case, ProductionNamespace); 3] = [
    (Case::NamespaceExists, ProductionNamespace::Exists),
    (Case::NamespaceMissing, ProductionNamespace::Missing),
    (Case::NamespaceUnknown, ProductionNamespace::Unknown),
];

fn times(image: &Image, state: StateName, case: Case) -> Vec<Scenario> {
    let time = |image: &Image, rule, namespace, now| Scenario {
        image: image.clone(),
        event: Event::TimePassed,
        context: Context::new(rule, namespace, copy("new")),
        now,
    };
    let rules = [None, Some(SyncRule::Manual), hourly()];
    let namespaces = NAMESPACES.map(|(_, namespace)| namespace);
    let everywhere = |image: &Image, rules: &[Option<SyncRule>], now: Timestamp| -> Vec<Scenario> {
        let pairs = rules.iter().flat_map(|rule| namespaces.map(|namespace| (*rule, namespace)));
        pairs.map(|(rule, namespace)| time(image, rule, namespace, now)).collect()
    };
    let transient = fail(image, FailureKind::Unavailable);
    let terminal = fail(image, FailureKind::Denied);
    let (mut early, mut due) = (Vec::new(), Vec::new());
    match state {
        StateName::InDevelopment | StateName::Synced => {
            early.extend(everywhere(image, &rules, at(99 * HOUR)));
        }
        StateName::Syncing | StateName::Superseded | StateName::Gone => {
            early.extend(everywhere(image, &rules, at(79)));
            if case == Case::LeaseEnded {
                return everywhere(image, &rules, at(80));
            }
        }
        _ => {
            early.extend(everywhere(image, &rules[..2], at(99 * HOUR)));
            early.extend(everywhere(image, &rules, at(9 + HOUR)));
            early.extend(everywhere(&transient, &rules[..2], at(99 * HOUR)));
            early.extend(everywhere(&transient, &rules, at(40)));
            early.extend(everywhere(&terminal, &rules, at(99 * HOUR)));
            due.extend([
                (image.clone(), at(10 + HOUR)),
                (transient, at(100)),
                (lacking(image), at(30 + HOUR)),
            ]);
            early.extend(everywhere(&lacking(image), &rules, at(29 + HOUR)));
        }
    }
    let namespace = NAMESPACES.into_iter().find(|(of, _)| *of == case).map(|(_, namespace)| namespace);
    match (case, namespace) {
        (Case::Early, _) => early,
        (_, Some(namespace)) => {
            due.into_iter().map(|(image, now)| time(&image, hourly(), namespace, now)).collect()
        }
        _ => Vec::new(),
    }
}

/// What is to be copied, after a copy that failed at second 30.
fn fail(image: &Image, kind: FailureKind) -> Image {
    if image.state.name() != StateName::PendingSync {
        return image.clone();
    }
    let begun = command(image, Command::SyncNow, &context(hourly(), "c-1"), at(20)).unwrap();
    see(&begun.image.unwrap(), failed("c-1", kind, None), at(30))
}

/// What is to be copied, after production was found to lack the namespace at second 30.
fn lacking(image: &Image) -> Image {
    let context = Context::new(hourly(), ProductionNamespace::Missing, copy("c-1"));
    command(image, Command::SyncNow, &context, at(30)).unwrap().image.unwrap()
}

fn commands(image: &Image, happens: Happens, case: Case, right: Option<&Right>) -> Vec<Scenario> {
    let command = |case| match (happens, case) {
        (Happens::Release, Case::OtherDigest) => Command::Release { digest: digest(8) },
        (Happens::Release, _) => Command::Release { digest: image.digest.clone() },
        (Happens::Withdraw, _) => Command::Withdraw,
        _ => Command::SyncNow,
    };
    let make = |rule, namespace, right: &Right| Scenario {
        image: image.clone(),
        event: Event::Command(command(case), right.clone()),
        context: Context::new(rule, namespace, copy("new")),
        now: at(40),
    };
    let rules = [Some(SyncRule::Manual), hourly()];
    let found = NAMESPACES.into_iter().find(|(of, _)| *of == case).map(|(_, namespace)| namespace);
    if case == Case::NoRight {
        // Rights to something else, and elsewhere.
        let by = || "anna".parse().unwrap();
        let other = match command(case).action() {
            Action::Sync => Action::Update,
            _ => Action::Sync,
        };
        let wrong = [
            Right::trusted(by(), other, NAMESPACE),
            Right::trusted(by(), command(case).action(), "treasury"),
            Right::trusted(by(), Action::View, NAMESPACE),
        ];
        return wrong.iter().map(|right| make(hourly(), ProductionNamespace::Exists, right)).collect();
    }
    let Some(right) = right else { return Vec::new() };
    match (happens, case, found) {
        (Happens::SyncNow, Case::NoRule, _) => {
            NAMESPACES.map(|(_, namespace)| make(None, namespace, right)).into()
        }
        (Happens::SyncNow, _, Some(namespace)) => rules.map(|rule| make(rule, namespace, right)).into(),
        // Neither rule nor namespace matters.
        (Happens::Release | Happens::Withdraw, ..) => [None, Some(SyncRule::Manual), hourly()]
            .into_iter()
            .flat_map(|rule| NAMESPACES.map(|(_, namespace)| make(rule, namespace, right)))
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn each_combination_is_in_one_row() {
    for state in [None].into_iter().chain(StateName::ALL.iter().copied().map(Some)) {
        for happens in Happens::ALL {
            for case in happens.cases() {
                let rows = ROWS
                    .iter()
                    .filter(|row| row.happens == *happens && row.case == *case && row.is_from(state));
                assert!(rows.count() <= 1, "{state:?} {happens:?} {case:?}");
            }
        }
    }
    for row in ROWS {
        assert!(row.happens.cases().contains(&row.case), "{row:?}");
        assert!(row.to != To::Refused || row.happens.sort() == Sort::Command, "{row:?}");
        let can = row.from.iter().all(|state| {
            let right = right_of(Role::PlatformAdministrator, false, Action::Update);
            !scenarios(*state, row.happens, row.case, right.as_ref()).is_empty()
        });
        assert!(can, "nothing tries {row:?}");
    }
}

/// Every state, event and case; commands for every role, in and outside the namespace.
#[test]
fn every_combination_goes_as_its_row_says() {
    let mut tried = BTreeSet::new();
    let mut count = 0;
    for &state in StateName::ALL {
        for &happens in Happens::ALL {
            for &case in happens.cases() {
                for (role, is_member) in Role::ALL.iter().flat_map(|role| [(*role, false), (*role, true)]) {
                    let action = happens.command().map(CommandName::action);
                    let right = action.and_then(|action| right_of(role, is_member, action));
                    let may = matches!(
                        role,
                        Role::PlatformAdministrator | Role::TenantAdministrator | Role::SeniorMember
                    );
                    assert_eq!(right.is_some(), may && action.is_some(), "{role} {action:?}");
                    let scenarios = scenarios(state, happens, case, right.as_ref());
                    let row = row(Some(state), happens, case);
                    assert!(row.is_some() || scenarios.is_empty(), "{state:?} {happens:?} {case:?}");
                    for Scenario { image, event, context, now } in scenarios {
                        let row = row.unwrap();
                        let outcome = step(&image, event.clone(), &context, now);
                        let told = format!("{state:?} {event:?} {context:?}: {outcome:?}");
                        agrees(&image, &outcome, row.to, &told);
                        says(&image, &outcome, case, &told);
                        tried.insert((state, happens, case));
                        count += 1;
                    }
                }
            }
        }
    }
    let rows: BTreeSet<_> =
        ROWS.iter().flat_map(|row| row.from.iter().map(|state| (*state, row.happens, row.case))).collect();
    assert_eq!(tried, rows);
    assert!(count > 4_000, "{count}");
}

fn agrees(before: &Image, outcome: &Result<Transition, Refusal>, to: To, told: &str) {
    let Ok(transition) = outcome else { return assert_eq!(to, To::Refused, "{told}") };
    assert_ne!(to, To::Refused, "{told}");
    let after = transition.image.as_ref();
    let expected = match to {
        To::Stays => Some(before.state.name()),
        To::State(state) => Some(state),
        _ => None,
    };
    assert_eq!(after.map(|image| image.state.name()), expected, "{told}");
    assert_eq!(transition.writes, after != Some(before), "{told}");
    // What moves an image is told, from where and to where.
    let moved = after.map(|image| image.state.name()) != Some(before.state.name());
    assert!(!moved || transition.change.is_some(), "{told}");
    if let Some(change) = &transition.change {
        assert_eq!((change.from, change.to), (before.state.name(), expected), "{told}");
        assert!(change.to_string().contains("retail-shop/web:1.4"), "{change}");
    }
    // Only what leads to a copy orders one, with the lease that the image has.
    let copies: Vec<_> =
        transition.orders.iter().filter(|order| matches!(order, Order::Copy { .. })).collect();
    let begins = moved && to == To::State(StateName::Syncing);
    assert_eq!(copies.len(), usize::from(begins), "{told}");
    if let Some(Order::Copy { copy, digest, until, .. }) = copies.first() {
        let after = after.unwrap();
        let running = after.state.copy().unwrap();
        assert_eq!((copy, until), (&running.id, &running.until), "{told}");
        assert_eq!(Some(digest), after.approval().map(|approval| &approval.digest), "{told}");
        assert_eq!(digest, &after.digest, "{told}");
    }
}

fn says(before: &Image, outcome: &Result<Transition, Refusal>, case: Case, told: &str) {
    match outcome {
        Err(refusal) => {
            assert!(
                refusal.to_string().contains("retail-shop/web:1.4") && !refusal.help().is_empty(),
                "{told}"
            );
            let code = match (case, before.state.name()) {
                (Case::NoRight, _) => "images.wrong_right",
                (Case::OtherDigest, StateName::InDevelopment) => "images.other_digest",
                (Case::NoRule, StateName::PendingSync) => "images.no_rule",
                _ => "images.wrong_state",
            };
            assert_eq!(refusal.code(), code, "{told}");
            if let Refusal::WrongState { state, .. } = refusal {
                assert_eq!(*state, before.state.name(), "{told}");
                assert!(refusal.to_string().ends_with(state.title()), "{refusal}");
            }
        }
        Ok(Transition { image: Some(image), .. }) => {
            // A written image is read again as it is.
            let json = serde_json::to_string(image).unwrap();
            assert_eq!(&serde_json::from_str::<Image>(&json).unwrap(), image, "{json}");
            if case == Case::Terminal && before.state.name() == StateName::Syncing {
                assert_eq!(image.waits_for(hourly().as_ref()), Some(WaitsFor::Person), "{told}");
            }
            if case == Case::Transient && before.state.name() == StateName::Syncing {
                let waits = image.waits_for(hourly().as_ref());
                assert!(matches!(waits, Some(WaitsFor::Time { .. })), "{told}");
                assert_eq!(image.waits_for(Some(&SyncRule::Manual)), Some(WaitsFor::Person), "{told}");
                assert_eq!(image.waits_for(None), Some(WaitsFor::Rule), "{told}");
            }
        }
        Ok(_) => {}
    }
}
