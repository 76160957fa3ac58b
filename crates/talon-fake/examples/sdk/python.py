"""The official Python SDK of today against the served fake: every operation that it has.

    pip install talon-one-sdk
    talon serve --port 8080 &
    TALON_BASE_URL=http://127.0.0.1:8080 TALON_API_KEY=demo-key python python.py

Exits with 1 and says which step failed, or prints how many operations it called.
"""

import os

import talon_one
from talon_one.exceptions import ApiException, NotFoundException


class Recorder:
    """The API, which records the operations that have succeeded."""

    # Variants of each method, which return the HTTP response as well.
    VARIANTS = ("_with_http_info", "_without_preload_content")

    def __init__(self, api: talon_one.IntegrationApi) -> None:
        self.api = api
        self.api_client = api.api_client
        names = (name for name in dir(api) if not name.startswith("_"))
        methods = (name for name in names if callable(getattr(api, name)))
        self.operations = {name for name in methods if not name.endswith(self.VARIANTS)}
        self.succeeded = set()

    def __getattr__(self, name: str):
        method = getattr(self.api, name)

        def call(*arguments, **options):
            reply = method(*arguments, **options)
            self.succeeded.add(name)
            return reply

        return call

    def count(self) -> int:
        """The number of operations of the SDK, all of which must have succeeded."""
        missing = self.operations - self.succeeded
        assert not missing, f"these operations of the SDK have not succeeded: {missing}"
        return len(self.operations)


def sessions(api: Recorder) -> None:
    """A cart that is paid, returned in part, and one that is reopened."""
    item = talon_one.CartItem(name="Mug", sku="MUG", quantity=2, price=10)
    session = talon_one.NewCustomerSessionV2(
        profile_id="py-eve", coupon_codes=["SUMMER10"], cart_items=[item], state="closed"
    )
    for cart in ["py-returned", "py-reopened"]:
        request = talon_one.IntegrationRequest(customer_session=session)
        api.update_customer_session_v2(cart, request)
    stored = api.get_customer_session("py-returned")
    assert stored.customer_session.state == "closed", stored
    assert [effect.effect_type for effect in stored.effects][0] == "acceptCoupon", stored

    line = talon_one.ReturnedCartItem(position=0, quantity=1)
    request = talon_one.ReturnIntegrationRequest(
        var_return=talon_one.NewReturn(returned_cart_items=[line]),
        response_content=["customerSession"],
    )
    dry = api.return_cart_items("py-returned", request, dry=True)
    assert dry.customer_session.state == "partially_returned", dry
    returned = api.return_cart_items("py-returned", request)
    assert returned.customer_session.cart_items[0].returned_quantity == 1, returned
    assert api.get_customer_session("py-returned").customer_session.state == "partially_returned"

    reopened = api.reopen_customer_session("py-reopened")
    assert "rollbackCoupon" in [effect.effect_type for effect in reopened.effects], reopened
    assert api.get_customer_session("py-reopened").customer_session.state == "open"


def batches_and_events(api: Recorder) -> None:
    """Operations that are silent unless they are told not to be."""
    items = [
        talon_one.MultipleCustomerProfileIntegrationRequestItem(
            integration_id=profile, attributes={"Name": profile}
        )
        for profile in ["py-fay", "py-gus"]
    ]
    request = talon_one.MultipleCustomerProfileIntegrationRequest(customer_profiles=items)
    assert api.update_customer_profiles_v2(request) is None
    states = api.update_customer_profiles_v2(request, silent="no").integration_states
    profiles = [state.customer_profile.integration_id for state in states]
    assert profiles == ["py-fay", "py-gus"], states

    event = talon_one.IntegrationEventV2Request(
        profile_id="py-fay",
        type="shared_link",
        attributes={"channel": "mail"},
        response_content=["event", "customerProfile"],
    )
    assert api.track_event_v2(event) is None
    tracked = api.track_event_v2(event, silent="no", dry=True, force_complete_evaluation=True)
    assert tracked.event.type == "shared_link", tracked
    assert tracked.customer_profile.integration_id == "py-fay", tracked

    request = talon_one.NewReferralsForMultipleAdvocates(
        campaign_id=1, advocate_profile_integration_ids=["py-fay", "py-gus"]
    )
    assert api.create_referrals_for_multiple_advocates(request) is None
    referrals = api.create_referrals_for_multiple_advocates(request, silent="no").data
    advocates = [referral.advocate_profile_integration_id for referral in referrals]
    assert advocates == ["py-fay", "py-gus"], referrals
    assert all(referral.code.startswith("FRIEND-") for referral in referrals), referrals


