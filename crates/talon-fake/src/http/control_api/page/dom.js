// Elements, and values of the API as text.

/** An element. Children become text nodes, never markup; functions become listeners. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => (child ?? false) !== false));
  return element;
}

const byId = (id) => document.getElementById(id);

/** A number with digits that a double does not hold, such as an amount with 28 of them. */
class Digits {
  constructor(text) {
    this.text = text;
  }
  toString() {
    return this.text;
  }
}

/** Reads JSON. Numbers keep their digits where the browser passes them on. */
function parseJson(text) {
  return JSON.parse(text, (_key, value, context) => {
    const digits = typeof value === "number" ? context?.source : undefined;
    return digits === undefined || digits === String(value) ? value : new Digits(digits);
  });
}

const isNested = (value) => value !== null && typeof value === "object" && !(value instanceof Digits);

const scalarText = (value) => (value instanceof Digits ? value.text : JSON.stringify(value));

/** JSON as spans for the style sheet to color, and line breaks with `indent`. */
function jsonNodes(value, indent = "\n") {
  if (!isNested(value)) {
    const kind = value === null ? "boolean" : value instanceof Digits ? "number" : typeof value;
    return [h("span", { class: `json-${kind}` }, scalarText(value))];
  }
  const isList = Array.isArray(value);
  const [open, close] = isList ? "[]" : "{}";
  const entries = Object.entries(value);
  if (entries.length === 0) return [open + close];
  const inner = `${indent}  `;
  const parts = entries.flatMap(([key, item], index) => [
    index === 0 ? inner : `,${inner}`,
    ...(isList ? [] : [h("span", { class: "json-key" }, JSON.stringify(key)), ": "]),
    ...jsonNodes(item, inner),
  ]);
  return [open, ...parts, indent + close];
}

/** A block with JSON. It can be scrolled by keyboard. */
function jsonBlock(label, value) {
  return h("pre", { tabindex: 0, role: "region", "aria-label": label, class: "json" }, jsonNodes(value));
}

/** A value on one line. */
function brief(value) {
  if (typeof value === "string") return value;
  if (!isNested(value)) return scalarText(value) ?? "";
  const items = Object.entries(value).map(([key, item]) =>
    Array.isArray(value) ? brief(item) : `${key}: ${brief(item)}`,
  );
  return items.join(", ");
}

/** An instant without the parts that nobody reads. */
function time(text) {
  if (!text) return "";
  const shown = text.replace("T", " ").replace(/\.\d+/, "").replace("Z", " UTC");
  return h("time", { datetime: text }, shown);
}

const isAbsent = (value) =>
  value === undefined || value === false || value === null || value === "" || (isNested(value) && Object.keys(value).length === 0);

/** Names and values; absent ones are left out. */
function fields(pairs) {
  const present = pairs.filter(([, value]) => value instanceof Node || !isAbsent(value));
  if (present.length === 0) return [];
  const shown = (value) => (value instanceof Node ? value : brief(value));
  return h("dl", {}, present.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, shown(value)))));
}

/** Members of an object as names and values. */
const members = (object) => fields(Object.entries(object ?? {}).map(([name, value]) => [name, brief(value)]));

/**
 * A table without the columns that are empty. On a narrow screen each row becomes a card, with the
 * heads as labels.
 */
function table(caption, allHeads, allRows) {
  const used = allHeads.map((_, index) => index === 0 || allRows.some((cells) => hasContent(cells[index])));
  const heads = allHeads.filter((_, index) => used[index]);
  const rows = allRows.map((cells) => cells.filter((_, index) => used[index]));
  const head = h("tr", {}, heads.map((text) => h("th", { scope: "col" }, text)));
  const cell = (content, index) => h(index === 0 ? "th" : "td", { scope: index === 0 ? "row" : null, "data-head": heads[index] }, content);
  const body = rows.map((cells) => h("tr", {}, cells.map(cell)));
  return h("table", {}, h("caption", { class: "visually-hidden" }, caption), h("thead", {}, head), h("tbody", {}, body));
}

const hasContent = (cell) => cell instanceof Node || !isAbsent(cell);

/** Badge with the tone of a state: `good`, `bad`, `warn` or none. */
const badge = (text, tone = "") => h("span", { class: `badge ${tone}` }, text);

/** A link to a list, or to a row of it. */
const link = (list, id, text = id) =>
  isAbsent(id) ? "" : h("a", { href: `#/${list}/${encodeURIComponent(id)}`, "data-key": `${list}/${id}` }, String(text));

const links = (list, ids) => (ids ?? []).flatMap((id, index) => [index === 0 ? "" : ", ", link(list, id)]);

/** A part of a view with a heading; left out when it has no content. */
function section(title, ...content) {
  const shown = content.flat(Infinity).filter((child) => (child ?? false) !== false && child !== "");
  return shown.length === 0 ? [] : h("section", { class: "card" }, h("h3", {}, title), shown);
}

const plural = (count, noun) => `${count} ${noun}${String(count) === "1" ? "" : "s"}`;
