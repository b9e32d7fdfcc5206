//! Decisions by the same matrix: ours, casbin's and cedar's, in one process and in turns.
//!
//! 1,000 tenants of ten users; 65,536 random requests, of which a tenth are about another tenant. All engines must say
//! the same to each request before anything is measured. Prints a line of JSON for each engine: the median of its turns.

#![allow(clippy::unwrap_used, reason = "a benchmark ends at what it did not expect")]

mod casbins;
mod cedars;
mod clock;
mod world;

use clock::thread_time;
use std::hint::black_box;
use world::World;

/// Turns that each engine has.
const TURNS: usize = 9;

/// Of so many requests at most a turn of a slow engine is made.
const FEW: usize = 2_048;

fn main() {
    let world = World::new(65_536);
    let expected: Vec<bool> = world.requests.iter().map(|request| world.by_name(request)).collect();
    let allowed = expected.iter().filter(|allowed| **allowed).count();

    let mut casbin = casbins::Casbin::new(&world);
    let cedar = cedars::Cedar::new(&world, FEW);
    for (index, request) in world.requests.iter().enumerate() {
        assert_eq!(world.by_number(index), expected[index], "by numbers: {request:?}");
        if index < FEW {
            assert_eq!(casbin.decide(index), expected[index], "casbin: {request:?}");
            assert_eq!(cedar.decide(index), expected[index], "cedar: {request:?}");
        }
    }

    let mut times = [const { Vec::new() }; 4];
    for _ in 0..TURNS {
        times[0].push(each(world.requests.len(), |index| world.by_number(index)));
        times[1].push(each(world.requests.len(), |index| world.by_name(&world.requests[index])));
        times[2].push(each(FEW, |index| casbin.decide(index)));
        times[3].push(each(FEW, |index| cedar.decide(index)));
    }
    for (engine, mut times) in ["by_number", "by_name", "casbin", "cedar"].into_iter().zip(times) {
        times.sort_by(f64::total_cmp);
        let line = serde_json::json!({
            "engine": engine,
            "ns": times[times.len() / 2],
            "requests": world.requests.len(),
            "allowed": allowed,
        });
        #[allow(clippy::print_stdout, reason = "that is what it is for")]
        {
            println!("{line}");
        }
    }
}

/// Nanoseconds of this thread for one decision, over one round of all.
fn each(count: usize, mut decide: impl FnMut(usize) -> bool) -> f64 {
    let start = thread_time();
    for index in 0..count {
        black_box(decide(black_box(index)));
    }
    (thread_time() - start).as_secs_f64() * 1e9 / count as f64
}
