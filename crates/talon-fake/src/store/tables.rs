//! The tables of a state, declared once.

/// Declares the tables of a state. Everything that concerns all of them follows from the list:
/// transactions, commit, snapshot and restore.
///
/// ```text
/// tables! {
///     /// Codes and their use.
///     coupons: Table<StoredCoupon>,
///     /// What each campaign gave.
///     counts: MergeTable<CampaignCounts>,
/// }
/// ```
///
/// expands to `Tables` with a field for each, `TablesTx` with the transaction of each (and
/// `commit`, `unreadable`), `CapturedTables`, and `TableImages` with serde.
macro_rules! tables {
    ($( $(#[$doc:meta])* $name:ident: $Table:ident<$Row:ty>, )+) => {
        /// The tables of a state.
        #[derive(Debug, Default)]
        pub(crate) struct Tables {
            $( $(#[$doc])* pub(crate) $name: $crate::store::$Table<$Row>, )+
        }

        /// What a transaction reads and writes of each table.
        pub(crate) struct TablesTx<'t> {
            $( $(#[$doc])* pub(crate) $name: $crate::store::transactions::$Table<'t, $Row>, )+
        }

        /// The rows of every table at one moment, shared with the tables and in no order.
        pub(crate) struct CapturedTables {
            $( $name: <$crate::store::$Table<$Row> as $crate::store::AnyTable>::Captured, )+
        }

        /// The rows of every table by key, as a snapshot has them.
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields, default)]
        pub(crate) struct TableImages {
            $( $name: <$crate::store::$Table<$Row> as $crate::store::AnyTable>::Image, )+
        }

        impl Tables {
            pub(crate) fn begin(&self) -> TablesTx<'_> {
                use $crate::store::AnyTable as _;
                TablesTx { $( $name: self.$name.begin(), )+ }
            }

            pub(crate) fn capture(&self) -> CapturedTables {
                use $crate::store::AnyTable as _;
                CapturedTables { $( $name: self.$name.capture(), )+ }
            }

            /// Stores the rows of every image.
            pub(crate) fn fill(&self, images: TableImages) {
                use $crate::store::AnyTable as _;
                $( self.$name.fill(images.$name); )+
            }
        }

        impl CapturedTables {
            pub(crate) fn into_images(self) -> TableImages {
                TableImages {
                    $( $name: <$crate::store::$Table<$Row> as $crate::store::AnyTable>::image(self.$name), )+
                }
            }
        }

        impl TableImages {
            /// # Errors
            /// With the table and the first row that could not be stored and read back.
            pub(crate) fn check(&self) -> Result<(), (&'static str, $crate::store::InvalidRow)> {
                $(
                    <$crate::store::$Table<$Row> as $crate::store::AnyTable>::check(&self.$name)
                        .map_err(|row| (stringify!($name), row))?;
                )+
                Ok(())
            }
        }

        impl TablesTx<'_> {
            /// The first row that could not be read.
            pub(crate) fn unreadable(&self) -> Option<&$crate::store::UnreadableRow> {
                use $crate::store::TableTransaction as _;
                None$( .or_else(|| self.$name.unreadable()) )+
            }

            /// How many rows the transaction read or wrote.
            #[cfg(test)]
            pub(crate) fn touched(self) -> usize {
                use $crate::store::TableTransaction as _;
                0 $( + self.$name.touched() )+
            }

            /// Ends the transaction; without its writes unless `writes`. Returns whether it changed
            /// a row. `record` runs while the rows are locked, so that transactions that conflict
            /// are recorded in the order in which they took effect. It is called once, and a trait
            /// object, so that the commit of all tables is compiled once and not for each operation.
            ///
            /// # Errors
            /// [`Conflict`](crate::store::Conflict) when a row that was read has changed since, or
            /// `is_current` is false.
            pub(crate) fn commit(
                self,
                writes: bool,
                is_current: &dyn Fn() -> bool,
                record: &mut dyn FnMut(),
            ) -> Result<bool, $crate::store::Conflict> {
                use $crate::store::{TableCommit as _, TableTransaction as _};
                // Most transactions touch a few of the tables.
                $( let mut $name = self.$name.finish(writes); )+
                $( if let Some(it) = &mut $name { it.lock(); } )+
                if !(is_current() $( && $name.iter().all(|it| it.validate()) )+) {
                    return Err($crate::store::Conflict);
                }
                let has_writes = false $( || $name.iter().any(|it| it.has_writes()) )+;
                $( if let Some(it) = &mut $name { it.apply(); } )+
                record();
                Ok(has_writes)
            }
        }
    };
}

pub(crate) use tables;
