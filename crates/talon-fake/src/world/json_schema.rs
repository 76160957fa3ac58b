//! The schema of a world file.

use super::World;

impl World {
    /// JSON Schema of a world file, for editors; shipped as `world.schema.json`.
    pub fn json_schema() -> serde_json::Value {
        let mut schema = schemars::schema_for!(Self).to_value();
        schema["properties"]["$schema"] = serde_json::json!({
            "description": "Where this schema is, for editors.",
            "type": "string",
        });
        // The same text whether or not a dependency has serde_json keep the order of members.
        schema.sort_all_objects();
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/world.schema.json");

    /// `TALON_UPDATE=1 cargo test -p talon-fake` writes it anew.
    #[test]
    fn the_shipped_schema_is_current() {
        let current = format!("{:#}\n", World::json_schema());
        if std::env::var_os("TALON_UPDATE").is_some() {
            std::fs::write(SHIPPED, &current).unwrap();
        }

        let shipped = std::fs::read_to_string(SHIPPED).unwrap();

        assert!(shipped == current, "world.schema.json is stale: TALON_UPDATE=1 cargo test");
    }

    #[test]
    fn every_member_is_described() {
        let schema = World::json_schema();

        let members = schema["properties"].as_object().unwrap();
        assert!(members.values().all(|member| member["description"].is_string()), "{members:#?}");
    }
}
