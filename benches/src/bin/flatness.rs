//! How many session updates a second the fake answers in process, and whether what is stored
//! matters: `cargo xtask bench --flatness`.

use std::time::{Duration, Instant};

use talon_benches::shop::Shop;

/// Coupons, and as many profiles: few, and many.
const STORED: [usize; 2] = [1_000, 1_000_000];

/// Rounds of a run; each has a turn of both.
const ROUNDS: usize = 21;

const CALLS: usize = 1_000;
const RUNS: usize = 3;

/// Calls before the first run: the record of calls is full by then, as in a fake that has been
/// running for a while.
const WARM_UP: usize = 11_000;

fn main() {
    let mut shops = STORED.map(Shop::new);
    for shop in &mut shops {
        for _ in 0..WARM_UP / CALLS {
            turn(shop);
        }
    }
    println!("stored\tcalls a second of one processor\tof the rate with {}", STORED[0]);
    for _ in 0..RUNS {
        let rounds: Vec<[f64; 2]> = (0..ROUNDS).map(|_| shops.each_mut().map(turn)).collect();
        let ratio = median(rounds.iter().map(|[few, many]| many / few));
        println!("{}\t{:.0}\t1.000", STORED[0], median(rounds.iter().map(|[few, _]| *few)));
        println!("{}\t{:.0}\t{ratio:.3}", STORED[1], median(rounds.iter().map(|[_, many]| *many)));
    }
}

/// Calls a second of the processor.
#[expect(clippy::cast_precision_loss, reason = "a thousand")]
fn turn(shop: &mut Shop) -> f64 {
    let requests: Vec<_> = (0..CALLS).map(|_| shop.request()).collect();
    let fake = shop.fake().clone();
    let started = Moment::now();
    for request in requests {
        Shop::update(&fake, request);
    }
    CALLS as f64 / started.elapsed().as_secs_f64()
}

/// Time that this thread had a processor, where Linux tells; other time says what else the machine
/// is doing.
struct Moment {
    processor: Option<Duration>,
    wall: Instant,
}

impl Moment {
    fn now() -> Self {
        Self { processor: on_processor(), wall: Instant::now() }
    }

    fn elapsed(&self) -> Duration {
        let processor =
            on_processor().zip(self.processor).map(|(now, then)| now.saturating_sub(then));
        processor.unwrap_or_else(|| self.wall.elapsed())
    }
}

fn on_processor() -> Option<Duration> {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    line.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
