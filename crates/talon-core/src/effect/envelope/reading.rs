//! Two ways of reading the members of an effect.

use serde::de::{DeserializeOwned, MapAccess};
use talon_json::RawText;

use crate::effect::EffectKind;
use crate::effect::kind::EffectType;
use crate::wire::lenient::from_any_type;

/// How the members of an effect are read.
pub(super) trait Reading {
    fn required<'de, T, A>(map: &mut A) -> Result<Option<T>, A::Error>
    where
        T: DeserializeOwned,
        A: MapAccess<'de>;

    fn optional<'de, T, A>(map: &mut A) -> Result<Option<T>, A::Error>
    where
        T: DeserializeOwned,
        A: MapAccess<'de>;

    fn props<'de, A: MapAccess<'de>>(
        map: &mut A,
        effect_type: Option<&EffectType>,
    ) -> Result<Props<'de>, A::Error>;
}

/// Props of an effect: decoded, or kept until its type is known.
#[expect(clippy::large_enum_variant, reason = "it lives as long as one effect is read")]
pub(super) enum Props<'de> {
    Known(EffectKind),
    Raw(RawText<'de>),
}

/// Members and props are read as their types say, or fail.
pub(super) struct Speculative;

impl Reading for Speculative {
    #[inline]
    fn required<'de, T, A>(map: &mut A) -> Result<Option<T>, A::Error>
    where
        T: DeserializeOwned,
        A: MapAccess<'de>,
    {
        map.next_value().map(Some)
    }

    #[inline]
    fn optional<'de, T, A>(map: &mut A) -> Result<Option<T>, A::Error>
    where
        T: DeserializeOwned,
        A: MapAccess<'de>,
    {
        map.next_value()
    }

    #[inline]
    fn props<'de, A: MapAccess<'de>>(
        map: &mut A,
        effect_type: Option<&EffectType>,
    ) -> Result<Props<'de>, A::Error> {
        match effect_type {
            Some(effect_type) => map.next_value_seed(effect_type).map(Props::Known),
            None => map.next_value().map(Props::Raw),
        }
    }
}

/// Members may have another type, and are then converted or left out.
pub(super) struct Loose;

impl Reading for Loose {
    fn required<'de, T, A>(map: &mut A) -> Result<Option<T>, A::Error>
    where
        T: DeserializeOwned,
        A: MapAccess<'de>,
    {
        Ok(from_any_type(map.next_value::<RawText<'_>>()?.get()))
    }

    fn optional<'de, T, A>(map: &mut A) -> Result<Option<T>, A::Error>
    where
        T: DeserializeOwned,
        A: MapAccess<'de>,
    {
        Self::required(map)
    }

    fn props<'de, A: MapAccess<'de>>(
        map: &mut A,
        _: Option<&EffectType>,
    ) -> Result<Props<'de>, A::Error> {
        map.next_value().map(Props::Raw)
    }
}
