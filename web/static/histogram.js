// Dragging over the years of the histogram narrows the search to them. A click follows
// the link of a bar, and the form below does the same without this file.
"use strict";

/** Let the years of one drawing be dragged over. */
function draggable(drawing) {
  const bars = [...drawing.querySelectorAll("a")];
  let from = -1;
  let to = -1;
  let dragged = false;

  /** Tell which bar a pointer is over. */
  function at(event) {
    const { left, width } = drawing.getBoundingClientRect();
    const place = Math.floor(((event.clientX - left) / width) * bars.length);
    return Math.min(Math.max(place, 0), bars.length - 1);
  }

  function paint() {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    bars.forEach((bar, place) => {
      bar.classList.toggle("dragged", dragged && place >= first && place <= last);
    });
  }

  function forget() {
    from = -1;
    dragged = false;
    paint();
  }

  drawing.addEventListener("pointerdown", (event) => {
    dragged = false;
    from = event.button === 0 ? at(event) : -1;
  });
  // Of the whole page: a quick hand has left the drawing before the first of these.
  document.addEventListener("pointermove", (event) => {
    if (from < 0) return;
    to = at(event);
    if (!dragged && to === from) return;
    if (!dragged) drawing.setPointerCapture(event.pointerId);
    dragged = true;
    paint();
  });
  document.addEventListener("pointerup", () => {
    if (from < 0 || !dragged) {
      from = -1;
      return;
    }
    const target = new URL(drawing.dataset.anywhen, location.href);
    target.searchParams.set("year_from", bars[Math.min(from, to)].dataset.first);
    target.searchParams.set("year_to", bars[Math.max(from, to)].dataset.last);
    from = -1;
    location.assign(target);
  });
  // What ends a drag is no click on a bar, and a link is not to be dragged away.
  drawing.addEventListener("click", (event) => dragged && event.preventDefault(), true);
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  drawing.addEventListener("pointercancel", forget);
  document.addEventListener("keydown", (event) => event.key === "Escape" && forget());
}

for (const drawing of document.querySelectorAll(".histogram svg")) draggable(drawing);