def achievements(api: Recorder) -> None:
    page = api.get_customer_achievements("py-anna", achievement_status=["active"])
    assert page.total_result_size == 1, page
    assert page.data[0].current_progress.status == "not_started", page
    history = api.get_customer_achievement_history("py-anna", page.data[0].id, page_size=10)
    assert history.data == [], history


def catalogs(api: Recorder) -> None:
    """An item that is added to a catalog and removed, and a price of the past."""
    mug = {"sku": "PY-MUG", "price": 12, "product": {"name": "Mug"}, "replaceIfExists": True}
    add = talon_one.CatalogSyncRequest(actions=[{"type": "ADD", "payload": mug}])
    added = api.sync_catalog(1, add)
    remove = {"type": "REMOVE", "payload": {"sku": "PY-MUG"}}
    removed = api.sync_catalog(1, talon_one.CatalogSyncRequest(actions=[remove]))
    assert removed.version == added.version + 1, removed

    request = talon_one.BestPriorPriceRequest(
        skus=["MUG", "UNKNOWN"],
        timeframe_end_date="2026-03-01T09:00:00Z",
        timeframe="30",
        strict_end_date=True,
        target=talon_one.BestPriorTarget(target_type="NONE"),
    )
    [price] = api.best_prior_price(request)
    assert (price.sku, price.price) == ("MUG", 10), price


def audiences(api: Recorder) -> None:
    """An audience of a partner: its members, their attributes, its end."""
    sent = talon_one.NewAudience(name="Regulars", integration="mparticle", integration_id="py-1")
    audience = api.create_audience_v2(sent)
    assert audience.created_in3rd_party, audience
    try:
        api.create_audience_v2(sent)
    except ApiException as error:
        assert error.status == 409, error
    else:
        raise AssertionError("the id was taken twice")
    update = talon_one.UpdateAudience(name="Friends")
    assert api.update_audience_v2(audience.id, update).name == "Friends"

    def change(action: str, profile: str) -> talon_one.CustomerProfileAudienceRequestItem:
        return talon_one.CustomerProfileAudienceRequestItem(
            action=action, profile_integration_id=profile, audience_id=audience.id
        )

    def profile(name: str) -> talon_one.CustomerProfile:
        body = talon_one.CustomerProfileIntegrationRequestV2()
        return api.update_customer_profile_v2(name, body).customer_profile

    changes = [change("add", "py-ida"), change("add", "py-jan"), change("delete", "py-jan")]
    request = talon_one.CustomerProfileAudienceRequest(data=changes)
    api.update_customer_profile_audiences(request)
    assert profile("py-ida").audience_memberships[0].name == "Friends"
    assert profile("py-jan").audience_memberships == []

    api.update_audience_customers_attributes(audience.id, {"Name": "Friend"})
    assert profile("py-ida").attributes["Name"] == "Friend"
    api.delete_audience_memberships_v2(audience.id)
    assert profile("py-ida").audience_memberships == []
    api.delete_audience_v2(audience.id)


def loyalty(api: Recorder) -> None:
    """Points of one who joined, bought something, and has the points deleted."""
    # This version has no method for it.
    client = api.api_client
    path = {"program": 1, "profile": "py hal/1"}
    join = "/v1/loyalty_programs/{program}/profile/{profile}/join"
    auth = ["api_key_v1"]
    call = client.param_serialize("POST", join, path_params=path, auth_settings=auth)
    joined = client.call_api(*call)
    joined.read()
    assert joined.status == 200, joined.status

    item = talon_one.CartItem(name="Mug", sku="MUG", quantity=2, price=10)
    session = talon_one.NewCustomerSessionV2(
        profile_id="py hal/1", cart_items=[item], state="closed"
    )
    request = talon_one.IntegrationRequest(customer_session=session)
    api.update_customer_session_v2("py-points", request)

    balances = api.get_loyalty_balances(1, "py hal/1", include_tiers=True)
    assert balances.balance.active_points == 20, balances
    page = api.get_loyalty_program_profile_transactions(1, "py hal/1", page_size=5)
    assert [row.amount for row in page.data] == [20] and not page.has_more, page
    uuid = page.data[0].transaction_uuid
    points = api.get_loyalty_program_profile_points(1, "py hal/1", transaction_uuids=[uuid])
    assert points.data[0].expiry_date == "unlimited", points

    wanted = talon_one.ActivateLoyaltyPoints(transaction_uuids=[uuid])
    activated = api.activate_loyalty_points(1, wanted)
    assert activated.ledger_entries == [], activated

    order = talon_one.DeleteLoyaltyTransactionsRequest(scope="AllSubledgers")
    api.delete_loyalty_transactions_from_ledgers(1, "py hal/1", order)
    assert api.get_loyalty_balances(1, "py hal/1").balance.active_points == 0


