//! What is stored, row by row.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use talon_core::effect::Effect;
use talon_core::model::{Coupon, CustomerProfile, CustomerSessionV2, Giveaway, Referral};
use talon_core::{
    AccountId, Amount, CampaignId, CouponCode, ProfileId, ReferralCode, SessionId, Timestamp,
};

use super::{ACCOUNT, BudgetKey, Deduction, Points};
use crate::store::{Encode, EncodedRow, Row, UnreadableRow};

/// How much of a budget is used up.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    pub(crate) key: BudgetKey,
    pub(crate) used: Amount,
}

/// How many codes of a pool of giveaways are gone.
#[derive(Clone, Debug)]
pub(crate) struct PoolUsage {
    pub(crate) pool: i64,
    pub(crate) gone: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredCoupon {
    pub(crate) coupon: Coupon,
    pub(crate) reserved_by: BTreeSet<ProfileId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredReferral {
    pub(crate) referral: Referral,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredProfile {
    pub(crate) profile: CustomerProfile,
    pub(crate) first_session: Option<SessionId>,
    /// From which the others are position, each naming the one before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) latest_session: Option<SessionId>,
    pub(crate) points: Points,
    /// Coupons the profile holds reservations of.
    pub(crate) reserved: BTreeSet<CouponCode>,
    /// Referrals whose advocate the profile is.
    pub(crate) advocated: BTreeSet<ReferralCode>,
    /// Coupons redeemed, by code.
    pub(crate) redeemed: BTreeMap<CouponCode, i64>,
    pub(crate) giveaways: Vec<Giveaway>,
    /// Campaigns in which the profile redeemed a referral.
    pub(crate) referred_in: BTreeSet<CampaignId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredSession {
    pub(crate) session: CustomerSessionV2,
    /// The session that its profile had before this one, itself for the first; `None` while it has
    /// no profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<SessionId>,
    /// Total the shop computed itself; V1 alone.
    pub(crate) own_total: Option<Amount>,
    /// Effects that took force when the session was closed.
    pub(crate) settled: Vec<Effect>,
    /// What that used up of the campaigns' limits.
    pub(crate) spent: Vec<(BudgetKey, Amount)>,
    /// Points that were spent, by the batch they came from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) deductions: Vec<Deduction>,
    /// Whether the session is closed and counted.
    pub(crate) is_booked: bool,
}

impl StoredProfile {
    /// An empty profile.
    pub(crate) fn new(id: ProfileId, number: i64, now: Timestamp) -> Self {
        let profile = CustomerProfile {
            id: Some(number),
            integration_id: id,
            created: now,
            account_id: AccountId::from(ACCOUNT),
            last_activity: now,
            ..CustomerProfile::default()
        };
        Self {
            profile,
            first_session: None,
            latest_session: None,
            points: Points::default(),
            reserved: BTreeSet::new(),
            advocated: BTreeSet::new(),
            redeemed: BTreeMap::new(),
            giveaways: Vec::new(),
            referred_in: BTreeSet::new(),
        }
    }
}

/// Rows that are stored as they are, small or mostly read.
macro_rules! rows {
    ($( $row:ident: $key:ty = $($member:ident).+; )+) => {
        $(
            impl Row for $row {
                type Key = $key;
                type Stored = Self;

                fn key(&self) -> &$key {
                    &self.$($member).+
                }

                fn key_of(stored: &Self) -> &$key {
                    stored.key()
                }

                fn encode(self) -> Self {
                    self
                }

                fn decode(stored: &Self) -> Result<Self, UnreadableRow> {
                    Ok(stored.clone())
                }
            }
        )+
    };
}

/// Rows that are stored as text.
macro_rules! encoded_rows {
    ($( $row:ident: $key:ty = $($member:ident).+; )+) => {
        $(
            impl Row for $row {
                type Key = $key;
                type Stored = EncodedRow<Self>;

                fn key(&self) -> &$key {
                    &self.$($member).+
                }

                fn key_of(stored: &EncodedRow<Self>) -> &$key {
                    stored.key()
                }

                fn encode(self) -> EncodedRow<Self> {
                    EncodedRow::new(self)
                }

                fn decode(stored: &EncodedRow<Self>) -> Result<Self, UnreadableRow> {
                    stored.decode()
                }
            }
        )+
    };
}

/// How many entries of a history make a profile long.
const LONG: usize = 20;

impl Encode for StoredProfile {
    fn is_long(&self) -> bool {
        let codes = self.redeemed.len() + self.reserved.len() + self.advocated.len();
        codes + self.points.len() + self.giveaways.len() > LONG
    }
}

impl Encode for StoredSession {
    fn is_long(&self) -> bool {
        false
    }
}

rows! {
    PoolUsage: i64 = pool;
    Budget: BudgetKey = key;
    StoredCoupon: CouponCode = coupon.value;
    StoredReferral: ReferralCode = referral.code;
}

encoded_rows! {
    StoredProfile: ProfileId = profile.integration_id;
    StoredSession: SessionId = session.integration_id;
}
