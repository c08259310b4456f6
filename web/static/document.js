// On the page of a document: copy a citation, quote what is selected.
// Without this file there is a link beside each paragraph instead.
"use strict";

const text = document.querySelector(".text[data-capture]");
const quoteSelection = document.querySelector(".quote-selection");
const BLOCKS = ":is(p, li, h2, h3, h4, h5, h6)[id]";

/** Put a text on the clipboard, where the page is not secure, too. */
async function toClipboard(words) {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  const field = document.createElement("textarea");
  field.value = words;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await toClipboard(source.value ?? source.textContent);
    const name = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = name; }, 2000);
  });
}

/** Count the characters of a block that stand before a place in it. */
function offset(block, node, at) {
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(node, at);
  const part = before.cloneContents();
  for (const steps of part.querySelectorAll(".steps")) steps.remove();
  return [...part.textContent].length;
}

/** Tell which characters of a block are selected. */
function part(block, range) {
  const start = block.contains(range.startContainer) ? offset(block, range.startContainer, range.startOffset) : 0;
  const end = block.contains(range.endContainer)
    ? offset(block, range.endContainer, range.endOffset)
    : offset(block, block, block.childNodes.length);
  return { name: block.id, start, end };
}

/** Write a selection as the quote parameter; empty where it is none. */
function quoteOf(range) {
  const parts = [...text.querySelectorAll(BLOCKS)]
    .filter((block) => range.intersectsNode(block))
    .map((block) => part(block, range))
    .filter(({ start, end }) => start < end);
  if (!parts.length) return "";
  const [first, last] = [parts[0], parts[parts.length - 1]];
  const names = first === last ? first.name : `${first.name}-${last.name}`;
  return `${text.dataset.capture}:${names}:${first.start}-${last.end}`;
}

if (text && quoteSelection) {
  document.querySelector(".by-selection").hidden = false;
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const inside = selection.rangeCount > 0 && !selection.isCollapsed && text.contains(selection.anchorNode);
    const quote = inside ? quoteOf(selection.getRangeAt(0)) : "";
    quoteSelection.hidden = !quote;
    if (!quote) return;
    const address = new URL(location.href);
    address.searchParams.set("quote", quote);
    address.searchParams.delete("quoting");
    address.hash = "quote";
    quoteSelection.href = address.href;
  });
}
