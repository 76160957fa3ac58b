//! An implementation on which a case uses ids of its own.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Uri};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::value::{RawValue, to_raw_value};
use talon_core::api::Call;
use talon_core::{IntegrationApi, OperationInfo, Result, implement_api};

/// Parameters of paths that name what a service has and no case can make, or that are numbers; all
/// others are ids of sessions, profiles, events and loyalty cards.
const FOREIGN_PARAMETERS: [&str; 5] =
    ["achievementId", "audienceId", "catalogId", "couponValue", "loyaltyProgramId"];

/// Members of bodies that are such ids, or lists of them.
const MEMBERS: [&str; 14] = [
    "advocateProfileIntegrationId",
    "advocateProfileIntegrationIds",
    "cardIdentifier",
    "connectedSessionId",
    "customerProfileIds",
    "friendProfileIntegrationId",
    "identifiers",
    "integrationId",
    "integrationIDs",
    "loyaltyCards",
    "profileId",
    "profileIntegrationId",
    "recipientIntegrationId",
    "sessionId",
];

/// Members that have such members, or lists of what has them.
const PARENTS: [&str; 3] = ["customerProfiles", "customerSession", "data"];

/// Longest id that the service takes, in characters.
const MAX_LENGTH: usize = 1000;

/// Puts a prefix before ids of sessions, profiles, events and loyalty cards, and removes it from replies.
#[derive(Debug)]
pub(super) struct OwnIds {
    api: Arc<dyn IntegrationApi>,
    prefix: String,
    /// The ids that were sent, by those that replies have.
    sent: Mutex<BTreeMap<String, String>>,
}

implement_api!(for OwnIds, |api, request| api.call(request).await);

impl OwnIds {
    /// The prefix has letters, digits and `-` alone.
    pub(super) fn new(api: Arc<dyn IntegrationApi>, prefix: String) -> Self {
        Self { api, prefix, sent: Mutex::default() }
    }

    async fn call<O: Call>(&self, request: O) -> Result<O::Reply> {
        let Ok(written) = request.to_http() else {
            // It is refused before it is sent.
            return request.call(&*self.api).await;
        };
        let reply = O::from_http(&self.rename(O::INFO, &written))?.call(&*self.api).await?;
        let (head, body) = O::reply_to_http(&reply)?.into_parts();
        O::reply_from_http(http::Response::from_parts(head, self.restore(&body)))
    }

    fn rename(&self, operation: &OperationInfo, request: &Request<Bytes>) -> Request<Bytes> {
        let mut renamed = request.clone();
        *renamed.uri_mut() = self.uri(operation, request.uri());
        if let Ok(body) = serde_json::from_slice(request.body()) {
            *renamed.body_mut() = self.members(body).get().to_owned().into();
        }
        renamed
    }

    fn uri(&self, operation: &OperationInfo, uri: &Uri) -> Uri {
        let segments = operation.path.split('/').zip(uri.path().split('/'));
        let path: Vec<String> =
            segments.map(|(name, segment)| self.segment(name, segment)).collect();
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{query}", path.join("/")).parse().expect("what is encoded is a URI")
    }

    fn segment(&self, name: &str, segment: &str) -> String {
        let parameter = name.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
        if parameter.is_none_or(|parameter| FOREIGN_PARAMETERS.contains(&parameter)) {
            return segment.to_owned();
        }
        let id = percent_decode_str(segment).decode_utf8().expect("it was written as UTF-8");
        utf8_percent_encode(&self.own(&id), NON_ALPHANUMERIC).to_string()
    }

    fn members(&self, json: Box<RawValue>) -> Box<RawValue> {
        if let Ok(list) = serde_json::from_str::<Vec<Box<RawValue>>>(json.get()) {
            let list: Vec<_> = list.into_iter().map(|item| self.members(item)).collect();
            return to_raw_value(&list).expect("JSON");
        }
        let Ok(members) = serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(json.get())
        else {
            return json;
        };
        let rename = |(name, value): (String, Box<RawValue>)| {
            let value = match &*name {
                name if MEMBERS.contains(&name) => self.value(value),
                name if PARENTS.contains(&name) => self.members(value),
                _ => value,
            };
            (name, value)
        };
        let members: BTreeMap<_, _> = members.into_iter().map(rename).collect();
        to_raw_value(&members).expect("JSON")
    }

    /// An id, or a list of ids; an empty one is none.
    fn value(&self, json: Box<RawValue>) -> Box<RawValue> {
        let own = |id: String| if id.is_empty() { id } else { self.own(&id) };
        let renamed = if let Ok(id) = serde_json::from_str::<String>(json.get()) {
            to_raw_value(&own(id))
        } else if let Ok(ids) = serde_json::from_str::<Vec<String>>(json.get()) {
            to_raw_value(&ids.into_iter().map(own).collect::<Vec<_>>())
        } else {
            return json;
        };
        renamed.expect("texts are JSON")
    }

