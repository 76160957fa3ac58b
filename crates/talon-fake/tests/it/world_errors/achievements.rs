//! Achievements that a world is refused for.

use super::{assert_refused, then, when};

/// A world with one achievement that has these members, and a campaign.
fn achievement(members: &str) -> String {
    let least = r#""id": 3, "name": "Ten", "target": 10"#;
    let campaign = r#"{"id": 1, "name": "A"}"#;
    format!("{{\"campaigns\": [{campaign}],\n\"achievements\": [{{{least}, {members}}}]}}")
}

#[track_caller]
fn assert_member_refused(members: &str, member: &str, said: &str) {
    assert_refused(&achievement(members), &format!("achievements[0].{member}"), said);
}

#[test]
fn an_achievement_has_a_name_a_target_and_campaigns_that_exist() {
    let world = |name: &str, target: &str| {
        format!(r#"{{"achievements": [{{"id": 3, "name": "{name}", "target": {target}}}]}}"#)
    };

    for name in ["", "T", "1Ten", "Ten ten", "_Ten"] {
        assert_refused(&world(name, "10"), "achievements[0].name", "must be a letter and");
    }
    assert_refused(&world("Ten", "0"), "achievements[0].target", "must be more than 0");
    assert_refused(&world("Ten", "-1"), "achievements[0].target", "must be 0 to");
    assert_member_refused(r#""campaignIds": [1, 2]"#, "campaignIds[1]", "there is no campaign 2");
}

#[test]
fn the_policies_of_an_achievement_fit_together() {
    assert_member_refused(r#""timeZone": "Mars""#, "timeZone", "an IANA name");
    let unknown = r#""recurrencePolicy": "on_expiraton""#;
    assert_member_refused(unknown, "recurrencePolicy", "did you mean `on_expiration`?");
    let endless = r#""recurrencePolicy": "on_expiration""#;
    assert_member_refused(endless, "recurrencePolicy", "does not expire");
    let limited = r#""recurrencePolicy": "on_completion", "period": "1D""#;
    assert_member_refused(limited, "period", "has no period");
    let unknown = r#""activationPolicy": "schedule""#;
    assert_member_refused(unknown, "activationPolicy", "must be one of");
    let dateless = r#""activationPolicy": "fixed_schedule""#;
    assert_member_refused(dateless, "activationPolicy", "needs fixedStartDate");
    let date = r#""fixedStartDate": "2026-01-01T00:00:00Z""#;
    assert_member_refused(date, "fixedStartDate", "only a fixed schedule has one");
    let both = format!(
        r#"{date}, "activationPolicy": "fixed_schedule", "recurrencePolicy": "on_completion""#
    );
    assert_member_refused(&both, "activationPolicy", "has no schedule");
    assert_member_refused(r#""period": "1 day""#, "period", "not a period such as 5D");
}

#[test]
fn initial_progress_is_possible() {
    let progress = |progress: &str| format!(r#""progress": [{progress}]"#);
    let of_anna =
        |amount: &str| progress(&format!(r#"{{"profile": "anna", "progress": {amount}}}"#));

    assert_member_refused(&of_anna("11"), "progress[0].progress", "must be 0 to the target");
    assert_member_refused(&of_anna("-1"), "progress[0].progress", "must be 0 to the target");
    let full = format!(r#"{}, "recurrencePolicy": "on_completion""#, of_anna("10"));
    assert_member_refused(&full, "progress[0].progress", "must be less than the target");
    let empty = progress(r#"{"profile": "", "progress": 1}"#);
    assert_member_refused(&empty, "progress[0].profile", "must not be empty");
    let anna = r#"{"profile": "anna", "progress": 1}"#;
    let twice = progress(&format!("{anna}, {anna}"));
    assert_member_refused(&twice, "progress[1].profile", "another progress is of this profile");
    let over = format!(r#"{}, "endDate": "2025-01-01T00:00:00Z""#, of_anna("1"));
    assert_member_refused(&over, "progress[0].start", "no progress can begin at that time");
}

#[test]
fn a_rule_names_an_achievement_that_exists() {
    let place = "campaigns[0].rules[0]";
    let unknown = "there is no achievement 9";

    let condition = when(r#"{"achievementCompleted": 9}"#);
    assert_refused(&condition, &format!("{place}.when.achievementCompleted"), unknown);
    let start = then(r#"{"startAchievementProgress": 9}"#);
    assert_refused(&start, &format!("{place}.then[0].startAchievementProgress"), unknown);
    let increase = then(r#"{"increaseAchievementProgress": {"achievementId": 9, "amount": 1}}"#);
    let member = format!("{place}.then[0].increaseAchievementProgress.achievementId");
    assert_refused(&increase, &member, unknown);
    let neither = then(r#"{"increaseAchievementProgress": {"achievementId": 9}}"#);
    assert_refused(&neither, &format!("{place}.then[0]"), "needs either percent or amount");
}
