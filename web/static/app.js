// Keys only; every page works without this file.
// "/" goes to the search box, "j" and "k" or the arrows from hit to hit, "n" and "p"
// from match to match, "?" lists the keys. Nothing happens while somebody types or an
// input method composes, and all of it can be switched off.
"use strict";

const OFF = "wensu.keys-off";
const dialog = document.getElementById("keys-dialog");
const marks = document.querySelectorAll("mark[id]");
const hits = [...document.querySelectorAll(".hits .hit, .found > li, .passages > li")];
let on = true;

try {
  on = localStorage.getItem(OFF) === null;
} catch {
  // The browser lets nothing be kept: the keys are on.
}

/** Find the match one is at: the one aimed at, the first of the block aimed at. */
function here() {
  const aim = location.hash && document.getElementById(location.hash.slice(1));
  if (!aim) return -1;
  return [...marks].findIndex((mark) => mark === aim || aim.contains(mark));
}

/** Go some matches on, round the ends, without filling the history. */
function step(by) {
  const from = here();
  const to = from < 0 ? (by > 0 ? 0 : marks.length - 1) : from + by;
  const target = marks[(to + marks.length) % marks.length];
  location.replace(`#${target.id}`);
}

/** Go to another hit: from the one with the focus, or else the first in sight. */
function move(by) {
  const from = hits.findIndex((hit) => hit.contains(document.activeElement));
  const seen = hits.findIndex((hit) => hit.getBoundingClientRect().top >= 0);
  const first = seen < 0 ? hits.length - 1 : by > 0 ? seen : seen - 1;
  const to = from < 0 ? first : from + by;
  const target = hits[Math.min(Math.max(to, 0), hits.length - 1)];
  target.querySelector("h2 a")?.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}

/** Tell whether arrows would do nothing but scroll. */
function free() {
  const at = document.activeElement;
  return !at || at === document.body || hits.some((hit) => hit.contains(at));
}

/** Tell whether a key is a character, or part of one that is being composed. */
function typing(event) {
  if (event.isComposing || event.keyCode === 229) return true;
  return Boolean(event.target.closest?.("input, textarea, select, [contenteditable]"));
}

/** Do what a key stands for; tell whether it stands for anything here. */
function act(key) {
  if (key === "/") document.getElementById("q")?.focus();
  else if (key === "?") dialog?.showModal();
  else if (key === "n" && marks.length) step(1);
  else if (key === "p" && marks.length) step(-1);
  else if (key === "j" && hits.length) move(1);
  else if (key === "k" && hits.length) move(-1);
  else if (key === "ArrowDown" && hits.length && free()) move(1);
  else if (key === "ArrowUp" && hits.length && free()) move(-1);
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!on || event.defaultPrevented || dialog?.open || typing(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (act(event.key)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(".steps a");
  if (link) {
    event.preventDefault();
    location.replace(link.hash);
  } else if (event.target.closest("a[data-keys]") && dialog) {
    event.preventDefault();
    dialog.showModal();
  } else if (event.target.closest("[data-close]")) dialog.close();
});

const toggle = document.querySelector("[data-keys-on]");
if (toggle) {
  toggle.checked = on;
  toggle.addEventListener("change", () => {
    on = toggle.checked;
    try {
      if (on) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch {
      // It holds for this page only.
    }
  });
}

document.documentElement.classList.add("scripted");
