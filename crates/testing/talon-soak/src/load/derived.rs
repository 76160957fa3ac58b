//! Steps that are derived from the samples of operations, for operations without an explicit step.

use talon_core::{Operation, Result};
use talon_fake::Fake;
use talon_samples::{Sample, for_each_sample};

use super::step::{PLACEHOLDER, Step};

/// The customers whose steps are replayed to find the expected statuses.
const CUSTOMERS: [u64; 2] = [1, 2];

/// Sends the steps for each customer to the fake.
pub(super) async fn replay(fake: &Fake, steps: &[Step]) {
    for customer in CUSTOMERS {
        for step in steps {
            step.send(fake, customer).await;
        }
    }
}

/// Adds a step for each operation that has a step neither in `steps` nor in `last`.
///
/// # Panics
/// When no sample of an operation is suitable.
pub(super) async fn add_derived(
    fake: &Fake,
    steps: &mut Vec<Step>,
    last: &[Step],
    is_new: bool,
) -> Result<()> {
    for_each_sample!(|O| {
        if !steps.iter().chain(last).any(|step| step.operation == O::INFO.id) {
            steps.push(derive::<O>(fake, is_new).await?);
        }
    });
    Ok(())
}

/// The first sample, or sample of a refusal, that has the same status for every customer. For an
/// existing customer it must not change the stored data either.
async fn derive<O: Sample>(fake: &Fake, is_new: bool) -> Result<Step> {
    for request in [O::sample(PLACEHOLDER)].into_iter().chain(O::refused()) {
        let mut step = Step::new(&request, 0)?;
        let before = fake.snapshot();
        // A copy, because an unsuitable request must not change the state.
        let copy = Fake::from_snapshot(&before).expect("the world was valid before");
        let mut statuses = Vec::new();
        for customer in CUSTOMERS {
            statuses.push(step.send(&copy, customer).await);
        }
        let is_stored = copy.snapshot() != before;
        if statuses.iter().all(|status| *status == statuses[0]) && (is_new || !is_stored) {
            step.status = statuses[0];
            replay(fake, std::slice::from_ref(&step)).await;
            return Ok(step);
        }
    }
    panic!("{}: no sample has the same status for every customer", O::INFO.id);
}
