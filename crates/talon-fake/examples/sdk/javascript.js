// The official JavaScript SDK of 2020 against the served fake: every operation that it has.
//
//   npm install talon_one@4.3.0
//   talon serve --port 8080 &
//   TALON_BASE_URL=http://127.0.0.1:8080 TALON_API_KEY=demo-key node javascript.js
//
// Exits with 1 and says which step failed, or prints how many operations it called.

const assert = require('node:assert/strict');
const TalonOne = require('talon_one');
const { record } = require('./recorder');

const client = new TalonOne.ApiClient();
client.basePath = process.env.TALON_BASE_URL;
client.authentications.api_key_v1.apiKeyPrefix = 'ApiKey-v1';
client.authentications.api_key_v1.apiKey = process.env.TALON_API_KEY;
const { api, count } = record(new TalonOne.IntegrationApi(client));

async function main() {
  const profile = await api.updateCustomerProfileV2('js anna/1', { attributes: { Name: 'Anna' } });
  assert.equal(profile.customerProfile.integrationId, 'js anna/1');

  const state = await api.updateCustomerProfile('js-anna', { attributes: { Name: 'Anna' } }, {});
  assert.equal(state.event.type, 'talon_profile_created');

  const cart = {
    customerSession: {
      profileId: 'js-anna',
      couponCodes: ['SUMMER10'],
      cartItems: [{ name: 'Mug', sku: 'MUG', quantity: 2, price: 10 }],
    },
    responseContent: ['customerSession'],
  };
  const open = await api.updateCustomerSessionV2('js-cart', cart, {});
  assert.equal(open.customerSession.total, 20);
  assert.deepEqual(
    open.effects.map((effect) => effect.effectType).slice(0, 2),
    ['acceptCoupon', 'setDiscount'],
  );

  const event = await api.trackEvent(
    { type: 'shared_link', sessionId: 'js-cart', profileId: 'js-anna', attributes: { channel: 'mail' } },
    {},
  );
  assert.deepEqual(event.event.effects[0][3], ['acceptCoupon', 'SUMMER10']);

  const till = await api.updateCustomerSession(
    'js-till',
    { profileId: 'js-ben', coupon: 'WELCOME5', state: 'closed', total: 16, cartItems: [] },
    {},
  );
  assert.equal(till.session.discounts['5 off'], 5);

  const holders = { integrationIDs: ['js-anna'] };
  const coupon = await api.createCouponReservation('SUMMER25%OFF', holders);
  assert.equal(coupon.value, 'SUMMER25%OFF');
  const reserved = await api.getReservedCustomers('SUMMER25%OFF');
  assert.equal(reserved.totalResultSize, 1);

  const referral = await api.createReferral({
    campaignId: 1,
    advocateProfileIntegrationId: 'js-anna',
  });
  assert.match(referral.code, /^FRIEND-/);

  const inventory = await api.getCustomerInventory('js-anna', {
    profile: true,
    referrals: true,
    coupons: true,
  });
  assert.equal(inventory.coupons[0].value, 'SUMMER25%OFF');
  assert.equal(inventory.referrals[0].code, referral.code);

  const batch = { customerProfiles: [{ integrationId: 'js-cay', attributes: { Name: 'Cay' } }] };
  const states = await api.updateCustomerProfilesV2(batch, { silent: 'no' });
  assert.equal(states.integrationStates[0].customerProfile.attributes.Name, 'Cay');
  const change = { action: 'add', profileIntegrationId: 'js-cay', audienceId: 1 };
  await api.updateCustomerProfileAudiences({ data: [change] });
  const member = await api.updateCustomerProfileV2('js-cay', { attributes: {} });
  assert.equal(member.customerProfile.audienceMemberships[0].name, 'Newsletter');

  await api.deleteCouponReservation('SUMMER25%OFF', holders);
  await api.deleteCustomerData('js-anna');

  await assert.rejects(() => api.getReservedCustomers('NO-SUCH-COUPON'), { status: 404 });
  console.log(`${count()} operations`);
}

main().catch((error) => {
  console.error(error.response ? error.response.text : error);
  process.exit(1);
});
