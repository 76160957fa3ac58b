// Requests to the control API.

/** What the page sends with each request; kept until the tab is closed. */
const access = {
  get token() {
    return sessionStorage.getItem("token") ?? "";
  },
  set token(token) {
    sessionStorage.setItem("token", token);
  },
  get key() {
    return sessionStorage.getItem("key") ?? "";
  },
  set key(key) {
    sessionStorage.setItem("key", key);
  },
};

/** A refusal of the control API, or no answer (`status` 0). */
class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Sends a request to a path below `/_fake/`, and returns the JSON of the reply. */
async function send(method, path, body) {
  const headers = {};
  if (access.token) headers["X-Control-Token"] = access.token;
  if (access.key) headers.Authorization = `ApiKey-v1 ${access.key}`;
  const init = { method, headers, cache: "no-store" };
  if (body !== undefined) init.body = JSON.stringify(body);
  const reply = await fetch(`/_fake/${path}`, init).catch(() => {
    throw new Refusal(0, "The server does not answer");
  });
  const text = await reply.text();
  if (!reply.ok) throw new Refusal(reply.status, refusalText(reply.status, text));
  return text === "" ? null : parseJson(text);
}

const get = (path) => send("GET", path);

/** Path with those parameters that have a value. */
function withQuery(path, parameters) {
  const present = Object.entries(parameters).filter(([, value]) => !isAbsent(value));
  const query = new URLSearchParams(present.map(([name, value]) => [name, String(value)])).toString();
  return query === "" ? path : `${path}?${query}`;
}

function refusalText(status, text) {
  try {
    const { message, errors } = JSON.parse(text);
    const details = (errors ?? []).map((error) => error.details).filter(Boolean);
    return details.length > 0 ? details.join("; ") : message;
  } catch {
    return `The server replies with ${status}`;
  }
}
