// Optional: keeps a draft while somebody types in a form with data-draft-url, for the writer only. What it says stands in
// the attributes of the form (portal.templatetags.nlds.guarded).
(() => {
  "use strict";
  const SMALL = 60000; // browsers send no more after the page is gone

  for (const form of document.querySelectorAll("form[data-draft-url]")) {
    const status = form.querySelector("[data-status]");
    const say = (words) => { if (status.textContent !== words) status.textContent = words; };
    const typed = () => {
      const fields = new FormData(form);
      fields.delete("csrfmiddlewaretoken");
      fields.delete("_schrijver");
      return new URLSearchParams(fields).toString();
    };
    let kept = typed();
    let busy = false;
    let sending = false;

    async function keep({ leaving = false } = {}) {
      if (busy || sending || typed() === kept) return;
      busy = true;
      const now = typed();
      try {
        const answer = await fetch(form.dataset.draftUrl, {
          method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual",
          credentials: "same-origin", headers: { Accept: "application/json" },
          keepalive: leaving && now.length < SMALL,
        });
        if (answer.ok) {
          kept = now;
          say((await answer.json()).said);
        } else {
          say(answer.type === "opaqueredirect" ? form.dataset.signedOut : form.dataset.notKept);
        }
      } catch {
        say(form.dataset.offline);
      } finally {
        busy = false;
      }
    }

    setInterval(() => keep(), Number(form.dataset.draftSeconds) * 1000);
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep({ leaving: true }); });
    window.addEventListener("pagehide", () => keep({ leaving: true }));
    window.addEventListener("online", () => keep());
    form.addEventListener("submit", () => { sending = navigator.onLine; });
  }

  // The editor comes after everything else: the box works without it.
  const editor = document.currentScript.dataset.editor;
  if (editor && document.querySelector("[data-editor-html]")) {
    window.addEventListener("load", () => {
      document.head.append(Object.assign(document.createElement("script"), { src: editor }));
    });
  }
})();
