use super::fake;
use crate::{Capability, Implementation, World};

/// The fake, called directly. It needs no key.
pub fn direct() -> Implementation {
    let open = |seed| async {
        let fake = fake(seed);
        World::new(fake.api()).with_fake(fake)
    };
    Implementation::new("direct", open).without(&[Capability::Keys])
}
