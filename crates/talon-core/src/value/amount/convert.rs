//! Conversions from and to integers and other decimals.

use std::fmt;

use rust_decimal::Decimal;

use super::Amount;

/// Error of a conversion that would change the number: between an [`Amount`] and an integer that does
/// not hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvertAmountError {
    expected: &'static str,
}

impl fmt::Display for ConvertAmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {}", self.expected)
    }
}

impl std::error::Error for ConvertAmountError {}

/// Integers that amounts hold, all of them.
macro_rules! from_integers {
    ($( $integer:ty )+) => {
        $(
            impl From<$integer> for Amount {
                fn from(value: $integer) -> Self {
                    Self(value.into())
                }
            }
        )+
    };
}

from_integers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

/// Integers of which amounts hold those below 2⁹⁶, which is about 7.9 × 10²⁸.
macro_rules! from_wide_integers {
    ($( $integer:ty )+) => {
        $(
            impl TryFrom<$integer> for Amount {
                type Error = ConvertAmountError;

                fn try_from(value: $integer) -> Result<Self, Self::Error> {
                    let expected = "an integer below 2^96";
                    let mantissa = i128::try_from(value).ok();
                    let decimal = mantissa.and_then(|it| Decimal::try_from_i128_with_scale(it, 0).ok());
                    decimal.map(Self).ok_or(ConvertAmountError { expected })
                }
            }
        )+
    };
}

from_wide_integers!(i128 u128);

/// Integers out of amounts: never rounded and never cut off.
macro_rules! into_integers {
    ($( $integer:ident )+) => {
        $(
            impl TryFrom<Amount> for $integer {
                type Error = ConvertAmountError;

                fn try_from(amount: Amount) -> Result<Self, Self::Error> {
                    let expected = concat!("a whole number in the range of ", stringify!($integer));
                    let whole = match amount.parts() {
                        (whole, 0) => Self::try_from(whole).ok(),
                        _ => None,
                    };
                    whole.ok_or(ConvertAmountError { expected })
                }
            }
        )+
    };
}

into_integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

/// Every digit is kept.
#[cfg(feature = "rust_decimal")]
impl From<Decimal> for Amount {
    fn from(decimal: Decimal) -> Self {
        Self(decimal)
    }
}

/// Every digit is kept; trailing zeros may differ.
#[cfg(feature = "rust_decimal")]
impl From<Amount> for Decimal {
    fn from(amount: Amount) -> Self {
        amount.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn integers_at_the_ends_of_their_ranges_come_back() {
        macro_rules! ends {
            ($( $integer:ty )+) => { $(
                for end in [<$integer>::MIN, <$integer>::MAX] {
                    assert_eq!(<$integer>::try_from(Amount::from(end)), Ok(end));
                }
            )+ };
        }
        ends!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

        let most = (1_i128 << 96) - 1;
        for end in [most, -most] {
            assert_eq!(Amount::try_from(end).and_then(i128::try_from), Ok(end));
        }
        assert!(Amount::try_from(most + 1).is_err() && Amount::try_from(u128::MAX).is_err());
    }

    #[test]
    fn an_integer_that_would_differ_is_an_error() {
        let half: Amount = "2.5".parse().unwrap();
        let error = i64::try_from(half).unwrap_err().to_string();
        assert_eq!(error, "not a whole number in the range of i64");

        assert!(
            u8::try_from(Amount::from(256)).is_err() && u64::try_from(Amount::from(-1)).is_err()
        );
        assert_eq!(u8::try_from(Amount::new(2550, 1)), Ok(255));
    }

    #[cfg(feature = "rust_decimal")]
    proptest! {
        #[test]
        fn decimals_keep_every_digit(mantissa in any::<i64>(), scale in 0_u32..=28) {
            let decimal = Decimal::new(mantissa, scale);

            let amount = Amount::from(decimal);
            prop_assert_eq!(amount, Amount::new(mantissa, scale));
            prop_assert_eq!(Decimal::from(amount), decimal);
        }
    }

    proptest! {
        #[test]
        fn products_with_integers_are_those_of_amounts(cents in any::<i32>(), times in any::<i16>()) {
            let price = Amount::new(cents.into(), 2);

            prop_assert_eq!(price * times, price * Amount::from(times));
            let sum: Amount = [price, price, price].iter().sum();
            prop_assert_eq!(sum, price * 3);
        }
    }
}
