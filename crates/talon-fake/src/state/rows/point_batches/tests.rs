use fastrand::Rng;

use super::*;

/// Few instants, so that many batches start or expire at the same one.
fn instant(rng: &mut Rng) -> Timestamp {
    Timestamp::from_unix_seconds(rng.i64(0..20)).unwrap()
}

fn batch(rng: &mut Rng) -> Batch {
    let some = |rng: &mut Rng| rng.bool().then(|| instant(rng));
    let awaits_activation = rng.u8(0..4) == 0;
    let dates = PointsDates { start: some(rng), awaits_activation, expiry: some(rng) };
    let left = Amount::new(rng.i64(0..1_000), 2);
    Batch { transaction: rng.i64(1..60).into(), created: instant(rng), left, dates }
}

fn sum(batches: &Batches, fits: impl Fn(&PointsDates) -> bool) -> Amount {
    batches.iter().filter(|batch| fits(&batch.dates)).map(|batch| batch.left).sum()
}

/// Compares what indexes and sums say with what the batches say, one by one.
fn check(batches: &Batches, since: Timestamp, now: Timestamp) {
    let sums = Sums {
        active: sum(batches, |dates| dates.is_active(now)),
        pending: sum(batches, |dates| dates.is_pending(now)),
        expired: sum(batches, |dates| dates.is_expired(now)),
    };
    assert_eq!(batches.sums(now), sums);

    let mut spendable: Vec<_> = batches.iter().filter(|it| it.dates.is_active(now)).collect();
    spendable.sort_by_key(|batch| {
        let expiry = batch.dates.expiry;
        (expiry.is_none(), expiry, batch.created, batch.transaction)
    });
    assert!(batches.spendable(now).eq(spendable));

    let is_within = |at: Option<Timestamp>| at.is_some_and(|at| since < at && at <= now);
    let changes = |batch: &&Batch| is_within(batch.dates.start) || is_within(batch.dates.expiry);
    let mut changing: Vec<_> = batches.changing(since, now).map(|it| it.transaction).collect();
    changing.sort_unstable();
    assert!(batches.iter().filter(changes).map(|it| it.transaction).eq(changing));

    let starts = batches.iter().filter_map(|batch| batch.dates.start);
    assert_eq!(batches.next_start(now), starts.filter(|start| *start > now).min());
}

#[test]
fn indexes_and_sums_follow_the_batches() {
    let mut rng = Rng::with_seed(7);
    for _ in 0..50 {
        let mut batches = Batches::default();
        for _ in 0..100 {
            match rng.u8(0..4) {
                0 => batches.remove(rng.i64(1..60).into()),
                1 => batches.sum_up(instant(&mut rng)),
                _ => batches.insert(batch(&mut rng)),
            }
            let (since, now) = (instant(&mut rng), instant(&mut rng));
            check(&batches, since, now);
        }
        let text = serde_json::to_string(&batches).unwrap();
        let read: Batches = serde_json::from_str(&text).unwrap();
        assert_eq!(read, batches);
        check(&read, instant(&mut rng), instant(&mut rng));
    }
}

#[test]
fn a_copy_keeps_its_batches() {
    let mut rng = Rng::with_seed(8);
    let mut batches: Batches = (0..100).map(|_| batch(&mut rng)).collect();
    let (copy, before) = (batches.clone(), serde_json::to_string(&batches).unwrap());

    (1..30).for_each(|id| batches.remove(id.into()));

    assert!(batches != copy);
    assert_eq!(serde_json::to_string(&copy).unwrap(), before);
    check(&copy, instant(&mut rng), instant(&mut rng));
}
