// Optional: every page works without it. It moves the focus to the error summary, closes the menu with Escape,
// asks before unsaved text is lost, and prints.
(() => {
  "use strict";

  // A page with errors starts at its summary; a link in the summary goes to the question itself.
  const errors = document.querySelector(".portal-errors");
  if (errors) {
    errors.focus();
    errors.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      const field = link && document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      field.scrollIntoView({ block: "center" });
      field.focus({ preventScroll: true });
    });
  }

  // The menu of small screens closes with Escape and gives the focus back.
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(".portal-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // Text in a guarded form that has not been saved. Without a connection it is not sent into nothing.
  let unsaved = document.querySelector("[data-unsaved]") !== null; // sent to be looked at
  document.addEventListener("input", (event) => { if (event.target.closest("[data-guarded]")) unsaved = true; });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!navigator.onLine && form.matches("[data-guarded]")) {
      event.preventDefault();
      const status = form.querySelector("[data-status]") || document.getElementById("status");
      status.textContent = "";
      setTimeout(() => { status.textContent = form.dataset.offline; });
    }
    if (!event.defaultPrevented) unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  // A print button is hidden until it can work.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // A hard word leads to its explanation, and opens it. Without this one opens it oneself.
  const openExplanation = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.matches("details")) { target.open = true; target.querySelector("summary").focus(); }
  };
  window.addEventListener("hashchange", openExplanation);
  openExplanation();
})();
