//! Notifications, attributes, webhooks, and what rules and shops agree on.

use serde_json::Value;

use super::props;
use crate::wire::open_enum;

open_enum! {
    /// Sort of a notification.
    pub enum NotificationType {
        /// Something to know.
        Info = "Info",
        /// Something to buy.
        Offer = "Offer",
        /// Something went wrong.
        Error = "Error",
        /// Anything else.
        Misc = "Misc",
    }
}

props! {
    /// Props of `showNotification`. Schema `ShowNotificationEffectProps`.
    ShowNotification {
        /// Sort of the notification.
        notification_type: NotificationType,
        /// Its title.
        title: String,
        /// Its text.
        body: String,
    }

    /// Props of `updateAttribute`: the service has changed the attribute already. Schema
    /// `UpdateAttributeEffectProps`.
    UpdateAttribute {
        /// Which attribute, such as `Profile.Attributes.Tier`.
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
        /// The service's id of the custom effect.
        effect_id: i64,
        /// Its name.
        name: String,
        /// What it carries.
        #[serde(deserialize_with = "crate::json::deserialize_value")]
        payload: Value,
        ;
        /// Line it is about.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_position: i64,
        /// Unit it is about.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_sub_position: i64,
        /// Bundle it is about.
        bundle_index: i64,
        /// Name of that bundle.
        bundle_name: String,
    }

    /// Props of `error`: a rule failed while it ran. Schema `ErrorEffectProps`.
    RuleError {
        /// What went wrong.
        message: String,
    }

    /// Props of `showBundleMetadata`. Schema `ShowBundleMetadataEffectProps`.
    ShowBundleMetadata {
        /// What the bundle is.
        description: String,
        /// Attributes the items share.
        bundle_attributes: Vec<String>,
        /// Positions of the items in the cart, from 0.
        #[serde(deserialize_with = "crate::wire::lenient::wholes")]
        items_indices: Vec<i64>,
    }
}
