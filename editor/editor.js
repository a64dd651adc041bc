// Optional: makes an editor of a box with typed markup (templates/advice/_editor.html). The form then posts its HTML in
// the hidden field beside the box; the server cleans it. Without this file the box works as it is.
import { baseKeymap, chainCommands, exitCode } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { DOMParser, DOMSerializer } from "prosemirror-model";
import { splitListItem } from "prosemirror-schema-list";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { commands, typedSign } from "./commands.js";
import { cleanPasted } from "./paste.js";
import { schema } from "./schema.js";
import { Toolbar } from "./toolbar.js";

function parsed(html) {
  const holder = document.implementation.createHTMLDocument("").createElement("div");
  holder.innerHTML = html;
  return DOMParser.fromSchema(schema).parse(holder);
}

function htmlOf(doc) {
  const holder = document.createElement("div");
  holder.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content));
  return holder.innerHTML;
}

function keys(toolbar) {
  const hardBreak = chainCommands(exitCode, (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(schema.nodes.hard_break.create()).scrollIntoView());
    return true;
  });
  const run = (name) => (state, dispatch, view) => { commands[name].run(state, dispatch, view); return true; };
  return keymap({
    "Mod-b": run("strong"), "Mod-i": run("em"), "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo,
    "Mod-k": () => { toolbar.open(); return true; },
    "Alt-F10": () => { toolbar.focus(); return true; },
    Enter: splitListItem(schema.nodes.list_item), "Shift-Enter": hardBreak,
  });
}

function start(field) {
  const box = field.previousElementSibling;
  const label = document.querySelector(`label[for="${box.id}"]`);
  const { content } = document.querySelector("[data-editor-toolbar]");
  const first = document.querySelector("[data-editor-start]").innerHTML;
  const id = box.id;
  const toolbar = new Toolbar(content.cloneNode(true), id);
  label.id ||= `${id}_label`;
  label.removeAttribute("for");

  const mount = document.createElement("div");
  const view = new EditorView({ mount }, {
    state: EditorState.create({ doc: parsed(field.value || first), plugins: [keys(toolbar), keymap(baseKeymap), history()] }),
    attributes: {
      role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id, class: box.className, id, spellcheck: "true",
      ...(box.hasAttribute("aria-describedby") && { "aria-describedby": box.getAttribute("aria-describedby") }),
    },
    transformPastedHTML: cleanPasted,
    handleTextInput: typedSign,
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      if (transaction.docChanged) {
        field.value = htmlOf(view.state.doc);
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      toolbar.update();
    },
  });
  box.id = `${id}_box`;
  box.hidden = true;
  box.before(...toolbar.parts.slice(0, 2), mount, ...toolbar.parts.slice(2));
  for (const only of field.parentElement.querySelectorAll("[data-plain-only]")) only.hidden = true;
  label.addEventListener("click", () => view.focus());
  toolbar.attach(view);
  field.closest("form").dataset.editor = "on";
}

for (const field of document.querySelectorAll("[data-editor-html]")) {
  const box = field.previousElementSibling;
  if (document.activeElement !== box && box.value === box.defaultValue) start(field);  // nobody is typing in it yet
}
