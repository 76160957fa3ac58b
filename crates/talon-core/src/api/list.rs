//! The list of all operations.

/// Calls a macro with the list of all operations: `for_each_operation!(callback)`, or
/// `for_each_operation!(callback, { context })` for a macro that begins with the context.
///
/// Each entry is `/// doc`, then `method(Request);`, where `Request` is the name of a type in
/// [`operations`](crate::operations), declared in the file `method.rs` of its noun.
///
/// ```
/// use talon_core::{Operation, for_each_operation, operations};
///
/// macro_rules! list {
///     ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
///         /// Methods of the trait, with the id of what they call.
///         const LIST: &[(&str, &str)] =
///             &[ $( (stringify!($method), operations::$request::INFO.id), )+ ];
///     };
/// }
/// for_each_operation!(list);
///
/// assert!(LIST.contains(&("track_event", "trackEvent")));
/// ```
#[macro_export]
macro_rules! for_each_operation {
    // Tokens and no `path`, which cannot be called where an expression is expected.
    ($($callback:tt)::+ $(, { $($context:tt)* })?) => {
        $($callback)::+! {
            $({ $($context)* })?
            /// Activates points that wait for an action.
            ///
            /// The reply is the activated entries:
            /// [`ActivatedLoyaltyPoints`](talon_core::model::ActivatedLoyaltyPoints).
            activate_loyalty_points(ActivateLoyaltyPoints);
            /// Returns the lowest price of items within a timeframe.
            ///
            /// The reply is one price for each item that has one: a list of
            /// [`PriorPrice`](talon_core::model::PriorPrice).
            best_prior_price(BestPriorPrice);
            /// Creates an audience.
            ///
            /// The reply is the new audience with its id:
            /// [`Audience`](talon_core::model::Audience).
            create_audience_v2(CreateAudienceV2);
            /// Reserves a coupon for customer profiles.
            ///
            /// The reply is the coupon: [`Coupon`](talon_core::model::Coupon).
            create_coupon_reservation(CreateCouponReservation);
            /// Creates a referral code for an advocate.
            ///
            /// The reply is the new code: [`Referral`](talon_core::model::Referral).
            create_referral(CreateReferral);
            /// Creates a referral code for each of up to 1000 advocates.
            ///
            /// The reply is the new codes, a [`ReferralList`](talon_core::model::ReferralList), or
            /// `None` unless `silent(false)` asks for it.
            create_referrals_for_multiple_advocates(CreateReferralsForMultipleAdvocates);
            /// Removes all members of an audience; the audience stays.
            ///
            /// There is no reply: `()`.
            delete_audience_memberships_v2(DeleteAudienceMembershipsV2);
            /// Deletes an audience with its memberships.
            ///
            /// There is no reply: `()`.
            delete_audience_v2(DeleteAudienceV2);
            /// Removes reservations of a coupon.
            ///
            /// There is no reply: `()`.
            delete_coupon_reservation(DeleteCouponReservation);
            /// Erases the attributes of a customer and of what refers to them.
            ///
            /// There is no reply: `()`.
            delete_customer_data(DeleteCustomerData);
            /// Returns a customer's attempts at an achievement.
            ///
            /// The reply is a page of attempts:
            /// [`AchievementHistoryPage`](talon_core::model::AchievementHistoryPage).
            get_customer_achievement_history(GetCustomerAchievementHistory);
            /// Returns the achievements that a customer can take part in, with the progress in each.
            ///
            /// The reply is a page of achievements:
            /// [`AchievementPage`](talon_core::model::AchievementPage).
            get_customer_achievements(GetCustomerAchievements);
            /// Deletes all transactions of a customer's ledgers.
            ///
            /// There is no reply: `()`.
            delete_loyalty_transactions_from_ledgers(DeleteLoyaltyTransactionsFromLedgers);
            /// Creates a loyalty card.
            ///
            /// The reply is the new card: [`LoyaltyCard`](talon_core::model::LoyaltyCard).
            generate_loyalty_card(GenerateLoyaltyCard);
            /// Returns a customer's profile, referral codes and reserved coupons.
            ///
            /// The reply is the parts that the request asks for:
            /// [`CustomerInventory`](talon_core::model::CustomerInventory).
            get_customer_inventory(GetCustomerInventory);
            /// Returns a session and the effects in force for it.
            ///
            /// The reply is the session, and its effects:
            /// [`CurrentSession`](talon_core::model::CurrentSession).
            get_customer_session(GetCustomerSession);
            /// Returns an event that was recorded with an id of the shop.
            ///
            /// The reply is the event: [`AdvancedEvent`](talon_core::model::AdvancedEvent).
            get_event_v3(GetEventV3);
            /// Returns the balances of a customer in a program, at any instant.
            ///
            /// The reply is the balances of the main ledger and of the subledgers:
            /// [`LoyaltyBalancesWithTiers`](talon_core::model::LoyaltyBalancesWithTiers).
            get_loyalty_balances(GetLoyaltyBalances);
            /// Returns the balances of a loyalty card, at any instant.
            ///
            /// The reply is the balances of the main ledger and of the subledgers:
            /// [`LoyaltyCardBalances`](talon_core::model::LoyaltyCardBalances).
            get_loyalty_card_balances(GetLoyaltyCardBalances);
            /// Returns a page of a loyalty card's batches of points.
            ///
            /// The reply is a page of batches:
            /// [`LoyaltyPointsPage`](talon_core::model::LoyaltyPointsPage).
            get_loyalty_card_points(GetLoyaltyCardPoints);
            /// Returns a page of a loyalty card's transactions, the latest first.
            ///
            /// The reply is a page of transactions:
            /// [`LoyaltyTransactionPage`](talon_core::model::LoyaltyTransactionPage).
            get_loyalty_card_transactions(GetLoyaltyCardTransactions);
            /// Returns a page of a customer's batches of points in a program.
            ///
            /// The reply is a page of batches:
            /// [`LoyaltyPointsPage`](talon_core::model::LoyaltyPointsPage).
            get_loyalty_program_profile_points(GetLoyaltyProgramProfilePoints);
            /// Returns a page of a customer's transactions in a program, the latest first.
            ///
            /// The reply is a page of transactions:
            /// [`LoyaltyTransactionPage`](talon_core::model::LoyaltyTransactionPage).
            get_loyalty_program_profile_transactions(GetLoyaltyProgramProfileTransactions);
            /// Returns the profiles that hold a reservation of a coupon.
            ///
            /// The reply is the ids of the profiles:
            /// [`ReservedCustomers`](talon_core::model::ReservedCustomers).
            get_reserved_customers(GetReservedCustomers);
            /// Returns a page of the campaigns that run now, by their ids.
            ///
            /// The reply is a page of campaigns:
            /// [`IntegrationCampaignPage`](talon_core::model::IntegrationCampaignPage).
            integration_get_all_campaigns(IntegrationGetAllCampaigns);
            /// Has a customer join a loyalty program.
            ///
            /// There is no reply: `()`.
            join_loyalty_program(JoinLoyaltyProgram);
            /// Links a customer to a loyalty card.
            ///
            /// The reply is the card with its profiles:
            /// [`LoyaltyCard`](talon_core::model::LoyaltyCard).
            link_loyalty_card_to_profile(LinkLoyaltyCardToProfile);
            /// Opens a closed session again and rolls back what its close did.
            ///
            /// The reply is the session and the effects of its rollback:
            /// [`ReopenedSession`](talon_core::model::ReopenedSession).
            reopen_customer_session(ReopenCustomerSession);
            /// Takes back items of a closed session and rolls back what they alone had earned.
            ///
            /// The reply is the effects of the rollback, and the return:
            /// [`IntegrationStateV2`](talon_core::model::IntegrationStateV2).
            return_cart_items(ReturnCartItems);
            /// Applies changes to a catalog of cart items.
            ///
            /// The reply is the catalog with its new version:
            /// [`Catalog`](talon_core::model::Catalog).
            sync_catalog(SyncCatalog);
            /// Records an event of a session and evaluates the rules.
            ///
            /// The reply is the event with its effects, the session and the profile:
            /// [`IntegrationState`](talon_core::model::IntegrationState).
            track_event(TrackEvent);
            /// Records an event of a customer, outside of any session, and evaluates the rules.
            ///
            /// The reply is the effects, an
            /// [`IntegrationStateV2`](talon_core::model::IntegrationStateV2), or `None` unless
            /// `silent(false)` asks for it.
            track_event_v2(TrackEventV2);
            /// Records an event that has an id of the shop, and evaluates the rules.
            ///
            /// The reply is the effects, an
            /// [`IntegrationStateV2`](talon_core::model::IntegrationStateV2), or `None` unless
            /// `silent(false)` asks for it.
            track_event_v3(TrackEventV3);
            /// Sets attributes of all members of an audience.
            ///
            /// There is no reply: `()`.
            update_audience_customers_attributes(UpdateAudienceCustomersAttributes);
            /// Renames an audience and says which applications it is for.
            ///
            /// The reply is the audience: [`Audience`](talon_core::model::Audience).
            update_audience_v2(UpdateAudienceV2);
            /// Unlinks a customer from a loyalty card.
            ///
            /// The reply is the card with the profiles that are left:
            /// [`LoyaltyCard`](talon_core::model::LoyaltyCard).
            unlink_loyalty_card_from_profile(UnlinkLoyaltyCardFromProfile);
            /// Creates or updates a profile and evaluates the rules.
            ///
            /// The reply is the profile, and an event with the effects:
            /// [`IntegrationState`](talon_core::model::IntegrationState).
            update_customer_profile(UpdateCustomerProfile);
            /// Adds customers to audiences and removes them, up to 1000 at once.
            ///
            /// There is no reply: `()`.
            update_customer_profile_audiences(UpdateCustomerProfileAudiences);
            /// Creates or updates a profile.
            ///
            /// The reply is the effects, and the parts that the request asks for:
            /// [`CustomerProfileUpdate`](talon_core::model::CustomerProfileUpdate).
            update_customer_profile_v2(UpdateCustomerProfileV2);
            /// Creates or updates up to 1000 profiles at once.
            ///
            /// The reply is the profiles, a
            /// [`CustomerProfileBatchReply`](talon_core::model::CustomerProfileBatchReply), or
            /// `None` unless `silent(false)` asks for it.
            update_customer_profiles_v2(UpdateCustomerProfilesV2);
            /// Creates or updates a session and evaluates the rules, first version.
            ///
            /// The reply is the session, the profile, and an event with the effects:
            /// [`IntegrationState`](talon_core::model::IntegrationState).
            update_customer_session(UpdateCustomerSession);
            /// Creates or updates a session and evaluates the rules against it.
            ///
            /// The reply is the effects, and the parts that the request asks for:
            /// [`IntegrationStateV2`](talon_core::model::IntegrationStateV2).
            update_customer_session_v2(UpdateCustomerSessionV2);
        }
    };
}
