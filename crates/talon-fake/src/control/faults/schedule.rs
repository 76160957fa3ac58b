//! When a rule fires.

use crate::random::Random;

/// Which of the calls that a rule is for get its fault; by default the next one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schedule {
    times: Option<u64>,
    every: Option<u64>,
    chance: Option<Chance>,
    seen: u64,
    fired: u64,
}

#[derive(Clone, Debug)]
struct Chance {
    probability: f64,
    seed: u64,
    random: Random,
}

impl Schedule {
    pub(crate) fn set_times(&mut self, times: u64) {
        self.times = Some(times);
    }

    /// # Panics
    /// When `every` is zero.
    pub(crate) fn set_every(&mut self, every: u64) {
        assert!(every > 0, "every nth call, where n is at least 1");
        self.every = Some(every);
    }

    /// # Panics
    /// When `probability` is not from 0 to 1.
    pub(crate) fn set_probability(&mut self, probability: f64, seed: u64) {
        assert!((0.0..=1.0).contains(&probability), "a probability is from 0 to 1");
        self.chance = Some(Chance { probability, seed, random: Random::new(seed) });
    }

    /// Maximum number of times it fires; unlimited when `None`.
    pub(super) fn limit(&self) -> Option<u64> {
        let only_next = self.every.is_none() && self.chance.is_none();
        self.times.or(only_next.then_some(1))
    }

    pub(super) fn seen(&self) -> u64 {
        self.seen
    }

    pub(super) fn fired(&self) -> u64 {
        self.fired
    }

    pub(super) fn every_nth(&self) -> Option<u64> {
        self.every
    }

    pub(super) fn probability(&self) -> Option<(f64, u64)> {
        self.chance.as_ref().map(|chance| (chance.probability, chance.seed))
    }

    pub(super) fn is_exhausted(&self) -> bool {
        self.limit().is_some_and(|limit| self.fired >= limit)
    }

    /// Whether it fired as often as planned, at least once where that is not said.
    pub(super) fn is_used(&self) -> bool {
        self.fired >= self.limit().unwrap_or(1)
    }

    /// Counts a call and returns whether the call gets the fault.
    pub(super) fn fires(&mut self) -> bool {
        if self.is_exhausted() {
            return false;
        }
        self.seen += 1;
        let due = self.every.is_none_or(|every| self.seen.is_multiple_of(every));
        let fires = due
            && self.chance.as_mut().is_none_or(|chance| chance.random.happens(chance.probability));
        self.fired += u64::from(fires);
        fires
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(schedule: &mut Schedule, calls: usize) -> String {
        (0..calls).map(|_| if schedule.fires() { '!' } else { '.' }).collect()
    }

    #[test]
    fn the_next_call_alone() {
        assert_eq!(pattern(&mut Schedule::default(), 4), "!...");
    }

    #[test]
    fn a_number_of_times() {
        let mut schedule = Schedule::default();
        schedule.set_times(2);

        assert_eq!(pattern(&mut schedule, 4), "!!..");
        assert!(schedule.is_used());
    }

    #[test]
    fn every_nth_call_without_or_with_a_limit() {
        let mut schedule = Schedule::default();
        schedule.set_every(3);
        assert_eq!(pattern(&mut schedule.clone(), 9), "..!..!..!");

        schedule.set_times(2);
        assert_eq!(pattern(&mut schedule, 9), "..!..!...");
    }

    #[test]
    fn chance_repeats_with_its_seed() {
        let mut schedule = Schedule::default();
        schedule.set_probability(0.5, 7);

        let run = pattern(&mut schedule.clone(), 24);

        assert_eq!(run, pattern(&mut schedule, 24));
        assert!(run.contains('!') && run.contains('.'), "{run}");
    }

    #[test]
    fn chance_of_nothing_and_of_everything() {
        let with = |probability| {
            let mut schedule = Schedule::default();
            schedule.set_probability(probability, 1);
            pattern(&mut schedule, 8)
        };

        assert_eq!(with(0.0), "........");
        assert_eq!(with(1.0), "!!!!!!!!");
    }
}
