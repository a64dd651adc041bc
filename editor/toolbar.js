// A toolbar as the ARIA practices describe it: one stop for Tab, arrows between the buttons, Escape back to the text.
import { commands, linkAt, removeLink, setLink } from "./commands.js";
import { schema } from "./schema.js";
import { hasMark } from "./commands.js";

const ADDRESS = /^(https?:\/\/|mailto:|tel:)\S+$/i;

export class Toolbar {
  constructor(parts, id) {
    this.bar = parts.querySelector("[role=toolbar]");
    this.row = parts.querySelector("[data-link-row]");
    this.address = parts.querySelector("[data-link-address]");
    this.wrong = parts.querySelector("[data-link-wrong]");
    this.buttons = [...this.bar.querySelectorAll("button")];
    this.address.id = `${id}_link`;
    parts.querySelector("[data-link-label]").htmlFor = this.address.id;
    this.parts = [...parts.children];
    this.bar.setAttribute("aria-controls", id);
  }

  attach(view) {
    this.view = view;
    this.stop(this.buttons[0]);
    this.bar.addEventListener("mousedown", (event) => event.preventDefault());  // the selection stays
    this.bar.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.press(button);
    });
    this.bar.addEventListener("keydown", (event) => this.key(event));
    this.row.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key === "Enter" && event.target === this.address) { event.preventDefault(); this.link(); }
    });
    this.row.querySelector("[data-link-set]").addEventListener("click", () => this.link());
    this.row.querySelector("[data-link-off]").addEventListener("click", () => { removeLink(view); this.close(); });
    this.update();
  }

  press(button) {
    this.stop(button);
    const name = button.dataset.do;
    if (name === "link") return this.open();
    if (button.getAttribute("aria-disabled") === "true") return undefined;
    commands[name].run(this.view.state, this.view.dispatch, this.view);
    if (!this.bar.contains(document.activeElement)) this.view.focus();
    return this.update();
  }

  key(event) {
    const at = this.buttons.indexOf(document.activeElement);
    const last = this.buttons.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (event.key === "Escape") this.view.focus();
    if (to === undefined) return;
    event.preventDefault();
    this.stop(this.buttons[to]);
    this.buttons[to].focus();
  }

  stop(button) {
    for (const one of this.buttons) one.tabIndex = one === button ? 0 : -1;
  }

  focus() {
    this.buttons.find((one) => one.tabIndex === 0).focus();
  }

  update() {
    for (const button of this.buttons) {
      const name = button.dataset.do;
      const { active, possible } = commands[name] || { active: (state) => hasMark(state, schema.marks.link) };
      if (active) button.setAttribute("aria-pressed", String(commands[name] ? commands[name].active(this.view.state) : active(this.view.state)));
      if (possible) button.setAttribute("aria-disabled", String(!possible(this.view.state)));
    }
  }

  open() {
    this.wrong.textContent = "";
    this.address.value = linkAt(this.view.state).href;
    this.row.hidden = false;
    this.address.focus();
  }

  close() {
    this.row.hidden = true;
    this.view.focus();
    this.update();
  }

  link() {
    let href = this.address.value.trim();
    if (/^www\.\S+$/.test(href)) href = `https://${href}`;
    if (/^[^\s@/]+@[^\s@/]+$/.test(href)) href = `mailto:${href}`;
    if (!ADDRESS.test(href)) {
      this.wrong.textContent = this.wrong.dataset.words;
      this.address.focus();
      return;
    }
    setLink(this.view, href);
    this.close();
  }
}
