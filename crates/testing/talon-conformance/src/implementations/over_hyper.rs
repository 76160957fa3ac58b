use super::served::served;
use crate::Implementation;

/// A client over hyper, and the served fake.
pub fn over_hyper() -> Implementation {
    served("over_hyper", talon_hyper::connect)
}
