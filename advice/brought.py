"""What a letter brings along in the folder of an export: PDFs per authority, attachments, and what they say inside.

The data of the schema counts. What it cannot hold is taken from the data inside our own PDFs, where that is plainly the
same letter: headings and lists, footnotes, addresses, and above all which earlier letter this one takes back.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from advice.exporting import SUMS, read_sums
from advice.frozen import plain
from advice.interchange import FaultyFile, read_file, refers_to_out, settled
from advice.states import Relation
from councils.models import Authority
from councils.rulebook.schema import Fault
from portal.pdf.inside import look_inside
from portal.text import clean_html

Content = dict[str, Any]
SLUG = re.compile(r"[-\w]+")


@dataclass
class Brought:
    """Of one letter. `pdfs` and `inside` by the name of the authority."""

    slug: str = ""
    pdfs: dict[str, Path] = field(default_factory=dict)
    inside: dict[str, Content] = field(default_factory=dict)
    attachments: dict[int, Path] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)

    @property
    def said(self) -> Content:
        return next(iter(self.inside.values()), {})

    @property
    def concerns(self) -> dict[str, str]:
        """The earlier letter, and what this one does to it."""
        found = self.said.get("concerns")
        return found if found and found["relation"] in Relation.values else {}

    def richer(self, adopted: Content) -> Content:
        """The text with what the schema cannot hold, as far as the words are the same."""
        said = self.said
        if not said:
            return adopted
        more: Content = {}
        sections = [{"heading": one["heading"], "html": clean_html(one["html"])} for one in said["sections"]]
        if in_words(sections) == in_words(adopted["sections"]):
            more["sections"] = sections
        advised = said.get("recommendations") or []
        if list(map(told, advised)) == list(map(told, adopted["recommendations"])):
            more["recommendations"] = advised
        if signing(said) == signing(adopted):
            more["signatories"] = said.get("signatories") or []
        for key in ("glossary", "mandate", "editorial", "concerns"):
            if said.get(key):
                more[key] = said[key]
        stamp = (said.get("request") or {}).get("short_notice")
        if stamp and adopted.get("request"):
            more["request"] = {**adopted["request"], "short_notice": stamp}
        return {**adopted, **more}

    def senders(self, councils: list[str]) -> list[Content]:
        found = self.said.get("councils") or []
        return found if [one["name"] for one in found] == councils else []

    def copy_facts(self, authority: str) -> Content:
        """The address window, salutation and reference as they stand on this copy."""
        said = self.inside.get(authority)
        if not said:
            return {}
        facts = {key: said["authority"].get(key) for key in ("addressee", "salutation")}
        return {key: value for key, value in {**facts, "your_reference": said.get("your_reference")}.items() if value}


def in_words(sections: list[Content]) -> list[tuple[str, str]]:
    return [(one["heading"], settled(plain(one["html"]))) for one in sections]


def signing(text: Content) -> list[tuple[str, str]]:
    return [(one["name"], one.get("role", "")) for one in text.get("signatories") or []]


def told(part: Content) -> tuple[str, str, str]:
    return part["text"], part.get("reason") or "", refers_to_out(part)


# --- the folder -------------------------------------------------------------


@dataclass
class Folder:
    """A folder of an export: its letters in the order in which they went out, and what is wrong with it."""

    path: Path
    letters: list[tuple[Path, Content, Brought]] = field(default_factory=list)
    faults: list[tuple[Path, FaultyFile]] = field(default_factory=list)
    slugs: dict[str, str] = field(default_factory=dict)  # of authorities, by name


def read_folder(path: Path) -> Folder:
    folder = Folder(path)
    sums = read_sums(path)
    names = sorted(one.name for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
    found: list[tuple[Path, Content, list[str]]] = []
    mine: set[str] = {SUMS}
    for name in [name for name in names if name.endswith(".json")]:
        own = [one for one in {*names, *sums} if belongs(one, name.removesuffix(".json"))]
        mine |= {*own}
        try:
            content = read_file(path / name)
            own = [*own, *(one for one in originals(content) if one not in own)]
            mine |= {*own}
            refuse_changed(path, sums, own)
        except FaultyFile as faulty:
            folder.faults.append((path / name, faulty))
        else:
            found.append((path / name, content, own))
    loose = sorted({name for name in sums if name not in mine})
    folder.faults += [(path / name, faulty) for name in loose for faulty in faults_of(path, sums, name)]
    letters = [(one, content, brought_by(one, content, own, folder.slugs)) for one, content, own in found]
    folder.letters = sorted(letters, key=lambda letter: (letter[1]["date"], letter[0].name))
    folder.letters = list(earlier_first(folder.letters))
    return folder


def belongs(name: str, slug: str) -> bool:
    return name.startswith((f"{slug}.", f"{slug}--"))


def originals(content: Content) -> list[str]:
    parts = [content, content.get("request") or {}, *content.get("responses", [])]
    return [part["original"] for part in parts if part.get("original")]


def refuse_changed(path: Path, sums: dict[str, str], names: list[str]) -> None:
    faults = [fault for name in sorted(names) for faulty in faults_of(path, sums, name) for fault in faulty.faults]
    if faults:
        raise FaultyFile(faults)


def faults_of(path: Path, sums: dict[str, str], name: str) -> Iterator[FaultyFile]:
    if not sums:
        return
    file = path / name
    if not file.is_file():
        yield FaultyFile([Fault(name, _("This file is not there."))])
    elif name not in sums:
        yield FaultyFile([Fault(name, _("SHA256SUMS does not know this file."))])
    elif hashlib.sha256(file.read_bytes()).hexdigest() != sums[name]:
        yield FaultyFile([Fault(name, _("This file is not what SHA256SUMS says."))])


def earlier_first(letters: list[tuple[Path, Content, Brought]]) -> Iterator[tuple[Path, Content, Brought]]:
    """A letter on another one comes after it, whatever their dates."""
    waiting = list(letters)
    while waiting:
        still = {(one[1]["councils"][0], one[1].get("reference")) for one in waiting}
        ready = [
            one for one in waiting if (one[1]["councils"][0], one[2].concerns.get("reference")) not in still
        ] or waiting[:1]
        yield ready[0]
        waiting.remove(ready[0])


# --- one letter -------------------------------------------------------------


def brought_by(path: Path, content: Content, names: list[str], slugs: dict[str, str]) -> Brought:
    slug = path.name.removesuffix(".json")
    brought = Brought(slug=slug, slugs=slugs)
    first, *further = content["authorities"]
    for name in sorted(names):
        file, number = path.parent / name, re.fullmatch(rf"{re.escape(slug)}\.bijlage-(\d+)\.\w+", name)
        if number and file.is_file():
            brought.attachments[int(number[1])] = file
    for response in content.get("responses", []):
        named = re.fullmatch(rf"{re.escape(slug)}\.antwoord--([-\w]+)\.\w+", response.get("original", ""))
        if named:
            slugs.setdefault(response["authority"], named[1])
    if (path.parent / f"{slug}.pdf").is_file():
        take(brought, path.parent / f"{slug}.pdf", content, first)
    copies = {name[len(slug) + 2 : -4]: path.parent / name for name in names if is_copy(name, slug)}
    for address, file in sorted(copies.items()):
        whose = authority_of(brought, address, file, content, [one for one in further if one not in brought.pdfs])
        slugs.setdefault(whose, address)
    return brought


def is_copy(name: str, slug: str) -> bool:
    return name.startswith(f"{slug}--") and name.endswith(".pdf") and bool(SLUG.fullmatch(name[len(slug) + 2 : -4]))


def take(brought: Brought, file: Path, content: Content, authority: str) -> None:
    brought.pdfs[authority] = file
    said = letter_inside(file, content)
    if said and said["authority"]["name"] == authority:
        brought.inside[authority] = said


def authority_of(brought: Brought, address: str, file: Path, content: Content, left: list[str]) -> str:
    """For whom this copy is: what it says itself, else the address in its name."""
    said = letter_inside(file, content)
    known = {one.name for one in Authority.objects.filter(slug=address)}
    for name in left:
        if (said and said["authority"]["name"] == name) or name in known or slugify(name)[:70] == address:
            take(brought, file, content, name)
            return name
    if len(left) != 1:
        raise FaultyFile([Fault(file.name, _("It is not clear for which authority this copy is."))])
    take(brought, file, content, left[0])
    return left[0]


def letter_inside(file: Path, content: Content) -> Content:
    """The data inside the PDF, if it is that of this very letter and has the shape that we write."""
    inside = look_inside(file.read_bytes())
    said = inside.content if inside else {}
    same = all(said.get(key) == content.get(key) for key in ("reference", "date", "subject"))
    return said if same and shaped(said) else {}


def shaped(said: Content) -> bool:
    """Somebody else may have made this file: only what the pages can show."""
    try:
        return (
            all(isinstance(one["heading"], str) and isinstance(one["html"], str) for one in said["sections"])
            and isinstance(said["authority"]["name"], str)
            and texts(said["authority"].get("addressee", []))
            and isinstance(said["authority"].get("salutation", ""), str)
            and isinstance(said.get("your_reference", ""), str)
            and isinstance(said.get("mandate", ""), str)
            and all(advises(one) for one in said.get("recommendations") or [])
            and all(texts([one["term"], one["explanation"]]) for one in said.get("glossary") or [])
            and names_a_letter(said.get("concerns"))
        )
    except (KeyError, TypeError, AttributeError):
        return False


def names_a_letter(concerns: Any) -> bool:
    return not concerns or texts([*concerns.values(), concerns["relation"], concerns["reference"]])


def advises(one: Content) -> bool:
    return (
        texts([one["text"], one.get("reason", ""), one.get("refers_to", ""), *one.get("rests_on", [])])
        and isinstance(one.get("number", 1), int)
        and all(texts(list(source.values())) and "title" in source for source in one.get("sources", []))
    )


def texts(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) for one in found)
