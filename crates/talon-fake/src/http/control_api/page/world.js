// What is in the world: lists, and their rows in full.

/**
 * The lists, by their path in the control API. `columns` are head and cell, of which the first links
 * to the row; `details` shows a row in full.
 */
const LISTS = {
  sessions: {
    title: "Sessions",
    group: "Customers",
    id: (row) => row.session.integrationId,
    columns: [
      ["Session", (row, id) => link("sessions", id)],
      ["State", ({ session }) => badge(session.state, SESSION_TONES[session.state])],
      ["Profile", ({ session }) => link("profiles", session.profileId)],
      ["Items", ({ session }) => session.cartItems?.length ?? 0],
      ["Total", ({ session }) => brief(session.total ?? 0)],
      ["Effects", ({ effects }) => effects.length],
      ["Failed rules", (row) => row.failures?.length || ""],
    ],
    details: sessionDetails,
  },
  profiles: {
    title: "Profiles",
    group: "Customers",
    id: (row) => row.profile.integrationId,
    columns: [
      ["Profile", (row, id) => link("profiles", id)],
      ["Attributes", ({ profile }) => brief(profile.attributes ?? {})],
      ["Closed sessions", ({ profile }) => profile.closedSessions],
      ["Sales", ({ profile }) => brief(profile.totalSales ?? 0)],
      ["Latest session", (row) => link("sessions", row.latestSession)],
    ],
    details: profileDetails,
  },
  audiences: {
    title: "Audiences",
    group: "Customers",
    id: (row) => row.audience.id,
    columns: [
      ["Audience", (row, id) => link("audiences", id, row.audience.name)],
      ["Integration", ({ audience }) => audience.integration],
      ["Members", (row) => row.memberCount],
    ],
    details: (row) => [section("Members", links("profiles", row.members), row.members.length < row.memberCount && " …")],
  },
  achievements: {
    title: "Achievements",
    group: "Customers",
    id: (row) => row.definition.id,
    columns: [
      ["Achievement", (row, id) => link("achievements", id, row.definition.title || row.definition.name)],
      ["Available", (row) => row.availability && badge(row.availability, row.availability === "active" ? "good" : "")],
      ["Target", ({ definition }) => brief(definition.target ?? "")],
      ["Customers", (row) => row.progress.length],
    ],
    details: (row) => [section("Progress", progressTable(row.progress)), section("Definition", jsonBlock("Definition", row.definition))],
  },
  campaigns: {
    title: "Campaigns",
    group: "Promotions",
    id: (row) => row.campaign.id,
    columns: [
      ["Campaign", (row, id) => link("campaigns", id, row.campaign.name)],
      ["State", ({ campaign }) => badge(campaign.frontendState ?? campaign.state, campaign.state === "enabled" ? "good" : "")],
      ["Rules", ({ definition }) => definition?.rules?.length ?? 0],
      ["Coupons redeemed", ({ campaign }) => campaign.couponRedemptionCount ?? 0],
      ["Discounts", ({ campaign }) => brief(campaign.discountCount ?? 0)],
    ],
    details: campaignDetails,
  },
  coupons: {
    title: "Coupons",
    group: "Promotions",
    id: (row) => row.coupon.value,
    columns: [
      ["Coupon", (row, id) => link("coupons", id)],
      ["Campaign", ({ coupon }) => link("campaigns", coupon.campaignId)],
      ["Used", ({ coupon }) => usage(coupon)],
      ["Expires", ({ coupon }) => time(coupon.expiryDate)],
      ["Reserved by", (row) => links("profiles", row.reservedBy)],
    ],
    details: (row) => [section("Coupon", members(row.coupon))],
  },
  referrals: {
    title: "Referrals",
    group: "Promotions",
    id: (row) => row.referral.code,
    columns: [
      ["Code", (row, id) => link("referrals", id)],
      ["Campaign", ({ referral }) => link("campaigns", referral.campaignId)],
      ["Advocate", ({ referral }) => link("profiles", referral.advocateProfileIntegrationId)],
      ["Used", ({ referral }) => usage(referral)],
    ],
    details: (row) => [section("Referral", members(row.referral))],
  },
  ledgers: {
    title: "Points",
    group: "Loyalty",
    columns: [
      ["Owner", (row) => owner(row)],
      ["Program", (row) => row.programName ?? row.programId],
      ["Active", (row) => balances(row, "active")],
      ["Pending", (row) => balances(row, "pending")],
      ["Spent", (row) => balances(row, "spent")],
      ["Expired", (row) => balances(row, "expired")],
      ["Tier", (row) => balances(row, "tier")],
    ],
  },
  ledgerEntries: {
    title: "Ledger entries",
    group: "Loyalty",
    columns: [
      ["Entry", ({ transaction }) => transaction.name || transaction.type],
      ["Owner", (row) => owner(row)],
      ["Points", ({ transaction }) => pointsOf(transaction)],
      ["Created", ({ transaction }) => time(transaction.created)],
      ["Starts", ({ transaction }) => instant(transaction.startDate)],
      ["Expires", ({ transaction }) => instant(transaction.expiryDate)],
      ["Session", ({ transaction }) => link("sessions", transaction.customerSessionId)],
    ],
  },
  loyaltyCards: {
    title: "Loyalty cards",
    group: "Loyalty",
    columns: [
      ["Card", (row) => row.identifier],
      ["Program", (row) => row.programId],
      ["Status", (row) => [badge(row.status, row.status === "active" ? "good" : "warn"), " ", row.blockReason ?? ""]],
      ["Profiles", (row) => links("profiles", row.profiles)],
    ],
  },
  catalogItems: {
    title: "Catalog items",
    group: "Catalog",
    columns: [
      ["SKU", (row) => row.sku],
      ["Catalog", (row) => row.catalogId],
      ["Price", (row) => (row.price === undefined ? "" : brief(row.price))],
      ["Product", (row) => row.product?.name],
      ["Attributes", (row) => brief(row.attributes ?? {})],
    ],
  },
};

