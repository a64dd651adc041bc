"""What goes into a pack: the agenda as it is now, with each paper in the form in which it can be printed."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.html import escape

from meetings.agenda import items_with_papers, timetable
from meetings.models import AccessNeeds, AgendaItem, AgendaPaper, Meeting, MeetingPack
from meetings.pack_print import PackData, Paper, plain_text
from portal import pdf
from portal.dates import clock_time, long_datetime
from portal.documents import read
from portal.pdf.foreign import measure
from portal.word.upload import read_bytes

MOST_PAGES = 600  # of others, in one pack
# In the agenda of the pack, which is Dutch content.
REASONS = {
    "locked": "met een wachtwoord", "too_long": "te veel bladzijden", "too_big": "te groot", "too_slow": "te groot",
    "kind": "ander soort bestand",
}  # fmt: skip
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def holds_now(meeting: Meeting, items: Iterable[AgendaItem] | None = None) -> dict[str, Any]:
    """The agenda and the papers as plain data: what an edition held, and what it is compared with."""
    items = list(items_with_papers(meeting) if items is None else items)
    agenda = [[item.title, item.aim, item.minutes, item.closed_ground] for item in items]
    facts = [meeting.title, meeting.starts_at.isoformat(), meeting.ends_at.isoformat(), meeting.place]
    return {
        "agenda": digest(agenda), "facts": digest(facts),
        "papers": [
            {
                "id": paper.pk, "sha256": paper.document.sha256, "title": paper.title, "item": number,
                "confidential": paper.is_confidential,
            }
            for number, item in enumerate(items, 1)
            for paper in item.papers.all()
        ],
    }  # fmt: skip


def digest(data: list) -> str:
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()


def differences(before: dict[str, Any], now: dict[str, Any]) -> tuple[list[int], list[str]]:
    """Ids of the papers that are new or changed, and what changed in Dutch sentences for the first page."""
    known = {paper["id"]: paper for paper in before["papers"]}
    new = [paper for paper in now["papers"] if known.get(paper["id"], {}).get("sha256") != paper["sha256"]]
    here = {paper["id"] for paper in now["papers"]}
    lines = ["De tijd, de plaats of de titel is veranderd."] if before["facts"] != now["facts"] else []
    lines += ["De agenda is veranderd."] if before["agenda"] != now["agenda"] else []
    lines += [f"Nieuw bij punt {paper['item']}: {paper['title']}" for paper in new]
    lines += [f"Vervallen: {paper['title']}" for paper in before["papers"] if paper["id"] not in here]
    return [paper["id"] for paper in new], lines


def current(packs: Iterable[MeetingPack]) -> dict[bool, list[MeetingPack]]:
    """Of editions in their order what holds now, in ordinary and in large letters: the last whole pack and what came
    later. A supplement that was made again before it went out takes the place of the one with its name."""
    found: dict[bool, list[MeetingPack]] = {False: [], True: []}
    for pack in packs:
        earlier = [one for one in found[pack.large] if one.name != pack.name] if pack.is_supplement else []
        found[pack.large] = [*earlier, pack]
    return found


def changed_since(packs: Iterable[MeetingPack], now: dict[str, Any]) -> list[str]:
    """What the last of these editions, in their order, does not hold any more."""
    last = next(reversed(list(packs)), None)
    return differences(last.holds, now)[1] if last else []


def wants_large(meeting: Meeting) -> bool:
    """A member of the day or somebody who is invited reads large print."""
    council = meeting.council
    members = council.memberships.current(timezone.localdate(meeting.starts_at)).values("person")
    reads = AccessNeeds.objects.filter(council=council, large_print=True)
    return reads.filter(Q(person__in=members) | Q(person__in=meeting.invitees.invited().values("person"))).exists()


def pack_data(pack: MeetingPack, *, tick: Callable[[], None]) -> PackData:
    """`tick` is called after each paper."""
    meeting, only = pack.meeting, pack.holds.get("only")
    rows, papers, entries, room = timetable(meeting, items_with_papers(meeting)).rows, [], [], MOST_PAGES
    wanted = {paper["id"] for paper in pack.holds["papers"]} if only is None else set(only)
    for row in rows:
        entry = agenda_entry(row.number, row.item, clock_time(row.starts_at))
        for paper in row.item.papers.all():
            if paper.pk not in wanted:
                continue
            made = printable(paper, row.number, row.item, room)
            if isinstance(made, str):
                entry["papers"].append({"id": "", "title": paper.title, "why": made, "secret": paper.note})
            else:
                room -= made.get("pages", 0)
                papers.append(made)
                entry["papers"].append({"id": made["id"], "title": paper.title, "secret": made["secret"]})
            tick()
        entries.append(entry)
    council = meeting.council
    return {
        "sender": council.name, "title": pack.name, "lead": meeting.title, "theme": "",
        "facts": facts_of(meeting), "notes": notes_of(pack, entries), "changes": pack.holds.get("changes", []),
        "agenda": entries, "papers": papers, "created": timezone.localtime(pack.asked_at).isoformat(),
    }  # fmt: skip


def titles_apart(data: PackData) -> list[str]:
    """Of the papers that could not be printed in it."""
    return [paper["title"] for entry in data["agenda"] for paper in entry["papers"] if not paper["id"]]


def agenda_entry(number: int, item: AgendaItem, clock: str) -> dict[str, Any]:
    return {
        "number": number, "title": item.title, "time": clock, "aim": item.get_aim_display(),
        "closed": item.closed_ground, "papers": [],
    }  # fmt: skip


def facts_of(meeting: Meeting) -> list[dict[str, str]]:
    when = f"{long_datetime(meeting.starts_at)} tot {clock_time(meeting.ends_at)}"
    facts = [("Wanneer", when), ("Waar", meeting.place), ("Online", meeting.online_link)]
    return [{"label": label, "value": value} for label, value in facts if value]


def notes_of(pack: MeetingPack, entries: list[dict[str, Any]]) -> list[str]:
    papers = [paper for entry in entries for paper in entry["papers"]]
    notes = []
    if any(paper["secret"] for paper in papers) or any(entry["closed"] for entry in entries):
        notes.append("Vertrouwelijk. Dit pakket is alleen voor leden. Stuur het niet door.")
    if any(not paper["id"] for paper in papers):
        notes.append("Niet elk stuk kan in dit pakket. Bij de agenda staat welke bestanden u apart opent.")
    if pack.large and any("pages" in paper for paper in papers):
        notes.append("Ingevoegde pdf’s staan er in hun eigen letter.")
    return notes


# --- one paper ------------------------------------------------------------------------------------------------------


def printable(paper: AgendaPaper, number: int, item: AgendaItem, room: int) -> Paper | str:
    """The paper in a form that can be printed, or in a few words why it stays a file of its own."""
    document = paper.document
    made: Paper = {
        "id": f"stuk-{paper.pk}", "number": number, "item": item.title, "title": paper.title,
        "secret": paper.note,
    }  # fmt: skip
    if document.content_type == "application/pdf":
        content = read(document)
        pages = measure(content)
        if isinstance(pages, str):
            return reason(pages)
        if pages > room:
            return reason("too_long")
        return {**made, "pages": pages, "pdf": content}
    if document.content_type == WORD:
        found = read_bytes(read(document), document.name)
        if "refused" in found:
            return reason(found["refused"])
        parts = found["text"]["new"]["parts"]
        heads = [f"<h3>{escape(part['heading'])}</h3>" if part["heading"] else "" for part in parts]
        html = "".join(head + part["html"] for head, part in zip(heads, parts, strict=True))
        return {**made, "html": pdf.print_html(html)}
    if document.content_type == "text/plain":
        return {**made, "html": plain_text(read(document)[:500_000])}
    if document.content_type == "image/png":
        return {**made, "picture": read(document)}
    return reason("kind")


def reason(code: str) -> str:
    return REASONS.get(code, "niet te lezen")
