// Saved searches and the history: kept in this browser, sent nowhere. Every page works
// without this file, and where the browser lets nothing be kept.
"use strict";

const KEYS = { saved: "wensu.saved", history: "wensu.history", off: "wensu.history-off" };
const MOST = { saved: 200, history: 50 };
const SHOWN = 5;
const PASSING = ["page", "lang", "explain", "why"]; // what makes no other search

/** Give the store; null where the browser refuses it. */
function open() {
  try {
    localStorage.setItem("wensu.try", "1");
    localStorage.removeItem("wensu.try");
    return localStorage;
  } catch {
    return null;
  }
}

const store = open();

/** Read what is kept of a kind; what is no search of ours is left out. */
function read(kind) {
  try {
    const kept = JSON.parse(store.getItem(KEYS[kind]) ?? "[]");
    return kept.filter((each) => typeof each.query === "string" && typeof each.title === "string");
  } catch {
    return [];
  }
}

/** Keep searches of a kind, the latest first; a full store keeps what it has. */
function write(kind, searches) {
  try {
    store.setItem(KEYS[kind], JSON.stringify(searches.slice(0, MOST[kind])));
  } catch {
    // There is no room.
  }
}

/** Put a search first, or take it away. */
function put(kind, search) {
  write(kind, [search, ...read(kind).filter((each) => each.query !== search.query)]);
}

function remove(kind, query) {
  write(kind, read(kind).filter((each) => each.query !== query));
}

/** Give the search of this page; null where it asks for nothing. */
function current(title) {
  const asked = new URLSearchParams(location.search);
  for (const name of PASSING) asked.delete(name);
  for (const [name, value] of [...asked]) if (!value) asked.delete(name, value);
  const narrowed = [...asked.keys()].some((name) => !["sort", "per_page"].includes(name));
  return narrowed ? { query: String(asked), title, at: Date.now() } : null;
}

/** Address a search in the language of this page. */
function address(search) {
  const asked = new URLSearchParams(search.query);
  const language = new URLSearchParams(location.search).get("lang");
  if (language) asked.set("lang", language);
  return `${document.querySelector("form.search").action}?${asked}`;
}

/** Fill a list with searches. */
function fill(section, searches, onRemove) {
  const model = section.querySelector("template").content.firstElementChild;
  const items = searches.map((search) => {
    const item = model.cloneNode(true);
    const link = item.querySelector("a");
    link.href = address(search);
    link.textContent = search.title;
    const time = item.querySelector("time");
    const at = new Date(search.at);
    if (!Number.isNaN(at.getTime())) {
      time.dateTime = at.toISOString();
      time.textContent = at.toLocaleDateString(document.documentElement.lang);
    }
    const button = item.querySelector("button");
    if (button) {
      button.querySelector(".unseen").textContent = ` ${search.title}`;
      button.addEventListener("click", () => onRemove(search));
    }
    return item;
  });
  section.querySelector("ul").replaceChildren(...items);
}

/** Keep this search in the history, and offer to save it. */
function onResults(use) {
  const search = current(use.dataset.search);
  const button = use.querySelector("[data-save]");
  if (!search) return;
  if (store.getItem(KEYS.off) === null) put("history", search);
  const show = () => {
    const saved = read("saved").some((each) => each.query === search.query);
    button.setAttribute("aria-pressed", String(saved));
  };
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") remove("saved", search.query);
    else put("saved", search);
    show();
  });
  show();
  button.classList.add("ready");
}

/** List what is kept of a kind, and what can be done with it. */
function onList(section) {
  const kind = section.dataset.kept;
  const clear = section.querySelector("[data-clear]");
  const show = () => {
    const searches = read(kind);
    fill(section, searches, (search) => {
      remove(kind, search.query);
      show();
      section.querySelector("li button, h2").focus();
    });
    section.querySelector(".none").hidden = searches.length > 0;
    clear.hidden = searches.length === 0;
  };
  section.querySelector("h2").tabIndex = -1;
  clear.addEventListener("click", () => {
    write(kind, []);
    show();
    section.querySelector("h2").focus();
  });
  const keep = section.querySelector("[data-keep]");
  if (keep) {
    keep.checked = store.getItem(KEYS.off) === null;
    keep.addEventListener("change", () => {
      if (keep.checked) store.removeItem(KEYS.off);
      else store.setItem(KEYS.off, "1");
    });
  }
  show();
  section.hidden = false;
}

/** Show the latest searches. */
function onHome(section) {
  const searches = [...read("saved"), ...read("history")];
  const known = new Set();
  const latest = searches.filter((each) => !known.has(each.query) && known.add(each.query));
  fill(section, latest.slice(0, SHOWN));
  section.hidden = latest.length === 0;
}

document.querySelector(".mine .plain")?.remove();
if (store) {
  for (const use of document.querySelectorAll("[data-search]")) onResults(use);
  for (const section of document.querySelectorAll("[data-kept]")) onList(section);
  for (const section of document.querySelectorAll("[data-recent]")) onHome(section);
} else {
  for (const notice of document.querySelectorAll(".mine .refused")) notice.hidden = false;
}
