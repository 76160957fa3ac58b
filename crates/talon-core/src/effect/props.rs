//! Props of effects, one struct per type.

mod achievement;
mod audience;
mod coupon;
mod discount;
mod giveaway;
mod loyalty;
mod message;
mod referral;

pub use achievement::*;
pub use audience::*;
pub use coupon::*;
pub use discount::*;
pub use giveaway::*;
pub use loyalty::*;
pub use message::*;
pub use referral::*;

/// Declares props structs: required members, then optional ones.
///
/// Expands to structs with public fields, serde in camel case, and absent members left out.
macro_rules! props {
    ($(
        $(#[$doc:meta])*
        $name:ident {
            $( $(#[$req_attr:meta])* $req:ident: $req_type:ty, )*
            $( ; $( $(#[$opt_attr:meta])* $opt:ident: $opt_type:ty, )+ )?
        }
    )+) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $( $(#[$req_attr])* pub $req: $req_type, )*
            $( $(
                #[serde(default, skip_serializing_if = "Option::is_none")]
                $(#[$opt_attr])* pub $opt: Option<$opt_type>,
            )+ )?
        }

        #[cfg(feature = "proptest")]
        crate::arbitrary::from_fields!($name { $( $req, )* $( $( $opt, )+ )? });
    )+ };
}
use props;
