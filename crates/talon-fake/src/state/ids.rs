//! Ids and codes, the same in every run.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};
use talon_core::model::CodeGeneratorSettings;

use super::TransactionId;
use crate::random::Random;

/// Where codes begin.
const SEED: u64 = 0x7A10_0F0F_2020_0605;

/// Counts up from 1, and generates codes from a seed.
#[derive(Debug)]
pub(crate) struct Ids {
    numbers: Sequence,
    draws: Sequence,
    seed: Random,
}

/// The next id, and the state of the generator of codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IdsPosition {
    next: i64,
    codes: Random,
}

/// Counts up from 0, for many at once.
#[derive(Debug, Default)]
struct Sequence(AtomicU64);

/// The ids that one transaction takes. Without [`commit`](Self::commit) they are given back.
///
/// That is possible as long as no other transaction took later ones: a refusal or a dry run uses up
/// no ids among sequential calls, and may use up some among concurrent ones.
#[derive(Debug)]
pub(crate) struct IdsTx<'s> {
    ids: &'s Ids,
    numbers: Run,
    draws: Run,
}

/// A run of a sequence: where it starts and ends, and whether others took some in between.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    start: u64,
    end: u64,
    has_gaps: bool,
}

impl Ids {
    pub(crate) fn new() -> Self {
        let (numbers, draws) = (Sequence::default(), Sequence::default());
        Self { numbers, draws, seed: Random::new(SEED) }
    }

    /// Ids that go on from there.
    pub(crate) fn from(position: IdsPosition) -> Self {
        let numbers =
            Sequence(AtomicU64::new(u64::try_from(position.next.saturating_sub(1)).unwrap_or(0)));
        Self { numbers, draws: Sequence::default(), seed: position.codes }
    }

    pub(crate) fn position(&self) -> IdsPosition {
        let codes = self.seed.after(self.draws.0.load(Ordering::Relaxed));
        IdsPosition { next: number(self.numbers.0.load(Ordering::Relaxed)), codes }
    }

    pub(crate) fn begin(&self) -> IdsTx<'_> {
        IdsTx { ids: self, numbers: Run::default(), draws: Run::default() }
    }
}

impl IdsTx<'_> {
    /// The next number; one sequence for all kinds of ids, so that ids of different kinds differ.
    pub(crate) fn number<T: From<i64>>(&mut self) -> T {
        T::from(number(self.ids.numbers.next(&mut self.numbers)))
    }

    /// The UUID of a new transaction of points.
    pub(crate) fn uuid(&mut self) -> String {
        self.number::<TransactionId>().to_string()
    }

    /// A code: every `#` of the pattern becomes one of the valid characters.
    pub(crate) fn code(&mut self, settings: &CodeGeneratorSettings) -> String {
        let mut code = String::with_capacity(settings.coupon_pattern.len());
        for character in settings.coupon_pattern.chars() {
            let random = (character == '#').then(|| self.pick(&settings.valid_characters));
            match random.flatten() {
                Some(random) => code.push_str(random),
                None => code.push(character),
            }
        }
        code
    }

    /// Uses them up.
    pub(crate) fn commit(mut self) {
        (self.numbers, self.draws) = (Run::default(), Run::default());
    }

    fn pick<'a>(&mut self, characters: &'a [String]) -> Option<&'a str> {
        let length = u64::try_from(characters.len()).ok().filter(|length| *length > 0)?;
        let draw = self.ids.draws.next(&mut self.draws);
        let index = usize::try_from(self.ids.seed.after(draw).next() % length).ok()?;
        characters.get(index).map(String::as_str)
    }
}

impl Drop for IdsTx<'_> {
    fn drop(&mut self) {
        self.ids.numbers.give_back(self.numbers);
        self.ids.draws.give_back(self.draws);
    }
}

impl Sequence {
    fn next(&self, run: &mut Run) -> u64 {
        let next = self.0.fetch_add(1, Ordering::Relaxed);
        let is_first = run.start == run.end;
        run.has_gaps |= !is_first && run.end != next;
        run.start = if is_first { next } else { run.start };
        run.end = next + 1;
        next
    }

    /// The run that holds the last numbers gives them back; no run holds later ones then.
    fn give_back(&self, run: Run) {
        if run.start != run.end && !run.has_gaps {
            // When it fails, others took later ones, and these are used up.
            let _ =
                self.0.compare_exchange(run.end, run.start, Ordering::Relaxed, Ordering::Relaxed);
        }
    }
}

/// The number at a place in the sequence.
fn number(place: u64) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(ids: &Ids) -> i64 {
        let mut transaction = ids.begin();
        let number = transaction.number();
        transaction.commit();
        number
    }

    #[test]
    fn codes_follow_their_pattern_and_repeat_between_runs() {
        let settings = CodeGeneratorSettings::new("FRIEND-####");

        let first = Ids::new().begin().code(&settings);
        let again = Ids::new().begin().code(&settings);

        assert_eq!(first, again);
        assert!(first.starts_with("FRIEND-") && first.len() == 11 && !first.contains('#'));
    }

    #[test]
    fn a_pattern_without_placeholders_is_constant() {
        assert_eq!(Ids::new().begin().code(&CodeGeneratorSettings::new("CONSTANT")), "CONSTANT");
    }

    #[test]
    fn what_is_not_kept_is_given_back() {
        let ids = Ids::new();
        let mut refused = ids.begin();
        let code = refused.code(&CodeGeneratorSettings::new("##"));
        assert_eq!((refused.number::<i64>(), refused.number::<i64>()), (1, 2));

        drop(refused);

        assert_eq!(next(&ids), 1);
        assert_eq!(ids.begin().code(&CodeGeneratorSettings::new("##")), code);
    }

    #[test]
    fn what_lies_before_the_numbers_of_others_is_used_up() {
        let ids = Ids::new();
        let (mut refused, mut torn) = (ids.begin(), ids.begin());
        assert_eq!((torn.number::<i64>(), refused.number::<i64>()), (1, 2));
        assert_eq!(torn.number::<i64>(), 3);

        drop((refused, torn));

        assert_eq!(next(&ids), 4);
    }

    #[test]
    fn ids_go_on_where_they_were() {
        let (ids, settings) = (Ids::new(), CodeGeneratorSettings::new("####"));
        let mut transaction = ids.begin();
        assert_eq!((transaction.number::<i64>(), transaction.code(&settings).len()), (1, 4));
        transaction.commit();

        let later = Ids::from(ids.position());

        assert_eq!(next(&later), 2);
        assert_eq!(later.begin().code(&settings), ids.begin().code(&settings));
    }
}
