//! Conditions on attributes.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use talon_core::{Attributes, Timestamp};

use super::Range;

/// A test of an attribute; it holds when every member that is given does, and the attribute exists.
///
/// In a world file `{"name": "Tier", "oneOf": ["gold", "silver"]}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttributeTest {
    /// Its name.
    pub name: String,
    /// The value it must equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "talon_core::json::deserialize_value")]
    pub is: Option<Value>,
    /// Values of which it must equal one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "talon_core::json::deserialize_value")]
    pub one_of: Option<Vec<Value>>,
    /// A value that its list must contain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "talon_core::json::deserialize_value")]
    pub contains: Option<Value>,
    /// The range that its number must be in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// The first instant that it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// The first instant that it may no longer be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Timestamp>,
    /// The area that its location must be in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<Near>,
}

/// The area within a distance of a point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Near {
    /// Latitude in degrees, −90 to 90.
    pub lat: f64,
    /// Longitude in degrees, −180 to 180.
    pub lon: f64,
    /// Distance in kilometres over the ground, on a sphere.
    pub km: f64,
}

impl AttributeTest {
    /// The attribute `name` exists.
    pub fn exists(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The attribute `name` equals `value`.
    pub fn is(name: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { is: Some(value.into()), ..Self::exists(name) }
    }

    /// The list in the attribute `name` contains `value`.
    pub fn contains(name: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { contains: Some(value.into()), ..Self::exists(name) }
    }

    /// The number in the attribute `name` is in `range`.
    pub fn within(name: impl Into<String>, range: Range) -> Self {
        Self { range: Some(range), ..Self::exists(name) }
    }

    /// The location in the attribute `name` is in the area.
    pub fn near(name: impl Into<String>, near: Near) -> Self {
        Self { near: Some(near), ..Self::exists(name) }
    }

    pub(super) fn holds(&self, attributes: &Attributes) -> bool {
        let Some(value) = attributes.get(&self.name) else { return false };
        let time = || attributes.time(&self.name);
        let is_in = |list: &[Value], wanted: &Value| list.iter().any(|item| equal(item, wanted));
        self.is.as_ref().is_none_or(|wanted| equal(wanted, value))
            && self.one_of.as_ref().is_none_or(|wanted| is_in(wanted, value))
            && self
                .contains
                .as_ref()
                .is_none_or(|wanted| value.as_array().is_some_and(|list| is_in(list, wanted)))
            && self.range.is_none_or(|range| {
                attributes.number(&self.name).is_some_and(|number| range.contains(number))
            })
            && self.from.is_none_or(|from| time().is_some_and(|at| from <= at))
            && self.before.is_none_or(|before| time().is_some_and(|at| at < before))
            && self.near.is_none_or(|near| near.holds(value))
    }
}

/// Numbers are equal by value, however they are written: 7 is 7.0.
fn equal(one: &Value, other: &Value) -> bool {
    let is_written_otherwise = one.is_f64() != other.is_f64();
    let mut numbers = one.as_f64().zip(other.as_f64()).into_iter();
    one == other || is_written_otherwise && numbers.any(|(a, b)| a.total_cmp(&b).is_eq())
}

impl Near {
    /// Distances over the ground, on a sphere.
    fn holds(&self, place: &Value) -> bool {
        const EARTH_KM: f64 = 6371.0;
        let degrees = |name: &str| place.get(name).and_then(Value::as_f64);
        let (Some(lat), Some(lon)) = (degrees("lat"), degrees("lon")) else { return false };
        let (lat1, lat2) = (self.lat.to_radians(), lat.to_radians());
        let half_lat = ((lat2 - lat1) / 2.0).sin();
        let half_lon = ((lon - self.lon).to_radians() / 2.0).sin();
        let chord = half_lat.mul_add(half_lat, lat1.cos() * lat2.cos() * half_lon * half_lon);
        2.0 * EARTH_KM * chord.sqrt().asin() <= self.km
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn attributes() -> Attributes {
        Attributes::new()
            .with("Tags", json!(["vip", "early"]))
            .with("Born", "1990-05-17T00:00:00Z")
            .with("Home", json!({"lat": 52.52, "lon": 13.405}))
            .with("Visits", 7)
    }

    #[test]
    fn every_type_can_be_tested() {
        let potsdam = Near { lat: 52.396, lon: 13.058, km: 30.0 };
        let noon = "1990-05-17T12:00:00Z".parse().unwrap();

        assert!(AttributeTest::contains("Tags", "vip").holds(&attributes()));
        assert!(!AttributeTest::contains("Tags", "late").holds(&attributes()));
        assert!(
            AttributeTest { before: Some(noon), ..AttributeTest::exists("Born") }
                .holds(&attributes())
        );
        assert!(
            !AttributeTest { from: Some(noon), ..AttributeTest::exists("Born") }
                .holds(&attributes())
        );
        assert!(AttributeTest::near("Home", potsdam).holds(&attributes()));
        assert!(!AttributeTest::near("Home", Near { km: 20.0, ..potsdam }).holds(&attributes()));
        assert!(AttributeTest::within("Visits", Range::at_least(7)).holds(&attributes()));
    }

    #[test]
    fn an_absent_attribute_fits_nothing() {
        assert!(!AttributeTest::exists("Nope").holds(&attributes()));
    }
}
