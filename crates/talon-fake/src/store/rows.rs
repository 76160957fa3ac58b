//! The rows of a shard.

use std::collections::VecDeque;
use std::sync::{Arc, Weak};

use hashbrown::HashTable;

use super::row::{Row, Stored as _};

/// How many of the last writes to a shard stay as they are.
///
/// A cart is updated several times within a short time, and by then it is not encoded yet: that saves
/// a decoding and an encoding for each update. Sixteen shards of them take some ten megabytes.
const RECENT_WRITES: usize = 128;

/// The rows of a shard, and which of them were written last.
pub(super) struct Rows<R: Row> {
    by_key: HashTable<Arc<R::Stored>>,
    /// Boxed, since most tables have none.
    recent: Option<Box<RecentRows<R>>>,
}

/// Rows that are yet to be encoded, each with its hash, in the order of the writes. One that was
/// written again since is gone.
struct RecentRows<R: Row>(VecDeque<(u64, Weak<R::Stored>)>);

impl<R: Row> Rows<R> {
    pub(super) fn find(&self, hash: u64, key: &R::Key) -> Option<&Arc<R::Stored>> {
        self.by_key.find(hash, |row| row.row_key() == key)
    }

    pub(super) fn find_mut(&mut self, hash: u64, key: &R::Key) -> Option<&mut Arc<R::Stored>> {
        self.by_key.find_mut(hash, |row| row.row_key() == key)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<R::Stored>> {
        self.by_key.iter()
    }

    #[cfg(feature = "serve")]
    pub(super) fn len(&self) -> usize {
        self.by_key.len()
    }

    pub(super) fn put(
        &mut self,
        hash: u64,
        row: Arc<R::Stored>,
        hash_of: impl Fn(&Arc<R::Stored>) -> u64,
    ) {
        if row.awaits_encoding() {
            self.note_recent(hash, &row);
        }
        match self.find_mut(hash, row.row_key()) {
            Some(known) => *known = row,
            None => drop(self.by_key.insert_unique(hash, row, hash_of)),
        }
    }

    pub(super) fn remove(&mut self, hash: u64, key: &R::Key) {
        if let Ok(row) = self.by_key.find_entry(hash, |row| row.row_key() == key) {
            row.remove();
        }
    }

    /// Notes a row, and encodes the one that was noted longest ago when there are too many.
    fn note_recent(&mut self, hash: u64, row: &Arc<R::Stored>) {
        let RecentRows(recent) = &mut **self.recent.get_or_insert_default();
        recent.push_back((hash, Arc::downgrade(row)));
        if recent.len() > RECENT_WRITES
            && let Some((hash, row)) = recent.pop_front()
            && let Some(row) = row.upgrade()
        {
            self.encode_in_place(hash, &row);
        }
    }

    /// Encodes a row, unless another has taken its place. A transaction that has read it has a
    /// conflict, and is executed again.
    fn encode_in_place(&mut self, hash: u64, row: &Arc<R::Stored>) {
        let place = self.by_key.find_mut(hash, |known| Arc::ptr_eq(known, row));
        if let Some(place) = place
            && let Some(encoded) = row.encoded()
        {
            *place = Arc::new(encoded);
        }
    }
}

impl<R: Row> Default for Rows<R> {
    fn default() -> Self {
        Self { by_key: HashTable::new(), recent: None }
    }
}

impl<R: Row> Default for RecentRows<R> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::store::{EncodableRow, EncodedRow};

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Cart {
        id: u64,
        note: String,
    }

    impl Row for Cart {
        type Key = u64;
        type Stored = EncodedRow<Self>;

        fn key(&self) -> &u64 {
            &self.id
        }
    }

    impl EncodableRow for Cart {
        const CHANGES_OFTEN: bool = true;
    }

    fn put(rows: &mut Rows<Cart>, id: u64, note: &str) -> Arc<EncodedRow<Cart>> {
        let row = Arc::new(EncodedRow::of_write(Cart { id, note: note.to_owned() }));
        rows.put(id, Arc::clone(&row), |row| *row.row_key());
        row
    }

    /// Writes other rows until those before them are encoded.
    fn put_others(rows: &mut Rows<Cart>) {
        for id in 1000..1000 + RECENT_WRITES as u64 {
            put(rows, id, "");
        }
    }

    #[test]
    fn a_row_is_encoded_after_other_writes_and_stays_equal() {
        let mut rows = Rows::default();
        let written = put(&mut rows, 1, "two\u{2028}lines");
        assert!(rows.find(1, &1).is_some_and(|row| Arc::ptr_eq(row, &written)));

        put_others(&mut rows);

        let encoded = Arc::clone(rows.find(1, &1).unwrap());
        assert!(written.awaits_encoding() && !encoded.awaits_encoding());
        assert_eq!((&encoded, encoded.decode().unwrap()), (&written, written.decode().unwrap()));
        assert_eq!(encoded.encoded(), None);
        let recent = rows.iter().filter(|row| row.awaits_encoding()).count();
        assert_eq!((recent, rows.iter().count()), (RECENT_WRITES, RECENT_WRITES + 1));
    }

    #[test]
    fn a_row_that_was_written_again_or_removed_is_let_alone() {
        let mut rows = Rows::default();
        put(&mut rows, 1, "first");
        put(&mut rows, 2, "removed");
        rows.remove(2, &2);
        (0..RECENT_WRITES - 2).for_each(|_| drop(put(&mut rows, 3, "")));
        let latest = put(&mut rows, 1, "second");
        put(&mut rows, 4, "");

        assert!(rows.find(1, &1).is_some_and(|row| Arc::ptr_eq(row, &latest)));
        assert!(rows.find(2, &2).is_none());
        put_others(&mut rows);
        assert!(!rows.find(1, &1).unwrap().awaits_encoding());
        assert_eq!(rows.find(1, &1).unwrap().decode().unwrap().note, "second");
    }
}
