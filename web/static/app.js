// Keys only; every page works without this file.
// "/" goes to the search box, "n" and "p" to the next and the previous match.
"use strict";

const marks = document.querySelectorAll("mark[id]");

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

document.addEventListener("keydown", (event) => {
  // An input method uses these keys to compose characters.
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  if (event.key === "/") document.getElementById("q")?.focus();
  else if (event.key === "n" && marks.length) step(1);
  else if (event.key === "p" && marks.length) step(-1);
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(".steps a");
  if (!link) return;
  event.preventDefault();
  location.replace(link.hash);
});

document.documentElement.classList.add("scripted");
