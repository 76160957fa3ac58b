"""Makes generated requests name what the demo world has, so that most of them succeed."""

import random
from urllib.parse import quote

PROFILES = ["anna", "ben", "SUMMER10"]
# Sessions that are closed, and sessions of which one is closed and one is open.
CLOSED = [f"cart-{number}" for number in range(12)]
OPEN = [f"cart-{number}" for number in range(11, 20)]
CARD = "FAMILY-CARD"


def numbered(name: str) -> list[str]:
    return [f"{name}-{number}" for number in range(200)]


# Values of members and parameters, by their name; a list takes up to two of them.
VALUES = {
    "achievementId": [1],
    "achievementIds": [1],
    "action": ["add", "delete"],
    "adds": [1],
    "advocateProfileIntegrationId": PROFILES,
    "advocateProfileIntegrationIds": PROFILES,
    "attributes": [{}, {"Name": "Anna"}],
    "audienceId": [1],
    "audienceIds": [1],
    "awaitsActivation": [True],
    "campaignId": [1],
    "campaignIds": [1],
    "cardIdentifier": numbered("card"),
    "catalogId": [1],
    "couponCodes": ["SUMMER10", "WELCOME5", "LIMITED1", "EXPIRED", "NO-SUCH"],
    "couponValue": ["SUMMER10", "SUMMER25%OFF"],
    "customerProfileIds": PROFILES,
    "customerSessionId": [*CLOSED, *OPEN],
    "deletes": [1],
    "evaluableCampaignIds": [1],
    "integrationIDs": PROFILES,
    "integrationId": PROFILES,
    "loyaltyCardId": [CARD],
    "loyaltyCards": [CARD],
    "pageSize": [1, 50],
    "price": [0, 9.99, 12],
    "profileId": PROFILES,
    "profileIntegrationId": PROFILES,
    "quantity": [1, 2],
    "returnedCartItems": [{"position": 0, "quantity": 1}, {"sku": "MUG", "quantity": 1}],
    "sessionId": CLOSED,
    "silent": ["yes", "no"],
    "skip": [0, 1],
    "sku": ["MUG", "SHOES"],
    "skus": ["MUG", "SHOES"],
    "subscribedApplicationsIds": [1],
    "usageLimit": [0, 1, 5],
}
# Members that are left out: the demo world has none of what they name, or they may not stand together
# with others.
ABSENT = {
    "additionalCosts",
    "connectedSessionId",
    "experimentVariantAllocations",
    "forceCompleteEvaluation",
    "height",
    "length",
    "now",
    "referralCode",
    "referralPattern",
    "selectedPriceType",
    "storeIntegrationId",
    "transactionUUIDs",
    "validCharacters",
    "weight",
    "width",
}
SHARED = {"type": "shared_link", "attributes": {"channel": "mail"}}
EVENT = {name: [value] for name, value in SHARED.items()}
CHANGE = {"action": "add", "profileIntegrationId": "anna", "audienceId": 1}
ITEM = {"sku": "MUG", "price": 12, "product": {"name": "Mug"}, "replaceIfExists": True}
# Where a name has another meaning, by operation. `body` replaces the whole body.
OF_OPERATION = {
    "activateLoyaltyPoints": {"body": [{"sessionId": session} for session in CLOSED]},
    "bestPriorPrice": {"timeframe": ["30", "365"], "target": [{"targetType": "NONE"}]},
    "createAudienceV2": {"integrationId": numbered("partner"), "integration": ["mparticle"]},
    "deleteLoyaltyTransactionsFromLedgers": {"scope": ["AllSubledgers"]},
    "getEventV3": {"integrationId": ["event-0"]},
    "joinLoyaltyProgram": {"integrationId": numbered("joiner")},
    "reopenCustomerSession": {"customerSessionId": CLOSED},
    "returnCartItems": {"customerSessionId": CLOSED},
    "syncCatalog": {
        "actions": [[{"type": "ADD", "payload": ITEM}], [{"type": "PATCH", "payload": ITEM}]],
        "version": [1],
    },
    "trackEventV2": EVENT,
    "trackEventV3": {**EVENT, "integrationId": numbered("event")},
    "updateAudienceCustomersAttributes": {"body": [{"Name": "Anna"}]},
    "updateCustomerProfileAudiences": {"data": [[CHANGE]]},
    "updateCustomerSessionV2": {"customerSessionId": OPEN},
}
# Members that a request has, generated or not.
PRESENT = {"trackEventV2": ["profileId"], "updateCustomerProfileAudiences": ["data"]}


def call(method: str, target: str, body: object = None) -> dict:
    return {"method": method, "target": target, "body": body}


def closed(session: str) -> dict:
    cart = [{"sku": "MUG", "quantity": 20, "price": 12}]
    body = {"profileId": "anna", "state": "closed", "cartItems": cart, "couponCodes": ["SUMMER10"]}
    return call("PUT", f"/v2/customer_sessions/{session}", {"customerSession": body})


# Requests that prepare a new demo world for the generated ones.
PREPARATION = [
    *(call("PUT", f"/v2/customer_profiles/{profile}", {}) for profile in PROFILES),
    *(closed(session) for session in CLOSED),
    call("POST", f"/v2/loyalty_programs/3/cards/{CARD}/link_profile", {"integrationId": "anna"}),
    call("POST", "/v3/events", {"integrationId": "event-0", "profileId": "anna", **SHARED}),
]


class Steering:
    """Replaces names in the requests of one operation."""

    def __init__(self, operation: str, path: str) -> None:
        self.random = random.Random(operation)
        program = {"loyaltyProgramId": [3 if "/cards" in path else 1]}
        self.values = {**VALUES, **program, **OF_OPERATION.get(operation, {})}
        self.present = PRESENT.get(operation, [])

    def steer(self, case) -> None:
        """Replaces names in path, query and body of a case of schemathesis."""
        path = self.members(case.path_parameters or {})
        case.path_parameters = {name: quote(str(value), safe="") for name, value in path.items()}
        case.query = self.members(case.query or {})
        if "body" in self.values:
            case.body = self.random.choice(self.values["body"])
        elif isinstance(case.body, dict):
            present = {name: self.value(name, None) for name in self.present}
            case.body = {**self.members(case.body), **present}

    def members(self, node: object) -> object:
        if isinstance(node, list):
            return [self.members(element) for element in node]
        if not isinstance(node, dict):
            return node
        kept = ((name, value) for name, value in node.items() if name not in ABSENT)
        return {name: self.value(name, value) for name, value in kept}

    def value(self, name: str, old: object) -> object:
        values = self.values.get(name)
        if values is None:
            return self.members(old)
        if isinstance(old, list) and not isinstance(values[0], list):
            return self.random.sample(values, k=min(len(values), max(1, len(old)), 2))
        return self.random.choice(values)
