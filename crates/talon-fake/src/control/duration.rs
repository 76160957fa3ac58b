//! Durations in JSON.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A duration, `{"days": 30}` or `{"seconds": 2, "milliseconds": 500}` in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct JsonDuration(pub(crate) Duration);

/// Parts of a duration, which add up.
#[derive(Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
struct Parts {
    #[serde(skip_serializing_if = "is_zero")]
    days: u64,
    #[serde(skip_serializing_if = "is_zero")]
    hours: u64,
    #[serde(skip_serializing_if = "is_zero")]
    minutes: u64,
    #[serde(skip_serializing_if = "is_zero")]
    seconds: u64,
    #[serde(skip_serializing_if = "is_zero")]
    milliseconds: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Parts {
    fn total(&self) -> Option<Duration> {
        let hours = self.days.checked_mul(24)?.checked_add(self.hours)?;
        let minutes = hours.checked_mul(60)?.checked_add(self.minutes)?;
        let seconds = minutes.checked_mul(60)?.checked_add(self.seconds)?;
        Duration::from_secs(seconds).checked_add(Duration::from_millis(self.milliseconds))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for JsonDuration {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Duration".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Parts::json_schema(generator)
    }
}

impl Serialize for JsonDuration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parts = Parts {
            seconds: self.0.as_secs(),
            milliseconds: self.0.subsec_millis().into(),
            ..Parts::default()
        };
        parts.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for JsonDuration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parts = Parts::deserialize(deserializer)?;
        parts.total().map(Self).ok_or_else(|| de::Error::custom("too long"))
    }
}

/// A measured duration in milliseconds, to the microsecond.
pub(crate) fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up() {
        let span: JsonDuration =
            serde_json::from_str(r#"{"days": 1, "hours": 2, "seconds": 3}"#).unwrap();

        assert_eq!(span.0, Duration::from_secs(26 * 3600 + 3));
    }

    #[test]
    fn what_no_duration_can_hold_is_refused() {
        let huge = format!(r#"{{"days": {}}}"#, u64::MAX);

        assert!(serde_json::from_str::<JsonDuration>(&huge).is_err());
        assert!(serde_json::from_str::<JsonDuration>(r#"{"day": 1}"#).is_err());
    }
}