def cards(api: Recorder) -> None:
    """A loyalty card that two customers share."""
    new = talon_one.GenerateLoyaltyCard(customer_profile_ids=["py-fay"])
    card = api.generate_loyalty_card(3, new)
    assert card.identifier.startswith("CARD-") and card.status == "active", card
    gus = talon_one.LoyaltyCardRegistration(integration_id="py-gus")
    linked = api.link_loyalty_card_to_profile(3, card.identifier, gus)
    assert [profile.integration_id for profile in linked.profiles] == ["py-fay", "py-gus"], linked

    session = talon_one.NewCustomerSessionV2(
        profile_id="py-gus", loyalty_cards=[card.identifier], state="closed"
    )
    request = talon_one.IntegrationRequest(customer_session=session, response_content=["loyalty"])
    state = api.update_customer_session_v2("py-card", request)
    assert [card.identifier for card in state.loyalty.cards] == [card.identifier], state

    balances = api.get_loyalty_card_balances(3, card.identifier, subledger_id=["", "stars"])
    assert balances.balance.active_points == 0, balances
    assert len(balances.profiles) == 2, balances
    page = api.get_loyalty_card_transactions(3, card.identifier, page_size=10, skip=0)
    assert page.data == [] and not page.has_more, page
    points = api.get_loyalty_card_points(3, card.identifier, status="pending", sort="startDate")
    assert points.data == [] and not points.has_more, points

    unlinked = api.unlink_loyalty_card_from_profile(3, card.identifier, gus)
    assert [profile.integration_id for profile in unlinked.profiles] == ["py-fay"], unlinked


def main() -> None:
    configuration = talon_one.Configuration(
        host=os.environ["TALON_BASE_URL"],
        api_key={"api_key_v1": os.environ["TALON_API_KEY"]},
        api_key_prefix={"api_key_v1": "ApiKey-v1"},
    )
    api = Recorder(talon_one.IntegrationApi(talon_one.ApiClient(configuration)))

    profile = talon_one.CustomerProfileIntegrationRequestV2(attributes={"Name": "Anna"})
    updated = api.update_customer_profile_v2("py anna/1", profile, run_rule_engine=False)
    assert updated.customer_profile.integration_id == "py anna/1", updated

    item = talon_one.CartItem(name="Mug", sku="MUG", quantity=2, price=10)
    session = talon_one.NewCustomerSessionV2(
        profile_id="py-anna", coupon_codes=["SUMMER10"], cart_items=[item]
    )
    request = talon_one.IntegrationRequest(
        customer_session=session, response_content=["customerSession", "customerProfile", "event"]
    )
    state = api.update_customer_session_v2("py-cart", request)
    assert state.customer_session.total == 20, state
    kinds = [effect.effect_type for effect in state.effects]
    assert kinds[:2] == ["acceptCoupon", "setDiscount"], kinds

    session.state = "closed"
    closed = api.update_customer_session_v2("py-cart", request)
    assert closed.customer_profile.closed_sessions == 1, closed

    holders = talon_one.CouponReservations(integration_ids=["py-anna"])
    coupon = api.create_coupon_reservation("SUMMER25%OFF", holders)
    assert coupon.value == "SUMMER25%OFF", coupon
    assert api.get_reserved_customers("SUMMER25%OFF").total_result_size == 1

    order = talon_one.NewReferral(campaign_id=1, advocate_profile_integration_id="py-anna")
    referral = api.create_referral(order)
    assert referral.code.startswith("FRIEND-"), referral

    inventory = api.get_customer_inventory(
        "py-anna", profile=True, referrals=True, coupons=True, loyalty=True
    )
    assert inventory.coupons[0].value == "SUMMER25%OFF", inventory
    assert inventory.loyalty.programs["1"].ledger.current_balance == 20, inventory

    sessions(api)
    batches_and_events(api)
    achievements(api)
    catalogs(api)
    audiences(api)
    loyalty(api)
    cards(api)

    api.delete_coupon_reservation("SUMMER25%OFF", holders)
    api.delete_customer_data("py-anna")
    try:
        api.get_reserved_customers("NO-SUCH-COUPON")
    except NotFoundException:
        print(f"{api.count()} operations")
    else:
        raise AssertionError("an unknown coupon was found")


main()
