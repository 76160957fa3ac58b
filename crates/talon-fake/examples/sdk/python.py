"""The official Python SDK of today against the served fake: every operation both know.

    pip install talon-one-sdk
    talon serve --port 8080 &
    TALON_BASE_URL=http://127.0.0.1:8080 TALON_API_KEY=demo-key python python.py

Exits with 1 and says which step failed, or prints "8 operations".
"""

import os

import talon_one
from talon_one.exceptions import NotFoundException


def main() -> None:
    configuration = talon_one.Configuration(
        host=os.environ["TALON_BASE_URL"],
        api_key={"api_key_v1": os.environ["TALON_API_KEY"]},
        api_key_prefix={"api_key_v1": "ApiKey-v1"},
    )
    api = talon_one.IntegrationApi(talon_one.ApiClient(configuration))

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

    api.delete_coupon_reservation("SUMMER25%OFF", holders)
    api.delete_customer_data("py-anna")
    try:
        api.get_reserved_customers("NO-SUCH-COUPON")
    except NotFoundException:
        print("8 operations")
    else:
        raise AssertionError("an unknown coupon was found")


main()
