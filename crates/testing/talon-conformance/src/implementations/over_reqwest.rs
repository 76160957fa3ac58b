use super::served::served;
use crate::Implementation;

/// A client over reqwest, and the served fake.
pub fn over_reqwest() -> Implementation {
    served("over_reqwest", talon_reqwest::connect)
}
