//! Ids, one type for each kind.

/// Declares an id that is a text assigned by the caller.
///
/// Expands to a newtype over `String` with conversions, comparison with `str`, and transparent serde.
macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether it is the empty text.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }

            /// The id as owned text.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl crate::param::PathParam for $name {
            fn to_segment(&self) -> std::borrow::Cow<'_, str> {
                self.as_str().into()
            }

            fn from_segment(segment: &str) -> Result<Self, String> {
                Ok(Self(segment.to_owned()))
            }
        }

        impl crate::param::QueryValue for $name {
            fn to_text(&self) -> String {
                self.0.clone()
            }

            fn from_text(text: &str) -> Result<Self, String> {
                Ok(Self(text.to_owned()))
            }
        }

        #[cfg(feature = "proptest")]
        $crate::arbitrary::from_strategy!($name: $crate::arbitrary::id());
    };
}

/// Declares an id that is a number assigned by the service.
///
/// Expands to a `Copy` newtype over `i64` with conversions and transparent serde.
macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// The id as a number.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl $name {
            /// The id that stands for none: −1.
            pub const NONE: Self = Self(-1);
        }

        impl From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl crate::param::PathParam for $name {
            const FORMAT: crate::param::ParamFormat = crate::param::ParamFormat::Integer;

            fn to_segment(&self) -> std::borrow::Cow<'_, str> {
                self.0.to_string().into()
            }

            fn from_segment(segment: &str) -> Result<Self, String> {
                crate::param::PathParam::from_segment(segment).map(Self)
            }
        }

        impl crate::param::QueryValue for $name {
            const FORMAT: crate::param::ParamFormat = crate::param::ParamFormat::Integer;

            fn to_text(&self) -> String {
                self.0.to_string()
            }

            fn from_text(text: &str) -> Result<Self, String> {
                crate::param::QueryValue::from_text(text).map(Self)
            }
        }

        #[cfg(feature = "proptest")]
        $crate::arbitrary::from_strategy!($name: $crate::arbitrary::number());
    };
}

text_id! {
    /// Integration id of a customer session, such as the id of a cart: 1 to 1000 characters.
    SessionId
}
text_id! {
    /// Integration id of a customer profile: 1 to 1000 characters. Where the API allows it, an empty
    /// id stands for an anonymous customer.
    ProfileId
}
text_id! {
    /// Code of a coupon. Codes generated by the service have at least 4 characters.
    CouponCode
}
text_id! {
    /// Code of a referral. Codes generated by the service have at least 4 characters.
    ReferralCode
}
number_id! {
    /// Id of an account, which contains applications.
    AccountId
}
number_id! {
    /// Id of an application: the shop of an API key.
    ApplicationId
}
number_id! {
    /// Id of a campaign; −1 in effects without a campaign.
    CampaignId
}
number_id! {
    /// Id of a set of rules of a campaign; −1 in effects without a campaign.
    RulesetId
}
number_id! {
    /// Id of a coupon, assigned by the service; not its code.
    CouponId
}
number_id! {
    /// Id of a referral, assigned by the service; not its code.
    ReferralId
}
number_id! {
    /// Id of a recorded event.
    EventId
}
number_id! {
    /// Id of a loyalty program.
    LoyaltyProgramId
}
number_id! {
    /// Id of an audience.
    AudienceId
}
number_id! {
    /// Id of an achievement.
    AchievementId
}
number_id! {
    /// Id of a catalog of cart items.
    CatalogId
}
text_id! {
    /// Integration id of an event of the third version: at least 1 character.
    EventIntegrationId
}
text_id! {
    /// Identifier of a loyalty card: 4 to 108 of the characters `A-Za-z0-9._%+@-`.
    LoyaltyCardIdentifier
}
