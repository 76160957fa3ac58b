//! Coupons.

use std::fmt;

use serde::{Deserialize, Serialize};
use talon_core::{Amount, Attributes, CouponCode, ProfileId, Timestamp};

use super::instant;

/// A coupon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Coupon {
    /// Its code, at least 4 characters.
    pub value: CouponCode,
    /// How often it may be redeemed, 0 to 999 999; 0, the default, is unlimited.
    #[serde(default)]
    pub usage_limit: i64,
    /// How much discount it may give in total, 0 to 10¹⁵ in the application's currency; unlimited
    /// when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_limit: Option<Amount>,
    /// The first instant at which it is valid; from the beginning when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Timestamp>,
    /// The first instant at which it is no longer valid; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry_date: Option<Timestamp>,
    /// The only profile that may redeem it; any profile when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_integration_id: Option<ProfileId>,
    /// Whether only profiles that hold a reservation may redeem it; `false` unless given.
    #[serde(default)]
    pub is_reservation_mandatory: bool,
    /// Its attributes.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
}

impl Coupon {
    /// A coupon that is valid for every profile, at any time, any number of times.
    ///
    /// ```
    /// use talon_fake::Coupon;
    ///
    /// let gift = Coupon::new("FOR-ANNA").recipient("anna").usage_limit(1).discount_limit(50);
    /// assert_eq!(gift.usage_limit, 1);
    /// ```
    pub fn new(value: impl Into<CouponCode>) -> Self {
        Self { value: value.into(), ..Self::default() }
    }

    /// Limits how often it may be redeemed, 0 to 999 999; 0 is unlimited.
    #[must_use]
    pub fn usage_limit(mut self, limit: i64) -> Self {
        self.usage_limit = limit;
        self
    }

    /// Limits the discount it may give in total, in the application's currency.
    #[must_use]
    pub fn discount_limit(mut self, limit: impl Into<Amount>) -> Self {
        self.discount_limit = Some(limit.into());
        self
    }

    /// Makes it valid from a [time](crate::world#times) on.
    #[must_use]
    #[track_caller]
    pub fn starts(mut self, at: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.start_date = Some(instant(at));
        self
    }

    /// Makes it valid before a [time](crate::world#times).
    #[must_use]
    #[track_caller]
    pub fn expires(mut self, at: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.expiry_date = Some(instant(at));
        self
    }

    /// Makes it valid for one profile.
    #[must_use]
    pub fn recipient(mut self, profile: impl Into<ProfileId>) -> Self {
        self.recipient_integration_id = Some(profile.into());
        self
    }

    /// Gives it attributes.
    #[must_use]
    pub fn attributes(mut self, attributes: Attributes) -> Self {
        self.attributes = attributes;
        self
    }

    /// Makes it valid only for profiles that hold a reservation.
    #[must_use]
    pub fn mandatory_reservation(mut self) -> Self {
        self.is_reservation_mandatory = true;
        self
    }
}

impl From<&str> for Coupon {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}
