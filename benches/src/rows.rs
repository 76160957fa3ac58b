//! All benchmarks, in the order of the report.

use crate::row::Row;

mod call;
mod codec;
mod evaluate;
mod operations;
mod path;
mod peers;
mod user_payload;

/// All rows; only those of a user's payload when the environment names one.
///
/// # Errors
/// When the payload cannot be decoded as its type; the message says where.
pub fn all() -> Result<Vec<Row>, String> {
    if let Some(rows) = user_payload::rows()? {
        return Ok(rows);
    }
    let parts = [codec::rows(), operations::rows(), path::rows(), call::rows(), evaluate::rows()];
    Ok(parts.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique() {
        let rows = all().unwrap();
        let names: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();

        assert_eq!(names.len(), rows.len());
    }

    #[test]
    fn every_row_can_be_repeated() {
        for row in all().unwrap().iter().filter(|row| !row.heavy) {
            row.prepare().calls(3).run();
        }
    }
}
