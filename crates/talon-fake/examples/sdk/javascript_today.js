// The official JavaScript SDK of today against the served fake: every operation that it has.
//
//   npm install talon_one@5.0.1-rc
//   talon serve --port 8080 &
//   TALON_BASE_URL=http://127.0.0.1:8080 TALON_API_KEY=demo-key node javascript_today.js
//
// Exits with 1 and says which step failed, or prints how many operations it called. It knows
// neither events of V3 nor achievements, prices and campaigns, and of points and cards only some
// operations.

const assert = require('node:assert/strict');
const TalonOne = require('talon_one');
const { record } = require('./recorder');

const client = new TalonOne.ApiClient();
client.basePath = process.env.TALON_BASE_URL;
client.authentications.api_key_v1.apiKeyPrefix = 'ApiKey-v1';
client.authentications.api_key_v1.apiKey = process.env.TALON_API_KEY;
const { api, count } = record(new TalonOne.IntegrationApi(client));

const types = (effects) => effects.map((effect) => effect.effectType);

async function sessions() {
  const cart = {
    customerSession: {
      profileId: 'js-eve',
      couponCodes: ['SUMMER10'],
      cartItems: [{ name: 'Mug', sku: 'MUG', quantity: 2, price: 10 }],
      state: 'closed',
    },
    responseContent: ['customerSession'],
  };
  for (const id of ['js-returned', 'js-reopened']) {
    const closed = await api.updateCustomerSessionV2(id, cart, {});
    assert.equal(closed.customerSession.state, 'closed');
  }
  const stored = await api.getCustomerSession('js-returned');
  assert.equal(types(stored.effects)[0], 'acceptCoupon');

  const body = {
    return: { returnedCartItems: [{ position: 0, quantity: 1 }] },
    responseContent: ['customerSession'],
  };
  const dry = await api.returnCartItems('js-returned', body, { dry: true });
  assert.equal(dry.customerSession.state, 'partially_returned');
  const returned = await api.returnCartItems('js-returned', body, {});
  assert.equal(returned.customerSession.cartItems[0].returnedQuantity, 1);

  const reopened = await api.reopenCustomerSession('js-reopened');
  assert.ok(types(reopened.effects).includes('rollbackCoupon'));
  const open = await api.getCustomerSession('js-reopened');
  assert.equal(open.customerSession.state, 'open');
}

async function batchesAndEvents() {
  const ids = ['js-fay', 'js-gus'];
  const batch = {
    customerProfiles: ids.map((id) => ({ integrationId: id, attributes: { Name: id } })),
  };
  await api.updateCustomerProfilesV2(batch, {});
  const { integrationStates } = await api.updateCustomerProfilesV2(batch, { silent: 'no' });
  assert.deepEqual(
    integrationStates.map((state) => state.customerProfile.integrationId),
    ids,
  );

  const event = {
    profileId: 'js-fay',
    type: 'shared_link',
    attributes: { channel: 'mail' },
    responseContent: ['customerProfile'],
  };
  await api.trackEventV2(event, {});
  const tracked = await api.trackEventV2(event, { silent: 'no', dry: true });
  assert.equal(tracked.customerProfile.integrationId, 'js-fay');

  const order = { campaignId: 1, advocateProfileIntegrationIds: ids };
  await api.createReferralsForMultipleAdvocates(order, {});
  const referrals = await api.createReferralsForMultipleAdvocates(order, { silent: 'no' });
  assert.deepEqual(
    referrals.data.map((referral) => referral.advocateProfileIntegrationId),
    ids,
  );
}

async function catalog() {
  const item = { sku: 'JS-MUG', price: 12, product: { name: 'Mug' }, replaceIfExists: true };
  const added = await api.syncCatalog(1, { actions: [{ type: 'ADD', payload: item }] });
  const removed = await api.syncCatalog(1, {
    actions: [{ type: 'REMOVE', payload: { sku: 'JS-MUG' } }],
  });
  assert.equal(removed.version, added.version + 1);
}

