// Completion while typing, by the ARIA 1.2 pattern of a combobox with a list; the page
// works without this file. Nothing happens while an input method composes.
"use strict";

const PAUSE = 120; // milliseconds without a key before a request
const box = document.querySelector("input[data-suggest]");

/** Make the list and the line that is read out; both are empty and take no room. */
function build(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-list`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.list);
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("aria-live", "polite");
  input.after(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-haspopup": "listbox",
    autocomplete: "off",
    autocapitalize: "none",
  })) {
    input.setAttribute(name, value);
  }
  return { list, status };
}

/** Complete one input. */
function complete(input) {
  const { list, status } = build(input);
  const kinds = JSON.parse(input.dataset.kinds);
  let composing = false;
  let timer = 0;
  let request = null;
  let found = [];
  let chosen = -1;
  let typed = "";

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    list.replaceChildren();
    found = [];
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    status.textContent = "";
  }

  function choose(place) {
    chosen = place;
    [...list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === place));
    });
    if (place < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[place].id);
      list.children[place].scrollIntoView({ block: "nearest" });
    }
    input.value = place < 0 ? typed : found[place].whole;
  }

  function option(suggestion, at) {
    const item = document.createElement("li");
    item.id = `${list.id}-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const parts = [suggestion.text, kinds[suggestion.kind], suggestion.documents.toLocaleString()];
    for (const [place, text] of parts.entries()) {
      const part = document.createElement("span");
      part.className = `offered-${["text", "kind", "count"][place]}`;
      part.textContent = text;
      item.append(part);
      if (place < 2) item.append(" ");
    }
    // The input keeps the focus; a click is one of any button of a mouse that is up.
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => {
      choose(at);
      close();
      input.form.requestSubmit();
    });
    return item;
  }

  function show(suggestions, rest) {
    found = suggestions.map((each) => ({ ...each, whole: each.query + rest }));
    chosen = -1;
    list.replaceChildren(...found.map(option));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    const say = found.length === 1 ? input.dataset.one : input.dataset.many;
    status.textContent = found.length ? say.replace("0", String(found.length)) : "";
  }

  async function ask() {
    typed = input.value;
    const cursor = input.selectionStart ?? typed.length;
    const asked = typed.slice(0, cursor);
    request?.abort();
    if (!asked.trim()) return close();
    const mine = new AbortController();
    request = mine;
    try {
      const address = `${input.dataset.suggest}?q=${encodeURIComponent(asked)}`;
      const answer = await fetch(address, { signal: mine.signal });
      if (!answer.ok) return close();
      const { suggestions } = await answer.json();
      if (request === mine && input.value === typed && document.activeElement === input) {
        show(suggestions, typed.slice(cursor));
      }
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function later() {
    clearTimeout(timer);
    request?.abort();
    timer = setTimeout(ask, PAUSE);
  }

  function key(event) {
    if (composing || event.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = found.length - 1;
    if (event.key === "ArrowDown" && list.hidden) ask();
    else if (list.hidden) return;
    else if (event.key === "ArrowDown") choose(chosen === last ? -1 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen === -1 ? last : chosen - 1);
    else if (event.key === "Home" && chosen >= 0) choose(0);
    else if (event.key === "End" && chosen >= 0) choose(last);
    else if (event.key === "Escape") {
      choose(-1);
      close();
    } else if (event.key === "Enter" || event.key === "Tab") return close();
    else return;
    event.preventDefault();
  }

  input.addEventListener("compositionstart", () => {
    composing = true;
    clearTimeout(timer);
    request?.abort();
  });
  input.addEventListener("compositionend", () => {
    composing = false;
    later();
  });
  input.addEventListener("input", (event) => {
    if (!composing && !event.isComposing) later();
  });
  input.addEventListener("keydown", key);
  input.addEventListener("blur", close);
}

if (box) complete(box);
