//! Numbers and codes, the same in every run.

use talon_core::model::CodeGeneratorSettings;

/// Counts up from 1 for each sort of thing, and makes codes from a seed.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    next: i64,
    seed: u64,
}

impl Ids {
    pub(crate) fn new() -> Self {
        Self { next: 1, seed: 0x7A10_0F0F_2020_0605 }
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
        let index = usize::try_from(self.random() % length).ok()?;
        characters.get(index).map(String::as_str)
    }

    /// SplitMix64: a small generator with a published algorithm, so that other languages can
    /// predict the codes too.
    fn random(&mut self) -> u64 {
        self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
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