    /// The id with the prefix; as long as before where it would become too long.
    fn own(&self, id: &str) -> String {
        let length = id.chars().count();
        let too_long = (length + self.prefix.len()).saturating_sub(MAX_LENGTH);
        let cut = if length > MAX_LENGTH { 0 } else { too_long };
        let own: String = self.prefix.chars().chain(id.chars().skip(cut)).collect();
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.insert(own.clone(), id.to_owned());
        own
    }

    /// The reply with the ids that the case sent.
    fn restore(&self, body: &Bytes) -> Bytes {
        let Ok(text) = str::from_utf8(body) else { return body.clone() };
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = text.to_owned();
        // From the last on: of ids that begin with each other the longer ones first.
        for (own, id) in sent.iter().rev() {
            text = text.replace(&inner_json(own), &inner_json(id));
        }
        text.into()
    }
}

/// A text as it stands within the quotes of JSON.
fn inner_json(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json[1..json.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use talon_core::operation::RetrySafety;
    use talon_core::prelude::*;
    use talon_fake::{Fake, World};
    use talon_samples::{Sample, for_each_sample};

    use super::*;

    fn own_ids(fake: &Fake) -> OwnIds {
        OwnIds::new(fake.api(), "run-1-".into())
    }

    #[tokio::test]
    async fn ids_are_own_on_the_service_and_as_sent_in_replies() {
        let fake = Fake::new(World::new()).unwrap();
        let session = NewCustomerSessionV2::default().profile("Zoë \"Z\"");
        let request = UpdateCustomerSessionV2::new("cart/1", session)
            .response_content([ResponseContent::CustomerSession]);

        let reply = own_ids(&fake).update_customer_session_v2(request).await.unwrap();

        let session = reply.customer_session.unwrap();
        assert_eq!(
            (session.integration_id.as_str(), session.profile_id.as_str()),
            ("cart/1", "Zoë \"Z\"")
        );
        assert_eq!(fake.session("run-1-cart/1").unwrap().profile_id, "run-1-Zoë \"Z\"");
        assert!(fake.session("cart/1").is_none());
    }

    #[test]
    fn every_request_can_be_renamed() {
        for_each_sample!(|O| {
            let written = O::sample("anna").to_http().unwrap();
            let api = own_ids(&Fake::new(World::new()).unwrap());
            let renamed = O::from_http(&api.rename(O::INFO, &written));
            assert!(renamed.is_ok(), "{}: {renamed:?}", O::INFO.id);
        });
    }

    fn has_own_ids<O: Sample>() -> bool {
        let written = O::sample("anna").to_http().unwrap();
        let renamed = own_ids(&Fake::new(World::new()).unwrap()).rename(O::INFO, &written);
        renamed.uri().path().contains("run%2D1%2D")
            || String::from_utf8_lossy(renamed.body()).contains("run-1-")
    }

    #[test]
    fn every_operation_that_writes_has_own_ids() {
        for_each_sample!(|O| {
            let only_reads = O::INFO.retry == RetrySafety::ReadOnly;
            // All that these name was assigned by the service.
            let has_no_id =
                O::INFO.path_params().any(|name| ["audienceId", "catalogId"].contains(&name));
            assert!(only_reads || has_no_id || has_own_ids::<O>(), "{}", O::INFO.id);
        });
    }

    #[tokio::test]
    async fn the_longest_id_stays_as_long() {
        let fake = Fake::new(World::new()).unwrap();
        let (longest, id) = ("ü".repeat(MAX_LENGTH), "ü".repeat(MAX_LENGTH + 1));
        let update = |id: &str| UpdateCustomerProfileV2::new(id, NewCustomerProfile::default());
        let api = own_ids(&fake);

        let reply = api.update_customer_profile_v2(update(&longest)).await.unwrap();
        let refused = api.update_customer_profile_v2(update(&id)).await.unwrap_err();

        assert_eq!(reply.customer_profile.unwrap().integration_id, longest.as_str());
        assert_eq!(refused.status().unwrap(), 400);
    }

    #[tokio::test]
    async fn lists_of_ids_are_own_and_digits_stay() {
        let fake = Fake::new(World::demo()).unwrap();
        let reservations = CouponReservations::new(["anna", "ben"]);

        let request = CreateCouponReservation::new("SUMMER10", reservations);
        own_ids(&fake).create_coupon_reservation(request).await.unwrap();
        let holders = GetReservedCustomers::new("SUMMER10");
        let stored = fake.get_reserved_customers(holders.clone()).await.unwrap();
        let restored = own_ids(&fake).get_reserved_customers(holders).await.unwrap();

        let ids = |reply: talon_core::model::ReservedCustomers| {
            reply.data.into_iter().map(|it| it.integration_id)
        };
        let stored: Vec<_> = ids(stored).collect();
        assert_eq!(stored, ["run-1-anna", "run-1-ben"]);
        // Another one sent them.
        assert_eq!(ids(restored).collect::<Vec<_>>(), stored);
    }
}
