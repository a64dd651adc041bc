// Optional: dragging an item of the agenda to another place. Keyboard and touch have the buttons and the list of places.
(() => {
  "use strict";

  const agenda = document.querySelector("[data-agenda]");
  if (!agenda) return;
  const items = () => [...agenda.querySelectorAll("[data-item]")];

  // Dropped at a place: the form of "Move to" is sent, as if it was filled in by hand.
  const send = (item) => {
    const form = item.querySelector("[data-place]");
    form.elements.to.value = items().indexOf(item) + 1;
    form.submit();
  };

  for (const item of items()) {
    if (!item.querySelector("[data-place]")) continue;
    const handle = item.querySelector(".portal-agenda__number");
    handle.classList.add("portal-agenda__handle");
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      const before = items();
      item.classList.add("portal-agenda__item--moving");
      const move = (at) => {
        const other = items().find((one) => one !== item && at.clientY < one.getBoundingClientRect().bottom
          && at.clientY > one.getBoundingClientRect().top);
        if (!other) return;
        const box = other.getBoundingClientRect();
        if (at.clientY < box.top + box.height / 2) other.before(item); else other.after(item);
      };
      const stop = (at) => {
        handle.removeEventListener("pointermove", move);
        item.classList.remove("portal-agenda__item--moving");
        const changed = items().some((one, index) => one !== before[index]);
        if (at.type === "pointerup" && changed) send(item);
        else if (changed) agenda.append(...before);
      };
      handle.addEventListener("pointermove", move);
      handle.addEventListener("pointerup", stop, { once: true });
      handle.addEventListener("pointercancel", stop, { once: true });
    });
  }
})();
