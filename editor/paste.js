// Text from Word, Outlook or a web page: headings, lists, bold and links stay, styles and office markup go.
const FAKE_MARK = /^[\s\u00a0]*([·•§▪o\u2013\uf0b7-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])[\s\u00a0]+/;
const BULLET = /^[·•§▪\uf0b7]/;

export function cleanPasted(html) {
  // Styles are read as data: the page's policy forbids them, also where nobody sees them.
  const bare = html.replace(/<!--[\s\S]*?-->|<!\[[\s\S]*?\]>/g, "")
    .replace(/<(style|script|head|xml|title)\b[\s\S]*?<\/\1\s*>/gi, "").replace(/<(style|script)\b[^>]*>/gi, "");
  const safe = bare.replace(/(<[^>]*?)\sstyle\s*=/gi, "$1 data-style=");
  const body = new DOMParser().parseFromString(safe, "text/html").body;
  for (const gone of body.querySelectorAll("style, script, meta, link, title, xml, img, object, iframe, [data-style*='mso-hide:all'], [data-style*='display:none']")) gone.remove();
  listsOfWord(body);
  for (const element of [...body.querySelectorAll("*")]) tidy(element);
  return body.innerHTML;
}

function styleOf(element) {
  return (element.dataset.style || "").replace(/\s+/g, "").toLowerCase();
}

function tidy(element) {
  const style = styleOf(element);
  const name = element.localName;
  if (name.includes(":")) return unwrap(element);  // <o:p>
  if (name === "td" || name === "th") return rename(element, "p");
  if (name === "p" && /^MsoTitle/.test(element.className)) return rename(element, "h3");
  if ((name === "b" || name === "strong") && /(^|;)font-weight:(normal|400)/.test(style)) return unwrap(element);
  if (name === "span") {
    if (/(^|;)font-weight:(bold|[6-9]00)/.test(style)) wrapInside(element, "strong");
    if (/(^|;)font-style:italic/.test(style)) wrapInside(element, "em");
    return unwrap(element);
  }
  for (const { name: attribute } of [...element.attributes]) {
    if (attribute !== "href") element.removeAttribute(attribute);
  }
  return undefined;
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function rename(element, name) {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
}

function wrapInside(element, name) {
  const inner = element.ownerDocument.createElement(name);
  inner.append(...element.childNodes);
  element.append(inner);
}

// Word writes an item as a paragraph with its mark typed in it.
function listsOfWord(body) {
  let open = null;
  for (const paragraph of [...body.querySelectorAll("p")]) {
    const mark = markOf(paragraph);
    if (!mark) { open = null; continue; }
    const kind = /\d|[a-z]/i.test(mark) && !/^o$/.test(mark) ? "ol" : "ul";
    const follows = open && previousOf(paragraph) === open && open.localName === kind;
    if (!follows) {
      open = body.ownerDocument.createElement(kind);
      paragraph.before(open);
    }
    const item = body.ownerDocument.createElement("li");
    item.append(...paragraph.childNodes);
    open.append(item);
    paragraph.remove();
  }
}

function previousOf(element) {
  return element.previousElementSibling;
}

function markOf(paragraph) {
  if (paragraph.closest("li")) return "";
  const ignored = paragraph.querySelector("[data-style*='mso-list:Ignore'], [data-style*='mso-list: Ignore']");
  const isItem = /mso-list:l\d/.test(styleOf(paragraph)) || /^MsoListParagraph/.test(paragraph.className);
  if (ignored) {
    const mark = ignored.textContent.replace(/[\s\u00a0]/g, "");
    ignored.remove();
    return mark || "·";
  }
  const found = FAKE_MARK.exec(paragraph.textContent);
  if (!found || !(isItem || BULLET.test(found[1]))) return "";
  takeAway(paragraph, found[0].length);
  return found[1];
}

function takeAway(paragraph, length) {
  const walker = paragraph.ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = length;
  for (let text = walker.nextNode(); text && left > 0; text = walker.nextNode()) {
    const here = Math.min(left, text.data.length);
    text.data = text.data.slice(here);
    left -= here;
  }
}
