//! Exact decimal numbers.

#[cfg(feature = "proptest")]
mod arbitrary;
mod convert;
mod double;
mod number;
mod operators;
mod rounding;
mod wire;

pub use convert::ConvertAmountError;
pub use rounding::RoundingMode;

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// An exact decimal number: money in the application's currency, points, measures and limits.
///
/// Holds up to 28 significant digits, which decoding and encoding preserve: in JSON it is a number,
/// whose digits are read without conversion to binary. Out of a [`serde_json::Value`],
/// which has made an `f64` of it, it has the 15 digits that those hold. Trailing zeros carry no
/// meaning: `12.10` equals `12.1` and is written as `12.1`.
///
/// Every integer of up to 64 bits converts into an amount, and wider ones try to; an amount without a
/// fraction converts back. The feature `rust_decimal` adds the conversions from and to
/// `rust_decimal::Decimal`, which lose nothing. There is no arithmetic in binary floating point:
/// [`from_f64`](Self::from_f64) and [`to_f64`](Self::to_f64) convert where another system has `f64`.
///
/// A JSON number with more than 28 decimal places is rounded to 28; 7.9 × 10²⁸ or more is a decode
/// error.
///
/// ```
/// use talon_core::{Amount, RoundingMode};
///
/// let a: Amount = "0.1".parse()?;
/// let b: Amount = serde_json::from_str("0.2")?;
/// assert_eq!((a + b).to_string(), "0.3");
///
/// let price = Amount::new(1999, 2);
/// let discount = Amount::from(15).percent_of(price * 3).round(2, RoundingMode::HalfUp);
/// assert_eq!(discount.to_string(), "9");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Decimal);

impl Amount {
    /// 0.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// `mantissa / 10^scale`: `Amount::new(1999, 2)` is 19.99.
    ///
    /// # Panics
    /// When `scale` is above 28.
    pub fn new(mantissa: i64, scale: u32) -> Self {
        Self(Decimal::new(mantissa, scale))
    }

    /// Mantissa and scale with no trailing zeros: 19.90 is `(199, 1)`.
    pub fn parts(self) -> (i128, u32) {
        let plain = self.0.normalize();
        (plain.mantissa(), plain.scale())
    }

    /// Sum, or `None` when it has more than 28 digits before the point.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference, or `None` when it has more than 28 digits before the point.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Product, rounded to 28 significant digits, or `None` when it is too large.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        self.0.checked_mul(other.0).map(Self)
    }

    /// Quotient, rounded to 28 significant digits, or `None` for a zero divisor.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        self.0.checked_div(other.0).map(Self)
    }

    /// This many percent of `whole`, unrounded: 10 percent of 99.99 is 9.999.
    #[must_use]
    pub fn percent_of(self, whole: Self) -> Self {
        whole * self * Self::new(1, 2)
    }

    /// Whether this is 0.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether this is below 0.
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// The nearest decimal of an `f64`: the one with the fewest digits that reads back as `value`.
    ///
    /// Returns `None` for NaN, infinities and magnitudes beyond 28 digits.
    pub fn from_f64(value: f64) -> Option<Self> {
        double::from_f64(value).map(Self)
    }

    /// The nearest `f64`, for display and charts; not for arithmetic.
    pub fn to_f64(self) -> f64 {
        match self.small_parts() {
            Some((mantissa, scale)) => double::quotient(mantissa, scale),
            None => None,
        }
        .unwrap_or_else(|| self.0.to_string().parse().unwrap_or(f64::NAN))
    }

    /// [`parts`](Self::parts) of all but the longest numbers, for much less.
    fn small_parts(self) -> Option<(i64, u32)> {
        let mut mantissa = i64::try_from(self.0.mantissa()).ok()?;
        let mut scale = if mantissa == 0 { 0 } else { self.0.scale() };
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        Some((mantissa, scale))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.normalize(), f)
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Error of a text that is not a decimal number of up to 28 digits.
#[derive(Clone, Debug, PartialEq)]
pub struct ParseAmountError(rust_decimal::Error);

impl fmt::Display for ParseAmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number of up to 28 digits")
    }
}

impl std::error::Error for ParseAmountError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl FromStr for Amount {
    type Err = ParseAmountError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Decimal::from_str_exact(text).map(Self).map_err(ParseAmountError)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

#[cfg(test)]
mod tests;
