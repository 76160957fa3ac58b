//! Arithmetic.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

use super::Amount;

/// # Panics
/// On overflow, as integers do; [`Amount::checked_add`] does not.
impl Add for Amount {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

/// # Panics
/// On overflow, as integers do; [`Amount::checked_sub`] does not.
impl Sub for Amount {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

/// # Panics
/// On overflow, as integers do; [`Amount::checked_mul`] does not.
impl Mul for Amount {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}

impl Neg for Amount {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Amount {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Self> for Amount {
    fn sum<I: Iterator<Item = &'a Self>>(amounts: I) -> Self {
        amounts.copied().sum()
    }
}

/// Products with integers, such as price times quantity.
macro_rules! products {
    ($( $integer:ty )+) => {
        $(
            /// # Panics
            /// On overflow, as integers do; [`Amount::checked_mul`] does not.
            impl Mul<$integer> for Amount {
                type Output = Self;
                fn mul(self, times: $integer) -> Self {
                    self * Self::from(times)
                }
            }
        )+
    };
}

products!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);
