// What the buttons do. Each entry: run(state, dispatch, view) and, for a button that is on or off, active(state).
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

export function around(state, ...types) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if (types.includes($from.node(depth).type)) return { node: $from.node(depth), pos: $from.before(depth) };
  }
  return null;
}

export function hasMark(state, type) {
  const { from, to, empty, $from } = state.selection;
  if (empty) return Boolean(type.isInSet(state.storedMarks || $from.marks()));
  return state.doc.rangeHasMark(from, to, type);
}

// Step by step: out of a list or a quotation first, where a heading cannot stand.
function plainly(view) {
  for (let tries = 0; tries < 5; tries += 1) {
    const found = around(view.state, nodes.list_item) ? liftListItem(nodes.list_item) : around(view.state, nodes.blockquote) && lift;
    if (!found || !found(view.state, view.dispatch)) break;
  }
  setBlockType(nodes.paragraph)(view.state, view.dispatch);
}

const heading = (level) => ({
  active: (state) => state.selection.$from.parent.type === nodes.heading && state.selection.$from.parent.attrs.level === level,
  run(state, dispatch, view) {
    if (this.active(state)) return setBlockType(nodes.paragraph)(state, dispatch);
    plainly(view);
    return setBlockType(nodes.heading, { level })(view.state, view.dispatch);
  },
});

const list = (type) => ({
  active: (state) => around(state, nodes.bullet_list, nodes.ordered_list)?.node.type === type,
  run(state, dispatch, view) {
    const found = around(state, nodes.bullet_list, nodes.ordered_list);
    if (found && found.node.type === type) return liftListItem(nodes.list_item)(state, dispatch);
    if (found) return dispatch(state.tr.setNodeMarkup(found.pos, type));
    plainly(view);
    return wrapInList(type)(view.state, view.dispatch);
  },
});

const mark = (type) => ({ active: (state) => hasMark(state, type), run: toggleMark(type) });

export const commands = {
  h3: heading(3),
  h4: heading(4),
  strong: mark(marks.strong),
  em: mark(marks.em),
  ul: list(nodes.bullet_list),
  ol: list(nodes.ordered_list),
  blockquote: {
    active: (state) => Boolean(around(state, nodes.blockquote)),
    run(state, dispatch, view) {
      if (this.active(state)) return lift(state, dispatch);
      plainly(view);
      return wrapIn(nodes.blockquote)(view.state, view.dispatch);
    },
  },
  undo: { run: undo, possible: (state) => undo(state) },
  redo: { run: redo, possible: (state) => redo(state) },
};

// "- ", "1. " and "### " at the start of a paragraph, as in the plain box.
export function typedSign(view, from, to, text) {
  const { $from, empty } = view.state.selection;
  if (text !== " " || !empty || $from.parent.type !== nodes.paragraph || around(view.state, nodes.list_item)) return false;
  const before = $from.parent.textBetween(0, $from.parentOffset, null, "￼");
  const name = { "-": "ul", "*": "ul", "•": "ul", "1.": "ol", "###": "h3", "####": "h4", ">": "blockquote" }[before];
  if (!name) return false;
  view.dispatch(view.state.tr.delete($from.start(), from));
  commands[name].run(view.state, view.dispatch, view);
  return true;
}

// --- links ---

export function linkAt(state) {
  const { from, to, empty, $from } = state.selection;
  if (!empty) {
    let href = "";
    state.doc.nodesBetween(from, to, (node) => { href ||= marks.link.isInSet(node.marks)?.attrs.href || ""; });
    return { from, to, href };
  }
  const found = marks.link.isInSet($from.marks());
  if (!found) return { from, to, href: "" };
  let [start, end] = [$from.start(), $from.start()];
  $from.parent.forEach((node, offset) => {
    const at = $from.start() + offset;
    if (at <= from && at + node.nodeSize >= from && found.isInSet(node.marks)) [start, end] = [at, at + node.nodeSize];
  });
  return { from: start, to: end, href: found.attrs.href };
}

export function setLink(view, href) {
  const { from, to } = linkAt(view.state);
  const tr = view.state.tr;
  if (from === to) tr.insert(from, schema.text(href, [marks.link.create({ href })]));
  else tr.removeMark(from, to, marks.link).addMark(from, to, marks.link.create({ href }));
  view.dispatch(tr);
}

export function removeLink(view) {
  const { from, to } = linkAt(view.state);
  view.dispatch(view.state.tr.removeMark(from, to, marks.link));
}
