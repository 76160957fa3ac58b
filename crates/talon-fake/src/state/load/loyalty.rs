//! Points that ledgers begin with, and memberships in programs.

use std::collections::BTreeMap;

use talon_core::{LoyaltyProgramId, ProfileId, Timestamp};

use crate::state::{LedgerOwner, LoyaltyAccount, LoyaltyAccountKey, PointTransaction, State};
use crate::world::World;

/// When the profiles with points join their programs; never where absent.
type Members = BTreeMap<(ProfileId, LoyaltyProgramId), Option<Timestamp>>;

impl State {
    pub(super) fn load_loyalty(&self, world: &World) {
        for join in &world.joins {
            let joined = join.join_date.unwrap_or(world.now);
            self.change_profile(&join.profile_id, |profile| profile.join(join.program_id, joined));
        }
        // Accounts and profiles with many entries are written once.
        let (mut accounts, mut members) = (BTreeMap::new(), Members::new());
        for entry in &world.ledger_entries {
            let transaction = PointTransaction::of_entry(self.next_number(), entry, self.world.now);
            self.note_member(&transaction, &mut members);
            let key = transaction.account.clone();
            let account =
                accounts.entry(key).or_insert_with_key(|key| LoyaltyAccount::new(key.clone()));
            account.ledger_mut(&transaction.subledger).apply(&transaction);
            account.enter(&transaction);
            self.tables.point_transactions.put(transaction);
        }
        for account in accounts.into_values() {
            self.tables.loyalty_accounts.put(account);
        }
        for ((profile, program), joined) in members {
            self.change_profile(&profile, |profile| {
                profile.programs.insert(program);
                if let Some(joined) = joined {
                    profile.join(program, joined);
                }
            });
        }
    }

    /// Notes that a profile has an account, and when its points make it join.
    fn note_member(&self, transaction: &PointTransaction, members: &mut Members) {
        let LoyaltyAccountKey { program, owner } = &transaction.account;
        let LedgerOwner::Profile(profile) = owner else { return };
        let now = self.world.now;
        let stored = self.programs.get(program);
        let joined = stored.and_then(|it| it.join_date(&transaction.dates, now));
        let known = members.entry((profile.clone(), *program)).or_insert(joined);
        *known = [*known, joined].into_iter().flatten().min();
    }
}
