//! One request type per operation, one file each, named as the method is.
//!
//! A request holds everything the caller chooses. The first line of its file is the call on the
//! wire; its `operation!` block says where each field travels.

/// Declares consuming setters of optional fields, named after them.
macro_rules! options {
    ($request:ident { $( $(#[$doc:meta])* $field:ident: $type:ty, )+ }) => {
        impl $request {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $field(mut self, $field: $type) -> Self {
                    self.$field = Some($field);
                    self
                }
            )+
        }
    };
}

mod coupons;
mod events;
mod profiles;
mod referrals;
mod sessions;

pub use coupons::{CreateCouponReservation, DeleteCouponReservation, GetReservedCustomers};
pub use events::TrackEvent;
pub use profiles::{
    DeleteCustomerData, GetCustomerInventory, UpdateCustomerProfile, UpdateCustomerProfileV2,
};
pub use referrals::CreateReferral;
pub use sessions::{UpdateCustomerSession, UpdateCustomerSessionV2};
