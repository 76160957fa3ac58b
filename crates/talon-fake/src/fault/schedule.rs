//! When a planned fault strikes.

use crate::random::Random;

/// Which of the calls that a plan sees meet its fault; the next one unless told otherwise.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schedule {
    times: Option<u64>,
    every: Option<u64>,
    chance: Option<Chance>,
    seen: u64,
    struck: u64,
}

#[derive(Clone, Debug)]
struct Chance {
    probability: f64,
    seed: u64,
    random: Random,
}

impl Schedule {
    pub(super) fn times(&mut self, times: u64) {
        self.times = Some(times);
    }

    /// # Panics
    /// When `every` is zero.
    pub(super) fn every(&mut self, every: u64) {
        assert!(every > 0, "every nth call, where n is at least 1");
        self.every = Some(every);
    }

    /// # Panics
    /// When `probability` is not from 0 to 1.
    pub(super) fn with_probability(&mut self, probability: f64, seed: u64) {
        assert!((0.0..=1.0).contains(&probability), "a probability is from 0 to 1");
        self.chance = Some(Chance { probability, seed, random: Random::new(seed) });
    }

    /// How often it strikes at most; `None` is for ever.
    pub(super) fn limit(&self) -> Option<u64> {
        let only_next = self.every.is_none() && self.chance.is_none();
        self.times.or(only_next.then_some(1))
    }

    pub(super) fn seen(&self) -> u64 {
        self.seen
    }

    pub(super) fn struck(&self) -> u64 {
        self.struck
    }

    pub(super) fn every_nth(&self) -> Option<u64> {
        self.every
    }

    pub(super) fn probability(&self) -> Option<(f64, u64)> {
        self.chance.as_ref().map(|chance| (chance.probability, chance.seed))
    }

    pub(super) fn is_spent(&self) -> bool {
        self.limit().is_some_and(|limit| self.struck >= limit)
    }

    /// Whether it struck as often as planned, or at all where that is not said.
    pub(super) fn is_used(&self) -> bool {
        self.struck >= self.limit().unwrap_or(1)
    }

    /// Sees a call, and says whether to strike it.
    pub(super) fn strikes(&mut self) -> bool {
        if self.is_spent() {
            return false;
        }
        self.seen += 1;
        let due = self.every.is_none_or(|every| self.seen.is_multiple_of(every));
        let strikes = due
            && self.chance.as_mut().is_none_or(|chance| chance.random.happens(chance.probability));
        self.struck += u64::from(strikes);
        strikes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strikes(schedule: &mut Schedule, calls: usize) -> String {
        (0..calls).map(|_| if schedule.strikes() { '!' } else { '.' }).collect()
    }

    #[test]
    fn the_next_call_alone() {
        assert_eq!(strikes(&mut Schedule::default(), 4), "!...");
    }

    #[test]
    fn so_many_times() {
        let mut schedule = Schedule::default();
        schedule.times(2);

        assert_eq!(strikes(&mut schedule, 4), "!!..");
        assert!(schedule.is_used());
    }

    #[test]
    fn every_nth_for_ever_or_so_many_times() {
        let mut schedule = Schedule::default();
        schedule.every(3);
        assert_eq!(strikes(&mut schedule.clone(), 9), "..!..!..!");

        schedule.times(2);
        assert_eq!(strikes(&mut schedule, 9), "..!..!...");
    }

    #[test]
    fn chance_repeats_with_its_seed() {
        let mut schedule = Schedule::default();
        schedule.with_probability(0.5, 7);

        let run = strikes(&mut schedule.clone(), 24);

        assert_eq!(run, strikes(&mut schedule, 24));
        assert!(run.contains('!') && run.contains('.'), "{run}");
    }

    #[test]
    fn chance_of_nothing_and_of_everything() {
        let with = |probability| {
            let mut schedule = Schedule::default();
            schedule.with_probability(probability, 1);
            strikes(&mut schedule, 8)
        };

        assert_eq!(with(0.0), "........");
        assert_eq!(with(1.0), "!!!!!!!!");
    }
}
