//! Numbers and codes, the same in every run.

use serde::{Deserialize, Serialize};
use talon_core::model::CodeGeneratorSettings;

use crate::random::Random;

/// Counts up from 1 for each sort of thing, and makes codes from a seed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ids {
    next: i64,
    codes: Random,
}

impl Ids {
    pub(crate) fn new() -> Self {
        Self { next: 1, codes: Random::new(0x7A10_0F0F_2020_0605) }
    }

    /// The next number; one sequence for everything, so that no two ids are ever mixed up.
    pub(crate) fn number<T: From<i64>>(&mut self) -> T {
        let number = self.next;
        self.next += 1;
        T::from(number)
    }

    /// A UUID made from the next number.
    pub(crate) fn uuid(&mut self) -> String {
        let number: i64 = self.number();
        format!("00000000-0000-4000-8000-{number:012x}")
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

    fn pick<'a>(&mut self, characters: &'a [String]) -> Option<&'a str> {
        let length = u64::try_from(characters.len()).ok().filter(|length| *length > 0)?;
        let index = usize::try_from(self.codes.next() % length).ok()?;
        characters.get(index).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::code_settings;

    #[test]
    fn codes_follow_their_pattern_and_repeat_between_runs() {
        let settings = code_settings("FRIEND-####");

        let first = Ids::new().code(&settings);
        let again = Ids::new().code(&settings);

        assert_eq!(first, again);
        assert!(first.starts_with("FRIEND-") && first.len() == 11 && !first.contains('#'));
    }

    #[test]
    fn a_pattern_without_placeholders_is_constant() {
        assert_eq!(Ids::new().code(&code_settings("CONSTANT")), "CONSTANT");
    }
}
