// What an advice may hold: the same few tags as portal.text.ALLOWED_TAGS.
import { Schema } from "prosemirror-model";

const inItems = "paragraph+";

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: {
      content: "inline*", group: "block", attrs: { level: { default: 3 } }, defining: true,
      parseDOM: ["h1", "h2", "h3"].map((tag) => ({ tag, attrs: { level: 3 } }))
        .concat(["h4", "h5", "h6"].map((tag) => ({ tag, attrs: { level: 4 } }))),
      toDOM: (node) => [`h${node.attrs.level}`, 0],
    },
    blockquote: {
      content: inItems, group: "block", defining: true, parseDOM: [{ tag: "blockquote" }],
      toDOM: () => ["blockquote", 0],
    },
    bullet_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    ordered_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ol" }], toDOM: () => ["ol", 0] },
    list_item: { content: inItems, defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    text: { group: "inline" },
    hard_break: {
      inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"],
    },
  },
  marks: {
    link: {
      attrs: { href: {} }, inclusive: false,
      parseDOM: [{
        tag: "a[href]",
        getAttrs: (link) => /^(https?:|mailto:|tel:)/i.test(link.getAttribute("href")) && { href: link.getAttribute("href") },
      }],
      toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
    },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  },
});
