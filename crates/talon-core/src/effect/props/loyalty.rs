//! Loyalty points and tiers.

use super::props;
use crate::{Amount, LoyaltyProgramId, ProfileId, Timestamp};

props! {
    /// Props of `addLoyaltyPoints`. Schema `AddLoyaltyPointsEffectProps`.
    AddLoyaltyPoints {
        /// Reason shown to the customer.
        name: String,
        /// The program.
        program_id: LoyaltyProgramId,
        /// The subledger; empty for the main ledger.
        sub_ledger_id: String,
        /// Points.
        value: Amount,
        /// Integration id of the recipient.
        recipient_integration_id: ProfileId,
        ;
        /// Description of their expiry. Only in the API of June 2020.
        expiry_condition: String,
        /// Points before a limit reduced them. Not in the API of June 2020.
        desired_value: Amount,
        /// Time from which they can be spent. Not in the API of June 2020.
        start_date: Timestamp,
        /// Expiry of the points. Not in the API of June 2020.
        expiry_date: Timestamp,
        /// The transaction's UUID. Not in the API of June 2020.
        #[serde(rename = "transactionUUID")]
        transaction_uuid: String,
        /// Position of the line that they are earned for. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_position: i64,
        /// Unit that they are earned for, from 0. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_sub_position: i64,
        /// Loyalty card that they are added to. Not in the API of June 2020.
        card_identifier: String,
        /// Index of the bundle that they are earned for. Not in the API of June 2020.
        bundle_index: i64,
        /// Name of that bundle. Not in the API of June 2020.
        bundle_name: String,
        /// Whether they must be activated before they can be spent. Not in the API of June 2020.
        awaits_activation: bool,
        /// Duration of their validity after activation. Not in the API of June 2020.
        validity_duration: String,
    }

    /// Props of `deductLoyaltyPoints`. Schema `DeductLoyaltyPointsEffectProps`.
    DeductLoyaltyPoints {
        /// Title of the rule.
        rule_title: String,
        /// The program.
        program_id: LoyaltyProgramId,
        /// The subledger; empty for the main ledger.
        sub_ledger_id: String,
        /// Points.
        value: Amount,
        ;
        /// The transaction's UUID. Not in the API of June 2020.
        #[serde(rename = "transactionUUID")]
        transaction_uuid: String,
        /// Reason shown to the customer. Not in the API of June 2020.
        name: String,
        /// Loyalty card that they are deducted from. Not in the API of June 2020.
        card_identifier: String,
    }

    /// Props of `rollbackAddedLoyaltyPoints`. Schema `RollbackAddedLoyaltyPointsEffectProps`.
    RollbackAddedLoyaltyPoints {
        /// The program.
        program_id: LoyaltyProgramId,
        /// The subledger; empty for the main ledger.
        sub_ledger_id: String,
        /// Points that are deducted again.
        value: Amount,
        /// Integration id of the profile.
        recipient_integration_id: ProfileId,
        ;
        /// UUID of the transaction undone.
        #[serde(rename = "transactionUUID")]
        transaction_uuid: String,
        /// Position of the line that they were earned for.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_position: i64,
        /// Unit that they were earned for, from 0.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_sub_position: i64,
        /// Loyalty card of the points.
        card_identifier: String,
    }

    /// Props of `rollbackDeductedLoyaltyPoints`. Schema
    /// `RollbackDeductedLoyaltyPointsEffectProps`.
    RollbackDeductedLoyaltyPoints {
        /// The program.
        program_id: LoyaltyProgramId,
        /// The subledger; empty for the main ledger.
        sub_ledger_id: String,
        /// Points that are restored.
        value: Amount,
        /// Integration id of the profile.
        recipient_integration_id: ProfileId,
        ;
        /// Time from which they can be spent.
        start_date: Timestamp,
        /// Expiry of the points.
        expiry_date: Timestamp,
        /// UUID of the transaction undone.
        #[serde(rename = "transactionUUID")]
        transaction_uuid: String,
        /// Loyalty card that they were deducted from.
        card_identifier: String,
    }

    /// Props of `changeLoyaltyTierLevel`. Schema `ChangeLoyaltyTierLevelEffectProps`.
    ChangeLoyaltyTierLevel {
        /// Title of the rule.
        rule_title: String,
        /// The program.
        program_id: LoyaltyProgramId,
        /// The subledger; empty for the main ledger.
        sub_ledger_id: String,
        /// Name of the new tier.
        new_tier_name: String,
        ;
        /// Name of the previous tier.
        previous_tier_name: String,
        /// Expiry of the new tier.
        expiry_date: Timestamp,
    }

    /// Props of `extendLoyaltyPointsExpiryDate`. Schema
    /// `ExtendLoyaltyPointsExpiryDateEffectProps`.
    ExtendLoyaltyPointsExpiryDate {
        /// The program.
        program_id: LoyaltyProgramId,
        /// The subledger; empty for the main ledger.
        sub_ledger_id: String,
        /// Extension of the validity, such as `30D`.
        extension_duration: String,
        ;
        /// The transactions that changed.
        affected_transactions: Vec<ExpiryDateChange>,
    }

    /// Props of `setLoyaltyPointsExpiryDate`. Schema `SetLoyaltyPointsExpiryDateEffectProps`.
    SetLoyaltyPointsExpiryDate {
        /// The program.
        program_id: LoyaltyProgramId,
        /// The subledger; empty for the main ledger.
        sub_ledger_id: String,
        /// New expiry of the points.
        new_expiry_date: Timestamp,
        ;
        /// The transactions that changed.
        affected_transactions: Vec<ExpiryDateChange>,
    }

    /// A transaction whose points expire on another date. Schema
    /// `LoyaltyLedgerEntryExpiryDateChange`.
    ExpiryDateChange {
        /// The transaction's UUID.
        #[serde(rename = "transactionUUID")]
        transaction_uuid: String,
        /// New expiry of its points.
        new_expiry_date: Timestamp,
        ;
        /// Previous expiry.
        previous_expiry_date: Timestamp,
    }
}
