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
        /// Who earns them.
        recipient_integration_id: ProfileId,
        ;
        /// When they expire, in words; 2020 only.
        expiry_condition: String,
        /// Points before a limit cut them. Not in the API of June 2020.
        desired_value: Amount,
        /// When they become usable. Not in the API of June 2020.
        start_date: Timestamp,
        /// When they expire. Not in the API of June 2020.
        expiry_date: Timestamp,
        /// The transaction's UUID. Not in the API of June 2020.
        #[serde(rename = "transactionUUID")]
        transaction_uuid: String,
        /// Line they are earned for. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_position: i64,
        /// Unit they are earned for. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_sub_position: i64,
        /// Card they go to. Not in the API of June 2020.
        card_identifier: String,
        /// Bundle they are earned for. Not in the API of June 2020.
        bundle_index: i64,
        /// Name of that bundle. Not in the API of June 2020.
        bundle_name: String,
        /// Whether they must be activated first. Not in the API of June 2020.
        awaits_activation: bool,
        /// How long they are valid once active. Not in the API of June 2020.
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
        /// Card they are taken from. Not in the API of June 2020.
        card_identifier: String,
    }

    /// Props of `rollbackAddedLoyaltyPoints`. Schema `RollbackAddedLoyaltyPointsEffectProps`.
    RollbackAddedLoyaltyPoints {
        /// The program.
        program_id: LoyaltyProgramId,
        /// The subledger; empty for the main ledger.
        sub_ledger_id: String,
        /// Points taken back.
        value: Amount,
        /// Whose points.
        recipient_integration_id: ProfileId,
        ;
        /// UUID of the transaction undone.
        #[serde(rename = "transactionUUID")]
        transaction_uuid: String,
        /// Line they were earned for.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_position: i64,
        /// Unit they were earned for.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_sub_position: i64,
        /// Card they were on.
        card_identifier: String,
    }

    /// Props of `rollbackDeductedLoyaltyPoints`. Schema
    /// `RollbackDeductedLoyaltyPointsEffectProps`.
    RollbackDeductedLoyaltyPoints {
        /// The program.
        program_id: LoyaltyProgramId,
        /// The subledger; empty for the main ledger.
        sub_ledger_id: String,
        /// Points given back.
        value: Amount,
        /// Whose points.
        recipient_integration_id: ProfileId,
        ;
        /// When they become usable.
        start_date: Timestamp,
        /// When they expire.
        expiry_date: Timestamp,
        /// UUID of the transaction undone.
        #[serde(rename = "transactionUUID")]
        transaction_uuid: String,
        /// Card they were taken from.
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
        /// Tier reached.
        new_tier_name: String,
        ;
        /// Tier left.
        previous_tier_name: String,
        /// When the new tier ends.
        expiry_date: Timestamp,
    }

    /// Props of `extendLoyaltyPointsExpiryDate`. Schema
    /// `ExtendLoyaltyPointsExpiryDateEffectProps`.
    ExtendLoyaltyPointsExpiryDate {
        /// The program.
        program_id: LoyaltyProgramId,
        /// The subledger; empty for the main ledger.
        sub_ledger_id: String,
        /// How much later they expire, such as `30D`.
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
        /// When they now expire.
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
        /// When its points now expire.
        new_expiry_date: Timestamp,
        ;
        /// When they expired before.
        previous_expiry_date: Timestamp,
    }
}
