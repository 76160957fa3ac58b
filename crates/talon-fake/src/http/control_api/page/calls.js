// The calls as they come.

/** At most so many calls are in the page. */
const MAX_SHOWN = 300;

const statusTone = (status) => (status >= 500 || status === null ? "bad" : status >= 400 ? "warn" : "good");

/** A list of calls that grows at its top. */
class CallList {
  constructor(filter) {
    this.filter = filter;
    this.last = 0;
    this.element = h("ol", { class: "calls plain", reversed: true, "aria-label": "Calls, newest first" });
  }

  /** Loads later calls, and returns their number. */
  async load() {
    const query = { ...this.filter, since: this.last || undefined, limit: MAX_SHOWN };
    const { calls } = await get(withQuery("calls", query));
    for (const call of calls) {
      this.element.prepend(callItem(call));
      this.last = call.number;
    }
    while (this.element.childElementCount > MAX_SHOWN) this.element.lastElementChild.remove();
    return calls.length;
  }

  get isEmpty() {
    return this.element.childElementCount === 0;
  }
}

function callItem(call) {
  const effects = call.reply?.effects?.length;
  const [path, query] = call.path.split("?");
  const summary = h("summary", {},
    badge(call.status ?? "no reply", statusTone(call.status)),
    h("span", { class: "request" }, h("b", {}, call.method), " ", decode(path), query && h("i", {}, `?${decode(query)}`)),
    h("span", { class: "notes" },
      call.dry && badge("dry"),
      call.fault && badge("fault", "bad"),
      call.replayed && badge("replayed"),
      call.unknownMembers?.length > 0 && badge(plural(call.unknownMembers.length, "unknown member"), "warn"),
      call.ruleFailures?.length > 0 && badge(plural(call.ruleFailures.length, "failed rule"), "warn"),
      effects > 0 && badge(plural(effects, "effect"), "good"),
    ),
    h("span", { class: "when muted" }, time(call.at), call.milliseconds !== undefined && ` · ${call.milliseconds} ms`),
  );
  const item = h("details", { toggle: () => open(item, call) }, summary);
  return h("li", { "data-number": call.number }, item);
}

/** The bodies are shown when a call is opened for the first time. */
function open(item, call) {
  if (item.open && item.childElementCount === 1) item.append(callDetails(call));
}

function callDetails(call) {
  return h("div", { class: "call" },
    fields([["Operation", call.operation], ["Number", call.number], ["Fault", call.fault && brief(call.fault)],
      ["Reply", call.replayed ? "stored for the Idempotency-Key: nothing was executed" : null]]),
    call.near && h("p", { class: "hint" }, call.near.hint),
    (call.unknownMembers ?? []).map((member) => h("p", { class: "hint" }, "Unknown member ", h("code", {}, member.path),
      member.didYouMean && [": did you mean ", h("code", {}, member.didYouMean), "?"])),
    section("Why rules did not apply", failures(call.ruleFailures)),
    h("div", { class: "bodies" },
      h("section", {}, h("h3", {}, "Request"), body("Body of the request", call.body), headers(call.headers)),
      h("section", {}, h("h3", {}, `Reply ${call.status ?? ""}`), body("Body of the reply", call.reply),
        h("details", { class: "more" }, h("summary", {}, "As curl"), h("pre", { tabindex: 0 }, shellCommand(call)))),
    ),
  );
}

const body = (label, value) => (value === undefined ? h("p", { class: "muted" }, "No body") : jsonBlock(label, value));

const headers = (sent) =>
  sent && h("details", { class: "more" }, h("summary", {}, plural(Object.keys(sent).length, "header")), members(sent));

function failures(list) {
  if (!list?.length) return [];
  return h("ul", { class: "plain" }, list.map((failure) => h("li", {},
    h("strong", {}, failure.ruleName), " ", h("span", { class: "muted" }, failure.campaignName), h("br"),
    failure.details || "A condition is not met", ...place(failure))));
}

/** What a rule was about when it failed. Its place is in the details, if there are any. */
function place({ details, conditionIndex, effectIndex, couponValue, referralValue }) {
  const parts = [
    !details && conditionIndex !== undefined && `condition ${conditionIndex}`,
    !details && effectIndex !== undefined && `effect ${effectIndex}`,
    couponValue && `coupon ${couponValue}`,
    referralValue && `referral ${referralValue}`,
  ].filter(Boolean);
  return parts.length > 0 ? [" ", h("span", { class: "muted" }, `(${parts.join(", ")})`)] : [];
}

/** The command that repeats a call, in the words of a shell. */
function shellCommand(call) {
  const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
  const lines = [`curl -X ${call.method} ${quote(location.origin + call.path)}`, `-H "Authorization: ApiKey-v1 $TALON_API_KEY"`];
  if (call.body !== undefined) {
    const text = jsonNodes(call.body, "\n").map((node) => node.textContent ?? node).join("");
    lines.push("-H 'Content-Type: application/json'", `-d ${quote(text)}`);
  }
  return lines.join(" \\\n  ");
}

/** A path as people write it; one that is no UTF-8 stays as it is. */
function decode(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
