//! States of a session and the events that a change of state raises.

use http::StatusCode;
use talon_core::model::SessionState;
use talon_core::{ApiError, Problem};

/// The state that the session goes to, or why it cannot. `None` stands for a session that is not
/// stored.
///
/// # Errors
/// A refusal, with a pointer to the state below `prefix`.
pub(super) fn next_state(
    from: Option<&SessionState>,
    wanted: Option<&SessionState>,
    prefix: &str,
) -> Result<SessionState, ApiError> {
    use SessionState::{Cancelled, Closed, Open};
    let refused = match (from, wanted) {
        (None, Some(Cancelled)) => "a new session cannot be cancelled",
        (None | Some(Open), to) => return Ok(to.cloned().unwrap_or(Open)),
        (Some(Cancelled), _) => "a cancelled session cannot be updated",
        (Some(_), Some(Cancelled)) => return Ok(Cancelled),
        (Some(Closed), _) => "a closed session cannot be updated, only cancelled",
        (Some(_), _) => "this session cannot be updated, only cancelled",
    };
    let pointer = format!("{prefix}/state");
    let problem = Problem::at(pointer, "Invalid state transition", refused);
    if wanted == Some(&Closed) {
        // Shops recognize by this sentence that they have repeated a close.
        let message = "Only open sessions can be closed";
        return Err(ApiError::with_problems(StatusCode::BAD_REQUEST, message, vec![problem]));
    }
    Err(ApiError::invalid(problem))
}

/// The built-in event of an update that took a session `from` a state `to` another.
pub(super) fn event_type(from: Option<&SessionState>, to: &SessionState) -> &'static str {
    match (from, to) {
        (_, SessionState::Closed) => "talon_session_closed",
        (Some(SessionState::Open), SessionState::Cancelled) => "talon_session_cancelled",
        (_, SessionState::Cancelled) => "talon_session_revoked",
        (None, _) => "talon_session_created",
        _ => "talon_session_updated",
    }
}