const SESSION_TONES = { open: "", closed: "good", partially_returned: "warn", cancelled: "bad" };

const usage = ({ usageCounter, usageLimit }) => `${usageCounter ?? 0} of ${usageLimit || "∞"}`;

/** A date of the ledger, which may be a word such as `immediate`. */
const instant = (text) => (/^\d/.test(text ?? "") ? time(text) : (text ?? ""));

const pointsOf = ({ type, amount }) => `${type === "subtraction" ? "−" : "+"}${brief(amount)}`;

const owner = (row) => (row.profileId === undefined ? `card ${row.cardIdentifier}` : link("profiles", row.profileId));

/** One member of all subledgers; the main one has no name. */
function balances(row, member) {
  const present = row.ledgers.filter((ledger) => ledger[member] !== undefined);
  return present.map(({ subledgerId, [member]: value }) => (subledgerId ? `${subledgerId}: ` : "") + brief(value)).join(", ");
}

function listTable(name, rows) {
  const { title, columns, id } = LISTS[name];
  const cells = (row) => columns.map(([, cell]) => cell(row, id?.(row)));
  return table(title, columns.map(([head]) => head), rows.map(cells));
}

/** A part with the rows of another list. */
async function related(title, name, query) {
  const { data, total, hasMore } = await get(withQuery(name, { pageSize: 20, ...query }));
  const all = hasMore && h("a", { href: withQuery(`#/${name}`, query), "data-key": `all-${name}` }, `All ${total}`);
  return data.length === 0 ? [] : section(title, listTable(name, data), all);
}

/** A part with the latest calls whose path contains an id. */
async function callsOf(id) {
  const list = new CallList({ path: encodeURIComponent(id) });
  await list.load();
  return list.isEmpty ? [] : section("Calls", list.element);
}

