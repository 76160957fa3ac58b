//! Notifications, attributes, webhooks and custom effects.

use serde_json::Value;

use super::props;
use crate::wire::open_enum;

open_enum! {
    /// Type of a notification.
    pub enum NotificationType {
        /// Information.
        Info = "Info",
        /// An offer.
        Offer = "Offer",
        /// An error.
        Error = "Error",
        /// Any other type.
        Misc = "Misc",
    }
}

props! {
    /// Props of `showNotification`. Schema `ShowNotificationEffectProps`.
    ShowNotification {
        /// Type of the notification.
        notification_type: NotificationType,
        /// Its title.
        title: String,
        /// Its text.
        body: String,
    }

    /// Props of `updateAttribute`: the service has changed the attribute already. Schema
    /// `UpdateAttributeEffectProps`.
    UpdateAttribute {
        /// Path of the attribute, such as `Profile.Attributes.Tier`.
        path: String,
        /// Its new value.
        #[serde(deserialize_with = "crate::json::deserialize_value")]
        value: Value,
    }

    /// Props of `triggerWebhook`: the service calls it. Schema `TriggerWebhookEffectProps`.
    TriggerWebhook {
        /// The webhook.
        #[serde(deserialize_with = "crate::wire::lenient::whole")]
        webhook_id: i64,
        /// Its name.
        webhook_name: String,
    }

    /// Props of `customEffect`. Schema `CustomEffectProps`.
    CustomEffect {
        /// Id of the custom effect.
        effect_id: i64,
        /// Its name.
        name: String,
        /// Payload of the effect.
        #[serde(deserialize_with = "crate::json::deserialize_value")]
        payload: Value,
        ;
        /// Position of the line that it applies to.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_position: i64,
        /// Unit that it applies to, from 0.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_sub_position: i64,
        /// Index of the bundle that it applies to.
        bundle_index: i64,
        /// Name of that bundle.
        bundle_name: String,
    }

    /// Props of `error`: a rule failed while it ran. Schema `ErrorEffectProps`.
    RuleError {
        /// Error message.
        message: String,
    }

    /// Props of `showBundleMetadata`. Schema `ShowBundleMetadataEffectProps`.
    ShowBundleMetadata {
        /// Description of the bundle.
        description: String,
        /// Attributes the items share.
        bundle_attributes: Vec<String>,
        /// Positions of the items in the cart, from 0.
        #[serde(deserialize_with = "crate::wire::lenient::wholes")]
        items_indices: Vec<i64>,
    }
}
