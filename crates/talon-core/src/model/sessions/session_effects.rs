//! Sessions with the effects in force for them.

use crate::effect::Effect;
use crate::model::{CustomerSessionV2, model};

model! {
    /// A session as it stands, and the effects in force for it.
    ///
    /// Not in the API of June 2020. Schema `IntegrationCustomerSessionResponse`.
    pub struct CurrentSession {
        /// The session; always sent.
        pub customer_session: Option<CustomerSessionV2>,
        /// Effects that were not rolled back; always sent.
        pub effects: Option<Vec<Effect>>,
    }
}

model! {
    /// What was rolled back when a session was opened again.
    ///
    /// Not in the API of June 2020. Schema `ReopenSessionResponse`.
    pub struct ReopenedSession {
        /// The rollback effects, in the order of the effects they undo.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub effects: Vec<Effect>,
    }
}