async function audiences() {
  const sent = { name: 'Regulars', integration: 'mparticle', integrationId: 'js-1' };
  const { id, createdIn3rdParty } = await api.createAudienceV2(sent);
  assert.equal(createdIn3rdParty, true);
  await assert.rejects(() => api.createAudienceV2(sent), { status: 409 });
  assert.equal((await api.updateAudienceV2(id, { name: 'Friends' })).name, 'Friends');

  const change = (action, profileIntegrationId) => ({ action, profileIntegrationId, audienceId: id });
  const profile = async (name) => (await api.updateCustomerProfileV2(name, {})).customerProfile;
  const data = [change('add', 'js-ida'), change('add', 'js-jan'), change('delete', 'js-jan')];
  await api.updateCustomerProfileAudiences({ data });
  assert.equal((await profile('js-ida')).audienceMemberships[0].name, 'Friends');
  assert.deepEqual((await profile('js-jan')).audienceMemberships, []);

  await api.updateAudienceCustomersAttributes(id, { Name: 'Friend' });
  assert.equal((await profile('js-ida')).attributes.Name, 'Friend');
  await api.deleteAudienceMembershipsV2(id);
  assert.deepEqual((await profile('js-ida')).audienceMemberships, []);
  await api.deleteAudienceV2(id);
}

async function loyalty() {
  const cart = {
    customerSession: {
      profileId: 'js-hal',
      cartItems: [{ name: 'Mug', sku: 'MUG', quantity: 2, price: 10 }],
      state: 'closed',
    },
  };
  await api.updateCustomerSessionV2('js-points', cart, {});

  const balances = await api.getLoyaltyBalances(1, 'js-hal', {});
  assert.equal(balances.balance.activePoints, 20);
  const options = { customerSessionIDs: ['js-points', 'js-other'], pageSize: 5 };
  const page = await api.getLoyaltyProgramProfileTransactions(1, 'js-hal', options);
  assert.deepEqual(
    page.data.map((row) => [row.type, row.amount]),
    [['addition', 20]],
  );
}

async function cards() {
  const card = await api.linkLoyaltyCardToProfile(3, 'FAMILY-CARD', { integrationId: 'js-gus' });
  assert.equal(card.profiles[0].integrationId, 'js-gus');
  const balances = await api.getLoyaltyCardBalances(3, 'FAMILY-CARD', {});
  assert.equal(balances.balance.activePoints, 0);
  const log = await api.getLoyaltyCardTransactions(3, 'FAMILY-CARD', { pageSize: 10 });
  assert.deepEqual(log.data, []);
}

async function reservations() {
  const holders = { integrationIDs: ['js-kim'] };
  const coupon = await api.createCouponReservation('SUMMER25%OFF', holders);
  assert.equal(coupon.value, 'SUMMER25%OFF');
  const reserved = await api.getReservedCustomers('SUMMER25%OFF');
  assert.equal(reserved.totalResultSize, 1);
  await api.deleteCouponReservation('SUMMER25%OFF', holders);

  const order = { campaignId: 1, advocateProfileIntegrationId: 'js-kim' };
  assert.match((await api.createReferral(order)).code, /^FRIEND-/);
  await api.deleteCustomerData('js-kim');
}

async function main() {
  const profile = await api.updateCustomerProfileV2('js anna/1', { attributes: { Name: 'Anna' } });
  assert.equal(profile.customerProfile.integrationId, 'js anna/1');
  await sessions();
  await batchesAndEvents();
  await catalog();
  await audiences();
  await loyalty();
  await cards();
  await reservations();
  const inventory = await api.getCustomerInventory('js-gus', { profile: true, referrals: true });
  assert.equal(inventory.referrals.length, 2);

  await assert.rejects(() => api.getCustomerSession('js-unknown'), { status: 404 });
  console.log(`${count()} operations`);
}

main().catch((error) => {
  console.error(error.response ? error.response.text : error);
  process.exit(1);
});
