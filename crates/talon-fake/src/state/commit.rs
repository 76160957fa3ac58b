//! The end of a transaction.

use super::Transaction;
use crate::store::Conflict;

impl Transaction<'_> {
    /// Ends the transaction; with its writes, or of a refusal and a dry run without. Returns
    /// whether it changed anything.
    ///
    /// Locks the shards of what it read and wrote, looks whether all that was read is still so,
    /// writes, and calls `record`: who touch the same rows are recorded in the order in which they
    /// did. All transactions lock in the same order, that of the lines here and of the shards in
    /// each table, so none waits for one that waits for it.
    pub(crate) fn commit(self, writes: bool, record: impl FnOnce()) -> Result<bool, Conflict> {
        let Self { state, time, ids, mut counts, .. } = self;
        if !writes {
            counts.drop_changes();
        }
        let budgets = self.budgets.finish(writes);
        let awarded = self.awarded.finish(writes);
        let coupons = self.coupons.finish(writes);
        let referrals = self.referrals.finish(writes);
        let profiles = self.profiles.finish(writes);
        let sessions = self.sessions.finish(writes);

        let mut locked = (
            counts.lock(),
            budgets.lock(),
            awarded.lock(),
            coupons.lock(),
            referrals.lock(),
            profiles.lock(),
            sessions.lock(),
        );
        let validate = state.time() == time
            && counts.validate(&locked.0)
            && budgets.validate(&locked.1)
            && awarded.validate(&locked.2)
            && coupons.validate(&locked.3)
            && referrals.validate(&locked.4)
            && profiles.validate(&locked.5)
            && sessions.validate(&locked.6);
        if !validate {
            return Err(Conflict);
        }
        let changes = counts.writes()
            || budgets.writes()
            || awarded.writes()
            || coupons.writes()
            || referrals.writes()
            || profiles.writes()
            || sessions.writes();
        counts.apply(&mut locked.0);
        budgets.apply(&mut locked.1);
        awarded.apply(&mut locked.2);
        coupons.apply(&mut locked.3);
        referrals.apply(&mut locked.4);
        profiles.apply(&mut locked.5);
        sessions.apply(&mut locked.6);
        if writes {
            ids.keep();
        }
        record();
        Ok(changes)
    }
}
