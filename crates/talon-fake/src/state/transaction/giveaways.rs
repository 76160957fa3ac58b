//! Codes of pools of giveaways.

use super::Transaction;
use crate::state::AwardedCodes;
use crate::world::GiveawayCode;

impl<'s> Transaction<'s> {
    /// Whether a pool has more than so many codes that can be awarded now.
    pub(crate) fn has_giveaways_beyond(&self, pool: i64, count: usize) -> bool {
        self.giveaways_left(pool).nth(count).is_some()
    }

    /// Takes the next code of a pool, if one can be awarded now.
    pub(crate) fn award(&mut self, pool: i64) -> Option<&'s GiveawayCode> {
        let (position, code) = self.giveaways_left(pool).next()?;
        let mut awarded = self.awarded(pool);
        awarded.award(position);
        self.tables.awarded.put(awarded);
        Some(code)
    }

    fn giveaways_left(&self, pool: i64) -> impl Iterator<Item = (usize, &'s GiveawayCode)> {
        let codes = self.state.pools.get(&pool).map_or(&[][..], |pool| &pool.codes);
        let now = self.now;
        let left = self.awarded(pool).into_left(codes.len());
        let left = left.map(move |position| (position, &codes[position]));
        left.filter(move |(_, code)| code.is_valid_at(now))
    }

    fn awarded(&self, pool: i64) -> AwardedCodes {
        let awarded = self.tables.awarded.get(&pool).cloned();
        awarded.unwrap_or_else(|| AwardedCodes::none_of(pool))
    }
}
