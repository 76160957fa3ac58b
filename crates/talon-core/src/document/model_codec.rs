//! Models by their names.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::effect::Effect;
use crate::{Result, for_each_model, json, model};

/// Decodes the JSON of a model and encodes it again.
///
/// ```
/// use talon_core::document::model_codec;
///
/// let codec = model_codec("Tier").expect("a model");
/// let again = codec(br#"{"id": 7, "name": "Gold", "colour": "yellow"}"#)?;
///
/// assert_eq!(again, br#"{"id":7,"name":"Gold"}"#);
/// # Ok::<(), talon_core::Error>(())
/// ```
pub type ModelCodec = fn(&[u8]) -> Result<Vec<u8>>;

macro_rules! list_models {
    ($( $noun:ident { $( $model:ident, )+ } )+) => {
        /// Names of the models that [`model_codec`] has.
        pub const MODELS: &[&str] = &[ "Effect", $( $( stringify!($model), )+ )+ ];

        /// The codec of the model of this name, which is compiled here and not where it is called.
        pub fn model_codec(name: &str) -> Option<ModelCodec> {
            Some(match name {
                "Effect" => recode::<Effect>,
                $( $( stringify!($model) => recode::<model::$model>, )+ )+
                _ => return None,
            })
        }
    };
}
for_each_model!(list_models);

fn recode<T: DeserializeOwned + Serialize>(text: &[u8]) -> Result<Vec<u8>> {
    let value: T = json::from_slice(text)?;
    json::to_vec(&value)
}
