//! Every row, in the order of the report.

use crate::row::Row;

mod call;
mod codec;
mod evaluate;
mod families;
mod path;
mod users;

/// All rows; only those of a user's payload when one is given.
///
/// # Errors
/// When the payload cannot be read as what it is said to be; says where.
pub fn all() -> Result<Vec<Row>, String> {
    if let Some(rows) = users::rows()? {
        return Ok(rows);
    }
    let parts = [codec::rows(), families::rows(), path::rows(), call::rows(), evaluate::rows()];
    Ok(parts.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_has_a_name_of_its_own() {
        let rows = all().unwrap();
        let names: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();

        assert_eq!(names.len(), rows.len());
    }

    #[test]
    fn every_row_can_be_repeated() {
        for row in all().unwrap().iter().filter(|row| !row.heavy) {
            row.prepare().calls(3).make();
        }
    }
}
