//! Options for the parameters of operations.

use clap::{Arg, ArgAction};
use talon_core::operation::{ParamFormat, ParamInfo};

/// The option of a parameter.
pub(super) fn option(param: &'static ParamInfo, is_required: bool) -> Arg {
    let name = param.name;
    let option = Arg::new(name).long(name).required(is_required).help(help(param));
    let option = if param.is_list { option.action(ArgAction::Append) } else { option };
    match param.format {
        ParamFormat::Boolean => flag(option, "true|false", "true"),
        ParamFormat::YesNo => flag(option, "yes|no", "yes"),
        ParamFormat::Integer => option.value_name("INTEGER").allow_hyphen_values(true),
        ParamFormat::Timestamp => option.value_name("TIME").allow_hyphen_values(true),
        _ => option.value_name("TEXT").allow_hyphen_values(true),
    }
}

/// An option whose value may be left out: `--dry` is `--dry true`.
fn flag(option: Arg, values: &'static str, yes: &'static str) -> Arg {
    option.value_name(values).num_args(0..=1).default_missing_value(yes)
}

fn help(param: &ParamInfo) -> String {
    let mut help = description(param.name).to_owned();
    match param.format {
        ParamFormat::Timestamp => help.push_str(", as in 2026-03-01T09:00:00Z"),
        ParamFormat::Enum(values) => {
            help.push_str(": ");
            help.push_str(&values.join(", "));
        }
        _ => {}
    }
    if param.is_list {
        help.push_str("; may be repeated");
    }
    help
}

/// Descriptions by the names of parameters, since the API means the same by a name everywhere.
const DESCRIPTIONS: &[(&str, &str)] = &[
    ("achievementId", "Id of the achievement"),
    ("achievementIds", "Only the achievements with this id"),
    ("achievementStatus", "Only achievements with this status"),
    ("achievements", "Include achievements"),
    ("audienceId", "Id of the audience"),
    ("awaitsActivation", "Only points that wait for an activation"),
    ("campaignIds", "Only what belongs to the campaign with this id"),
    ("catalogId", "Id of the catalog"),
    ("couponValue", "Code of the coupon"),
    ("coupons", "Include coupons"),
    ("currentProgressStatus", "Only achievements whose progress has this status"),
    ("customerProfileId", "Integration id of the customer profile"),
    ("customerSessionIDs", "Only transactions of the session with this integration id"),
    ("customerSessionId", "Integration id of the customer session"),
    ("dry", "Evaluate the rules without storing anything"),
    ("endAfter", "Only campaigns that end at this time or later"),
    ("endBefore", "Only campaigns that end at this time or earlier"),
    ("endDate", "Only what happened at this time or earlier"),
    ("forceCompleteEvaluation", "Evaluate all campaigns; only with dry"),
    ("giveaways", "Include giveaways"),
    ("includeProjectedTier", "Include the tier that follows the current one"),
    ("includeTiers", "Include the tier of each ledger"),
    ("integrationId", "Integration id of the customer profile or event"),
    ("loyalty", "Include loyalty balances"),
    ("loyaltyCardId", "Identifier of the loyalty card"),
    ("loyaltyProgramId", "Id of the loyalty program"),
    ("loyaltyTransactionType", "Only transactions of this origin"),
    ("now", "Time of the evaluation; only with dry"),
    ("pageSize", "Number of items in the reply, 1 to 1000 [default: 50]"),
    ("profile", "Include the customer profile"),
    ("progressStatus", "Only progress with this status"),
    ("referrals", "Include referrals"),
    ("runRuleEngine", "Evaluate the rules of the campaigns"),
    ("silent", "Leave out the body of the reply"),
    ("skip", "Number of items to skip [default: 0]"),
    ("sort", "Field to sort by, descending with a - before it"),
    ("startAfter", "Only campaigns that start at this time or later"),
    ("startBefore", "Only campaigns that start at this time or earlier"),
    ("startDate", "Only what happened at this time or later"),
    ("status", "Only points with this status"),
    ("storeId", "Only campaigns of the store with this id"),
    ("subledgerId", "Only this subledger; the empty text is the main ledger"),
    ("transactionUUIDs", "Only the transaction with this UUID"),
];

fn description(name: &str) -> &'static str {
    let found = DESCRIPTIONS.iter().find(|(known, _)| *known == name);
    found.map_or("", |(_, description)| description)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use talon_core::OPERATIONS;

    use super::*;

    #[test]
    fn each_parameter_of_the_api_has_a_description() {
        let names = OPERATIONS.iter().flat_map(|info| info.params).map(|param| param.name);
        let names: BTreeSet<_> = names.collect();
        let described: BTreeSet<_> = DESCRIPTIONS.iter().map(|(name, _)| *name).collect();

        assert_eq!(described, names);
    }

    #[test]
    fn every_parameter_is_an_option() {
        for info in OPERATIONS {
            let names: Vec<_> = info.path_params().chain(info.query.iter().copied()).collect();
            let options: Vec<_> = info.params.iter().map(|param| param.name).collect();
            assert_eq!(options, names, "{}", info.id);
        }
    }
}
