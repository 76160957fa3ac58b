//! Coupon reservations.

mod create_coupon_reservation;
mod delete_coupon_reservation;
mod get_reserved_customers;

pub use create_coupon_reservation::CreateCouponReservation;
pub use delete_coupon_reservation::DeleteCouponReservation;
pub use get_reserved_customers::GetReservedCustomers;
