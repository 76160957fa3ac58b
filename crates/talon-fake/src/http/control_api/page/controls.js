// Clock, faults and the world: what the buttons do.

/** Says what was done, for eyes and screen readers. */
function notify(text, isError = false) {
  const notice = byId("notice");
  notice.className = isError ? "bad" : "";
  notice.textContent = text;
  clearTimeout(notify.timer);
  notify.timer = setTimeout(() => (notice.textContent = ""), 6000);
}

/** A defect of the page: it is in the console, and what is shown may be old. */
function failed(error) {
  reportError(error);
  notify(`The page has a defect: ${error.message}`, true);
}

/** Sends a change, says so, and shows what it led to. */
async function change(done, method, path, body) {
  try {
    const reply = await send(method, path, body);
    notify(typeof done === "function" ? done(reply) : done);
    await tick();
  } catch (error) {
    refused(error);
  }
}

function refused(error) {
  if (!(error instanceof Refusal)) return failed(error);
  if (error.status === 401) askForToken(error);
  else notify(error.message, true);
}

/** Without a token there is nothing to say about it yet. */
function askForToken({ message }) {
  const dialog = byId("token-dialog");
  byId("token-error").hidden = access.token === "";
  byId("token-error").textContent = message;
  if (!dialog.open) dialog.showModal();
}

/** Faults with a number: its name, limits, usual value, and the fault. */
const AMOUNTS = {
  status: ["Status", 400, 599, 503, (status) => ({ status })],
  tooManyRequests: ["Seconds", 0, 3600, 2, (seconds) => ({ tooManyRequests: { seconds } })],
  delay: ["Milliseconds", 1, 60000, 500, (milliseconds) => ({ delay: { milliseconds } })],
};

function showAmount(form) {
  const amount = AMOUNTS[form.fault.value];
  byId("fault-amount").hidden = !amount;
  form.amount.disabled = !amount;
  if (!amount) return;
  const [name, min, max, value] = amount;
  byId("fault-amount").firstElementChild.textContent = name;
  Object.assign(form.amount, { min, max, value });
}

function planFault(form) {
  const kind = form.fault.value;
  const fault = AMOUNTS[kind] ? AMOUNTS[kind][4](form.amount.valueAsNumber) : kind;
  const operation = form.operation.value;
  const rule = operation === "" ? { onAny: fault } : { next: { [operation]: fault } };
  return change("Fault planned", "POST", "faults", { ...rule, times: form.times.valueAsNumber });
}

async function showFaults() {
  const { planned } = await get("faults");
  byId("clear-faults").hidden = planned.length === 0;
  byId("planned").replaceChildren(...planned.map((rule) => {
    const isUsed = rule.times !== null && rule.injected >= rule.times;
    const schedule = [
      rule.operation ?? "any operation",
      rule.every && `every ${rule.every}`,
      rule.withProbability && `probability ${rule.withProbability[0]}`,
    ].filter(Boolean).join(", ");
    return h("li", {}, badge(`${rule.injected} of ${rule.times ?? "∞"}`, isUsed ? "good" : "warn"), " ",
      brief(rule.fault), h("span", { class: "muted" }, ` ${schedule}`));
  }));
}

function showState(state) {
  const now = byId("now");
  now.textContent = state.now.replace("T", " ").replace(/\.\d+/, "").replace("Z", " UTC");
  now.dateTime = state.now;
  byId("clock-mode").textContent = state.followsSystem ? "runs" : "stands still";
  byId("strict").checked = state.strict;
}

function wireControls() {
  for (const button of document.querySelectorAll("[data-advance]")) {
    const by = { [button.dataset.advance]: Number(button.dataset.by) };
    button.addEventListener("click", () => change(`Clock advanced by ${brief(by)}`, "POST", "clock", { advance: by }));
  }
  const onSubmit = (id, act) =>
    byId(id).addEventListener("submit", (event) => {
      event.preventDefault();
      act(event.target);
    });
  const onClick = (id, act) => byId(id).addEventListener("click", act);

  onSubmit("set-clock", (form) => {
    // Seconds are left out by browsers when they are zero.
    const at = form.at.value.length === 16 ? `${form.at.value}:00Z` : `${form.at.value}Z`;
    return change(`Clock set to ${at}`, "POST", "clock", { set: at });
  });
  onClick("follow-system", () => change("The clock follows the system", "POST", "clock", "followSystem"));

  const faults = byId("plan-fault");
  faults.fault.addEventListener("change", () => showAmount(faults));
  onSubmit("plan-fault", planFault);
  onClick("clear-faults", () => change("Faults cleared", "DELETE", "faults"));

  byId("strict").addEventListener("change", ({ target }) =>
    change(target.checked ? "Unknown members are refused" : "Unknown members are accepted", "PUT", "settings", { strict: target.checked }));
  onSubmit("choose-world", (form) => {
    access.key = form.key.value;
    restart();
  });
  byId("choose-world").key.value = access.key;
  onClick("clear-calls", () => change("Calls cleared", "DELETE", "calls"));

  const reset = byId("reset-dialog");
  onClick("reset", () => {
    reset.returnValue = "";
    reset.showModal();
  });
  reset.addEventListener("close", () => {
    const to = reset.returnValue;
    if (to !== "") change(to === "demo" ? "The world is the demo world" : "The world is its seed again", "POST", "reset", { to });
  });
  const token = byId("token-dialog");
  token.addEventListener("close", () => {
    const input = token.querySelector("input");
    access.token = input.value;
    input.value = "";
    restart();
  });
}
