// What is shown, and when it is loaded again.

/** Pause between two looks at the world, in milliseconds. */
const PAUSE = 1000;
const PAGE_SIZE = 50;

/** The view that is wanted, the one that is shown, and for which route and state it was made. */
let route = null;
let view = null;
let seen = {};

/** `#/sessions/cart-1?skip=50` as list, id and parameters. */
function readRoute() {
  const [path, query] = location.hash.replace(/^#\//, "").split("?");
  const [list, id] = path.split("/");
  const known = list in LISTS || list === "controls" ? list : "calls";
  return { list: known, id: id && decode(id), parameters: new URLSearchParams(query) };
}

/** Looks at the world, and shows what has changed. */
async function refresh() {
  const state = await get("state");
  showState(state);
  showMenu(state);
  connected("live", "good");
  const now = `${state.changes}/${state.lastCall}/${state.plannedFaults}/${state.unusedFaults}`;
  if (seen.route === route && seen.now === now) return;
  const wanted = route;
  // A world that was reset counts from the start.
  if (view?.isOlderThan?.(state)) view = null;
  await show();
  await showFaults();
  seen = { route: wanted, now };
}

async function show() {
  if (view?.update && view.route === route) return view.update();
  const current = route;
  if (current.list === "controls") return;
  const next = await (current.list === "calls" ? callsView() : rowsView(current)).catch((error) => {
    if (error.status !== 404) throw error;
    return { nodes: [heading("Not found"), h("p", {}, error.message)] };
  });
  // Another view was chosen meanwhile.
  if (current !== route) return;
  const { key, opened } = kept();
  view = { ...next, route: current };
  byId("content").replaceChildren(...next.nodes.flat(Infinity));
  restore(key, opened);
}

/** What the user had in hand, to be found again in the new nodes. */
function kept() {
  const key = document.activeElement?.dataset.key;
  const open = [...document.querySelectorAll("#content li[data-number] > details[open]")];
  return { key, opened: open.map((item) => item.parentElement.dataset.number) };
}

function restore(key, opened) {
  if (key) document.querySelector(`#content [data-key="${CSS.escape(key)}"]`)?.focus();
  for (const number of opened) {
    const item = document.querySelector(`#content li[data-number="${CSS.escape(number)}"] > details`);
    if (item) item.open = true;
  }
}

const heading = (...content) => h("h2", { id: "view-title" }, ...content);

async function callsView() {
  const parameters = Object.fromEntries(route.parameters);
  const list = new CallList(parameters);
  const empty = h("div", { class: "card empty" });
  const showEmpty = () => {
    empty.hidden = !list.isEmpty;
    empty.replaceChildren(...(isAbsent(parameters) ? firstCall() : [h("p", {}, "No call fits this filter.")]));
  };
  await list.load();
  showEmpty();
  return {
    nodes: [heading("Calls"), callFilter(parameters), empty, list.element],
    isOlderThan: (state) => state.lastCall < list.last || state.lastCall === 0,
    update: async () => {
      await list.load();
      showEmpty();
    },
  };
}

function callFilter({ path = "", status = "", operation = "" }) {
  const option = (value, text = value) => h("option", { value, selected: value === status }, text);
  const statuses = [option("", "any status"), option("2xx"), option("4xx"), option("5xx")];
  const operations = byId("plan-fault").operation.cloneNode(true);
  operations.value = operation;
  const apply = (event) => {
    event.preventDefault();
    location.hash = withQuery("#/calls", Object.fromEntries(new FormData(event.currentTarget)));
  };
  return h("form", { class: "filter row", role: "search", "aria-label": "Filter of calls", submit: apply, change: apply },
    h("label", {}, h("span", { class: "visually-hidden" }, "Operation"), operations),
    h("label", {}, h("span", { class: "visually-hidden" }, "Status"), h("select", { name: "status", "data-key": "filter-status" }, statuses)),
    h("label", { class: "grow" }, h("span", { class: "visually-hidden" }, "Part of the path"),
      h("input", { name: "path", type: "search", value: path, placeholder: "part of the path", "data-key": "filter-path" })),
    h("button", {}, "Filter"));
}

/** How a first call is made, in place of an empty list. */
function firstCall() {
  const call = {
    method: "PUT",
    path: "/v2/customer_sessions/cart-1",
    body: { customerSession: { cartItems: [{ sku: "A", quantity: 2, price: 50 }], couponCodes: ["SUMMER10"] } },
  };
  return [h("p", {}, "No calls yet. They appear here as they come. Try:"), h("pre", { tabindex: 0 }, shellCommand(call))];
}

async function rowsView({ list, id, parameters }) {
  const { title, details } = LISTS[list];
  if (id) {
    const row = await get(`${list}/${encodeURIComponent(id)}`);
    const back = h("a", { href: `#/${list}`, class: "back", "data-key": "back" }, `← ${title}`);
    const raw = h("details", { class: "card more" }, h("summary", {}, "As JSON"), jsonBlock("As JSON", row));
    return { nodes: [back, heading(nameOf(list, row, id)), await details(row), raw] };
  }
  const { skip: skipped, ...filter } = Object.fromEntries(parameters);
  const skip = Number(skipped) || 0;
  const { data, total, hasMore } = await get(withQuery(list, { ...filter, pageSize: PAGE_SIZE, skip }));
  const rows = data.length === 0 ? h("p", { class: "card empty" }, "None in this world.") : listTable(list, data);
  const shown = isAbsent(filter) ? total : `${total} with ${brief(filter)}`;
  const to = (from) => withQuery(`#/${list}`, { ...filter, skip: from });
  return { nodes: [heading(title, " ", h("span", { class: "muted" }, shown)), rows, pages(to, skip, hasMore)] };
}

/** The title of a row: the name by which its list shows it. */
function nameOf(list, row, id) {
  const first = LISTS[list].columns[0][1](row, id);
  return first.textContent ?? id;
}

function pages(to, skip, hasMore) {
  const page = (text, from) => h("a", { class: "button", href: to(from), "data-key": text }, text);
  return skip === 0 && !hasMore ? [] : h("nav", { class: "row", "aria-label": "Pages" },
    skip > 0 && page("Previous", Math.max(0, skip - PAGE_SIZE)), hasMore && page("Next", skip + PAGE_SIZE));
}

function showMenu(state) {
  const entry = (list, text, count) => {
    const current = route.list === list ? (route.id ? "true" : "page") : null;
    return h("li", { class: `to-${list}` }, h("a", { href: `#/${list}`, "aria-current": current, "data-key": `menu-${list}` },
      text, count !== undefined && h("span", { class: "count" }, count)));
  };
  const entries = [entry("calls", "Calls", state.lastCall)];
  let group = "";
  for (const [name, list] of Object.entries(LISTS)) {
    if (list.group !== group) entries.push(h("li", { class: "group", "aria-hidden": true }, list.group));
    group = list.group;
    entries.push(entry(name, list.title, state.counts[name]));
  }
  entries.push(entry("controls", "Controls"));
  const menu = byId("menu");
  const key = menu.contains(document.activeElement) && document.activeElement.dataset.key;
  menu.replaceChildren(...entries);
  if (key) menu.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

function connected(text, tone) {
  const status = byId("connection");
  if (status.textContent === text) return;
  status.className = `badge ${tone}`;
  status.textContent = text;
}

/** Shows another view, or another world, from the start. */
async function restart() {
  route = readRoute();
  view = null;
  seen = {};
  document.body.dataset.view = route.list;
  await tick();
}

/** One look after the other: two at once would show a call twice. */
let looks = Promise.resolve();
function tick() {
  looks = looks.then(look);
  return looks;
}

/** Looks at the world once. Refusals are shown and do not end the loop. */
async function look() {
  try {
    await refresh();
  } catch (error) {
    if (!(error instanceof Refusal)) return failed(error);
    connected(error.status === 0 ? "no answer" : "refused", "bad");
    if (error.status === 401) askForToken(error);
    else if (error.status !== 0) notify(error.message, true);
  }
}

async function loop() {
  if (!document.hidden && !byId("token-dialog").open) await tick();
  setTimeout(loop, PAUSE);
}

window.addEventListener("hashchange", () => {
  restart();
  // At once: later, it would take the focus from where the user has moved it.
  byId(route.list === "controls" ? "controls" : "content").focus();
  window.scrollTo(0, 0);
});

wireControls();
await restart();
loop();