async function sessionDetails(row) {
  const { session, effects } = row;
  return [
    section("Session", fields([
      ["State", badge(session.state, SESSION_TONES[session.state])],
      ["Profile", session.profileId && link("profiles", session.profileId)],
      ["Total", session.total],
      ["Total of the items", session.cartItemTotal],
      ["Additional costs", session.additionalCostTotal],
      ["Coupons", session.couponCodes?.length > 0 && h("span", {}, links("coupons", session.couponCodes))],
      ["Referral", session.referralCode && link("referrals", session.referralCode)],
      ["Loyalty cards", session.loyaltyCards],
      ["Created", time(session.created)],
      ["Attributes", session.attributes],
    ])),
    section("Cart", cart(session.cartItems ?? [])),
    section("Effects", effectList(effects)),
    section("Why rules did not apply", failures(row.failures)),
    await callsOf(session.integrationId),
  ];
}

function cart(items) {
  if (items.length === 0) return [];
  const heads = ["Item", "Quantity", "Returned", "Price", "Category", "Attributes"];
  const shown = (value) => (isAbsent(value) ? "" : brief(value));
  const cells = (item) => [
    h("span", {}, item.name || item.sku, item.name && h("span", { class: "muted" }, ` ${item.sku}`)),
    item.quantity, item.returnedQuantity || "", shown(item.price), item.category, shown(item.attributes),
  ];
  return table("Cart", heads, items.map((item) => cells(item).map((content) => content ?? "")));
}

function effectList(effects) {
  if (!effects?.length) return [];
  return h("ol", { class: "effects plain" }, effects.map((effect) => h("li", {},
    badge(effect.effectType, /^(reject|rollback)/.test(effect.effectType) ? "warn" : "good"),
    " ", h("span", { class: "muted" }, effect.ruleName, " ", link("campaigns", effect.campaignId, `campaign ${effect.campaignId}`)),
    members(effect.props))));
}

async function profileDetails(row) {
  const { profile } = row;
  const profileId = profile.integrationId;
  const redeemed = Object.entries(row.redeemedCoupons ?? {});
  return [
    section("Profile", fields([
      ["Closed sessions", profile.closedSessions],
      ["Sales", profile.totalSales],
      ["Audiences", (profile.audienceMemberships ?? []).map((audience) => audience.name)],
      ["Reserved coupons", row.reservedCoupons?.length > 0 && h("span", {}, links("coupons", row.reservedCoupons))],
      ["Redeemed coupons", redeemed.length > 0 && h("span", {}, redeemed.map(([code, times]) => [link("coupons", code), ` ×${times} `]))],
      ["Referrals", row.advocatedReferrals?.length > 0 && h("span", {}, links("referrals", row.advocatedReferrals))],
      ["Giveaways", (row.giveaways ?? []).map((giveaway) => giveaway.code)],
      ["Loyalty cards", (row.loyaltyCards ?? []).map((card) => card.identifier)],
      ["Last activity", time(profile.lastActivity)],
    ])),
    section("Attributes", members(profile.attributes)),
    await related("Points", "ledgers", { profileId }),
    await related("Ledger entries", "ledgerEntries", { profileId }),
    await related("Sessions", "sessions", { profileId }),
    await callsOf(profileId),
  ];
}

async function campaignDetails(row) {
  const { campaign, definition } = row;
  return [
    section("Campaign", fields([
      ["State", badge(campaign.frontendState ?? campaign.state, campaign.state === "enabled" ? "good" : "")],
      ["Description", campaign.description],
      ["Starts", time(campaign.startTime)],
      ["Ends", time(campaign.endTime)],
      ["Features", campaign.features],
      ["Budgets", campaign.limits],
    ])),
    (definition?.rules ?? []).map((rule) => section(`Rule: ${rule.name}`, jsonBlock(`Rule ${rule.name}`, rule))),
    await related("Coupons", "coupons", { campaignId: campaign.id }),
  ];
}

function progressTable(progress) {
  if (progress.length === 0) return [];
  const cells = (one) => [link("profiles", one.profileId), badge(one.status, one.status === "completed" ? "good" : ""), brief(one.progress ?? 0), time(one.startDate), time(one.endDate)];
  return table("Progress", ["Profile", "Status", "Progress", "Started", "Ends"], progress.map(cells));
}
