"""Two texts of a whole advice beside each other: what came, what went, what moved, and what stayed as it was.

Both have the shape of advice.frozen.frozen_text; an older one may lack keys. What moved is recognised by its words,
because a version knows no ids: a recommendation that got another place is not "removed" and "new".
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advice.grounds import source_lines
from advice.states import DocumentKind, Tenor
from advice.typed import html_to_typed
from consultations.states import Law
from portal.differences import Part, differences
from portal.text import listed

ALIKE = 0.5  # of the words in common: from here on it is the same part, changed
SAME, CHANGED, NEW, GONE = "same", "changed", "new", "gone"


@dataclass(frozen=True)
class Item:
    """One part of a text: what it is called, its words, and a sign that it is the same one (a heading, a file)."""

    title: str
    text: str
    sign: str = ""


@dataclass(frozen=True)
class Compared:
    title: str
    state: str
    paragraphs: list[list[Part]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    moved: bool = False

    @property
    def differs(self) -> bool:
        return self.state != SAME or self.moved


@dataclass(frozen=True)
class Group:
    """A kind of part, such as the recommendations, with all of them in the order of the newer text."""

    title: str
    parts: list[Compared]
    said: str  # "%d recommendations" and the like, for the sentence on top: see `summary`

    @property
    def changes(self) -> list[Compared]:
        return [part for part in self.parts if part.differs]

    @property
    def unchanged(self) -> list[Compared]:
        return [part for part in self.parts if not part.differs]


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[Group]:
    """The groups of both texts; one that is empty in both is left out."""
    groups = [
        Group(_("The letter"), facts_compared(old, new), "fact"),
        Group(_("The text"), matched(sections(old), sections(new)), "section"),
        Group(_("Recommendations"), matched(recommendations(old), recommendations(new)), "recommendation"),
        Group(_("Questions"), matched(questions(old), questions(new)), "question"),
        Group(_("Other views (minority)"), matched(views(old), views(new)), "view"),
        Group(_("Attachments"), matched(attachments(old), attachments(new)), "attachment"),
        Group(_("Who signs"), matched(signatories(old), signatories(new)), "signatory"),
    ]
    return [group for group in groups if group.parts]


def summary(groups: Sequence[Group]) -> list[str]:
    """What happened, in short: "2 delen veranderd", "1 aanbeveling nieuw"."""
    found = []
    for group in groups:
        count = Counter("moved" if part.state == SAME else part.state for part in group.changes)
        found += [counted(group.said, state, count[state]) for state in (CHANGED, NEW, GONE, "moved") if count[state]]
    return found


def counted(said: str, state: str, number: int) -> str:
    nouns = {
        "fact": ngettext("%d detail of the letter", "%d details of the letter", number),
        "section": ngettext("%d part", "%d parts", number),
        "recommendation": ngettext("%d recommendation", "%d recommendations", number),
        "question": ngettext("%d question", "%d questions", number),
        "view": ngettext("%d other view", "%d other views", number),
        "attachment": ngettext("%d attachment", "%d attachments", number),
        "signatory": ngettext("%d signature", "%d signatures", number),
    }
    states = {CHANGED: _("%(what)s changed"), NEW: _("%(what)s new"), GONE: _("%(what)s removed"),
              "moved": _("%(what)s moved")}  # fmt: skip
    return states[state] % {"what": nouns[said] % number}


# --- the parts of a text ----------------------------------------------------


def sections(text: dict[str, Any]) -> list[Item]:
    return [
        Item(part.get("heading", ""), html_to_typed(part["html"]) if part.get("html") else part.get("text", ""),
             sign=part.get("heading", "").strip().lower())
        for part in text.get("sections") or []
    ]  # fmt: skip


def recommendations(text: dict[str, Any]) -> list[Item]:
    return [
        Item(_("Recommendation %(number)d") % {"number": part.get("number") or place}, words_of(part))
        for place, part in enumerate(text.get("recommendations") or [], 1)
    ]


def words_of(part: dict[str, Any]) -> str:
    """All that the reader gets with a recommendation, each on a line of its own."""
    heard = [one["label"] if isinstance(one, dict) else one for one in part.get("rests_on") or []]
    sources = source_lines(part.get("sources"))
    lines = [part.get("text", ""), part.get("reason", "")]
    if part.get("refers_to"):
        lines.append(_("About:") + " " + part["refers_to"])
    if heard or sources:
        lines.append(_("Where we know this from:") + " " + "; ".join([*heard, *sources]))
    return "\n\n".join(filter(None, lines))


def questions(text: dict[str, Any]) -> list[Item]:
    return [Item(_("Question %(number)d") % {"number": n}, one) for n, one in enumerate(text.get("questions") or [], 1)]


def views(text: dict[str, Any]) -> list[Item]:
    return [Item(one.get("by", ""), one.get("text", ""), sign=one.get("by", "").strip().lower())
            for one in text.get("minority_views") or []]  # fmt: skip


def attachments(text: dict[str, Any]) -> list[Item]:
    found = []
    for number, one in enumerate(text.get("attachments") or [], 1):
        file = one.get("file") or {}
        named = _("File: %(name)s") % {"name": file["name"]} if file else ""
        title = one.get("title") or file.get("name") or _("Attachment %(number)d") % {"number": number}
        if file:
            named += f" ({file['sha256'][:8]})"  # another file under the same name is another file
        found.append(Item(title, "\n\n".join(filter(None, [named, one.get("text", "")])), sign=title.strip().lower()))
    return found


def signatories(text: dict[str, Any]) -> list[Item]:
    return [Item(one["name"], ", ".join(filter(None, [one["name"], one.get("role", "")])), sign=one["name"].lower())
            for one in text.get("signatories") or []]  # fmt: skip


def facts_compared(old: dict[str, Any], new: dict[str, Any]) -> list[Compared]:
    """Subject, summary and the details, by their own names: these do not move."""
    laws: dict[str, Any] = dict(Law.choices)
    kinds: dict[str, Any] = dict(DocumentKind.choices)
    tenors: dict[str, Any] = dict(Tenor.choices)
    rows: list[tuple[str, Callable[[dict[str, Any]], str]]] = [
        (_("Subject"), lambda text: text.get("subject") or ""),
        (_("Summary in plain language"), lambda text: text.get("plain_summary") or ""),
        (_("Kind of letter"), lambda text: str(kinds.get(text.get("document", ""), ""))),
        (_("Our judgement"), lambda text: str(tenors.get(text.get("tenor", ""), ""))),
        (_("Laws"), lambda text: listed([str(laws.get(one, one)) for one in text.get("laws") or []])),
        (_("For whom"), lambda text: listed(text.get("authorities") or [])),
        (_("For the attention of"), lambda text: text.get("attention_of") or ""),
        (_("Salutation"), lambda text: text.get("salutation") or ""),
        (_("Reference of the authority"), lambda text: text.get("your_reference") or ""),
        (_("Who was heard"), lambda text: "\n".join(text.get("consulted") or [])),
        (_("Copies to"), lambda text: "\n".join(text.get("copy_to") or [])),
    ]
    found = []
    for title, of in rows:
        before, after = of(old), of(new)
        if before or after:
            state = SAME if before == after else CHANGED
            found.append(Compared(title, state, differences(before, after) if state == CHANGED else []))
    return found


# --- which one is which -----------------------------------------------------


def matched(old: list[Item], new: list[Item]) -> list[Compared]:
    """Each part of the newer text beside the older one it comes from; what has gone stands where it stood."""
    pairs = paired(old, new)
    stayed = longest_rising([pairs[place] for place in sorted(pairs)])
    rows: list[tuple[float, Compared]] = []
    for place, item in enumerate(new):
        before = pairs.get(place)
        rows.append((place, compared(old[before], item, moved=before not in stayed) if before is not None
                     else Compared(item.title, NEW, differences("", item.text))))  # fmt: skip
    came_to = {before: place for place, before in pairs.items()}
    for place, item in enumerate(old):
        if place not in came_to:
            after = max((came_to[one] for one in came_to if one < place and one in stayed), default=-1)
            rows.append((after + 0.5, Compared(item.title, GONE, differences(item.text, ""))))
    return [row for _place, row in sorted(rows, key=lambda row: row[0])]


def compared(before: Item, after: Item, *, moved: bool) -> Compared:
    notes = []
    if before.title != after.title:
        was = {"title": before.title}
        notes.append(_("This was “%(title)s” and has moved.") % was if moved else _("This was “%(title)s”.") % was)
    elif moved:
        notes.append(_("This part has moved."))
    if before.text == after.text:
        # A number that only counts on because something came before it is no change.
        renamed = before.title != after.title and bool(after.sign)
        shown = differences(after.text, after.text) if moved else []  # to know which one moved
        return Compared(after.title, CHANGED if renamed else SAME, shown, notes, moved)
    return Compared(after.title, CHANGED, differences(before.text, after.text), notes, moved)


def paired(old: list[Item], new: list[Item]) -> dict[int, int]:
    """Place in the newer text → in the older: the same words first, then the same sign, then what is most alike."""
    pairs: dict[int, int] = {}
    left = list(range(len(old)))
    for same in (same_item, same_words, same_sign):
        for place, item in enumerate(new):
            found = next((one for one in left if same(old[one], item)), None) if place not in pairs else None
            if found is not None:
                pairs[place] = found
                left.remove(found)
    open_places = [place for place in range(len(new)) if place not in pairs]
    likeness = [(alike(old[one].text, new[place].text), -abs(one - place), place, one)
                for place in open_places for one in left]  # fmt: skip
    for score, _near, place, one in sorted(likeness, reverse=True):
        if score >= ALIKE and place not in pairs and one in left:
            pairs[place] = one
            left.remove(one)
    return pairs


def same_item(before: Item, after: Item) -> bool:
    return before == after


def same_words(before: Item, after: Item) -> bool:
    return before.text == after.text and bool(after.text)


def same_sign(before: Item, after: Item) -> bool:
    return before.sign == after.sign and bool(after.sign)


def alike(before: str, after: str) -> float:
    """The part of the words that both have, from 0 to 1."""
    first, second = Counter(before.lower().split()), Counter(after.lower().split())
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def longest_rising(row: list[int]) -> set[int]:
    """The most that stayed in the same order; the others are those that moved."""
    tails: list[int] = []
    ends: list[int] = []  # the place in `row` of each tail
    before: list[int] = []
    for place, value in enumerate(row):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(value)
            ends.append(place)
        else:
            tails[at], ends[at] = value, place
    kept, place = set(), ends[-1] if ends else -1
    while place >= 0:
        kept.add(row[place])
        place = before[place]
    return kept
